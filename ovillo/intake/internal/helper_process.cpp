#include "ovillo/intake/internal/helper_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/helper_sandbox.hpp"

namespace ovillo::intake {

namespace {

constexpr std::size_t kBlock = 64u << 10;
constexpr std::size_t kErrorsKept = 4096;

// Both ends closed with it unless taken.
struct Pipe {
  Pipe() = default;
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    for (const int fd : ends)
      if (fd >= 0) ::close(fd);
  }
  [[nodiscard]] bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
  void close_write() { ::close(std::exchange(ends[1], -1)); }
  int take_read() { return std::exchange(ends[0], -1); }

  std::array<int, 2> ends = {-1, -1};
};

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  // The system takes them as writable and does not write.
  for (const std::string& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

// Between fork and exec: other threads may hold any lock, so nothing here allocates.
[[noreturn]] void become(const char* program, char* const* arguments, char* const* environment,
                         const SandboxLimits& limits, int input, int output, int errors,
                         int failures) {
  // Why it does not become the program, to whom waits for that.
  const auto fail = [&] {
    const int number = errno;
    const ssize_t written = ::write(failures, &number, sizeof number);
    ::_exit(written < 0 ? 126 : 127);
  };
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  // What the caller ignores would stay ignored.
  for (const int sign : {SIGPIPE, SIGXCPU, SIGXFSZ, SIGINT, SIGTERM, SIGHUP})
    ::signal(sign, SIG_DFL);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(errors, STDERR_FILENO) < 0 || ::lseek(STDIN_FILENO, 0, SEEK_SET) < 0 ||
      ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0)
    fail();
  if (!shut_in(limits)) fail();
  ::execve(program, arguments, environment);
  fail();
  ::_exit(127);
}

// Moves a descriptor out of the way of the standard three, should the caller have closed those.
int above_standard(int fd) { return fd > STDERR_FILENO ? fd : ::fcntl(fd, F_DUPFD_CLOEXEC, 3); }

}  // namespace

Result<HelperProcess> HelperProcess::start(const HelperCommand& command, int input) {
  const auto failed = [&](ErrorCode code, int number) {
    return Error(code, fmt::format("{}: {}", command.program, std::strerror(number)));
  };
  if (::access(command.program.c_str(), X_OK) != 0)
    return Error(ErrorCode::intake_no_reader,
                 fmt::format("{} is not installed", last_part(command.program)));
  Pipe output;
  Pipe errors;
  Pipe failures;
  if (!output.open() || !errors.open() || !failures.open())
    return failed(ErrorCode::intake_helper_failed, errno);
  std::vector<std::string> words = {command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(command.environment);
  const SandboxLimits limits{command.limits.memory_bytes, command.limits.cpu_s};
  const pid_t process = ::fork();
  if (process < 0) return failed(ErrorCode::intake_helper_failed, errno);
  if (process == 0)
    become(command.program.c_str(), arguments.data(), environment.data(), limits,
           above_standard(input), above_standard(output.ends[1]), above_standard(errors.ends[1]),
           above_standard(failures.ends[1]));
  output.close_write();
  errors.close_write();
  failures.close_write();
  HelperProcess out(command, process, output.take_read(), errors.take_read());
  int number = 0;
  ssize_t got = 0;
  do got = ::read(failures.ends[0], &number, sizeof number);
  while (got < 0 && errno == EINTR);
  // The end of the pipe alone: the program has taken the place of the child.
  if (got == 0) return out;
  return failed(ErrorCode::intake_helper_failed, got == sizeof number ? number : EIO);
}

HelperProcess::HelperProcess(const HelperCommand& command, pid_t process, int output, int errors)
    : name_(last_part(command.program)),
      limits_(command.limits),
      deadline_(Clock::now() + std::chrono::seconds(command.limits.wall_s)),
      process_(process),
      output_(output),
      errors_(errors) {}

HelperProcess::HelperProcess(HelperProcess&& other) noexcept
    : name_(std::move(other.name_)),
      limits_(other.limits_),
      deadline_(other.deadline_),
      process_(std::exchange(other.process_, -1)),
      output_(std::exchange(other.output_, -1)),
      errors_(std::exchange(other.errors_, -1)),
      printed_(other.printed_),
      block_(std::move(other.block_)),
      errors_said_(std::move(other.errors_said_)) {}

HelperProcess::~HelperProcess() {
  kill_all();
  if (output_ >= 0) ::close(output_);
  if (errors_ >= 0) ::close(errors_);
}

std::string HelperProcess::complaint() const {
  std::string out = replace_invalid_utf8(errors_said_);
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  // One line: a list of rejects is read line by line.
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

int HelperProcess::milliseconds_left() const {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000));
}

