#include "ovillo/flow/recommendations_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/recommendation_words.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using picture::Recommendation;

/// "Police; Justice" as two.
std::vector<std::string> recipients_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view one = without_blanks(text.substr(0, end));
    if (!one.empty()) out.emplace_back(one);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::optional<std::int32_t> year_in(std::string_view text) {
  constexpr std::int32_t kFirst = 1900;
  constexpr std::int32_t kLast = 2200;
  std::int32_t year = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (failed != std::errc{} || end != text.data() + text.size() || year < kFirst || year > kLast)
    return std::nullopt;
  return year;
}

class RegisterReader {
 public:
  RegisterReader(const RecommendationWords& words, std::ostream& warn)
      : words_(words), warn_(warn) {}

  Result<picture::Register> read(const std::string& path) {
    OVILLO_CHECK(read_plain(path, warn_, [&](const RecordBatch& batch) -> Result<void> {
      if (auto matched = match(batch); !matched) return matched;
      for (std::size_t row = 0; row < batch.size(); ++row) add(batch, row);
      return {};
    }));
    if (n_left_out_ > 0) warn_ << fmt::format("{}: {} rows were not taken\n", path, n_left_out_);
    return std::move(out_);
  }

 private:
  Result<void> match(const RecordBatch& batch) {
    at_.fill(kNoColumn);
    std::string have;
    for (std::size_t c = 0; c < batch.columns.size(); ++c) {
      have += (have.empty() ? "" : ", ") + batch.columns[c].name;
      const auto part = words_.part(batch.columns[c].name);
      if (part && at_[static_cast<std::size_t>(*part)] == kNoColumn)
        at_[static_cast<std::size_t>(*part)] = static_cast<std::uint16_t>(c);
    }
    for (const RegisterPart needed :
         {RegisterPart::number, RegisterPart::text, RegisterPart::recipients, RegisterPart::year})
      if (at_[static_cast<std::size_t>(needed)] == kNoColumn)
        return Error(
            ErrorCode::flow_no_such_column,
            fmt::format("a register needs a column for the {}; it has: {}", name_of(needed), have),
            Locus{batch.file_name, batch.member, {}, {}, {}});
    return {};
  }

  void add(const RecordBatch& batch, std::size_t row) {
    const auto text = [&](RegisterPart part) {
      return std::string(without_blanks(cell(batch, row, at_[static_cast<std::size_t>(part)])));
    };
    const auto leave_out = [&](const std::string& why) {
      ++n_left_out_;
      warn_ << fmt::format("{}: row {}, byte {}: {}\n", batch.file_name, batch.row[row],
                           batch.byte[row], why);
    };
    Recommendation one;
    one.row = batch.row[row];
    one.number = text(RegisterPart::number);
    one.text = text(RegisterPart::text);
    one.recipients = recipients_of(text(RegisterPart::recipients));
    one.topic = text(RegisterPart::topic);
    one.legal_basis = text(RegisterPart::legal_basis);
    one.evidence = text(RegisterPart::evidence);
    one.answer = text(RegisterPart::answer);
    if (one.number.empty()) return leave_out("it has no number");
    if (one.recipients.empty()) return leave_out("it is addressed to nobody");
    const auto year = year_in(text(RegisterPart::year));
    if (!year) return leave_out(fmt::format("\"{}\" is no year", text(RegisterPart::year)));
    one.year = *year;
    if (const std::string written = text(RegisterPart::status); !written.empty()) {
      const auto status = words_.status(written);
      if (!status) return leave_out(fmt::format("nobody knows the status \"{}\"", written));
      one.status = *status;
    }
    if (const std::string written = text(RegisterPart::status_date); !written.empty()) {
      one.status_date = parse_time(written, Zone::utc(), DateOrder::day_first);
      if (!one.status_date) return leave_out(fmt::format("\"{}\" is no date", written));
    }
    out_.recommendations.push_back(std::move(one));
  }

  const RecommendationWords& words_;
  std::ostream& warn_;
  std::array<std::uint16_t, kRegisterParts> at_{};
  picture::Register out_;
  std::uint64_t n_left_out_ = 0;
};

