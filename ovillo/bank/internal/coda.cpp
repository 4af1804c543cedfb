#include "ovillo/bank/internal/coda.hpp"

#include <utility>

#include <fmt/format.h>

#include "ovillo/bank/internal/coda_communication.hpp"
#include "ovillo/bank/internal/coda_record.hpp"
#include "ovillo/bank/internal/line_reader.hpp"
#include "ovillo/bank/internal/statement_fault.hpp"
#include "ovillo/bank/internal/values.hpp"

namespace ovillo::bank {

namespace {

constexpr std::size_t kMaxRemarks = 100;  // of one statement

// Account number and currency of record 1, columns 6 to 42.
Account account_of(const CodaRecord& record) {
  Account out;
  const char structure = record.at(2);
  if (structure == '0') {
    out.other = record.stated(6, 17);
    out.currency = record.stated(19, 21);
  } else {
    auto number = structure == '2' ? record.stated(6, 36) : record.stated(6, 39);
    out.currency = record.stated(40, 42);
    (structure == '1' ? out.other : out.iban) = std::move(number);
  }
  // Some banks announce an IBAN and write another number.
  if (out.iban && !is_iban(*out.iban) && out.iban->size() < 15) std::swap(out.iban, out.other);
  out.owner = record.stated(65, 90);
  out.name = record.stated(91, 125);
  return out;
}

class CodaReader {
 public:
  CodaReader(const Zone& zone, const StatementOptions& options, const StatementSink& sink)
      : zone_(zone), options_(options), sink_(sink) {}

  Result<StatementFormat> read(ByteStream& stream) {
    LineReader lines(stream);
    while (true) {
      OVILLO_TRY(const bool more, lines.next());
      if (!more) break;
      OVILLO_CHECK(take(lines.line()));
    }
    OVILLO_CHECK(end_block());
    if (!found_) return Error(ErrorCode::bank_not_a_statement, "no header record of CODA");
    return StatementFormat::coda;
  }

