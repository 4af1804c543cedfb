// A program that reads what we do not trust: started, fed, read from, and ended for certain.
//
// Its input is a file of its own as standard input; its output is a stream, its words on standard
// error are kept for the reject. It starts with no environment but what is given, no descriptor but
// those three, in a process group of its own, inside helper_sandbox.hpp. One thread uses one
// object.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::intake {

struct HelperLimits {
  std::uint64_t memory_bytes = 1ull << 30;  ///< address space
  std::uint64_t cpu_s = 60;
  std::uint64_t wall_s = 120;  ///< from the start to the end, whoever waits
  std::uint64_t output_bytes = 256ull << 20;
};

struct HelperCommand {
  std::string program;                   ///< whole path
  std::vector<std::string> arguments;    ///< without the program
  std::vector<std::string> environment;  ///< "NAME=value"
  HelperLimits limits;
};

class HelperProcess final : public ByteStream {
 public:
  /// @param input  open for reading, read from its beginning; stays the caller's.
  /// @error intake.no_reader where the program is not there, intake.helper_failed where it cannot
  /// be started or not be shut in.
  static Result<HelperProcess> start(const HelperCommand& command, int input);
  HelperProcess(HelperProcess&& other) noexcept;
  HelperProcess& operator=(HelperProcess&&) = delete;
  /// Kills what still runs.
  ~HelperProcess() override;

  /// What it prints. Empty: it closed its output and ended with status 0; until then it waits, and
  /// never longer than the limit.
  /// @error intake.helper_limit (time or output), intake.helper_failed (status, signal; memory at
  /// an end shows so, as the program takes it); the process is then gone.
  Result<std::string_view> next() override;

  /// The first 4 KiB it said on standard error, valid UTF-8.
  [[nodiscard]] std::string complaint() const;

 private:
  using Clock = std::chrono::steady_clock;

  HelperProcess(const HelperCommand& command, pid_t process, int output, int errors);
  [[nodiscard]] int milliseconds_left() const;
  void take_errors();
  void kill_all();
  Result<void> wait_for_end();
  Error failed(ErrorCode code, std::string detail);

  std::string name_;  // of the program, for a person
  HelperLimits limits_;
  Clock::time_point deadline_;
  pid_t process_ = -1;  // -1: gone
  int output_ = -1;
  int errors_ = -1;
  std::uint64_t printed_ = 0;
  std::string block_;
  std::string errors_said_;
};

}  // namespace ovillo::intake
