#include "ovillo/synth/phrase.hpp"

#include <set>

#include <gtest/gtest.h>

namespace ovillo::synth {
namespace {

const WordLists kLists{{"mood", {"calm", "glad", "shy"}}};

std::string say(std::string_view pattern, std::uint64_t seed, unsigned common = 0) {
  SlotValues slots;
  slots[Slot::name] = "Camila";
  slots[Slot::place] = "Gent";
  Rng hand(seed);
  std::string out;
  Phrase::parse(pattern, kLists).value().append(out, hand, common, slots);
  return out;
}

TEST(Phrase, FillsSlotsAndKeepsTheRest) {
  EXPECT_EQ(say("I am <name>, in <place>.", 1), "I am Camila, in Gent.");
}

TEST(Phrase, OneHandAlwaysTakesTheSameWay) {
  const std::string_view pattern = "{a|b|c|d} $mood {e|f|g|h}";
  std::set<std::string> ways;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    EXPECT_EQ(say(pattern, seed), say(pattern, seed));
    ways.insert(say(pattern, seed));
  }
  EXPECT_GT(ways.size(), 20U);
}

TEST(Phrase, CommonWordingIsTheFirst) { EXPECT_EQ(say("{a|b|c} {|x}", 9, 1000), "a "); }

TEST(Phrase, TwoWordsOfOneListInARowDiffer) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string said = say("$mood/$mood", seed);
    const std::size_t slash = said.find('/');
    EXPECT_NE(said.substr(0, slash), said.substr(slash + 1));
  }
}

TEST(Phrase, RefusesWhatItDoesNotKnow) {
  for (const char* bad : {"<nobody>", "$nothing", "{open", "<name"}) {
    const auto phrase = Phrase::parse(bad, kLists);
    ASSERT_FALSE(phrase) << bad;
    EXPECT_EQ(phrase.error().name(), "base.bad_data_file");
  }
}

}  // namespace
}  // namespace ovillo::synth
