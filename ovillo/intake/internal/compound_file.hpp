// A compound file (OLE2): a file system in a file, with storages for folders and streams for files.
//
// Strict where a chain of sectors is followed: each sector is visited once at most, every number is
// checked against the file. @source [MS-CFB].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::intake {

bool is_compound_file(std::string_view head);

class CompoundFile {
 public:
  struct Entry {
    std::string name;  ///< UTF-8
    bool is_storage = false;
    std::uint32_t first_sector = 0;
    std::uint64_t bytes = 0;
    std::vector<std::uint32_t> children;  ///< of a storage, by number, in the order of the file
  };

  /// @param bytes  the whole file; outlives it.
  /// @error intake.bad_archive, with what is wrong. @cost  O(n) time; 8 bytes a sector.
  static Result<CompoundFile> open(std::string_view bytes);

  /// Entry 0 is the root.
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  /// Number of the child of that name; 0: none, as the root is nobody's child.
  [[nodiscard]] std::uint32_t child(std::uint32_t storage, std::string_view name) const;
  /// The bytes of a stream. @error intake.bad_archive where its chain breaks off or runs in a ring.
  [[nodiscard]] Result<std::string> read(std::uint32_t stream) const;

 private:
  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}
  Result<void> read_header();
  Result<void> read_sector_table();
  Result<void> read_entries();
  Result<void> read_small_sectors();
  [[nodiscard]] std::string_view sector(std::uint32_t number) const;
  [[nodiscard]] Result<std::string> chain(std::uint32_t first, std::uint64_t most) const;

  std::string_view bytes_;
  std::uint32_t sector_bytes_ = 512;
  std::uint32_t small_sector_bytes_ = 64;
  std::uint32_t small_below_ = 4096;
  std::vector<std::uint32_t> next_;        ///< of each sector
  std::vector<std::uint32_t> next_small_;  ///< of each small sector
  std::string small_;                      ///< the sectors of small streams, one after the other
  std::vector<Entry> entries_;
};

}  // namespace ovillo::intake
