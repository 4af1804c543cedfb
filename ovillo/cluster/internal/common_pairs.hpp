// How common each pair of words is in a component, roughly: what everybody writes is a poor guide
// to who resembles whom.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/component.hpp"

namespace ovillo::cluster {

/// Counts of word pairs among the sample of a component. Pairs share counters; a shared one only
/// makes a pair look more common than it is.
class CommonPairs {
 public:
  /// @cost  O(words of the sample), at most 8 MB.
  explicit CommonPairs(const Component& texts);

  static std::uint32_t hash(std::uint32_t first, std::uint32_t second) {
    return static_cast<std::uint32_t>(mix64(phrase_of(first, second)));
  }
  /// @param pair  as made by hash().
  [[nodiscard]] bool is_common(std::uint32_t pair) const { return n_[pair >> shift_] >= kCommon; }

 private:
  static constexpr std::uint32_t kCommon = 64;
  std::vector<std::uint32_t> n_;
  unsigned shift_;
};

}  // namespace ovillo::cluster
