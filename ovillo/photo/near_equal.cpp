// Two hashes at most 31 bits apart differ in at most one bit of some sixteenth (16 * 2 > 31). So
// for each sixteenth the hashes are sorted by it, and only those of equal value and of values one
// bit apart are compared.
#include "ovillo/photo/near_equal.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>

#include "ovillo/base/column.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/union_find.hpp"

namespace ovillo::photo {

namespace {

constexpr std::size_t kBands = 16;
constexpr std::size_t kValues = 1 << 16;
constexpr std::size_t kCrowded = 512;
constexpr std::size_t kLongestChain = 10'000;

using Index = std::uint32_t;

std::uint16_t band_of(const Likeness& likeness, std::size_t band) {
  return static_cast<std::uint16_t>(likeness.words[band / 4] >> (16 * (band % 4)));
}

// The hashes in the order of one sixteenth, ascending inside; what stands back is left out.
struct Buckets {
  std::vector<Likeness> likeness;  // side by side in memory, as they are compared
  std::vector<Index> index;
  std::vector<std::uint32_t> begin;  // of each value, kValues + 1
  std::vector<std::uint16_t> taken;  // values that occur, ascending

  Buckets(std::span<const Likeness> sorted, std::size_t band)
      : likeness(sorted.size()), index(sorted.size()), begin(kValues + 1, 0) {
    for (const Likeness& one : sorted) ++begin[band_of(one, band) + 1U];
    for (std::size_t v = 0; v < kValues; ++v) {
      if (begin[v + 1] > 0) taken.push_back(static_cast<std::uint16_t>(v));
      begin[v + 1] += begin[v];
    }
    std::vector<std::uint32_t> cursor(begin.begin(), begin.end() - 1);
    for (Index i = 0; i < sorted.size(); ++i) {
      const std::uint32_t at = cursor[band_of(sorted[i], band)]++;
      likeness[at] = sorted[i];
      index[at] = i;
    }
  }
};

class Joiner {
 public:
  explicit Joiner(std::span<const Likeness> sorted) : sorted_(sorted) {}

  /// The sets that near-equal ones form, seen through one sixteenth.
  [[nodiscard]] graph::UnionFind through(std::size_t band) const {
    graph::UnionFind sets(sorted_.size());
    Buckets buckets(sorted_, band);
    std::vector<std::uint32_t> end(buckets.begin.begin() + 1, buckets.begin.end());
    for (const std::uint16_t v : buckets.taken)
      end[v] = join_within(buckets, buckets.begin[v], end[v], sets);
    for (const std::uint16_t v : buckets.taken)
      for (unsigned bit = 0; bit < 16; ++bit) {
        const std::size_t other = v | (1U << bit);
        if (other != v)
          join_between(buckets, {buckets.begin[v], end[v]}, {buckets.begin[other], end[other]},
                       sets);
      }
    return sets;
  }

 private:
  // In a crowd, who is near one before stands back: moved out of [begin, result).
  static std::uint32_t join_within(Buckets& buckets, std::uint32_t begin, std::uint32_t end,
                                   graph::UnionFind& sets) {
    const bool crowded = end - begin > kCrowded;
    std::uint32_t kept = begin;
    for (std::uint32_t i = begin; i < end; ++i) {
      const Likeness one = buckets.likeness[i];
      const Index index = buckets.index[i];
      bool near = false;
      for (std::uint32_t j = begin; j < kept && !(near && crowded); ++j) {
        if (distance(one, buckets.likeness[j]) > kNearBits) continue;
        sets.join(buckets.index[j], index);
        near = true;
      }
      if (near && crowded) continue;
      buckets.likeness[kept] = one;
      buckets.index[kept++] = index;
    }
    return kept;
  }

  static void join_between(const Buckets& buckets, Range a, Range b, graph::UnionFind& sets) {
    for (std::size_t i = a.begin; i < a.end; ++i)
      for (std::size_t j = b.begin; j < b.end; ++j)
        if (distance(buckets.likeness[i], buckets.likeness[j]) <= kNearBits)
          sets.join(buckets.index[i], buckets.index[j]);
  }

  std::span<const Likeness> sorted_;
};

// Connected sets of near-equal ones, each ascending.
std::vector<std::vector<Index>> chains_of(std::span<const Likeness> sorted) {
  graph::UnionFind sets(sorted.size());
  std::mutex mutex;  // joining commutes: the sets are the same in any order
  parallel_for(kBands, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t band = begin; band < end; ++band) {
      graph::UnionFind seen = Joiner(sorted).through(band);
      const std::lock_guard lock(mutex);
      for (Index i = 0; i < sorted.size(); ++i) sets.join(i, seen.find(i));
    }
  });
  const auto label = sets.labels();
  std::vector<std::vector<Index>> chains;
  std::map<Index, std::size_t> chain_of;
  for (Index i = 0; i < sorted.size(); ++i) {
    const auto [at, is_new] = chain_of.emplace(label[i], chains.size());
    if (is_new) chains.emplace_back();
    chains[at->second].push_back(i);
  }
  return chains;
}

// Writes the representative of each member of one chain.
void represent(std::span<const Likeness> sorted, const std::vector<Index>& chain,
               std::vector<Index>& representative) {
  const bool one_picture = std::all_of(chain.begin(), chain.end(), [&](Index i) {
    return distance(sorted[i], sorted[chain.front()]) <= kGroupBits;
  });
  if (one_picture) {
    for (const Index i : chain) representative[i] = chain.front();
    return;
  }
  if (chain.size() > kLongestChain) return;  // each is its own already
  std::vector<Index> leaders;
  for (const Index i : chain) {
    int nearest = kNearBits + 1;
    for (const Index leader : leaders)
      if (const int bits = distance(sorted[i], sorted[leader]); bits < nearest) {
        nearest = bits;
        representative[i] = leader;
      }
    if (nearest > kNearBits) leaders.push_back(i);
  }
}

}  // namespace

std::vector<Likeness> near_equal(std::span<const Likeness> likenesses) {
  std::vector<Likeness> sorted(likenesses.begin(), likenesses.end());
  parallel_sort(sorted, std::less<>());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  std::vector<Index> representative(sorted.size());
  for (Index i = 0; i < sorted.size(); ++i) representative[i] = i;
  for (const auto& chain : chains_of(sorted)) represent(sorted, chain, representative);
  std::vector<Likeness> out;
  out.reserve(likenesses.size());
  for (const Likeness& one : likenesses) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), one) - sorted.begin();
    out.push_back(sorted[representative[static_cast<std::size_t>(at)]]);
  }
  return out;
}

}  // namespace ovillo::photo
