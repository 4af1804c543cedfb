// Words that sound like a digit without being its word: "sevin", "zwai", "katro".
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ovillo/base/result.hpp"

namespace ovillo::extract {

/// The spelling of a folded word with what sounds alike made equal: "qu" and "k", soft "c" and "s",
/// "ei" and "ai", silent "h", doubled letters.
std::string sound_key(std::string_view word);

/// The digits' words of all languages by their sound, with one letter wrong allowed.
class SoundAlikes {
 public:
  /// Reads the units of data/words/numbers.tsv. @error base.cannot_read, base.bad_data_file.
  static Result<SoundAlikes> open(const std::filesystem::path& file);

  /// The digit a folded word of 3 to 8 letters sounds like; empty: none, or more than one.
  /// @misses  words of two letters; a wrong letter in words that sound like three or fewer.
  [[nodiscard]] std::optional<std::uint8_t> digit(std::string_view word) const;

 private:
  void add(const std::string& key, std::uint8_t digit);
  // Keys; keys with a letter left out, after "-"; keys with "?" for a letter.
  std::unordered_map<std::string, std::uint8_t> digits_;
};

}  // namespace ovillo::extract
