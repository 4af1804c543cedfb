#include "cli/password_prompt.hpp"

#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"

namespace ovillo::cli {

namespace {

/// Keeps what is typed from being shown, until it goes out of scope.
class Unseen {
 public:
  Unseen() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;
  ~Unseen() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }

 private:
  termios before_{};
};

}  // namespace

Result<std::string> first_line_of(const std::string& path) {
  OVILLO_TRY(std::string text, read_file(path));
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

Result<std::string> ask_password(const std::string& question) {
  if (::isatty(STDIN_FILENO) != 1) return Error(ErrorCode::casework_sign_in_needed);
  std::cerr << question << std::flush;
  const Unseen unseen;
  std::string line;
  std::getline(std::cin, line);
  std::cerr << '\n';
  return line;
}

}  // namespace ovillo::cli
