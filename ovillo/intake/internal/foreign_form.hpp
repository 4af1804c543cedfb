// What a file is that is neither text to read nor a container.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ovillo::intake {

/// Why the bytes after this head cannot be read, in words for a person. Empty: it may be text.
std::optional<std::string> foreign_form(std::string_view head);

/// Whether a member of that name would be written outside the folder it is unpacked to: an
/// absolute path, a drive, or a "..". Nothing is ever unpacked here; such a name is an attempt.
bool leads_out(std::string_view member);

}  // namespace ovillo::intake
