#include "ovillo/casework/audit.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "ovillo/base/time.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/casework/internal/audit_check.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

constexpr std::size_t kLongestName = 120;

bool is_name(std::string_view text) {
  return text.size() <= kLongestName && is_valid_utf8(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// 32 hex digits from outside the id space: the same query asked twice can be seen to be the same.
std::string query_hash(const IdKey& key, std::string_view query) {
  if (query.empty()) return {};
  return KeyedHasher(key).add("audit query").add(query).finish<struct QueryTag>().hex();
}

std::string nonce() {
  std::array<unsigned char, 16> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::string out(33, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

template <std::size_t N>
bool read_hex(std::string_view text, std::array<std::uint8_t, N>& into) {
  std::size_t n = 0;
  const char* end = nullptr;
  return text.size() == 2 * N &&
         sodium_hex2bin(into.data(), N, text.data(), text.size(), nullptr, &n, &end) == 0 &&
         n == N && end == text.data() + text.size();
}

Error damaged(std::uint64_t position) {
  return Error(ErrorCode::casework_damaged_log, fmt::format("entry {}", position));
}

}  // namespace

std::span<const std::string_view> names(AuditOutcome) {
  static constexpr std::string_view kNames[] = {"allowed", "refused"};
  return kNames;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return fmt::format("ovillo audit 1\n{}\n{}\n{}\n", checkpoint.size, storage::hex(checkpoint.root),
                     format_utc(checkpoint.at_utc_s));
}

std::string signed_checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint_text(checkpoint) +
         fmt::format("signature {:02x}\n", fmt::join(checkpoint.signature, ""));
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  constexpr std::string_view kHead = "ovillo audit 1\n";
  constexpr std::string_view kSignature = "signature ";
  const Error none(ErrorCode::base_bad_argument,
                   "no checkpoint: five lines, from \"ovillo audit 1\" to its signature");
  const std::size_t begin = text.rfind(kHead);
  if (begin == std::string_view::npos) return none;
  std::string_view rest = text.substr(begin + kHead.size());
  const auto line = [&rest] {
    const std::string_view out = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), out.size() + 1));
    return out;
  };
  Checkpoint out;
  const std::string_view size = line();
  const std::string_view root = line();
  const auto time = parse_time(line(), Zone::utc(), DateOrder::day_first);
  std::string_view signature = line();
  const auto [end, failed] = std::from_chars(size.data(), size.data() + size.size(), out.size);
  if (failed != std::errc() || end != size.data() + size.size() || !time) return none;
  out.at_utc_s = time->begin_utc_s;
  if (!signature.starts_with(kSignature)) return none;
  signature.remove_prefix(kSignature.size());
  if (!read_hex(root, out.root) || !read_hex(signature, out.signature)) return none;
  return out;
}

bool verify_checkpoint(const Checkpoint& checkpoint,
                       const std::array<std::uint8_t, 32>& public_key) {
  const std::string text = checkpoint_text(checkpoint);
  return crypto_sign_verify_detached(checkpoint.signature.data(),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size(), public_key.data()) == 0;
}

Result<AuditLog> AuditLog::open(const storage::Workspace& workspace,
                                const std::filesystem::path& data) {
  OVILLO_TRY(auto purposes, Purposes::open(data));
  return AuditLog(workspace, std::make_shared<const Purposes>(std::move(purposes)));
}

AuditLog::AuditLog(const storage::Workspace& workspace, std::shared_ptr<const Purposes> purposes)
    : store_(&workspace.audit()), key_(workspace.id_key()), purposes_(std::move(purposes)) {}

Result<void> AuditLog::write(const Access& access, AuditOutcome outcome) const {
  const nlohmann::ordered_json entry = {
      {"v", 1},
      {"nonce", nonce()},
      {"at_utc_s", access.at_utc_s},
      {"outcome", std::string(name_of(outcome))},
      {"action", access.action},
      {"user", access.user},
      {"purpose", access.purpose},
      {"case", access.case_reference},
      {"view", view_digest(access.view, key_).hex()},
      {"query", query_hash(key_, access.query)},
  };
  OVILLO_CHECK(store_->append(entry.dump()));
  return {};
}

