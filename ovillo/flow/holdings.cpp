#include "ovillo/flow/holdings.hpp"

#include <algorithm>

namespace ovillo::flow {

Result<View> whole_view(const storage::Workspace& workspace) {
  View view;
  OVILLO_TRY(const auto compartments, workspace.compartments());
  for (const auto& one : compartments) view.compartments.push_back(one.id);
  std::sort(view.compartments.begin(), view.compartments.end());
  view.max_handling = 0xff;
  view.privileged = true;
  return view;
}

Result<Holdings> holdings(const storage::Workspace& workspace) {
  Holdings out;
  OVILLO_TRY(const auto view, whole_view(workspace));
  OVILLO_TRY(const auto places, workspace.block_places(view, storage::BlockKind::record));
  for (const storage::BlockPlace& place : places) out.n_records += place.n_rows;
  OVILLO_TRY(const auto imports, workspace.imports());
  out.n_imports = imports.size();
  out.audit_size = workspace.audit().size();
  return out;
}

}  // namespace ovillo::flow
