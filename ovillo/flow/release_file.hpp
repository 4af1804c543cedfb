// release on plain files: tables that may be published, and attacks on tables that were.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/release/cell_key.hpp"

namespace ovillo::flow {

struct ReleaseOrder {
  std::vector<std::string> files;    ///< records or counts; for an attack released tables
  std::vector<std::string> by;       ///< columns that make the dimensions
  std::string people;                ///< column with a count per row; empty: a row is one
  std::vector<std::string> earlier;  ///< tables released before, of the same counts
  std::uint64_t minimum = 5;
  std::uint64_t width = 5;
  bool zeros = false;
  std::string id;        ///< of a record, for its key; empty: the whole row
  std::string key_file;  ///< secret that record keys are made with
  release::NoiseRule noise;
  std::uint64_t base = 5;          ///< counts are rounded to multiples of it
  std::string how = "controlled";  ///< or "nearest", "random"
};

/// Writes the table as it may be published: CSV with a column per dimension ("Total" for margins)
/// and `count`, "withheld" where it is. Before that it attacks its own table and the earlier ones
/// together. What the setting erases, and what nothing can protect any more, is told on `warn`.
/// @error release.unprotected: an earlier release told what should be withheld; release.*,
///        flow.no_such_column, intake.*.
Result<void> write_release(const ReleaseOrder& order, std::ostream& out, std::ostream& warn);

/// Writes what the withheld cells of released tables may be: CSV with the dimensions, low, high and
/// whether that tells the count. Several files are releases of the same counts.
/// @error release.bad_table: the counts contradict one another.
Result<void> write_attack(const ReleaseOrder& order, std::ostream& out, std::ostream& warn);

/// Writes the table with every count moved by its cell key: CSV as write_release, nothing withheld.
/// The same records and secret give the same count in every table; margins are moved on their own.
/// @error base.bad_argument without a secret of 32 bytes and more, release.bad_rule.
Result<void> write_moved(const ReleaseOrder& order, std::ostream& out, std::ostream& warn);

/// Writes the table with every count rounded: CSV as write_release, nothing withheld. With a secret
/// the draws come from it, the same for the same cell and count; random rounding needs one. How
/// many totals are not the sum of their parts, and which groups have become nobody, is told on
/// `warn`.
/// @error base.bad_argument.
Result<void> write_rounded(const ReleaseOrder& order, std::ostream& out, std::ostream& warn);

}  // namespace ovillo::flow
