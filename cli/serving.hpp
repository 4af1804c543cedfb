// serve: the HTTP door and the command socket over one owner.
#pragma once

#include <cstdint>
#include <string>

#include "cli/command_context.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::cli {

struct ServeOptions {
  std::uint16_t port = 0;     ///< 0: any free one
  bool once = false;          ///< ask itself for two answers, print what they said, and end
  bool log = false;           ///< a JSON line about each request and command to standard error
  std::string metrics_token;  ///< who sends it is answered /api/metrics; empty: nobody
};

/// Serves `session`'s user until a signal. @error server.cannot_listen, base.internal.
Result<void> serve(CommandContext& context, flow::Owner& owner, flow::Session& session,
                   const ServeOptions& options);

}  // namespace ovillo::cli
