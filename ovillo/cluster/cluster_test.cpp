#include "ovillo/cluster/cluster.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

const Background& background() {
  static const Background shipped = *Background::open(data_folder());
  return shipped;
}

Decision cluster_of(const std::vector<std::string>& texts) {
  StringColumn column;
  for (const auto& text : texts) column.push_back(text);
  return cluster(column, background());
}

std::size_t n_clustered(const Decision& decision) {
  return static_cast<std::size_t>(std::count_if(decision.cluster.begin(), decision.cluster.end(),
                                                [](auto c) { return c >= 0; }));
}

// Groups of texts, each sorted, sorted: what must not depend on order.
std::set<std::multiset<std::string>> groups(const std::vector<std::string>& texts,
                                            const Decision& decision) {
  std::map<std::int32_t, std::multiset<std::string>> by_number;
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (decision.cluster[i] >= 0) by_number[decision.cluster[i]].insert(texts[i]);
  std::set<std::multiset<std::string>> out;
  for (auto& [number, members] : by_number) out.insert(std::move(members));
  return out;
}

std::vector<std::string> template_texts(const Decision& decision) {
  std::vector<std::string> out;
  out.reserve(decision.templates.size());
  for (const Template& t : decision.templates) out.push_back(t.text);
  std::sort(out.begin(), out.end());
  return out;
}

// 400 independents and 12 hands of 2 to 13 adverts, in one language mix.
std::vector<std::string> mixed_corpus() {
  std::vector<std::string> texts = invented::independents(400, 77);
  for (std::uint64_t hand = 0; hand < 12; ++hand)
    for (auto& text : invented::one_hand(2 + hand, 1000 + hand)) texts.push_back(std::move(text));
  return texts;
}

class Independents : public testing::TestWithParam<std::size_t> {};

TEST_P(Independents, AreNotWelded) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto texts = invented::independents(GetParam(), seed);
    const Decision decision = cluster_of(texts);
    EXPECT_EQ(n_clustered(decision), 0u) << "seed " << seed << ": " << template_texts(decision)[0];
  }
}
INSTANTIATE_TEST_SUITE_P(HandOver, Independents, testing::Values(14, 30, 100, 500));

// Thirty people who all use the same six sentences, each in an order of their own. Two may happen
// upon nearly the same order; what must not be is one hand of them all.
TEST(HandOver, DoesNotWeldThoseWhoStringTheSameSentencesTogether) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Rng rng(seed);
    std::vector<std::string> texts;
    for (int person = 0; person < 30; ++person) {
      std::vector<std::string> sentences{
          "No hidden numbers please.",        "I work alone.",
          "Discreet private flat.",           "Always clean and friendly.",
          "Call or text for an appointment.", "Available every day from 10 to 22."};
      for (std::size_t i = sentences.size(); i > 1; --i)
        std::swap(sentences[i - 1], sentences[rng.below(i)]);
      std::string text = "Hi, I am number" + std::string(1, static_cast<char>('a' + person % 26)) +
                         ", " + std::to_string(21 + person) + " years old.";
      for (const std::string& sentence : sentences) text += ' ' + sentence;
      texts.push_back(std::move(text));
    }
    const Decision decision = cluster_of(texts);
    EXPECT_LE(n_clustered(decision), 10u) << "seed " << seed;
    for (const auto& group : groups(texts, decision))
      EXPECT_LE(group.size(), 4u) << "seed " << seed;
  }
}

TEST(HandOver, FindsOneHandAmongStrangersOfTheSameWords) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<std::string> texts = invented::independents(10, 300 + seed);
    for (auto& text : invented::one_hand(4, 400 + seed)) texts.push_back(std::move(text));
    const Decision decision = cluster_of(texts);
    EXPECT_EQ(groups(texts, decision),
              (std::set<std::multiset<std::string>>{{texts.end() - 4, texts.end()}}))
        << "seed " << seed;
  }
}

