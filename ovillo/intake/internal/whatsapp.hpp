// Chats exported from WhatsApp as text: a message a record, with who wrote it, when, and what was
// attached. Format: docs/formats/chats.md.
#pragma once

#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/text_window.hpp"

namespace ovillo::intake {

/// Whether the text begins as such a chat does: its first line, and another or the end, bear a date
/// and a time in its way. @param head  the first bytes; a line may be cut at its end.
bool is_whatsapp(std::string_view head);

/// Reads the messages of one chat. @error of the stream and the sink.
Result<void> read_whatsapp(TextWindow& window, BatchBuilder& builder);

}  // namespace ovillo::intake
