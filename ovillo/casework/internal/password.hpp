// Passwords: hashed with Argon2id, compared in constant time, refused when easy to guess.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"

namespace ovillo::casework {

/// libsodium's encoded Argon2id hash with its salt and costs: 64 MiB, 2 passes.
/// @error base.internal when there is no memory for it.
Result<std::string> hash_password(std::string_view password);

/// @param kept  what hash_password gave; empty: nothing matches, after the same work.
bool password_matches(std::string_view kept, std::string_view password);

/// At least 12 characters of at least 5 different ones, not the user's name, and not one of the
/// words that everybody takes, with whatever digits and signs around it.
/// @error casework.weak_password.
Result<void> judge_password(std::string_view password, std::string_view user);

}  // namespace ovillo::casework
