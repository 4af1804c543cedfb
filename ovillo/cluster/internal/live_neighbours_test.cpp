#include "ovillo/cluster/internal/live_neighbours.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/internal/counts_body.hpp"
#include "ovillo/cluster/internal/text_table.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::cluster {
namespace {

std::vector<std::uint32_t> up_to(std::size_t n) {
  std::vector<std::uint32_t> out(n);
  std::iota(out.begin(), out.end(), 0);
  return out;
}

// The nearest of each text, as words and agreement: whatever the texts are numbered.
using Near = std::vector<std::pair<std::vector<std::uint32_t>, unsigned>>;

TEST(LiveNeighbours, AreThoseFoundAllAtOnce) {
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    std::vector<std::string> texts = invented::independents(500, seed);
    Rng rng(seed);
    const std::vector<std::string> others = texts;
    for (auto& text : invented::one_hand(200, seed))
      texts.push_back(text + " " + rng.pick(others).substr(0, 12 + rng.below(30)));
    rng.shuffle(texts);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const Folded folded(views);
    const auto rows = up_to(views.size());
    const Component all(folded, rows, views);
    const CommonPairs common(all);
    const auto among = up_to(all.size());
    const Neighbours wanted(all, common, among);

    TextTable table;
    LiveNeighbours live(table);
    for (std::size_t at = 0; at < views.size();) {
      const std::size_t n = std::min(views.size() - at, 1 + rng.below(200));
      const auto part = std::span(views).subspan(at, n);
      at += n;
      auto part_folded = std::make_unique<Folded>(part);
      const auto part_rows = up_to(n);
      const Component batch(*part_folded, part_rows, part);
      const std::uint32_t first_new = table.size();
      table.add(std::move(part_folded), batch, part);
      if (first_new == 0) {
        const auto first = up_to(batch.size());
        live.start(Neighbours(batch, common, first, Neighbours::Keep::signatures_too).signatures());
        continue;
      }
      std::vector<Signature> signatures;
      std::vector<Feature> features;
      for (std::uint32_t t = first_new; t < table.size(); ++t)
        signatures.push_back(signature_of(table[t].words, common, features));
      live.add(signatures);
    }

    ASSERT_EQ(table.size(), all.size());
    std::vector<std::uint32_t> in_order = up_to(table.size());
    table.sort(in_order);
    std::size_t n_full = 0;
    for (std::uint32_t t = 0; t < all.size(); ++t) {
      Near found;
      for (const Neighbour& x : live.of(in_order[t])) {
        if (x == Neighbour()) break;
        const auto words = table[x.text()].words;
        found.emplace_back(std::vector(words.begin(), words.end()), x.agree());
      }
      Near expected;
      for (const Neighbour& x : wanted.of(t)) {
        const auto words = all.words(x.text());
        expected.emplace_back(std::vector(words.begin(), words.end()), x.agree());
      }
      n_full += expected.size() == kMostNear ? 1 : 0;
      ASSERT_EQ(found, expected) << "text " << t << " of seed " << seed;
    }
    EXPECT_GT(n_full, 100U);
  }
}

}  // namespace
}  // namespace ovillo::cluster
