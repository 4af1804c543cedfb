#include "ovillo/network/what_if.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/network/internal/key_player_search.hpp"
#include "ovillo/network/internal/large_network.hpp"
#include "ovillo/network/internal/largest_component_search.hpp"
#include "ovillo/network/internal/take_over.hpp"

namespace ovillo::network {

namespace {

using graph::Node;
using internal::Adjacency;
using internal::bit;
using internal::Bits128;
using internal::Bits64;
using internal::kUnit;
using internal::SetAnswer;

constexpr std::array<std::string_view, 3> kMeasures = {"largest_component", "kpp_neg", "kpp_pos"};
constexpr std::array<std::string_view, 4> kSubstitutions = {"none", "degree", "distance", "random"};
constexpr unsigned kLargestSet = 12;
constexpr unsigned kDraws = 100;
constexpr unsigned kRuns = 100;

/// part / (kUnit * whole), six decimals, rounded half up.
std::string share_of(std::int64_t part, std::int64_t whole) {
  __extension__ typedef __int128 Wide;
  const Wide all = static_cast<Wide>(kUnit) * whole;
  const auto micro =
      static_cast<std::int64_t>((static_cast<Wide>(part) * 2'000'000 + all) / (2 * all));
  return fmt::format("{}.{:06}", micro / 1'000'000, micro % 1'000'000);
}

template <class Bits>
Adjacency<Bits> adjacency_of(const graph::Csr& graph) {
  Adjacency<Bits> out(graph.n_nodes(), 0);
  for (Node v = 0; v < graph.n_nodes(); ++v)
    for (const Node u : graph.neighbours(v)) out[v] |= bit<Bits>(static_cast<int>(u));
  return out;
}

template <class Bits>
std::vector<Node> nodes_of(Bits set) {
  std::vector<Node> out;
  while (set != 0) out.push_back(static_cast<Node>(internal::take_lowest(set)));
  return out;
}

/// The least and the largest cost met.
struct CostRange {
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  std::int64_t most = std::numeric_limits<std::int64_t>::min();
  void add(std::int64_t cost) {
    least = std::min(least, cost);
    most = std::max(most, cost);
  }
};

/// One network small enough to be searched.
template <class Bits>
class SearchedNetwork {
 public:
  SearchedNetwork(const graph::Csr& graph, std::span<const Node> candidates,
                  std::span<const std::string> role, const WhatIfOptions& options)
      : adjacency_(adjacency_of<Bits>(graph)), role_(role), options_(options) {
    for (const Node v : candidates) candidates_ |= bit<Bits>(static_cast<int>(v));
  }

  [[nodiscard]] WhatIfAnswer answer(unsigned k) const {
    const SetAnswer<Bits> found = search(adjacency_, k);
    WhatIfAnswer out;
    out.k = k;
    out.value = text(found.value, k);
    out.bound = text(found.bound, k);
    out.exact = found.bound == found.value;
    if (found.proven) {
      out.n_ties = found.ties.n_sets();
      out.n_ties_saturated = found.ties.saturated();
    }
    const std::vector<Bits> first = found.ties.first();
    for (const Bits set : first) out.sets.push_back(nodes_of(set));
    if (options_.substitution != Substitution::none) out.after_substitution = substituted(first, k);
    if (options_.missing_percent > 0) out.missing = with_missing_links(first.front(), k);
    return out;
  }

 private:
  [[nodiscard]] SetAnswer<Bits> search(const Adjacency<Bits>& adjacency, unsigned k) const {
    const int size = static_cast<int>(k);
    switch (options_.measure) {
      case WhatIfMeasure::kpp_neg:
        return internal::FragmentationSearch<Bits>(adjacency, candidates_, options_.max_steps)
            .best(size);
      case WhatIfMeasure::kpp_pos:
        return reach(adjacency).best(size);
      case WhatIfMeasure::largest_component:
        break;
    }
    return internal::LargestComponentSearch<Bits>(adjacency, candidates_, options_.max_steps)
        .best(size);
  }
  [[nodiscard]] std::int64_t cost(const Adjacency<Bits>& adjacency, Bits set) const {
    switch (options_.measure) {
      case WhatIfMeasure::kpp_neg:
        return internal::FragmentationSearch<Bits>(adjacency, candidates_, 0).cost(set);
      case WhatIfMeasure::kpp_pos:
        return reach(adjacency).cost(set);
      case WhatIfMeasure::largest_component:
        break;
    }
    return internal::LargestComponentSearch<Bits>(adjacency, candidates_, 0).largest_without(set);
  }
  [[nodiscard]] internal::ReachSearch<Bits> reach(const Adjacency<Bits>& adjacency) const {
    const auto steps = std::min<std::size_t>(options_.reach_steps, adjacency.size());
    return {adjacency, candidates_, static_cast<int>(steps), options_.max_steps};
  }

  [[nodiscard]] std::string text(std::int64_t cost, unsigned k) const {
    const auto n = static_cast<std::int64_t>(adjacency_.size());
    if (options_.measure == WhatIfMeasure::largest_component) return fmt::format("{}", cost);
    if (options_.measure == WhatIfMeasure::kpp_pos)
      return options_.reach_steps > 0 ? fmt::format("{}", -cost) : share_of(-cost, n);
    const std::int64_t left = n - static_cast<std::int64_t>(k);
    const std::int64_t pairs = left * (left - 1) / 2;
    return pairs > 0 ? share_of(pairs * kUnit - cost, pairs) : "1.000000";
  }
  [[nodiscard]] ValueRange text(const CostRange& range, unsigned k) const {
    const bool less_is_lower = options_.measure == WhatIfMeasure::largest_component;
    return {text(less_is_lower ? range.least : range.most, k),
            text(less_is_lower ? range.most : range.least, k)};
  }

