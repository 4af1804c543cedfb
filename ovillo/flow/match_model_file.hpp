// A model of matching as a file: what `ovillo resolve --save-model` writes and `--model` reads.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/resolve/match_model.hpp"

namespace ovillo::flow {

/// One JSON document, docs/formats/resolve.md. Chances have six significant digits.
std::string model_to_json(const resolve::MatchModel& model);

/// Parts that the document leaves out are those of the general model.
/// @error  resolve.bad_model, saying what is wrong and where.
Result<resolve::MatchModel> model_from_json(const std::string& text, const std::string& file);

}  // namespace ovillo::flow
