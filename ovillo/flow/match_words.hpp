// What two rows say for and against being one, in words and in JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

/// "surname typo (+4.25)".
std::string in_words(const resolve::Reason& reason);
/// What was decided, as the end of a sentence.
std::string_view in_words(resolve::PairOutcome outcome);

/// [{"part","agreement","weight_bits"}].
nlohmann::ordered_json to_json(std::span<const resolve::Reason> reasons);

/// {"outcome","weight_bits","needed_bits","relatives_bits","reasons"}.
nlohmann::ordered_json to_json(const resolve::PairReport& report);

/// One line of JSON lines; bytes that are no UTF-8 are replaced.
std::string line_of(const nlohmann::ordered_json& json);

}  // namespace ovillo::flow
