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

auto grant_of(std::vector<storage::Grant>& grants, CompartmentId id) {
  return std::lower_bound(
      grants.begin(), grants.end(), id,
      [](const storage::Grant& grant, CompartmentId other) { return grant.compartment < other; });
}

Result<void> put_grant(storage::Workspace& workspace, storage::User user,
                       const storage::Grant& grant) {
  const auto at = grant_of(user.grants, grant.compartment);
  if (at != user.grants.end() && at->compartment == grant.compartment)
    *at = grant;
  else
    user.grants.insert(at, grant);
  return workspace.put_user(user);
}

}  // namespace

Result<void> make_first_owner(storage::Workspace& workspace, std::string_view user) {
  OVILLO_TRY(const auto users, workspace.users());
  if (std::any_of(users.begin(), users.end(), [](const auto& one) { return one.owner; }))
    return Error(ErrorCode::casework_not_owner);
  return workspace.put_user({std::string(user), {}, true, ""});
}

Result<std::vector<storage::Compartment>> compartments_of(const storage::Workspace& workspace,
                                                          const Standing& standing) {
  OVILLO_TRY(auto all, workspace.compartments());
  std::erase_if(all, [&](const storage::Compartment& compartment) {
    return !std::binary_search(standing.view.compartments.begin(), standing.view.compartments.end(),
                               compartment.id);
  });
  return all;
}

Result<CompartmentId> compartment_named(const storage::Workspace& workspace,
                                        const Standing& standing, std::string_view name) {
  OVILLO_TRY(const auto granted, compartments_of(workspace, standing));
  for (const storage::Compartment& compartment : granted)
    if (compartment.name == name) return compartment.id;
  return not_granted();
}

Result<CompartmentId> add_compartment(storage::Workspace& workspace, const Standing& by,
                                      std::string_view name) {
  OVILLO_CHECK(by.require(Act::grant));
  OVILLO_TRY(const auto id, workspace.add_compartment(name));
  if (by.owner) return id;
  OVILLO_TRY(auto user, find_user(workspace, by.user));
  if (!user) return not_granted();
  OVILLO_CHECK(put_grant(workspace, std::move(*user), {id, std::nullopt}));
  return id;
}

Result<void> grant(storage::Workspace& workspace, const Standing& by, std::string_view user,
                   std::string_view compartment, std::optional<std::int64_t> until_utc_s) {
  OVILLO_CHECK(by.require(Act::grant));
  OVILLO_TRY(const auto id, compartment_named(workspace, by, compartment));
  OVILLO_TRY(auto found, find_user(workspace, user));
  if (!found) {
    OVILLO_TRY(const bool doors, has_doors(workspace));
    if (doors) return Error(ErrorCode::casework_no_account, std::string(user));
    found = storage::User{std::string(user), {}, false, ""};
  }
  return put_grant(workspace, std::move(*found), {id, until_utc_s});
}

Result<void> revoke(storage::Workspace& workspace, const Standing& by, std::string_view user,
                    std::string_view compartment) {
  OVILLO_CHECK(by.require(Act::grant));
  OVILLO_TRY(const auto id, compartment_named(workspace, by, compartment));
  OVILLO_TRY(auto changed, find_user(workspace, user));
  if (!changed) return not_granted();
  const auto at = grant_of(changed->grants, id);
  if (at == changed->grants.end() || at->compartment != id) return not_granted();
  changed->grants.erase(at);
  return workspace.put_user(*changed);
}

}  // namespace ovillo::casework
