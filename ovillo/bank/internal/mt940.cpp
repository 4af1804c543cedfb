#include "ovillo/bank/internal/mt940.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "ovillo/bank/internal/line_reader.hpp"
#include "ovillo/bank/internal/mt940_details.hpp"
#include "ovillo/bank/internal/mt940_line.hpp"
#include "ovillo/bank/internal/statement_fault.hpp"
#include "ovillo/bank/internal/values.hpp"

namespace ovillo::bank {

namespace {

constexpr std::size_t kMaxRemarks = 100;  // of one statement

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

// ":60F:" gives "60F"; empty: the line continues a tag.
std::string_view tag_of(std::string_view line) {
  if (line.size() < 4 || line[0] != ':') return {};
  const std::size_t end = line.find(':', 1);
  if (end == std::string_view::npos || end < 3 || end > 4) return {};
  const std::string_view tag = line.substr(1, end - 1);
  if (tag == "NS") return tag;
  if (!is_digit(tag[0]) || !is_digit(tag[1])) return {};
  if (tag.size() == 3 && !is_letter(tag[2]) && !is_digit(tag[2])) return {};
  return tag;
}

// "-", "-}{5:}", and what banks put in its place: "-XXX", "-" with a control character.
bool ends_message(std::string_view line) {
  if (!line.starts_with('-')) return false;
  line.remove_prefix(1);
  return line.empty() || line[0] == '}' || static_cast<unsigned char>(line[0]) < 0x20 ||
         line == "XXX";
}

struct Tag {
  std::string name;
  std::string value;  ///< lines apart by "\n"
  Place place;
};

class MessageReader {
 public:
  MessageReader(const Zone& zone, const StatementOptions& options, const StatementSink& sink)
      : zone_(zone), options_(options), sink_(sink) {}

  Result<StatementFormat> read(ByteStream& stream) {
    LineReader lines(stream);
    while (true) {
      OVILLO_TRY(const bool more, lines.next());
      if (!more) break;
      OVILLO_CHECK(take(lines.line()));
    }
    OVILLO_CHECK(end_statement());
    if (!format_) return Error(ErrorCode::bank_not_a_statement, "no tag of a statement");
    return *format_;
  }

