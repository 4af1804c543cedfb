// For tests: everything a read hands over, and the promises every read keeps.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/intake/reader.hpp"

namespace ovillo::intake {

struct Collected {
  std::vector<RecordBatch> batches;
  std::vector<StringColumn> raw;
  std::vector<Reject> rejects;
  std::vector<HeldFile> held;
  std::vector<std::string> forms;
  std::uint64_t records = 0;
  bool takes_held = false;
  ReadCount count;
  std::optional<Error> error;

  ReadSink sink() {
    ReadSink out;
    out.batch = [this](RecordBatch&& batch, const StringColumn& rows) -> Result<void> {
      records += batch.size();
      batches.push_back(std::move(batch));
      raw.push_back(rows);
      return {};
    };
    out.reject = [this](Reject&& reject) -> Result<void> {
      rejects.push_back(std::move(reject));
      return {};
    };
    if (takes_held) {
      out.held = [this](HeldFile&& file) -> Result<void> {
        held.push_back(std::move(file));
        return {};
      };
    }
    out.form = [this](const std::string&, const std::string& form) { forms.push_back(form); };
    return out;
  }

  /// First value of `field` in record i, counted over all batches.
  [[nodiscard]] std::string value(std::size_t i, Field field) const {
    const auto [batch, row] = at(i);
    return std::string(batch->value(row, field));
  }
  /// Values of the column of that name in record i, joined by '|'.
  [[nodiscard]] std::string cell(std::size_t i, std::string_view column) const {
    const auto [batch, row] = at(i);
    std::string out;
    const Range cells = batch->fields[row];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      if (batch->columns[batch->cell_column[c]].name != column) continue;
      if (!out.empty()) out += '|';
      out += batch->cell_value[c];
    }
    return out;
  }
  [[nodiscard]] RecordKind kind(std::size_t i) const {
    const auto [batch, row] = at(i);
    return batch->kind[row];
  }
  [[nodiscard]] std::string raw_row(std::size_t i) const {
    for (const StringColumn& rows : raw) {
      if (i < rows.size()) return std::string(rows[i]);
      i -= rows.size();
    }
    return {};
  }
  [[nodiscard]] std::pair<const RecordBatch*, std::size_t> at(std::size_t i) const {
    for (const RecordBatch& batch : batches) {
      if (i < batch.size()) return {&batch, i};
      i -= batch.size();
    }
    static const RecordBatch none = [] {
      RecordBatch batch;
      batch.kind.push_back(RecordKind::document);
      batch.time.emplace_back();
      batch.row.push_back(0);
      batch.byte.push_back(0);
      batch.length.push_back(0);
      batch.fields.close_row(0);
      return batch;
    }();
    ADD_FAILURE() << "there is no record " << i;
    return {&none, 0};
  }
};

/// What holds after every read, whatever the bytes were.
inline void expect_sound(const Collected& read) {
  if (!read.error) {
    EXPECT_EQ(read.count.records + read.count.rejects + read.count.held, read.count.rows);
    EXPECT_EQ(read.count.held, read.held.size());
    EXPECT_EQ(read.count.records, read.records);
    EXPECT_EQ(read.count.rejects, read.rejects.size());
    EXPECT_EQ(read.count.file_sha256.size(), 64u);
  }
  for (std::size_t b = 0; b < read.batches.size(); ++b) {
    const RecordBatch& batch = read.batches[b];
    const std::size_t n = batch.size();
    ASSERT_EQ(batch.time.size(), n);
    ASSERT_EQ(batch.row.size(), n);
    ASSERT_EQ(batch.byte.size(), n);
    ASSERT_EQ(batch.length.size(), n);
    ASSERT_EQ(batch.fields.size(), n);
    ASSERT_EQ(read.raw[b].size(), n);
    ASSERT_EQ(batch.cell_column.size(), batch.cell_value.size());
    for (const std::uint16_t column : batch.cell_column) ASSERT_LT(column, batch.columns.size());
    for (std::size_t i = 0; i < n; ++i) ASSERT_LT(batch.fields[i].begin, batch.fields[i].end);
  }
}

inline Collected read_collected(std::string_view bytes, const Profile& profile = {},
                                const ReadOptions& options = {}) {
  Collected out;
  const auto count = read_bytes(bytes, "test", profile, Zone::utc(), options, out.sink());
  if (count) {
    out.count = *count;
  } else {
    out.error = count.error();
  }
  expect_sound(out);
  return out;
}

/// As read_collected(), where what cannot be read is held.
inline Collected read_holding(std::string_view bytes, const Profile& profile = {},
                              const ReadOptions& options = {}) {
  Collected out;
  out.takes_held = true;
  const auto count = read_bytes(bytes, "test", profile, Zone::utc(), options, out.sink());
  if (count) {
    out.count = *count;
  } else {
    out.error = count.error();
  }
  expect_sound(out);
  return out;
}

inline Collected read_collected_file(const std::string& path, const Profile& profile = {}) {
  Collected out;
  const auto count = read_file(path, profile, Zone::utc(), {}, out.sink());
  if (count) {
    out.count = *count;
  } else {
    out.error = count.error();
  }
  expect_sound(out);
  return out;
}

}  // namespace ovillo::intake
