// Which rows of plain tables are about the same person or company: `ovillo resolve A.csv [B.csv]`.
//
// Additive evidence in bits, after Fellegi and Sunter: each part that two rows both state adds the
// bits its agreement is worth (a rare value more than a common one) or takes some off. Two rows are
// one entity when the sum beats the odds against any two rows by `margin_quarter_bits`, when no
// relatives under one roof (twins, father and son) explain it better, and when at least two
// families of parts agree (name, birth date, document, contact, address): a name alone, or a shared
// phone alone, is never enough.
//
// This proposes; it decides nothing. Every pair carries its reasons.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/resolve/judgement.hpp"
#include "ovillo/resolve/match_model.hpp"

namespace ovillo::resolve {

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
  /// A pair stands from this many quarter bits above even odds.
  std::int32_t margin_quarter_bits = 8;
  bool between_tables_only = false;               ///< for two lists that are each free of repeats
  std::uint64_t pairs_per_row = 10;               ///< about how many rows each row is compared with
  const MatchModel* model = nullptr;              ///< empty: learnt from the tables
  std::span<const RowJudgement> judgements = {};  ///< hold whatever the evidence says
};

struct Reason {
  Part part;
  Agreement agreement;
  std::int32_t quarter_bits;
  bool operator==(const Reason&) const = default;
};

/// Pairs and clusters over the rows of all tables, numbered through: rows of the second table
/// follow those of the first, and so on.
struct Matches {
  std::vector<std::uint32_t> cluster;  ///< per row: the smallest row of its cluster
  std::vector<std::uint32_t> a;        ///< pairs, ascending by (a, b), a < b
  std::vector<std::uint32_t> b;
  std::vector<std::int32_t> quarter_bits;  ///< sum of the reasons, and of what relatives take off
  /// How much better two relatives under one roof explain the pair; 0 or less.
  std::vector<std::int32_t> relatives_quarter_bits;
  ListIndex reasons;           ///< pair p has reason[reasons[p]]
  std::vector<Reason> reason;  ///< in the order of Part

  MatchModel model;                      ///< by which the pairs were judged
  std::int32_t needed_quarter_bits = 0;  ///< what a pair had to reach
  /// Judgements "same" that others rule out ("same" as one that is "not the same"): not followed.
  std::vector<RowJudgement> contradicted;

  [[nodiscard]] std::size_t size() const { return a.size(); }
};

/// Why a pair does or does not stand.
enum class PairOutcome : std::uint8_t {
  stands,
  judged_same,
  judged_not_same,
  judged_unsure,
  too_little,  ///< the evidence does not beat the odds
  one_family,  ///< only one family of parts speaks for it
  relatives,   ///< two relatives under one roof explain it as well
  ruled_out,   ///< two documents and two birth dates
};
std::span<const std::string_view> names(PairOutcome);

struct PairReport {
  PairOutcome outcome = PairOutcome::too_little;
  std::vector<Reason> reasons;
  std::int32_t quarter_bits = 0;            ///< sum, relatives taken off
  std::int32_t needed_quarter_bits = 0;     ///< what a pair of these tables must reach
  std::int32_t relatives_quarter_bits = 0;  ///< 0 or less
};

/// Why rows `a` and `b` (numbered through) are or are not one: `ovillo why-not`.
/// @error  as match_rows; resolve.no_such_row.
Result<PairReport> explain_pair(std::span<const PartTable> tables, std::uint32_t a, std::uint32_t b,
                                const MatchOptions& options = {});

/// @return  the pairs accepted and the clusters they make. Pairs are taken strongest first. Two
///          clusters are joined where their rows go together as a whole (mean evidence over all
///          pairs of both), where no two rows rule one person out (two documents and two birth
///          dates), and where a table that holds nobody twice does not come to hold somebody twice;
///          a pair that fails stays listed. The same for any order of rows and any thread count.
/// @error   resolve.no_columns; resolve.ragged_table.
/// @cost    O(n) for the keys, then about `pairs_per_row` comparisons a row; figures in
///          docs/formats/resolve.md.
/// @misses  rows that share no key (an error in each of birth date, names, document and address);
///          rows that state a name and nothing else.
Result<Matches> match_rows(std::span<const PartTable> tables, const MatchOptions& options = {});

}  // namespace ovillo::resolve
