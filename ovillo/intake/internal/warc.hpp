// WARC: what a crawler or a capture tool kept of the web. Format: docs/formats/captures.md.
//
// A strict reader of our own: each record states its length, and one that does not, or that breaks
// off, ends the reading with a reject, for nothing says where the next begins.
// @source ISO 28500 (WARC 1.0 and 1.1).
#pragma once

#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether the bytes begin as a WARC file does.
bool is_warc(std::string_view head);

/// Reads it; memory is one WARC record, four times max_row_bytes at most: a longer one is hashed
/// and held. @error of the stream and sink.
Result<void> read_warc(ByteStream& stream, BatchBuilder& builder);

}  // namespace ovillo::intake
