#include "ovillo/bank/internal/goaml.hpp"

#include <utility>

#include <fmt/format.h>

#include "ovillo/bank/internal/goaml_party.hpp"
#include "ovillo/bank/internal/statement_fault.hpp"
#include "ovillo/bank/internal/values.hpp"
#include "ovillo/bank/internal/xml_parts.hpp"

namespace ovillo::bank {

namespace {

bool is_report(const XmlPartEvents::Path& path) { return path.back() == "report"; }

class ReportReader {
 public:
  ReportReader(const Zone& zone, const StatementOptions& options, const StatementSink& sink)
      : zone_(zone), options_(options), sink_(sink) {}

  Result<StatementFormat> read(ByteStream& stream) {
    XmlPartEvents events;
    events.is_part = [](const XmlPartEvents::Path& path) {
      return path.size() > 1 && path[path.size() - 2] == "report";
    };
    events.enter = [this](const XmlPartEvents::Path& path, const XmlNode&, Place place) {
      if (is_report(path)) begin(place);
    };
    events.leave = [this](const XmlPartEvents::Path& path, Place end) -> Result<void> {
      if (!is_report(path)) return {};
      statement_.place_in_file.length = end.byte - statement_.place_in_file.byte;
      return finish();
    };
    events.part = [this](XmlNode&& part, std::string_view raw) { return take(part, raw); };
    events.too_large = [this](Place place) { too_large_ = place; };
    const auto done = read_xml_parts(stream, options_.max_statement_bytes, events);
    if (!done && done.error().code() != ErrorCode::bank_bad_markup) return done.error();
    if (!found_)
      return done ? Error(ErrorCode::bank_not_a_statement, "XML without a report") : done.error();
    if (!done) {
      Place place = statement_.place_in_file;
      place.byte = done.error().locus().byte.value_or(place.byte);
      OVILLO_CHECK(sink_.reject(
          reject_for({ErrorCode::bank_bad_markup, done.error().detail(), place}, statement_.id)));
    }
    return StatementFormat::goaml;
  }

 private:
  void begin(Place place) {
    found_ = true;
    too_large_.reset();
    statement_ = AccountStatement();
    statement_.format = StatementFormat::goaml;
    statement_.place_in_file = place;
    statement_.report.emplace();
  }

  Result<void> finish() {
    if (too_large_)
      return sink_.reject(reject_for({ErrorCode::bank_too_large, "", *too_large_}, statement_.id));
    for (Entry& entry : statement_.entries)
      entry.amount->currency = statement_.account.currency.value_or("");
    return sink_.statement(std::move(statement_));
  }

  Result<void> take(const XmlNode& part, std::string_view raw) {
    if (part.place.byte + part.place.length - statement_.place_in_file.byte >
        options_.max_statement_bytes) {
      too_large_ = part.place;
      statement_.entries.clear();
    }
    if (too_large_) return {};
    if (part.name == "transaction") return take_transaction(part, raw);
    ReportText& report = *statement_.report;
    report.raw += raw;
    report.raw += '\n';
    if (part.name == "entity_reference") {
      statement_.id = goaml_value(part, "");
    } else if (part.name == "rentity_id") {
      statement_.account.servicer = goaml_value(part, "");
    } else if (part.name == "fiu_ref_number") {
      statement_.message_id = goaml_value(part, "");
    } else if (part.name == "report_code") {
      report.type = goaml_value(part, "");
    } else if (part.name == "currency_code_local") {
      statement_.account.currency = goaml_value(part, "");
    } else if (part.name == "submission_date" || part.name == "report_date") {
      statement_.created = moment(part, "");
    } else if (part.name == "reason") {
      report.reason = goaml_value(part, "");
    } else if (part.name == "action") {
      report.action = goaml_value(part, "");
    } else if (part.name == "report_indicators") {
      for (const XmlNode* one : part.all("indicator"))
        if (!one->text.empty() && one->text != "-") report.indicators.push_back(one->text);
    } else if (part.name == "activity") {
      for (const XmlNode* one : part.all("report_parties/report_party")) {
        Party party = goaml_party(*one, "");
        party.role = goaml_value(*one, "role");
        report.parties.push_back(std::move(party));
      }
    }
    return {};
  }

