#include <algorithm>
#include <functional>
#include <limits>

#include "ovillo/network/internal/key_player_search.hpp"

namespace ovillo::network::internal {

template <class Bits>
ReachSearch<Bits>::ReachSearch(const Adjacency<Bits>& adjacency, Bits candidates, int steps,
                               std::uint64_t max_steps)
    : candidates_(candidates), max_steps_(max_steps) {
  const int n = static_cast<int>(adjacency.size());
  const int deepest = steps > 0 ? std::min(steps, n) : n;
  std::size_t used = 1;
  for (int v = 0; v < n; ++v) {
    Layers within{bit<Bits>(v)};
    for (int d = 1; d <= deepest; ++d) {
      Bits next = within.back();
      for (Bits rest = within.back(); rest != 0;)
        next |= adjacency[static_cast<std::size_t>(take_lowest(rest))];
      if (next == within.back()) break;
      within.push_back(next);
    }
    used = std::max(used, within.size());
    layers_.push_back(std::move(within));
  }
  for (Layers& within : layers_) within.resize(used, within.back());
  if (steps > 0) {  // only the last layer counts
    for (Layers& within : layers_) within = {within.back()};
    worth_ = {1};
    return;
  }
  // A member counts as much as a neighbour: 1/d of d = 0 is taken as 1.
  for (std::size_t d = 0; d < used; ++d) {
    const auto here = static_cast<std::int64_t>(std::max<std::size_t>(d, 1));
    const auto next = static_cast<std::int64_t>(d + 1);
    worth_.push_back(d + 1 == used ? kUnit / here : kUnit / here - kUnit / next);
  }
}

template <class Bits>
std::int64_t ReachSearch<Bits>::gain(const Layers& covered, int node) const {
  const Layers& own = layers_[static_cast<std::size_t>(node)];
  std::int64_t sum = 0;
  for (std::size_t d = 0; d < worth_.size(); ++d) sum += count(own[d] & ~covered[d]) * worth_[d];
  return sum;
}

template <class Bits>
typename ReachSearch<Bits>::Layers ReachSearch<Bits>::with(const Layers& covered, int node) const {
  Layers out = covered;
  for (std::size_t d = 0; d < out.size(); ++d) out[d] |= layers_[static_cast<std::size_t>(node)][d];
  return out;
}

template <class Bits>
std::int64_t ReachSearch<Bits>::cost(Bits set) const {
  Layers covered(worth_.size(), 0);
  while (set != 0) covered = with(covered, take_lowest(set));
  std::int64_t sum = 0;
  for (std::size_t d = 0; d < worth_.size(); ++d) sum += count(covered[d]) * worth_[d];
  return -sum;
}

template <class Bits>
void ReachSearch<Bits>::offer(Bits set, Bits free, int extra, std::int64_t value) {
  if (value < best_) return;
  if (value > best_) ties_ = TieList<Bits>();
  best_ = value;
  ties_.add(set, free, extra);
}

template <class Bits>
SetAnswer<Bits> ReachSearch<Bits>::best(int k) {
  const Layers nothing(worth_.size(), 0);
  Layers covered = nothing;
  Bits first = 0;
  for (int i = 0; i < k; ++i) {
    std::int64_t most = -1;
    int who = -1;
    for (Bits rest = candidates_ & ~first; rest != 0;) {
      const int v = take_lowest(rest);
      if (const std::int64_t g = gain(covered, v); g > most) {
        most = g;
        who = v;
      }
    }
    first |= bit<Bits>(who);
    covered = with(covered, who);
  }
  best_ = -cost(first);
  ties_ = TieList<Bits>();
  n_steps_ = 0;
  open_bound_ = 0;
  branch(nothing, 0, 0, candidates_, k);
  SetAnswer<Bits> out;
  out.value = -best_;
  out.proven = open_bound_ == 0;
  out.bound = -std::max(best_, open_bound_);
  out.ties = ties_;
  if (!out.proven) {
    const Bits one = ties_.n_sets() > 0 ? ties_.first().front() : first;
    out.ties = TieList<Bits>();
    out.ties.add(one, 0, 0);
  }
  return out;
}

/// What a node adds only shrinks as the set grows (reach is submodular): the best gains of now
/// bound what the rest can add.
template <class Bits>
void ReachSearch<Bits>::branch(const Layers& covered, std::int64_t value, Bits set, Bits free,
                               int budget) {
  if (budget == 0) return offer(set, 0, 0, value);
  struct Gain {
    std::int64_t gain;
    int node;
  };
  std::vector<Gain> gains;
  for (Bits rest = free; rest != 0;) {
    const int v = take_lowest(rest);
    gains.push_back({gain(covered, v), v});
  }
  std::sort(gains.begin(), gains.end(), [](const Gain& a, const Gain& b) {
    return a.gain != b.gain ? a.gain > b.gain : a.node < b.node;
  });
  const auto extra = static_cast<std::size_t>(budget);
  for (std::size_t i = 0; i + extra <= gains.size(); ++i) {
    std::int64_t most = value;
    for (std::size_t j = i; j < i + extra; ++j) most += gains[j].gain;
    if (most < best_) return;
    if (gains[i].gain == 0) return offer(set, free, budget, value);
    if (++n_steps_ > max_steps_) {
      open_bound_ = std::max(open_bound_, most);
      return;
    }
    free &= ~bit<Bits>(gains[i].node);
    branch(with(covered, gains[i].node), value + gains[i].gain, set | bit<Bits>(gains[i].node),
           free, budget - 1);
  }
}

template class ReachSearch<Bits64>;
template class ReachSearch<Bits128>;

}  // namespace ovillo::network::internal
