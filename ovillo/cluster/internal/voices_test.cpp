#include "ovillo/cluster/internal/voices.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

std::vector<std::uint32_t> every_row(std::size_t n) {
  std::vector<std::uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

class CountVoices : public testing::TestWithParam<std::size_t> {};

// Against a plain map, below and above the size at which the table is cut into parts.
TEST_P(CountVoices, OncePerTextAndPhrase) {
  const std::vector<std::string> texts = invented::independents(GetParam(), 21);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const Folded folded(views);
  const Component component(folded, every_row(views.size()), views);
  Rng rng(4);
  std::vector<std::uint32_t> n_alike;
  n_alike.reserve(component.size());
  for (std::uint32_t t = 0; t < component.size(); ++t)
    n_alike.push_back(static_cast<std::uint32_t>(rng.below(9)));

  std::map<std::uint64_t, std::uint64_t> expected;
  for (std::uint32_t t = 0; t < component.size(); ++t) {
    const auto words = component.words(t);
    std::set<std::uint64_t> phrases;
    for (std::size_t w = 0; w < words.size(); ++w) {
      phrases.insert(phrase_of(words[w]));
      if (w > 0) phrases.insert(phrase_of(words[w - 1], words[w]));
      if (w > 1) phrases.insert(phrase_of(words[w - 2], words[w - 1], words[w]));
    }
    for (const std::uint64_t phrase : phrases) expected[phrase] += (1U << 20) / (n_alike[t] + 1);
  }
  const Voices voices(component, n_alike);
  for (const auto& [phrase, n] : expected)
    ASSERT_EQ(voices.with(Voices::key(phrase)), n > kVoice ? n : 0);
  EXPECT_EQ(voices.with(Voices::key(phrase_of(1, 2, 3))), 0u);
}
INSTANTIATE_TEST_SUITE_P(Sizes, CountVoices, testing::Values(1, 300, 6000));

// The texts beyond the sample leave no phrase behind.
TEST(Sample, IsWhereVoicesAreCounted) {
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    std::string text = "opening words " + std::string(1, static_cast<char>('a' + i % 20));
    for (int w = 0; w < 1000; ++w) {
      text += ' ';
      for (int rest = i * 1000 + w; rest != 0; rest /= 20)
        text += static_cast<char>('a' + rest % 20);
    }
    texts.push_back(std::move(text));
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const Folded folded(views);
  const Component component(folded, every_row(views.size()), views);
  ASSERT_GT(component.n_words(), Component::kSampledWords);
  const std::uint32_t n = component.n_sampled();
  ASSERT_LT(n, component.size());
  EXPECT_LE(component.offset(n), Component::kSampledWords);
  EXPECT_GT(component.offset(n) + component.words(n).size(), Component::kSampledWords);
  const Voices voices(component, std::vector<std::uint32_t>(component.size(), 0));
  const auto words = component.words(0);
  EXPECT_EQ(voices.with(Voices::key(phrase_of(words[0], words[1]))), n * kVoice);

  // Drawn by what the texts say, not by where they stand.
  const std::vector<std::string_view> turned(views.rbegin(), views.rend());
  const Folded folded_turned(turned);
  const Component other(folded_turned, every_row(turned.size()), turned);
  ASSERT_EQ(other.n_sampled(), n);
  EXPECT_TRUE(std::ranges::equal(other.words(n - 1), component.words(n - 1)));
}

}  // namespace
}  // namespace ovillo::cluster
