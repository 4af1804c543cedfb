#include "ovillo/release/private_marginals.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/release/privacy_loss.hpp"
#include "ovillo/release/synthetic_records.hpp"

namespace ovillo::release {
namespace {

using Combination = std::vector<std::string>;  // a value per column, "" where none is asked for

/// Invented: the form goes with the region, the sex with neither; `n_rare` people more.
CodedRecords people(std::size_t n, std::size_t n_rare) {
  CodedRecords out({"region", "form", "sex", "status"});
  const std::array<std::string_view, 3> regions{"north", "south", ""};
  const std::array<std::string_view, 3> forms{"labour", "sexual", "begging"};
  Rng rng(5);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t region = rng.below(3);
    const std::size_t form = rng.below(4) == 0 ? rng.below(3) : region;
    const std::array<std::string_view, 4> one{regions[region], forms[form],
                                              rng.below(2) == 0 ? "woman" : "man",
                                              rng.below(3) == 0 ? "" : "presumed"};
    EXPECT_TRUE(out.add(one));
  }
  for (std::size_t i = 0; i < n_rare; ++i)
    EXPECT_TRUE(out.add(std::array<std::string_view, 4>{"south", "organs", "man", "presumed"}));
  return out;
}

Combination named(const PrivateMarginals& marginals, const std::vector<std::uint16_t>& attributes) {
  Combination out(marginals.columns.size());
  for (const std::uint16_t a : attributes)
    out[marginals.attributes[a].column] = marginals.attributes[a].value;
  return out;
}

std::map<Combination, std::int64_t> published(const PrivateMarginals& marginals) {
  std::map<Combination, std::int64_t> out;
  for (std::size_t k = 0; k < marginals.tree.levels().size(); ++k)
    for (std::uint32_t i = 0; i < marginals.tree.levels()[k].last.size(); ++i)
      out[named(marginals, marginals.tree.attributes(k + 1, i))] =
          marginals.tree.levels()[k].people[i];
  return out;
}

std::int64_t true_count(const CodedRecords& records, const Combination& wanted) {
  std::int64_t out = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    bool has = true;
    for (std::size_t c = 0; c < wanted.size(); ++c) {
      const std::uint16_t code = records.record(i)[c];
      has = has && (wanted[c].empty() || (code != CodedRecords::kNotStated &&
                                          records.columns()[c].values[code] == wanted[c]));
    }
    out += has;
  }
  return out;
}

NoiseKey key_of(std::uint8_t first) {
  NoiseKey key;
  key.bytes[0] = first;
  return key;
}

TEST(PrivateMarginals, AreTheTrueCountsWithTheNoiseThatThePlanSays) {
  const CodedRecords records = people(6000, 0);
  const PrivacySetting setting{4, 1e-6, 3, 0.01};
  std::map<std::size_t, std::pair<double, int>> squares;  // by length
  for (std::uint8_t seed = 0; seed < 20; ++seed) {
    const auto marginals = private_marginals(records, setting, key_of(seed));
    ASSERT_TRUE(marginals);
    for (const auto& [combination, count] : published(*marginals)) {
      const auto length = static_cast<std::size_t>(
          std::count_if(combination.begin(), combination.end(),
                        [](const std::string& value) { return !value.empty(); }));
      const auto apart = static_cast<double>(count - true_count(records, combination));
      squares[length].first += apart * apart / marginals->plan[length - 1].variance;
      ++squares[length].second;
    }
  }
  // Parts bound longer ones, which makes their noise a little less.
  for (const auto& [length, sum] : squares) {
    EXPECT_GT(sum.first / sum.second, 0.6) << length;
    EXPECT_LT(sum.first / sum.second, 1.3) << length;
  }
  EXPECT_EQ(squares.size(), 3U);
}

TEST(PrivateMarginals, SpendNoMoreThanTheSettingAllows) {
  const CodedRecords records = people(500, 0);
  const PrivacySetting setting{2, 1e-6, 3, 0.01};
  const auto marginals = private_marginals(records, setting, key_of(1));
  ASSERT_TRUE(marginals);
  double rho = 1 / (2 * marginals->n_records_variance);
  for (const LengthPlan& one : marginals->plan)
    rho += static_cast<double>(one.most) / (2 * one.variance);
  EXPECT_LE(rho, marginals->rho);
  EXPECT_LE(epsilon_of(marginals->rho, setting.delta * kDeltaOfLoss), setting.epsilon + 1e-9);
}

TEST(PrivateMarginals, DoNotNameAValueThatOnePersonHas) {
  const CodedRecords records = people(3000, 1);
  for (std::uint8_t seed = 0; seed < 50; ++seed) {
    const auto marginals = private_marginals(records, {4, 1e-6, 3, 0.01}, key_of(seed));
    ASSERT_TRUE(marginals);
    for (const auto& one : marginals->attributes) EXPECT_NE(one.value, "organs");
  }
}

TEST(PrivateMarginals, OfAPersonMoreCountNoMoreThanTheCap) {
  // One record states far more than the others: it must not weigh more than they do.
  CodedRecords records({"a", "b", "c", "d", "e", "f", "g", "h"});
  for (int i = 0; i < 5000; ++i)
    ASSERT_TRUE(records.add(std::array<std::string_view, 8>{"1", "1", "", "", "", "", "", ""}));
  for (int i = 0; i < 60; ++i)
    ASSERT_TRUE(
        records.add(std::array<std::string_view, 8>{"1", "1", "1", "1", "1", "1", "1", "1"}));
  const auto marginals = private_marginals(records, {30, 1e-6, 3, 0.3}, key_of(3));
  ASSERT_TRUE(marginals);
  EXPECT_EQ(marginals->plan[2].most, 1U);
  std::int64_t of_the_full = 0;
  for (const auto& [combination, count] : published(*marginals))
    if (std::count(combination.begin(), combination.end(), "") == 5) of_the_full += count;
  // 56 combinations of three of eight columns: without the cap 60 each.
  EXPECT_GT(of_the_full, 100);
  EXPECT_LT(of_the_full, 1000);
}

