#include "ovillo/cluster/live.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

const Background& background() {
  static const Background shipped = *Background::open(data_folder());
  return shipped;
}

// A member of a hand: its row, the row it was joined with (itself: none), bits and bits asked.
using Member = std::tuple<std::uint32_t, std::uint32_t, bool, std::int32_t, std::int32_t>;
// Template, slots, fixed words and members, ascending.
using Found = std::tuple<std::string, std::uint32_t, std::uint32_t, std::vector<Member>>;

Found found_of(const Hand& hand) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < hand.rows.size(); ++i) {
    const Reason& r = hand.reasons[i];
    const auto with = r.with < 0 ? i : static_cast<std::size_t>(r.with);
    members.emplace_back(hand.rows[i], hand.rows[with], r.is_copy, r.bits16, r.asked16);
  }
  std::sort(members.begin(), members.end());
  return {hand.written.text, hand.written.n_slots, hand.written.n_fixed_words, members};
}

std::multiset<Found> found_of(const Decision& decision) {
  std::vector<Hand> hands(decision.templates.size());
  std::vector<std::uint32_t> place(decision.cluster.size(), 0);
  for (std::uint32_t row = 0; row < decision.cluster.size(); ++row) {
    if (decision.cluster[row] < 0) continue;
    Hand& hand = hands[static_cast<std::size_t>(decision.cluster[row])];
    place[row] = static_cast<std::uint32_t>(hand.rows.size());
    hand.rows.push_back(row);
    hand.reasons.push_back(decision.reasons[row]);
  }
  for (Hand& hand : hands)
    for (Reason& r : hand.reasons)
      if (r.with >= 0) r.with = static_cast<std::int32_t>(place[static_cast<std::size_t>(r.with)]);
  std::multiset<Found> out;
  for (std::size_t h = 0; h < hands.size(); ++h) {
    hands[h].written = decision.templates[h];
    out.insert(found_of(hands[h]));
  }
  return out;
}

// Strangers of the same stock sentences; hands of a few, and one so large that no window of the
// orders holds it; equal texts; texts too short to compare.
std::vector<std::string> corpus(std::uint64_t seed) {
  std::vector<std::string> texts = invented::independents(900, seed);
  for (std::uint64_t hand = 0; hand < 25; ++hand)
    for (auto& text : invented::one_hand(2 + hand % 9, 1000 * seed + hand))
      texts.push_back(std::move(text));
  Rng rng(seed);
  const std::vector<std::string> others = texts;
  for (auto& text : invented::one_hand(260, seed + 7))
    texts.push_back(text + " " + rng.pick(others).substr(0, 12 + rng.below(30)));
  for (std::size_t i = 0; i < 40; ++i) texts.push_back(texts[i * 20]);
  for (std::size_t i = 0; i < 10; ++i) texts.push_back("no hidden");
  return texts;
}

class Split : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Split, AndOrderGiveWhatAllTextsAtOnceGive) {
  const std::vector<std::string> texts = corpus(GetParam());
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  // Counted from half of the texts: what is added later is new to the counts.
  std::optional<Counts> counts;
  decide(std::span(views).subspan(views.size() / 2), background(), counts);
  const std::multiset<Found> wanted = found_of(decide(views, background(), counts));
  ASSERT_GT(wanted.size(), 20U);

  Rng rng(GetParam());
  std::vector<std::uint32_t> order(texts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
  LiveTexts live(background(), *Counts::parse(counts->serialise()));
  std::map<LiveTexts::Stamp, Hand> hands;
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return order[a] < order[b]; };
  for (std::size_t at = 0; at < order.size();) {
    const std::size_t n = std::min(order.size() - at, 1 + rng.below(at == 0 ? 600 : 120));
    std::vector<std::string_view> part;
    for (std::size_t i = at; i < at + n; ++i) part.push_back(views[order[i]]);
    at += n;
    LiveTexts::Change change = live.add(part, before);
    for (const auto stamp : change.gone) ASSERT_EQ(hands.erase(stamp), 1U);
    for (std::size_t i = 0; i < change.made.size(); ++i)
      ASSERT_TRUE(hands.emplace(change.made[i], std::move(change.hands[i])).second);
  }
  std::multiset<Found> got;
  for (auto& [stamp, hand] : hands) {
    for (std::uint32_t& row : hand.rows) row = order[row];
    got.insert(found_of(hand));
  }
  EXPECT_TRUE(got == wanted);
}

INSTANTIATE_TEST_SUITE_P(AnySeed, Split, testing::Range(std::uint64_t{1}, std::uint64_t{9}));

TEST(LiveTexts, LearnWhatDecideLearns) {
  const std::vector<std::string> texts = corpus(3);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::optional<Counts> counts;
  const Decision decision = decide(views, background(), counts);
  LiveTexts live(background(), std::nullopt);
  const LiveTexts::Change change = live.add(views, std::less<>());
  EXPECT_EQ(live.counts().serialise(), counts->serialise());
  std::multiset<Found> got;
  for (const Hand& hand : change.hands) got.insert(found_of(hand));
  EXPECT_TRUE(got == found_of(decision));
}

TEST(LiveTexts, AddingNothingChangesNothing) {
  const std::vector<std::string> texts = corpus(4);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  LiveTexts live(background(), std::nullopt);
  live.add(views, std::less<>());
  const LiveTexts::Change change = live.add({}, std::less<>());
  EXPECT_TRUE(change.gone.empty());
  EXPECT_TRUE(change.made.empty());
}

TEST(Counts, RefuseWhatIsNotWhole) {
  const std::vector<std::string> texts = corpus(5);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::optional<Counts> counts;
  decide(views, background(), counts);
  const std::string bytes = counts->serialise();
  EXPECT_TRUE(Counts::parse(bytes));
  EXPECT_FALSE(Counts::parse(bytes.substr(0, bytes.size() - 1)));
  EXPECT_FALSE(Counts::parse(bytes + "x"));
  EXPECT_FALSE(Counts::parse(""));
}

}  // namespace
}  // namespace ovillo::cluster
