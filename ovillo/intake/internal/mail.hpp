// Mail: one (.eml), or a mailbox of many (.mbox). A mail is a record; what is attached is a record
// where it is text, a picture where it is one, and else held. Format: docs/formats/mail.md.
#pragma once

#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether the bytes begin as a mail or a mailbox does.
bool is_mail(std::string_view head);

/// Reads it; memory is one mail, four times max_row_bytes at most. @error of the stream and sink.
Result<void> read_mail(ByteStream& stream, BatchBuilder& builder);

/// One mail that is in memory, with what is attached. @param raw  its bytes as handed over.
/// @error of the sink.
Result<void> write_mail(std::string_view mail, std::string_view raw, BatchBuilder& builder);

}  // namespace ovillo::intake
