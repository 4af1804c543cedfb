#include "ovillo/bank/statement_lines.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/bank/balance_check.hpp"
#include "ovillo/base/decimal.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::bank {

namespace {

using Json = nlohmann::ordered_json;

std::string_view name_of_format(const AccountStatement& statement) {
  return name_of(statement.format);
}

void put(Json& out, const char* key, const std::optional<std::string>& value) {
  if (value) out[key] = replace_invalid_utf8(*value);
}

// "booked" and, where a clock time was written, whether its zone was.
void put(Json& out, const std::string& key, const std::optional<Moment>& moment) {
  if (!moment) return;
  out[key] = format_time(moment->time);
  if (moment->time.precision > TimePrecision::day)
    out[key + "_zone"] = moment->time.zone == ZoneBasis::stated ? "stated" : "assumed";
}

void put(Json& out, const std::string& key, const std::optional<Money>& money) {
  if (!money) return;
  out[key] = format_decimal(money->amount);
  const std::string currency = key == "amount" ? "currency" : key + "_currency";
  if (!money->currency.empty()) out[currency] = money->currency;
}

Json party_as_json(const Party& party) {
  Json out = Json::object();
  put(out, "name", party.name);
  put(out, "account", party.account);
  put(out, "bank", party.bank);
  put(out, "address", party.address);
  put(out, "country", party.country);
  put(out, "birth_date", party.birth_date);
  if (!party.ids.empty()) out["ids"] = party.ids;
  if (!party.phones.empty()) out["phones"] = party.phones;
  put(out, "ultimate_name", party.ultimate_name);
  put(out, "ultimate_id", party.ultimate_id);
  return out;
}

Json references_as_json(const References& references) {
  Json out = Json::object();
  put(out, "end_to_end", references.end_to_end);
  put(out, "servicer", references.servicer);
  put(out, "customer", references.customer);
  put(out, "mandate", references.mandate);
  put(out, "creditor_id", references.creditor_id);
  put(out, "instruction", references.instruction);
  put(out, "transaction", references.transaction);
  put(out, "payment_information", references.payment_information);
  put(out, "message", references.message);
  put(out, "cheque", references.cheque);
  put(out, "clearing", references.clearing);
  put(out, "creditor_reference", references.creditor_reference);
  return out;
}

void put_object(Json& out, const char* key, Json value) {
  if (!value.empty()) out[key] = std::move(value);
}

Json head_as_json(const AccountStatement& statement, const StatementPlace& place) {
  Json out;
  out["file"] = std::string(place.file);
  out["format"] = name_of_format(statement);
  out["statement"] = place.ordinal;
  put(out, "statement_id", statement.id);
  put(out, "account", statement.account.number());
  return out;
}

void put_entry(Json& out, const Entry& entry) {
  put(out, "amount", entry.amount);
  if (entry.direction) out["direction"] = name_of(*entry.direction);
  if (entry.reversal) out["reversal"] = *entry.reversal;
  put(out, "transaction_amount", entry.transaction_amount);
  put(out, "instructed_amount", entry.instructed_amount);
  put(out, "exchange_rate", entry.exchange_rate);
  put(out, "booked", entry.booked);
  put(out, "value", entry.value);
  put(out, "status", entry.status);
  put(out, "code", entry.code);
  put(out, "proprietary_code", entry.proprietary_code);
  if (entry.funds_code) out["funds_code"] = std::string(1, *entry.funds_code);
  put(out, "purpose", entry.purpose);
  put(out, "return_reason", entry.return_reason);
  put(out, "channel", entry.channel);
  put(out, "place", entry.place);
  put_object(out, "references", references_as_json(entry.references));
  put_object(out, "from", party_as_json(entry.from));
  put_object(out, "to", party_as_json(entry.to));
  for (const Party& party : entry.involved) {
    Json one = party_as_json(party);
    put(one, "role", party.role);
    out["involved"].push_back(std::move(one));
  }
  if (entry.direction) out["counterparty"] = *entry.direction == Direction::credit ? "from" : "to";
  if (!entry.remittance.empty()) out["remittance"] = entry.remittance;
  put(out, "information", entry.information);
  put(out, "supplementary", entry.supplementary);
  if (entry.batch_count) out["batch_count"] = *entry.batch_count;
  out["line"] = entry.place_in_file.line;
  out["byte"] = entry.place_in_file.byte;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, " "));
}

std::string amount_text(const std::optional<Money>& money) {
  return money ? format_decimal(money->amount) : std::string();
}

