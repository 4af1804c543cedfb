#include "ovillo/release/private_marginals.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "ovillo/release/discrete_gaussian.hpp"
#include "ovillo/release/privacy_loss.hpp"

namespace ovillo::release {

namespace {

using Attribute = TupleTree::Attribute;

// Streams of the random bits, so that no part depends on how much another one drew.
enum : std::uint64_t { kRecordsStream = 1, kCapsStream, kLengthStream = 16 };

// Counts are kept in parts of a person: a record with more combinations than are counted of one
// gives to each a part of itself.
constexpr std::uint64_t kParts = 32;

constexpr double kRecordsShare = 0.005;
constexpr double kCapsShare = 0.01;
// Of the records, how many count wholly to length 2, and beyond.
constexpr double kWholeForShort = 0.999;
constexpr double kWholeForLong = 0.98;
// Longer combinations are more: they get more of the budget, but not so much more that the short
// ones, which people read, grow as noisy.
constexpr double kShareGrowth = 0.64;
constexpr std::uint64_t kMostPlaces = 375'000'000;

std::uint64_t combinations(std::uint64_t of, std::uint64_t length) {
  std::uint64_t out = 1;
  for (std::uint64_t i = 0; i < length; ++i) out = out * (of - std::min(i, of)) / (i + 1);
  return out;
}

double budget(const PrivacySetting& setting) {
  return rho_of(setting.epsilon, setting.delta * kDeltaOfLoss);
}

std::int64_t noise(double variance, RandomBits& bits) {
  return discrete_gaussian(ratio_not_below(variance), bits);
}

/// People, from parts and noise in parts.
std::int64_t noisy_people(std::uint64_t parts, double variance, RandomBits& bits) {
  constexpr auto kSquare = static_cast<double>(kParts * kParts);
  const double noisy =
      static_cast<double>(static_cast<std::int64_t>(parts) + noise(variance * kSquare, bits));
  return static_cast<std::int64_t>(std::floor(noisy / kParts + 0.5));
}

/// What a record gives to each of its combinations, so that the squares of all it gives are no more
/// than `most` people's.
std::uint32_t parts_of(std::uint64_t n_combinations, std::uint64_t most) {
  if (n_combinations <= most) return kParts;
  return static_cast<std::uint32_t>(
      kParts * std::sqrt(static_cast<double>(most) / static_cast<double>(n_combinations)));
}

/// How many records state so many columns, by number.
std::vector<std::int64_t> stated_columns(const CodedRecords& records) {
  std::vector<std::int64_t> out(records.columns().size() + 1, 0);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto record = records.record(i);
    ++out[record.size() - static_cast<std::size_t>(
                              std::count(record.begin(), record.end(), CodedRecords::kNotStated))];
  }
  return out;
}

AttributeCaps caps_of(const std::vector<std::int64_t>& stated, std::int64_t n_records) {
  AttributeCaps out;
  double above = 0;
  const auto n = static_cast<double>(n_records);
  for (std::size_t k = stated.size(); k-- > 1;) {
    above += static_cast<double>(std::max<std::int64_t>(0, stated[k]));
    if (out.of_short == 1 && above > (1 - kWholeForShort) * n) out.of_short = k;
    if (out.of_long == 1 && above > (1 - kWholeForLong) * n) out.of_long = k;
  }
  return out;
}

/// Counts, length by length, what the tree has places for.
class Counting {
 public:
  Counting(const CodedRecords& records, const std::vector<std::vector<std::uint32_t>>& attribute,
           const TupleTree& tree)
      : records_(records), attribute_(attribute), tree_(tree) {}

  /// @param most  combinations that a record gives itself wholly to. @return parts, by place.
  std::vector<std::uint32_t> count(unsigned length, std::uint64_t most) {
    places_.assign(tree_.levels()[length - 2].row.back(), 0);
    for (std::size_t i = 0; i < records_.size(); ++i) {
      take_attributes(records_.record(i));
      if (held_.size() < length) continue;
      parts_ = parts_of(combinations(held_.size(), length), most);
      add_below(0, length, 0, 0);
    }
    return std::move(places_);
  }

 private:
  void take_attributes(std::span<const std::uint16_t> record) {
    held_.clear();
    for (std::size_t c = 0; c < record.size(); ++c)
      if (record[c] != CodedRecords::kNotStated && attribute_[c][record[c]] != 0)
        held_.push_back(static_cast<Attribute>(attribute_[c][record[c]] - 1));
  }

