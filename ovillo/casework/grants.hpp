// Who may see which compartments.
//
// Nothing here tells a user that a compartment or another user exists: what is not granted and what
// is not there give the same error with the same words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/casework/accounts.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// Makes the first owner of a new workspace, granted every compartment that is or will be there.
/// @error casework.not_owner when there is one already.
Result<void> make_first_owner(storage::Workspace& workspace, std::string_view user);

/// A compartment by name, as this user may speak of it. @error casework.not_granted.
Result<CompartmentId> compartment_named(const storage::Workspace& workspace,
                                        const Standing& standing, std::string_view name);

/// Those granted to the user, by name.
Result<std::vector<storage::Compartment>> compartments_of(const storage::Workspace& workspace,
                                                          const Standing& standing);

/// A new compartment, granted to who makes it; owners are granted it by being owners.
/// @error casework.role_may_not, storage.name_taken, storage.bad_name.
Result<CompartmentId> add_compartment(storage::Workspace& workspace, const Standing& by,
                                      std::string_view name);

/// Grants what `by` is granted. Where there are no doors, makes `user` when there is none of that
/// name. A second grant changes the end of the first.
/// @error casework.role_may_not, casework.not_granted (no such compartment, or not one's own),
///        casework.no_account.
Result<void> grant(storage::Workspace& workspace, const Standing& by, std::string_view user,
                   std::string_view compartment, std::optional<std::int64_t> until_utc_s);
/// @error casework.role_may_not, casework.not_granted.
Result<void> revoke(storage::Workspace& workspace, const Standing& by, std::string_view user,
                    std::string_view compartment);

}  // namespace ovillo::casework