  [[nodiscard]] ValueRange substituted(const std::vector<Bits>& sets, unsigned k) const {
    CostRange range;
    const unsigned draws = options_.substitution == Substitution::random ? kDraws : 1;
    Rng rng(options_.seed ^ (std::uint64_t{k} << 32U));
    for (const Bits set : sets)
      for (unsigned draw = 0; draw < draws; ++draw)
        range.add(
            cost(internal::take_over(adjacency_, set, role_, options_.substitution, rng), set));
    return text(range, k);
  }

  [[nodiscard]] MissingLinks with_missing_links(Bits set, unsigned k) const {
    std::vector<std::pair<int, int>> links;
    for (std::size_t v = 0; v < adjacency_.size(); ++v)
      for (const Node u : nodes_of(adjacency_[v]))
        if (v < u) links.emplace_back(static_cast<int>(v), static_cast<int>(u));
    const std::size_t n_kept = links.size() - (links.size() * options_.missing_percent + 50) / 100;
    Rng rng(options_.seed + 0x5eed * k);
    MissingLinks out;
    CostRange range;
    for (; out.n_runs < kRuns; ++out.n_runs) {
      auto kept = links;
      rng.shuffle(kept);
      kept.resize(n_kept);
      Adjacency<Bits> adjacency(adjacency_.size(), 0);
      for (const auto& [a, b] : kept) {
        adjacency[static_cast<std::size_t>(a)] |= bit<Bits>(b);
        adjacency[static_cast<std::size_t>(b)] |= bit<Bits>(a);
      }
      const std::int64_t best = search(adjacency, k).value;
      range.add(best);
      out.n_same_set_best += cost(adjacency, set) == best;
    }
    out.value = text(range, k);
    return out;
  }

  Adjacency<Bits> adjacency_;
  Bits candidates_ = 0;
  std::span<const std::string> role_;
  const WhatIfOptions& options_;
};

template <class Bits>
std::vector<WhatIfAnswer> searched(const graph::Csr& graph, std::span<const Node> candidates,
                                   std::span<const std::string> role,
                                   const WhatIfOptions& options) {
  const SearchedNetwork<Bits> network(graph, candidates, role, options);
  std::vector<WhatIfAnswer> out;
  for (unsigned k = options.k_from; k <= options.k_to; ++k) out.push_back(network.answer(k));
  return out;
}

std::vector<WhatIfAnswer> bounded(const graph::Csr& graph, std::span<const Node> candidates,
                                  const WhatIfOptions& options) {
  std::vector<WhatIfAnswer> out;
  for (auto& found : internal::large_network_sets(graph, candidates, options.k_to)) {
    const auto k = static_cast<unsigned>(found.set.size());
    if (k < options.k_from) continue;
    WhatIfAnswer answer;
    answer.k = k;
    answer.value = fmt::format("{}", found.value);
    answer.bound = fmt::format("{}", found.bound);
    answer.exact = found.value == found.bound;
    answer.sets.push_back(std::move(found.set));
    out.push_back(std::move(answer));
  }
  return out;
}

Result<void> check(const graph::Csr& graph, std::span<const Node> candidates,
                   const WhatIfOptions& options) {
  const auto bad = [](std::string what) {
    return Error(ErrorCode::base_bad_argument, std::move(what));
  };
  if (options.k_from < 1 || options.k_from > options.k_to || options.k_to > kLargestSet)
    return bad(fmt::format("sets have from 1 to {} nodes", kLargestSet));
  if (options.missing_percent >= 100)
    return bad("less than 100 percent of the links can be missing");
  if (options.measure == WhatIfMeasure::kpp_pos && options.substitution != Substitution::none)
    return bad("kpp_pos takes nobody away, so nobody takes over");
  const bool plain = options.measure == WhatIfMeasure::largest_component &&
                     options.substitution == Substitution::none && options.missing_percent == 0;
  if (graph.n_nodes() > internal::kMaxNodes<Bits128> && !plain)
    return bad(
        fmt::format("above {} nodes there is only the largest component, as a bound; this "
                    "network has {}",
                    internal::kMaxNodes<Bits128>, graph.n_nodes()));
  if (candidates.size() < options.k_to)
    return Error(ErrorCode::network_too_few_candidates,
                 fmt::format("{} to choose from, sets of {}", candidates.size(), options.k_to));
  return {};
}

}  // namespace

std::span<const std::string_view> names(WhatIfMeasure) { return kMeasures; }
std::span<const std::string_view> names(Substitution) { return kSubstitutions; }

Result<std::vector<WhatIfAnswer>> what_if(const graph::Csr& graph, std::span<const Node> candidates,
                                          std::span<const std::string> role,
                                          const WhatIfOptions& options) {
  OVILLO_CHECK(check(graph, candidates, options));
  if (graph.n_nodes() <= internal::kMaxNodes<Bits64>)
    return searched<Bits64>(graph, candidates, role, options);
  if (graph.n_nodes() <= internal::kMaxNodes<Bits128>)
    return searched<Bits128>(graph, candidates, role, options);
  return bounded(graph, candidates, options);
}

}  // namespace ovillo::network
