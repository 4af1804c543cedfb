// Charts that a user keeps: what of a network was shown, where it stood, under a name.
//
// Each user has their own, and nobody else reads them. What a chart holds is written by the page
// and given back as it was: ids and places, no value of anybody.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

struct SavedChart {
  std::string network;  ///< id
  std::string name;
  std::string case_reference;  ///< may be empty
  std::int64_t at_utc_s = 0;
  std::string content;  ///< a JSON object
};

constexpr std::size_t kMostSavedCharts = 200;        ///< of one user
constexpr std::size_t kLargestSavedChart = 256'000;  ///< bytes of content
constexpr std::size_t kLongestChartName = 120;       ///< bytes

/// Those of a user, by network and name.
Result<std::vector<SavedChart>> saved_charts(const storage::Workspace& workspace,
                                             std::string_view user);
/// Keeps one; one of the same network and name is replaced.
/// @error base.bad_argument: no name, a longer one, content that is no JSON object or too large, or
///        one chart too many.
Result<void> keep_chart(storage::Workspace& workspace, std::string_view user, SavedChart chart);
/// @return whether there was one.
Result<bool> drop_chart(storage::Workspace& workspace, std::string_view user,
                        std::string_view network, std::string_view name);

}  // namespace ovillo::casework
