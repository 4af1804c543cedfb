#include "ovillo/record/batch.hpp"

#include <string_view>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

// Two adverts; the first has two phone cells, the second none.
RecordBatch two_adverts() {
  RecordBatch batch;
  batch.columns = {{"body", Field::text}, {"tel", Field::phone}, {"tel2", Field::phone}};
  const auto cell = [&](std::uint16_t column, std::string_view value) {
    batch.cell_column.push_back(column);
    batch.cell_value.push_back(value);
  };
  cell(0, "llama al +44 7700 900123");
  cell(2, "07700 900124");
  cell(1, "07700 900123");
  batch.fields.close_row(batch.cell_column.size());
  cell(0, "sin numero");
  batch.fields.close_row(batch.cell_column.size());
  batch.kind = {RecordKind::advert, RecordKind::advert};
  return batch;
}

TEST(RecordBatch, GivesTheFirstValueOfAField) {
  const RecordBatch batch = two_adverts();
  ASSERT_EQ(batch.size(), 2U);
  EXPECT_EQ(batch.value(0, Field::text), "llama al +44 7700 900123");
  EXPECT_EQ(batch.value(0, Field::phone), "07700 900124") << "first cell, not first column";
  EXPECT_EQ(batch.value(1, Field::text), "sin numero");
}

TEST(RecordBatch, SaysNotStatedWithAnEmptyView) {
  const RecordBatch batch = two_adverts();
  EXPECT_TRUE(batch.value(1, Field::phone).empty());
  EXPECT_TRUE(batch.value(0, Field::amount).empty());
}

}  // namespace
}  // namespace ovillo
