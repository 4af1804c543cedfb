#include "ovillo/network/candidates.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo::network {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Row {
  std::string name, category, recorded_by, date;
};

CandidateList list(const std::vector<Row>& rows) {
  CandidateList out;
  for (const Row& row : rows) {
    out.name.push_back(row.name);
    out.category.push_back(row.category);
    out.recorded_by.push_back(row.recorded_by);
    out.date.push_back(row.date);
  }
  return out;
}

TEST(WhoMayEnter, KnowsEachCategory) {
  const struct {
    const char* category;
    bool enters;
  } table[] = {{"suspect", true},          {"convicted", true},        {"account", true},
               {"company", true},          {"contact", false},         {"witness", false},
               {"bystander", false},       {"unclassified", false},    {"", false},
               {"presumed victim", false}, {"presumed_victim", false}, {"Presumed-Victim", false}};
  for (const auto& [category, enters] : table) {
    const auto entrants = who_may_enter(list({{"x", category, "Insp. Vermeulen", "2026-03-01"}}));
    ASSERT_TRUE(entrants.has_value()) << category;
    EXPECT_EQ(entrants->may.size(), enters ? 1U : 0U) << category;
  }
}

TEST(WhoMayEnter, NeedsANamedOfficerAndADateForASuspect) {
  const auto entrants =
      who_may_enter(list({{"nobody", "suspect", "", "2026-03-01"},
                          {"dash", "suspect", "-", "2026-03-01"},
                          {"undated", "convicted", "Insp. Vermeulen", ""},
                          {"recorded", "suspect", "Insp. Vermeulen", "2026-03-01"}}));
  ASSERT_TRUE(entrants.has_value());
  EXPECT_THAT(entrants->may, ElementsAre("recorded"));
  EXPECT_EQ(entrants->n_out[static_cast<std::size_t>(StaysOut::nobody_recorded)], 3U);
}

TEST(WhoMayEnter, LetsTheProtectiveCategoryGovernInAnyOrder) {
  for (const char* protective : {"presumed_victim", "witness", "bystander", "contact"}) {
    std::vector<Row> rows = {{"both", "suspect", "Insp. Vermeulen", "2026-03-01"},
                             {"both", protective, "", ""}};
    for (int order = 0; order < 2; ++order) {
      const auto entrants = who_may_enter(list(rows));
      ASSERT_TRUE(entrants.has_value());
      EXPECT_THAT(entrants->may, IsEmpty()) << protective;
      EXPECT_EQ(entrants->n_out[static_cast<std::size_t>(StaysOut::is_protected)], 1U);
      std::swap(rows[0], rows[1]);
    }
  }
}

TEST(RecordedSuspects, AreNamedPeopleWhomNobodyProtects) {
  const auto names =
      recorded_suspects(list({{"suspect", "suspect", "Insp. Vermeulen", "2026-03-01"},
                              {"convicted", "convicted", "Insp. Vermeulen", "2026-03-01"},
                              {"undated", "suspect", "Insp. Vermeulen", ""},
                              {"victim", "suspect", "Insp. Vermeulen", "2026-03-01"},
                              {"victim", "presumed victim", "", ""},
                              {"account", "account", "Insp. Vermeulen", "2026-03-01"},
                              {"company", "company", "Insp. Vermeulen", "2026-03-01"}}));
  ASSERT_TRUE(names.has_value());
  EXPECT_THAT(*names, ElementsAre("convicted", "suspect"));
  CandidateList plain;
  plain.name.push_back("somebody");
  EXPECT_EQ(recorded_suspects(plain).error().code(), ErrorCode::network_bad_candidate);
}

TEST(WhoMayEnter, RefusesWhatItCannotRead) {
  for (const Row& row : {Row{"", "suspect", "Insp. Vermeulen", "2026-03-01"},
                         Row{"x", "ringleader", "", ""}, Row{"x", "suspect", "A. Maes", "soon"}}) {
    const auto entrants = who_may_enter(list({{"a", "account", "", ""}, row}));
    ASSERT_FALSE(entrants.has_value());
    EXPECT_EQ(entrants.error().code(), ErrorCode::network_bad_candidate);
    EXPECT_EQ(entrants.error().locus().row, 2U);
  }
}

TEST(WhoMayEnter, TakesAPlainListAsNodes) {
  CandidateList names;
  for (const char* name : {"b", "a", "b"}) names.name.push_back(name);
  const auto entrants = who_may_enter(names);
  ASSERT_TRUE(entrants.has_value());
  EXPECT_THAT(entrants->may, ElementsAre("a", "b"));
  EXPECT_FALSE(entrants->with_categories);
}

}  // namespace
}  // namespace ovillo::network
