// Counts of combinations of values that tell next to nothing about any one person.
//
// Every count gets noise of a discrete Gaussian; a value held by few is left out, because that it
// occurs at all would tell of them; longer combinations are counted only where all their parts were
// published. What is not published is withheld, which is not zero.
// Source: Gopi, Mahabadi and Yekhanin, "Differentially private marginals" (the known tool's
// method), with exact whole-number noise and the tight arithmetic of privacy_loss.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/release/coded_records.hpp"
#include "ovillo/release/random_bits.hpp"
#include "ovillo/release/tuple_tree.hpp"

namespace ovillo::release {

inline constexpr unsigned kLongestCombination = 5;

struct PrivacySetting {
  double epsilon = 4;
  double delta = 1e-6;
  unsigned length = 3;       ///< of the longest combination, up to kLongestCombination
  double fabricated = 0.05;  ///< share of the published combinations that nobody may have, at most
                             ///< (expected)
};

/// What was decided for the combinations of one length.
struct LengthPlan {
  double rho = 0;               ///< spent on it
  std::uint64_t most = 0;       ///< a record with more combinations gives each a part of itself
  double variance = 0;          ///< of the noise
  std::int64_t threshold = 0;   ///< noisy counts below it are withheld
  std::uint64_t n_counted = 0;  ///< combinations looked at; not known of length 1
  std::uint64_t n_released = 0;
};

struct PrivateMarginals {
  struct Attribute {
    std::uint16_t column = 0;
    std::string value;
  };

  std::vector<std::string> columns;
  std::vector<Attribute> attributes;  ///< published values, column by column, each column by name
  std::int64_t n_records = 0;         ///< with noise
  double n_records_variance = 0;
  std::vector<LengthPlan> plan;  ///< by length - 1
  double rho = 0;                ///< spent in all
  TupleTree tree{{}};            ///< people with noise; a combination never exceeds its parts
};

/// What a setting spends and how much noise it makes, from caps that are known.
/// Attributes with which a record counts wholly: to length 2, and beyond.
struct AttributeCaps {
  std::uint64_t of_short = 1;
  std::uint64_t of_long = 1;
};
std::vector<LengthPlan> plan_lengths(const PrivacySetting& setting, const AttributeCaps& caps);

/// @error base.bad_argument: a setting that cannot be.
Result<void> check_setting(const CodedRecords& records, const PrivacySetting& setting);

/// @param key  of the noise: fresh for a release, thrown away after it.
/// @error as check_setting; release.too_large: more combinations than
///        fit into memory (1.5 GB of places).
/// @cost  a step per combination of each record, a draw per combination looked at.
Result<PrivateMarginals> private_marginals(const CodedRecords& records,
                                           const PrivacySetting& setting, const NoiseKey& key);

/// A value that a setting is likely to leave out.
struct Erased {
  std::size_t column = 0;
  std::size_t value = 0;
  std::uint64_t people = 0;
  double chance = 0;  ///< that it is left out

  /// What would keep them visible; nothing: no such way was found.
  unsigned shorter = 0;           ///< the longest length at which it is likely to stay; or 0
  std::vector<std::size_t> pool;  ///< values of the column to be counted together with it
  std::uint64_t pooled_people = 0;
  double times_the_years = 0;  ///< as many people as now, this many times over
};

/// Values with a chance above one in ten of being left out, the fewest people first. Worked out
/// from the true counts: for whoever keeps the records, never for publication; spends nothing.
std::vector<Erased> would_erase(const CodedRecords& records, const PrivacySetting& setting);

}  // namespace ovillo::release
