// Which columns of a plain table hold which part of a person or company, by their headers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/match_model.hpp"

namespace ovillo::flow {

/// What a column is to be read as; the three pieces of a birth date are read together.
enum class ColumnUse : std::uint8_t { part, birth_year, birth_month, birth_day };

struct PartOfColumn {
  ColumnUse use = ColumnUse::part;
  resolve::Part part = resolve::Part::name;
};

class PartHeaders {
 public:
  /// From data/words/part_headers.toml. @error base.cannot_read, base.bad_data_file.
  static Result<PartHeaders> open(const std::filesystem::path& data);

  /// Per header what it holds; empty: nothing that rows are compared by.
  ///
  /// A table with a given name and no surname, or the other way round, is read by its other names
  /// for a name: "nombre" alone is a whole name, "Name" beside "Vorname" a surname.
  [[nodiscard]] std::vector<std::optional<PartOfColumn>> match(
      const std::vector<std::string>& headers) const;

 private:
  struct Phrase {
    std::string words;
    std::optional<PartOfColumn> meaning;  ///< empty: looks like a part and is none
  };
  [[nodiscard]] std::optional<PartOfColumn> match_one(std::string_view header) const;

  std::vector<Phrase> phrases_;  ///< longest first
};

/// Lower case, without accents, words apart, digits and single marks left out: "ADDR_Line-1" is
/// "addr line1", "birthDate" is "birth date".
std::string words_of_header(std::string_view header);

}  // namespace ovillo::flow
