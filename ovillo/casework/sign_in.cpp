#include "ovillo/casework/sign_in.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sodium.h>

namespace ovillo::casework {

namespace {

constexpr int kFreeTries = 5;
constexpr std::int64_t kLongestWait_s = 15 * 60;
constexpr std::size_t kMostNames = 100'000;  // of tries and of browsers: a bound of memory

std::string new_token() {
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::int64_t wait_after(int n_wrong) {
  if (n_wrong < kFreeTries) return 0;
  const int doublings = std::min(n_wrong - kFreeTries, 20);
  return std::min(std::int64_t{1} << doublings, kLongestWait_s);
}

}  // namespace

SignIn::TokenHash SignIn::hash_of(std::string_view token) {
  TokenHash out{};
  crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), nullptr, 0);
  return out;
}

bool SignIn::has_ended(const SignedIn& session, std::int64_t now_utc_s) {
  return now_utc_s - session.last_utc_s >= kIdle_s || now_utc_s - session.since_utc_s >= kLongest_s;
}

void SignIn::forget_old(std::int64_t now_utc_s) {
  std::erase_if(sessions_, [&](const auto& entry) { return has_ended(entry.second, now_utc_s); });
  // Names that nobody has cost memory to whoever invents them, not to us.
  if (tries_.size() > kMostNames)
    std::erase_if(tries_,
                  [&](const auto& entry) { return entry.second.not_before_utc_s <= now_utc_s; });
  if (tries_.size() > kMostNames) tries_.clear();
  if (browsers_.size() > kMostNames) browsers_.clear();
}

Result<SignIn::Tokens> SignIn::sign_in(std::string_view user, std::string_view browser,
                                       std::int64_t now_utc_s,
                                       const std::function<Result<void>()>& check) {
  const std::lock_guard lock(mutex_);
  forget_old(now_utc_s);
  const auto known = browsers_.find(hash_of(browser));
  const bool from_there = known != browsers_.end() && known->second == user;
  Tries& tries = tries_[{std::string(user), from_there}];
  if (now_utc_s < tries.not_before_utc_s)
    return Error(ErrorCode::casework_sign_in_wait,
                 fmt::format("{} s", tries.not_before_utc_s - now_utc_s));
  if (const auto fits = check(); !fits) {
    ++tries.n_wrong;
    tries.not_before_utc_s = now_utc_s + wait_after(tries.n_wrong);
    return Error(fits.error());
  }
  tries_.erase({std::string(user), from_there});
  Tokens out{new_token(), from_there ? std::string(browser) : new_token()};
  sessions_[hash_of(out.session)] = {next_number_++, std::string(user), now_utc_s, now_utc_s};
  browsers_[hash_of(out.browser)] = std::string(user);
  return out;
}

Result<SignedIn> SignIn::use(std::string_view session, std::int64_t now_utc_s) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(hash_of(session));
  if (found == sessions_.end()) return Error(ErrorCode::casework_sign_in_needed);
  if (has_ended(found->second, now_utc_s)) {
    sessions_.erase(found);
    return Error(ErrorCode::casework_sign_in_needed);
  }
  found->second.last_utc_s = std::max(found->second.last_utc_s, now_utc_s);
  return found->second;
}

void SignIn::sign_out(std::string_view session) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(hash_of(session));
}

std::vector<SignedIn> SignIn::sessions_of(std::string_view user, std::int64_t now_utc_s) {
  const std::lock_guard lock(mutex_);
  forget_old(now_utc_s);
  std::vector<SignedIn> out;
  for (const auto& [hash, session] : sessions_)
    if (session.user == user) out.push_back(session);
  std::sort(out.begin(), out.end(),
            [](const SignedIn& a, const SignedIn& b) { return a.number < b.number; });
  return out;
}

bool SignIn::end(std::string_view user, std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  return std::erase_if(sessions_, [&](const auto& entry) {
           return entry.second.user == user && entry.second.number == number;
         }) > 0;
}

void SignIn::end_all(std::string_view user, std::string_view kept) {
  const std::lock_guard lock(mutex_);
  const TokenHash kept_hash = hash_of(kept);
  std::erase_if(sessions_, [&](const auto& entry) {
    return entry.second.user == user && (kept.empty() || entry.first != kept_hash);
  });
}

}  // namespace ovillo::casework