TEST(PrivateMarginals, NeverExceedTheirParts) {
  const auto marginals = private_marginals(people(2000, 30), {1, 1e-6, 3, 0.05}, key_of(4));
  ASSERT_TRUE(marginals);
  const auto all = published(*marginals);
  for (const auto& [combination, count] : all)
    for (std::size_t c = 0; c < combination.size(); ++c) {
      Combination part = combination;
      if (part[c].empty()) continue;
      part[c].clear();
      if (std::count(part.begin(), part.end(), "") == 4) continue;
      ASSERT_TRUE(all.contains(part));
      EXPECT_LE(count, all.at(part));
    }
}

TEST(PrivateMarginals, RefuseSettingsThatProtectNobodyOrTellNothing) {
  const CodedRecords records = people(10, 0);
  for (const PrivacySetting& bad :
       {PrivacySetting{0, 1e-6, 3, 0.01}, PrivacySetting{101, 1e-6, 3, 0.01},
        PrivacySetting{4, 0, 3, 0.01}, PrivacySetting{4, 0.5, 3, 0.01},
        PrivacySetting{4, 1e-6, 0, 0.01}, PrivacySetting{4, 1e-6, 6, 0.01},
        PrivacySetting{4, 1e-6, 3, 0}, PrivacySetting{1e-6, 1e-15, 3, 0.01}}) {
    const auto refused = private_marginals(records, bad, key_of(1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::base_bad_argument);
  }
}

TEST(WouldErase, NamesTheGroupsThatAreLeftOutAndHowTheyStay) {
  const CodedRecords records = people(3000, 12);
  const PrivacySetting setting{1, 1e-6, 3, 0.01};
  const std::vector<Erased> erased = would_erase(records, setting);
  ASSERT_EQ(erased.size(), 1U);
  EXPECT_EQ(records.columns()[erased[0].column].values[erased[0].value], "organs");
  EXPECT_EQ(erased[0].people, 12U);
  EXPECT_GT(erased[0].chance, 0.9);
  ASSERT_FALSE(erased[0].pool.empty());
  EXPECT_GT(erased[0].pooled_people, 100U);
  EXPECT_GT(erased[0].times_the_years, 1);

  CodedRecords pooled = people(3000, 12);
  const std::array<std::string, 2> values{"organs", "begging"};
  ASSERT_TRUE(pooled.pool("form", values, "begging or organs"));
  EXPECT_TRUE(would_erase(pooled, setting).empty());
  const auto marginals = private_marginals(pooled, setting, key_of(1));
  ASSERT_TRUE(marginals);
  EXPECT_TRUE(published(*marginals).contains({"", "begging or organs", "", ""}));
}

TEST(WouldErase, SaysHowOftenAValueIsReallyLeftOut) {
  const CodedRecords records = people(3000, 60);
  const PrivacySetting setting{1, 1e-6, 2, 0.01};
  double chance = 0;
  for (const Erased& one : would_erase(records, setting))
    if (records.columns()[one.column].values[one.value] == "organs") chance = one.chance;
  int n_left_out = 0;
  constexpr int kReleases = 200;
  for (int seed = 0; seed < kReleases; ++seed) {
    const auto marginals =
        private_marginals(records, setting, key_of(static_cast<std::uint8_t>(seed)));
    ASSERT_TRUE(marginals);
    n_left_out += std::none_of(marginals->attributes.begin(), marginals->attributes.end(),
                               [](const auto& one) { return one.value == "organs"; });
  }
  EXPECT_NEAR(static_cast<double>(n_left_out) / kReleases, chance, 0.12);
}

TEST(SyntheticRecords, HaveThePublishedCountsAndNothingElse) {
  const CodedRecords records = people(5000, 40);
  const auto marginals = private_marginals(records, {8, 1e-6, 3, 0.01}, key_of(6));
  ASSERT_TRUE(marginals);
  RandomBits bits(key_of(6), 99);
  const SyntheticRecords made = synthetic_records(*marginals, bits);
  ASSERT_EQ(made.size(), static_cast<std::size_t>(marginals->n_records));
  EXPECT_NEAR(static_cast<double>(made.size()), 5040, 50);
  std::map<Combination, std::int64_t> count;
  for (std::size_t i = 0; i < made.size(); ++i) {
    Combination whole(4);
    for (std::size_t c = 0; c < 4; ++c) {
      const std::uint32_t a = made.attributes[i * 4 + c];
      if (a != SyntheticRecords::kNotStated) whole[c] = marginals->attributes[a - 1].value;
    }
    for (unsigned kept = 1; kept < 16; ++kept) {
      Combination part = whole;
      unsigned has = 0;
      for (std::size_t c = 0; c < 4; ++c) {
        if ((kept >> c & 1U) == 0) part[c].clear();
        if (!part[c].empty()) has |= 1U << c;
      }
      if (has == kept && std::count(part.begin(), part.end(), "") >= 1) ++count[part];
    }
  }
  const auto wanted = published(*marginals);
  for (const auto& [combination, n] : count) {
    ASSERT_TRUE(wanted.contains(combination)) << "made, and never published";
    EXPECT_NEAR(static_cast<double>(n), static_cast<double>(wanted.at(combination)), 120);
  }
  double apart = 0;
  for (const auto& [combination, n] : wanted)
    apart += std::abs(static_cast<double>(n - count[combination]));
  EXPECT_LT(apart / static_cast<double>(wanted.size()), 30);
}

}  // namespace
}  // namespace ovillo::release
