// Word lists of this module, read from TOML files of the data folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

using KindNames = std::map<std::string, RecordKind, std::less<>>;

/// The table [kinds] of a file: a name of the format -> kind of record.
/// @error base.cannot_read, base.bad_data_file.
Result<KindNames> read_kinds(const std::filesystem::path& path);

/// What FollowTheMoney's schemata and properties are here (data/profiles/followthemoney.toml).
struct FollowTheMoneyWords {
  struct Edge {
    std::string source;
    std::string target;
  };
  KindNames kinds;                                 ///< schema -> kind
  std::map<std::string, Edge, std::less<>> edges;  ///< schema -> its two ends
  std::map<std::string, Field, std::less<>> properties;
  std::map<std::string, std::map<std::string, Field, std::less<>>, std::less<>> by_schema;

  [[nodiscard]] Field field(std::string_view schema, std::string_view property) const;
};

/// @error base.cannot_read, base.bad_data_file.
Result<FollowTheMoneyWords> read_follow_the_money(const std::filesystem::path& path);

}  // namespace ovillo::intake
