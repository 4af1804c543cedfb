// One new row against tables that are held ready: `ovillo resolve A.csv --look-up NEW.csv`.
//
// The tables are read once; then each new row is met with the rows that share a key with it and
// judged as match_rows() would judge the pair, by the model and by how common values are in the
// tables. New rows do not meet each other and change nothing, so their order does not matter.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::resolve {

/// A row of the tables beside the new one.
struct Likeness {
  std::uint32_t row = 0;  ///< numbered through
  PairReport report;
};

class MatchIndex {
 public:
  /// @error  as match_rows().
  /// @cost   that of learning (none where options.model is given), and 8 bytes a row and key: some
  ///         250 MB and two seconds for a million people.
  static Result<MatchIndex> build(std::span<const PartTable> tables,
                                  const MatchOptions& options = {});
  MatchIndex(MatchIndex&&) noexcept;
  MatchIndex& operator=(MatchIndex&&) noexcept;
  ~MatchIndex();

  /// Rows that the new row stands with, the best first; where there is none, the likeliest of those
  /// that fall short by at most ten bits, with what they lack.
  /// @param row  of `table`, whose columns need not be those of the tables.
  /// @error  resolve.ragged_table.
  /// @cost   about a tenth of a millisecond against a million; one call at a time.
  Result<std::vector<Likeness>> look_up(const PartTable& table, std::size_t row);

  [[nodiscard]] const MatchModel& model() const;

 private:
  struct Body;
  explicit MatchIndex(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace ovillo::resolve
