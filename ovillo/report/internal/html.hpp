// Writing HTML so that no value can become markup.
#pragma once

#include <string>
#include <string_view>

namespace ovillo::report {

/// Appends `value` as text or as the inside of a double-quoted attribute: the five special
/// characters become references, ill-formed bytes and control characters U+FFFD, and marks that turn
/// the direction of writing are shown as such, so that a value cannot disguise its neighbours.
void append_escaped(std::string& out, std::string_view value);

std::string escaped(std::string_view value);

}  // namespace ovillo::report
