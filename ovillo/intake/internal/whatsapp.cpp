#include "ovillo/intake/internal/whatsapp.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "ovillo/intake/internal/chat_line.hpp"

namespace ovillo::intake {

namespace {

using namespace std::string_view_literals;
constexpr std::size_t kNone = std::string_view::npos;

// The name of the attached file, or nothing. The word for "attached" differs with the language;
// what stands around the name does not.
std::optional<std::string_view> attached_file(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  std::string_view name;
  if (line.starts_with('<') && line.find('>') != kNone && line.find(':') != kNone) {
    const std::size_t begin = line.find(':') + 1;
    const std::size_t end = line.find('>');
    if (begin >= end) return std::nullopt;
    name = line.substr(begin, end - begin);
  } else if (line.ends_with(')') && line.rfind(" (") != kNone) {
    name = line.substr(0, line.rfind(" ("));
  } else {
    return std::nullopt;
  }
  name = without_marks(name);
  const std::size_t dot = name.rfind('.');
  const bool file_name = dot != kNone && dot > 0 && name.size() - dot >= 3 &&
                         name.size() - dot <= 6 && name.find_first_of(" /\\<>") == kNone;
  if (!file_name) return std::nullopt;
  return name;
}

// "+44 7700 900123" and nothing else.
bool is_phone(std::string_view sender) {
  if (!sender.starts_with('+')) return false;
  const auto digits =
      std::count_if(sender.begin(), sender.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 7 && std::all_of(sender.begin() + 1, sender.end(), [](char c) {
           return (c >= '0' && c <= '9') || c == ' ' || c == '-' || c == '(' || c == ')' ||
                  static_cast<unsigned char>(c) >= 0x80;
         });
}

class ChatReader {
 public:
  ChatReader(TextWindow& window, BatchBuilder& builder) : window_(window), builder_(builder) {}

  Result<void> read() {
    choose_order();
    while (true) {
      OVILLO_TRY(const bool found, find_message());
      if (!found) break;
    }
    return builder_.flush();
  }

 private:
  // From what the window holds at first: half a megabyte of messages.
  void choose_order() {
    ChatDateOrder seen;
    const std::string_view text = window_.view();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (const auto head = read_chat_line(text.substr(begin, end - begin))) seen.see(*head);
      begin = end + 1;
    }
    const auto [order, why] = seen.order(builder_.profile().date_order);
    order_ = order;
    builder_.say_form(fmt::format("WhatsApp chat, {}, {} first ({})", window_.describe_encoding(),
                                  order == DateOrder::day_first ? "day" : "month", why));
  }

  // One message: its first line, and the lines up to the next that begins one. False at the end.
  Result<bool> find_message() {
    std::size_t end = 0;  // behind the lines that belong to it
    bool too_long = false;
    while (true) {
      const std::string_view text = window_.view();
      const std::size_t line_end = text.find('\n', end);
      if (line_end == kNone && !window_.at_end()) {
        // A line without end is given up on as well as a message without end.
        if (text.size() > builder_.options().max_row_bytes) {
          if (!too_long) OVILLO_CHECK(reject_long());
          too_long = true;
          window_.consume(text.size());
          end = 0;
        }
        OVILLO_CHECK(window_.more());
        continue;
      }
      const std::size_t next = line_end == kNone ? text.size() : line_end + 1;
      const bool starts =
          end > 0 && end < next && read_chat_line(text.substr(end, next - end)).has_value();
      if (starts || next == end) break;
      end = next;
      if (too_long) {
        // Only the next beginning matters.
        window_.consume(end);
        end = 0;
        const std::string_view rest = window_.view();
        const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size()));
        if (read_chat_line(line)) return true;
      } else if (end > builder_.options().max_row_bytes) {
        OVILLO_CHECK(reject_long());
        too_long = true;
        window_.consume(end);
        end = 0;
      }
    }
    if (end == 0) return false;
    OVILLO_CHECK(take(window_.view().substr(0, end)));
    window_.consume(end);
    return true;
  }

