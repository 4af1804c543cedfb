#include "ovillo/flow/live_hands.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/invented_adverts.hpp"

namespace ovillo::flow {
namespace {

using cluster::Background;
namespace invented = cluster::invented;

const Vocabulary& vocabulary() {
  static const Vocabulary shipped{*extract::Extractor::open(data_folder()),
                                  *Background::open(data_folder()),
                                  *assess::Assessor::open(data_folder()),
                                  {},
                                  *PartHeaders::open(data_folder()),
                                  "shipped",
                                  cluster::kMostInOneGo};
  return shipped;
}

std::vector<std::string> adverts() {
  std::vector<std::string> texts = invented::independents(300, 5);
  for (std::uint64_t hand = 0; hand < 15; ++hand)
    for (auto& text : invented::one_hand(2 + hand, 70 + hand)) texts.push_back(std::move(text));
  for (std::size_t i = 0; i < 20; ++i) texts.push_back(texts[i * 9]);
  texts.emplace_back();
  return texts;
}

// Records [first, last) of an order, as one block. What a record is called does not tell when it
// came.
Block block_of(const std::vector<std::string>& texts, const std::vector<std::uint32_t>& order,
               std::size_t first, std::size_t last) {
  Block block;
  RecordBatch& batch = block.records;
  batch.columns = {{"text", Field::text}};
  for (std::size_t i = first; i < last; ++i) {
    batch.id.push_back({mix64(order[i] + 1), 1});
    batch.kind.push_back(RecordKind::advert);
    batch.time.emplace_back();
    batch.cell_column.push_back(0);
    batch.cell_value.push_back(texts[order[i]]);
    batch.fields.close_row(i - first + 1);
    block.finds.records.close_row(0);
  }
  return block;
}

bool is_same(const TextComponent& a, const TextComponent& b) {
  const auto same_reason = [](const cluster::Reason& x, const cluster::Reason& y) {
    return x.with == y.with && x.is_copy == y.is_copy && x.bits16 == y.bits16 &&
           x.asked16 == y.asked16;
  };
  return a.key == b.key && a.records == b.records && a.cluster == b.cluster &&
         std::equal(a.reasons.begin(), a.reasons.end(), b.reasons.begin(), b.reasons.end(),
                    same_reason) &&
         a.templates.arena() == b.templates.arena() && a.stock.size() == b.stock.size();
}

void expect_equal(std::vector<TextComponent> got, std::vector<TextComponent> wanted) {
  const auto by_key = [](const TextComponent& a, const TextComponent& b) { return a.key < b.key; };
  std::sort(got.begin(), got.end(), by_key);
  std::sort(wanted.begin(), wanted.end(), by_key);
  EXPECT_TRUE(std::equal(got.begin(), got.end(), wanted.begin(), wanted.end(), is_same));
  EXPECT_GT(wanted.size(), 15U);
}

class Days : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Days, GiveWhatAllRecordsAtOnceGive) {
  const std::vector<std::string> texts = adverts();
  std::vector<std::uint32_t> order(texts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  Rng rng(GetParam());
  rng.shuffle(order);
  const IdKey key{};
  CountedModel model{std::nullopt, "counted"};
  std::vector<std::string_view> views(texts.begin(), texts.begin() + 200);
  model.counts = cluster::count(views, vocabulary().background);

  LiveHands live;
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at < order.size();) {
    at += std::min(order.size() - at, 1 + rng.below(150));
    ends.push_back(at);
    std::vector<Block> blocks;
    for (std::size_t d = 0; d < ends.size(); ++d)
      blocks.push_back(block_of(texts, order, d == 0 ? 0 : ends[d - 1], ends[d]));
    const Corpus corpus(std::move(blocks));
    const auto got = live.renew(corpus, vocabulary(), model, key);
    if (at == order.size()) expect_equal(got, all_hands(corpus, vocabulary(), model, key));
  }
}
INSTANTIATE_TEST_SUITE_P(AnySeed, Days, testing::Range(std::uint64_t{1}, std::uint64_t{5}));

TEST(LiveHands, StartAnewWhereRecordsAreGoneOrTheModelIsAnother) {
  const std::vector<std::string> texts = adverts();
  std::vector<std::uint32_t> order(texts.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const IdKey key{};
  CountedModel model{std::nullopt, "counted"};
  model.counts = cluster::count(std::vector<std::string_view>(texts.begin(), texts.end()),
                                vocabulary().background);
  const auto corpus_from = [&](std::size_t first) {
    std::vector<Block> blocks;
    blocks.push_back(block_of(texts, order, first, order.size()));
    return Corpus(std::move(blocks));
  };
  LiveHands live;
  live.renew(corpus_from(0), vocabulary(), model, key);
  const Corpus fewer = corpus_from(40);
  expect_equal(live.renew(fewer, vocabulary(), model, key),
               all_hands(fewer, vocabulary(), model, key));
  model.name = "another";
  expect_equal(live.renew(fewer, vocabulary(), model, key),
               all_hands(fewer, vocabulary(), model, key));
}

}  // namespace
}  // namespace ovillo::flow