TEST(HandOver, AlsoWhenDecidedAsOneComponent) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    std::vector<std::string> texts = invented::independents(14, 500 + seed);
    for (auto& text : invented::one_hand(3, 600 + seed)) texts.push_back(std::move(text));
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const Decision decision = decide(views, background());
    EXPECT_EQ(groups(texts, decision),
              (std::set<std::multiset<std::string>>{{texts.end() - 3, texts.end()}}))
        << "seed " << seed;
  }
}

// A template of invented words with k free places of one to three words, filled at random.
std::vector<std::string> slotted(std::size_t n, std::size_t n_words, std::size_t n_slots,
                                 Rng& rng) {
  const auto word = [&] {
    static constexpr std::string_view kSyllables[] = {"ba", "ce", "di", "fo", "gu", "la", "me",
                                                      "ni", "po", "ru", "sa", "te", "vi", "zo"};
    std::string out;
    for (std::uint64_t i = 2 + rng.below(2); i-- > 0;) out += rng.pick(kSyllables);
    return out;
  };
  std::vector<std::string> fixed(n_words);
  for (auto& w : fixed) w = word();
  std::vector<std::size_t> slots(n_words);
  std::iota(slots.begin(), slots.end(), 0);
  rng.shuffle(slots);
  slots.resize(n_slots);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) {
    std::string text;
    for (std::size_t w = 0; w < n_words; ++w) {
      if (!text.empty()) text += ' ';
      if (std::find(slots.begin(), slots.end(), w) == slots.end()) {
        text += fixed[w];
      } else {
        for (std::uint64_t k = 1 + rng.below(3); k-- > 0;) text += word() + (k > 0 ? " " : "");
      }
    }
    out.push_back(std::move(text));
  }
  return out;
}

class FreeSlots : public testing::TestWithParam<std::size_t> {};

TEST_P(FreeSlots, LeaveMembersTogether) {
  Rng rng(GetParam() + 1);
  std::vector<std::string> texts = invented::independents(300, 5);
  const std::size_t n_strangers = texts.size();
  constexpr std::size_t kHands = 40;
  constexpr std::size_t kMembers = 6;
  for (std::size_t h = 0; h < kHands; ++h)
    for (auto& text : slotted(kMembers, 50, GetParam(), rng)) texts.push_back(std::move(text));
  const Decision decision = cluster_of(texts);
  std::size_t found = 0;
  for (std::size_t h = 0; h < kHands; ++h) {
    std::map<std::int32_t, std::size_t> seen;
    for (std::size_t m = 0; m < kMembers; ++m)
      ++seen[decision.cluster[n_strangers + h * kMembers + m]];
    for (const auto& [number, n] : seen)
      if (number >= 0) found = std::max(found, found) + (2 * n > kMembers ? n : 0);
  }
  EXPECT_GE(static_cast<double>(found), 0.99 * kHands * kMembers);
  EXPECT_EQ(n_clustered(decision), found);  // no stranger, no hand split in halves
}
INSTANTIATE_TEST_SUITE_P(Templates, FreeSlots, testing::Values(0, 1, 2, 3, 4, 5, 6));

TEST(Templates, AreWrittenWithNamedSlots) {
  const std::vector<std::string> texts{
      "Recién llegada a Gante 🔥 Camila 24 años piso privado con terraza azul, llama +44 7700 "
      "900123, "
      "solo esta semana",
      "Recién llegada a Brujas 🔥 Paula 31 años piso privado con terraza azul, llama +44 7700 "
      "900145, "
      "solo esta semana",
      "Recién llegada a Lieja 🔥 Irina 28 años piso privado con terraza azul, llama +44 7700 "
      "900187, "
      "solo esta semana",
      "Recién llegada a Amberes 🔥 Zoe 22 años piso privado con terraza azul, llama +44 7700 "
      "900199, "
      "solo esta semana"};
  const Decision decision = cluster_of(texts);
  ASSERT_EQ(decision.templates.size(), 1u);
  EXPECT_EQ(decision.cluster, (std::vector<std::int32_t>{0, 0, 0, 0}));
  const Template& found = decision.templates[0];
  EXPECT_EQ(
      found.text,
      "Recién llegada a ⟨place⟩ ⟨age⟩ años piso privado con terraza azul, llama +⟨phone⟩, solo "
      "esta semana");
  EXPECT_EQ(found.n_slots, 3u);
  EXPECT_EQ(found.n_fixed_words, 13u);
}

