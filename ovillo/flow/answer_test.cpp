#include "ovillo/flow/answer.hpp"

#include <cstring>
#include <filesystem>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/bytes.hpp"
#include "ovillo/casework/view_digest.hpp"

namespace ovillo::flow {
namespace {

class StoredAnswer : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = std::filesystem::temp_directory_path() /
            ("ovillo-answer-" + std::to_string(getpid()) + "-" +
             ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(root_);
    workspace_.emplace(*storage::Workspace::create(root_ / "case"));
    view_.compartments = {storage::Workspace::kMainCompartment};
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(root_);
  }
  void store(const Answer& answer) {
    auto transaction = *workspace_->begin();
    ASSERT_TRUE(store_answer(transaction, view_, workspace_->id_key(), answer));
    ASSERT_TRUE(transaction.commit());
  }
  [[nodiscard]] std::string name_of_part(int part) const {
    return "answer/" + casework::view_digest(view_, workspace_->id_key()).hex() + "/" +
           std::to_string(part);
  }
  // Five candidates: a text with three members, one of them a copy, and two that stand alone.
  static Answer answer_of_one_text() {
    Answer answer;
    answer.model = "model-1";
    answer.records = {{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {0, 6}};
    TextComponent text;
    text.key = {7, 7};
    text.records = {0, 1, 2, 3, 4};
    text.cluster = {0, -1, 0, -1, 0};
    text.reasons = {{-1, false, 0, 0}, {0, false, 1'344, 496}, {2, true, 1'600, -16}};
    text.templates.push_back("ask for ⟨name⟩");
    text.shapes = {{1, 2}};
    text.stock = {{"no hidden numbers", 612}};
    answer.texts = {text};
    return answer;
  }

  std::filesystem::path root_;
  std::optional<storage::Workspace> workspace_;
  View view_;
};

TEST_F(StoredAnswer, KeepsWhyEachTextIsInItsCluster) {
  store(answer_of_one_text());
  const auto held = load_answer(*workspace_, view_);
  ASSERT_TRUE(held);
  ASSERT_EQ(held->texts.size(), 1U);
  const TextComponent& text = held->texts[0];
  EXPECT_EQ(text.records, (std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(text.cluster, (std::vector<std::int32_t>{0, -1, 0, -1, 0}));
  ASSERT_EQ(text.reasons.size(), 3U);
  EXPECT_EQ(text.reasons[0].with, -1);
  EXPECT_EQ(text.reasons[1].with, 0);
  EXPECT_FALSE(text.reasons[1].is_copy);
  EXPECT_EQ(text.reasons[1].bits16, 1'344);
  EXPECT_EQ(text.reasons[1].asked16, 496);
  EXPECT_EQ(text.reasons[2].with, 2);
  EXPECT_TRUE(text.reasons[2].is_copy);
  EXPECT_EQ(text.reasons[2].asked16, -16);
  ASSERT_EQ(text.shapes.size(), 1U);
  EXPECT_EQ(text.shapes[0].n_slots, 1U);
  EXPECT_EQ(text.shapes[0].n_fixed_words, 2U);
  ASSERT_EQ(text.stock.size(), 1U);
  EXPECT_EQ(text.stock[0].text, "no hidden numbers");
  EXPECT_EQ(text.stock[0].n_texts, 612U);
}

TEST_F(StoredAnswer, OfAnotherFormAsksForARun) {
  store(answer_of_one_text());
  std::string head = **workspace_->get_derived(name_of_part(0));
  const std::uint32_t earlier = 1;
  std::memcpy(head.data(), &earlier, sizeof earlier);
  auto transaction = *workspace_->begin();
  ASSERT_TRUE(transaction.put_derived(view_, name_of_part(0), head));
  ASSERT_TRUE(transaction.commit());
  const auto held = load_answer(*workspace_, view_);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().code(), ErrorCode::flow_run_first);
}

TEST_F(StoredAnswer, ThatPointsOutsideItselfIsDamaged) {
  const auto damaged = [&](void (*damage)(TextComponent&)) {
    Answer answer = answer_of_one_text();
    damage(answer.texts[0]);
    store(answer);
    const auto held = load_answer(*workspace_, view_);
    return !held && held.error().code() == ErrorCode::flow_damaged_answer;
  };
  EXPECT_TRUE(damaged([](TextComponent& text) { text.reasons[1].with = 5; }));
  EXPECT_TRUE(damaged([](TextComponent& text) { text.records.back() = 6; }));
  EXPECT_TRUE(damaged([](TextComponent& text) { text.records.pop_back(); }));
  EXPECT_TRUE(damaged([](TextComponent& text) { text.cluster[0] = 1; }));
  EXPECT_TRUE(damaged([](TextComponent& text) { text.shapes.clear(); }));
  EXPECT_FALSE(damaged([](TextComponent&) {}));
}

}  // namespace
}  // namespace ovillo::flow
