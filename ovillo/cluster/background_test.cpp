#include "ovillo/cluster/background.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

std::uint64_t phrase(std::string_view text) {
  std::vector<Word> words;
  fold_words(text, words);
  return words.size() == 1 ? phrase_of(words[0].hash)
                           : phrase_of(words.at(0).hash, words.at(1).hash);
}

// Also the proof that tools/make_background.py folds and hashes as fold.cpp does.
TEST(Background, KnowsWhatEverybodyWrites) {
  const auto background = Background::open(data_folder());
  ASSERT_TRUE(background) << background.error().message();
  for (const char* common :
       {"esta semana", "cita previa", "años", "fotos reais", "não", "this week", "no experience",
        "rendez vous", "à", "deze week", "op afspraak", "diese woche", "für", "# euros", "# años",
        "recién llegada", "discreción", "# uur"}) {
    const std::string text =
        std::string(common).starts_with("#") ? "24" + std::string(common).substr(1) : common;
    EXPECT_GE(background->log2_per_million(phrase(text)), 10u) << common;
  }
  for (const char* rare : {"xylophone", "purple giraffes", "semana esta", "camiones verdes"})
    EXPECT_EQ(background->log2_per_million(phrase(rare)), 0u) << rare;
  EXPECT_GT(background->log2_per_million(phrase("de")),
            background->log2_per_million(phrase("casa")));
}

TEST(Background, ReadsBackWhatItWrites) {
  auto background = Background::open(data_folder());
  ASSERT_TRUE(background);
  const auto texts = invented::independents(50, 3);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  background->add(views);
  const std::string bytes = background->serialise();
  const auto again = Background::parse(bytes);
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(again->serialise(), bytes);
  EXPECT_EQ(again->size(), background->size());
}

TEST(Background, TrainingTellsHowManyTextsHoldAPhrase) {
  Background background;
  const std::vector<std::string_view> texts{"blue window open today", "the blue window is mine",
                                            "nothing of it here", "another one of those"};
  background.add(texts);
  EXPECT_EQ(background.log2_per_million(phrase("blue window")), 18u);  // half of a million: 2^18.9
  EXPECT_EQ(background.log2_per_million(phrase("window blue")), 0u);
}

TEST(Background, OneHandCountsAsOneVoice) {
  auto texts = invented::independents(60, 11);
  const auto campaign = invented::one_hand(60, 12);
  Background alone;
  Background both;
  std::vector<std::string_view> views(texts.begin(), texts.end());
  views.push_back(campaign.front());
  alone.add(views);
  views.insert(views.end(), campaign.begin() + 1, campaign.end());
  both.add(views);
  std::vector<Word> words;
  fold_words(campaign.front(), words);
  for (std::size_t w = 1; w < words.size(); ++w) {
    const auto pair = phrase_of(words[w - 1].hash, words[w].hash);
    EXPECT_LE(both.log2_per_million(pair), alone.log2_per_million(pair) + 1);
  }
}

struct BadRow {
  const char* name;
  const char* bytes;
  std::uint64_t row;
};
class BadBackground : public testing::TestWithParam<BadRow> {};

TEST_P(BadBackground, IsRefusedWithItsLine) {
  const auto background = Background::parse(GetParam().bytes);
  ASSERT_FALSE(background);
  EXPECT_EQ(background.error().code(), ErrorCode::cluster_bad_background);
  EXPECT_EQ(background.error().locus().row, GetParam().row);
}

INSTANTIATE_TEST_SUITE_P(
    Background, BadBackground,
    testing::Values(BadRow{"no_header", "group\tes\t10\n", 1},
                    BadRow{"count_before_group", "# ovillo background 1\n00ff\t1\n", 2},
                    BadRow{"not_hex", "# ovillo background 1\ngroup\tes\t10\nxyz\t1\n", 3},
                    BadRow{"more_than_all", "# ovillo background 1\ngroup\tes\t10\n00ff\t11\n", 3},
                    BadRow{"cut_off", "# ovillo background 1\ngroup\tes\t10\n00ff\n", 3},
                    BadRow{"unknown_cue", "# ovillo background 1\ncue\t0a\tbefore\tshoe\n", 2}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Background, SaysWhichFolderIsMissing) {
  const auto background = Background::open("/nonexistent");
  ASSERT_FALSE(background);
  EXPECT_EQ(background.error().code(), ErrorCode::base_cannot_read);
  EXPECT_THAT(background.error().message(), testing::HasSubstr("/nonexistent"));
}

}  // namespace
}  // namespace ovillo::cluster
