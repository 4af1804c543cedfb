// When a pair of rows stands as one person, and why not where it does not.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/resolve/internal/evidence.hpp"
#include "ovillo/resolve/internal/part_rows.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::resolve::internal {

class Standing {
 public:
  /// @param margin  quarter bits above even odds that a pair must reach.
  Standing(const PartRows& rows, const Judge& judge, std::int32_t margin);

  /// Sum that a pair must reach, quarter bits.
  [[nodiscard]] std::int32_t needed() const { return needed_; }

  /// Whether enough families of parts speak for the pair: a name alone is not enough.
  [[nodiscard]] bool has_voices(const Evidence& evidence) const;

  /// What becomes of the pair on its own.
  [[nodiscard]] PairOutcome outcome(std::uint32_t a, std::uint32_t b,
                                    const Evidence& evidence) const;

 private:
  const PartRows& rows_;
  const Judge& judge_;
  std::int32_t needed_;
  int voices_;
};

/// Adds the reasons of a pair to `out`, in the order of Part.
void add_reasons(const PartRows& rows, const Evidence& evidence, std::vector<Reason>& out);

/// The model to judge by: the one given, or what the rows themselves teach.
MatchModel model_for(const PartRows& rows, const MatchOptions& options);

/// @error  resolve.no_columns; resolve.ragged_table.
Result<void> check_tables(std::span<const PartTable> tables);

}  // namespace ovillo::resolve::internal
