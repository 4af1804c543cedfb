#include "ovillo/flow/held_view.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/cluster/invented_adverts.hpp"
#include "ovillo/flow/pipeline.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {
namespace {

namespace invented = cluster::invented;

// Views of more than 40 texts are clustered by counts.
const Vocabulary& vocabulary() {
  static const Vocabulary shipped{*extract::Extractor::open(data_folder()),
                                  *cluster::Background::open(data_folder()),
                                  *assess::Assessor::open(data_folder()),
                                  {},
                                  *PartHeaders::open(data_folder()),
                                  "shipped",
                                  40};
  return shipped;
}

std::vector<std::string> adverts() {
  std::vector<std::string> texts = invented::independents(60, 5);
  for (std::uint64_t hand = 0; hand < 12; ++hand)
    for (auto& text : invented::one_hand(2 + hand, 70 + hand)) texts.push_back(std::move(text));
  for (std::size_t i = 0; i < 20; ++i) texts.push_back(texts[i * 7]);
  Rng rng(11);
  rng.shuffle(texts);
  return texts;
}

// A workspace in a folder of its own, with one source in each of two compartments.
class Case {
 public:
  Case() {
    std::string name = (std::filesystem::temp_directory_path() / "ovillo-held-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    workspace.emplace(*storage::Workspace::create(folder_ / "case", IdKey{}));
    Authorisation report;
    report.kind = "platform_report";
    const AuthorisationId authorisation = *workspace->add_authorisation(report);
    const CompartmentId second = *workspace->add_compartment("second");
    for (const CompartmentId compartment : {storage::Workspace::kMainCompartment, second}) {
      Source source;
      source.name = "adverts";
      source.authorisation = authorisation;
      source.compartment = compartment;
      source.id = *workspace->add_source(source);
      sources_.push_back(source);
    }
    all.compartments = {storage::Workspace::kMainCompartment, second};
    main.compartments = {storage::Workspace::kMainCompartment};
  }
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;
  ~Case() {
    workspace.reset();
    std::filesystem::remove_all(folder_);
  }

  // Brings in texts [first, last), called by their positions.
  void bring(const std::vector<std::string>& texts, std::size_t first, std::size_t last,
             std::size_t source = 0) {
    RecordBatch batch;
    batch.source = sources_[source].id;
    batch.compartment = sources_[source].compartment;
    batch.source_key = "adverts";
    batch.columns = {{"text", Field::text}};
    for (std::size_t i = first; i < last; ++i) {
      batch.id.push_back({mix64(i + 1), 1});
      batch.kind.push_back(RecordKind::advert);
      batch.time.emplace_back();
      batch.row.push_back(i);
      batch.byte.push_back(0);
      batch.length.push_back(texts[i].size());
      batch.cell_column.push_back(0);
      batch.cell_value.push_back(texts[i]);
      batch.fields.close_row(batch.cell_column.size());
    }
    auto transaction = *workspace->begin();
    const std::uint64_t group = *transaction.new_group();
    const auto n_rows = static_cast<std::uint32_t>(batch.size());
    ASSERT_TRUE(transaction.put_block(
        {storage::BlockKind::record, batch.compartment, batch.source, group, 0, n_rows, 0},
        storage::encode(batch)));
    ASSERT_TRUE(transaction.commit());
  }
  Answer answer(const View& view, HeldView* held = nullptr) {
    const auto report = run(*workspace, view, vocabulary(), Disclosure::for_test(), nullptr, held);
    EXPECT_TRUE(report);
    return *load_answer(*workspace, view);
  }

  std::optional<storage::Workspace> workspace;
  View all;
  View main;

 private:
  std::filesystem::path folder_;
  std::vector<Source> sources_;
};

// Everything but the ids people cite, which tell when a network was first seen.
void expect_same(const Answer& got, const Answer& wanted) {
  EXPECT_EQ(got.model, wanted.model);
  EXPECT_EQ(got.records, wanted.records);
  ASSERT_EQ(got.texts.size(), wanted.texts.size());
  for (std::size_t t = 0; t < got.texts.size(); ++t) {
    EXPECT_EQ(got.texts[t].key, wanted.texts[t].key);
    EXPECT_EQ(got.texts[t].records, wanted.texts[t].records);
    EXPECT_EQ(got.texts[t].templates, wanted.texts[t].templates);
  }
  ASSERT_EQ(got.components.size(), wanted.components.size());
  for (std::size_t c = 0; c < got.components.size(); ++c) {
    const Component& a = got.components[c];
    const Component& b = wanted.components[c];
    EXPECT_EQ(a.key, b.key);
    EXPECT_EQ(a.records, b.records);
    ASSERT_EQ(a.networks.size(), b.networks.size());
    for (std::size_t n = 0; n < a.networks.size(); ++n) {
      EXPECT_EQ(a.networks[n].key, b.networks[n].key);
      EXPECT_EQ(a.networks[n].entities, b.networks[n].entities);
      const auto& signs = a.networks[n].assessment.signs;
      ASSERT_EQ(signs.size(), b.networks[n].assessment.signs.size());
      for (std::size_t s = 0; s < signs.size(); ++s)
        EXPECT_EQ(signs[s].sentence, b.networks[n].assessment.signs[s].sentence);
    }
  }
  EXPECT_EQ(got.urgent.size(), wanted.urgent.size());
  EXPECT_GT(wanted.components.size(), 10U);
}

TEST(HeldView, GivesDayByDayWhatOneRunOfAllGives) {
  const std::vector<std::string> texts = adverts();
  Case days;
  Case once;
  HeldView held;
  const std::size_t first_day = texts.size() / 2;
  for (Case* one : {&days, &once}) one->bring(texts, 0, first_day);
  days.answer(days.all, &held);
  once.answer(once.all);  // makes the same counts
  std::size_t from = first_day;
  Rng rng(3);
  while (from < texts.size()) {
    const std::size_t to = std::min<std::size_t>(texts.size(), from + 1 + rng.below(20));
    for (Case* one : {&days, &once}) one->bring(texts, from, to, from % 2);
    from = to;
    days.answer(days.all, &held);
  }
  expect_same(days.answer(days.all, &held), once.answer(once.all));
}

TEST(HeldView, GoesOverToAnotherViewWithNothingOfTheFirst) {
  const std::vector<std::string> texts = adverts();
  Case both;
  Case alone;
  HeldView held;
  both.bring(texts, 0, 60, 1);
  for (Case* one : {&both, &alone}) one->bring(texts, 60, texts.size());
  both.answer(both.all, &held);
  for (int i = 0; i < 3; ++i) expect_same(both.answer(both.main, &held), alone.answer(alone.main));
}

TEST(HeldView, StartsAnewWhereTheSameViewShowsLess) {
  const std::vector<std::string> texts = adverts();
  Case days;
  HeldView held;
  days.bring(texts, 0, 60, 1);
  days.bring(texts, 60, texts.size());
  days.answer(days.all, &held);
  ASSERT_TRUE(held.is_for(days.all, IdKey{}));
  const auto fewer = held.take(*days.workspace, days.main);
  ASSERT_TRUE(fewer);
  EXPECT_FALSE(fewer->corpus);
}

TEST(HeldView, IsTheFirstAndThenTheLastThatAskedTwiceRunning) {
  View one;
  one.compartments = {CompartmentId{1}};
  View other;
  other.compartments = {CompartmentId{2}};
  HeldView held;
  const auto asks = [&](const View& view) { return held.is_for(view, IdKey{}); };
  EXPECT_TRUE(asks(one));
  EXPECT_FALSE(asks(other));
  EXPECT_TRUE(asks(one));
  EXPECT_FALSE(asks(other));
  EXPECT_TRUE(asks(other));
  EXPECT_FALSE(asks(one));
}

}  // namespace
}  // namespace ovillo::flow
