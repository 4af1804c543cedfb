// How many voices of a component hold each phrase.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/component.hpp"

namespace ovillo::cluster {

inline constexpr std::uint64_t kVoice = 1 << 20;  ///< one voice, in fixed point

/// What one of n_alike + 1 texts that resemble each other counts for.
inline std::uint64_t voice_of(std::uint32_t n_alike) { return kVoice / (n_alike + 1ULL); }

/// Phrases of one, two and three words of the sample of a component. Cut into parts by hash, so
/// that several threads fill it without waiting for each other, each part small enough for the
/// processor's cache; sums of whole numbers do not depend on who added first.
class Voices {
 public:
  /// A phrase as it is kept: its hash, spread. Never 0.
  using Key = std::uint64_t;
  static Key key(std::uint64_t phrase) {
    const Key mixed = mix64(phrase);
    return mixed == 0 ? 1 : mixed;
  }

  /// @param n_alike  per text: how many others resemble it closely.
  /// @cost  O(n words), about 4 us per text of a hundred words; at most 200 MB while counting.
  Voices(const Component& texts, std::span<const std::uint32_t> n_alike);

  /// A phrase and how many voices hold it, in units of kVoice.
  struct Held {
    Key key;
    std::uint64_t voices;
  };
  /// As kept. @param held  ascending by key, each once.
  explicit Voices(std::span<const Held> held);
  /// All phrases, ascending by key.
  [[nodiscard]] std::vector<Held> held() const;

  /// Asks the processor for what with() will read.
  void prefetch(Key key) const {
    const Part& part = parts_[part_of(key)];
    __builtin_prefetch(&part.slots[key & (part.slots.size() - 1)]);
  }
  /// The voices of the sample that hold the phrase, in units of kVoice; 0: no more than one.
  [[nodiscard]] std::uint64_t with(Key key) const {
    const Part& part = parts_[part_of(key)];
    const std::size_t mask = part.slots.size() - 1;
    for (std::size_t at = key & mask; part.slots[at].key != 0; at = (at + 1) & mask)
      if (part.slots[at].key == key) return part.slots[at].voices;
    return 0;
  }

 private:
  struct Slot {
    Key key = 0;  // 0: free
    std::uint64_t voices = 0;
  };
  struct Part {
    std::vector<Slot> slots;
    std::size_t n = 0;
    void add(std::span<const Slot> entries);
    void drop_own();
    void grow(std::size_t n_more);
  };
  [[nodiscard]] std::size_t part_of(Key key) const { return key >> 32 & (parts_.size() - 1); }

  std::vector<Part> parts_;
};

}  // namespace ovillo::cluster