TEST(Templates, HoldNoNumberThatMembersChange) {
  const std::vector<std::string> texts{
      "se vende bicicleta roja casi nueva preguntar por la tarde en el taller 07700 900111",
      "se vende bicicleta roja casi nueva preguntar por la tarde en el taller 07700 900122"};
  const Decision decision = cluster_of(texts);
  ASSERT_EQ(decision.templates.size(), 1u);
  EXPECT_THAT(decision.templates[0].text, testing::HasSubstr("⟨phone⟩"));
  EXPECT_THAT(decision.templates[0].text, testing::Not(testing::HasSubstr("900")));
}

TEST(Chains, DoNotWeldStrangersThroughACommonNeighbour) {
  // A and C share nothing; B is half of each.
  Rng rng(9);
  const auto a = slotted(3, 40, 0, rng);
  const auto c = slotted(3, 40, 0, rng);
  const std::string half_a = a[0].substr(0, a[0].find(' ', a[0].size() / 2));
  const std::string half_c = c[0].substr(c[0].find(' ', c[0].size() / 2) + 1);
  std::vector<std::string> texts = a;
  texts.insert(texts.end(), c.begin(), c.end());
  texts.push_back(half_a + " " + half_c);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const Decision decision = decide(views, background());
  EXPECT_NE(decision.cluster[0], decision.cluster[3]);
}

TEST(Cluster, DoesNotDependOnTheOrderOfRows) {
  std::vector<std::string> texts = mixed_corpus();
  const Decision before = cluster_of(texts);
  ASSERT_GE(before.templates.size(), 10u);
  const auto expected = groups(texts, before);
  Rng rng(4);
  for (int i = 0; i < 5; ++i) {
    rng.shuffle(texts);
    const Decision after = cluster_of(texts);
    EXPECT_EQ(groups(texts, after), expected);
    EXPECT_EQ(template_texts(after), template_texts(before));
  }
}

TEST(Cluster, DoesNotDependOnTheNumberOfThreads) {
  const std::vector<std::string> texts = mixed_corpus();
  set_thread_count(1);
  const Decision one = cluster_of(texts);
  set_thread_count(4);
  const Decision four = cluster_of(texts);
  set_thread_count(0);
  EXPECT_EQ(one.cluster, four.cluster);
  EXPECT_EQ(template_texts(one), template_texts(four));
}

TEST(Cluster, RemovingTextsEqualsNeverHavingHadThem) {
  std::vector<std::string> texts = mixed_corpus();
  Rng rng(6);
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> kept;
    StringColumn whole;
    for (const auto& text : texts) whole.push_back(text);
    // The sketches of the whole, thinned out, are those of the rest.
    const SketchBatch all = sketch(whole, background());
    SketchBatch thinned;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (rng.chance_per_mille(300)) continue;
      kept.push_back(texts[i]);
      const auto* band = &all.band[i * SketchBatch::kBands];
      thinned.band.insert(thinned.band.end(), band, band + SketchBatch::kBands);
    }
    const auto label = candidate_components(thinned);
    std::map<std::uint32_t, std::vector<std::string_view>> components;
    for (std::size_t i = 0; i < kept.size(); ++i) components[label[i]].push_back(kept[i]);
    std::set<std::multiset<std::string>> found;
    for (const auto& [root, members] : components) {
      const std::vector<std::string> owned(members.begin(), members.end());
      found.merge(groups(owned, decide(members, background())));
    }
    EXPECT_EQ(found, groups(kept, cluster_of(kept)));
    texts = kept;
  }
}

