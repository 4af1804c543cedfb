#include "ovillo/flow/resolve_files.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/ledger_file.hpp"
#include "ovillo/flow/match_model_file.hpp"
#include "ovillo/flow/match_words.hpp"
#include "ovillo/flow/part_tables.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/resolve/match_index.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

namespace {

using nlohmann::ordered_json;
/// What an order comes to: tables read, model and judgements at hand.
struct Prepared : PartTables {
  std::vector<resolve::RowJudgement> judgements;
  std::optional<resolve::MatchModel> model;  ///< empty: to be learnt

  [[nodiscard]] resolve::MatchOptions options() const {
    resolve::MatchOptions options;
    options.model = model ? &*model : nullptr;
    options.judgements = judgements;
    return options;
  }
};

Result<Prepared> prepare(const ResolveOrder& order, const std::filesystem::path& data,
                         std::ostream& warn) {
  if (order.files.empty()) return Error(ErrorCode::base_bad_argument, "resolve takes files");
  Prepared out;
  OVILLO_TRY(static_cast<PartTables&>(out),
             read_part_tables(order.files, {order.id, order.columns}, data, warn));
  if (!order.model.empty()) {
    OVILLO_TRY(const std::string text, read_file(order.model));
    OVILLO_TRY(out.model, model_from_json(text, order.model));
  }
  if (!order.ledger.empty()) {
    OVILLO_TRY(const auto ledger, read_ledger(order.ledger));
    out.judgements = resolve::judgements_in_force(ledger, out.ids);
  }
  return out;
}

std::string sentence(const resolve::Matches& matches, std::size_t pair,
                     const std::vector<std::string>& ids) {
  std::string out = fmt::format("{} and {}: {:+.2f} bits", ids[matches.a[pair]],
                                ids[matches.b[pair]], matches.quarter_bits[pair] / 4.0);
  const Range reasons = matches.reasons[pair];
  for (std::size_t r = reasons.begin; r < reasons.end; ++r)
    out += "; " + in_words(matches.reason[r]);
  if (const std::int32_t taken = matches.relatives_quarter_bits[pair]; taken != 0)
    out += fmt::format("; may be relatives under one roof ({:+.2f})", taken / 4.0);
  return out;
}

void write_pairs(const resolve::Matches& matches, const std::vector<std::string>& ids,
                 std::ostream& out) {
  for (std::size_t p = 0; p < matches.size(); ++p) {
    const Range range = matches.reasons[p];
    const bool joined = matches.cluster[matches.a[p]] == matches.cluster[matches.b[p]];
    out << line_of(
        {{"a", ids[matches.a[p]]},
         {"b", ids[matches.b[p]]},
         {"weight_bits", matches.quarter_bits[p] / 4.0},
         {"relatives_bits", matches.relatives_quarter_bits[p] / 4.0},
         {"same_entity", joined},
         {"reasons",
          to_json(std::span(matches.reason).subspan(range.begin, range.end - range.begin))}});
  }
}

void write_likenesses(const std::string& id, std::span<const resolve::Likeness> found,
                      const std::vector<std::string>& known, std::ostream& out) {
  auto matches = ordered_json::array();
  for (const resolve::Likeness& one : found) {
    ordered_json match = {{"id", known[one.row]}};
    match.update(to_json(one.report));
    matches.push_back(std::move(match));
  }
  out << line_of({{"id", id}, {"matches", std::move(matches)}});
}

void write_likeness_rows(const std::string& id, std::span<const resolve::Likeness> found,
                         const std::vector<std::string>& known, std::ostream& out) {
  if (found.empty()) out << csv_cell(id) << ",,none,,\n";
  for (const resolve::Likeness& one : found) {
    std::string why;
    for (const resolve::Reason& reason : one.report.reasons)
      why += (why.empty() ? "" : "; ") + in_words(reason);
    out << csv_cell(id) << ',' << csv_cell(known[one.row]) << ',' << name_of(one.report.outcome)
        << ',' << fmt::format("{:.2f}", one.report.quarter_bits / 4.0) << ',' << csv_cell(why)
        << '\n';
  }
}

void tell_times(std::vector<double> taken_ms, std::size_t n_known, std::ostream& warn) {
  if (taken_ms.empty()) return;
  std::sort(taken_ms.begin(), taken_ms.end());
  const auto at = [&](double share) {
    return taken_ms[static_cast<std::size_t>(share * static_cast<double>(taken_ms.size() - 1))];
  };
  warn << fmt::format(
      "{} rows looked up among {}: median {:.3f} ms, 99 of 100 within {:.3f} ms, slowest {:.3f} "
      "ms\n",
      taken_ms.size(), n_known, at(0.5), at(0.99), taken_ms.back());
}

}  // namespace

