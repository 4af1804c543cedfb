#include "ovillo/bank/internal/camt.hpp"

#include <utility>

#include "ovillo/bank/internal/camt_entry.hpp"
#include "ovillo/bank/internal/xml_parts.hpp"

namespace ovillo::bank {

namespace {

constexpr std::size_t kVersionBytes = std::string_view("camt.053.001.08").size();

std::optional<StatementFormat> format_of(std::string_view container) {
  if (container.starts_with("BkToCstmrAcctRpt")) return StatementFormat::camt052;
  if (container.starts_with("BkToCstmrStmt")) return StatementFormat::camt053;
  if (container.starts_with("BkToCstmrDbtCdtNtfctn")) return StatementFormat::camt054;
  return std::nullopt;
}

bool is_statement(const XmlPartEvents::Path& path) {
  if (path.size() < 2 || !format_of(path[path.size() - 2])) return false;
  return path.back() == "Stmt" || path.back() == "Rpt" || path.back() == "Ntfctn";
}

class CamtReader {
 public:
  CamtReader(const Zone& zone, const StatementOptions& options, const StatementSink& sink)
      : zone_(zone), options_(options), sink_(sink) {
    entries_.emplace(zone);
  }

  Result<StatementFormat> read(ByteStream& stream) {
    XmlPartEvents events;
    events.is_part = [](const XmlPartEvents::Path& path) {
      XmlPartEvents::Path above(path.begin(), path.end() - 1);
      if (is_statement(above)) return true;
      return path.back() == "GrpHdr" && !above.empty() && format_of(above.back()).has_value();
    };
    events.enter = [this](const XmlPartEvents::Path& path, const XmlNode& element, Place place) {
      enter(path, element, place);
    };
    events.leave = [this](const XmlPartEvents::Path& path, Place end) { return leave(path, end); };
    events.part = [this](XmlNode&& part, std::string_view raw) -> Result<void> {
      take(part, raw);
      return {};
    };
    events.too_large = [this](Place place) {
      entries_->fail(ErrorCode::bank_too_large, "one element of it", place);
    };
    const auto done = read_xml_parts(stream, options_.max_statement_bytes, events);
    if (!done && done.error().code() != ErrorCode::bank_bad_markup) return done.error();
    if (!done) {
      if (!format_) return Error(ErrorCode::bank_bad_markup, done.error().detail());
      Place place = open_ ? statement_.place_in_file : Place();
      place.byte = done.error().locus().byte.value_or(place.byte);
      place.line = line_of(done.error());
      OVILLO_CHECK(sink_.reject(
          reject_for({ErrorCode::bank_bad_markup, done.error().detail(), place}, name_of())));
      return *format_;
    }
    if (!format_) return Error(ErrorCode::bank_not_a_statement, "XML without a statement");
    return *format_;
  }

 private:
  // The detail of an error in the markup begins "line N: ".
  static std::uint64_t line_of(const Error& error) {
    std::uint64_t line = 0;
    for (const char c : error.detail().substr(5)) {
      if (c < '0' || c > '9') break;
      line = line * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return line;
  }

  [[nodiscard]] std::optional<std::string> name_of() const {
    if (!open_) return std::nullopt;
    return statement_.account.number() ? statement_.account.number() : statement_.id;
  }

  void enter(const XmlPartEvents::Path& path, const XmlNode& element, Place place) {
    if (const auto format = format_of(path.back())) format_ = format;
    for (const auto& [name, value] : element.attributes) {
      const std::size_t at = value.find("camt.05");
      if (at != std::string::npos && !version_) version_ = value.substr(at, kVersionBytes);
    }
    if (!is_statement(path)) return;
    open_ = true;
    statement_ = AccountStatement();
    statement_.format = *format_;
    statement_.version = version_;
    statement_.message_id = message_id_;
    statement_.place_in_file = place;
    entries_.emplace(zone_);
  }

  Result<void> leave(const XmlPartEvents::Path& path, Place end) {
    if (!is_statement(path)) return {};
    statement_.place_in_file.length = end.byte - statement_.place_in_file.byte;
    const auto name = name_of();
    open_ = false;
    if (entries_->fault()) return sink_.reject(reject_for(*entries_->fault(), name));
    return sink_.statement(std::move(statement_));
  }

  void take(const XmlNode& part, std::string_view raw) {
    if (part.name == "GrpHdr") {
      message_id_ = part.value("MsgId");
      return;
    }
    if (entries_->fault()) return;
    if (part.place.byte + part.place.length - statement_.place_in_file.byte >
        options_.max_statement_bytes) {
      entries_->fail(ErrorCode::bank_too_large, "", part.place);
      statement_.entries.clear();
      return;
    }
    if (part.name == "Ntry") {
      for (Entry& entry :
           entries_->entries(part, raw, statement_.entries.size(), statement_.account))
        statement_.entries.push_back(std::move(entry));
    } else if (part.name == "Bal") {
      if (auto balance = entries_->balance(part))
        statement_.balances.push_back(std::move(*balance));
    } else if (part.name == "Acct") {
      statement_.account = CamtEntryReader::account(part);
    } else {
      take_line(part);
    }
  }

  void take_line(const XmlNode& part) {
    if (part.name == "Id") {
      statement_.id = part.value("");
    } else if (part.name == "ElctrncSeqNb") {
      statement_.number = part.value("");
    } else if (part.name == "LglSeqNb" && !statement_.number) {
      statement_.number = part.value("");
    } else if (part.name == "CreDtTm") {
      statement_.created = entries_->moment(&part);
    } else if (part.name == "FrToDt") {
      statement_.from = entries_->moment(part.find("FrDtTm"));
      statement_.to = entries_->moment(part.find("ToDtTm"));
    } else if (part.name == "AddtlStmtInf" || part.name == "AddtlRptInf" ||
               part.name == "AddtlNtfctnInf") {
      if (!part.text.empty()) statement_.messages.push_back(part.text);
    }
  }

  const Zone& zone_;
  const StatementOptions& options_;
  const StatementSink& sink_;
  std::optional<CamtEntryReader> entries_;  // always there; renewed for each statement
  std::optional<StatementFormat> format_;
  std::optional<std::string> version_;
  std::optional<std::string> message_id_;
  bool open_ = false;
  AccountStatement statement_;
};

}  // namespace

Result<StatementFormat> read_camt(ByteStream& stream, const Zone& zone,
                                  const StatementOptions& options, const StatementSink& sink) {
  return CamtReader(zone, options, sink).read(stream);
}

}  // namespace ovillo::bank