 private:
  Result<void> take(const Line& line) {
    std::string_view text = line.text;
    if (line.number == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    const CodaRecord record(text);
    if (record.blank()) return {};
    place_ = {line.number, line.byte, line.end - line.byte};
    const std::string kind = record.kind();
    if (kind == "0") {
      OVILLO_CHECK(end_block());
      return begin_block(record);
    }
    if (!in_block_) return {};
    if (line.too_long || record.too_wide())
      fail(ErrorCode::bank_bad_line, "it is longer than 128 characters");
    if (place_.byte - block_begin_ > options_.max_statement_bytes) {
      fail(ErrorCode::bank_too_large, "");
      statement_.entries.clear();
    }
    if (fault_) return {};
    if (record.cut() && !told_cut_) {
      told_cut_ = true;
      remark("lines are shorter than 128 characters: their codes at the end cannot be checked");
    }
    return read_record(record, kind, line.text);
  }

  Result<void> begin_block(const CodaRecord& record) {
    found_ = in_block_ = true;
    fault_.reset();
    told_cut_ = false;
    n_records_ = 0;
    debits_ = credits_ = Decimal{0, 3};
    expected_.clear();
    block_begin_ = place_.byte;
    header_ = AccountStatement();
    header_.format = StatementFormat::coda;
    header_.place_in_file = place_;
    header_.created = record.day(6, zone_);
    header_.id = record.stated(25, 34);
    header_.version = record.stated(128, 128);
    header_.account.servicer = record.stated(61, 71);
    addressee_ = record.stated(35, 60);
    statement_ = header_;
    open_ = false;
    if (record.at(17) == 'D') remark("the file is marked as a duplicate");
    return {};
  }

  Result<void> read_record(const CodaRecord& record, const std::string& kind,
                           std::string_view raw) {
    if (kind == "9") {
      check_trailer(record);
      return end_block();
    }
    if (kind != "4") ++n_records_;
    if (kind == "1") return begin_statement(record);
    if (!open_) {
      fail(ErrorCode::bank_bad_line, fmt::format("a record {} before the old balance", kind));
      return {};
    }
    statement_.place_in_file.length = place_.byte + place_.length - statement_.place_in_file.byte;
    check_order(record, kind);
    if (kind == "21") {
      begin_movement(record, raw);
    } else if (kind == "22" || kind == "23" || kind == "31" || kind == "32" || kind == "33") {
      continue_movement(record, kind, raw);
    } else if (kind == "8") {
      end_movement();
      new_balance(record);
    } else if (kind == "4") {
      if (auto said = record.stated(33, 112)) statement_.messages.push_back(*said);
    } else {
      fail(ErrorCode::bank_bad_line, fmt::format("there is no record of kind {}", kind));
    }
    return {};
  }

  Result<void> begin_statement(const CodaRecord& record) {
    if (open_) OVILLO_CHECK(end_statement());
    statement_ = header_;
    header_.remarks.clear();
    statement_.place_in_file = place_;
    open_ = true;
    closed_ = false;
    last_sequence_ = 0;
    statement_.account = account_of(record);
    statement_.account.servicer = header_.account.servicer;
    if (!statement_.account.owner) statement_.account.owner = addressee_;
    statement_.number = record.stated(126, 128);
    Balance balance;
    balance.type = BalanceType::opening;
    add_balance(record, balance, 43, 59, "1");
    return {};
  }

  void add_balance(const CodaRecord& record, Balance balance, std::size_t sign, std::size_t date,
                   std::string code) {
    const auto amount = record.amount(sign + 1);
    if (!amount || (record.at(sign) != '0' && record.at(sign) != '1'))
      return fail(ErrorCode::bank_bad_balance,
                  fmt::format("columns {} to {} are no sign and amount", sign, sign + 15));
    balance.code = std::move(code);
    balance.line = place_.line;
    balance.amount = {*amount, statement_.account.currency.value_or("")};
    balance.direction = record.at(sign) == '0' ? Direction::credit : Direction::debit;
    balance.date = day(record, date, ErrorCode::bank_bad_balance);
    statement_.balances.push_back(std::move(balance));
  }

  void new_balance(const CodaRecord& record) {
    Balance balance;
    balance.type = BalanceType::closing;
    closed_ = true;
    add_balance(record, balance, 42, 58, "8");
  }

  // Zeros: not stated. Anything else must be a day.
  std::optional<Moment> day(const CodaRecord& record, std::size_t from, ErrorCode code) {
    auto out = record.day(from, zone_);
    const std::string written = record.text(from, from + 5);
    if (!out && written != "000000" && !trimmed(written).empty())
      fail(code, fmt::format("\"{}\" is not a date (columns {} to {})", written, from, from + 5));
    return out;
  }

  void begin_movement(const CodaRecord& record, std::string_view raw) {
    end_movement();
    const auto amount = record.amount(33);
    const char sign = record.at(32);
    const int sequence = record.number(3, 6);
    const int detail = record.number(7, 10);
    if (!amount || (sign != '0' && sign != '1'))
      return fail(ErrorCode::bank_bad_entry, "columns 32 to 47 are no sign and amount");
    if (sequence < 0 || detail < 0)
      return fail(ErrorCode::bank_bad_entry, "columns 3 to 10 are no sequence and detail number");
    Entry entry;
    entry.place_in_file = place_;
    entry.amount = Money{*amount, statement_.account.currency.value_or("")};
    entry.direction = sign == '0' ? Direction::credit : Direction::debit;
    entry.value = day(record, 48, ErrorCode::bank_bad_entry);
    entry.booked = day(record, 116, ErrorCode::bank_bad_entry);
    entry.references.servicer = record.stated(11, 31);
    entry.code = record.stated(54, 61);
    Party& own = entry.direction == Direction::credit ? entry.to : entry.from;
    own.account = statement_.account.number();
    own.name = statement_.account.owner;
    own.bank = statement_.account.servicer;
    if (detail == 0) {
      count_movement(sequence, *amount, *entry.direction);
      movement_ = statement_.entries.size();
    } else if (sequence != last_sequence_ || !movement_) {
      return fail(ErrorCode::bank_bad_entry,
                  fmt::format("detail {} of movement {}, which is not there", detail, sequence));
    } else {
      entry.parent = movement_;
      statement_.entries[*movement_].has_details = true;
    }
    structured_ = record.at(62) == '1';
    communication_ = record.text(63, 115);
    statement_.entries.push_back(std::move(entry));
    entry_open_ = true;
    keep_raw(raw);
  }

  void count_movement(int sequence, const Decimal& amount, Direction direction) {
    Decimal& sum = direction == Direction::credit ? credits_ : debits_;
    if (const auto next = add(sum, amount)) sum = *next;
    if (sequence != last_sequence_ + 1 && !(last_sequence_ == 9999 && sequence <= 1))
      remark(fmt::format("movement {} follows {}", sequence, last_sequence_));
    last_sequence_ = sequence;
  }

  void continue_movement(const CodaRecord& record, const std::string& kind, std::string_view raw) {
    if (statement_.entries.empty())
      return fail(ErrorCode::bank_bad_line, fmt::format("a record {} without a movement", kind));
    if (record.number(3, 6) != last_sequence_)
      return fail(ErrorCode::bank_bad_entry,
                  fmt::format("a record {} of movement {} behind movement {}", kind,
                              record.text(3, 6), last_sequence_));
    Entry& entry = statement_.entries.back();
    Party& other = *entry.direction == Direction::credit ? entry.from : entry.to;
    if (kind == "22") {
      communication_ += record.text(11, 63);
      entry.references.customer = record.stated(64, 98);
      other.bank = record.stated(99, 109);
      if (record.at(113) >= '1' && record.at(113) <= '9') entry.reversal = true;
      entry.return_reason = record.stated(114, 117);
      entry.purpose = record.stated(122, 125);
    } else if (kind == "23") {
      communication_ += record.text(83, 125);
      other.account = record.stated(11, 44);
      other.name = record.stated(48, 82);
    } else {
      continue_information(record, kind);
    }
    keep_raw(raw);
  }

  void continue_information(const CodaRecord& record, const std::string& kind) {
    end_communication();
    if (kind == "31") {
      end_information();
      in_information_ = true;
      information_structured_ = record.at(40) == '1';
      information_ = record.text(41, 113);
    } else {
      information_ += kind == "32" ? record.text(11, 115) : record.text(11, 100);
    }
  }

  void keep_raw(std::string_view raw) {
    Entry& entry = statement_.entries.back();
    entry.raw += raw;
    entry.raw += '\n';
    entry.place_in_file.length = place_.byte + place_.length - entry.place_in_file.byte;
  }

  void end_communication() {
    if (!entry_open_) return;
    entry_open_ = false;
    read_movement_communication(communication_, structured_, statement_.entries.back());
  }

  void end_information() {
    if (!in_information_) return;
    in_information_ = false;
    read_information_communication(information_, information_structured_,
                                   statement_.entries.back());
  }

  void end_movement() {
    end_communication();
    end_information();
  }

  // Column 126 says whether another article follows (2.2, 2.3, 3.2, 3.3), column 128 whether an
  // information record or message does.
  void check_order(const CodaRecord& record, const std::string& kind) {
    const char article = kind.size() == 2 ? kind[1] : '1';
    if (expected_ == "article" && article == '1')
      remark(fmt::format("a record {} where the record before announces its next article", kind));
    if (expected_ == "information" && kind != "31" && kind != "21" && kind != "4")
      remark(fmt::format("a record {} where the record before announces information", kind));
    expected_.clear();
    if (record.cut()) return;
    if ((kind[0] == '2' || kind[0] == '3') && record.at(126) == '1') {
      expected_ = "article";
    } else if (record.at(128) == '1') {
      expected_ = "information";
    }
  }

  void check_trailer(const CodaRecord& record) {
    const int records = record.number(17, 22);
    const auto debits = record.amount(23);
    const auto credits = record.amount(38);
    if (records < 0 || !debits || !credits) return remark("the trailer cannot be read");
    if (records != n_records_)
      remark(fmt::format("the trailer counts {} records, there are {}", records, n_records_));
    if (!(*debits == debits_))
      remark(fmt::format("the trailer sums debits to {}, they are {}", format_decimal(*debits),
                         format_decimal(debits_)));
    if (!(*credits == credits_))
      remark(fmt::format("the trailer sums credits to {}, they are {}", format_decimal(*credits),
                         format_decimal(credits_)));
    trailer_ = true;
  }

  Result<void> end_statement() {
    end_movement();
    open_ = false;
    movement_.reset();
    if (fault_) return {};
    if (!closed_) {
      fail(ErrorCode::bank_cut_short, "no new balance");
      return {};
    }
    return sink_.statement(std::move(statement_));
  }

  Result<void> end_block() {
    if (!in_block_) return {};
    in_block_ = false;
    if (open_ && !fault_ && !trailer_)
      remark("no trailer: the number of records and the sums cannot be checked");
    trailer_ = false;
    if (!fault_ && !open_) fail(ErrorCode::bank_cut_short, "no old balance");
    const auto name = statement_.account.number() ? statement_.account.number() : statement_.id;
    if (open_) OVILLO_CHECK(end_statement());
    open_ = false;
    entry_open_ = in_information_ = false;
    movement_.reset();
    if (!fault_) return {};
    return sink_.reject(reject_for(*fault_, name));
  }

  void fail(ErrorCode code, std::string reason) {
    if (!fault_) fault_ = StatementFault{code, std::move(reason), place_};
  }
  void remark(std::string text) {
    AccountStatement& of = open_ ? statement_ : header_;
    if (of.remarks.size() < kMaxRemarks) of.remarks.push_back({place_.line, std::move(text)});
  }

  const Zone& zone_;
  const StatementOptions& options_;
  const StatementSink& sink_;
  bool found_ = false;
  bool in_block_ = false;  // between records 0 and 9
  bool open_ = false;      // behind record 1
  bool closed_ = false;    // behind record 8
  bool trailer_ = false;
  bool told_cut_ = false;
  std::uint64_t block_begin_ = 0;
  Place place_;
  AccountStatement header_;
  AccountStatement statement_;
  std::optional<std::string> addressee_;
  std::optional<StatementFault> fault_;
  int n_records_ = 0;
  Decimal debits_;
  Decimal credits_;
  int last_sequence_ = 0;
  std::string expected_;
  std::optional<std::size_t> movement_;  // the last one with detail number 0
  bool entry_open_ = false;              // its communication is being put together
  bool structured_ = false;
  std::string communication_;
  bool in_information_ = false;
  bool information_structured_ = false;
  std::string information_;
};

}  // namespace

Result<StatementFormat> read_coda(ByteStream& stream, const Zone& zone,
                                  const StatementOptions& options, const StatementSink& sink) {
  return CodaReader(zone, options, sink).read(stream);
}

}  // namespace ovillo::bank
