#include "ovillo/network/candidates.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::network {

namespace {

constexpr std::array<std::string_view, 9> kCategories = {
    "suspect", "convicted", "account",         "company",     "contact",
    "witness", "bystander", "presumed_victim", "unclassified"};
constexpr std::array<std::string_view, 3> kStaysOut = {"protected", "unclassified",
                                                       "nobody_recorded"};

/// What all rows about one name say together.
struct Standing {
  bool is_protected = false;
  bool may_enter = false;
  bool suspected = false;  ///< by a named officer, with a date
  bool suspected_by_nobody = false;
};

std::optional<Category> category_of(std::string_view text) {
  if (text.empty()) return Category::unclassified;
  std::string word;
  for (const char c : text)
    word +=
        c == ' ' || c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return from_name<Category>(word);
}

/// A name has letters; "-", "?" and a number of staff do not name anybody.
bool names_somebody(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; }) >= 2;
}

void add(Standing& standing, Category category, bool recorded) {
  switch (category) {
    case Category::contact:
    case Category::witness:
    case Category::bystander:
    case Category::presumed_victim:
      standing.is_protected = true;
      return;
    case Category::account:
    case Category::company:
      standing.may_enter = true;
      return;
    case Category::suspect:
    case Category::convicted:
      standing.suspected = standing.suspected || recorded;
      (recorded ? standing.may_enter : standing.suspected_by_nobody) = true;
      return;
    case Category::unclassified:
      return;
  }
}

Result<void> add_row(const CandidateList& rows, std::size_t row,
                     std::map<std::string, Standing>& standings) {
  const auto bad = [&](std::string detail, std::string column) {
    return Error(ErrorCode::network_bad_candidate, std::move(detail),
                 Locus{{}, {}, row + 1, std::move(column), {}});
  };
  if (rows.name[row].empty()) return bad("no name", "name");
  Standing& standing = standings[std::string(rows.name[row])];
  if (rows.category.empty()) {
    standing.may_enter = true;
    return {};
  }
  const auto category = category_of(rows.category[row]);
  if (!category)
    return bad(
        fmt::format("\"{}\"; there are {}", rows.category[row], fmt::join(kCategories, ", ")),
        "category");
  const std::string_view date = rows.date.empty() ? std::string_view{} : rows.date[row];
  const bool dated = !date.empty();
  if (dated && !parse_time(date, Zone::utc(), DateOrder::day_first))
    return bad(fmt::format("\"{}\" is not a date", date), "date");
  const bool officer = !rows.recorded_by.empty() && names_somebody(rows.recorded_by[row]);
  add(standing, *category, officer && dated);
  return {};
}

}  // namespace

std::span<const std::string_view> names(Category) { return kCategories; }
std::span<const std::string_view> names(StaysOut) { return kStaysOut; }

Result<Entrants> who_may_enter(const CandidateList& rows) {
  std::map<std::string, Standing> standings;
  for (std::size_t row = 0; row < rows.name.size(); ++row)
    OVILLO_CHECK(add_row(rows, row, standings));
  Entrants out;
  out.with_categories = !rows.category.empty();
  for (const auto& [name, standing] : standings) {
    if (standing.is_protected) {
      ++out.n_out[static_cast<std::size_t>(StaysOut::is_protected)];
    } else if (standing.may_enter) {
      out.may.push_back(name);
    } else if (standing.suspected_by_nobody) {
      ++out.n_out[static_cast<std::size_t>(StaysOut::nobody_recorded)];
    } else {
      ++out.n_out[static_cast<std::size_t>(StaysOut::unclassified)];
    }
  }
  return out;
}

Result<std::vector<std::string>> recorded_suspects(const CandidateList& rows) {
  if (rows.category.empty() && !rows.name.empty())
    return Error(ErrorCode::network_bad_candidate, "nothing says who is a suspect",
                 Locus{{}, {}, {}, "category", {}});
  std::map<std::string, Standing> standings;
  for (std::size_t row = 0; row < rows.name.size(); ++row)
    OVILLO_CHECK(add_row(rows, row, standings));
  std::vector<std::string> out;
  for (const auto& [name, standing] : standings)
    if (standing.suspected && !standing.is_protected) out.push_back(name);
  return out;
}

}  // namespace ovillo::network
