// RecordBatch: records of one file, column by column.
//
// A batch has one source, one compartment and one file member; rows differ in everything else.
// Field values are the raw text of the cell, decoded to UTF-8 and otherwise untouched; a cell that
// is empty in the file is absent here. A value that could not be decoded never gets this far: the
// row is a Reject.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/record/ids.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo {

struct ColumnInfo {
  std::string name;  ///< as the file calls it
  Field field = Field::other;

  bool operator==(const ColumnInfo&) const = default;
};

struct RecordBatch {
  // one value for the whole batch
  SourceId source = 0;
  CompartmentId compartment = 0;
  AuthorisationId authorisation = 0;
  std::string source_key;  ///< the source's name: scope of local references
  std::string region;      ///< source's assumed region, ISO 3166-1 alpha-2; may be empty
  std::string file_name;
  std::string file_sha256;
  std::string member;
  std::vector<ColumnInfo> columns;

  // one value per record
  std::vector<RecordId> id;
  std::vector<RecordKind> kind;
  std::vector<std::optional<Time>> time;  ///< when the recorded thing happened
  std::vector<std::uint64_t> row;         ///< 1-based, header not counted
  std::vector<std::uint64_t> byte;        ///< 0-based, decompressed member
  std::vector<std::uint64_t> length;      ///< bytes of the raw row

  // field values: record i owns cells fields[i]
  ListIndex fields;
  std::vector<std::uint16_t> cell_column;  ///< index into columns
  StringColumn cell_value;

  [[nodiscard]] std::size_t size() const { return kind.size(); }

  /// First value of `field` in record i; empty view: not stated.
  [[nodiscard]] std::string_view value(std::size_t i, Field field) const {
    const Range cells = fields[i];
    for (std::size_t c = cells.begin; c < cells.end; ++c)
      if (columns[cell_column[c]].field == field) return cell_value[c];
    return {};
  }

  bool operator==(const RecordBatch&) const = default;
};

/// One row that was not taken, and why.
struct Reject {
  std::string file;
  std::string member;
  std::uint64_t row = 0;  ///< 1-based
  std::uint64_t byte = 0;
  std::string column;    ///< empty: the row as a whole
  std::string code;      ///< "intake.ragged_row"
  std::string sentence;  ///< for a person
};

}  // namespace ovillo