TEST(Cluster, NumbersByFirstMember) {
  const auto a = invented::one_hand(3, 21);
  const auto b = invented::one_hand(3, 24);
  const Decision decision =
      cluster_of({a[0], b[0], b[1], a[1], "una cosa distinta de todo", a[2], b[2]});
  EXPECT_EQ(decision.cluster, (std::vector<std::int32_t>{0, 1, 1, 0, -1, 0, 1}));
}

TEST(Cluster, SeesThroughDisguises) {
  const std::vector<std::string> texts{
      "Nueva chica en el barrio viejo junto a la fuente de piedra, pregunta por el gato negro",
      "Nu3v@ chiсa еn el b@rri0 viej0 junto a la fuеnte de pi3dr@ 🔥 pregunta p0r el g@to n3gr0"};
  EXPECT_EQ(cluster_of(texts).cluster, (std::vector<std::int32_t>{0, 0}));
}

TEST(Cluster, ReadsOtherScripts) {
  const std::vector<std::string> texts{
      ("новая девушка в городе, тихая квартира рядом со старым мостом, звони +44 7700 900111 "
       "вечером"),
      ("новая девушка в городе, тихая квартира рядом со старым мостом, звони +44 7700 900122 "
       "вечером"),
      "شقة خاصة قرب الجسر القديم هادئة ونظيفة اتصل مساء فقط من فضلك شكرا جزيلا",
      "شقة خاصة قرب الجسر القديم هادئة ونظيفة اتصل صباحا فقط من فضلك شكرا جزيلا",
      "ищу работу водителем, есть опыт и права, готов к переезду в другой город хоть завтра"};
  EXPECT_EQ(cluster_of(texts).cluster, (std::vector<std::int32_t>{0, 0, 1, 1, -1}));
}

TEST(Cluster, LeavesWhatSaysNothingAlone) {
  const std::vector<std::string> texts{"",
                                       "",
                                       "hola",
                                       "hola",
                                       "ok",
                                       "ok",
                                       "🔥🔥🔥",
                                       "🔥🔥🔥",
                                       "llámame ya",
                                       "llámame ya",
                                       "piso privado 24 horas",
                                       "piso privado 24 horas"};
  EXPECT_EQ(n_clustered(cluster_of(texts)), 0u);
}

