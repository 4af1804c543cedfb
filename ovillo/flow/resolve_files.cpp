#include "ovillo/flow/resolve_files.hpp"

#include <map>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

namespace {

using resolve::Part;

// Parts by the names columns commonly carry; the rest takes part in nothing.
std::optional<Part> part_of(const std::string& column) {
  if (const auto same = from_name<Part>(column)) return same;
  static const std::map<std::string, Part> by_name = {{"full_name", Part::name},
                                                      {"first_name", Part::given_name},
                                                      {"firstname", Part::given_name},
                                                      {"last_name", Part::surname},
                                                      {"lastname", Part::surname},
                                                      {"family_name", Part::surname},
                                                      {"date_of_birth", Part::birth_date},
                                                      {"dob", Part::birth_date},
                                                      {"birthdate", Part::birth_date},
                                                      {"tel", Part::phone},
                                                      {"phone_number", Part::phone},
                                                      {"e-mail", Part::email},
                                                      {"mail", Part::email},
                                                      {"passport", Part::document},
                                                      {"soc_sec_id", Part::document},
                                                      {"id_number", Part::document},
                                                      {"street", Part::address},
                                                      {"address_1", Part::address},
                                                      {"address_2", Part::address},
                                                      {"street_number", Part::address},
                                                      {"zip", Part::postcode},
                                                      {"postal_code", Part::postcode},
                                                      {"city", Part::place},
                                                      {"town", Part::place},
                                                      {"suburb", Part::place},
                                                      {"state", Part::region},
                                                      {"postcode_fake", Part::postcode},
                                                      {"birth_place", Part::place}};
  const auto found = by_name.find(column);
  return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
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

struct ReadTable {
  resolve::PartTable parts;
  std::vector<std::string> ids;
};

Result<ReadTable> read_table(const ResolveOrder& order, std::size_t file, std::ostream& warn) {
  OVILLO_TRY(const auto chosen, parse_columns(order.columns));
  ReadTable table;
  std::vector<std::uint16_t> position;
  bool first = true;
  OVILLO_CHECK(read_plain(order.files[file], warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto id, column_at(batch, order.id));
    for (std::size_t c = 0; first && c < batch.columns.size(); ++c) {
      const std::string name = trimmed(batch.columns[c].name);
      const auto part = chosen.empty()          ? part_of(name)
                        : chosen.contains(name) ? std::optional(chosen.at(name))
                                                : std::nullopt;
      if (!part || c == id) continue;
      position.push_back(static_cast<std::uint16_t>(c));
      table.parts.columns.push_back({*part, {}});
    }
    first = false;
    for (std::size_t row = 0; row < batch.size(); ++row) {
      for (std::size_t p = 0; p < position.size(); ++p)
        table.parts.columns[p].value.push_back(trimmed(cell(batch, row, position[p])));
      table.ids.push_back(id == kNoColumn ? fmt::format("{}:{}", file + 1, batch.row[row])
                                          : trimmed(cell(batch, row, id)));
    }
    return {};
  }));
  if (table.parts.columns.empty())
    return Error(ErrorCode::flow_no_such_column,
                 "none of the columns is known as a name, birth date, document ...: name them with "
                 "--columns COLUMN=PART",
                 Locus{order.files[file], {}, {}, {}, {}});
  return table;
}

std::string sentence(const resolve::Matches& matches, std::size_t pair,
                     const std::vector<std::string>& ids) {
  std::string out = fmt::format("{} and {}: {:+.2f} bits", ids[matches.a[pair]],
                                ids[matches.b[pair]], matches.quarter_bits[pair] / 4.0);
  const Range reasons = matches.reasons[pair];
  for (std::size_t r = reasons.begin; r < reasons.end; ++r)
    out += fmt::format("; {} {} ({:+.2f})", name_of(matches.reason[r].part),
                       name_of(matches.reason[r].agreement), matches.reason[r].quarter_bits / 4.0);
  return out;
}

void write_pairs(const resolve::Matches& matches, const std::vector<std::string>& ids,
                 std::ostream& out) {
  for (std::size_t p = 0; p < matches.size(); ++p) {
    auto reasons = nlohmann::ordered_json::array();
    const Range range = matches.reasons[p];
    for (std::size_t r = range.begin; r < range.end; ++r)
      reasons.push_back({{"part", name_of(matches.reason[r].part)},
                         {"agreement", name_of(matches.reason[r].agreement)},
                         {"weight_bits", matches.reason[r].quarter_bits / 4.0}});
    out << nlohmann::ordered_json{{"a", ids[matches.a[p]]},
                                  {"b", ids[matches.b[p]]},
                                  {"weight_bits", matches.quarter_bits[p] / 4.0},
                                  {"reasons", std::move(reasons)}}
               .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
        << '\n';
  }
}

}  // namespace

Result<void> resolve_files(const ResolveOrder& order, std::ostream& out, std::ostream& warn) {
  if (order.files.empty() || order.files.size() > 2)
    return Error(ErrorCode::base_bad_argument, "resolve takes one or two files");
  std::vector<resolve::PartTable> tables;
  std::vector<std::string> ids;
  for (std::size_t f = 0; f < order.files.size(); ++f) {
    OVILLO_TRY(auto table, read_table(order, f, warn));
    tables.push_back(std::move(table.parts));
    ids.insert(ids.end(), table.ids.begin(), table.ids.end());
  }
  OVILLO_TRY(const auto matches, resolve::match_rows(tables));
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

}  // namespace ovillo::flow