  Result<void> reject_long() {
    return builder_.reject_row(ErrorCode::intake_row_too_long, window_.offset(),
                               fmt::format("more than {} bytes", builder_.options().max_row_bytes));
  }

  Result<void> take(std::string_view lines) {
    while (!lines.empty() && (lines.back() == '\n' || lines.back() == '\r')) lines.remove_suffix(1);
    if (lines.empty()) return {};
    const std::uint64_t byte = window_.offset();
    if (const auto fault = window_.check(lines))
      return builder_.reject_row(
          fault->nul ? ErrorCode::intake_nul_byte : ErrorCode::intake_bad_encoding,
          byte + window_.raw_size(lines.substr(0, fault->at)));
    const std::string_view text = window_.decoded(lines, decoded_);
    const auto head = read_chat_line(text.substr(0, text.find('\n')));
    if (!head)
      return builder_.reject_row(ErrorCode::intake_bad_message, byte,
                                 "no date and time before the text");
    OVILLO_CHECK(builder_.begin_row());
    add_time(*head, text);
    add_words(text.substr(head->rest));
    return builder_.finish_row(RecordKind::message, {byte, window_.raw_size(lines)},
                               window_.raw(lines, raw_scratch_));
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }

  void add_time(const ChatLineHead& head, std::string_view text) {
    if (const auto time = chat_time(head, order_)) add("time", Field::time, *time);
    add("time_as_written", Field::other,
        text.substr(head.written_from, head.written_to - head.written_from));
    add("app", Field::channel, "WhatsApp");
  }

  // "Eva: hallo", or what the program itself says.
  void add_words(std::string_view words) {
    const std::string_view first_line = words.substr(0, words.find('\n'));
    const std::size_t colon = first_line.find(": ");
    const bool bare = colon == kNone && first_line.ends_with(':');
    if (colon == kNone && !bare) return add("notice", Field::text, without_marks(words));
    const std::size_t name_end = bare ? first_line.size() - 1 : colon;
    std::string_view sender = without_marks(words.substr(0, name_end));
    // "~ Eva": a name its bearer chose, of somebody who is not among the phone's contacts.
    const bool own_name = sender.starts_with('~');
    if (own_name) sender = without_marks(sender.substr(1));
    if (is_phone(sender)) {
      add("sender", Field::from_phone, sender);
    } else {
      add("sender", Field::from_name, sender);
      add("sender_name_is", Field::other,
          own_name ? "chosen by the sender" : "of the phone's list");
    }
    const std::string_view said = without_marks(words.substr(std::min(name_end + 1, words.size())));
    if (const auto file = attached_file(said)) {
      add("attached", Field::photo, *file);
      const std::size_t line = said.find('\n');
      add("text", Field::text, line == kNone ? ""sv : without_marks(said.substr(line + 1)));
    } else if (said.starts_with('<') && said.ends_with('>') && said.find('\n') == kNone) {
      add("left_out", Field::other, said);  // "<Media omitted>"
    } else {
      add("text", Field::text, said);
    }
  }

  TextWindow& window_;
  BatchBuilder& builder_;
  DateOrder order_ = DateOrder::day_first;
  std::string decoded_;
  std::string raw_scratch_;
};

}  // namespace

bool is_whatsapp(std::string_view head) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  const std::size_t line = head.find('\n');
  const auto first = read_chat_line(head.substr(0, line));
  if (!first ||
      !(chat_time(*first, DateOrder::day_first) || chat_time(*first, DateOrder::month_first)))
    return false;
  // A message may well have several lines; a lone line is enough only where it says who wrote.
  for (std::size_t begin = line == kNone ? head.size() : line + 1; begin < head.size();) {
    const std::size_t end = std::min(head.find('\n', begin), head.size());
    if (read_chat_line(head.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return head.substr(0, line).find(": ", first->rest) != kNone;
}

Result<void> read_whatsapp(TextWindow& window, BatchBuilder& builder) {
  return ChatReader(window, builder).read();
}

}  // namespace ovillo::intake
