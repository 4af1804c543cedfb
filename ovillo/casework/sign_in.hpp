// SignIn: who is signed in at a server, and how fast passwords may be tried.
//
// A session is 256 random bits that the browser keeps; here only their hash is kept, in memory: a
// server that ends ends every session. Ends after 15 minutes without use and after 8 hours at the
// latest. Clock and passwords come from the caller.
//
// Trying passwords: after 5 wrong ones the next must wait 1 s, then 2, 4 ... up to 15 minutes. A
// browser from which the user signed in before (it keeps a token that says so) has a count of its
// own, so a stranger who tries a name over and over slows down strangers and not its user.
//
// Thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::casework {

struct SignedIn {
  std::uint64_t number = 0;  ///< what a person calls the session by; says nothing of its token
  std::string user;
  std::int64_t since_utc_s = 0;
  std::int64_t last_utc_s = 0;
};

class SignIn {
 public:
  static constexpr std::int64_t kIdle_s = 15 * 60;
  static constexpr std::int64_t kLongest_s = 8 * 3600;

  struct Tokens {
    std::string session;  ///< 64 hex digits
    std::string browser;  ///< 64 hex digits: this user signed in from here
  };

  /// @param browser  token of an earlier sign-in; empty or strange: none.
  /// @param check    whether name and password fit. Called once, and not when it is to wait.
  /// @error casework.sign_in_wait (with the seconds), whatever `check` gives.
  Result<Tokens> sign_in(std::string_view user, std::string_view browser, std::int64_t now_utc_s,
                         const std::function<Result<void>()>& check);

  /// The session of a token, and that it was used now. @error casework.sign_in_needed.
  Result<SignedIn> use(std::string_view session, std::int64_t now_utc_s);

  void sign_out(std::string_view session);
  /// Those of one user, oldest first.
  std::vector<SignedIn> sessions_of(std::string_view user, std::int64_t now_utc_s);
  /// Ends a session of `user` by its number; false: the user has none of it.
  bool end(std::string_view user, std::uint64_t number);
  /// Ends all of a user's sessions but `kept` (a token; empty: none is kept).
  void end_all(std::string_view user, std::string_view kept);

 private:
  using TokenHash = std::array<std::uint8_t, 32>;
  struct Tries {
    int n_wrong = 0;
    std::int64_t not_before_utc_s = 0;
  };
  static TokenHash hash_of(std::string_view token);
  static bool has_ended(const SignedIn& session, std::int64_t now_utc_s);
  void forget_old(std::int64_t now_utc_s);

  std::mutex mutex_;
  std::uint64_t next_number_ = 1;
  std::map<TokenHash, SignedIn> sessions_;
  std::map<TokenHash, std::string> browsers_;            ///< from where a user signed in before
  std::map<std::pair<std::string, bool>, Tries> tries_;  ///< by name, and whether from there
};

}  // namespace ovillo::casework
