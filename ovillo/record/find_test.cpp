#include "ovillo/record/find.hpp"

#include <gtest/gtest.h>

namespace ovillo {
namespace {

TEST(FindBatch, GivesBackWhatWasPushed) {
  const Find phone{.kind = FindKind::phone,
                   .role = Role::from,
                   .written_as = WrittenAs::words,
                   .confidence_per_mille = 870,
                   .column = 3,
                   .span = {5, 26},
                   .canonical = "+447700900123"};
  const Find age{.kind = FindKind::age, .span = {27, 29}, .canonical = "24"};
  FindBatch batch;
  batch.push_back(phone);
  batch.push_back(age);
  batch.close_record();
  batch.close_record();
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch[0], phone);
  EXPECT_EQ(batch[1], age);
  EXPECT_EQ(batch.records[0].size(), 2U);
  EXPECT_EQ(batch.records[1].size(), 0U) << "looked, found none";
}

TEST(FindBatch, DiffersWhenFindsBelongToAnotherRecord) {
  const Find phone{.kind = FindKind::phone, .span = {0, 1}, .canonical = "+447700900123"};
  FindBatch first;
  first.push_back(phone);
  first.close_record();
  first.close_record();
  FindBatch second;
  second.close_record();
  second.push_back(phone);
  second.close_record();
  EXPECT_FALSE(first == second);
}

}  // namespace
}  // namespace ovillo