  /// @param depth  attributes of `node` so far.
  void add_below(std::size_t from, unsigned length, unsigned depth, std::uint32_t node) {
    if (depth + 1 == length) {
      const TupleTree::Level& level = tree_.levels()[depth - 1];
      std::uint32_t* row = places_.data() + level.row[node];
      const Attribute first = tree_.after(level.last[node]);
      for (std::size_t i = from; i < held_.size(); ++i) row[held_[i] - first] += parts_;
      return;
    }
    for (std::size_t i = from; i + (length - depth) <= held_.size(); ++i) {
      const std::uint32_t next = depth == 0 ? held_[i] + 1U : tree_.child(depth, node, held_[i]);
      if (next != TupleTree::kNone) add_below(i + 1, length, depth + 1, next - 1);
    }
  }

  const CodedRecords& records_;
  const std::vector<std::vector<std::uint32_t>>& attribute_;
  const TupleTree& tree_;
  std::uint32_t parts_ = 0;
  std::vector<Attribute> held_;
  std::vector<std::uint32_t> places_;
};

/// A value of one person alone passes it with less than the chance that delta leaves for that, also
/// when each column has such a value.
std::int64_t value_threshold(const PrivacySetting& setting, const LengthPlan& plan,
                             std::size_t n_columns) {
  return 2 + noise_reached(plan.variance,
                           setting.delta * (1 - kDeltaOfLoss) / static_cast<double>(n_columns));
}

/// Publishes the values of single columns. @return for each column and value number the attribute
/// + 1; 0: withheld.
std::vector<std::vector<std::uint32_t>> release_values(const CodedRecords& records,
                                                       const PrivacySetting& setting,
                                                       const NoiseKey& key, PrivateMarginals& out) {
  LengthPlan& plan = out.plan[0];
  plan.threshold = value_threshold(setting, plan, records.columns().size());
  RandomBits bits(key, kLengthStream);
  std::vector<std::vector<std::uint64_t>> counts;
  for (const CodedRecords::Column& column : records.columns())
    counts.emplace_back(column.values.size(), 0);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto record = records.record(i);
    const auto n_not_stated = std::count(record.begin(), record.end(), CodedRecords::kNotStated);
    const std::uint32_t parts =
        parts_of(record.size() - static_cast<std::size_t>(n_not_stated), plan.most);
    for (std::size_t c = 0; c < record.size(); ++c)
      if (record[c] != CodedRecords::kNotStated) counts[c][record[c]] += parts;
  }
  std::vector<std::vector<std::uint32_t>> attribute;
  std::vector<std::uint16_t> column_of;
  std::vector<std::int64_t> people;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    const std::vector<std::string>& values = records.columns()[c].values;
    attribute.emplace_back(values.size(), 0);
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    for (const std::size_t v : order) {
      // A value that nobody has (pooled away) has no noise either: it is not known to exist.
      if (counts[c][v] == 0) continue;
      const std::int64_t noisy = noisy_people(counts[c][v], plan.variance, bits);
      if (noisy < plan.threshold) continue;
      column_of.push_back(static_cast<std::uint16_t>(c));
      people.push_back(std::min(noisy, std::max<std::int64_t>(out.n_records, 1)));
      out.attributes.push_back({static_cast<std::uint16_t>(c), values[v]});
      attribute[c][v] = static_cast<std::uint32_t>(column_of.size());
    }
  }
  plan.n_released = column_of.size();
  out.tree = TupleTree(std::move(column_of));
  out.tree.begin(std::move(people));
  return attribute;
}

struct Candidate {
  std::uint32_t parent = 0;
  Attribute last = 0;
  std::int64_t people = 0;
  std::int64_t at_most = 0;  ///< people of the part with the fewest
};

/// People of the part with the fewest; nothing (0) when a part is not published.
std::int64_t fewest_of_parts(const TupleTree& tree, std::span<const Attribute> attributes) {
  std::int64_t fewest = tree.people(attributes.first(attributes.size() - 1));
  std::vector<Attribute> part(attributes.size() - 1);
  for (std::size_t skip = 0; skip + 1 < attributes.size(); ++skip) {
    for (std::size_t i = 0, to = 0; i < attributes.size(); ++i)
      if (i != skip) part[to++] = attributes[i];
    fewest = std::min(fewest, tree.people(part));
    if (fewest <= 0) return 0;
  }
  return fewest;
}

