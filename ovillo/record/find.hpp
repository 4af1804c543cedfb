// FindBatch: what was found in the records of one RecordBatch, column by column.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo {

/// Half-open byte range [begin, end) in the UTF-8 value it was found in.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool operator==(const Span&) const = default;
};

/// One typed value, found in one field of one record.
///
/// Canonical forms: phone E.164 "+447700900123"; email lower case; handle "telegram:name" (service,
/// colon, lower-case name without @; service "unknown" when it cannot be told); url host and path
/// without scheme or "www."; iban without spaces; account as stated, folded to upper case without
/// spaces; wallet "btc:...", "eth:...", "tron:..."; card masked "411111******1111"; price
/// "150.00 EUR/hour" (amount, currency, optional unit); place "BE/Gent" (country, gazetteer name);
/// age "24"; language ISO 639-1 "es"; local_ref "<source>#<local id>"; time ISO 8601; wage as
/// price; hours "10:00-22:00", "00:00-24:00" round the clock; promise one of
/// data/words/phrases.toml; voice "first", "third" or "plural"; photo SHA-256 of its file;
/// photo_likeness the PDQ hash of the smallest of the near-equal ones it belongs to, 64 hex digits
/// either.
struct Find {
  FindKind kind = FindKind::phone;
  Role role = Role::mentioned;
  WrittenAs written_as = WrittenAs::plain;
  std::uint16_t confidence_per_mille = 1000;
  std::uint16_t column = 0;  ///< index into RecordBatch::columns of the value the span refers to
  Span span;
  std::string canonical;

  bool operator==(const Find&) const = default;
};

struct FindBatch {
  ListIndex records;  ///< record i of the RecordBatch owns finds records[i]
  std::vector<FindKind> kind;
  std::vector<Role> role;
  std::vector<WrittenAs> written_as;
  std::vector<std::uint16_t> confidence_per_mille;
  std::vector<std::uint16_t> column;
  std::vector<Span> span;
  StringColumn canonical;

  [[nodiscard]] std::size_t size() const { return kind.size(); }
  void push_back(const Find& find) {
    kind.push_back(find.kind);
    role.push_back(find.role);
    written_as.push_back(find.written_as);
    confidence_per_mille.push_back(find.confidence_per_mille);
    column.push_back(find.column);
    span.push_back(find.span);
    canonical.push_back(find.canonical);
  }
  /// Ends the current record.
  void close_record() { records.close_row(kind.size()); }
  [[nodiscard]] Find operator[](std::size_t i) const {
    return {kind[i],
            role[i],
            written_as[i],
            confidence_per_mille[i],
            column[i],
            span[i],
            std::string(canonical[i])};
  }

  bool operator==(const FindBatch&) const = default;
};

}  // namespace ovillo
