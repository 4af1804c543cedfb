// Rows of any form become record batches; what is not taken becomes rejects; both are counted.
//
// One builder serves one file; begin_member() names the member that follows. A reader says
// begin_row(), add() per value, and finish_row() or reject_row(); nothing else ends a row, so that
// records + rejects = rows holds by construction.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/intake/reader.hpp"

namespace ovillo::intake {

/// Where a row lies in its member.
struct RowPlace {
  std::uint64_t byte = 0;
  std::uint64_t length = 0;
};

class BatchBuilder {
 public:
  BatchBuilder(std::string file_name, const Profile& profile, const Zone& zone,
               const ReadOptions& options, const ReadSink& sink);

  /// Hands over what is pending and starts counting rows at 1. @error of the sink.
  Result<void> begin_member(const std::string& member);

  /// Passes on what form the member was found to have.
  void say_form(const std::string& form) const;

  /// Index of a column, added on first use. The same name may hold several fields.
  std::uint16_t column(std::string_view name, Field field);
  /// Index of a column whose field the profile says.
  std::uint16_t column(std::string_view name);
  /// Columns added so far in this member and batch.
  [[nodiscard]] std::size_t n_columns() const { return batch_.columns.size(); }
  /// Raised whenever indices given before are void.
  [[nodiscard]] std::uint64_t columns_version() const { return columns_version_; }

  /// Makes room for a new row: hands over a full batch and, where a form names columns row by row,
  /// forgets columns above a limit.
  Result<void> begin_row();
  /// Adds a value; an empty one is absent.
  void add(std::uint16_t column, std::string_view value);
  /// Ends a row as a record; one without any value is rejected.
  Result<void> finish_row(RowPlace place, std::string_view raw);
  Result<void> finish_row(RecordKind kind, RowPlace place, std::string_view raw);
  /// Ends a row (begun or not) as a reject.
  Result<void> reject_row(ErrorCode code, std::uint64_t byte, std::string_view detail = {},
                          std::string_view column = {});
  /// Counts the open member, or a part of it by name, as held, not read: a row of its own. Where
  /// nobody takes what is held it is a reject. @param sha256  of its bytes; may be empty.
  Result<void> hold(ErrorCode code, std::string_view detail, const std::string& sha256,
                    std::uint64_t bytes, const std::string& part = {});
  /// Hands over what is pending.
  Result<void> flush();

  [[nodiscard]] const ReadCount& count() const { return count_; }
  [[nodiscard]] const Zone& zone() const { return zone_; }
  [[nodiscard]] const Profile& profile() const { return profile_; }
  [[nodiscard]] const ReadOptions& options() const { return options_; }
  [[nodiscard]] const std::string& member() const { return member_; }
  [[nodiscard]] const ReadSink& sink() const { return sink_; }
  [[nodiscard]] const std::string& file_name() const { return file_name_; }

 private:
  void start_batch();
  [[nodiscard]] RecordKind kind_of_row() const;
  [[nodiscard]] std::optional<Time> time_of_row() const;
  void assume_currency();
  void drop_row();

  std::string file_name_;
  const Profile& profile_;
  const Zone& zone_;
  const ReadOptions& options_;
  const ReadSink& sink_;
  std::string member_;
  std::uint64_t row_ = 0;
  ReadCount count_;
  RecordBatch batch_;
  StringColumn raw_rows_;
  std::unordered_map<std::string, std::uint16_t> by_name_;  // by name and field
  std::string name_key_;
  std::uint64_t columns_version_ = 0;
  bool row_open_ = false;
  // The row being built: values in an arena, so that dropping it costs nothing.
  std::string row_values_;
  struct PendingCell {
    std::uint16_t column;
    std::uint32_t begin, end;
  };
  std::vector<PendingCell> row_cells_;
};

}  // namespace ovillo::intake
