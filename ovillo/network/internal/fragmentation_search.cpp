#include <algorithm>
#include <array>
#include <limits>

#include "ovillo/network/internal/key_player_search.hpp"

namespace ovillo::network::internal {

namespace {

constexpr std::int64_t kNoLimit = std::numeric_limits<std::int64_t>::max();

/// Sum of kUnit / d from `from` to the nodes of `to` when only nodes of `through` pass messages on.
template <class Bits>
std::int64_t close_to(const Adjacency<Bits>& adjacency, int from, Bits to, Bits through) {
  std::int64_t sum = 0;
  Bits seen = bit<Bits>(from);
  Bits frontier = seen;
  for (int d = 1; frontier != 0; ++d) {
    Bits next = 0;
    while (frontier != 0) next |= adjacency[static_cast<std::size_t>(take_lowest(frontier))];
    next &= to & ~seen;
    seen |= next;
    sum += count(next) * (kUnit / d);
    frontier = next & through;
  }
  return sum;
}

}  // namespace

template <class Bits>
FragmentationSearch<Bits>::FragmentationSearch(const Adjacency<Bits>& adjacency, Bits candidates,
                                               std::uint64_t max_steps)
    : adjacency_(adjacency),
      candidates_(candidates),
      max_steps_(max_steps),
      row_(adjacency.size()) {
  for (std::size_t v = 0; v < adjacency.size(); ++v) all_ |= bit<Bits>(static_cast<int>(v));
}

template <class Bits>
std::int64_t FragmentationSearch<Bits>::cost(Bits set) const {
  return closeness(all_ & ~set, kNoLimit);
}

/// Sum over the pairs of `left`; stops above `enough`.
template <class Bits>
std::int64_t FragmentationSearch<Bits>::closeness(Bits left, std::int64_t enough) const {
  std::int64_t sum = 0;
  for (Bits later = left; later != 0 && sum <= enough;) {
    // Each pair once: from its lower node. Paths may pass anywhere.
    const int v = take_lowest(later);
    Bits seen = bit<Bits>(v);
    Bits frontier = seen;
    for (int d = 1; frontier != 0; ++d) {
      Bits next = 0;
      while (frontier != 0) next |= adjacency_[static_cast<std::size_t>(take_lowest(frontier))];
      frontier = next & left & ~seen;
      seen |= frontier;
      sum += count(frontier & later) * (kUnit / d);
    }
  }
  return sum;
}

/// What stays close whichever `budget` nodes of `free` go: paths through nodes that cannot go, and
/// two steps through more nodes in common than can go. Less what the dearest nodes take with them.
template <class Bits>
std::int64_t FragmentationSearch<Bits>::least_closeness(Bits left, Bits free, int budget) {
  const Bits firm = left & ~free;
  std::int64_t twice = 0;
  for (Bits rest = left; rest != 0;) {
    const int v = take_lowest(rest);
    const Bits around = adjacency_[static_cast<std::size_t>(v)] & left;
    Bits two = 0;      // reached in two steps for certain
    Bits by_firm = 0;  // of them, through a node that cannot go
    for (Bits step = around & firm; step != 0;)
      by_firm |= adjacency_[static_cast<std::size_t>(take_lowest(step))];
    by_firm &= left & ~around & ~bit<Bits>(v);
    Bits beyond = 0;
    for (Bits step = around; step != 0;)
      beyond |= adjacency_[static_cast<std::size_t>(take_lowest(step))];
    beyond &= left & ~around & ~bit<Bits>(v) & ~by_firm;
    while (beyond != 0) {
      const int u = take_lowest(beyond);
      if (count(adjacency_[static_cast<std::size_t>(u)] & around) > budget) two |= bit<Bits>(u);
    }
    std::int64_t sum = close_to(adjacency_, v, left, firm);
    // The walk through firm nodes may have found the same pair further away, or not at all.
    for (; two != 0;) {
      const int u = take_lowest(two);
      Bits seen = bit<Bits>(v);
      Bits frontier = seen;
      int d = 0;
      while (frontier != 0 && (seen & bit<Bits>(u)) == 0) {
        ++d;
        Bits next = 0;
        while (frontier != 0) next |= adjacency_[static_cast<std::size_t>(take_lowest(frontier))];
        next &= left & ~seen;
        seen |= next;
        frontier = next & firm;
      }
      sum += kUnit / 2 - ((seen & bit<Bits>(u)) != 0 ? kUnit / d : 0);
    }
    row_[static_cast<std::size_t>(v)] = sum;
    twice += sum;
  }
  std::vector<std::int64_t> dearest;
  for (Bits rest = free; rest != 0;)
    dearest.push_back(row_[static_cast<std::size_t>(take_lowest(rest))]);
  const auto n = std::min(static_cast<std::size_t>(budget), dearest.size());
  std::partial_sort(dearest.begin(), dearest.begin() + static_cast<std::ptrdiff_t>(n),
                    dearest.end(), std::greater<>());
  std::int64_t least = twice / 2;
  for (std::size_t i = 0; i < n; ++i) least -= dearest[i];
  return std::max<std::int64_t>(least, 0);
}

template <class Bits>
Bits FragmentationSearch<Bits>::greedy(int k) const {
  Bits set = 0;
  for (int i = 0; i < k; ++i) {
    std::int64_t best = kNoLimit;
    int who = -1;
    for (Bits rest = candidates_ & ~set; rest != 0;) {
      const int v = take_lowest(rest);
      if (const std::int64_t c = cost(set | bit<Bits>(v)); c < best) {
        best = c;
        who = v;
      }
    }
    set |= bit<Bits>(who);
  }
  return set;
}

template <class Bits>
void FragmentationSearch<Bits>::offer(Bits set, std::int64_t cost) {
  if (cost > best_) return;
  if (cost < best_) ties_ = TieList<Bits>();
  best_ = cost;
  ties_.add(set, 0, 0);
}

template <class Bits>
SetAnswer<Bits> FragmentationSearch<Bits>::best(int k) {
  const Bits first = greedy(k);
  best_ = cost(first);
  ties_ = TieList<Bits>();
  steps_ = 0;
  open_bound_ = kNoLimit;
  branch(all_, candidates_, 0, k);
  SetAnswer<Bits> out;
  out.value = best_;
  out.proven = open_bound_ == kNoLimit;
  out.bound = std::min(best_, open_bound_);
  out.ties = ties_;
  if (!out.proven) {
    const Bits one = ties_.n_sets() > 0 ? ties_.first().front() : first;
    out.ties = TieList<Bits>();
    out.ties.add(one, 0, 0);
  }
  return out;
}

/// Removes one of `free` after the other; what was tried first is firm from then on.
template <class Bits>
void FragmentationSearch<Bits>::branch(Bits left, Bits free, Bits removed, int budget) {
  if (budget == 0) return offer(removed, closeness(left, best_));
  while (count(free) >= budget) {
    const std::int64_t least = least_closeness(left, free, budget);
    if (least > best_) return;
    if (++steps_ > max_steps_) {
      open_bound_ = std::min(open_bound_, least);
      return;
    }
    if (closeness(left, 0) == 0) {  // nothing left to break up
      if (best_ > 0) ties_ = TieList<Bits>();
      best_ = 0;
      return ties_.add(removed, free, budget);
    }
    // The one that keeps most together first: once it is firm, little can be lost.
    int who = lowest(free);
    std::int64_t most = -1;
    for (Bits rest = free; rest != 0;) {
      const int v = take_lowest(rest);
      const std::int64_t row = close_to(adjacency_, v, left, left);
      if (row > most) {
        most = row;
        who = v;
      }
    }
    const Bits one = bit<Bits>(who);
    free &= ~one;
    branch(left & ~one, free, removed | one, budget - 1);
  }
}

template class FragmentationSearch<Bits64>;
template class FragmentationSearch<Bits128>;

}  // namespace ovillo::network::internal
