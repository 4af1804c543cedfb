// While `ovillo serve` owns a workspace, `ovillo` is its client over a UNIX socket.
//
// The socket lies in the workspace folder; the server takes a caller only when the kernel says it
// is the same system user (SO_PEERCRED), and the caller's --user is believed, as without a server.
// Wire format: docs/formats/command_socket.md.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace ovillo::cli {

/// Sends the command to the owner that serves this workspace.
/// @return  the exit status there; empty: nobody serves it, or the verb needs no workspace.
std::optional<int> forward_to_owner(const std::filesystem::path& folder, const std::string& verb,
                                    const std::vector<std::string>& argv, const Door& door);

}  // namespace ovillo::cli
