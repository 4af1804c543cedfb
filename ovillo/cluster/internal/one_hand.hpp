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
  Bits16 gap = 56;        ///< any stretch of words that only one or both texts have, per stretch
  Bits16 word = 8;        ///< each word in it
  Bits16 exchanged = 24;  ///< extra when both texts have two words or more there
};

/// Compares texts of one component. One per thread: keeps its scratch.
class OneHand {
 public:
  OneHand(const Component& texts, const Surprise& surprise);

  /// log2 likelihood ratio: bits saved by the passages in common, less the price of the edits
  /// between them. Symmetric. @cost  O(n + r^2), r passages, at most 96.
  Bits16 bits(std::uint32_t s, std::uint32_t t);
  /// The passages of the best alignment of the last call, ascending.
  [[nodiscard]] const std::vector<Passage>& passages() const { return best_; }

 private:
  void find_passages(std::uint32_t s, std::uint32_t t);
  Bits16 chain(std::uint32_t s, std::uint32_t t);
  void index(std::uint32_t t, std::vector<std::uint32_t>& order) const;

  const Component& texts_;
  const Surprise& surprise_;
  std::vector<std::uint64_t> order_a_;  // (word, position), ascending
  std::vector<std::uint64_t> order_b_;
  std::uint32_t indexed_a_ = UINT32_MAX;
  std::vector<Passage> found_;
  std::vector<Passage> best_;
  std::vector<std::uint64_t> points_;
  std::vector<std::int32_t> open_run_;  // by diagonal: passage that ends there
  std::vector<Bits16> sum_;             // of following, over both texts, per word of a
  std::vector<Bits16> score_;
  std::vector<std::int32_t> from_;
};

}  // namespace ovillo::cluster
