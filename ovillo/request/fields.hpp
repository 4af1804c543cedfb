// The values of a request, each with the records it rests on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/request/template.hpp"

namespace ovillo::request {

/// One value. Without records it is the requester's word.
struct FieldValue {
  std::string value;
  std::vector<std::string> records;  ///< record ids
  std::optional<std::string> source;
  std::optional<std::string> file;
  std::optional<std::uint64_t> row;
};

using FieldValues = std::map<std::string, std::vector<FieldValue>, std::less<>>;

/// Reads {"fields": {"iban": {"value": "BE..", "records": ["<id>"], "source": "bank", "file":
/// "a.sta", "row": 3}, "persons": [{..}, {..}], "urgency": "8 h"}}.
/// An empty value or null is not stated. @error request.bad_fields: not this form; a field that the
/// template does not have; several values where it takes one.
Result<FieldValues> parse_fields(std::string_view json, const Template& for_template);

}  // namespace ovillo::request
