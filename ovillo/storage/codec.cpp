#include "ovillo/storage/codec.hpp"

#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

#include "ovillo/storage/internal/bytes.hpp"

namespace ovillo::storage {

namespace {

constexpr std::uint8_t kRecordMark = 'R';
constexpr std::uint8_t kFindMark = 'F';
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kPrecisions = 5;

Error damaged(std::string_view what) {
  return Error(ErrorCode::storage_damaged_block, std::string(what));
}

/// Encoding a batch whose columns disagree in length is a bug of the caller.
void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

template <class Enum>
void put_enums(Writer& out, const std::vector<Enum>& values) {
  for (const Enum value : values) out.u8(static_cast<std::uint8_t>(value));
}

template <class Enum>
std::vector<Enum> take_enums(Reader& in, std::size_t n) {
  std::vector<Enum> values(n);
  const std::size_t known = names(Enum{}).size();
  for (Enum& value : values) value = in.enumerator<Enum>(known);
  return values;
}

/// Differences to the value before, zigzag; wraps, so any 64-bit values survive.
void put_deltas(Writer& out, std::span<const std::uint64_t> values) {
  std::uint64_t before = 0;
  for (const std::uint64_t value : values) {
    out.signed_varint(static_cast<std::int64_t>(value - before));
    before = value;
  }
}

std::vector<std::uint64_t> take_deltas(Reader& in, std::size_t n) {
  std::vector<std::uint64_t> values(n);
  std::uint64_t before = 0;
  for (std::uint64_t& value : values)
    value = before += static_cast<std::uint64_t>(in.signed_varint());
  return values;
}

template <class Int>
void put_numbers(Writer& out, const std::vector<Int>& values) {
  for (const Int value : values) out.varint(value);
}

template <class Int>
std::vector<Int> take_numbers(Reader& in, std::size_t n) {
  std::vector<Int> values(n);
  for (Int& value : values) value = in.number<Int>();
  return values;
}

void put_lengths(Writer& out, std::span<const std::int64_t> offsets) {
  for (std::size_t i = 1; i < offsets.size(); ++i)
    out.varint(static_cast<std::uint64_t>(offsets[i] - offsets[i - 1]));
}

/// Offsets of n lists from their lengths, which must add up to at most `limit`.
std::vector<std::int64_t> take_offsets(Reader& in, std::size_t n, std::uint64_t limit) {
  std::vector<std::int64_t> offsets(n + 1, 0);
  std::uint64_t total = 0;
  for (std::size_t i = 1; i <= n; ++i) {
    const std::uint64_t length = in.varint();
    if (length > limit - total) in.fail();
    if (!in.ok()) return std::vector<std::int64_t>(n + 1, 0);
    total += length;
    offsets[i] = static_cast<std::int64_t>(total);
  }
  return offsets;
}

void put_strings(Writer& out, const StringColumn& column) {
  put_lengths(out, column.offsets());
  out.raw(column.arena());
}

StringColumn take_strings(Reader& in, std::size_t n) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  std::vector<std::int64_t> offsets = take_offsets(in, n, kMost);
  std::string arena(in.raw(static_cast<std::uint64_t>(offsets.back())));
  if (!in.ok()) return {};
  return StringColumn::from_parts(std::move(arena), std::move(offsets));
}

// One byte per record: 0 not stated, else 1 + precision * 2 + zone; then the parts as columns.
void put_times(Writer& out, const std::vector<std::optional<Time>>& times) {
  for (const auto& time : times)
    out.u8(!time ? std::uint8_t{0}
                 : static_cast<std::uint8_t>(1 + static_cast<unsigned>(time->precision) * 2 +
                                             static_cast<unsigned>(time->zone)));
  std::uint64_t before = 0;
  for (const auto& time : times) {
    if (!time) continue;
    const auto begin = static_cast<std::uint64_t>(time->begin_utc_s);
    out.signed_varint(static_cast<std::int64_t>(begin - before));
    out.signed_varint(
        static_cast<std::int64_t>(static_cast<std::uint64_t>(time->end_utc_s) - begin));
    out.signed_varint(time->offset_s);
    before = begin;
  }
}

std::vector<std::optional<Time>> take_times(Reader& in, std::size_t n) {
  std::vector<std::optional<Time>> times(n);
  for (auto& time : times) {
    const std::uint8_t flags = in.u8();
    if (flags == 0) continue;
    if (flags > kPrecisions * 2) in.fail();
    time.emplace();
    time->precision = static_cast<TimePrecision>((flags - 1) / 2);
    time->zone = static_cast<ZoneBasis>((flags - 1) % 2);
  }
  std::uint64_t before = 0;
  for (auto& time : times) {
    if (!time) continue;
    before += static_cast<std::uint64_t>(in.signed_varint());
    const std::uint64_t end = before + static_cast<std::uint64_t>(in.signed_varint());
    const std::int64_t offset = in.signed_varint();
    time->begin_utc_s = static_cast<std::int64_t>(before);
    time->end_utc_s = static_cast<std::int64_t>(end);
    time->offset_s = static_cast<std::int32_t>(offset);
    if (time->offset_s != offset) in.fail();
  }
  return times;
}

void put_ids(Writer& out, const std::vector<RecordId>& ids) {
  for (const RecordId& id : ids) {
    out.u64(id.hi);
    out.u64(id.lo);
  }
}

std::vector<RecordId> take_ids(Reader& in, std::size_t n) {
  std::vector<RecordId> ids(n);
  for (RecordId& id : ids) {
    id.hi = in.u64();
    id.lo = in.u64();
  }
  return ids;
}

void require_whole(const RecordBatch& batch) {
  const std::size_t n = batch.size();
  require(batch.id.empty() || batch.id.size() == n, "RecordBatch: ids");
  require(batch.time.size() == n && batch.row.size() == n && batch.byte.size() == n &&
              batch.length.size() == n && batch.fields.size() == n,
          "RecordBatch: columns of different length");
  require(batch.cell_column.size() == batch.cell_value.size() &&
              static_cast<std::size_t>(batch.fields.offsets().back()) == batch.cell_column.size(),
          "RecordBatch: cells");
}

}  // namespace

