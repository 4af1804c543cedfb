#include "ovillo/casework/internal/password.hpp"

#include <algorithm>
#include <set>

#include <sodium.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::casework {

namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{64} << 20;
constexpr std::size_t kShortest = 12;
constexpr std::size_t kLongest = 256;
constexpr std::size_t kFewestDifferent = 5;

// What is left of the commonest passwords when digits and signs are taken off, and the words of
// this house. Sorted.
constexpr std::string_view kEverybodys[] = {
    "abcdef",     "abcdefgh",   "abcdefghijkl", "admin",   "administrator", "azerty",
    "azertyuiop", "changeme",   "contrasena",   "default", "geheim",        "hallo",
    "iloveyou",   "letmein",    "master",       "monkey",  "motdepasse",    "ovillo",
    "pass",       "password",   "passwort",     "police",  "politie",       "polizei",
    "qwerty",     "qwertyuiop", "qwertz",       "secret",  "senha",         "test",
    "user",       "wachtwoord", "welcome",      "welkom"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out;
  std::transform(text.begin(), text.end(), std::back_inserter(out), lower);
  return out;
}

std::string letters(std::string_view text) {
  std::string out;
  for (const char c : lowered(text))
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80) out += c;
  return out;
}

/// One word over and over: "passwordpassword".
bool repeats_one_of_everybodys(std::string_view word) {
  for (const std::string_view one : kEverybodys) {
    if (word.size() % one.size() != 0) continue;
    bool same = true;
    for (std::size_t i = 0; i < word.size(); i += one.size())
      same = same && word.substr(i, one.size()) == one;
    if (same) return true;
  }
  return false;
}

/// The user's own name, with a few letters around it.
bool says_little_beside(std::string word, std::string_view user) {
  constexpr std::size_t kLittle = 5;
  if (user.empty()) return false;
  bool named = false;
  for (std::size_t at = word.find(user); at != std::string::npos; at = word.find(user)) {
    word.erase(at, user.size());
    named = true;
  }
  return named && word.size() <= kLittle;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), kPasses, kMemory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0)
    return Error(ErrorCode::base_internal, "no memory to hash a password");
  return std::string(out.data());
}

bool password_matches(std::string_view kept, std::string_view password) {
  // A hash of nothing that anybody can type: a name that nobody has costs what a real one costs.
  static const std::string nobodys = hash_password(std::string(1, '\0')).value_or(std::string());
  const std::string against(kept.empty() ? std::string_view(nobodys) : kept);
  const bool same =
      crypto_pwhash_str_verify(against.c_str(), password.data(), password.size()) == 0;
  return same && !kept.empty();
}

Result<void> judge_password(std::string_view password, std::string_view user) {
  const Error weak(ErrorCode::casework_weak_password);
  if (!is_valid_utf8(password) || password.size() > kLongest) return weak;
  const auto n_characters =
      static_cast<std::size_t>(std::count_if(password.begin(), password.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
      }));
  if (n_characters < kShortest) return weak;
  if (std::set<char>(password.begin(), password.end()).size() < kFewestDifferent) return weak;
  const std::string word = letters(password);
  if (repeats_one_of_everybodys(word)) return weak;
  if (says_little_beside(word, letters(user))) return weak;
  return {};
}

}  // namespace ovillo::casework