std::string time_text(const std::optional<Moment>& moment) {
  return moment ? format_time(moment->time) : std::string();
}

std::string signed_text(const Balance& balance) {
  return fmt::format("{}{} {}", balance.direction == Direction::debit ? "-" : "",
                     format_decimal(balance.amount.amount), balance.amount.currency);
}

constexpr std::array<std::string_view, 26> kColumns = {
    "file",       "format",     "statement",  "statement_id", "account",      "entry",
    "parent",     "direction",  "amount",     "currency",     "booked",       "value",
    "status",     "reversal",   "code",       "from_name",    "from_account", "to_name",
    "to_account", "remittance", "end_to_end", "servicer",     "mandate",      "creditor_reference",
    "line",       "byte"};

std::string check_as_text(const BalanceCheck& check) {
  switch (check.verdict) {
    case BalanceVerdict::agrees:
      return fmt::format("balances agree: opening {} and movements {} give {}",
                         format_decimal(check.opening->amount), format_decimal(*check.movements),
                         format_decimal(check.closing->amount));
    case BalanceVerdict::differs:
      return fmt::format(
          "BALANCES DIFFER by {}: opening {} and movements {} do not give {} (samples of banks and "
          "standards often do not add up; a statement of a real account does)",
          format_decimal(*check.difference), format_decimal(check.opening->amount),
          format_decimal(*check.movements), format_decimal(check.closing->amount));
    case BalanceVerdict::not_comparable:
      return fmt::format("balances cannot be compared: {}", check.reason);
    case BalanceVerdict::not_stated:
      break;
  }
  return fmt::format("balances not checked: {}", check.reason);
}

std::string entry_as_text(const Entry& entry) {
  const std::string sign = entry.direction == Direction::debit ? "-" : "";
  std::string out =
      fmt::format("  {}{}  {:>16}  ", entry.parent ? "  " : "",
                  entry.booked ? time_text(entry.booked)
                               : (entry.value ? time_text(entry.value) : std::string("not dated ")),
                  entry.amount ? fmt::format("{}{} {}", sign, format_decimal(entry.amount->amount),
                                             entry.amount->currency)
                               : std::string("not stated"));
  const auto side = [](const Party& party) {
    std::string text = party.name.value_or("");
    if (party.account) text += (text.empty() ? "" : ", ") + *party.account;
    return text.empty() ? std::string("not stated") : text;
  };
  const Party* other = entry.counterparty();
  if (other != nullptr) {
    out +=
        fmt::format("{} {}", *entry.direction == Direction::credit ? "from" : "to", side(*other));
  } else {
    out += fmt::format("from {} to {}", side(entry.from), side(entry.to));
  }
  if (entry.reversal.value_or(false)) out += "  (reversal)";
  if (entry.status && *entry.status != "BOOK") out += fmt::format("  ({})", *entry.status);
  if (!entry.remittance.empty()) out += "  | " + joined(entry.remittance);
  for (char& c : out)
    if (c == '\n' || c == '\r') c = ' ';
  return fmt::format("{}  [line {}]\n", out, entry.place_in_file.line);
}

}  // namespace

std::string entries_as_json(const AccountStatement& statement, const StatementPlace& place) {
  const BalanceCheck check = check_balances(statement);
  std::string out;
  for (std::size_t i = 0; i < statement.entries.size(); ++i) {
    const Entry& entry = statement.entries[i];
    Json line = head_as_json(statement, place);
    line["balance_check"] = names(check.verdict)[static_cast<std::size_t>(check.verdict)];
    line["entry"] = i + 1;
    if (entry.parent) line["parent"] = *entry.parent + 1;
    put_entry(line, entry);
    out += dumped(line);
  }
  return out;
}

std::string csv_head() { return fmt::format("{}\n", fmt::join(kColumns, ",")); }

