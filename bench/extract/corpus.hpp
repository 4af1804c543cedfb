// The labelled texts of tests/extract: how they are read and how finds are scored against them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/find.hpp"

namespace ovillo::bench {

/// A find that a text should give; kind and canonical form as in Find, spans into Labelled::text.
struct Expected {
  FindKind kind = FindKind::phone;
  Span span;
  std::string canonical;
};

struct Labelled {
  std::string language;  ///< of its file: "es"
  std::string tag;       ///< the way of hiding, or "decoy": a text without a phone number
  std::string region;    ///< ISO 3166-1 alpha-2, may be empty
  std::string text;      ///< UTF-8, marks taken out
  std::vector<Expected> expected;
  bool held_out = false;  ///< only measured on, never looked at while working on the rules
};

/// Reads every .tsv below `folder`, files in order of name. Every third row is held out.
/// @error base.cannot_read, base.bad_data_file with the row that is not well marked.
Result<std::vector<Labelled>> read_corpus(const std::filesystem::path& folder);

/// Agreement of finds with labels. A find is right when one label of its kind has its canonical
/// form and overlaps its span; every label counts once.
struct Score {
  std::size_t n_right = 0;
  std::size_t n_wrong = 0;
  std::size_t n_missed = 0;
  std::size_t n_exact = 0;  ///< right, and the span is the labelled one to the byte

  [[nodiscard]] double precision() const;  ///< in [0, 1]; 1 when nothing was found
  [[nodiscard]] double recall() const;     ///< in [0, 1]; 1 when nothing was to be found
  [[nodiscard]] double f1() const;
  Score& operator+=(const Score& other);
};

/// Scores per kind. Kinds without labels in the corpus (language) are left out.
std::map<FindKind, Score> score(const Labelled& labelled, const std::vector<Find>& finds);

/// A text without a labelled phone number.
bool has_no_phone(const Labelled& labelled);

}  // namespace ovillo::bench
