// From the hash of a first word to what begins with it: built once, asked for every token.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace ovillo::extract {

class HashIndex {
 public:
  /// Before build() only.
  void add(std::uint64_t hash, std::uint32_t value) { rows_.emplace_back(hash, value); }

  /// Call once, after the last add(). @cost O(n log n).
  void build() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::size_t n_slots = 64;
    while (n_slots < 2 * rows_.size()) n_slots *= 2;
    mask_ = n_slots - 1;
    slots_.assign(n_slots, {});
    filter_.assign(n_slots / 8, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      values_.push_back(rows_[i].second);
      const std::uint64_t hash = rows_[i].first;
      if (i > 0 && rows_[i - 1].first == hash) {
        ++slots_[slot(hash)].n;
        continue;
      }
      slots_[slot(hash)] = {hash, static_cast<std::uint32_t>(i), 1};
      filter_[bit(hash) / 64] |= std::uint64_t{1} << (bit(hash) % 64);
    }
    rows_.clear();
    rows_.shrink_to_fit();
  }

  /// The values of a hash in the order they were added. @cost O(1): for most words one bit test.
  [[nodiscard]] std::span<const std::uint32_t> find(std::uint64_t hash) const {
    if ((filter_[bit(hash) / 64] >> (bit(hash) % 64) & 1) == 0) return {};
    const Slot& found = slots_[slot(hash)];
    return std::span(values_).subspan(found.begin, found.n);
  }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t begin = 0;  // into values_
    std::uint32_t n = 0;      // 0: free
  };
  // The filter has eight bits for every slot.
  [[nodiscard]] std::size_t bit(std::uint64_t hash) const { return hash & (8 * mask_ + 7); }
  // Where the hash is, or would be.
  [[nodiscard]] std::size_t slot(std::uint64_t hash) const {
    std::size_t i = hash & mask_;
    while (slots_[i].n != 0 && slots_[i].hash != hash) i = (i + 1) & mask_;
    return i;
  }

  std::vector<std::pair<std::uint64_t, std::uint32_t>> rows_;
  std::vector<std::uint32_t> values_;
  std::vector<Slot> slots_;
  std::vector<std::uint64_t> filter_;
  std::size_t mask_ = 0;
};

}  // namespace ovillo::extract
