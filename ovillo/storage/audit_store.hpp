// AuditStore: the rows under the audit log. Append-only entries, sealed, and the nodes of their
// Merkle tree (storage/merkle.hpp).
//
// Kept in <folder>/audit.db, apart from the workspace's own database, because an entry must be
// durable before its effect even while an import is being written, and must stay when that import
// is rolled back. Thread-safe: entries that several threads bring at once become durable together
// (group commit). What an entry says is casework's (casework/audit.hpp); format:
// docs/formats/audit.md.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/merkle.hpp"

namespace ovillo::storage {

class KeyStore;

class AuditStore {
 public:
  AuditStore(const AuditStore&) = delete;
  AuditStore& operator=(const AuditStore&) = delete;
  ~AuditStore();

  /// Durable when it returns. @return position of the entry, from 0, without gaps.
  Result<std::uint64_t> append(std::string_view entry);
  /// The same for several, durable together or not at all. @return position of the first; the
  /// others follow it. Of none: the size.
  Result<std::uint64_t> append_all(std::span<const std::string> entries);
  [[nodiscard]] std::uint64_t size() const;
  /// @error storage.no_such_entry, storage.damaged_block.
  Result<std::string> entry(std::uint64_t position) const;
  /// Hash of a complete subtree; level 0 are the leaves. @error storage.no_such_entry.
  Result<Digest> node(unsigned level, std::uint64_t position) const;
  [[nodiscard]] NodeReader nodes() const;

  /// Entries as they lie on the disk, in one look. @param begin, end  positions, begin <= end.
  /// @return  end - begin of them, by position; empty where there is none.
  Result<std::vector<std::string>> sealed_entries(std::uint64_t begin, std::uint64_t end) const;
  /// @error storage.damaged_block when it is not the entry of that position.
  Result<std::string> open_entry(std::uint64_t position, std::string_view sealed) const;
  /// The stored hashes of one level, in one look: end - begin of them; none where there is none.
  Result<std::vector<std::optional<Digest>>> stored_nodes(unsigned level, std::uint64_t begin,
                                                          std::uint64_t end) const;

  /// Ed25519 with the installation's checkpoint key.
  [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view bytes) const;
  [[nodiscard]] std::array<std::uint8_t, 32> public_key() const;

 private:
  friend class Workspace;
  struct Impl;
  explicit AuditStore(std::unique_ptr<Impl> impl);
  static Result<std::unique_ptr<AuditStore>> open(const std::filesystem::path& folder,
                                                  const KeyStore& keys);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::storage
