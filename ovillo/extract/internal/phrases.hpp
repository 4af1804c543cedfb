// Phrases read as a whole: a recruiter's promises, who speaks, what stands before a name
// (data/words/phrases.toml).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/extract/internal/hash_index.hpp"
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
  // Of `starting` the longest phrase of each kind that token i and those after it spell.
  [[nodiscard]] std::array<Hit, 3> longest(const Scan& scan, std::size_t i,
                                           std::span<const std::uint32_t> starting) const;

  std::vector<Phrase> phrases_;
  HashIndex by_first_;  // phrases by their first words
};

}  // namespace ovillo::extract
