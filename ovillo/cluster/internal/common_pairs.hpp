// How common each pair of words is in a component, roughly: what everybody writes is a poor guide
// to who resembles whom.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/component.hpp"

namespace ovillo::cluster {

/// Counts of word pairs among the sample of a component. Pairs share counters; a shared one only
/// makes a pair look more common than it is.
class CommonPairs {
 public:
  /// @cost  O(words of the sample), at most 8 MB while counting, 256 kB kept.
  explicit CommonPairs(const Component& texts);
  /// As kept. @param common  one bit per counter, 2^(32 - shift) of them.
  CommonPairs(unsigned shift, std::vector<std::uint64_t> common)
      : common_(std::move(common)), shift_(shift) {}

  static std::uint32_t hash(std::uint32_t first, std::uint32_t second) {
    return static_cast<std::uint32_t>(mix64(phrase_of(first, second)));
  }
  /// @param pair  as made by hash().
  [[nodiscard]] bool is_common(std::uint32_t pair) const {
    return (common_[pair >> shift_ >> 6] >> (pair >> shift_ & 63) & 1) != 0;
  }
  [[nodiscard]] unsigned shift() const { return shift_; }
  [[nodiscard]] const std::vector<std::uint64_t>& common() const { return common_; }

 private:
  std::vector<std::uint64_t> common_;  // a bit per counter
  unsigned shift_;
};

}  // namespace ovillo::cluster
