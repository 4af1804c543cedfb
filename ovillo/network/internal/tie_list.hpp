// Equal sets: counted exactly, the first ones kept.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "ovillo/network/internal/node_bits.hpp"

namespace ovillo::network::internal {

/// n over k; the largest number of 64 bits where it does not fit.
inline std::uint64_t n_choose(int n, int k) {
  if (k < 0 || k > n) return 0;
  std::uint64_t out = 1;
  for (int i = 1; i <= k; ++i) {
    const auto exact =
        static_cast<Bits128>(out) * static_cast<unsigned>(n - k + i) / static_cast<unsigned>(i);
    if (exact > std::numeric_limits<std::uint64_t>::max())
      return std::numeric_limits<std::uint64_t>::max();
    out = static_cast<std::uint64_t>(exact);
  }
  return out;
}

/// Sets come in bundles: `fixed` with any `extra` nodes of `free`. A bundle costs what it adds to
/// the kept ones, so a million equal sets are counted without being written down.
template <class Bits>
class TieList {
 public:
  explicit TieList(std::size_t keep = 1000) : keep_(keep) {}

  void add(Bits fixed, Bits free, int extra) {
    const std::uint64_t n = n_choose(count(free), extra);
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    n_sets_ = n > kMost - n_sets_ ? kMost : n_sets_ + n;
    if (n > 0) keep_first(fixed, free, extra);
  }

  /// Exact unless saturated().
  [[nodiscard]] std::uint64_t n_sets() const { return n_sets_; }
  [[nodiscard]] bool saturated() const {
    return n_sets_ == std::numeric_limits<std::uint64_t>::max();
  }
  /// The first of them, in the order of their ascending lists of nodes.
  [[nodiscard]] std::vector<Bits> first() const {
    std::vector<Bits> out = heap_;
    std::sort(out.begin(), out.end(), listed_before<Bits>);
    return out;
  }

 private:
  /// Bundles are written out in list order, so the first set that comes too late ends it.
  void keep_first(Bits fixed, Bits free, int extra) {
    std::vector<int> node;
    while (free != 0) node.push_back(take_lowest(free));
    std::vector<int> at(static_cast<std::size_t>(extra));
    for (int i = 0; i < extra; ++i) at[static_cast<std::size_t>(i)] = i;
    while (true) {
      Bits set = fixed;
      for (const int i : at) set |= bit<Bits>(node[static_cast<std::size_t>(i)]);
      if (!keep(set)) return;
      int i = extra - 1;
      const int n = static_cast<int>(node.size());
      while (i >= 0 && at[static_cast<std::size_t>(i)] == n - extra + i) --i;
      if (i < 0) return;
      ++at[static_cast<std::size_t>(i)];
      for (int j = i + 1; j < extra; ++j)
        at[static_cast<std::size_t>(j)] = at[static_cast<std::size_t>(j - 1)] + 1;
    }
  }
  /// A heap with the latest set on top. @return false when `set` comes after all that are kept.
  bool keep(Bits set) {
    if (heap_.size() == keep_) {
      if (keep_ == 0 || !listed_before(set, heap_.front())) return false;
      std::pop_heap(heap_.begin(), heap_.end(), listed_before<Bits>);
      heap_.pop_back();
    }
    heap_.push_back(set);
    std::push_heap(heap_.begin(), heap_.end(), listed_before<Bits>);
    return true;
  }

  std::size_t keep_;
  std::uint64_t n_sets_ = 0;
  std::vector<Bits> heap_;
};

/// What a search for the best set of k nodes found. Values are costs: the smaller the better.
template <class Bits>
struct SetAnswer {
  std::int64_t value = 0;
  std::int64_t bound = 0;  ///< no set does better; equal to value when proven
  bool proven = false;     ///< false: `ties` holds one set, the best that was met
  TieList<Bits> ties;
};

}  // namespace ovillo::network::internal