std::string entries_as_csv(const AccountStatement& statement, const StatementPlace& place) {
  std::string out;
  for (std::size_t i = 0; i < statement.entries.size(); ++i) {
    const Entry& e = statement.entries[i];
    const std::array<std::string, kColumns.size()> cells = {
        std::string(place.file),
        std::string(name_of_format(statement)),
        fmt::format("{}", place.ordinal),
        statement.id.value_or(""),
        statement.account.number().value_or(""),
        fmt::format("{}", i + 1),
        e.parent ? fmt::format("{}", *e.parent + 1) : "",
        e.direction ? std::string(name_of(*e.direction)) : "",
        amount_text(e.amount),
        e.amount ? e.amount->currency : "",
        time_text(e.booked),
        time_text(e.value),
        e.status.value_or(""),
        e.reversal ? (*e.reversal ? "true" : "false") : "",
        e.code ? *e.code : e.proprietary_code.value_or(""),
        e.from.name.value_or(""),
        e.from.account.value_or(""),
        e.to.name.value_or(""),
        e.to.account.value_or(""),
        joined(e.remittance),
        e.references.end_to_end.value_or(""),
        e.references.servicer.value_or(""),
        e.references.mandate.value_or(""),
        e.references.creditor_reference.value_or(""),
        fmt::format("{}", e.place_in_file.line),
        fmt::format("{}", e.place_in_file.byte)};
    for (std::size_t c = 0; c < cells.size(); ++c)
      out += (c == 0 ? "" : ",") + csv_cell(replace_invalid_utf8(cells[c]));
    out += '\n';
  }
  return out;
}

std::string summary_as_json(const AccountStatement& statement, const StatementPlace& place) {
  Json out = head_as_json(statement, place);
  put(out, "version", statement.version);
  put(out, "message_id", statement.message_id);
  put(out, "number", statement.number);
  if (statement.account.number()) out["account_is_iban"] = statement.account.iban.has_value();
  put(out, "currency", statement.account.currency);
  put(out, "account_name", statement.account.name);
  put(out, "owner", statement.account.owner);
  put(out, "servicer", statement.account.servicer);
  put(out, "created", statement.created);
  put(out, "period_from", statement.from);
  put(out, "period_to", statement.to);
  Json balances = Json::array();
  for (const Balance& balance : statement.balances) {
    Json one;
    one["type"] = name_of(balance.type);
    one["code"] = balance.code;
    put(one, "amount", std::optional<Money>(balance.amount));
    one["direction"] = name_of(balance.direction);
    put(one, "date", balance.date);
    one["line"] = balance.line;
    balances.push_back(std::move(one));
  }
  out["balances"] = std::move(balances);
  const BalanceCheck check = check_balances(statement);
  out["balance_check"] = names(check.verdict)[static_cast<std::size_t>(check.verdict)];
  if (check.movements) out["movements"] = format_decimal(*check.movements);
  if (check.difference) out["difference"] = format_decimal(*check.difference);
  if (!check.reason.empty()) out["reason"] = check.reason;
  std::size_t n_details = 0;
  for (const Entry& entry : statement.entries) n_details += entry.parent ? 1 : 0;
  out["entries"] = statement.entries.size() - n_details;
  out["details"] = n_details;
  if (statement.report) {
    put(out, "report_type", statement.report->type);
    put(out, "reason", statement.report->reason);
    put(out, "action", statement.report->action);
    if (!statement.report->indicators.empty()) out["indicators"] = statement.report->indicators;
    for (const Party& party : statement.report->parties)
      out["parties"].push_back(party_as_json(party));
  }
  if (!statement.messages.empty()) out["messages"] = statement.messages;
  Json remarks = Json::array();
  for (const Remark& remark : statement.remarks)
    remarks.push_back(Json{{"line", remark.line}, {"text", remark.text}});
  if (!remarks.empty()) out["remarks"] = std::move(remarks);
  out["line"] = statement.place_in_file.line;
  out["byte"] = statement.place_in_file.byte;
  return dumped(out);
}

std::string statement_as_text(const AccountStatement& statement, const StatementPlace& place) {
  const auto or_not = [](const std::optional<std::string>& value) {
    return value.value_or("not stated");
  };
  std::string out = fmt::format("{}, statement {} ({}), line {}\n", place.file, place.ordinal,
                                name_of_format(statement), statement.place_in_file.line);
  out += fmt::format("  id {}, number {}, account {}, owner {}, bank {}\n", or_not(statement.id),
                     or_not(statement.number), or_not(statement.account.number()),
                     or_not(statement.account.owner), or_not(statement.account.servicer));
  for (const Balance& balance : statement.balances)
    out +=
        fmt::format("  {} ({}) {}{}\n", name_of(balance.type), balance.code, signed_text(balance),
                    balance.date ? " on " + time_text(balance.date) : std::string());
  out += "  " + check_as_text(check_balances(statement)) + "\n";
  for (const Remark& remark : statement.remarks)
    out += fmt::format("  note, line {}: {}\n", remark.line, remark.text);
  for (const Entry& entry : statement.entries) out += entry_as_text(entry);
  for (const std::string& message : statement.messages)
    out += fmt::format("  message: {}\n", message);
  return replace_invalid_utf8(out) + "\n";
}

}  // namespace ovillo::bank