/// The least threshold at which combinations that nobody has are, in expectation, no more than the
/// share of the published ones. It looks at noisy counts only.
std::int64_t fabrication_threshold(const std::vector<Candidate>& candidates, double variance,
                                   double share) {
  std::vector<std::int64_t> people;
  for (const Candidate& one : candidates) people.push_back(one.people);
  std::sort(people.begin(), people.end(), std::greater<>());
  const auto fabricated = [&](std::int64_t threshold, std::size_t n_released) {
    return static_cast<double>(people.size() - n_released) *
           chance_of_noise(variance, static_cast<double>(threshold));
  };
  const auto most = static_cast<std::int64_t>(12 * std::sqrt(variance)) + 2;
  for (std::int64_t threshold = 1; threshold < most; ++threshold) {
    const auto n = static_cast<std::size_t>(
        std::lower_bound(people.begin(), people.end(), threshold,
                         [](std::int64_t a, std::int64_t b) { return a >= b; }) -
        people.begin());
    if (fabricated(threshold, n) <= share * static_cast<double>(n)) return threshold;
  }
  return most;
}

Result<void> release_length(unsigned length, const PrivacySetting& setting, const NoiseKey& key,
                            Counting& counting, PrivateMarginals& out) {
  LengthPlan& plan = out.plan[length - 1];
  TupleTree& tree = out.tree;
  if (tree.make_rows() > kMostPlaces)
    return Error(
        ErrorCode::release_too_large,
        fmt::format("combinations of {} values: fewer columns, or shorter combinations", length));
  const std::vector<std::uint32_t> counts = counting.count(length, plan.most);
  RandomBits bits(key, kLengthStream + length);
  std::vector<Candidate> candidates;
  const TupleTree::Level& above = tree.levels()[length - 2];
  const std::size_t n_parents = above.last.size();
  for (std::uint32_t parent = 0; parent < n_parents; ++parent) {
    std::vector<Attribute> one = tree.attributes(length - 1, parent);
    one.push_back(0);
    for (std::size_t a = tree.after(above.last[parent]); a < tree.n_attributes(); ++a) {
      one.back() = static_cast<Attribute>(a);
      const std::int64_t at_most = fewest_of_parts(tree, one);
      if (at_most == 0) continue;
      const std::uint32_t parts = counts[tree.place(above, parent, one.back())];
      candidates.push_back({parent, one.back(), noisy_people(parts, plan.variance, bits), at_most});
    }
  }
  plan.n_counted = candidates.size();
  plan.threshold = fabrication_threshold(candidates, plan.variance, setting.fabricated);
  tree.begin_level();
  for (const Candidate& one : candidates)
    if (one.people >= plan.threshold) {
      tree.add(one.parent, one.last, std::min(one.people, one.at_most));
      ++plan.n_released;
    }
  return {};
}

}  // namespace

Result<void> check_setting(const CodedRecords& records, const PrivacySetting& setting) {
  const auto refused = [](std::string why) {
    return Error(ErrorCode::base_bad_argument, std::move(why));
  };
  constexpr double kMostEpsilon = 100;
  if (!(setting.epsilon > 0) || setting.epsilon > kMostEpsilon)
    return refused(fmt::format("epsilon is above 0 and at most {}", kMostEpsilon));
  if (!(setting.delta >= 1e-15) || setting.delta >= 0.1)
    return refused("delta is at least 1e-15 and below 0.1");
  if (setting.length == 0 || setting.length > kLongestCombination)
    return refused(fmt::format("the longest combination is 1 to {}", kLongestCombination));
  if (!(setting.fabricated > 0) || setting.fabricated >= 1)
    return refused("the fabricated share is between 0 and 1");
  if (records.columns().empty() || records.columns().size() > kMostColumns)
    return refused(fmt::format("1 to {} columns", kMostColumns));
  constexpr double kMostVariance = 1 << 24;
  const AttributeCaps widest{records.columns().size(), records.columns().size()};
  for (const LengthPlan& one : plan_lengths(setting, widest))
    if (one.variance > kMostVariance)
      return refused("with so small an epsilon nothing but noise would be published");
  return {};
}

std::vector<LengthPlan> plan_lengths(const PrivacySetting& setting, const AttributeCaps& caps) {
  const double rho = budget(setting) * (1 - kRecordsShare - kCapsShare);
  std::vector<LengthPlan> out(setting.length);
  double shares = 0;
  for (unsigned k = 0; k < setting.length; ++k) {
    const std::uint64_t cap = k < 2 ? caps.of_short : caps.of_long;
    out[k].most = std::max<std::uint64_t>(1, combinations(cap, k + 1));
    shares += std::pow(static_cast<double>(out[k].most), kShareGrowth);
  }
  for (LengthPlan& one : out) {
    const auto most = static_cast<double>(one.most);
    one.rho = rho * std::pow(most, kShareGrowth) / shares;
    one.variance = ratio_not_below(most / (2 * one.rho)).value();
  }
  return out;
}

