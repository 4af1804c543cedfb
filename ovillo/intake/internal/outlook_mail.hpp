// One mail as Outlook saves it (.msg): a compound file of MAPI properties. It is put into the form
// of a mail (RFC 5322) and read as one, with what is attached. Format: docs/formats/mail.md.
#pragma once

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Reads a compound file that is a mail; memory is five times the file, which may have four times
/// max_row_bytes.
/// @error intake.unknown_format where it is another old Office document; of the stream and sink.
/// @source [MS-OXMSG], [MS-OXPROPS], [MS-OXCMAIL].
/// @misses named properties; text that is in compressed RTF alone, which is held as "body.rtf".
Result<void> read_outlook_mail(ByteStream& stream, BatchBuilder& builder);

}  // namespace ovillo::intake
