// Phrases read as a whole: a recruiter's promises, who speaks, what stands before a name
// (data/words/phrases.toml).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

enum class PhraseKind : std::uint8_t { promise, voice, name };

class Phrases {
 public:
  /// Reads data/words/phrases.toml. @error base.cannot_read, base.bad_data_file.
  static Result<Phrases> open(const std::filesystem::path& file);

  /// Adds the promises of a text, the first find of each voice, and self-chosen names.
  /// @cost  linear in the tokens; a token that begins no phrase costs one bit test.
  void find(Scan& scan) const;

 private:
  struct Phrase {
    std::vector<std::uint64_t> words;  // token hashes
    PhraseKind kind = PhraseKind::promise;
    std::string canonical;
  };
  struct Hit {
    std::size_t end = 0;         // one past its last token; 0: none
    std::string_view canonical;  // "housing", "plural", "firm"
  };
  // The longest phrase of each kind that begins at token i.
  [[nodiscard]] std::array<Hit, 3> longest(const Scan& scan, std::size_t i) const;

  std::vector<Phrase> phrases_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_first_;
  std::vector<std::uint64_t> filter_;  // bits of the first words' hashes
};

}  // namespace ovillo::extract
