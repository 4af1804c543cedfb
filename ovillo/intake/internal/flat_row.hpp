// One JSON object as values with their paths.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "ovillo/base/error.hpp"

namespace ovillo::intake {

/// One value of a JSON object with its path ("properties.name"). The values of an array all have
/// the array's path.
struct FlatValue {
  std::string_view path;
  std::string_view value;
};

/// One row's values, flattened.
class FlatRow {
 public:
  struct Fault {
    ErrorCode code;
    std::string detail;
    std::string column;
  };

  /// @param json  in memory that may be read `capacity` bytes from its start.
  std::optional<Fault> read(std::string_view json, std::size_t capacity);

  /// In the order of the object; valid until the next read().
  [[nodiscard]] const std::vector<FlatValue>& values() const { return values_; }
  [[nodiscard]] bool has_properties() const { return has_properties_; }

 private:
  struct Range {
    std::size_t path, path_size, value, value_size;
  };
  [[nodiscard]] Fault bad(simdjson::error_code error) const;
  std::optional<Fault> flatten(simdjson::ondemand::object& object, int depth);
  std::optional<Fault> add(simdjson::ondemand::value& value, int depth);
  std::optional<Fault> add_array(simdjson::ondemand::value& value, int depth);
  std::optional<Fault> add_null(simdjson::ondemand::value& value);
  void push(std::string_view value);

  simdjson::ondemand::parser parser_;
  std::string arena_;
  std::vector<Range> ranges_;
  std::vector<FlatValue> values_;
  std::string path_;
  bool has_properties_ = false;
};

}  // namespace ovillo::intake
