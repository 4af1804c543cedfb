// Is one text an edit of the other? Bits for "one hand" against "two strangers".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/surprise.hpp"

namespace ovillo::cluster {

/// A passage both texts hold: words a .. a + n of the one, b .. b + n of the other.
struct Passage {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t n;
};

/// Prices of an edit, in sixteenths of a bit.
struct EditPrices {
  Bits16 slip = 24;       ///< one word changed, dropped or added: a slot, a typing error
  Bits16 gap = 56;        ///< a longer stretch that only one of the texts, or both, have
  Bits16 word = 8;        ///< each word in such a stretch
  Bits16 exchanged = 32;  ///< extra when both texts have two words or more there
};

/// For each text of a component, its word positions in ascending order of (word, position).
class WordOrder {
 public:
  /// @param wanted  texts that will be asked for.
  WordOrder(const Component& texts, const std::vector<bool>& wanted);
  [[nodiscard]] std::span<const std::uint16_t> of(std::uint32_t t) const {
    return {order_.data() + texts_.offset(t), texts_.words(t).size()};
  }

 private:
  const Component& texts_;
  std::vector<std::uint16_t> order_;
};

/// Compares texts of one component. One per thread: keeps its scratch.
class OneHand {
 public:
  OneHand(const Component& texts, const WordOrder& order, const Surprise& surprise);

  /// log2 likelihood ratio: bits saved by the passages in common, less the price of the edits
  /// between them. Symmetric.
  /// @param enough  when the answer cannot reach this, some bound below it is returned instead.
  /// @cost  O(n + r^2), r passages, at most 96.
  Bits16 bits(std::uint32_t s, std::uint32_t t, Bits16 enough);
  /// The passages of the best alignment of s and t, ascending.
  const std::vector<Passage>& align(std::uint32_t s, std::uint32_t t);

 private:
  void find_passages();
  Bits16 chain(Bits16 enough);
  [[nodiscard]] Bits16 worth(const Passage& p, std::uint32_t skip) const;

  const Component& texts_;
  const WordOrder& order_;
  const Surprise& surprise_;
  // of the two texts compared now
  std::uint32_t s_ = 0;
  std::uint32_t t_ = 0;
  std::span<const std::int16_t> opening_a_;
  std::span<const std::int16_t> opening_b_;
  std::vector<Bits16> sum_a_;  // of following, before each word
  std::vector<Bits16> sum_b_;
  std::vector<std::uint64_t> met_;      // per word of a: range of b's order with the same word
  std::vector<std::int32_t> open_run_;  // by diagonal: passage that ends there
  std::vector<Passage> found_;
  std::vector<Bits16> worth_;
  std::vector<Bits16> score_;
  std::vector<std::int32_t> from_;
  std::vector<Passage> best_;
};

}  // namespace ovillo::cluster
