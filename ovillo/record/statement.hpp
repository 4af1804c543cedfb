// What kind of statement something is. The four never mix: an inference is never exported as a
// fact.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ovillo {

enum class StatementType : std::uint8_t {
  fact,        ///< verified by a person who says so
  claim,       ///< a source says it
  assessment,  ///< a person's judgement
  inference,   ///< a machine's conclusion
};
std::span<const std::string_view> names(StatementType);

}  // namespace ovillo
