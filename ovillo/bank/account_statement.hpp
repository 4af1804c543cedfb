// What a bank statement or transaction report says, whatever its format.
//
// Amounts are exact as the file writes them (five decimals stay five). What the file does not
// state is an empty optional, never "" or 0. A transfer has two sides, `from` and `to`: money went
// from one to the other. In a statement one of them is the account's own side.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/error.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/record/money.hpp"

namespace ovillo::bank {

enum class StatementFormat : std::uint8_t { camt052, camt053, camt054, mt940, mt942, coda, goaml };

/// Of the account: `credit` is money in.
enum class Direction : std::uint8_t { credit, debit };

/// `opening` and `closing` are booked; `interim_booked` ends or begins a page or a day not closed.
enum class BalanceType : std::uint8_t {
  opening,
  closing,
  previous_closing,
  interim_booked,
  opening_available,
  closing_available,
  interim_available,
  forward_available,
  other,
};

/// A date or time, and how the file writes it. Its zone is stated or assumed (Time::zone).
struct Moment {
  Time time;
  std::string written;
};

struct Balance {
  BalanceType type = BalanceType::other;
  std::string code;  ///< as in the file: "OPBD", "60F", "8"
  Money amount;      ///< not negative
  Direction direction = Direction::credit;
  std::optional<Moment> date;
  std::uint64_t line = 0;
};

/// An account: at most one of `iban` and `other` is stated.
struct Account {
  std::optional<std::string> iban;
  std::optional<std::string> other;
  std::optional<std::string> currency;
  std::optional<std::string> name;  ///< of the account itself ("current account")
  std::optional<std::string> owner;
  std::optional<std::string> servicer;  ///< the bank: BIC, else a clearing number, else its name

  /// Its number, IBAN or other.
  [[nodiscard]] const std::optional<std::string>& number() const { return iban ? iban : other; }
};

/// One side of a transfer, as far as stated.
struct Party {
  std::optional<std::string> role;  ///< goAML: the code of a party that is neither side
  std::optional<std::string> name;
  std::optional<std::string> account;
  std::optional<std::string> bank;  ///< BIC, else a clearing number, else its name
  std::optional<std::string> address;
  std::optional<std::string> country;
  std::optional<std::string> birth_date;
  std::vector<std::string> ids;              ///< document, register and customer numbers
  std::vector<std::string> phones;           ///< goAML
  std::optional<std::string> ultimate_name;  ///< for whom the side acts
  std::optional<std::string> ultimate_id;
};

struct References {
  std::optional<std::string> end_to_end;
  std::optional<std::string> servicer;  ///< the bank's own
  std::optional<std::string> customer;  ///< MT940 :61:, field 7
  std::optional<std::string> mandate;
  std::optional<std::string> creditor_id;
  std::optional<std::string> instruction;
  std::optional<std::string> transaction;
  std::optional<std::string> payment_information;
  std::optional<std::string> message;
  std::optional<std::string> cheque;
  std::optional<std::string> clearing;
  std::optional<std::string> creditor_reference;  ///< structured: "RF18...", "+++090/9337/55493+++"
};

/// Place in the file, after decompression.
struct Place {
  std::uint64_t line = 0;  ///< 1-based
  std::uint64_t byte = 0;
  std::uint64_t length = 0;
};

/// One movement, or, with `parent`, one transaction of a batch that was booked as one movement.
struct Entry {
  std::optional<Money> amount;              ///< not negative; always stated in a movement
  std::optional<Direction> direction;       ///< of a detail: stated, else its parent's
  std::optional<bool> reversal;             ///< the movement takes back an earlier one
  std::optional<Money> transaction_amount;  ///< before conversion, where another one is stated
  std::optional<Money> instructed_amount;
  std::optional<std::string> exchange_rate;
  std::optional<Moment> booked;
  std::optional<Moment> value;
  std::optional<std::string> status;  ///< "BOOK", "PDNG", "INFO"
  std::optional<std::string> code;    ///< bank transaction code: "PMNT/RCDT/ESCT", "NTRF", "0150"
  std::optional<std::string> proprietary_code;
  std::optional<char> funds_code;      ///< MT940 :61:, field 4
  std::optional<std::string> purpose;  ///< a code: "SALA"
  std::optional<std::string> return_reason;
  std::optional<std::string> channel;  ///< goAML: how the money moved
  std::optional<std::string> place;    ///< goAML: where
  References references;
  Party from;
  Party to;
  std::vector<Party> involved;             ///< goAML: parties of a transaction without stated sides
  std::vector<std::string> remittance;     ///< free text to the receiver, in the file's order
  std::optional<std::string> information;  ///< the bank's words; MT940: :86: as it stands
  std::optional<std::string> supplementary;  ///< MT940 :61:, field 9
  std::optional<std::uint64_t> batch_count;  ///< transactions the batch is said to hold
  std::optional<std::size_t> parent;         ///< index into entries; empty: a movement
  bool has_details = false;                  ///< the next entries are its transactions
  Place place_in_file;
  std::string raw;  ///< its own bytes

  /// The side that is not the account's own; none where the direction is not known.
  [[nodiscard]] const Party* counterparty() const {
    if (!direction) return nullptr;
    return *direction == Direction::credit ? &from : &to;
  }
};

/// Something that is off and did not keep the statement from being read.
struct Remark {
  std::uint64_t line = 0;
  std::string text;
};

/// What a report of suspicion says beside its transactions.
struct ReportText {
  std::optional<std::string> type;  ///< "STR"
  std::optional<std::string> reason;
  std::optional<std::string> action;
  std::vector<std::string> indicators;  ///< codes of the unit that receives it
  std::vector<Party> parties;           ///< of an activity: who is reported
  std::string raw;                      ///< bytes of its parts that are no transaction
};

struct AccountStatement {
  StatementFormat format = StatementFormat::camt053;
  std::optional<std::string> version;  ///< "camt.053.001.08", CODA "2"
  std::optional<std::string> id;
  std::optional<std::string> message_id;
  std::optional<std::string> number;  ///< running number of the statement, with its page ("12/1")
  Account account;
  std::optional<Moment> created;
  std::optional<Moment> from;
  std::optional<Moment> to;
  std::vector<Balance> balances;
  std::vector<Entry> entries;         ///< in file order; details directly behind their movement
  std::vector<std::string> messages;  ///< the bank's free text to the account's owner
  std::vector<Remark> remarks;
  std::optional<ReportText> report;  ///< goAML
  Place place_in_file;
};

/// One statement that was not taken, and why.
struct StatementReject {
  ErrorCode code = ErrorCode::bank_bad_line;
  std::string reason;                    ///< what in particular; may be empty
  Place place_in_file;                   ///< of the fault
  std::optional<std::string> statement;  ///< its id or account, where that had been read
};

struct StatementFile {
  std::vector<AccountStatement> statements;
  std::vector<StatementReject> rejects;
};

std::span<const std::string_view> names(StatementFormat);
std::span<const std::string_view> names(Direction);
std::span<const std::string_view> names(BalanceType);

}  // namespace ovillo::bank
