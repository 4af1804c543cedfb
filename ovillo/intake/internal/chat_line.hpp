// The head of a line of an exported WhatsApp chat: when, in whatever way the phone's language
// writes it, and where the rest begins.
//
//   24-01-2026 15:05 - Eva: hallo                 nl
//   24/01/2026 à 15:05 - Eva: salut               fr
//   24.01.26, 15:05 - Eva: hallo                  de
//   24/1/26, 3:05 p. m. - Eva: hola               es
//   1/24/26, 3:05 PM - Eva: hello                 en (US)
//   [24/01/2026, 15:05:33] Eva: olá               pt, on another make of phone
//
// Blind spot: a message whose own second line has this shape is read as a message of its own; the
// export does not tell them apart.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ovillo/base/time.hpp"

namespace ovillo::intake {

struct ChatLineHead {
  unsigned parts[3] = {};   ///< the numbers of the date, in the order written
  bool year_first = false;  ///< "2026-01-24"
  unsigned hour = 0, minute = 0;
  std::optional<unsigned> second;
  enum class Half { none, am, pm } half = Half::none;
  bool padded = true;            ///< every number of the date has two digits or more
  char separator = '/';          ///< between the numbers of the date
  bool brackets = false;         ///< "[...] ", else "... - "
  std::size_t written_from = 0;  ///< [written_from, written_to): date and time as written
  std::size_t written_to = 0;
  std::size_t rest = 0;  ///< where the sender or the notice begins
};

/// Reads the head of a line. Empty: the line goes on with the message before it.
std::optional<ChatLineHead> read_chat_line(std::string_view line);

/// "2026-01-24T15:05:33", local time without a zone. Empty: no such day or hour.
std::optional<std::string> chat_time(const ChatLineHead& head, DateOrder order);

/// Which of day and month comes first, from all the dates of a chat.
class ChatDateOrder {
 public:
  void see(const ChatLineHead& head);
  /// @param assumed  where the dates say nothing.
  /// @return  the order and how it is known: "seen in the dates", "the dates run forward", ...
  [[nodiscard]] std::pair<DateOrder, std::string_view> order(DateOrder assumed) const;

 private:
  int day_first_ = 0;    // dates that are only possible so
  int month_first_ = 0;  // and so
  int back_day_first_ = 0;
  int back_month_first_ = 0;  // steps back in time under each
  std::string last_day_first_, last_month_first_;
  bool only_day_first_ = false;  // a separator that only such languages use
  bool american_ = false;        // "1/24/26, 3:05 PM"
};

/// The text without the marks of direction (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) at
/// its ends, and blanks.
std::string_view without_marks(std::string_view text);

}  // namespace ovillo::intake
