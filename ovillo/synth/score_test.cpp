#include "ovillo/synth/score.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo::synth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Two networks (o1 with a, b, c; o2 with d, e), two independents (p-7 with f and g, p-8 with h), a
// job by an ordinary firm (i), two tips.
const char kTruth[] =
    "id,kind,organiser,person,role,urgent,decoy\n"
    "a,advert,o1,p-1,organised,,\n"
    "b,advert,o1,p-2,organised,,\n"
    "c,advert,o1,p-1,organised,captivity,\n"
    "d,advert,o2,p-3,accredited,,\n"
    "e,advert,o2,p-4,accredited,,\n"
    "f,advert,,p-7,independent,,yes\n"
    "g,advert,,p-7,independent,,\n"
    "h,advert,,p-8,independent,,\n"
    "i,advert,,p-9,employer,,\n"
    "t,report,o1,,report,minority,\n"
    "u,report,,,report,,yes\n"
    "s,sealed,o1,,sealed,,\n";

std::vector<TruthRow> truth() { return read_truth(kTruth).value(); }

TEST(ReadTruth, ReadsEveryRow) {
  const auto rows = truth();
  ASSERT_EQ(rows.size(), 12U);
  EXPECT_EQ(rows[2].urgent, "captivity");
  EXPECT_TRUE(rows[5].decoy);
  EXPECT_TRUE(rows[5].organiser.empty());
}

TEST(ReadTruth, RefusesARowWithTooFewCellsAndSaysWhich) {
  const auto rows = read_truth("id,kind,organiser,person,role,urgent,decoy\na,advert,o1\n");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().name(), "synth.bad_truth");
  EXPECT_EQ(rows.error().locus().row, 1U);
}

TEST(ReadTruth, RefusesAnotherFile) { EXPECT_FALSE(read_truth("from,to,time,duration\n")); }

TEST(Score, PerfectNetworksLinkNobodyWrongly) {
  const Score s =
      score(truth(), {{"n1", {"a", "b", "c"}}, {"n2", {"d", "e"}}, {"n3", {"f", "g"}}}, {"c", "t"});
  EXPECT_EQ(s.n_independents, 2U);
  EXPECT_EQ(s.n_wrongly_linked, 0U);
  EXPECT_EQ(s.n_urgent, 2U);
  EXPECT_EQ(s.n_urgent_found, 2U);
  EXPECT_EQ(s.n_false_alarms, 0U);
  EXPECT_EQ(s.n_organised, 5U);
  EXPECT_EQ(s.n_found_organised, 5U);  // f and g are one person: not organised
  EXPECT_EQ(s.n_right, 5U);
  EXPECT_EQ(s.n_organisers_whole, 2U);
  EXPECT_EQ(s.n_organisers_welded, 0U);
}

TEST(Score, CountsAnIndependentOnceHoweverManyOfHerAdvertsAreWelded) {
  const Score s = score(truth(), {{"n1", {"a", "b", "f", "g"}}}, {});
  EXPECT_EQ(s.n_wrongly_linked, 1U);
  EXPECT_THAT(s.wrongly_linked, ElementsAre("p-7"));
  EXPECT_EQ(s.n_found_organised, 4U);
  EXPECT_EQ(s.n_right, 2U);
}

TEST(Score, TwoIndependentsWeldedTogetherAreBothWrong) {
  const Score s = score(truth(), {{"n1", {"g", "h"}}}, {});
  EXPECT_THAT(s.wrongly_linked, ElementsAre("p-7", "p-8"));
}

TEST(Score, AnIndependentJoinedWithAnOrdinaryFirmIsWrong) {
  EXPECT_EQ(score(truth(), {{"n1", {"h", "i"}}}, {}).n_wrongly_linked, 1U);
}

TEST(Score, RepeatedIdsAndUnknownRecordsChangeNothing) {
  const Score s = score(truth(), {{"n1", {"f", "f", "g", "r-0000001", "t", "s"}}}, {});
  EXPECT_EQ(s.n_wrongly_linked, 0U);
  EXPECT_EQ(s.n_found_organised, 0U);
}

TEST(Score, ListsMissedUrgentTextsAndCountsFalseAlarms) {
  const Score s = score(truth(), {}, {"t", "f", "u", "h"});
  EXPECT_EQ(s.n_urgent_found, 1U);
  EXPECT_THAT(s.urgent_missed, ElementsAre("c"));
  EXPECT_EQ(s.n_false_alarms, 3U);
  EXPECT_EQ(s.n_decoys, 2U);
  EXPECT_EQ(s.n_decoys_flagged, 2U);
}

TEST(Score, SaysWhichOrganisersAreSplitOrWelded) {
  const Score s = score(truth(), {{"n1", {"a", "b", "d", "e"}}, {"n2", {"c"}}}, {});
  EXPECT_EQ(s.n_organisers, 2U);
  EXPECT_EQ(s.n_organisers_whole, 1U);
  EXPECT_EQ(s.n_organisers_welded, 2U);
}

TEST(Score, LooksForPlantedSignsAmongTheFirstRanked) {
  const auto networks = read_truth_networks(
                            "organiser,kind,persons,phones,adverts,recruits,signs_seen,"
                            "signs_unseen\no1,organised,2,1,3,,debt earnings,control\n"
                            "o2,accredited,2,1,2,,,\n")
                            .value();
  EXPECT_THAT(networks[0].signs_seen, ElementsAre("debt", "earnings"));
  EXPECT_THAT(networks[1].signs_seen, IsEmpty());
  EXPECT_EQ(score(truth(), {{"n1", {"a"}}, {"n2", {"d"}}}, {}, networks).n_sign_organisers_first,
            1U);
  EXPECT_EQ(score(truth(), {{"n2", {"d"}}, {"n1", {"a"}}}, {}, networks).n_sign_organisers_first,
            0U);
}

TEST(FormatScore, PrintsPeopleFirstThenUrgentThenOrganised) {
  Score s = score(truth(), {{"n1", {"a", "b", "f"}}}, {"c"});
  EXPECT_EQ(format_score(s),
            "Measured on invented data; says nothing about trafficking.\n"
            "  people wrongly linked: 1 of 2 independents (500.0 per 1,000)\n"
            "  planted urgent texts: 1 of 2 found, 1 missed; 0 false alarms (0 of 2 decoys)\n"
            "  organised adverts: precision 66.6 % (2 of 3)\n"
            "                     recall    40.0 % (2 of 5)\n"
            "  organisers found whole: 0 of 2; joined with another: 0\n");
}

TEST(FormatScore, OnePersonInManyNeverReadsAsNone) {
  Score s;
  s.n_independents = 312'000;
  s.n_wrongly_linked = 1;
  EXPECT_THAT(format_score(s), HasSubstr("1 of 312000 independents (0.1 per 1,000)"));
  EXPECT_THAT(format_score(s), HasSubstr("precision not measured (none)"));
}

}  // namespace
}  // namespace ovillo::synth
