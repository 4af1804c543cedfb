// Call records of an operator by ETSI TS 102 657 (retained data, XML). Format:
// docs/formats/calls.md.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether a file begins as an answer of that standard, of whatever version.
bool is_call_record(std::string_view head);

/// Takes the stream to its end: each response record is a row. Damaged XML is one reject with its
/// line, and nothing after it is read. Memory is one record.
/// @error  of the stream and sink.
/// @source ETSI TS 102 657, annex B; docs/formats/calls.md says what it was checked against.
Result<void> read_call_record(ByteStream& stream, BatchBuilder& builder);

/// "20260927020503+0200" as "2026-09-27T02:05:03+02:00"; other words as they are.
std::string time_of_operator(std::string_view stated);

/// "4477009001" in international form as the standard writes it, with its "+"; a number with a zero
/// before, a short one, or other words as they are.
std::string number_of_operator(std::string_view stated);

/// "514436.51N" (degrees, minutes, seconds) or "51.7434" in degrees; empty: neither.
std::string degrees_of_operator(std::string_view stated);

}  // namespace ovillo::intake
