#include "ovillo/bank/internal/camt_entry.hpp"

#include <utility>

#include <fmt/format.h>

#include "ovillo/bank/internal/camt_party.hpp"
#include "ovillo/bank/internal/values.hpp"

namespace ovillo::bank {

namespace {

// Codes of external code set "Balance type" and those of version 1.
BalanceType balance_type(std::string_view code) {
  constexpr std::pair<std::string_view, BalanceType> kTypes[] = {
      {"OPBD", BalanceType::opening},           {"CLBD", BalanceType::closing},
      {"PRCD", BalanceType::previous_closing},  {"ITBD", BalanceType::interim_booked},
      {"OPAV", BalanceType::opening_available}, {"CLAV", BalanceType::closing_available},
      {"ITAV", BalanceType::interim_available}, {"FWAV", BalanceType::forward_available},
  };
  for (const auto& [name, type] : kTypes)
    if (name == code) return type;
  return BalanceType::other;
}

std::optional<std::string> transaction_code(const XmlNode& node) {
  std::string code;
  for (const std::string_view path :
       {"BkTxCd/Domn/Cd", "BkTxCd/Domn/Fmly/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd"}) {
    const auto part = node.value(path);
    if (!part) break;
    code += (code.empty() ? "" : "/") + *part;
  }
  return stated(code);
}

void fill(std::optional<std::string>& field, std::optional<std::string> value) {
  if (value) field = std::move(value);
}

void add_remittance(Entry& entry, const XmlNode& details) {
  for (const XmlNode* text : details.all("RmtInf/Ustrd"))
    if (!text->text.empty()) entry.remittance.push_back(text->text);
  for (const XmlNode* text : details.all("RmtInf/Strd/AddtlRmtInf"))
    if (!text->text.empty()) entry.remittance.push_back(text->text);
  fill(entry.references.creditor_reference,
       details.value_of({"RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef"}));
  for (const XmlNode* document : details.all("RmtInf/Strd/RfrdDocInf"))
    if (const auto number = document->value_of({"Nb", "RfrdDocNb"}))
      entry.remittance.push_back(*number);
}

void add_references(References& out, const XmlNode& details) {
  fill(out.end_to_end, details.value("Refs/EndToEndId"));
  fill(out.servicer, details.value("Refs/AcctSvcrRef"));
  fill(out.mandate, details.value("Refs/MndtId"));
  fill(out.instruction, details.value("Refs/InstrId"));
  fill(out.transaction, details.value("Refs/TxId"));
  fill(out.payment_information, details.value("Refs/PmtInfId"));
  fill(out.message, details.value("Refs/MsgId"));
  fill(out.cheque, details.value("Refs/ChqNb"));
  fill(out.clearing, details.value("Refs/ClrSysRef"));
}

bool is_account(const Party& party, const Account& account) {
  return party.account && account.number() && *party.account == *account.number();
}

// The side of the account's own. Where the parties are named the other way round (banks differ
// about returns), the account's number tells.
void put_own_side(Entry& entry, const Account& own) {
  if (!entry.direction) return;
  const auto sides = [&entry]() -> std::pair<Party&, Party&> {
    if (*entry.direction == Direction::credit) return {entry.to, entry.from};
    return {entry.from, entry.to};
  };
  auto [mine, other] = sides();
  if (is_account(other, own) && !is_account(mine, own)) std::swap(mine, other);
  if (!mine.account) mine.account = own.number();
  if (!mine.name) mine.name = own.owner;
  if (!mine.bank) mine.bank = own.servicer;
}

}  // namespace

void CamtEntryReader::fail(ErrorCode code, std::string reason, Place place) {
  if (!fault_) fault_ = StatementFault{code, std::move(reason), place};
}

Account CamtEntryReader::account(const XmlNode& acct) {
  Account out;
  out.iban = acct.value("Id/IBAN");
  if (!out.iban) out.other = acct.value_of({"Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC"});
  out.currency = acct.value("Ccy");
  out.name = acct.value("Nm");
  out.owner = acct.value_of({"Ownr/Nm", "Ownr/Pty/Nm"});
  if (const XmlNode* servicer = acct.find("Svcr")) out.servicer = camt_bank(*servicer);
  return out;
}

std::optional<Moment> CamtEntryReader::moment(const XmlNode* choice) {
  if (choice == nullptr) return std::nullopt;
  auto text = choice->value_of({"DtTm", "Dt"});
  if (!text) text = stated(choice->text);
  if (!text) return std::nullopt;
  auto out = iso_moment(*text, zone_);
  if (!out)
    fail(ErrorCode::bank_bad_entry, fmt::format("\"{}\" is not a date", *text), choice->place);
  return out;
}

std::optional<Money> CamtEntryReader::money(const XmlNode* amt, ErrorCode code) {
  if (amt == nullptr) return std::nullopt;
  const auto amount = exact_amount(amt->text, '.');
  if (!amount) {
    fail(code, fmt::format("\"{}\" is not an amount", amt->text), amt->place);
    return std::nullopt;
  }
  return Money{*amount, amt->attribute("Ccy").value_or("")};
}

std::optional<Direction> CamtEntryReader::direction(const XmlNode& node, ErrorCode code) {
  const auto word = node.value("CdtDbtInd");
  if (!word) return std::nullopt;
  if (*word == "CRDT") return Direction::credit;
  if (*word == "DBIT") return Direction::debit;
  fail(code, fmt::format("CdtDbtInd is \"{}\", not CRDT or DBIT", *word), node.place);
  return std::nullopt;
}

std::optional<Balance> CamtEntryReader::balance(const XmlNode& bal) {
  Balance out;
  out.line = bal.place.line;
  out.code = bal.value_of({"Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Cd", "Tp/Prtry"})
                 .value_or(std::string());
  out.type = balance_type(out.code);
  const auto amount = money(bal.find("Amt"), ErrorCode::bank_bad_balance);
  const auto side = direction(bal, ErrorCode::bank_bad_balance);
  if (!amount) fail(ErrorCode::bank_bad_balance, "no amount", bal.place);
  if (!side) fail(ErrorCode::bank_bad_balance, "neither credit nor debit", bal.place);
  if (!amount || !side) return std::nullopt;
  out.amount = *amount;
  out.direction = *side;
  out.date = moment(bal.find("Dt"));
  return out;
}

void CamtEntryReader::set_sides(Entry& entry, const XmlNode& details) {
  Party debtor = camt_party(details, "Dbtr");
  Party creditor = camt_party(details, "Cdtr");
  // The parties are those of the first payment; a reversal sends the money back.
  if (entry.reversal.value_or(false)) std::swap(debtor, creditor);
  entry.from = std::move(debtor);
  entry.to = std::move(creditor);
}

void CamtEntryReader::read_details(Entry& entry, const XmlNode& details) {
  constexpr ErrorCode kCode = ErrorCode::bank_bad_entry;
  add_references(entry.references, details);
  set_sides(entry, details);
  add_remittance(entry, details);
  fill(entry.code, transaction_code(details));
  fill(entry.proprietary_code, details.value("BkTxCd/Prtry/Cd"));
  fill(entry.purpose, details.value_of({"Purp/Cd", "Purp/Prtry"}));
  fill(entry.information, details.value("AddtlTxInf"));
  fill(entry.return_reason, details.value_of({"RtrInf/Rsn/Cd", "RtrInf/Rsn/Prtry",
                                              "RtrInf/RtrRsn/Cd", "RtrInf/RtrRsn/Prtry"}));
  const XmlNode* amount = details.find("Amt");
  if (amount == nullptr) amount = details.find("AmtDtls/TxAmt/Amt");
  entry.transaction_amount = money(amount, kCode);
  if (const XmlNode* instructed = details.find("AmtDtls/InstdAmt/Amt"))
    entry.instructed_amount = money(instructed, kCode);
  fill(entry.exchange_rate,
       details.value_of({"AmtDtls/TxAmt/CcyXchg/XchgRate", "AmtDtls/InstdAmt/CcyXchg/XchgRate",
                         "AmtDtls/CntrValAmt/CcyXchg/XchgRate"}));
}

std::vector<Entry> CamtEntryReader::entries(const XmlNode& ntry, std::string_view raw,
                                            std::size_t first, const Account& own) {
  constexpr ErrorCode kCode = ErrorCode::bank_bad_entry;
  Entry entry;
  entry.place_in_file = ntry.place;
  entry.raw = raw;
  entry.amount = money(ntry.find("Amt"), kCode);
  if (!entry.amount) fail(kCode, "no amount", ntry.place);
  entry.direction = direction(ntry, kCode);
  if (!entry.direction) fail(kCode, "neither credit nor debit", ntry.place);
  if (const auto word = ntry.value("RvslInd")) entry.reversal = *word == "true" || *word == "1";
  entry.status = ntry.value_of({"Sts/Cd", "Sts/Prtry", "Sts"});
  entry.booked = moment(ntry.find("BookgDt"));
  entry.value = moment(ntry.find("ValDt"));
  entry.code = transaction_code(ntry);
  entry.proprietary_code = ntry.value("BkTxCd/Prtry/Cd");
  const auto count = ntry.value_of({"NtryDtls/Btch/NbOfTxs", "Btch/NbOfTxs"});
  if (const int n = count ? small_number(*count) : -1; n >= 0)
    entry.batch_count = static_cast<std::uint64_t>(n);
  entry.references.payment_information = ntry.value_of({"NtryDtls/Btch/PmtInfId", "Btch/PmtInfId"});
  entry.references.message = ntry.value_of({"NtryDtls/Btch/MsgId", "Btch/MsgId"});
  entry.exchange_rate = ntry.value("AmtDtls/TxAmt/CcyXchg/XchgRate");

  std::vector<const XmlNode*> details = ntry.all("NtryDtls/TxDtls");
  for (const XmlNode* one : ntry.all("TxDtls")) details.push_back(one);
  const Entry shared = entry;
  entry.references.servicer = ntry.value("AcctSvcrRef");
  if (details.size() == 1) {
    read_details(entry, *details.front());
  } else {
    entry.transaction_amount = money(ntry.find("AmtDtls/TxAmt/Amt"), kCode);
    entry.instructed_amount = money(ntry.find("AmtDtls/InstdAmt/Amt"), kCode);
  }
  if (!entry.references.servicer) entry.references.servicer = ntry.value("AcctSvcrRef");
  fill(entry.information, entry.information ? entry.information : ntry.value("AddtlNtryInf"));
  put_own_side(entry, own);
  entry.has_details = details.size() > 1;
  std::vector<Entry> out;
  out.push_back(std::move(entry));
  if (details.size() < 2) return out;
  for (const XmlNode* one : details) {
    Entry detail = shared;
    detail.place_in_file = one->place;
    detail.raw = raw.substr(one->place.byte - ntry.place.byte, one->place.length);
    detail.amount.reset();
    detail.batch_count.reset();
    detail.parent = first;
    if (const auto side = direction(*one, kCode)) detail.direction = side;
    read_details(detail, *one);
    detail.amount = std::exchange(detail.transaction_amount, std::nullopt);
    put_own_side(detail, own);
    out.push_back(std::move(detail));
  }
  return out;
}

}  // namespace ovillo::bank
