// View: which records an answer may rest on.
//
// Clusters, weights, communities and ranks are functions of all records they see, so what they may
// see is a value. No read function exists without a View. "What this user may see", "without the
// excised source" and "as of the decision" are views, not features.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "ovillo/record/provenance.hpp"

namespace ovillo {

struct View {
  std::vector<CompartmentId> compartments;               ///< sorted; empty sees nothing
  std::vector<SourceId> excluded_sources;                ///< sorted
  std::vector<AuthorisationId> excluded_authorisations;  ///< sorted
  std::vector<RecordId> excluded_records;                ///< sorted
  std::uint8_t max_handling = 3;                         ///< H codes above this are left out
  bool privileged = false;                            ///< sees privileged sources; normally false
  std::optional<std::int64_t> imported_before_utc_s;  ///< as of then

  [[nodiscard]] bool admits(const Source& source) const {
    const auto has = [](const auto& sorted, auto value) {
      return std::binary_search(sorted.begin(), sorted.end(), value);
    };
    return has(compartments, source.compartment) && !has(excluded_sources, source.id) &&
           !has(excluded_authorisations, source.authorisation) && source.handling <= max_handling &&
           (privileged || !source.privileged);
  }

  bool operator==(const View&) const = default;
};

}  // namespace ovillo
