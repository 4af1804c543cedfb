// The labelled adverts of this folder: agreement per kind and language, and properties that hold
// for every text of them.
#include "bench/extract/corpus.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/extract/extractor.hpp"

namespace ovillo {
namespace {

using bench::Labelled;
using bench::Score;
using extract::Extractor;
using extract::Scope;

const Extractor& extractor() {
  static const auto instance = Extractor::open(data_folder());
  if (!instance) ADD_FAILURE() << instance.error().message();
  return instance.value();
}

const std::vector<Labelled>& corpus() {
  static const auto instance =
      bench::read_corpus(std::filesystem::path(OVILLO_SOURCE_DIR) / "tests/extract");
  if (!instance) ADD_FAILURE() << instance.error().message();
  return instance.value();
}

// Phones per language; "held-out" is the third nobody looks at.
std::map<std::string, Score> phones(bool told) {
  std::map<std::string, Score> scores;
  for (const Labelled& labelled : corpus()) {
    const auto of_kind = bench::score(
        labelled, extractor().find(labelled.text, told ? labelled.region : std::string()));
    const auto phone = of_kind.find(FindKind::phone);
    if (phone == of_kind.end()) continue;
    scores[labelled.language] += phone->second;
    if (labelled.held_out) scores["held-out"] += phone->second;
  }
  return scores;
}

TEST(LabelledAdverts, HoldEveryLanguageAndTextsWithoutAPhone) {
  std::map<std::string, int> n_texts;
  int n_without = 0;
  for (const Labelled& labelled : corpus()) {
    ++n_texts[labelled.language];
    n_without += bench::has_no_phone(labelled) ? 1 : 0;
  }
  EXPECT_EQ(n_texts.size(), 6U);
  for (const auto& [language, n] : n_texts) EXPECT_GE(n, 100) << language;
  EXPECT_GE(n_without, 250);
}

TEST(LabelledAdverts, KeepTheirPhonesInEveryLanguage) {
  for (const auto& [language, score] : phones(true)) EXPECT_GE(score.f1(), 0.95) << language;
  for (const auto& [language, score] : phones(false)) EXPECT_GE(score.f1(), 0.92) << language;
}

TEST(LabelledAdverts, StayCleanWhereTheyHoldNoPhone) {
  for (const bool told : {true, false}) {
    int n_texts = 0;
    int n_clean = 0;
    for (const Labelled& labelled : corpus()) {
      if (!bench::has_no_phone(labelled)) continue;
      const auto finds = extractor().find(labelled.text, told ? labelled.region : std::string());
      ++n_texts;
      n_clean += std::none_of(finds.begin(), finds.end(),
                              [](const Find& find) { return find.kind == FindKind::phone; })
                     ? 1
                     : 0;
    }
    EXPECT_GE(n_clean * 25, n_texts * 24) << (told ? "region told" : "no region");
  }
}

TEST(LabelledAdverts, KeepEveryOtherKind) {
  std::map<FindKind, Score> scores;
  for (const Labelled& labelled : corpus())
    for (const auto& [kind, score] :
         bench::score(labelled, extractor().find(labelled.text, labelled.region)))
      scores[kind] += score;
  for (const FindKind kind : {FindKind::email, FindKind::handle, FindKind::iban, FindKind::card,
                              FindKind::wallet, FindKind::price, FindKind::place, FindKind::age,
                              FindKind::wage, FindKind::hours, FindKind::promise})
    EXPECT_GE(scores[kind].f1(), 0.90) << name_of(kind);
  EXPECT_GE(scores[FindKind::name].f1(), 0.75);
}

TEST(LabelledAdverts, GiveTheSameFindsInAnyOrder) {
  std::vector<std::size_t> order(corpus().size());
  std::vector<std::vector<Find>> first(corpus().size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
    first[i] = extractor().find(corpus()[i].text, corpus()[i].region);
  }
  Rng rng(5);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
  for (const std::size_t i : order)
    ASSERT_EQ(extractor().find(corpus()[i].text, corpus()[i].region), first[i]) << corpus()[i].text;
}

TEST(LabelledAdverts, GiveIdentifiersAloneAsAmongEverything) {
  for (const Labelled& labelled : corpus()) {
    if (labelled.region.empty()) continue;
    auto everything = extractor().find(labelled.text, labelled.region);
    std::erase_if(everything,
                  [](const Find& find) { return find.kind > FindKind::document_number; });
    const auto alone = extractor().find(labelled.text, labelled.region, Scope::identifiers);
    ASSERT_EQ(alone, everything) << labelled.text;
  }
}

// What is found reads back: the span of a find, given alone, holds the same identifier.
TEST(LabelledAdverts, ReadBackThePhonesOfTheirSpans) {
  std::size_t n_phones = 0;
  std::size_t n_same = 0;
  for (const Labelled& labelled : corpus()) {
    for (const Find& find : extractor().find(labelled.text, labelled.region)) {
      ASSERT_LE(find.span.end, labelled.text.size());
      // Links and second endings ("78/79") need what stands around them.
      if (find.kind != FindKind::phone || find.written_as == WrittenAs::link ||
          find.written_as == WrittenAs::split || find.confidence_per_mille == 800)
        continue;
      const std::string raw =
          labelled.text.substr(find.span.begin, find.span.end - find.span.begin);
      const auto again = extractor().find("tel: " + raw, labelled.region);
      ++n_phones;
      n_same += std::any_of(again.begin(), again.end(),
                            [&](const Find& other) { return other.canonical == find.canonical; })
                    ? 1
                    : 0;
    }
  }
  EXPECT_GE(n_phones, 400U);
  EXPECT_GE(n_same * 100, n_phones * 97);
}

}  // namespace
}  // namespace ovillo