TEST(Cluster, SurvivesHostileTexts) {
  std::vector<std::string> texts{std::string(1 << 20, 'x'), std::string(1 << 20, 'x'),
                                 std::string(1 << 20, '\xFF'), std::string(1 << 20, '7'),
                                 std::string(100'000, '\0')};
  std::string repeated;
  for (int i = 0; i < 200'000; ++i) repeated += "a b ";
  texts.push_back(repeated);
  texts.push_back(repeated + "c");
  std::string emoji;
  for (int i = 0; i < 50'000; ++i) emoji += "💋";
  texts.push_back(emoji);
  Rng rng(3);
  for (int i = 0; i < 200; ++i) {
    std::string noise(1 + rng.below(2000), '\0');
    for (auto& c : noise) c = static_cast<char>(rng.next());
    texts.push_back(noise);
  }
  const Decision decision = cluster_of(texts);
  ASSERT_EQ(decision.cluster.size(), texts.size());
  for (const Template& t : decision.templates) EXPECT_LT(t.text.size(), 3'000'000u);
}

TEST(Cluster, HoldsALargeCampaignTogether) {
  std::vector<std::string> texts = invented::independents(1000, 31);
  for (auto& text : invented::one_hand(3000, 32)) texts.push_back(std::move(text));
  const Decision decision = cluster_of(texts);
  std::map<std::int32_t, std::size_t> size;
  for (std::size_t i = 1000; i < texts.size(); ++i) ++size[decision.cluster[i]];
  EXPECT_EQ(size.size(), 1u) << "parts of the campaign";
  EXPECT_GE(size.begin()->first, 0);
  EXPECT_EQ(n_clustered(decision), 3000u);
}

TEST(Cluster, OfNothingIsNothing) {
  EXPECT_TRUE(cluster_of({}).cluster.empty());
  EXPECT_TRUE(decide({}, background()).cluster.empty());
  EXPECT_TRUE(candidate_components({}).empty());
}

TEST(Sketch, StockPhrasesAloneMakeNoBand) {
  StringColumn texts;
  texts.push_back("solo esta semana");
  texts.push_back("cita previa");
  for (const std::uint64_t band : sketch(texts, background()).band) EXPECT_EQ(band, 0u);
}

TEST(Sketch, IsPerRow) {
  const auto texts = mixed_corpus();
  StringColumn all;
  for (const auto& text : texts) all.push_back(text);
  const SketchBatch together = sketch(all, background());
  ASSERT_EQ(together.size(), texts.size());
  for (std::size_t i = 0; i < 20; ++i) {
    StringColumn alone;
    alone.push_back(texts[i]);
    const auto band = sketch(alone, background()).band;
    EXPECT_TRUE(
        std::equal(band.begin(), band.end(),
                   together.band.begin() + static_cast<std::ptrdiff_t>(i * SketchBatch::kBands)));
  }
}

TEST(CandidateComponents, JoinRowsThatShareABand) {
  SketchBatch sketches;
  sketches.band.assign(5 * SketchBatch::kBands, 0);
  const auto set = [&](std::size_t row, std::size_t band, std::uint64_t value) {
    sketches.band[row * SketchBatch::kBands + band] = value;
  };
  set(1, 3, 99);
  set(4, 3, 99);
  set(2, 3, 7);
  set(2, 5, 8);
  set(3, 6, 8);  // same value in another band: no match
  set(4, 5, 8);
  EXPECT_EQ(candidate_components(sketches), (std::vector<std::uint32_t>{0, 1, 1, 3, 1}));
}

TEST(Reasons, LeadFromEachMemberToAnotherOfItsCluster) {
  std::vector<std::string> texts = mixed_corpus();
  texts.push_back(texts.back());
  const Decision decision = cluster_of(texts);
  ASSERT_EQ(decision.reasons.size(), texts.size());
  std::vector<std::size_t> n_first(decision.templates.size(), 0);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Reason& reason = decision.reasons[i];
    if (decision.cluster[i] < 0) {
      EXPECT_EQ(reason.with, -1);
    } else if (reason.with < 0) {
      ++n_first[static_cast<std::size_t>(decision.cluster[i])];
    } else {
      const auto with = static_cast<std::size_t>(reason.with);
      EXPECT_EQ(decision.cluster[with], decision.cluster[i]);
      EXPECT_GE(reason.bits16, reason.asked16);
      EXPECT_NE(with, i);
    }
  }
  EXPECT_THAT(n_first, testing::Each(1U));
  const Reason& copy = decision.reasons.back();
  EXPECT_TRUE(copy.is_copy);
  // A copy but for its numbers, which folding makes one.
  const auto without_digits = [](std::string text) {
    std::erase_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return text;
  };
  EXPECT_EQ(without_digits(texts[static_cast<std::size_t>(copy.with)]),
            without_digits(texts.back()));
}

TEST(StockTexts, AreWhatManyStrangersWrite) {
  const std::string footer = " this platform answers for nothing that its members put up here";
  std::size_t n_welded = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    std::vector<std::string> texts = invented::independents(400, seed);
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (i % 4 != 0) texts[i] += footer;
    const Decision decision = cluster_of(texts);
    n_welded += n_clustered(decision);
    EXPECT_LE(decision.stock.size(), kMostStock);
    const auto found =
        std::find_if(decision.stock.begin(), decision.stock.end(), [](const StockText& stock) {
          return stock.text.find("answers for nothing that its members put up here") !=
                 std::string::npos;
        });
    ASSERT_NE(found, decision.stock.end());
    EXPECT_GE(found->n_texts, 200U);  // some run on from the words before it
    EXPECT_LE(found->n_texts, 300U);
  }
  EXPECT_LE(n_welded, 2U) << "of 4,000 strangers under one footer";
}

}  // namespace
}  // namespace ovillo::cluster
