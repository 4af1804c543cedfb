#include "ovillo/flow/employment_file.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/employment/answers.hpp"
#include "ovillo/flow/employment_columns.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/transfers_file.hpp"
#include "ovillo/money/flags.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using employment::Question;

// Rows of one file, whichever table it is. A date or number that cannot be read is as not stated,
// and told.
class TableReader {
 public:
  TableReader(const EmploymentHeaders& headers, employment::Tables& tables, std::ostream& warn)
      : headers_(headers), t_(tables), warn_(warn) {}

  Result<void> read(const std::string& path) {
    file_ = static_cast<std::uint32_t>(t_.file.size());
    t_.file.push_back(path);
    n_unread_ = 0;
    n_nobody_ = 0;
    OVILLO_CHECK(read_plain(path, warn_, [&](const RecordBatch& batch) -> Result<void> {
      OVILLO_TRY(at_, headers_.match(batch));
      batch_ = &batch;
      for (row_ = 0; row_ < batch.size(); ++row_) add();
      return {};
    }));
    if (n_unread_ > 0)
      warn_ << fmt::format("{}: {} dates or numbers could not be read and count as not stated\n",
                           path, n_unread_);
    if (n_nobody_ > 0)
      warn_ << fmt::format("{}: {} rows do not say who and were left out\n", path, n_nobody_);
    return {};
  }

 private:
  using Part = EmploymentPart;

  [[nodiscard]] std::string text(Part part) const {
    return std::string(without_blanks(cell(*batch_, row_, at_.of(part))));
  }
  [[nodiscard]] employment::Mention worker() const {
    return {text(Part::worker), text(Part::worker_id)};
  }
  template <class T>
  std::optional<T> told_if_unread(const std::string& written, std::optional<T> value,
                                  std::string_view what) {
    constexpr std::uint64_t kShown = 20;
    if (!value && !written.empty() && ++n_unread_ <= kShown)
      warn_ << fmt::format("{}: row {}, byte {}: \"{}\" is no {}\n", t_.file.back(),
                           batch_->row[row_], batch_->byte[row_], written, what);
    return value;
  }
  std::optional<Time> time(Part part) {
    const std::string written = text(part);
    return told_if_unread(written, parse_time(written, Zone::utc(), DateOrder::day_first), "date");
  }
  std::optional<Decimal> number(Part part) {
    const std::string written = text(part);
    return told_if_unread(written, parse_decimal(written), "number");
  }

  /// Whether the row leaves empty what its table is about: a nameless worker is not somebody.
  [[nodiscard]] bool names_nobody() const {
    const auto empty = [&](Part part) { return text(part).empty(); };
    switch (at_.table) {
      case EmploymentTable::register_:
        return empty(Part::company) || empty(Part::director);
      case EmploymentTable::contracts:
        return empty(Part::contractor) || empty(Part::subcontractor);
      case EmploymentTable::payroll:
        return empty(Part::worker) && empty(Part::worker_id) && empty(Part::account);
      case EmploymentTable::declarations:
      case EmploymentTable::attendance:
        return empty(Part::worker) && empty(Part::worker_id);
    }
    return false;
  }

  void add() {
    if (names_nobody()) {
      ++n_nobody_;
      return;
    }
    const employment::Source source{file_, batch_->row[row_]};
    switch (at_.table) {
      case EmploymentTable::register_:
        t_.directorships.push_back({source, text(Part::company), text(Part::director)});
        break;
      case EmploymentTable::contracts:
        t_.contracts.push_back(
            {source, text(Part::contractor), text(Part::subcontractor), text(Part::site)});
        break;
      case EmploymentTable::declarations:
        t_.declarations.push_back({source, worker(), text(Part::employer), text(Part::site),
                                   time(Part::start), time(Part::end), number(Part::rate)});
        break;
      case EmploymentTable::payroll:
        t_.payroll.push_back({source, worker(), text(Part::employer), period(), number(Part::hours),
                              number(Part::pay), number(Part::rate), text(Part::account),
                              text(Part::employer_account)});
        break;
      case EmploymentTable::attendance:
        t_.attendance.push_back({source, worker(), text(Part::site), text(Part::employer),
                                 time(Part::date), number(Part::hours)});
        break;
    }
  }

  std::optional<Time> period() {
    return time(at_.of(Part::period) != kNoColumn ? Part::period : Part::date);
  }

  const EmploymentHeaders& headers_;
  employment::Tables& t_;
  std::ostream& warn_;
  const RecordBatch* batch_ = nullptr;
  EmploymentColumns at_;
  std::size_t row_ = 0;
  std::uint32_t file_ = 0;
  std::uint64_t n_unread_ = 0;
  std::uint64_t n_nobody_ = 0;
};