Result<PrivateMarginals> private_marginals(const CodedRecords& records,
                                           const PrivacySetting& setting, const NoiseKey& key) {
  OVILLO_CHECK(check_setting(records, setting));
  PrivateMarginals out;
  for (const CodedRecords::Column& one : records.columns()) out.columns.push_back(one.name);
  out.rho = budget(setting);
  out.n_records_variance = ratio_not_below(1 / (2 * out.rho * kRecordsShare)).value();
  RandomBits records_bits(key, kRecordsStream);
  out.n_records = std::max<std::int64_t>(
      0, static_cast<std::int64_t>(records.size()) + noise(out.n_records_variance, records_bits));
  RandomBits caps_bits(key, kCapsStream);
  std::vector<std::int64_t> stated = stated_columns(records);
  for (std::int64_t& one : stated) one += noise(1 / (2 * out.rho * kCapsShare), caps_bits);
  out.plan = plan_lengths(setting, caps_of(stated, out.n_records));
  const std::vector<std::vector<std::uint32_t>> attribute =
      release_values(records, setting, key, out);
  Counting counting(records, attribute, out.tree);
  for (unsigned length = 2; length <= setting.length; ++length)
    OVILLO_CHECK(release_length(length, setting, key, counting, out));
  return out;
}

namespace {

/// Chance that a value with so many people is left out under a plan.
double chance_left_out(const LengthPlan& plan, double people) {
  return std::erfc((people - static_cast<double>(plan.threshold)) / std::sqrt(2 * plan.variance)) /
         2;
}

constexpr double kLikely = 0.1;

/// Values to count together with `erased`: first others that are left out, then the smallest that
/// stay, until they are likely to stay together.
void offer_pool(const std::vector<std::uint64_t>& counts, const LengthPlan& plan, Erased& erased) {
  std::vector<std::size_t> others;
  for (std::size_t v = 0; v < counts.size(); ++v)
    if (v != erased.value && counts[v] > 0) others.push_back(v);
  std::stable_sort(others.begin(), others.end(),
                   [&](std::size_t a, std::size_t b) { return counts[a] < counts[b]; });
  std::uint64_t people = erased.people;
  for (const std::size_t v : others) {
    erased.pool.push_back(v);
    people += counts[v];
    if (chance_left_out(plan, static_cast<double>(people)) > kLikely) continue;
    erased.pooled_people = people;
    return;
  }
  erased.pool.clear();
}

}  // namespace

std::vector<Erased> would_erase(const CodedRecords& records, const PrivacySetting& setting) {
  const AttributeCaps caps =
      caps_of(stated_columns(records), static_cast<std::int64_t>(records.size()));
  std::vector<LengthPlan> of_length;  // the plan for values when the longest is 1, 2, ..
  for (unsigned length = 1; length <= setting.length; ++length) {
    PrivacySetting shorter = setting;
    shorter.length = length;
    LengthPlan plan = plan_lengths(shorter, caps)[0];
    plan.threshold = value_threshold(shorter, plan, records.columns().size());
    of_length.push_back(plan);
  }
  std::vector<Erased> out;
  for (std::size_t c = 0; c < records.columns().size(); ++c) {
    const std::vector<std::uint64_t> counts = records.counts(c);
    for (std::size_t v = 0; v < counts.size(); ++v) {
      if (counts[v] == 0) continue;
      const auto people = static_cast<double>(counts[v]);
      Erased one{c, v, counts[v], chance_left_out(of_length.back(), people), 0, {}, 0, 0};
      if (one.chance <= kLikely) continue;
      for (unsigned length = setting.length; length-- > 1 && one.shorter == 0;)
        if (chance_left_out(of_length[length - 1], people) <= kLikely) one.shorter = length;
      offer_pool(counts, of_length.back(), one);
      double times = 1;
      while (chance_left_out(of_length.back(), people * times) > kLikely) times += 0.5;
      one.times_the_years = times;
      out.push_back(std::move(one));
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Erased& a, const Erased& b) { return a.people < b.people; });
  return out;
}

}  // namespace ovillo::release