  std::optional<Moment> moment(const XmlNode& node, std::string_view path) {
    const auto text = goaml_value(node, path);
    if (!text) return std::nullopt;
    constexpr std::string_view kMidnight = "T00:00:00";
    const bool day = text->size() == 10 + kMidnight.size() && text->ends_with(kMidnight);
    auto out = iso_moment(day ? std::string_view(*text).substr(0, 10) : *text, zone_);
    if (out) out->written = *text;
    return out;
  }

  Result<void> reject(const XmlNode& part, std::string reason) {
    return sink_.reject(reject_for({ErrorCode::bank_bad_transaction, std::move(reason), part.place},
                                   goaml_value(part, "transactionnumber")));
  }

  Result<void> take_transaction(const XmlNode& part, std::string_view raw) {
    Entry entry;
    entry.place_in_file = part.place;
    entry.raw = raw;
    const auto amount = goaml_value(part, "amount_local");
    const auto exact = amount ? exact_amount(*amount, '.') : std::nullopt;
    if (!exact)
      return reject(part, amount ? fmt::format("\"{}\" is not an amount", *amount) : "no amount");
    entry.amount = Money{*exact, ""};
    entry.booked = moment(part, "date_transaction");
    if (const auto date = goaml_value(part, "date_transaction"); date && !entry.booked)
      return reject(part, fmt::format("\"{}\" is not a date", *date));
    entry.value = moment(part, "value_date");
    entry.references.servicer = part.value_of({"transactionnumber", "transaction_number"});
    entry.references.customer = goaml_value(part, "internal_ref_number");
    entry.code = goaml_value(part, "transaction_type_code");
    entry.channel = goaml_value(part, "transmode_code");
    entry.place = goaml_value(part, "transaction_location");
    entry.status = goaml_value(part, "transaction_status");
    entry.information = goaml_value(part, "comments");
    if (const auto text = goaml_value(part, "transaction_description"))
      entry.remittance.push_back(*text);
    read_side(part, "from", entry.from, entry);
    read_side(part, "to", entry.to, entry);
    for (const XmlNode* one : part.all("involved_parties/party")) {
      Party party = goaml_party(*one, "");
      party.role = goaml_value(*one, "role");
      entry.involved.push_back(std::move(party));
    }
    statement_.entries.push_back(std::move(entry));
    return {};
  }

  static void read_side(const XmlNode& part, std::string_view side, Party& party, Entry& entry) {
    const XmlNode* node = part.find(fmt::format("t_{}_my_client", side));
    if (node == nullptr) node = part.find(fmt::format("t_{}", side));
    if (node == nullptr) return;
    party = goaml_party(*node, fmt::format("{}_", side));
    if (const XmlNode* conductor = node->find("t_conductor")) {
      // Who stood at the counter, for the side.
      Party acting = goaml_party(XmlNode{"", "", {}, {as_person(*conductor)}, {}}, "");
      acting.role = "conductor";
      entry.involved.push_back(std::move(acting));
    }
    const XmlNode* foreign = node->find(fmt::format("{}_foreign_currency", side));
    if (foreign == nullptr || entry.transaction_amount) return;
    const auto amount = goaml_value(*foreign, "foreign_amount");
    const auto exact = amount ? exact_amount(*amount, '.') : std::nullopt;
    if (!exact) return;
    entry.transaction_amount =
        Money{*exact, goaml_value(*foreign, "foreign_currency_code").value_or("")};
    entry.exchange_rate = goaml_value(*foreign, "foreign_exchange_rate");
  }

  static XmlNode as_person(XmlNode node) {
    node.name = "person";
    return node;
  }

  const Zone& zone_;
  const StatementOptions& options_;
  const StatementSink& sink_;
  bool found_ = false;
  AccountStatement statement_;
  std::optional<Place> too_large_;
};

}  // namespace

Result<StatementFormat> read_goaml(ByteStream& stream, const Zone& zone,
                                   const StatementOptions& options, const StatementSink& sink) {
  return ReportReader(zone, options, sink).read(stream);
}

}  // namespace ovillo::bank
