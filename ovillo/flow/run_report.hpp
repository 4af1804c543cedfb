// RunReport: what a run did and what each of its stages cost.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ovillo::flow {

/// What one stage cost.
struct StageCost {
  std::string stage;
  std::uint64_t n = 0;  ///< records, texts or components worked on
  double wall_s = 0;
  double cpu_s = 0;  ///< all threads
};

struct RunReport {
  std::uint64_t n_records = 0;
  std::uint64_t n_new_records = 0;  ///< extracted in this run
  std::uint64_t n_components = 0;
  /// Taken over unchanged from an earlier answer, of this view or a wider one. Told to owners only:
  /// to others it would tell of what they do not see.
  std::optional<std::uint64_t> n_reused_components;
  std::uint64_t n_networks = 0;  ///< listed
  std::uint64_t n_urgent = 0;
  std::string model;
  std::vector<StageCost> stages;
};

using Progress =
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

inline void tell(const Progress& progress, std::string_view stage, std::uint64_t done,
                 std::uint64_t total) {
  if (progress) progress(stage, done, total);
}

}  // namespace ovillo::flow