// Wages that go back, from the flags that transfers raise; people by the accounts of the payroll.
Result<void> add_returned_wages(const EmploymentOrder& order, const std::filesystem::path& data,
                                employment::Tables& tables, employment::Answers& answers,
                                std::ostream& warn) {
  if (order.transfers.empty()) {
    answers.not_known.push_back({Question::returns_wages, "no transfers are given (--transfers)"});
    return {};
  }
  OVILLO_TRY(const auto book, money::FlagBook::open(data));
  OVILLO_TRY(const auto transfers, read_transfers(order.transfers, {}, {}, warn, OneSided::keep));
  const auto file = static_cast<std::uint32_t>(tables.file.size());
  tables.file.push_back(order.transfers);
  std::map<std::string, std::string, std::less<>> holder;
  for (const auto& line : tables.payroll) {
    if (!line.account.empty())
      holder.try_emplace(line.account,
                         line.worker.name.empty() ? line.worker.id : line.worker.name);
    if (!line.employer_account.empty()) holder.try_emplace(line.employer_account, line.employer);
  }
  const auto name_of_account = [&](std::string_view account) {
    const auto known = holder.find(account);
    return known == holder.end() ? std::string(account) : known->second;
  };
  for (const money::FlagHit& hit : book.find({transfers, {}, {}, {}}).hit) {
    const money::Flag& flag = book.flags()[hit.flag];
    if (!flag.rule.starts_with("wages_")) continue;
    employment::Answer answer{Question::returns_wages,
                              "",
                              name_of_account(hit.account),
                              fmt::format("{}: {}", flag.name, hit.why),
                              {}};
    std::set<std::string> people;
    for (const money::FlagRow& row : hit.row) {
      answer.source.push_back({file, transfers.row[row.index]});
      for (const std::uint32_t account : {transfers.from[row.index], transfers.to[row.index]})
        if (const auto known = holder.find(transfers.account[account]);
            known != holder.end() && known->first != hit.account)
          people.insert(known->second);
    }
    if (!people.empty()) answer.words += fmt::format(" ({})", fmt::join(people, ", "));
    std::sort(answer.source.begin(), answer.source.end());
    answers.answer.push_back(std::move(answer));
  }
  return {};
}

using Innocents = std::map<std::string, std::string, std::less<>>;

Result<Innocents> read_innocents(const std::filesystem::path& data) {
  const std::filesystem::path path = data / "employment" / "questions.toml";
  OVILLO_TRY(const std::string text, read_file(path));
  Innocents out;
  std::string fault;
  try {
    const toml::table table = toml::parse(text);
    for (const std::string_view question : names(Question{})) {
      out[std::string(question)] = table[question]["innocent"].value_or(std::string());
      if (out[std::string(question)].empty())
        fault = fmt::format("'{}' lacks 'innocent'", question);
    }
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    fault = error.description();
  }
  if (!fault.empty())
    return Error(ErrorCode::base_bad_data_file, fault, Locus{path.string(), {}, {}, {}, {}});
  return out;
}

void write_csv(const employment::Tables& tables, const employment::Answers& answers,
               const Innocents& innocent, std::ostream& out) {
  out << "question,site,subject,answer,rows,innocent\n";
  for (const employment::Answer& a : answers.answer) {
    std::string rows;
    for (const employment::Source& s : a.source)
      rows += fmt::format("{}{}:{}", rows.empty() ? "" : ";", tables.file[s.file], s.row);
    out << name_of(a.question) << ',' << csv_cell(a.site) << ',' << csv_cell(a.subject) << ','
        << csv_cell(a.words) << ',' << csv_cell(rows) << ','
        << csv_cell(innocent.find(name_of(a.question))->second) << '\n';
  }
  for (const employment::NotKnown& one : answers.not_known)
    out << name_of(one.question) << ",,," << csv_cell("not known: " + one.why) << ",,\n";
}

void write_json(const employment::Tables& tables, const employment::Answers& answers,
                const Innocents& innocent, std::ostream& out) {
  Json list = Json::array();
  for (const employment::Answer& a : answers.answer) {
    Json rows = Json::array();
    for (const employment::Source& s : a.source)
      rows.push_back({{"file", tables.file[s.file]}, {"row", s.row}});
    list.push_back({{"question", name_of(a.question)},
                    {"site", a.site},
                    {"subject", a.subject},
                    {"answer", a.words},
                    {"innocent", innocent.find(name_of(a.question))->second},
                    {"statement", "inference"},
                    {"rows", std::move(rows)}});
  }
  Json missing = Json::array();
  for (const employment::NotKnown& one : answers.not_known)
    missing.push_back({{"question", name_of(one.question)}, {"why", one.why}});
  out << Json{{"answers", std::move(list)}, {"not_known", std::move(missing)}}.dump(
             2, ' ', false, Json::error_handler_t::replace)
      << '\n';
}

}  // namespace

Result<void> write_employment(const EmploymentOrder& order, const std::filesystem::path& data,
                              std::ostream& out, std::ostream& warn) {
  employment::Options options;
  if (!order.rate.empty()) {
    options.rate = parse_decimal(order.rate);
    if (!options.rate || options.rate->unscaled <= 0)
      return Error(ErrorCode::base_bad_argument, "--rate is a positive number: pay per hour");
  }
  OVILLO_TRY(const auto headers, EmploymentHeaders::open(data));
  OVILLO_TRY(const auto innocent, read_innocents(data));
  employment::Tables tables;
  TableReader reader(headers, tables, warn);
  for (const std::string& path : order.paths) OVILLO_CHECK(reader.read(path));
  employment::Answers answers = employment::answer(tables, options);
  OVILLO_CHECK(add_returned_wages(order, data, tables, answers, warn));
  if (order.json) {
    write_json(tables, answers, innocent, out);
  } else {
    write_csv(tables, answers, innocent, out);
  }
  return {};
}

}  // namespace ovillo::flow
