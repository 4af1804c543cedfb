#include "ovillo/flow/components.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::flow {
namespace {

const Vocabulary& vocabulary() {
  static const Vocabulary shipped{*extract::Extractor::open(data_folder()),
                                  *cluster::Background::open(data_folder()),
                                  *assess::Assessor::open(data_folder()),
                                  {},
                                  *PartHeaders::open(data_folder()),
                                  "shipped",
                                  cluster::kMostInOneGo};
  return shipped;
}

// Four adverts; the first two are of one hand, the last two of another.
Corpus four_adverts() {
  Block block;
  block.records.columns = {{"text", Field::text}};
  for (std::uint64_t i = 0; i < 4; ++i) {
    block.records.id.push_back({i + 1, 1});
    block.records.kind.push_back(RecordKind::advert);
    block.records.time.emplace_back();
    block.records.cell_column.push_back(0);
    block.records.cell_value.push_back("new in town, ask for me");
    block.records.fields.close_row(i + 1);
    block.finds.records.close_row(0);
  }
  std::vector<Block> blocks;
  blocks.push_back(std::move(block));
  return Corpus(std::move(blocks));
}

TextComponent hand(std::uint64_t key, std::vector<std::uint32_t> records,
                   const std::string& written) {
  TextComponent out;
  out.key = {key, 1};
  out.records = std::move(records);
  out.cluster.assign(out.records.size(), 0);
  out.reasons.resize(out.records.size());
  out.templates.push_back(written);
  out.shapes.resize(1);
  return out;
}

Answer answer_with(const Corpus& corpus, const std::string& second_template) {
  Answer answer;
  answer.model = "model";
  answer.records.assign(corpus.ids().begin(), corpus.ids().end());
  answer.texts = {hand(1, {0, 1}, "new in town, ask for ⟨name⟩"), hand(2, {2, 3}, second_template)};
  return answer;
}

RunReport add_components(const Corpus& corpus, Answer& answer, Answer* previous) {
  RunReport report;
  const HandIndex hands(answer.texts, corpus.size());
  Readings readings(corpus.size());
  const auto sets = join_records(corpus, vocabulary().shared_payers, hands, report);
  answer.components = work_out(corpus, vocabulary(), IdKey{}, answer, hands, sets, readings,
                               previous, nullptr, report);
  return report;
}

TEST(WorkOut, TakesOverWhatNothingTouchedAndNothingElse) {
  const Corpus corpus = four_adverts();
  Answer before = answer_with(corpus, "new in ⟨place⟩");
  add_components(corpus, before, nullptr);
  ASSERT_EQ(before.components.size(), 2U);

  Answer same = answer_with(corpus, "new in ⟨place⟩");
  Answer earlier = before;
  EXPECT_EQ(add_components(corpus, same, &earlier).n_reused_components, 2U);

  // The template is what a component's key rests on, too.
  Answer other = answer_with(corpus, "⟨…⟩ in town");
  earlier = before;
  EXPECT_EQ(add_components(corpus, other, &earlier).n_reused_components, 1U);
  Answer anew = answer_with(corpus, "⟨…⟩ in town");
  add_components(corpus, anew, nullptr);
  for (std::size_t c = 0; c < 2; ++c) EXPECT_EQ(other.components[c].key, anew.components[c].key);
}

TEST(PlacesIn, TellTwoRecordsOfOneIdApart) {
  std::vector<Block> blocks;
  for (std::uint64_t group = 0; group < 2; ++group) {
    Block block;
    block.place.group = group;
    block.records.id.push_back({5, 5});
    block.records.kind.push_back(RecordKind::advert);
    block.records.fields.close_row(0);
    blocks.push_back(std::move(block));
  }
  const Corpus corpus(std::move(blocks));
  Answer earlier;
  earlier.records = {{5, 5}, {5, 5}};
  EXPECT_EQ(places_in(earlier, corpus), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(places_now({0, 1}, 2), (std::vector<std::uint32_t>{0, 1}));
}

}  // namespace
}  // namespace ovillo::flow
