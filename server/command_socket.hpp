// The owner's side of the command socket: `ovillo` commands from the same system user.
//
// A UNIX socket in the workspace folder (mode 0600). Each caller is checked with SO_PEERCRED: only
// the system user that runs the server is answered. Wire format: docs/formats/command_socket.md.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::server {

struct CommandCall {
  std::filesystem::path
      folder;  ///< the caller's working folder: relative paths are meant from there
  std::vector<std::string> argv;
  int standard_input = -1;  ///< the caller's, as a descriptor of this process; -1: none came
};

/// Runs one command, writes to the streams, gives the exit status. Called from one thread.
using CommandHandler = std::function<int(const CommandCall&, std::ostream& out, std::ostream& err)>;

class CommandSocket {
 public:
  /// Listens at `path` and answers in a thread of its own until destroyed. @error
  /// server.cannot_listen.
  static Result<CommandSocket> listen(const std::filesystem::path& path, CommandHandler handler);
  CommandSocket(CommandSocket&&) noexcept;
  CommandSocket& operator=(CommandSocket&&) noexcept;
  ~CommandSocket();

 private:
  struct Impl;
  explicit CommandSocket(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::server
