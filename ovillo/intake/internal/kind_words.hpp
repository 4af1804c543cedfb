// Words of column headers that say what a row is: data/profiles/kind_words.toml.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

class KindWords {
 public:
  /// @error base.bad_data_file, base.cannot_read.
  static Result<KindWords> open(const std::filesystem::path& data);

  /// The kinds that words of a header speak for; empty: none. @param header  as the file writes it.
  [[nodiscard]] std::set<RecordKind> kinds_in(std::string_view header) const;

 private:
  struct Word {
    std::string phrase;  // " ad ", or " anzeige" where longer words begin so; folded
    RecordKind kind;
  };
  std::vector<Word> words_;
};

}  // namespace ovillo::intake
