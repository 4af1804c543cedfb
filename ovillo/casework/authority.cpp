#include "ovillo/casework/authority.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/casework/internal/vocabulary_file.hpp"

namespace ovillo::casework {

namespace {

std::optional<std::int64_t> day(const toml::node_view<const toml::node>& node) {
  const auto date = node.value<toml::date>();
  if (!date) return std::nullopt;
  return days_from_civil(date->year, date->month, date->day) * 86400;
}

std::optional<AuthorisationRule> read_rule(const toml::node& node) {
  const auto* table = node.as_table();
  if (table == nullptr) return std::nullopt;
  const toml::node_view<const toml::node> entry(*table);
  const auto code = entry["code"].value<std::string>();
  const auto rule = entry["rule"].value<std::string>();
  const auto from = day(entry["valid_from"]);
  const auto wording = entry["wording"].value<std::string>();
  if (!code || !rule || !from || (wording != "checked" && wording != "from memory"))
    return std::nullopt;
  return AuthorisationRule{*code, *rule, *from, day(entry["valid_to"]), wording == "checked"};
}

std::optional<AuthorisationKind> read_kind(const toml::node& node) {
  const auto* table = node.as_table();
  if (table == nullptr) return std::nullopt;
  AuthorisationKind kind;
  kind.id = (*table)["id"].value_or("");
  kind.title = (*table)["title"].value_or("");
  const auto* covers = (*table)["covers"].as_array();
  const auto* countries = (*table)["countries"].as_array();
  if (kind.id.empty() || kind.title.empty() || covers == nullptr || countries == nullptr)
    return std::nullopt;
  for (const auto& name : *covers) {
    const auto known = from_name<RecordKind>(name.value_or(std::string_view()));
    if (!known) return std::nullopt;
    kind.covers.push_back(*known);
  }
  for (const auto& one : *countries) {
    auto rule = read_rule(one);
    if (!rule) return std::nullopt;
    kind.rules.push_back(std::move(*rule));
  }
  if (kind.rules.empty()) return std::nullopt;
  return kind;
}

bool has(const std::vector<RecordKind>& kinds, RecordKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

std::span<const std::string_view> names(Outside) {
  static constexpr std::string_view kNames[] = {"no_authorisation", "record_kind",
                                                "before_period",    "after_period",
                                                "time_not_stated",  "privileged"};
  return kNames;
}

std::string_view sentence(Outside reason) {
  static constexpr std::array<std::string_view, 6> kSentences = {
      "The source does not rest on this authorisation.",
      "The authorisation does not cover this kind of record.",
      "The event lies before the period that the authorisation covers.",
      "The event lies after the period that the authorisation covers.",
      "The authorisation covers a period, and the row states no time.",
      "A conversation with a lawyer, a doctor or a reception centre; it is sealed."};
  return kSentences[static_cast<std::size_t>(reason)];
}

bool is_valid(const Authorisation& authorisation, std::int64_t at_utc_s) {
  return authorisation.valid_from_utc_s <= at_utc_s &&
         (!authorisation.valid_to_utc_s || at_utc_s < *authorisation.valid_to_utc_s);
}

std::optional<Outside> outside_reason(const Authorisation& authorisation, RecordKind kind,
                                      const std::optional<Time>& time) {
  if (!authorisation.scope.empty() && !has(authorisation.scope, kind)) return Outside::record_kind;
  if (!authorisation.scope_from_utc_s && !authorisation.scope_to_utc_s) return std::nullopt;
  if (!time) return Outside::time_not_stated;
  if (authorisation.scope_from_utc_s && time->begin_utc_s < *authorisation.scope_from_utc_s)
    return Outside::before_period;
  // A moment has an interval of no length; it must still lie before the end.
  const std::int64_t end = std::max(time->end_utc_s, time->begin_utc_s + 1);
  if (authorisation.scope_to_utc_s && end > *authorisation.scope_to_utc_s)
    return Outside::after_period;
  return std::nullopt;
}

std::optional<Outside> check_authorisation(const Source& source, const Authorisation& authorisation,
                                           RecordKind kind, const std::optional<Time>& time) {
  if (authorisation.id == 0 || source.authorisation != authorisation.id)
    return Outside::no_authorisation;
  return outside_reason(authorisation, kind, time);
}

Result<AuthorisationKinds> AuthorisationKinds::open(const std::filesystem::path& data) {
  const auto path = data / "authorisations.toml";
  OVILLO_TRY(const auto file, read_vocabulary(path));
  AuthorisationKinds out;
  const auto* kinds = file["kind"].as_array();
  if (kinds == nullptr) return bad_entry(path, "kind");
  for (std::size_t i = 0; i < kinds->size(); ++i) {
    auto kind = read_kind(*kinds->get(i));
    if (!kind) return bad_entry(path, fmt::format("kind number {}", i + 1));
    if (out.find(kind->id) != nullptr) return bad_entry(path, kind->id);
    out.kinds_.push_back(std::move(*kind));
  }
  return out;
}

const AuthorisationKind* AuthorisationKinds::find(std::string_view id) const {
  const auto at = std::find_if(kinds_.begin(), kinds_.end(),
                               [&](const AuthorisationKind& kind) { return kind.id == id; });
  return at == kinds_.end() ? nullptr : &*at;
}

namespace {

std::string ids_of(const std::vector<AuthorisationKind>& kinds) {
  std::string out;
  for (const AuthorisationKind& kind : kinds) out += (out.empty() ? "" : ", ") + kind.id;
  return out;
}

// What the authorisation does not name and must; empty: it names both.
std::string_view missing_of(const Authorisation& authorisation) {
  if (authorisation.authority.empty())
    return authorisation.reference.empty() ? "authority and no reference" : "authority";
  return authorisation.reference.empty() ? "reference" : "";
}

bool is_before(const std::optional<std::int64_t>& end, const std::optional<std::int64_t>& begin) {
  return end && begin && *end < *begin;
}

}  // namespace

Result<Authorisation> AuthorisationKinds::accept(Authorisation authorisation,
                                                 std::string_view country) const {
  if (authorisation.kind.empty()) return Error(ErrorCode::casework_no_authorisation);
  const AuthorisationKind* kind = find(authorisation.kind);
  if (kind == nullptr)
    return Error(ErrorCode::casework_unknown_authorisation_kind,
                 fmt::format("\"{}\"; there are {}", authorisation.kind, ids_of(kinds_)));
  if (const auto missing = missing_of(authorisation); !missing.empty())
    return Error(ErrorCode::casework_no_authorisation, fmt::format("it names no {}", missing));
  if (is_before(authorisation.valid_to_utc_s, authorisation.valid_from_utc_s))
    return Error(ErrorCode::casework_authorisation_not_valid, "it ends before it begins");
  if (is_before(authorisation.scope_to_utc_s, authorisation.scope_from_utc_s))
    return Error(ErrorCode::casework_authorisation_not_valid, "its scope ends before it begins");
  const bool applied =
      std::any_of(kind->rules.begin(), kind->rules.end(), [&](const AuthorisationRule& rule) {
        const bool here = country.empty() || rule.country == country || rule.country == "EU" ||
                          rule.country == "ZZ";
        const std::int64_t given = authorisation.valid_from_utc_s;
        return here && rule.valid_from_utc_s <= given &&
               (!rule.valid_to_utc_s || given < *rule.valid_to_utc_s);
      });
  if (!applied)
    return Error(ErrorCode::casework_authorisation_not_valid,
                 fmt::format("no rule for {} applied when it was given", kind->id));
  if (authorisation.scope.empty()) authorisation.scope = kind->covers;
  for (const RecordKind one : authorisation.scope)
    if (!kind->covers.empty() && !has(kind->covers, one))
      return Error(ErrorCode::casework_authorisation_not_valid,
                   fmt::format("{} cannot cover {}", kind->id, name_of(one)));
  return authorisation;
}

}  // namespace ovillo::casework