Result<void> resolve_files(const ResolveOrder& order, const std::filesystem::path& data,
                           std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const Prepared prepared, prepare(order, data, warn));
  const std::vector<std::string>& ids = prepared.ids;
  OVILLO_TRY(const auto matches, resolve::match_rows(prepared.tables, prepared.options()));
  if (!order.save_model.empty())
    OVILLO_CHECK(write_file(order.save_model, model_to_json(matches.model)));
  for (const resolve::RowJudgement& j : matches.contradicted)
    warn << fmt::format(
        "{} and {} are judged the same, but others say that they are not: left apart\n", ids[j.a],
        ids[j.b]);
  if (order.explain)
    for (std::size_t p = 0; p < matches.size(); ++p) warn << sentence(matches, p, ids) << '\n';
  if (order.format == "jsonl") {
    write_pairs(matches, ids, out);
    return {};
  }
  out << "id,entity\n";
  for (std::uint32_t row = 0; row < ids.size(); ++row)
    out << csv_cell(prepared.id_in_file(row)) << ',' << csv_cell(ids[matches.cluster[row]]) << '\n';
  return {};
}

Result<void> look_up_files(const ResolveOrder& order, const std::filesystem::path& data,
                           std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const Prepared known, prepare(order, data, warn));
  const std::array asked{order.look_up};
  OVILLO_TRY(const auto fresh, read_part_tables(asked, {order.id, order.columns}, data, warn));
  OVILLO_TRY(auto index, resolve::MatchIndex::build(known.tables, known.options()));
  if (!order.save_model.empty())
    OVILLO_CHECK(write_file(order.save_model, model_to_json(index.model())));
  if (order.format == "csv") out << "id,match,outcome,weight_bits,why\n";
  std::vector<double> taken_ms;
  for (std::size_t row = 0; row < fresh.ids.size(); ++row) {
    const auto start = std::chrono::steady_clock::now();
    OVILLO_TRY(const auto found, index.look_up(fresh.tables[0], row));
    taken_ms.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
            .count());
    if (order.format == "jsonl")
      write_likenesses(fresh.ids[row], found, known.ids, out);
    else
      write_likeness_rows(fresh.ids[row], found, known.ids, out);
  }
  tell_times(std::move(taken_ms), known.ids.size(), warn);
  return {};
}

Result<void> why_not_files(const ResolveOrder& order, const std::string& a, const std::string& b,
                           bool json, const std::filesystem::path& data, std::ostream& out,
                           std::ostream& warn) {
  OVILLO_TRY(const Prepared prepared, prepare(order, data, warn));
  const auto row_of = [&](const std::string& id) -> Result<std::uint32_t> {
    const auto at = std::find(prepared.ids.begin(), prepared.ids.end(), id);
    if (at == prepared.ids.end()) return Error(ErrorCode::resolve_no_such_row, "\"" + id + "\"");
    return static_cast<std::uint32_t>(at - prepared.ids.begin());
  };
  OVILLO_TRY(const std::uint32_t row_a, row_of(a));
  OVILLO_TRY(const std::uint32_t row_b, row_of(b));
  OVILLO_TRY(const auto report,
             resolve::explain_pair(prepared.tables, row_a, row_b, prepared.options()));
  if (json) {
    ordered_json answer = {{"a", a}, {"b", b}};
    answer.update(to_json(report));
    out << line_of(answer);
    return {};
  }
  out << fmt::format("{} and {}: {}.\n", a, b, in_words(report.outcome));
  out << fmt::format("evidence {:+.2f} bits, needed {:+.2f}\n", report.quarter_bits / 4.0,
                     report.needed_quarter_bits / 4.0);
  for (const resolve::Reason& reason : report.reasons) out << "  " << in_words(reason) << '\n';
  if (report.relatives_quarter_bits != 0)
    out << fmt::format("  may be relatives under one roof ({:+.2f})\n",
                       report.relatives_quarter_bits / 4.0);
  return {};
}

}  // namespace ovillo::flow
