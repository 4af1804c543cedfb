// serve: the HTTP door and the command socket over one owner.
#pragma once

#include <cstdint>

#include "cli/command_context.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::cli {

/// Serves `session`'s user until a signal. With `once`: asks /api/health and /api/networks of
/// itself over HTTP, prints what they said, and ends. @error server.cannot_listen, base.internal.
Result<void> serve(CommandContext& context, flow::Owner& owner, flow::Session& session,
                   std::uint16_t port, bool once);

}  // namespace ovillo::cli
