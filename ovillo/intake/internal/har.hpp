// HAR: what a browser's tools recorded of a visit, as JSON. Format: docs/formats/captures.md.
#pragma once

#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether a file begins as a HAR.
bool is_har(std::string_view head);

/// Takes the stream to its end: each response that gives text is a record, others are held, and a
/// picture is handed over. Above four times max_row_bytes the whole is held. Memory is the file and
/// one entry. @error of the stream and sink.
Result<void> read_har(ByteStream& stream, BatchBuilder& builder);

}  // namespace ovillo::intake