std::string day_of(const std::optional<Time>& time) {
  return time ? format_utc(time->begin_utc_s).substr(0, 10) : "";
}

void write_owed(const std::vector<picture::Owed>& owed, std::ostream& out) {
  out << "recipient,number,since,years,status,answered,topic,recommendation\n";
  for (const picture::Owed& one : owed) {
    const Recommendation& r = *one.recommendation;
    out << fmt::format("{},{},{},{},{},{},{},{}\n", csv_cell(one.recipient), csv_cell(r.number),
                       r.year, one.years, name_of(r.status), r.answer.empty() ? "no" : "yes",
                       csv_cell(r.topic), csv_cell(r.text));
  }
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

void write_annex(const picture::Register& all, const RecommendationWords& words,
                 const std::string& language, std::ostream& out) {
  for (std::size_t part = 0; part < kRegisterParts; ++part)
    out << (part == 0 ? "" : ",")
        << csv_cell(words.heading(static_cast<RegisterPart>(part), language));
  out << '\n';
  for (const Recommendation& r : all.recommendations)
    out << fmt::format("{},{},{},{},{},{},{},{},{},{}\n", csv_cell(r.number), csv_cell(r.text),
                       csv_cell(joined(r.recipients)), r.year, csv_cell(r.topic),
                       csv_cell(r.legal_basis), csv_cell(words.heading(r.status, language)),
                       day_of(r.status_date), csv_cell(r.evidence), csv_cell(r.answer));
}

void write_json(const picture::Register& all, const std::vector<picture::Owed>& owed,
                const std::vector<picture::RegisterDoubt>& doubts, std::ostream& out) {
  Json answer = {
      {"recommendations", Json::array()}, {"owed", Json::array()}, {"doubts", Json::array()}};
  for (const Recommendation& r : all.recommendations)
    answer["recommendations"].push_back({{"number", r.number},
                                         {"text", r.text},
                                         {"recipients", r.recipients},
                                         {"year", r.year},
                                         {"topic", r.topic},
                                         {"legal_basis", r.legal_basis},
                                         {"status", name_of(r.status)},
                                         {"status_date", day_of(r.status_date)},
                                         {"evidence", r.evidence},
                                         {"answer", r.answer},
                                         {"row", r.row}});
  for (const picture::Owed& one : owed)
    answer["owed"].push_back({{"recipient", one.recipient},
                              {"number", one.recommendation->number},
                              {"since", one.recommendation->year},
                              {"years", one.years}});
  for (const picture::RegisterDoubt& one : doubts)
    answer["doubts"].push_back(
        {{"row", one.row}, {"number", one.number}, {"code", one.code}, {"sentence", one.sentence}});
  out << answer.dump(2) << '\n';
}

}  // namespace

Result<void> write_recommendations(const RecommendationsOrder& order,
                                   const std::filesystem::path& data, std::ostream& out,
                                   std::ostream& warn) {
  OVILLO_TRY(const RecommendationWords words, RecommendationWords::open(data));
  const auto& languages = words.languages();
  if (std::find(languages.begin(), languages.end(), order.language) == languages.end())
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--language: there are {}", joined(languages)));
  OVILLO_TRY(const picture::Register all, RegisterReader(words, warn).read(order.path));
  std::vector<picture::Owed> owed = picture::owed(all, picture::year_of(order.as_of_utc_s));
  if (!order.recipient.empty())
    std::erase_if(owed, [&](const picture::Owed& one) { return one.recipient != order.recipient; });
  const std::vector<picture::RegisterDoubt> doubts = picture::doubts(all);
  switch (order.format) {
    case RecommendationsFormat::owed:
      write_owed(owed, out);
      break;
    case RecommendationsFormat::annex:
      write_annex(all, words, order.language, out);
      break;
    case RecommendationsFormat::json:
      write_json(all, owed, doubts, out);
      return {};
  }
  for (const picture::RegisterDoubt& one : doubts)
    warn << fmt::format("{}: row {}: {}: {}\n", order.path, one.row, one.number, one.sentence);
  return {};
}

}  // namespace ovillo::flow
