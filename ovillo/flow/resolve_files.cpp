#include "ovillo/flow/resolve_files.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/ledger_file.hpp"
#include "ovillo/flow/match_model_file.hpp"
#include "ovillo/flow/part_columns.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

namespace {

using nlohmann::ordered_json;
using resolve::Part;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// A cell's value; what programs write for "nothing" is nothing.
std::string_view stated(std::string_view cell) {
  const std::string_view value = trimmed(cell);
  for (const std::string_view nothing : {"NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "-"})
    if (value == nothing) return {};
  return value;
}

// "COLUMN=PART,..." as typed. @error base.bad_argument.
Result<std::map<std::string, Part>> parse_columns(const std::string& text) {
  std::map<std::string, Part> columns;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = std::min(text.find(',', i), text.size());
    const std::string pair = text.substr(i, end - i);
    const std::size_t equals = pair.find('=');
    const auto part = from_name<Part>(pair.substr(equals + 1));
    if (equals == std::string::npos || !part)
      return Error(
          ErrorCode::base_bad_argument,
          "\"" + pair + "\" is not COLUMN=PART with a part such as name, birth_date, phone");
    columns[pair.substr(0, equals)] = *part;
    i = end + 1;
  }
  return columns;
}

/// Where the parts of a table stand in the file.
struct Layout {
  struct Column {
    std::uint16_t position;
    Part part;
  };
  std::vector<Column> columns;
  std::array<std::optional<std::uint16_t>, 3> birth;  ///< year, month, day
};

class TableReader {
 public:
  TableReader(const ResolveOrder& order, const PartHeaders& headers,
              std::map<std::string, Part> chosen)
      : order_(order), headers_(headers), chosen_(std::move(chosen)) {}

  Result<void> read(std::size_t file, std::ostream& warn) {
    resolve::PartTable table;
    std::optional<Layout> layout;
    OVILLO_CHECK(
        read_plain(order_.files[file], warn, [&](const RecordBatch& batch) -> Result<void> {
          OVILLO_TRY(const auto id, column_at(batch, order_.id));
          if (!layout) {
            layout = layout_of(batch, id);
            for (const auto& column : layout->columns) table.columns.push_back({column.part, {}});
            if (has_birth(*layout)) table.columns.push_back({Part::birth_date, {}});
          }
          for (std::size_t row = 0; row < batch.size(); ++row) {
            for (std::size_t c = 0; c < layout->columns.size(); ++c)
              table.columns[c].value.push_back(
                  stated(cell(batch, row, layout->columns[c].position)));
            if (has_birth(*layout))
              table.columns.back().value.push_back(birth_date(batch, row, *layout));
            ids.push_back(id == kNoColumn ? fmt::format("{}:{}", file + 1, batch.row[row])
                                          : std::string(trimmed(cell(batch, row, id))));
          }
          return {};
        }));
    if (table.columns.empty())
      return Error(ErrorCode::flow_no_such_column,
                   "none of the columns is known as a name, birth date, document ...: name them "
                   "with --columns COLUMN=PART",
                   Locus{order_.files[file], {}, {}, {}, {}});
    tables.push_back(std::move(table));
    return {};
  }

  std::vector<resolve::PartTable> tables;
  std::vector<std::string> ids;  ///< per row of all tables

 private:
  static bool has_birth(const Layout& layout) { return layout.birth[0].has_value(); }

  [[nodiscard]] Layout layout_of(const RecordBatch& batch, std::uint16_t id) const {
    std::vector<std::string> names;
    for (const auto& column : batch.columns) names.emplace_back(trimmed(column.name));
    const auto known = headers_.match(names);
    Layout layout;
    for (std::size_t c = 0; c < names.size(); ++c) {
      const auto position = static_cast<std::uint16_t>(c);
      if (position == id) continue;
      if (!chosen_.empty()) {
        if (const auto at = chosen_.find(names[c]); at != chosen_.end())
          layout.columns.push_back({position, at->second});
      } else if (known[c] && known[c]->use == ColumnUse::part) {
        layout.columns.push_back({position, known[c]->part});
      } else if (known[c]) {
        layout.birth[static_cast<std::size_t>(known[c]->use) - 1] = position;
      }
    }
    return layout;
  }

  /// "1956-04-09" out of three columns; a year alone where month or day are not stated.
  static std::string birth_date(const RecordBatch& batch, std::size_t row, const Layout& layout) {
    std::array<std::string_view, 3> piece;
    for (std::size_t i = 0; i < 3; ++i)
      if (layout.birth[i]) piece[i] = stated(cell(batch, row, *layout.birth[i]));
    if (piece[1].empty() || piece[2].empty()) return std::string(piece[0]);
    return fmt::format("{:0>4}-{:0>2}-{:0>2}", piece[0], piece[1], piece[2]);
  }

  const ResolveOrder& order_;
  const PartHeaders& headers_;
  std::map<std::string, Part> chosen_;
};

/// What an order comes to: tables read, model and judgements at hand.
struct Prepared {
  std::vector<resolve::PartTable> tables;
  std::vector<std::string> ids;
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
  OVILLO_TRY(auto chosen, parse_columns(order.columns));
  OVILLO_TRY(const auto headers, PartHeaders::open(data));
  TableReader reader(order, headers, std::move(chosen));
  for (std::size_t f = 0; f < order.files.size(); ++f) OVILLO_CHECK(reader.read(f, warn));
  Prepared out{std::move(reader.tables), std::move(reader.ids), {}, std::nullopt};
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

std::string in_words(const resolve::Reason& reason) {
  return fmt::format("{} {} ({:+.2f})", name_of(reason.part), name_of(reason.agreement),
                     reason.quarter_bits / 4.0);
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

ordered_json to_json(const resolve::Reason& reason) {
  return {{"part", name_of(reason.part)},
          {"agreement", name_of(reason.agreement)},
          {"weight_bits", reason.quarter_bits / 4.0}};
}

std::string line_of(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void write_pairs(const resolve::Matches& matches, const std::vector<std::string>& ids,
                 std::ostream& out) {
  for (std::size_t p = 0; p < matches.size(); ++p) {
    auto reasons = ordered_json::array();
    const Range range = matches.reasons[p];
    for (std::size_t r = range.begin; r < range.end; ++r)
      reasons.push_back(to_json(matches.reason[r]));
    const bool joined = matches.cluster[matches.a[p]] == matches.cluster[matches.b[p]];
    out << line_of({{"a", ids[matches.a[p]]},
                    {"b", ids[matches.b[p]]},
                    {"weight_bits", matches.quarter_bits[p] / 4.0},
                    {"relatives_bits", matches.relatives_quarter_bits[p] / 4.0},
                    {"same_entity", joined},
                    {"reasons", std::move(reasons)}});
  }
}

std::string_view in_words(resolve::PairOutcome outcome) {
  using resolve::PairOutcome;
  switch (outcome) {
    case PairOutcome::stands:
      return "they stand as one, unless the rows around them say otherwise";
    case PairOutcome::judged_same:
      return "a judgement says that they are the same";
    case PairOutcome::judged_not_same:
      return "a judgement says that they are not the same; no run joins them";
    case PairOutcome::judged_unsure:
      return "a judgement says unsure; this pair joins nobody";
    case PairOutcome::too_little:
      return "the evidence does not beat the odds against any two rows";
    case PairOutcome::one_family:
      return "only one kind of evidence speaks for them; a name alone, or a phone alone, is not "
             "enough";
    case PairOutcome::relatives:
      return "two relatives under one roof explain it as well as one person does";
    case PairOutcome::ruled_out:
      return "two different documents and two different birth dates rule it out";
  }
  return "";
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
  for (std::size_t row = 0; row < ids.size(); ++row)
    out << csv_cell(ids[row]) << ',' << csv_cell(ids[matches.cluster[row]]) << '\n';
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
    auto reasons = ordered_json::array();
    for (const resolve::Reason& reason : report.reasons) reasons.push_back(to_json(reason));
    out << line_of({{"a", a},
                    {"b", b},
                    {"outcome", name_of(report.outcome)},
                    {"weight_bits", report.quarter_bits / 4.0},
                    {"needed_bits", report.needed_quarter_bits / 4.0},
                    {"relatives_bits", report.relatives_quarter_bits / 4.0},
                    {"reasons", std::move(reasons)}});
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
