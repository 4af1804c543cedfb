// The audit log: who opened what, for which purpose, before it is opened.
//
// Append-only; entries are leaves of a Merkle tree hashed as RFC 6962 says, so that an entry cannot
// be changed, taken out or put in between without every later checkpoint showing it. open_for()
// returns a Disclosure only when its entry is on disk: nothing fails open. An entry holds no data
// of the persons in the files: the query is kept as a keyed hash, the view as its digest. A random
// nonce in each entry keeps its leaf from being guessed. Format: docs/formats/audit.md.
//
// Thread-safe. Must not outlive its workspace's folder lock (the Workspace may be moved).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/sensitive.hpp"
#include "ovillo/casework/purposes.hpp"
#include "ovillo/casework/roles.hpp"
#include "ovillo/casework/view_digest.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/merkle.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// What somebody is about to do.
struct Access {
  std::string action;  ///< one of actions(): "search", "why", "export" ...
  Rights rights;       ///< of the user, now
  std::string user;
  std::string purpose;         ///< of data/purposes.toml
  std::string case_reference;  ///< empty: no case
  View view;
  std::int64_t at_utc_s = 0;
  std::string query;  ///< what was asked; only its keyed hash is kept. Empty: nothing was asked
};

enum class AuditOutcome : std::uint8_t { allowed, refused };
std::span<const std::string_view> names(AuditOutcome);

/// An entry as read back.
struct AuditEntry {
  std::uint64_t position = 0;
  std::int64_t at_utc_s = 0;
  AuditOutcome outcome = AuditOutcome::allowed;
  std::string action, user, purpose, case_reference;
  ViewDigest view;
  std::string query_hash;  ///< 32 hex digits; empty: nothing was asked
};

/// The tree at one moment, signed by the installation: whoever keeps one can tell later whether
/// the log still is the same log.
struct Checkpoint {
  std::uint64_t size = 0;
  storage::Digest root{};
  std::int64_t at_utc_s = 0;
  std::array<std::uint8_t, 64> signature{};  ///< Ed25519 over checkpoint_text

  bool operator==(const Checkpoint&) const = default;
};

/// "ovillo audit 1\n<size>\n<root, hex>\n<time, UTC>\n".
std::string checkpoint_text(const Checkpoint& checkpoint);
/// What is handed to somebody to keep: checkpoint_text and "signature <128 hex>\n".
std::string signed_checkpoint_text(const Checkpoint& checkpoint);
/// Reads it back, also out of the middle of a text (all that `ovillo audit` prints).
/// @error base.bad_argument when there is none. The signature is read, not verified.
Result<Checkpoint> parse_checkpoint(std::string_view text);
bool verify_checkpoint(const Checkpoint& checkpoint,
                       const std::array<std::uint8_t, 32>& public_key);

class AuditLog : private DisclosureIssuer {
 public:
  /// @param data  folder of the vocabulary. @error base.bad_data_file, base.cannot_read.
  static Result<AuditLog> open(const storage::Workspace& workspace,
                               const std::filesystem::path& data);
  /// With purposes read before.
  AuditLog(const storage::Workspace& workspace, std::shared_ptr<const Purposes> purposes);

  /// Writes the entry, waits until it is durable, and only then gives the Disclosure. A refused
  /// purpose, and an act that no role of the user names, are written as refused, and the error
  /// returned.
  /// @error casework.refused_purpose, casework.unknown_purpose, casework.case_needed,
  ///        casework.role_may_not, base.bad_argument (no such action, user not sayable), storage.*
  ///        when it cannot be written.
  Result<Disclosure> open_for(const Access& access) const;

  [[nodiscard]] std::uint64_t size() const { return store_->size(); }
  /// @error storage.no_such_entry, casework.damaged_log.
  Result<AuditEntry> entry(std::uint64_t position) const;
  /// The bytes whose leaf hash the tree holds.
  Result<std::string> entry_bytes(std::uint64_t position) const;

  Result<Checkpoint> checkpoint(std::int64_t at_utc_s) const;
  /// With the key that signs checkpoints. @param text  no checkpoint: it must not begin like one.
  [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view text) const;
  [[nodiscard]] std::array<std::uint8_t, 32> public_key() const { return store_->public_key(); }

  /// @param n  size of the tree of a checkpoint. @error base.bad_argument when position >= n or n
  ///           is more than size().
  Result<std::vector<storage::Digest>> inclusion_proof(std::uint64_t position,
                                                       std::uint64_t n) const;
  /// That the log of size n goes on from the log of size m. @param m  1 <= m <= n.
  Result<std::vector<storage::Digest>> consistency_proof(std::uint64_t m, std::uint64_t n) const;

  /// That the log still holds what it held when the checkpoint was made: nothing cut off, nothing
  /// rewritten. @error base.bad_argument (a checkpoint this installation did not sign),
  /// casework.damaged_log. @cost O(log n) nodes.
  Result<void> goes_on_from(const Checkpoint& kept) const;

  /// Opens every entry and recomputes the whole tree. @error casework.damaged_log, with the
  /// position. @cost O(n), about 3 us of CPU per entry, on all threads (bench/casework).
  Result<void> verify() const;

  [[nodiscard]] const Purposes& purposes() const { return *purposes_; }

 private:
  Result<void> write(const Access& access, AuditOutcome outcome) const;

  storage::AuditStore* store_;  // stays where it is when the Workspace moves
  IdKey key_;
  std::shared_ptr<const Purposes> purposes_;
};

}  // namespace ovillo::casework
