#include "ovillo/casework/grants.hpp"

#include <algorithm>

namespace ovillo::casework {

namespace {

/// One code and no detail, whether it is not there or only not granted.
Error not_granted() { return Error(ErrorCode::casework_not_granted); }

Result<std::optional<storage::User>> find_user(const storage::Workspace& workspace,
                                               std::string_view name) {
  OVILLO_TRY(auto users, workspace.users());
  for (storage::User& user : users)
    if (user.name == name) return std::optional(std::move(user));
  return std::optional<storage::User>();
}

Result<storage::User> known_user(const storage::Workspace& workspace, std::string_view name) {
  OVILLO_TRY(auto user, find_user(workspace, name));
  if (!user) return not_granted();
  return std::move(*user);
}

Result<void> require_owner(const storage::Workspace& workspace, std::string_view by) {
  OVILLO_TRY(const auto user, find_user(workspace, by));
  if (!user || !user->owner) return Error(ErrorCode::casework_not_owner);
  return {};
}

}  // namespace

Result<void> make_first_owner(storage::Workspace& workspace, std::string_view user) {
  OVILLO_TRY(const auto users, workspace.users());
  if (std::any_of(users.begin(), users.end(), [](const auto& one) { return one.owner; }))
    return Error(ErrorCode::casework_not_owner);
  return workspace.put_user({std::string(user), {}, true});
}

Result<View> view_for(const storage::Workspace& workspace, std::string_view user) {
  OVILLO_TRY(const auto granted, compartments_of(workspace, user));
  View view;
  for (const storage::Compartment& compartment : granted)
    view.compartments.push_back(compartment.id);
  std::sort(view.compartments.begin(), view.compartments.end());
  return view;
}

Result<std::vector<storage::Compartment>> compartments_of(const storage::Workspace& workspace,
                                                          std::string_view user) {
  OVILLO_TRY(const auto known, known_user(workspace, user));
  OVILLO_TRY(auto all, workspace.compartments());
  if (!known.owner) {
    std::erase_if(all, [&](const storage::Compartment& compartment) {
      return !std::binary_search(known.compartments.begin(), known.compartments.end(),
                                 compartment.id);
    });
  }
  if (all.empty()) return not_granted();
  return all;
}

Result<CompartmentId> compartment_named(const storage::Workspace& workspace, std::string_view user,
                                        std::string_view name) {
  OVILLO_TRY(const auto granted, compartments_of(workspace, user));
  for (const storage::Compartment& compartment : granted)
    if (compartment.name == name) return compartment.id;
  return not_granted();
}

Result<CompartmentId> add_compartment(storage::Workspace& workspace, std::string_view by,
                                      std::string_view name) {
  OVILLO_CHECK(require_owner(workspace, by));
  return workspace.add_compartment(name);
}

Result<void> grant(storage::Workspace& workspace, std::string_view by, std::string_view user,
                   std::string_view compartment) {
  OVILLO_CHECK(require_owner(workspace, by));
  OVILLO_TRY(const auto id, compartment_named(workspace, by, compartment));
  OVILLO_TRY(auto found, find_user(workspace, user));
  storage::User changed = found ? std::move(*found) : storage::User{std::string(user), {}, false};
  auto& granted = changed.compartments;
  const auto at = std::lower_bound(granted.begin(), granted.end(), id);
  if (at != granted.end() && *at == id) return {};
  granted.insert(at, id);
  return workspace.put_user(changed);
}

Result<void> revoke(storage::Workspace& workspace, std::string_view by, std::string_view user,
                    std::string_view compartment) {
  OVILLO_CHECK(require_owner(workspace, by));
  OVILLO_TRY(const auto id, compartment_named(workspace, by, compartment));
  OVILLO_TRY(auto changed, known_user(workspace, user));
  if (std::erase(changed.compartments, id) == 0) return not_granted();
  return workspace.put_user(changed);
}

}  // namespace ovillo::casework
