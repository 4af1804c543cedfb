// Passwords, read from a file's first line or typed at a terminal without being shown.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"

namespace ovillo::cli {

/// @error base.cannot_read.
Result<std::string> first_line_of(const std::string& path);

/// Asks on the terminal that standard input is. @error casework.sign_in_needed when it is none.
Result<std::string> ask_password(const std::string& question);

}  // namespace ovillo::cli
