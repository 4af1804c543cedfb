#include "ovillo/casework/standings.hpp"

#include <limits>

namespace ovillo::casework {

namespace {

/// When the first of a user's grants ends after now.
Result<std::int64_t> next_end(const storage::Workspace& workspace, std::string_view user,
                              std::int64_t now_utc_s) {
  std::int64_t out = std::numeric_limits<std::int64_t>::max();
  OVILLO_TRY(const auto users, workspace.users());
  for (const storage::User& one : users) {
    if (one.name != user) continue;
    for (const storage::Grant& grant : one.grants)
      if (grant.until_utc_s && *grant.until_utc_s > now_utc_s)
        out = std::min(out, *grant.until_utc_s);
  }
  return out;
}

}  // namespace

void Standings::forget_what_changed(const storage::Workspace& workspace) {
  const std::uint64_t n_changes = workspace.n_row_changes();
  if (n_changes == n_changes_) return;
  held_.clear();
  doors_.reset();
  n_changes_ = n_changes;
}

Result<Standing> Standings::of(const storage::Workspace& workspace, const Roles& roles,
                               std::string_view user, std::int64_t now_utc_s) {
  const std::lock_guard lock(mutex_);
  forget_what_changed(workspace);
  if (const auto known = held_.find(user); known != held_.end() &&
                                           known->second.from_utc_s <= now_utc_s &&
                                           now_utc_s < known->second.until_utc_s)
    return known->second.standing;
  OVILLO_TRY(auto standing, standing_of(workspace, roles, user, now_utc_s));
  OVILLO_TRY(const auto until, next_end(workspace, user, now_utc_s));
  held_.insert_or_assign(std::string(user), Held{standing, now_utc_s, until});
  return standing;
}

Result<bool> Standings::doors(const storage::Workspace& workspace) {
  const std::lock_guard lock(mutex_);
  forget_what_changed(workspace);
  if (!doors_) {
    OVILLO_TRY(doors_, has_doors(workspace));
  }
  return *doors_;
}

}  // namespace ovillo::casework
