#include <csignal>
#include <iostream>

#include <unistd.h>

#include "cli/commands.hpp"
#include "ovillo/base/time.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  std::ios::sync_with_stdio(false);
  const ovillo::cli::Door door{std::cout, std::cerr, isatty(STDERR_FILENO) == 1,
                               ovillo::now_utc_s(), nullptr};
  const int status = ovillo::cli::run_program({argv + 1, argv + argc}, door);
  std::cout.flush();
  return std::cout.good() || status != 0 ? status : 6;
}
