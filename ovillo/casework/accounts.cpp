#include "ovillo/casework/accounts.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <sodium.h>

#include "ovillo/casework/excisions.hpp"
#include "ovillo/casework/internal/password.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

/// What stands sealed in a user's row.
struct Account {
  std::vector<UserRole> roles;
  std::string password;  ///< as password.hpp writes it; empty: none
  bool ended = false;
};

std::string encode(const Account& account) {
  nlohmann::ordered_json roles = nlohmann::ordered_json::array();
  for (const UserRole role : account.roles) roles.push_back(std::string(name_of(role)));
  return nlohmann::ordered_json{
      {"v", 1}, {"roles", roles}, {"password", account.password}, {"ended", account.ended}}
      .dump();
}

Result<Account> decode(const storage::User& user) {
  if (user.account.empty()) return Account();
  const auto json = nlohmann::json::parse(user.account, nullptr, false);
  if (!json.is_object() || !json.contains("roles") || !json["roles"].is_array())
    return Error(ErrorCode::storage_damaged_block, "a row of users");
  Account out;
  out.password = json.value("password", std::string());
  out.ended = json.value("ended", false);
  for (const auto& name : json["roles"]) {
    const auto role = from_name<UserRole>(name.get<std::string>());
    if (!role) return Error(ErrorCode::storage_damaged_block, "a row of users");
    out.roles.push_back(*role);
  }
  return out;
}

Result<std::optional<storage::User>> find_user(const storage::Workspace& workspace,
                                               std::string_view name) {
  OVILLO_TRY(auto users, workspace.users());
  for (storage::User& user : users)
    if (user.name == name) return std::optional(std::move(user));
  return std::optional<storage::User>();
}

Result<storage::User> known_user(const storage::Workspace& workspace, std::string_view name) {
  OVILLO_TRY(auto user, find_user(workspace, name));
  if (!user) return Error(ErrorCode::casework_no_account, std::string(name));
  return std::move(*user);
}

/// Users who were granted something before there were roles work as analysts.
std::vector<UserRole> working_roles(const storage::User& user, const Account& account) {
  if (account.roles.empty() && !user.grants.empty()) return {UserRole::analyst};
  return account.roles;
}

Rights rights_of(const storage::User& user, const Account& account, const Roles& table) {
  return user.owner ? Rights::all() : table.rights_of(working_roles(user, account));
}

/// Whether somebody beside `without` could still make accounts, and somebody give access.
Result<void> check_keepers(const storage::Workspace& workspace, const Roles& table,
                           const storage::User& changed, const Account& after) {
  OVILLO_TRY(const auto users, workspace.users());
  bool makes_accounts = false;
  bool gives_access = false;
  bool doors = !after.password.empty();
  for (const storage::User& user : users) {
    Account account = after;
    if (user.name != changed.name) {
      OVILLO_TRY(account, decode(user));
    }
    if (account.ended) continue;
    doors = doors || !account.password.empty();
  }
  for (const storage::User& user : users) {
    Account account = after;
    if (user.name != changed.name) {
      OVILLO_TRY(account, decode(user));
    }
    if (account.ended || (doors && account.password.empty())) continue;
    const Rights rights = rights_of(user, account, table);
    makes_accounts = makes_accounts || rights.may(Act::accounts);
    gives_access = gives_access || rights.may(Act::grant);
  }
  if (!makes_accounts || !gives_access) return Error(ErrorCode::casework_last_keeper, changed.name);
  return {};
}

void sort_roles(std::vector<UserRole>& roles) {
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
}

}  // namespace

Result<void> Standing::require(Act act) const {
  if (!rights.may(act)) return Error(ErrorCode::casework_role_may_not, std::string(name_of(act)));
  return {};
}

