#include "ovillo/intake/internal/compound_file.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ovillo::intake {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv;
constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kEntryBytes = 128;
constexpr std::uint32_t kLastSector = 0xfffffffa;  // beyond: end of chain, free and the like
constexpr std::uint32_t kNoEntry = 0xffffffff;
constexpr std::size_t kMostEntries = 200'000;
constexpr std::uint8_t kStorage = 1, kStream = 2, kRoot = 5;

Error bad(std::string detail) { return Error(ErrorCode::intake_bad_archive, std::move(detail)); }

std::uint32_t u16(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]) |
         static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1])) << 8;
}

std::uint32_t u32(std::string_view bytes, std::size_t at) {
  return u16(bytes, at) | u16(bytes, at + 2) << 16;
}

// Names are of ASCII in all that is read here; another letter is "?".
std::string name_of(std::string_view entry) {
  const std::size_t n = std::min<std::size_t>(u16(entry, 64), 64);
  std::string out;
  for (std::size_t i = 0; i + 3 < n; i += 2) {
    const std::uint32_t letter = u16(entry, i);
    out += letter >= 0x20 && letter < 0x7f ? static_cast<char>(letter) : '?';
  }
  return out;
}

}  // namespace

bool is_compound_file(std::string_view head) { return head.starts_with(kMark); }

Result<CompoundFile> CompoundFile::open(std::string_view bytes) {
  CompoundFile out(bytes);
  OVILLO_CHECK(out.read_header());
  OVILLO_CHECK(out.read_sector_table());
  OVILLO_CHECK(out.read_entries());
  OVILLO_CHECK(out.read_small_sectors());
  return out;
}

Result<void> CompoundFile::read_header() {
  if (bytes_.size() < kHeaderBytes || !is_compound_file(bytes_)) return bad("no compound file");
  const std::uint32_t shift = u16(bytes_, 0x1e), small_shift = u16(bytes_, 0x20);
  if ((shift != 9 && shift != 12) || small_shift != 6)
    return bad(fmt::format("sectors of 2^{} and 2^{} bytes", shift, small_shift));
  sector_bytes_ = 1u << shift;
  small_sector_bytes_ = 1u << small_shift;
  small_below_ = u32(bytes_, 0x38);
  return {};
}

// Empty: it lies outside the file. The last one may be cut short.
std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t at = (static_cast<std::uint64_t>(number) + 1) * sector_bytes_;
  return at < bytes_.size() ? bytes_.substr(at, sector_bytes_) : std::string_view();
}

Result<void> CompoundFile::read_sector_table() {
  const std::size_t n_sectors = bytes_.size() / sector_bytes_ + 1;
  std::vector<std::uint32_t> tables;
  for (std::size_t at = 0x4c; at < kHeaderBytes; at += 4) tables.push_back(u32(bytes_, at));
  std::uint32_t more = u32(bytes_, 0x44);
  for (std::size_t n = 0; more < kLastSector; ++n) {
    const std::string_view list = sector(more);
    if (list.size() < sector_bytes_ || n > n_sectors) return bad("the list of sectors breaks off");
    for (std::size_t at = 0; at + 8 <= list.size(); at += 4) tables.push_back(u32(list, at));
    more = u32(list, list.size() - 4);
  }
  for (const std::uint32_t table : tables) {
    if (table >= kLastSector) continue;
    const std::string_view part = sector(table);
    if (part.size() < sector_bytes_ || next_.size() > n_sectors + sector_bytes_)
      return bad("the table of sectors breaks off");
    for (std::size_t at = 0; at < part.size(); at += 4) next_.push_back(u32(part, at));
  }
  return {};
}

Result<std::string> CompoundFile::chain(std::uint32_t first, std::uint64_t most) const {
  std::string out;
  std::size_t n = 0;
  for (std::uint32_t at = first; at < kLastSector && out.size() < most; at = next_[at]) {
    const std::string_view part = sector(at);
    if (at >= next_.size() || part.empty()) return bad("a stream lies outside the file");
    if (++n > next_.size()) return bad("a stream runs in a ring");
    out += part;
  }
  if (out.size() > most) out.resize(most);
  return out;
}

Result<void> CompoundFile::read_entries() {
  OVILLO_TRY(const std::string directory, chain(u32(bytes_, 0x30), kMostEntries * kEntryBytes));
  if (directory.size() < kEntryBytes) return bad("no directory");
  for (std::size_t at = 0; at + kEntryBytes <= directory.size(); at += kEntryBytes) {
    const std::string_view raw = std::string_view(directory).substr(at, kEntryBytes);
    const auto type = static_cast<std::uint8_t>(raw[66]);
    Entry entry;
    entry.is_storage = type == kStorage || type == kRoot;
    if (entry.is_storage || type == kStream) entry.name = name_of(raw);
    entry.first_sector = u32(raw, 116);
    // The upper half is none in files of small sectors, whatever stands there.
    entry.bytes = u32(raw, 120);
    entries_.push_back(std::move(entry));
  }
  if (!entries_.front().is_storage) return bad("no root");
  std::vector<bool> has_parent(entries_.size());
  has_parent[0] = true;
  std::vector<std::uint32_t> storages = {0};
  while (!storages.empty()) {
    const std::uint32_t storage = storages.back();
    storages.pop_back();
    std::vector<std::uint32_t> waiting = {u32(directory, storage * kEntryBytes + 76)};
    while (!waiting.empty()) {
      const std::uint32_t one = waiting.back();
      waiting.pop_back();
      if (one == kNoEntry) continue;
      if (one >= entries_.size() || has_parent[one]) return bad("a folder runs in a ring");
      has_parent[one] = true;
      entries_[storage].children.push_back(one);
      if (entries_[one].is_storage) storages.push_back(one);
      waiting.push_back(u32(directory, one * kEntryBytes + 68));
      waiting.push_back(u32(directory, one * kEntryBytes + 72));
    }
    std::ranges::sort(entries_[storage].children);
  }
  return {};
}

Result<void> CompoundFile::read_small_sectors() {
  OVILLO_TRY(small_, chain(entries_.front().first_sector, bytes_.size()));
  OVILLO_TRY(const std::string table, chain(u32(bytes_, 0x3c), bytes_.size()));
  for (std::size_t at = 0; at + 4 <= table.size(); at += 4) next_small_.push_back(u32(table, at));
  return {};
}

std::uint32_t CompoundFile::child(std::uint32_t storage, std::string_view name) const {
  for (const std::uint32_t one : entries_[storage].children)
    if (entries_[one].name == name) return one;
  return 0;
}

Result<std::string> CompoundFile::read(std::uint32_t stream) const {
  const Entry& entry = entries_[stream];
  if (entry.bytes > bytes_.size()) return bad("a stream is longer than the file");
  std::string out;
  if (entry.bytes >= small_below_) {
    OVILLO_TRY(out, chain(entry.first_sector, entry.bytes));
  } else {
    std::size_t n = 0;
    for (std::uint32_t at = entry.first_sector; at < kLastSector && out.size() < entry.bytes;
         at = next_small_[at]) {
      const std::size_t byte = static_cast<std::size_t>(at) * small_sector_bytes_;
      if (at >= next_small_.size() || byte >= small_.size())
        return bad("a small stream lies outside the file");
      if (++n > next_small_.size()) return bad("a small stream runs in a ring");
      out += std::string_view(small_).substr(byte, small_sector_bytes_);
    }
    if (out.size() > entry.bytes) out.resize(entry.bytes);
  }
  if (out.size() < entry.bytes) return bad("a stream breaks off");
  return out;
}

}  // namespace ovillo::intake
