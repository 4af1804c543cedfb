// The commands: arguments in, text out. No rule of the domain: each calls one function of flow.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "cli/verbs.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::cli {

/// Where a command writes and what it may assume of its surroundings.
struct Door {
  std::ostream& out;
  std::ostream& err;
  bool interactive = false;  ///< a person watches: progress bars are drawn on err
  std::int64_t now_utc_s = 0;
  /// The owner when this process already owns the workspace (serve); null: become the owner.
  flow::Owner* owner = nullptr;
};

/// Runs one command. @return the exit status; errors are written to door.err (or, with --json, to
/// door.out as {"error": ...}).
int run_command(const Arguments& arguments, const Door& door);

/// Runs what was parsed, or says what parsing gave instead: a text, or the error in the form of
/// every other. @return the exit status.
int run_parsed(const Parsed& parsed, const Door& door);

/// The whole program: parses, forwards to a serving owner when there is one, else runs.
int run_program(const std::vector<std::string>& argv, const Door& door);

std::filesystem::path workspace_folder(const Arguments& arguments);
std::filesystem::path vocabulary_folder(const Arguments& arguments);

}  // namespace ovillo::cli
