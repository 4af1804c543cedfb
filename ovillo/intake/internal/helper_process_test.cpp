// Programs that misbehave, each in its own way: none gets through and none is waited for.
#include "ovillo/intake/internal/helper_process.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ovillo/intake/internal/nameless_file.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

struct Ran {
  std::string output;
  std::optional<Error> error;
  std::string complaint;
  double wall_s = 0;
};

HelperLimits small_limits() {
  HelperLimits limits;
  limits.memory_bytes = 256ull << 20;
  limits.cpu_s = 1;
  limits.wall_s = 2;
  limits.output_bytes = 1u << 20;
  return limits;
}

Ran run(HelperCommand command, std::string_view input = {}) {
  Ran out;
  NamelessFile file = NamelessFile::create().value();
  EXPECT_TRUE(file.write(input));
  const auto begin = std::chrono::steady_clock::now();
  auto process = HelperProcess::start(command, file.fd());
  while (process && !out.error) {
    const auto block = process->next();
    if (!block) {
      out.error = block.error();
    } else if (block->empty()) {
      break;
    } else {
      out.output += *block;
    }
  }
  if (!process) {
    out.error = process.error();
  } else {
    out.complaint = process->complaint();
  }
  out.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  // No child is left, neither running nor to be waited for.
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  return out;
}

Ran run_shell(const std::string& script, std::string_view input = {}) {
  return run({"/bin/sh", {"-c", script}, {}, small_limits()}, input);
}

Ran run_python(const std::string& script) {
  return run({"/usr/bin/python3", {"-I", "-S", "-c", script}, {}, small_limits()});
}

bool has_python() { return ::access("/usr/bin/python3", X_OK) == 0; }

TEST(HelperProcess, GivesTheProgramItsInputAndGivesBackWhatItPrints) {
  std::string input(300'000, 'x');
  input[150'000] = '\0';
  const Ran ran = run({"/bin/cat", {}, {}, small_limits()}, input);
  EXPECT_FALSE(ran.error);
  EXPECT_EQ(ran.output, input);
}

TEST(HelperProcess, StartsItWithoutEnvironmentAndDescriptors) {
  EXPECT_EQ(run({"/usr/bin/env", {}, {"A=b"}, small_limits()}).output, "A=b\n");
  const int open = ::dup(STDERR_FILENO);  // one that would be handed down
  const Ran ran = run({"/bin/ls", {"/proc/self/fd"}, {}, small_limits()});
  ::close(open);
  EXPECT_FALSE(ran.error) << ran.error->message();
  EXPECT_EQ(ran.output, "0\n1\n2\n3\n");  // the last is its own, of that folder
}

TEST(HelperProcess, SaysHowItEnded) {
  const Ran status = run_shell("echo half; echo 'no good' >&2; exit 3");
  ASSERT_TRUE(status.error);
  EXPECT_EQ(status.output, "half\n");
  EXPECT_EQ(status.error->code(), ErrorCode::intake_helper_failed);
  EXPECT_THAT(status.error->detail(), HasSubstr("sh: ended with status 3: no good"));
  EXPECT_EQ(status.complaint, "no good");
}

TEST(HelperProcess, NamesAProgramThatIsNotThere) {
  const Ran ran = run({"/nowhere/pdftotext", {}, {}, small_limits()});
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_no_reader);
  EXPECT_EQ(ran.error->detail(), "pdftotext is not installed");
}

TEST(HelperProcess, EndsOneThatLoops) {
  const Ran ran = run_shell("while :; do :; done");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_limit);
  EXPECT_LT(ran.wall_s, 4);
}

TEST(HelperProcess, EndsOneThatClosesItsOutputAndSleeps) {
  const Ran ran = run_shell("exec >&- 2>&-; exec sleep 100");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_limit);
  EXPECT_THAT(ran.error->detail(), HasSubstr("more than 2 s"));
  EXPECT_LT(ran.wall_s, 4);
}

TEST(HelperProcess, EndsOneThatPrintsSlowlyForEver) {
  const Ran ran = run_shell(
      "i=0; while :; do echo $i; i=$((i+1)); "
      "j=0; while test $j -lt 2000; do j=$((j+1)); done; done");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_limit);
  EXPECT_LT(ran.wall_s, 4);
}

TEST(HelperProcess, EndsOneThatPrintsForEver) {
  const Ran ran = run({"/usr/bin/yes", {}, {}, small_limits()});
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_limit);
  EXPECT_THAT(ran.error->detail(), HasSubstr("printed more than 1048576 bytes"));
  EXPECT_LE(ran.output.size(), 1u << 20);
}

TEST(HelperProcess, KeepsLittleOfAComplaintWithoutEnd) {
  const Ran ran = run_shell("exec yes >&2");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_limit);
  EXPECT_LE(ran.complaint.size(), 4096u);
}

TEST(HelperProcess, LetsItStartNoOtherProcess) {
  const Ran ran = run_shell("sleep 100 & echo started");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_failed);
  EXPECT_THAT(ran.complaint, HasSubstr("fork"));
  EXPECT_LT(ran.wall_s, 2);
}

TEST(HelperProcess, RefusesMemoryAboveTheLimit) {
  if (!has_python()) GTEST_SKIP() << "needs /usr/bin/python3";
  const Ran ran = run_python("x = bytearray(1 << 29); print(len(x))");
  ASSERT_TRUE(ran.error);
  EXPECT_EQ(ran.error->code(), ErrorCode::intake_helper_failed);
  EXPECT_THAT(ran.error->detail(), HasSubstr("MemoryError"));
  EXPECT_EQ(run_python("print(len(bytearray(1 << 20)))").output, "1048576\n");
}

TEST(HelperProcess, HasNoNetworkAndNoWayOut) {
  if (!has_python()) GTEST_SKIP() << "needs /usr/bin/python3";
  const std::vector<std::string> attempts = {
      "import _socket; _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)",
      "import _socket; _socket.socket(_socket.AF_UNIX, _socket.SOCK_DGRAM)",
      "import posix; posix.fork()",
      "import posix; posix.setsid()",
      "import posix; posix.setpgid(0, 0)",
      "import posix; posix.kill(posix.getppid(), 0)",
  };
  for (const std::string& attempt : attempts) {
    const Ran ran = run_python(attempt);
    EXPECT_TRUE(ran.error) << attempt;
    EXPECT_THAT(ran.complaint, HasSubstr("Operation not permitted")) << attempt;
  }
}

TEST(HelperProcess, LetsNoFileGrow) {
  if (!has_python()) GTEST_SKIP() << "needs /usr/bin/python3";
  // Its input is a file that is open for writing.
  const Ran ran = run_python("import posix; posix.write(0, b'x')");
  EXPECT_TRUE(ran.error);
  EXPECT_THAT(ran.complaint, HasSubstr("File too large"));
}

TEST(HelperProcess, IsGoneWhenNobodyReadsOn) {
  NamelessFile file = NamelessFile::create().value();
  {
    auto process = HelperProcess::start({"/usr/bin/yes", {}, {}, small_limits()}, file.fd());
    ASSERT_TRUE(process);
    ASSERT_TRUE(process->next());
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
}  // namespace ovillo::intake
