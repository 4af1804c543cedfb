// Node and relation files of Neo4j (the headers of neo4j-admin import).
//
// ":ID" becomes the row's local id and ":START_ID" / ":END_ID" the references of a relation, in one
// namespace; an id space ("personId:ID(Person)") is put before the id ("Person/12"). The label says
// what a node is (data/profiles/neo4j_labels.toml, or the profile's [kinds]); property names are
// read by data/profiles/header_words.toml unless the profile maps them.
// Source: neo4j.com/docs/operations-manual, "Neo4j Admin import", CSV header format.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

class Neo4jHeader {
 public:
  /// Empty: this is no header of Neo4j. @error base.cannot_read, base.bad_data_file.
  static Result<std::optional<Neo4jHeader>> read(const std::vector<std::string>& header,
                                                 const Profile& profile);

  /// Adds one row of as many values as the header. @error of the sink.
  Result<void> add_row(const std::vector<std::string>& values, RowPlace place, std::string_view raw,
                       BatchBuilder& builder);

 private:
  enum class Part : std::uint8_t { property, id, label, start, end, type, ignored };
  struct Column {
    std::string name;
    Part part = Part::property;
    std::string space;
    Field field = Field::other;
    bool list = false;
  };
  static Column parse_column(std::string_view cell);
  [[nodiscard]] bool has(Part part) const;
  [[nodiscard]] RecordKind kind_of(std::string_view labels) const;

  std::vector<Column> columns_;
  std::map<std::string, RecordKind, std::less<>> kinds_;
  bool relation_ = false;
};

}  // namespace ovillo::intake
