// Words of column headers: what "Tel.", "phoneNo" or "fecha de publicación" name.
//
// The words are data (data/profiles/header_words.toml), by field and language.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

struct HeaderMatch {
  Field field = Field::other;
  std::string phrase;
  std::string language;
  bool whole = false;  ///< the header is the phrase; else it contains it
};

class HeaderWords {
 public:
  /// @param data  the data folder. @error base.cannot_read, base.bad_data_file.
  static Result<HeaderWords> open(const std::filesystem::path& data);

  /// What a header names: the longest phrase it is, else the longest it contains.
  [[nodiscard]] std::optional<HeaderMatch> match(std::string_view header) const;

 private:
  struct Phrase {
    std::string words;
    std::string language;
    Field field;
  };
  std::vector<Phrase> phrases_;  // longest first
};

/// Lower case, without accents, words apart: "phoneNo" and "Phone_No." are "phone no".
std::string header_words_of(std::string_view header);

}  // namespace ovillo::intake