 private:
  Result<void> take(const Line& line) {
    std::string_view text = line.text;
    if (line.number == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    if (const std::size_t block = text.find("{4:"); text.starts_with('{') && block != text.npos)
      text.remove_prefix(block + 3);
    const std::string_view name = tag_of(text);
    if (ends_message(text)) {
      return end_statement();
    }
    if (name == "940" || name == "942") {
      // The name of the form, put before it.
      OVILLO_CHECK(end_statement());
    } else if (!name.empty()) {
      end_tag();
      if (name == "20") OVILLO_CHECK(end_statement());
      begin(line);
      tag_ = Tag{std::string(name),
                 as_utf8(text.substr(name.size() + 2)),
                 {line.number, line.byte, line.end - line.byte}};
      if (name == "61") open_entry();
      keep_raw(name, line);
    } else if (tag_) {
      continue_tag(text, line);
    }
    if (open_ && line.too_long)
      fail(ErrorCode::bank_bad_line, "it is above 64 KiB", {line.number, line.byte, 0});
    if (open_ && line.end - statement_.place_in_file.byte > options_.max_statement_bytes) {
      fail(ErrorCode::bank_too_large, "", {line.number, line.byte, 0});
      statement_.entries.clear();
    }
    return {};
  }

  void begin(const Line& line) {
    if (open_) {
      statement_.place_in_file.length = line.end - statement_.place_in_file.byte;
      return;
    }
    open_ = true;
    statement_ = AccountStatement();
    statement_.format = StatementFormat::mt940;
    statement_.place_in_file = {line.number, line.byte, line.end - line.byte};
    fault_.reset();
    currency_.clear();
    entry_open_ = false;
    details_.clear();
    closed_ = false;
  }

  // Only :61:, :86: and :NS: go over several lines, and :25P: has the bank on its second.
  void continue_tag(std::string_view text, const Line& line) {
    const bool several =
        tag_->name == "61" || tag_->name == "86" || tag_->name == "NS" || tag_->name == "25P";
    if (several) {
      tag_->value += '\n';
      tag_->value += as_utf8(text);
      tag_->place.length = line.end - tag_->place.byte;
      keep_raw(tag_->name, line);
    } else if (!trimmed(text).empty()) {
      remark(line.number, fmt::format("a line behind :{}: that is no part of it", tag_->name));
    }
  }

  void keep_raw(std::string_view name, const Line& line) {
    if (!entry_open_ || fault_ || (name != "61" && name != "86")) return;
    Entry& entry = statement_.entries.back();
    entry.raw += line.text;
    entry.raw += '\n';
    entry.place_in_file.length = line.end - entry.place_in_file.byte;
  }

  void open_entry() {
    close_entry();
    if (fault_) return;
    entry_open_ = true;
    Entry& entry = statement_.entries.emplace_back();
    entry.place_in_file = tag_->place;
  }

  void close_entry() {
    if (!entry_open_) return;
    entry_open_ = false;
    if (fault_) return;
    Entry& entry = statement_.entries.back();
    while (!details_.empty() && (details_.back() == '\n' || details_.back() == ' '))
      details_.pop_back();
    if (!details_.empty()) read_details(details_, entry);
    details_.clear();
    Party& other = *entry.direction == Direction::credit ? entry.from : entry.to;
    Party& own = *entry.direction == Direction::credit ? entry.to : entry.from;
    if (!other.account && entry.supplementary && is_iban(*entry.supplementary))
      other.account = entry.supplementary;
    own.account = statement_.account.number();
    own.bank = statement_.account.servicer;
  }

  void end_tag() {
    if (!tag_) return;
    const Tag tag = std::move(*tag_);
    tag_.reset();
    if (!fault_) read_tag(tag);
  }

  void read_tag(const Tag& tag) {
    const std::string& name = tag.name;
    if (name == "61") {
      read_line(tag);
    } else if (name == "86") {
      read_information(tag);
    } else if (name == "20") {
      statement_.id = stated(tag.value);
    } else if (name == "21") {
      statement_.message_id = stated(tag.value);
    } else if (name == "25" || name == "25P") {
      read_account(tag);
    } else if (name == "28" || name == "28C") {
      statement_.number = stated(tag.value);
    } else if (name.starts_with("60") || name.starts_with("62") || name.starts_with("64") ||
               name.starts_with("65")) {
      read_balance(tag);
    } else if (name == "13" || name == "13D") {
      read_created(tag);
    } else if (name == "34F") {
      statement_.format = StatementFormat::mt942;
      if (currency_.empty()) currency_ = tag.value.substr(0, 3);
    } else if (name == "90D" || name == "90C") {
      statement_.format = StatementFormat::mt942;
      check_sum(tag, name == "90C" ? Direction::credit : Direction::debit);
    } else if (name == "NS") {
      if (auto said = stated(tag.value)) statement_.messages.push_back(*said);
    } else {
      remark(tag.place.line, fmt::format("tag :{}: is not one of a statement", name));
    }
  }

  void read_line(const Tag& tag) {
    std::string told;
    const LineFault fault =
        read_statement_line(tag.value, currency_, zone_, statement_.entries.back(), told);
    if (!fault.empty()) fail(ErrorCode::bank_bad_entry, fault, tag.place);
    if (!told.empty()) remark(tag.place.line, told);
  }

  void read_information(const Tag& tag) {
    if (entry_open_ && !closed_) {
      if (!details_.empty()) details_ += '\n';
      details_ += tag.value;
    } else if (auto said = stated(tag.value)) {
      statement_.messages.push_back(*said);
    }
  }

  void read_balance(const Tag& tag) {
    Balance balance;
    balance.line = tag.place.line;
    const LineFault fault = read_mt940_balance(tag.name, tag.value, zone_, balance);
    if (!fault.empty())
      return fail(ErrorCode::bank_bad_balance, fmt::format(":{}:, {}", tag.name, fault), tag.place);
    if (tag.name.starts_with("62")) {
      close_entry();
      closed_ = true;
    }
    if (currency_.empty()) currency_ = balance.amount.currency;
    statement_.balances.push_back(std::move(balance));
  }

  // "BLZ/account", with the currency behind it, or an IBAN; :25P: has the BIC on its second line.
  void read_account(const Tag& tag) {
    const std::size_t line_end = std::min(tag.value.find('\n'), tag.value.size());
    std::string number(trimmed(std::string_view(tag.value).substr(0, line_end)));
    if (statement_.account.number())
      return remark(tag.place.line, "a second account; the first is kept");
    Account& account = statement_.account;
    if (line_end < tag.value.size()) account.servicer = stated(tag.value.substr(line_end));
    if (!is_iban(number) && number.size() > 4 &&
        std::all_of(number.end() - 3, number.end(), is_letter) &&
        (is_digit(number[number.size() - 4]) || number[number.size() - 4] == ' ')) {
      account.currency = number.substr(number.size() - 3);
      number = trimmed(std::string_view(number).substr(0, number.size() - 3));
    }
    if (is_iban(number)) {
      account.iban = number;
      return;
    }
    account.other = stated(number);
    if (const std::size_t slash = number.find('/'); slash != std::string::npos && !account.servicer)
      account.servicer = stated(std::string_view(number).substr(0, slash));
  }

  // YYMMDDHHMM, with +HHMM in :13D:.
  void read_created(const Tag& tag) {
    const std::string_view text = trimmed(tag.value);
    if (text.size() < 10) return remark(tag.place.line, "the time of the report cannot be read");
    std::string iso =
        fmt::format("{:04}-{}-{}T{}:{}:00", full_year(small_number(text.substr(0, 2))),
                    text.substr(2, 2), text.substr(4, 2), text.substr(6, 2), text.substr(8, 2));
    if (text.size() == 15) iso += fmt::format("{}:{}", text.substr(10, 3), text.substr(13, 2));
    statement_.created = iso_moment(iso, zone_);
    if (!statement_.created) return remark(tag.place.line, "the time of the report cannot be read");
    statement_.created->written = text;
  }

  // "3PLN0,03": the count and the sum of one direction.
  void check_sum(const Tag& tag, Direction direction) {
    std::uint64_t n = 0;
    Decimal sum;
    for (const Entry& entry : statement_.entries) {
      if (entry.direction != direction || !entry.amount) continue;
      ++n;
      if (const auto next = add(sum, entry.amount->amount)) sum = *next;
    }
    const std::string_view text = trimmed(tag.value);
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    const int said = small_number(text.substr(0, at));
    const auto amount =
        at + 3 <= text.size() ? exact_amount(text.substr(at + 3), ',') : std::nullopt;
    if (said < 0 || !amount)
      return remark(tag.place.line, fmt::format(":{}: cannot be read", tag.name));
    if (static_cast<std::uint64_t>(said) != n || !(*amount == sum))
      remark(tag.place.line,
             fmt::format(":{}: says {} movements of {}, there are {} of {}", tag.name, said,
                         format_decimal(*amount), n, format_decimal(sum)));
  }

  Result<void> end_statement() {
    end_tag();
    if (!open_) return {};
    close_entry();
    open_ = false;
    if (!format_) format_ = statement_.format;
    if (fault_)
      return sink_.reject(reject_for(
          *fault_, statement_.account.number() ? statement_.account.number() : statement_.id));
    if (statement_.format == StatementFormat::mt942) format_ = statement_.format;
    settle_currency();
    const bool closed = closed_ || statement_.format == StatementFormat::mt942;
    if (!closed && !statement_.entries.empty())
      remark(statement_.place_in_file.line, "no closing balance: it may be cut short");
    return sink_.statement(std::move(statement_));
  }

  // Entries read before any balance named the currency.
  void settle_currency() {
    if (currency_.empty()) currency_ = statement_.account.currency.value_or("");
    for (Entry& entry : statement_.entries)
      if (entry.amount->currency.empty()) entry.amount->currency = currency_;
    if (!statement_.account.currency) statement_.account.currency = stated(currency_);
  }

  void fail(ErrorCode code, std::string reason, Place place) {
    if (!fault_) fault_ = StatementFault{code, std::move(reason), place};
  }
  void remark(std::uint64_t line, std::string text) {
    if (statement_.remarks.size() < kMaxRemarks)
      statement_.remarks.push_back({line, std::move(text)});
  }

  const Zone& zone_;
  const StatementOptions& options_;
  const StatementSink& sink_;
  std::optional<StatementFormat> format_;
  bool open_ = false;
  bool entry_open_ = false;  // a :61: that takes :86:
  bool closed_ = false;      // the closing balance was there
  AccountStatement statement_;
  std::optional<StatementFault> fault_;
  std::optional<Tag> tag_;
  std::string currency_;
  std::string details_;  // :86: of the open entry
};

}  // namespace

Result<StatementFormat> read_mt940(ByteStream& stream, const Zone& zone,
                                   const StatementOptions& options, const StatementSink& sink) {
  return MessageReader(zone, options, sink).read(stream);
}

}  // namespace ovillo::bank
