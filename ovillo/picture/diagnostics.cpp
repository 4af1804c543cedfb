#include "ovillo/picture/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::optional<double> if_any(double total) {
  return std::isnan(total) ? std::nullopt : std::optional(total);
}

double stepwise_of(const OverlapTable& table, double threshold) {
  return table.n_observed() > 0 ? stepwise_total(table.n_lists(), threshold)()(table.count) : kNone;
}

/// The table with each pattern replaced; patterns that become 0 are left out.
template <class Change>
OverlapTable changed(const OverlapTable& table, std::vector<std::string> lists,
                     const Change& change) {
  OverlapTable out{std::move(lists), {}};
  out.count.assign(std::size_t{1} << out.n_lists(), 0);
  for (std::size_t p = 1; p < table.count.size(); ++p)
    if (const std::size_t to = change(p); to != 0) out.count[to] += table.count[p];
  return out;
}

/// Bits of `pattern` with bit `list` taken out and the higher ones moved down.
std::size_t without_bit(std::size_t pattern, std::size_t list) {
  const std::size_t below = pattern & ((std::size_t{1} << list) - 1);
  return below | (pattern >> (list + 1) << list);
}

std::vector<std::string> without_name(std::vector<std::string> names, std::size_t list) {
  names.erase(names.begin() + static_cast<std::ptrdiff_t>(list));
  return names;
}

/// Sorted totals without those that do not exist, and how many these were.
std::uint64_t sort_out(std::vector<double>& totals) {
  const std::size_t before = totals.size();
  std::erase_if(totals, [](double total) { return std::isnan(total); });
  std::sort(totals.begin(), totals.end());
  return before - totals.size();
}

/// Totals of `n` tables that `draw` makes, by number; in parallel.
template <class Draw>
std::vector<double> totals_of(std::size_t n, std::size_t n_lists, double threshold,
                              const Draw& draw) {
  std::vector<double> out(n);
  parallel_for(n, 16, [&](std::size_t begin, std::size_t end) {
    const TotalOf total_of = stepwise_total(n_lists, threshold)();
    for (std::size_t i = begin; i < end; ++i) out[i] = total_of(draw(i));
  });
  return out;
}

/// The totals of `n` tables that `draw` mends.
template <class Draw>
LinkageEffect effect_of(const OverlapTable& table, double missed, double false_links,
                        double threshold, std::size_t n, const Draw& draw) {
  LinkageEffect effect;
  effect.missed = missed;
  effect.false_links = false_links;
  std::vector<double> totals = totals_of(n, table.n_lists(), threshold, draw);
  effect.n_no_estimate = sort_out(totals);
  effect.low = totals.empty() ? kNone : quantile(totals, 0.025);
  effect.median = totals.empty() ? kNone : quantile(totals, 0.5);
  effect.high = totals.empty() ? kNone : quantile(totals, 0.975);
  return effect;
}

}  // namespace

TableHealth table_health(const OverlapTable& table) {
  TableHealth out;
  out.n_observed = table.n_observed();
  out.list_size.assign(table.n_lists(), 0);
  std::vector<double> on(table.count.size(), 0);  // people on all lists of a set
  for (std::size_t p = 1; p < table.count.size(); ++p) {
    const double count = table.count[p];
    if (count == 0) continue;
    if (std::popcount(p) >= 2) out.on_two_or_more += count;
    out.cells_of_one += count == 1;
    out.cells_below_five += count < 5;
    for (std::size_t set = p; set != 0; set = (set - 1) & p) on[set] += count;
  }
  for (std::size_t l = 0; l < table.n_lists(); ++l) out.list_size[l] = on[std::size_t{1} << l];
  for (const Term pair : all_pairs(table.n_lists())) {
    ++out.n_pairs;
    if (on[pair] == 0) out.empty_pairs.push_back(pair);
  }
  for (std::size_t set = 1; set < on.size(); ++set) {
    if (std::popcount(set) != 3) continue;
    out.n_triples_sharing += on[set] > 0;
    out.n_triples_overlapping += std::none_of(out.empty_pairs.begin(), out.empty_pairs.end(),
                                              [&](Term pair) { return (set & pair) == pair; });
  }
  return out;
}

std::vector<Variant> ties_of_all(const OverlapTable& table, double hidden) {
  std::vector<Variant> out;
  for (const double tie : {-1.0, -0.5, 0.0, 0.5, 1.0})
    out.push_back({fmt::format("{:+.1f}", tie), with_tie_of_all(table, hidden, tie)});
  return out;
}

std::vector<Variant> without_each_list(const OverlapTable& table, double threshold) {
  std::vector<Variant> out;
  if (table.n_lists() < 3) return out;
  for (std::size_t l = 0; l < table.n_lists(); ++l) {
    const OverlapTable fewer = changed(table, without_name(table.lists, l),
                                       [&](std::size_t p) { return without_bit(p, l); });
    out.push_back({"without " + table.lists[l], if_any(stepwise_of(fewer, threshold))});
  }
  return out;
}