std::string encode(const RecordBatch& batch) {
  require_whole(batch);
  Writer out;
  out.reserve(batch.cell_value.arena().size() + batch.size() * 32 + 256);
  out.u8(kRecordMark);
  out.u8(kVersion);
  out.varint(batch.source);
  out.varint(batch.compartment);
  out.varint(batch.authorisation);
  for (const std::string* text :
       {&batch.source_key, &batch.region, &batch.file_name, &batch.file_sha256, &batch.member})
    out.text(*text);
  out.varint(batch.columns.size());
  for (const ColumnInfo& column : batch.columns) {
    out.text(column.name);
    out.u8(static_cast<std::uint8_t>(column.field));
  }
  out.varint(batch.size());
  put_enums(out, batch.kind);
  out.u8(batch.id.empty() ? 0 : 1);
  put_ids(out, batch.id);
  put_times(out, batch.time);
  put_deltas(out, batch.row);
  put_deltas(out, batch.byte);
  put_deltas(out, batch.length);
  out.varint(batch.cell_column.size());
  put_lengths(out, batch.fields.offsets());
  put_numbers(out, batch.cell_column);
  put_strings(out, batch.cell_value);
  return std::move(out).take();
}

Result<RecordBatch> decode_records(std::string_view bytes) {
  Reader in(bytes);
  if (in.u8() != kRecordMark) return damaged("not a block of records");
  if (in.u8() != kVersion) return damaged("unknown version of a block of records");
  RecordBatch batch;
  batch.source = in.number<SourceId>();
  batch.compartment = in.number<CompartmentId>();
  batch.authorisation = in.number<AuthorisationId>();
  for (std::string* text :
       {&batch.source_key, &batch.region, &batch.file_name, &batch.file_sha256, &batch.member})
    *text = in.text();
  batch.columns.resize(in.count(2));
  for (ColumnInfo& column : batch.columns) {
    column.name = in.text();
    column.field = in.enumerator<Field>(names(Field{}).size());
  }
  const std::size_t n = in.count(5);
  batch.kind = take_enums<RecordKind>(in, n);
  const std::uint8_t with_ids = in.u8();
  if (with_ids > 1) in.fail();
  if (with_ids == 1 && in.ok()) batch.id = take_ids(in, n);
  batch.time = take_times(in, n);
  batch.row = take_deltas(in, n);
  batch.byte = take_deltas(in, n);
  batch.length = take_deltas(in, n);
  const std::size_t n_cells = in.count(2);
  std::vector<std::int64_t> offsets = take_offsets(in, n, n_cells);
  if (static_cast<std::size_t>(offsets.back()) != n_cells) in.fail();
  batch.fields = ListIndex::from_offsets(std::move(offsets));
  batch.cell_column = take_numbers<std::uint16_t>(in, n_cells);
  for (const std::uint16_t column : batch.cell_column)
    if (column >= batch.columns.size()) in.fail();
  batch.cell_value = take_strings(in, n_cells);
  if (!in.at_end()) return damaged("a block of records that ends too early or too late");
  return batch;
}

