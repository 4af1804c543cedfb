// report.xml of a phone extraction (UFDR): contacts, calls, messages, accounts, a model a record.
//
// Read as a stream of any length; memory is the model that is open. Deleted is marked so. What a
// model is, is data (data/profiles/phone_report.toml). Format: docs/formats/phones.md.
#pragma once

#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"

namespace ovillo::intake {

/// Whether the XML is such a report. @param head  its first bytes.
bool is_phone_report(std::string_view head);

/// Reads it. Damaged markup is a reject after what could be read. @error base.cannot_read,
/// base.bad_data_file; of the stream and the sink.
Result<void> read_phone_report(ByteStream& stream, BatchBuilder& builder);

}  // namespace ovillo::intake