std::vector<Variant> with_each_pair_merged(const OverlapTable& table, double threshold) {
  std::vector<Variant> out;
  if (table.n_lists() < 3) return out;
  for (const Term pair : all_pairs(table.n_lists())) {
    const auto first = static_cast<std::size_t>(std::countr_zero(pair));
    const auto second = static_cast<std::size_t>(std::bit_width(pair)) - 1;
    std::vector<std::string> names = table.lists;
    names[first] += "+" + names[second];
    const std::string what = names[first] + " as one list";
    const OverlapTable merged =
        changed(table, without_name(std::move(names), second), [&](std::size_t p) {
          if ((p & pair) != 0) p |= std::size_t{1} << first;
          return without_bit(p, second);
        });
    out.push_back({what, if_any(stepwise_of(merged, threshold))});
  }
  return out;
}

std::vector<Variant> along_thresholds(const OverlapTable& table) {
  std::vector<Variant> out;
  for (const double threshold : {0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1.0})
    out.push_back({fmt::format("{}", threshold), if_any(stepwise_of(table, threshold))});
  return out;
}

CloseModels close_models(const Ranking& ranking) {
  constexpr double kClose = 10;
  CloseModels out;
  for (const RankedModel& model : ranking.models) {
    if (model.bic > ranking.models[0].bic + kClose) break;
    out.least = out.n_models == 0 ? model.total : std::min(out.least, model.total);
    out.greatest = std::max(out.greatest, model.total);
    ++out.n_models;
  }
  return out;
}

