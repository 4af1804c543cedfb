#include "ovillo/flow/name_file.hpp"

#include <algorithm>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/resolve/name_pair.hpp"

namespace ovillo::flow {

namespace {

using resolve::NameKind;

// Kinds as tables write them, in lower case.
constexpr std::pair<std::string_view, NameKind> kKinds[] = {
    {"person", NameKind::person},        {"individual", NameKind::person},
    {"company", NameKind::company},      {"organization", NameKind::company},
    {"organisation", NameKind::company}, {"legalentity", NameKind::company},
    {"legal_entity", NameKind::company}, {"publicbody", NameKind::company},
    {"public_body", NameKind::company},  {"entity", NameKind::company},
    {"vessel", NameKind::other},         {"ship", NameKind::other},
    {"other", NameKind::other}};

std::optional<NameKind> kind_of(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  for (const auto& [name, kind] : kKinds)
    if (name == lower) return kind;
  return {};
}

void write_json(std::uint64_t row, const resolve::NameMatch& match, std::ostream& out) {
  nlohmann::ordered_json json{{"row", row},
                              {"same", match.same},
                              {"weight_bits", match.quarter_bits / 4.0},
                              {"reasons", nlohmann::ordered_json::array()}};
  for (const resolve::NameReason& reason : match.reasons)
    json["reasons"].push_back({{"a", reason.a},
                               {"b", reason.b},
                               {"relation", name_of(reason.relation)},
                               {"bits", reason.quarter_bits / 4.0}});
  out << json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

}  // namespace

Result<void> compare_name_file(const NameFile& asked, const std::filesystem::path& data,
                               std::ostream& out, std::ostream& warn) {
  OVILLO_TRY(const auto vocabulary, resolve::NameVocabulary::open(data));
  const bool csv = asked.format != "jsonl";
  const std::optional<NameKind> all = kind_of(asked.kind);
  // Written once it is sure that the file can be compared.
  bool begun = !csv;
  const auto begin = [&] {
    if (!begun) out << "row,same,weight_bits\n";
    begun = true;
  };
  OVILLO_CHECK(read_plain(asked.path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto a, column_at(batch, asked.a));
    OVILLO_TRY(const auto b, column_at(batch, asked.b));
    std::uint16_t kind_column = kNoColumn;
    if (!all && !asked.kind.empty()) {
      OVILLO_TRY(kind_column, column_at(batch, asked.kind));
    } else if (asked.kind.empty()) {
      if (const auto schema = column_at(batch, "schema")) kind_column = *schema;
    }
    begin();
    for (std::size_t row = 0; row < batch.size(); ++row) {
      const NameKind kind =
          all ? *all : kind_of(cell(batch, row, kind_column)).value_or(NameKind::other);
      const auto match =
          resolve::compare_names(cell(batch, row, a), cell(batch, row, b), kind, vocabulary);
      if (csv)
        out << fmt::format("{},{},{}\n", batch.row[row], match.same ? "yes" : "no",
                           match.quarter_bits / 4.0);
      else
        write_json(batch.row[row], match, out);
    }
    return {};
  }));
  begin();
  return {};
}

}  // namespace ovillo::flow
