// Accounts: who may sign in, with which roles, and what they may do and see at one moment.
//
// An installation begins with one user, `owner`, who may do everything: a house of one person needs
// no doors inside. From the first password on it has doors: every user signs in, and does what
// their roles name (casework/roles.hpp). Passwords are kept as Argon2id hashes (64 MiB, 2 passes)
// inside the sealed row of their user.
//
// Blind spot: who can read the workspace's folder and its master.key needs no account. Accounts
// guard the doors of the process that owns the workspace.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/roles.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// What a user may do and see, at the moment for which it was asked.
struct Standing {
  std::string user;
  Rights rights;
  View
      view;  ///< what is granted now without what was excised; sees nothing when no role sees cases
  bool owner = false;

  /// @error casework.role_may_not.
  [[nodiscard]] Result<void> require(Act act) const;
};

/// @error casework.not_granted: no such user, ended, or with neither a grant nor a role that needs
///        none. The same words for each.
Result<Standing> standing_of(const storage::Workspace& workspace, const Roles& roles,
                             std::string_view user, std::int64_t now_utc_s);

/// A line of the list of users.
struct AccountLine {
  std::string name;
  std::vector<UserRole> roles;  ///< ascending; of a user without an account: none
  bool owner = false;
  bool has_password = false;
  bool ended = false;
};
Result<std::vector<AccountLine>> accounts(const storage::Workspace& workspace);

/// Whether users must sign in: somebody has a password.
Result<bool> has_doors(const storage::Workspace& workspace);

/// @error casework.account_exists, casework.roles_not_together, storage.bad_name,
///        casework.role_may_not.
Result<void> add_account(storage::Workspace& workspace, const Roles& table, const Standing& by,
                         std::string_view name, std::vector<UserRole> roles);
/// @error casework.no_account, casework.roles_not_together, casework.last_keeper,
///        casework.role_may_not.
Result<void> set_roles(storage::Workspace& workspace, const Roles& table, const Standing& by,
                       std::string_view name, std::vector<UserRole> roles);
/// Of oneself, or of anybody for who may make accounts. At least 12 characters, none of those that
/// everybody takes, no rules of composition (OWASP ASVS 5.0, V6.2). @error casework.weak_password,
/// casework.first_password, casework.no_account, casework.role_may_not.
Result<void> set_password(storage::Workspace& workspace, const Roles& table, const Standing& by,
                          std::string_view name, std::string_view password);
/// The name stays taken and in the log; nobody signs in under it. @error casework.no_account,
/// casework.last_keeper, casework.role_may_not.
Result<void> end_account(storage::Workspace& workspace, const Roles& table, const Standing& by,
                         std::string_view name);

/// Whether this is the user's password. Takes as long for a name that nobody has.
/// @error casework.wrong_sign_in. @cost some 90 ms and 64 MiB.
Result<void> check_password(const storage::Workspace& workspace, std::string_view name,
                            std::string_view password);

}  // namespace ovillo::casework
