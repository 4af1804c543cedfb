// Persons, entities and accounts of goAML as one side of a transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/bank/internal/xml_parts.hpp"

namespace ovillo::bank {

/// Text at a path; "-" is not stated.
std::optional<std::string> goaml_value(const XmlNode& node, std::string_view path);

/// The side in an element that holds <prefix>account, <prefix>person or <prefix>entity, or those of
/// the reporter's client (<prefix>person_my_client). @param prefix  "from_", "to_" or "".
Party goaml_party(const XmlNode& side, std::string_view prefix);

}  // namespace ovillo::bank