Result<Disclosure> AuditLog::open_for(const Access& access) const {
  // Of a closed list, so that no number of anybody gets into the log by way of an action.
  const auto act = act_of(access.action);
  if (!act) return Error(ErrorCode::base_bad_argument, "action");
  if (access.user.empty() || !is_name(access.user) || !is_name(access.case_reference))
    return Error(ErrorCode::base_bad_argument, "user or case");
  if (const auto allowed = purposes_->check(access.purpose, access.case_reference); !allowed) {
    Access refused = access;
    // What is on no list is free text, and free text may hold anything.
    if (allowed.error().code() == ErrorCode::casework_unknown_purpose) refused.purpose.clear();
    OVILLO_CHECK(write(refused, AuditOutcome::refused));
    return Error(allowed.error());
  }
  if (!access.rights.may(*act)) {
    OVILLO_CHECK(write(access, AuditOutcome::refused));
    return Error(ErrorCode::casework_role_may_not, std::string(name_of(*act)));
  }
  OVILLO_CHECK(write(access, AuditOutcome::allowed));
  return issue(access.purpose);
}

Result<std::string> AuditLog::entry_bytes(std::uint64_t position) const {
  auto bytes = store_->entry(position);
  if (!bytes && bytes.error().code() == ErrorCode::storage_damaged_block) return damaged(position);
  return bytes;
}

Result<AuditEntry> AuditLog::entry(std::uint64_t position) const {
  OVILLO_TRY(const auto bytes, entry_bytes(position));
  const auto json = nlohmann::json::parse(bytes, nullptr, false);
  if (!json.is_object()) return damaged(position);
  const auto text = [&json](const char* name) { return json.value(name, std::string()); };
  AuditEntry out;
  out.position = position;
  out.at_utc_s = json.value("at_utc_s", std::int64_t{0});
  const auto outcome = from_name<AuditOutcome>(text("outcome"));
  const auto view = ViewDigest::from_hex(text("view"));
  if (!outcome || !view) return damaged(position);
  out.outcome = *outcome;
  out.view = *view;
  out.action = text("action");
  out.user = text("user");
  out.purpose = text("purpose");
  out.case_reference = text("case");
  out.query_hash = text("query");
  return out;
}

std::array<std::uint8_t, 64> AuditLog::sign(std::string_view text) const {
  return store_->sign(text);
}

Result<Checkpoint> AuditLog::checkpoint(std::int64_t at_utc_s) const {
  Checkpoint out;
  out.size = store_->size();
  out.at_utc_s = at_utc_s;
  OVILLO_TRY(out.root, storage::merkle_root(out.size, store_->nodes()));
  out.signature = store_->sign(checkpoint_text(out));
  return out;
}

Result<std::vector<storage::Digest>> AuditLog::inclusion_proof(std::uint64_t position,
                                                               std::uint64_t n) const {
  if (position >= n || n > store_->size())
    return Error(ErrorCode::base_bad_argument, "position or size of the log");
  return storage::inclusion_proof(position, n, store_->nodes());
}

Result<std::vector<storage::Digest>> AuditLog::consistency_proof(std::uint64_t m,
                                                                 std::uint64_t n) const {
  if (m == 0 || m > n || n > store_->size())
    return Error(ErrorCode::base_bad_argument, "sizes of the log");
  return storage::consistency_proof(m, n, store_->nodes());
}

Result<void> AuditLog::goes_on_from(const Checkpoint& kept) const {
  if (!verify_checkpoint(kept, public_key()))
    return Error(ErrorCode::base_bad_argument,
                 "the checkpoint is not signed by this installation, or was changed");
  OVILLO_TRY(const auto now, checkpoint(kept.at_utc_s));
  const Error other(ErrorCode::casework_damaged_log,
                    fmt::format("it does not go on from the checkpoint of {}, which holds {} "
                                "entries; now it holds {}",
                                format_utc(kept.at_utc_s), kept.size, now.size));
  if (kept.size > now.size) return other;
  if (kept.size == 0) return {};
  OVILLO_TRY(const auto proof, consistency_proof(kept.size, now.size));
  if (!storage::verify_consistency(kept.size, now.size, proof, kept.root, now.root)) return other;
  return {};
}

Result<void> AuditLog::verify() const {
  OVILLO_TRY(const auto position, first_damage(*store_));
  if (position) return damaged(*position);
  return {};
}

}  // namespace ovillo::casework
