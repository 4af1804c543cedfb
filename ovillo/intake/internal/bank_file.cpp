#include "ovillo/intake/internal/bank_file.hpp"

#include <map>
#include <string>

#include <fmt/format.h>

#include "ovillo/bank/reader.hpp"
#include "ovillo/bank/transfers.hpp"
#include "ovillo/base/decimal.hpp"

namespace ovillo::intake {

namespace {

using bank::AccountStatement;
using bank::Entry;

class TransferWriter {
 public:
  explicit TransferWriter(BatchBuilder& builder) : builder_(builder) {}

  Result<void> write(const AccountStatement& statement) {
    count_references(statement);
    for (const bank::TransferRow& row : bank::transfers_of(statement)) {
      const Entry& entry = statement.entries[row.entry];
      const Entry* movement = entry.parent ? &statement.entries[*entry.parent] : nullptr;
      OVILLO_CHECK(builder_.begin_row());
      add_time(entry);
      add_money(entry, row.carries_amount);
      add_side(entry.from, Field::from_account, Field::from_name, "from");
      add_side(entry.to, Field::to_account, Field::to_name, "to");
      add_words(entry);
      add_references(entry);
      if (movement != nullptr) add_movement(*movement);
      add_statement(statement, entry);
      OVILLO_CHECK(builder_.finish_row(RecordKind::transfer,
                                       {entry.place_in_file.byte, entry.place_in_file.length},
                                       raw_of(statement, entry, movement)));
    }
    if (statement.report) return write_report(statement, *statement.report);
    return {};
  }

 private:
  // What a report says beside its transactions, where it says anything.
  Result<void> write_report(const AccountStatement& statement, const bank::ReportText& report) {
    if (!report.reason && !report.action && report.parties.empty()) return {};
    OVILLO_CHECK(builder_.begin_row());
    if (statement.created) add("reported", Field::time, format_time(statement.created->time));
    stated("reason", Field::text, report.reason);
    stated("action", Field::text, report.action);
    stated("report_type", Field::other, report.type);
    for (const std::string& indicator : report.indicators)
      add("indicator", Field::other, indicator);
    for (const bank::Party& party : report.parties) add_involved(party);
    stated("statement_id", Field::reference, statement.id);
    return builder_.finish_row(RecordKind::report,
                               {statement.place_in_file.byte, statement.place_in_file.length},
                               report.raw);
  }

  void add(std::string_view column, Field field, std::string_view value) {
    builder_.add(builder_.column(column, field), value);
  }
  void stated(std::string_view column, Field field, const std::optional<std::string>& value) {
    if (value) add(column, field, *value);
  }

  // The day or time of booking is when it happened; a statement may name the value date alone.
  void add_time(const Entry& entry) {
    const auto& first = entry.booked ? entry.booked : entry.value;
    if (first) add(entry.booked ? "booked" : "value_date", Field::time, format_time(first->time));
    if (entry.booked && entry.value)
      add("value_date", Field::other, format_time(entry.value->time));
  }

  void add_amount(std::string_view column, Field field, Field currency,
                  const std::optional<Money>& money) {
    if (!money) return;
    add(column, field, format_decimal(money->amount));
    if (!money->currency.empty())
      add(column == "amount" ? "currency" : fmt::format("{}_currency", column), currency,
          money->currency);
  }

  void add_money(const Entry& entry, bool carries_amount) {
    if (carries_amount) {
      add_amount("amount", Field::amount, Field::currency, entry.amount);
    } else {
      add_amount("amount_in_movement", Field::other, Field::other, entry.amount);
    }
    add_amount("transaction_amount", Field::other, Field::other, entry.transaction_amount);
    add_amount("instructed_amount", Field::other, Field::other, entry.instructed_amount);
    if (entry.direction) add("direction", Field::other, name_of(*entry.direction));
    if (entry.reversal) add("reversal", Field::other, *entry.reversal ? "true" : "false");
  }

  void add_side(const bank::Party& party, Field account, Field name, std::string_view side) {
    stated(fmt::format("{}_account", side), account, party.account);
    stated(fmt::format("{}_name", side), name, party.name);
    // Who acts through a side is a name of its own.
    stated(fmt::format("{}_ultimate_name", side), name, party.ultimate_name);
    const auto other = [&](std::string_view what, const std::optional<std::string>& value) {
      stated(fmt::format("{}_{}", side, what), Field::other, value);
    };
    other("bank", party.bank);
    other("address", party.address);
    other("country", party.country);
    other("birth_date", party.birth_date);
    other("ultimate_id", party.ultimate_id);
    for (const std::string& id : party.ids) other("id", id);
    for (const std::string& phone : party.phones)
      add(fmt::format("{}_phone", side),
          account == Field::from_account ? Field::from_phone : Field::to_phone, phone);
  }

