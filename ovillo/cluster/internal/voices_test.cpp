#include "ovillo/cluster/internal/voices.hpp"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

class CountVoices : public testing::TestWithParam<std::size_t> {};

// Against a plain map, below and above the size at which the table is cut into parts.
TEST_P(CountVoices, OncePerTextAndPhrase) {
  const std::vector<std::string> texts = invented::independents(GetParam(), 21);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const Component component(views);
  Rng rng(4);
  std::vector<std::uint32_t> n_alike;
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
  for (const auto& [phrase, n] : expected) ASSERT_EQ(voices.with(Voices::key(phrase)), n);
  EXPECT_EQ(voices.with(Voices::key(phrase_of(1, 2, 3))), 0u);
}
INSTANTIATE_TEST_SUITE_P(Sizes, CountVoices, testing::Values(1, 300, 6000));

}  // namespace
}  // namespace ovillo::cluster
