// What an installation holds as a whole, counted for who runs the machine: no name, no compartment.
#pragma once

#include <cstdint>

#include "ovillo/base/result.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// Everything there is, whoever may see it. For counts and checks alone: what rests on it is shown
/// to nobody.
Result<View> whole_view(const storage::Workspace& workspace);

struct Holdings {
  std::uint64_t n_records = 0;  ///< in quarantine: not counted
  std::uint64_t n_imports = 0;  ///< also those whose records went since
  std::uint64_t audit_size = 0;
};

/// @cost  places of blocks and rows of imports; no block is opened.
Result<Holdings> holdings(const storage::Workspace& workspace);

}  // namespace ovillo::flow