std::string encode(const FindBatch& finds) {
  const std::size_t n = finds.size();
  require(finds.role.size() == n && finds.written_as.size() == n &&
              finds.confidence_per_mille.size() == n && finds.column.size() == n &&
              finds.span.size() == n && finds.canonical.size() == n &&
              static_cast<std::size_t>(finds.records.offsets().back()) == n,
          "FindBatch: columns of different length");
  Writer out;
  out.reserve(finds.canonical.arena().size() + n * 12 + finds.records.size() + 64);
  out.u8(kFindMark);
  out.u8(kVersion);
  out.varint(finds.records.size());
  out.varint(n);
  put_lengths(out, finds.records.offsets());
  put_enums(out, finds.kind);
  put_enums(out, finds.role);
  put_enums(out, finds.written_as);
  put_numbers(out, finds.confidence_per_mille);
  put_numbers(out, finds.column);
  for (const Span& span : finds.span) {
    require(span.begin <= span.end, "FindBatch: span");
    out.varint(span.begin);
  }
  for (const Span& span : finds.span) out.varint(span.end - span.begin);
  put_strings(out, finds.canonical);
  return std::move(out).take();
}

Result<FindBatch> decode_finds(std::string_view bytes) {
  Reader in(bytes);
  if (in.u8() != kFindMark) return damaged("not a block of finds");
  if (in.u8() != kVersion) return damaged("unknown version of a block of finds");
  FindBatch finds;
  const std::size_t n_records = in.count(1);
  const std::size_t n = in.count(8);
  std::vector<std::int64_t> offsets = take_offsets(in, n_records, n);
  if (static_cast<std::size_t>(offsets.back()) != n) in.fail();
  finds.records = ListIndex::from_offsets(std::move(offsets));
  finds.kind = take_enums<FindKind>(in, n);
  finds.role = take_enums<Role>(in, n);
  finds.written_as = take_enums<WrittenAs>(in, n);
  finds.confidence_per_mille = take_numbers<std::uint16_t>(in, n);
  finds.column = take_numbers<std::uint16_t>(in, n);
  finds.span.resize(n);
  for (Span& span : finds.span) span.begin = in.number<std::uint32_t>();
  for (Span& span : finds.span) {
    const auto length = in.number<std::uint32_t>();
    if (length > std::numeric_limits<std::uint32_t>::max() - span.begin) in.fail();
    span.end = span.begin + length;
  }
  finds.canonical = take_strings(in, n);
  if (!in.at_end()) return damaged("a block of finds that ends too early or too late");
  return finds;
}

}  // namespace ovillo::storage