// The group first: its leader, once waited for, may lend its number to another.
void HelperProcess::kill_all() {
  if (process_ < 0) return;
  ::kill(-process_, SIGKILL);
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
}

Error HelperProcess::failed(ErrorCode code, std::string detail) {
  kill_all();
  return Error(code, fmt::format("{}: {}", name_, detail));
}

void HelperProcess::take_errors() {
  std::array<char, 1024> some{};
  const ssize_t n = ::read(errors_, some.data(), some.size());
  if (n > 0) {
    const std::size_t room = kErrorsKept - errors_said_.size();
    errors_said_.append(some.data(), std::min<std::size_t>(room, static_cast<std::size_t>(n)));
  } else if (n == 0 || errno != EINTR) {
    ::close(std::exchange(errors_, -1));
  }
}

Result<std::string_view> HelperProcess::next() {
  if (process_ < 0) return std::string_view();
  block_.resize(kBlock);
  while (true) {
    std::array<pollfd, 2> watched = {{{output_, POLLIN, 0}, {errors_, POLLIN, 0}}};
    const int n = ::poll(watched.data(), watched.size(), milliseconds_left());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(ErrorCode::intake_helper_failed, std::strerror(errno));
    if (n == 0 || milliseconds_left() == 0)
      return failed(ErrorCode::intake_helper_limit, fmt::format("more than {} s", limits_.wall_s));
    if (watched[1].revents != 0) take_errors();
    if (watched[0].revents == 0) continue;
    const ssize_t got = ::read(output_, block_.data(), block_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(ErrorCode::intake_helper_failed, std::strerror(errno));
    if (got == 0) {
      OVILLO_CHECK(wait_for_end());
      return std::string_view();
    }
    printed_ += static_cast<std::uint64_t>(got);
    if (printed_ > limits_.output_bytes)
      return failed(ErrorCode::intake_helper_limit,
                    fmt::format("printed more than {} bytes", limits_.output_bytes));
    return std::string_view(block_).substr(0, static_cast<std::size_t>(got));
  }
}

// Its output is closed; it may still run.
Result<void> HelperProcess::wait_for_end() {
  int status = 0;
  for (int pause_ms = 1;; pause_ms = std::min(2 * pause_ms, 50)) {
    siginfo_t seen{};
    // Looked at without taking it: as long as it is there, the number of its group is its own.
    if (::waitid(P_PID, static_cast<id_t>(process_), &seen, WEXITED | WNOHANG | WNOWAIT) != 0) {
      if (errno == EINTR) continue;
      return failed(ErrorCode::intake_helper_failed, std::strerror(errno));
    }
    if (seen.si_pid != 0) break;
    if (milliseconds_left() == 0)
      return failed(ErrorCode::intake_helper_limit, fmt::format("more than {} s", limits_.wall_s));
    pollfd errors{errors_, POLLIN, 0};
    if (::poll(&errors, 1, std::min(pause_ms, milliseconds_left())) > 0) take_errors();
  }
  // What it said last still lies in the pipe.
  for (pollfd errors{errors_, POLLIN, 0}; errors_ >= 0 && ::poll(&errors, 1, 0) > 0;) take_errors();
  ::kill(-process_, SIGKILL);
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const std::string said = errors_said_.empty() ? "" : ": " + complaint();
  if (WIFEXITED(status))
    return failed(ErrorCode::intake_helper_failed,
                  fmt::format("ended with status {}{}", WEXITSTATUS(status), said));
  if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
    return failed(ErrorCode::intake_helper_limit,
                  fmt::format("ended by the system: more than {} s of the processor, "
                              "or no memory was left",
                              limits_.cpu_s));
  return failed(ErrorCode::intake_helper_failed,
                fmt::format("ended by signal {}{}", WTERMSIG(status), said));
}

}  // namespace ovillo::intake
