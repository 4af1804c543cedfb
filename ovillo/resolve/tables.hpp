// Which rows of plain tables are about the same person or company: `ovillo resolve A.csv [B.csv]`.
//
// Additive evidence in bits, after Fellegi and Sunter: each part that two rows both state adds the
// bits its agreement is worth (a rare value more than a common one) or takes some off. Two rows are
// one entity when the sum beats the odds against any two rows, log2 of the number of rows, by
// `margin_quarter_bits`, and at least two families of parts agree (name, birth date, document,
// contact, address): a name alone, or a shared phone alone, is never enough.
//
// This proposes; it decides nothing. Every pair carries its reasons.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::resolve {

/// What a column holds. Several columns of one type in a table are read together: given, surname
/// and address columns as one value in the order given; the rest as several values.
enum class Part : std::uint8_t {
  name,  ///< whole name; the last word is read as the surname
  given_name,
  surname,
  birth_date,  ///< 1956-04-09, 19560409 or 09/04/1956 (day first)
  phone,       ///< compared by its last nine digits; canonical form is better
  email,
  document,  ///< identity document or registration number
  address,   ///< street, number, anything finer than the place
  postcode,
  place,
};
std::span<const std::string_view> names(Part);

enum class Agreement : std::uint8_t { equal, close, differs };
std::span<const std::string_view> names(Agreement);

struct PartColumn {
  Part part = Part::name;
  StringColumn value;  ///< empty cell: not stated
};

/// Columns of one file, all of the same length.
struct PartTable {
  std::vector<PartColumn> columns;
  [[nodiscard]] std::size_t size() const { return columns.empty() ? 0 : columns[0].value.size(); }
};

struct MatchOptions {
  std::int32_t margin_quarter_bits = 12;
  bool between_tables_only = false;  ///< for two lists that are each free of repeats
  std::uint32_t max_block = 300;     ///< a value shared by more rows proposes no pairs
};

struct Reason {
  Part part;
  Agreement agreement;
  std::int32_t quarter_bits;
  bool operator==(const Reason&) const = default;
};

/// Pairs and clusters over the rows of all tables, numbered through: rows of the second table
/// follow those of the first.
struct Matches {
  std::vector<std::uint32_t> cluster;  ///< per row: the smallest row of its cluster
  std::vector<std::uint32_t> a;        ///< pairs, ascending by (a, b), a < b
  std::vector<std::uint32_t> b;
  std::vector<std::int32_t> quarter_bits;  ///< sum of the reasons
  ListIndex reasons;                       ///< pair p has reason[reasons[p]]
  std::vector<Reason> reason;              ///< in the order of Part

  [[nodiscard]] std::size_t size() const { return a.size(); }
};

/// @return  the pairs accepted and the clusters they make. Two rows whose documents and birth dates
///          both differ never stand in one cluster, whatever chain leads there: pairs are taken
///          strongest first and such a join is left out (its pair stays listed).
/// @error   resolve.no_columns; resolve.ragged_table.
/// @cost    O(n) keys, then O(pairs proposed); FEBRL and speed figures in docs/formats/resolve.md.
/// @misses  names in two scripts; nicknames; rows that share no key exactly (a typing error in each
///          of birth date, surname, given name, document and address); values are rare or common by
///          these tables and a small background alone.
Result<Matches> match_rows(std::span<const PartTable> tables, const MatchOptions& options = {});

}  // namespace ovillo::resolve