std::vector<Consistency> internal_consistency(const OverlapTable& table, double threshold,
                                              std::uint64_t seed) {
  constexpr std::uint64_t kReplicates = 200;
  std::vector<Consistency> out;
  if (table.n_lists() < 3) return out;
  for (std::size_t l = 0; l < table.n_lists(); ++l) {
    Consistency one;
    one.list = table.lists[l];
    for (std::size_t p = 1; p < table.count.size(); ++p)
      if ((p >> l & 1U) != 0) one.known += table.count[p];
    // The people of this list as the other lists see them; who is on it alone plays the hidden.
    const OverlapTable within = changed(table, without_name(table.lists, l), [&](std::size_t p) {
      return (p >> l & 1U) != 0 ? without_bit(p, l) : 0;
    });
    one.estimated = if_any(stepwise_of(within, threshold));
    if (one.estimated) {
      one.log_relative_bias = std::log(*one.estimated / one.known);
      const Bootstrap interval =
          bootstrap(within, *one.estimated, resample(within, kReplicates, seed + l),
                    stepwise_total(within.n_lists(), threshold));
      if (!std::isnan(interval.widest().low))
        one.covered = interval.widest().low <= one.known && one.known <= interval.widest().high;
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<SamplePoint> sample_trajectory(const OverlapTable& table, double threshold,
                                           std::uint64_t seed) {
  constexpr std::size_t kSamples = 100;
  std::vector<SamplePoint> out;
  for (const double share : {0.2, 0.4, 0.6, 0.8, 1.0}) {
    SamplePoint point;
    point.share = share;
    const double n = std::max(1.0, std::round(share * table.n_observed()));
    std::vector<double> totals =
        totals_of(kSamples, table.n_lists(), threshold, [&](std::size_t i) {
          std::vector<double> count(table.count.size());
          draw_table(table.count, n, mix64(seed) + 1000 * out.size() + i, count);
          return count;
        });
    point.n_no_estimate = sort_out(totals);
    // A share of the people seen stands for that share of all.
    point.low = totals.empty() ? kNone : quantile(totals, 0.25) / share;
    point.median = totals.empty() ? kNone : quantile(totals, 0.5) / share;
    point.high = totals.empty() ? kNone : quantile(totals, 0.75) / share;
    out.push_back(point);
  }
  return out;
}

std::vector<double> mended(const OverlapTable& table, double missed, double false_links,
                           std::uint64_t seed) {
  Rng rng(seed);
  std::vector<double> count = table.count;
  std::vector<double> links_below(count.size(), 0);  // links up to and with each pattern
  double links = 0;
  for (std::size_t p = 1; p < count.size(); ++p)
    links_below[p] = links += count[p] * (std::popcount(p) - 1);
  if (links <= 0) return count;
  // A link of the table at random, and one list of it.
  const auto pick = [&] {
    const double at = internal::uniform(rng) * links;
    const auto p = static_cast<std::size_t>(
        std::upper_bound(links_below.begin(), links_below.end(), at) - links_below.begin());
    std::size_t list = p;
    for (std::uint64_t skip = rng.below(static_cast<std::uint64_t>(std::popcount(p))); skip > 0;
         --skip)
      list &= list - 1;
    return std::pair(p, list & -list);
  };
  const auto n_wrong = internal::binomial(rng, static_cast<std::uint64_t>(links), false_links);
  for (std::uint64_t i = 0; i < n_wrong; ++i) {
    const auto [p, list] = pick();
    if (count[p] < 1) continue;
    count[p] -= 1;
    count[list] += 1;
    count[p & ~list] += 1;
  }
  const auto n_missed = internal::poisson(rng, links * missed / (1 - missed));
  for (std::uint64_t i = 0; i < n_missed; ++i) {
    const auto [p, list] = pick();
    const std::size_t rest = p & ~list;
    if (count[list] < 1 || count[rest] < 1 || (list == rest && count[list] < 2)) continue;
    count[list] -= 1;
    count[rest] -= 1;
    count[p] += 1;
  }
  return count;
}

LinkageEffect with_linkage(const OverlapTable& table, double missed, double false_links,
                           double threshold, std::uint64_t n_draws, std::uint64_t seed) {
  return effect_of(table, missed, false_links, threshold, n_draws, [&](std::size_t i) {
    OverlapTable drawn{table.lists, std::vector<double>(table.count.size())};
    draw_table(table.count, table.n_observed(), mix64(seed) + 2 * i, drawn.count);
    return mended(drawn, missed, false_links, mix64(seed) + 2 * i + 1);
  });
}

std::vector<LinkageEffect> linkage_effects(const OverlapTable& table, double threshold,
                                           std::uint64_t seed) {
  constexpr std::size_t kTables = 200;
  std::vector<LinkageEffect> out;
  for (const auto& [missed, wrong] : std::vector<std::pair<double, double>>{{0.01, 0},
                                                                            {0.05, 0},
                                                                            {0.1, 0},
                                                                            {0.2, 0},
                                                                            {0, 0.01},
                                                                            {0, 0.05},
                                                                            {0, 0.1},
                                                                            {0.05, 0.05}}) {
    out.push_back(
        effect_of(table, missed, wrong, threshold, kTables, [&, n = out.size()](std::size_t i) {
          return mended(table, missed, wrong, mix64(seed) + 1000 * n + i);
        }));
  }
  return out;
}

Coverage coverage(const OverlapTable& table, const LogLinearFit& truth, Method method,
                  const Settings& settings, std::uint64_t n_tables, std::uint64_t n_replicates) {
  // The whole population by pattern, the hidden ones first.
  std::vector<double> mean = truth.mean;
  mean[0] = truth.hidden;
  std::vector<std::array<std::int8_t, 2>> held(n_tables, {-1, -1});  // -1: no estimate
  const auto holds = [&](const Interval& interval) {
    return static_cast<std::int8_t>(interval.low <= truth.total && truth.total <= interval.high);
  };
  parallel_for(n_tables, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      OverlapTable drawn{table.lists, std::vector<double>(table.count.size())};
      draw_table(mean, std::round(truth.total), mix64(settings.seed) + i, drawn.count);
      drawn.count[0] = 0;
      if (drawn.n_observed() == 0) continue;
      const Replicates replicates = resample(drawn, n_replicates, settings.seed + 7919 * (i + 1));
      if (method == Method::stepwise) {
        const auto total = picture::stepwise(drawn, settings.threshold).total();
        if (!total) continue;
        const Bootstrap result = bootstrap(drawn, *total, replicates,
                                           stepwise_total(drawn.n_lists(), settings.threshold));
        held[i] = {holds(result.bca[2]), holds(result.bca[0])};
      } else if (method == Method::bic) {
        const Ranking ranking = rank_by_bic(
            drawn, settings.order == 0 ? default_order(drawn.n_lists()) : settings.order);
        if (ranking.models.empty()) continue;
        const auto top = bootstrap_top_models(drawn, ranking, {settings.n_top}, replicates);
        held[i] = {holds(top.back().bootstrap.bca[2]), holds(top.back().bootstrap.bca[0])};
      } else {
        const Chosen chosen = stepwise_by_aic(drawn);
        if (!chosen.total()) continue;
        held[i] = {holds(profile_interval(drawn, chosen.terms)), -1};
      }
    }
  });
  Coverage out;
  out.method = method;
  out.n_tables = n_tables;
  double with = 0;
  double right_95 = 0;
  double right_80 = 0;
  for (const auto& [at_95, at_80] : held) {
    if (at_95 < 0) {
      ++out.n_no_estimate;
      continue;
    }
    with += 1;
    right_95 += at_95;
    right_80 += std::max<std::int8_t>(at_80, 0);
  }
  out.of_95 = with > 0 ? right_95 / with : kNone;
  out.of_80 = with > 0 && method != Method::aic ? right_80 / with : kNone;
  return out;
}

std::vector<Premise> premises() {
  return {
      {"closed-period",
       "During the period nobody entered or left the population in a way that changes the figure."},
      {"common-definition", "All lists count the same people by the same definition."},
      {"duplicates-resolved", "Each person counts once on each list."},
      {"links-checked", "Who is on two lists was found by a key whose errors are known."},
      {"could-be-on-each", "Everybody could have come onto each of the lists."},
      {"referrals-known", "It is known which lists send people to one another."},
  };
}

}  // namespace ovillo::picture
