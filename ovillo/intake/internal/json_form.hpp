// Chats and lists that programs export as JSON: which member is the list, which is the time, what
// each member of a row is. The forms are data (data/profiles/json_forms.toml).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/text_window.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

struct JsonForm {
  std::string name;
  std::vector<std::string> marks;  ///< members that all stand near the beginning
  std::string list;                ///< member that is the array of rows; "*": any of the outermost
  RecordKind kind = RecordKind::document;
  std::string kind_by;  ///< member that says the kind; may be empty
  std::map<std::string, RecordKind, std::less<>> kinds;
  std::string app;                ///< may be empty
  std::vector<std::string> time;  ///< the best first
  std::vector<std::string> join, drop;
  std::pair<std::string, std::string> typed;  ///< members of type and value; may be empty
  std::map<std::string, Field, std::less<>> types;
  bool utf8_as_latin1 = false;
  std::map<std::string, std::string, std::less<>> context;  ///< member -> column
  std::map<std::string, Field, std::less<>> columns;
};

/// The forms of the data folder, by name. @error base.cannot_read, base.bad_data_file.
Result<std::vector<JsonForm>> json_forms();

/// The form whose marks all stand in `head`, the one with most of them; none: empty.
std::optional<JsonForm> json_form_of(const std::vector<JsonForm>& forms, std::string_view head);

/// Reads the rows of every list of the file. A row lies at its byte in the member; what is around
/// the lists is no row. @error of the stream and the sink.
Result<void> read_json_form(TextWindow& window, const JsonForm& form, BatchBuilder& builder);

/// Text that was written as UTF-8 and then taken for Latin-1, put right; as it is where it was not.
std::string put_right_utf8(std::string_view text);

}  // namespace ovillo::intake