  // A party that is neither side.
  void add_involved(const bank::Party& party) {
    stated("involved_role", Field::other, party.role);
    stated("involved_name", Field::name, party.name);
    stated("involved_account", Field::account, party.account);
    stated("involved_address", Field::address, party.address);
    for (const std::string& phone : party.phones) add("involved_phone", Field::phone, phone);
    for (const std::string& id : party.ids) add("involved_id", Field::document_number, id);
  }

  void add_words(const Entry& entry) {
    for (const bank::Party& party : entry.involved) add_involved(party);
    for (const std::string& text : entry.remittance) add("remittance", Field::text, text);
    stated("information", entry.remittance.empty() ? Field::text : Field::other, entry.information);
    stated("supplementary", Field::other, entry.supplementary);
    stated("status", Field::other, entry.status);
    stated("code", Field::other, entry.code);
    stated("proprietary_code", Field::other, entry.proprietary_code);
    stated("purpose", Field::other, entry.purpose);
    stated("return_reason", Field::other, entry.return_reason);
    stated("channel", Field::channel, entry.channel);
    stated("place", Field::place, entry.place);
  }

  void add_references(const Entry& entry) {
    const bank::References& references = entry.references;
    const bool unique = references.servicer && n_of_reference_[*references.servicer] == 1;
    stated("servicer_reference", unique ? Field::reference : Field::other, references.servicer);
    const auto other = [&](std::string_view what, const std::optional<std::string>& value) {
      stated(what, Field::other, value);
    };
    other("end_to_end", references.end_to_end);
    other("customer_reference", references.customer);
    other("mandate", references.mandate);
    other("creditor_id", references.creditor_id);
    other("instruction", references.instruction);
    other("transaction", references.transaction);
    other("payment_information", references.payment_information);
    other("message_reference", references.message);
    other("cheque", references.cheque);
    other("clearing", references.clearing);
    other("creditor_reference", references.creditor_reference);
  }

  void add_movement(const Entry& movement) {
    add_amount("movement_amount", Field::other, Field::other, movement.amount);
    stated("movement_reference", Field::other, movement.references.servicer);
    add("movement_line", Field::other, fmt::format("{}", movement.place_in_file.line));
  }

  void add_statement(const AccountStatement& statement, const Entry& entry) {
    add("statement", Field::other, name_of(statement.format));
    stated("statement_id", Field::other, statement.id);
    stated("statement_number", Field::other, statement.number);
    stated("statement_account", Field::other, statement.account.number());
    add("line", Field::other, fmt::format("{}", entry.place_in_file.line));
  }

  static std::string raw_of(const AccountStatement& statement, const Entry& entry,
                            const Entry* movement) {
    std::string raw = entry.raw;
    raw += '\n';
    raw += statement.account.number().value_or("");
    if (movement != nullptr) {
      raw += '\n';
      if (movement->booked) raw += movement->booked->written;
      raw += '\n';
      raw += movement->references.servicer.value_or("");
    }
    return raw;
  }

  void count_references(const AccountStatement& statement) {
    n_of_reference_.clear();
    for (const Entry& entry : statement.entries)
      if (entry.references.servicer) ++n_of_reference_[*entry.references.servicer];
  }

  BatchBuilder& builder_;
  std::map<std::string, int> n_of_reference_;
};

}  // namespace

Result<void> read_bank_file(ByteStream& stream, BatchBuilder& builder) {
  TransferWriter writer(builder);
  bool said = false;
  bank::StatementSink sink;
  sink.statement = [&](AccountStatement&& statement) -> Result<void> {
    if (!said) builder.say_form(fmt::format("statements, {}", name_of(statement.format)));
    said = true;
    return writer.write(statement);
  };
  sink.reject = [&](bank::StatementReject&& reject) -> Result<void> {
    std::string detail = fmt::format("line {}", reject.place_in_file.line);
    if (reject.statement) detail += fmt::format(", account {}", *reject.statement);
    if (!reject.reason.empty()) detail += fmt::format(": {}", reject.reason);
    return builder.reject_row(reject.code, reject.place_in_file.byte, detail);
  };
  const auto read = bank::read_statements(stream, builder.zone(), {}, sink);
  if (read) return builder.flush();
  const Error& error = read.error();
  if (error.code() != ErrorCode::bank_not_a_statement && error.code() != ErrorCode::bank_bad_markup)
    return error;
  Locus locus = error.locus();
  locus.file = builder.file_name();
  locus.member = builder.member();
  return Error(ErrorCode::intake_unknown_format,
               fmt::format("{} {}", info(error.code()).sentence, error.detail()), std::move(locus));
}

}  // namespace ovillo::intake
