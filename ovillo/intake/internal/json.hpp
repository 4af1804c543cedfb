// Rows of JSON: lines, an array of objects, or one object that wraps an array of rows.
//
// Nested objects are flattened with dots ("contact.phone"), the values of an array become several
// cells of one column, numbers keep the digits they were written with. FollowTheMoney entities are
// recognised row by row.
#pragma once

#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/text_window.hpp"

namespace ovillo::intake {

/// How the rows of a JSON file lie in it.
enum class JsonShape : std::uint8_t {
  none,     ///< not JSON
  lines,    ///< one object a line
  values,   ///< objects one after the other, over several lines each
  array,    ///< one array of objects
  wrapped,  ///< one object whose first member is the array of rows ("entities", "data", ...)
};

/// "JSON lines", "JSON array", ...
std::string_view describe(JsonShape shape);

/// @param complete  nothing follows `head` in the file.
JsonShape sniff_json(std::string_view head, bool complete);

/// @error base.bad_data_file, or of the sink.
Result<void> read_json(TextWindow& window, JsonShape shape, BatchBuilder& builder);

}  // namespace ovillo::intake
