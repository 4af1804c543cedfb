// estimate on a plain table of overlaps, with no workspace.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/picture/estimate.hpp"

namespace ovillo::flow {

struct EstimateOrder {
  std::string path;
  std::string counts;  ///< file of resampled counts; empty: replicates are drawn
  std::string totals;  ///< written: the stepwise total of each replicate; empty: not
  std::string models;  ///< written: every model tried by BIC; empty: not
  picture::Settings settings;
  bool diagnostics = true;
  std::uint64_t n_tables = 100;     ///< simulated for the coverage; 0: none
  std::vector<std::string> stated;  ///< premises that somebody states
  double missed = 0;                ///< share of links that the linkage missed
  double false_links = 0;           ///< share of links that are wrong
  double odds = 2;                  ///< of the bounds
  bool json = false;
};

/// Largest number of replicates that may be asked for.
inline constexpr std::uint64_t kMostReplicates = 10'000'000;

/// @error picture.bad_table, base.bad_argument (a premise or a file that cannot be), intake.*.
Result<void> write_estimate(const EstimateOrder& order, const picture::Progress& progress,
                            std::ostream& out);

}  // namespace ovillo::flow
