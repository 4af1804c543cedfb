// Who may see which compartments.
//
// Nothing here tells a user that a compartment or another user exists: what is not granted and what
// is not there give the same error with the same words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// Makes the first owner of a new workspace, granted every compartment that is or will be there.
/// @error casework.not_owner when there is one already.
Result<void> make_first_owner(storage::Workspace& workspace, std::string_view user);

/// Everything the user is granted; H0 to H3, nothing privileged.
/// @error casework.not_granted when the user is not known or granted nothing.
Result<View> view_for(const storage::Workspace& workspace, std::string_view user);

/// A compartment by name, as this user may speak of it. @error casework.not_granted.
Result<CompartmentId> compartment_named(const storage::Workspace& workspace, std::string_view user,
                                        std::string_view name);

/// Those granted to the user, by name. @error casework.not_granted.
Result<std::vector<storage::Compartment>> compartments_of(const storage::Workspace& workspace,
                                                          std::string_view user);

/// A new compartment; owners are granted it by being owners.
/// @error casework.not_owner, storage.name_taken, storage.bad_name.
Result<CompartmentId> add_compartment(storage::Workspace& workspace, std::string_view by,
                                      std::string_view name);

/// @param by  an owner. Makes `user` when there is none of that name.
/// @error casework.not_owner, casework.not_granted (no such compartment).
Result<void> grant(storage::Workspace& workspace, std::string_view by, std::string_view user,
                   std::string_view compartment);
/// @error casework.not_owner, casework.not_granted.
Result<void> revoke(storage::Workspace& workspace, std::string_view by, std::string_view user,
                    std::string_view compartment);

}  // namespace ovillo::casework
