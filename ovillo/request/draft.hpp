// A draft of a request: a template filled with values. A person checks, signs and sends it.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/request/fields.hpp"
#include "ovillo/request/template.hpp"

namespace ovillo::request {

/// For a person: every field with its value and what that rests on, or "not stated"; what no record
/// backs, what is missing and what wording was not checked is said.
std::string draft_as_text(const Template& one, const FieldValues& values, const Day& on);

/// The same as one JSON document.
std::string draft_as_json(const Template& one, const FieldValues& values, const Day& on);

/// The message in the XML of the template, with what it rests on in a comment before it.
/// @error request.bad_fields: the template has no XML form; a required value is not stated, or a
///        value does not have the form that the schema asks for. All of them are named.
Result<std::string> draft_as_xml(const Template& one, const FieldValues& values, const Day& on);

}  // namespace ovillo::request
