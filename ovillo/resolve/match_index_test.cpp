#include "ovillo/resolve/match_index.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/resolve/invented_tables.hpp"

namespace ovillo::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MatchIndex index_of_tables(std::span<const PartTable> tables, const MatchOptions& options = {}) {
  auto index = MatchIndex::build(tables, options);
  EXPECT_TRUE(index.has_value());
  return std::move(*index);
}

std::vector<Likeness> looked_up(MatchIndex& index, const PartTable& table, std::size_t row) {
  auto found = index.look_up(table, row);
  EXPECT_TRUE(found.has_value());
  return std::move(*found);
}

std::vector<std::uint32_t> standing(const std::vector<Likeness>& found) {
  std::vector<std::uint32_t> out;
  for (const Likeness& one : found)
    if (one.report.outcome == PairOutcome::stands) out.push_back(one.row);
  std::sort(out.begin(), out.end());
  return out;
}

TEST(MatchIndex, FindsANewRowByWhatItShares) {
  const std::vector<Part> parts = {Part::name, Part::birth_date, Part::phone, Part::document};
  const auto known = part_table(parts, {{"Ana Inventada", "1990-05-01", "", ""},
                                        {"Rui Figura", "", "+447700900001", ""},
                                        {"Eva Fabula", "", "+447700900002", "X-123456"}});
  const auto fresh =
      part_table(parts, {{"INVENTADA, Ana", "01/05/1990", "", ""},
                         {"Rui Figura", "", "07700 900001", ""},
                         {"Eva Fabula", "1955-05-05", "", "X123456"},
                         {"Nadie Conocido", "1922-02-02", "+447700900009", "Q-999"}});
  MatchIndex index = index_of_tables({&known, 1});
  EXPECT_THAT(standing(looked_up(index, fresh, 0)), ElementsAre(0));
  EXPECT_THAT(standing(looked_up(index, fresh, 1)), ElementsAre(1));
  EXPECT_THAT(standing(looked_up(index, fresh, 2)), ElementsAre(2));
  EXPECT_THAT(looked_up(index, fresh, 3), IsEmpty());
}

TEST(MatchIndex, SaysWhatTheLikeliestRowLacks) {
  const auto known = part_table({Part::name, Part::phone}, {{"Ana Inventada", "+447700900001"}});
  const auto fresh = part_table({Part::name, Part::phone}, {{"Ana Inventada", ""}});
  MatchIndex index = index_of_tables({&known, 1});
  const auto found = looked_up(index, fresh, 0);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].report.outcome, PairOutcome::stands);  // a name alone is not enough
  EXPECT_FALSE(found[0].report.reasons.empty());
}

TEST(MatchIndex, MeetsEveryValueOfARowThatStatesSeveral) {
  const std::vector<Part> parts = {Part::name, Part::phone, Part::phone};
  const auto known = part_table(parts, {{"Ana Inventada", "+447700900001", "+447700900002"},
                                        {"Rui Figura", "+447700900003", ""}});
  // A misspelt name, so that the phone alone proposes the row.
  const auto fresh = part_table(parts, {{"Anna Inventata", "+447700900008", "+447700900002"},
                                        {"Rui Figurra", "+447700900009", "+447700900003"},
                                        {"Rui Figurra", "+447700900003", ""}});
  MatchIndex index = index_of_tables({&known, 1});
  EXPECT_THAT(standing(looked_up(index, fresh, 0)), ElementsAre(0));
  EXPECT_THAT(standing(looked_up(index, fresh, 1)), ElementsAre(1));
  EXPECT_THAT(standing(looked_up(index, fresh, 2)), ElementsAre(1));
}

// Looking up changes nothing, so neither order nor repetition matters; and columns may differ.
TEST(MatchIndex, AnswersTheSameWhateverWasAskedBefore) {
  std::vector<int> person;
  const PartTable known = made_register(7, 400, person);
  const PartTable fresh = made_register(8, 200, person);
  MatchIndex index = index_of_tables({&known, 1});
  const auto answer = [&](std::size_t row) {
    std::vector<std::pair<std::uint32_t, std::int32_t>> out;
    for (const Likeness& one : looked_up(index, fresh, row))
      out.emplace_back(one.row, one.report.quarter_bits);
    return out;
  };
  std::vector<decltype(answer(0))> forward;
  for (std::size_t row = 0; row < fresh.size(); ++row) forward.push_back(answer(row));
  for (std::size_t row = fresh.size(); row-- > 0;) EXPECT_EQ(answer(row), forward[row]) << row;
  const auto other = part_table({Part::occupation, Part::surname}, {{"unheard of", "inventada"}});
  EXPECT_THAT(looked_up(index, other, 0), IsEmpty());
}

// One list looked up row by row in the other finds what matching both at once finds.
TEST(MatchIndex, FindsThePairsThatMatchingTheTablesFinds) {
  std::vector<int> person;
  const PartTable all = made_register(11, 3000, person);
  std::vector<PartTable> tables(2);
  for (PartTable& table : tables)
    for (const PartColumn& column : all.columns) table.columns.push_back({column.part, {}});
  std::vector<std::uint32_t> known_row;
  std::vector<std::uint32_t> fresh_row;
  for (std::uint32_t r = 0; r < all.size(); ++r) {
    const bool fresh = r > 0 && person[r] == person[r - 1];
    for (std::size_t c = 0; c < all.columns.size(); ++c)
      tables[fresh ? 1 : 0].columns[c].value.push_back(all.columns[c].value[r]);
  }
  const auto n_known = static_cast<std::uint32_t>(tables[0].size());
  const auto matches = *match_rows(tables, {.between_tables_only = true});
  std::vector<std::pair<std::uint32_t, std::uint32_t>> at_once;
  for (std::size_t p = 0; p < matches.size(); ++p)
    at_once.emplace_back(matches.a[p], matches.b[p] - n_known);
  MatchIndex index = index_of_tables({tables.data(), 1}, {.model = &matches.model});
  std::vector<std::pair<std::uint32_t, std::uint32_t>> one_by_one;
  for (std::uint32_t row = 0; row < tables[1].size(); ++row)
    for (const std::uint32_t found : standing(looked_up(index, tables[1], row)))
      one_by_one.emplace_back(found, row);
  std::sort(one_by_one.begin(), one_by_one.end());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> differ;
  std::set_symmetric_difference(at_once.begin(), at_once.end(), one_by_one.begin(),
                                one_by_one.end(), std::back_inserter(differ));
  // How common a value is, and which keys are worth their pairs, is counted without the new rows.
  EXPECT_GT(at_once.size(), 500U);
  EXPECT_LT(differ.size(), at_once.size() / 50);
}

TEST(MatchIndex, SaysWhatIsWrongWithATable) {
  EXPECT_EQ(MatchIndex::build({}).error().code(), ErrorCode::resolve_no_columns);
  const auto known = part_table({Part::name, Part::phone}, {{"Ana Inventada", "+447700900001"}});
  MatchIndex index = index_of_tables({&known, 1});
  PartTable ragged = known;
  ragged.columns[1].value.push_back("+447700900002");
  EXPECT_EQ(index.look_up(ragged, 0).error().code(), ErrorCode::resolve_ragged_table);
}

}  // namespace
}  // namespace ovillo::resolve