Result<Standing> standing_of(const storage::Workspace& workspace, const Roles& roles,
                             std::string_view user, std::int64_t now_utc_s) {
  const Error not_granted(ErrorCode::casework_not_granted);
  OVILLO_TRY(const auto known, find_user(workspace, user));
  if (!known) return not_granted;
  OVILLO_TRY(const auto account, decode(*known));
  if (account.ended) return not_granted;
  Standing out;
  out.user = known->name;
  out.owner = known->owner;
  out.rights = rights_of(*known, account, roles);
  if (!out.rights.sees_cases) {
    if (out.rights.acts.none()) return not_granted;
    return out;
  }
  if (known->owner) {
    OVILLO_TRY(const auto all, workspace.compartments());
    for (const storage::Compartment& one : all) out.view.compartments.push_back(one.id);
  } else {
    for (const storage::Grant& grant : known->grants)
      if (!grant.until_utc_s || now_utc_s < *grant.until_utc_s)
        out.view.compartments.push_back(grant.compartment);
  }
  std::sort(out.view.compartments.begin(), out.view.compartments.end());
  OVILLO_TRY(const auto excised, excisions(workspace));
  out.view = without(std::move(out.view), excised);
  // Who has a role but no compartment yet may sign in, and sees nothing.
  if (out.view.compartments.empty() && account.roles.empty()) return not_granted;
  return out;
}

Result<std::vector<AccountLine>> accounts(const storage::Workspace& workspace) {
  OVILLO_TRY(const auto users, workspace.users());
  std::vector<AccountLine> out;
  out.reserve(users.size());
  for (const storage::User& user : users) {
    OVILLO_TRY(const auto account, decode(user));
    out.push_back({user.name, working_roles(user, account), user.owner, !account.password.empty(),
                   account.ended});
  }
  return out;
}

Result<bool> has_doors(const storage::Workspace& workspace) {
  OVILLO_TRY(const auto lines, accounts(workspace));
  return std::any_of(lines.begin(), lines.end(),
                     [](const AccountLine& line) { return line.has_password && !line.ended; });
}

Result<void> add_account(storage::Workspace& workspace, const Roles& table, const Standing& by,
                         std::string_view name, std::vector<UserRole> roles) {
  OVILLO_CHECK(by.require(Act::accounts));
  sort_roles(roles);
  OVILLO_CHECK(table.check_together(roles));
  OVILLO_TRY(const auto known, find_user(workspace, name));
  if (known) return Error(ErrorCode::casework_account_exists, std::string(name));
  return workspace.put_user({std::string(name), {}, false, encode({std::move(roles), "", false})});
}

Result<void> set_roles(storage::Workspace& workspace, const Roles& table, const Standing& by,
                       std::string_view name, std::vector<UserRole> roles) {
  OVILLO_CHECK(by.require(Act::accounts));
  sort_roles(roles);
  OVILLO_CHECK(table.check_together(roles));
  OVILLO_TRY(auto user, known_user(workspace, name));
  OVILLO_TRY(auto account, decode(user));
  account.roles = std::move(roles);
  OVILLO_CHECK(check_keepers(workspace, table, user, account));
  user.account = encode(account);
  return workspace.put_user(user);
}

Result<void> set_password(storage::Workspace& workspace, const Roles& table, const Standing& by,
                          std::string_view name, std::string_view password) {
  if (by.user != name) OVILLO_CHECK(by.require(Act::accounts));
  OVILLO_TRY(auto user, known_user(workspace, name));
  OVILLO_TRY(auto account, decode(user));
  OVILLO_CHECK(judge_password(password, name));
  OVILLO_TRY(const bool doors, has_doors(workspace));
  if (!doors && !rights_of(user, account, table).may(Act::accounts))
    return Error(ErrorCode::casework_first_password);
  OVILLO_TRY(account.password, hash_password(password));
  user.account = encode(account);
  return workspace.put_user(user);
}

Result<void> end_account(storage::Workspace& workspace, const Roles& table, const Standing& by,
                         std::string_view name) {
  OVILLO_CHECK(by.require(Act::accounts));
  OVILLO_TRY(auto user, known_user(workspace, name));
  OVILLO_TRY(auto account, decode(user));
  account.ended = true;
  account.password.clear();
  OVILLO_CHECK(check_keepers(workspace, table, user, account));
  user.account = encode(account);
  return workspace.put_user(user);
}

Result<void> check_password(const storage::Workspace& workspace, std::string_view name,
                            std::string_view password) {
  OVILLO_TRY(const auto user, find_user(workspace, name));
  std::string kept;
  if (user) {
    OVILLO_TRY(const auto account, decode(*user));
    if (!account.ended) kept = account.password;
  }
  if (!password_matches(kept, password)) return Error(ErrorCode::casework_wrong_sign_in);
  return {};
}

}  // namespace ovillo::casework
