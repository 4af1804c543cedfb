// What a network shows: organisation, signs for and against, not known. No number.
//
// Organisation only describes and may be lawful. Signs of exploitation come in families; a network
// is ranked by distinct families for minus against, and the difference is never shown. What nobody
// looked at is `not_known`, which is not the same as absent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/record/find.hpp"
#include "ovillo/record/ids.hpp"

namespace ovillo {

enum class SignSide : std::uint8_t { organisation, sign_for, sign_against, not_known, urgent };
std::span<const std::string_view> names(SignSide);

/// One observation, with the raw words or records it rests on.
struct Evidence {
  std::uint32_t record = 0;  ///< index of a record in the view
  std::uint16_t column = 0;  ///< column of the span
  Span span;                 ///< empty span: the record as a whole
  bool operator==(const Evidence&) const = default;
};

struct Sign {
  std::string indicator;  ///< id in data/indicators
  SignSide side = SignSide::not_known;
  std::string family;              ///< "debt", "control", ...: repeats within one family count once
  std::string sentence;            ///< plain words, with the count of what was seen
  std::vector<Evidence> evidence;  ///< ascending; empty only for not_known
};

struct Assessment {
  std::vector<Sign> signs;  ///< by side, then indicator id
  std::int32_t families_for = 0;
  std::int32_t families_against = 0;
  std::int64_t newest_utc_s = 0;  ///< newest event time among the records; 0: none stated
};

/// A text that a person must read now: minority, captivity, suicide or violence. Never scored.
struct UrgentText {
  std::uint32_t record = 0;
  std::string indicator;
  std::vector<Evidence> evidence;
};

}  // namespace ovillo
