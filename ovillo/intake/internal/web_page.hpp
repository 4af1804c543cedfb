// One captured page or response as a record: what WARC, MHTML and saved pages share.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

struct Capture {
  std::string url;
  std::string time;     ///< ISO 8601; may be empty
  std::string type;     ///< of the payload as stated, lower case: "text/html"
  std::string charset;  ///< as stated, lower case; may be empty
  std::string status;   ///< of the HTTP response; may be empty
  std::string source;   ///< what the record is called in the capture: its id; may be empty
};

/// Whether a payload of that type gives text: HTML, JSON, XML and plain text.
bool is_readable_type(std::string_view type);

/// Writes one record of the kind `document`: URL, time, title, text, contact links, SHA-256 of the
/// payload. @param payload  decoded. @param raw  the bytes it lies in, for the ledger.
Result<void> write_capture(const Capture& capture, std::string_view payload, RowPlace place,
                           std::string_view raw, BatchBuilder& builder);

/// A page saved as a file (.html). Above four times max_row_bytes it is one reject.
Result<void> read_saved_page(ByteStream& stream, BatchBuilder& builder);

/// Whether a mail is what browsers save as MHTML: parts of one page, addressed to nobody.
bool is_mhtml(std::string_view head);

/// A page saved as MHTML: each HTML part (the page and its frames) a record, other parts held or
/// looked at as pictures.
Result<void> read_mhtml(ByteStream& stream, BatchBuilder& builder);

/// The payload of one part of a capture that gives no text: a picture is handed over, a PDF
/// read, anything else held with its hash. @param part  its name in the capture.
Result<void> keep_payload(std::string_view payload, const std::string& type,
                          const std::string& part, BatchBuilder& builder);

}  // namespace ovillo::intake
