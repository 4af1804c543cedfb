#include "ovillo/picture/hierarchical.hpp"

#include <gtest/gtest.h>

#include "ovillo/picture/test_tables.hpp"

namespace ovillo::picture {
namespace {

TEST(Hierarchical, CountsTheModelsOfTheLiterature) {
  EXPECT_EQ(hierarchical_models(3, 3).size(), 8U);
  EXPECT_EQ(hierarchical_models(4, 4).size(), 113U);
  EXPECT_EQ(hierarchical_models(5, 5).size(), 6893U);
  EXPECT_EQ(hierarchical_models(6, 2).size(), 32768U);
}

TEST(Hierarchical, RanksAsPublished) {
  const Ranking korean = rank_by_bic(korea(), 2);
  ASSERT_EQ(korean.models.size(), 6U);
  EXPECT_NEAR(korean.models[0].bic, 57.1408098754, 1e-8);
  EXPECT_NEAR(korean.models[0].total, 157.1666666667, 1e-6);
  EXPECT_NEAR(korean.models[1].bic, 58.9685963065, 1e-8);
  EXPECT_EQ(model_name(korea(), largest_terms(korean.models[1].terms)), "b:c");

  const Ranking british = rank_by_bic(united_kingdom(), 3);
  EXPECT_EQ(british.models.size(), 6084U);
  EXPECT_NEAR(british.models[0].bic, 195.8791056442, 1e-8);
  EXPECT_NEAR(british.models[0].total, 25311.2906125325, 1e-4);
  EXPECT_EQ(model_name(united_kingdom(), largest_terms(british.models[0].terms)),
            "LA:NG:PFNCA PFNCA:GO NG:GP");
}

TEST(Hierarchical, TheChoiceAmongMoreModelsIsWider) {
  const OverlapTable table = united_kingdom();
  const auto top =
      bootstrap_top_models(table, rank_by_bic(table, 2), {1, 5, 100}, resample(table, 500, 1));
  ASSERT_EQ(top.size(), 3U);
  const auto width = [&](std::size_t i) {
    return top[i].bootstrap.widest().high - top[i].bootstrap.widest().low;
  };
  EXPECT_GT(width(1), 1.5 * width(0));
  EXPECT_GT(width(2), 1.5 * width(0));
}

TEST(Hierarchical, AccelerationIsThatOfThePackage) {
  const auto top =
      bootstrap_top_models(korea(), rank_by_bic(korea(), 2), {6}, resample(korea(), 50, 1));
  ASSERT_EQ(top.size(), 1U);
  EXPECT_NEAR(top[0].bootstrap.acceleration, -0.008783628, 1e-9);
}

TEST(Hierarchical, ModelsWithoutAnEstimateAreNotRanked) {
  const Ranking ranking = rank_by_bic(artificial(), 2);
  EXPECT_EQ(ranking.n_models, 8U);
  EXPECT_EQ(ranking.models.size(), 4U);
  EXPECT_EQ(ranking.n_by_existence[1], 3U);
  EXPECT_EQ(ranking.n_by_existence[2], 1U);
}

}  // namespace
}  // namespace ovillo::picture
