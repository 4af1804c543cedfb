// Is one text an edit of the other? Bits for "one hand" against "two strangers".
#pragma once

#include <cstdint>
#include <optional>
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

/// What a comparison is likely to say, so that the cheaper question is put first. Changes no
/// answer.
enum class Guess : bool { strangers, one_hand };

/// Compares texts of one component. One per thread: keeps its scratch, and the index of the text
/// given first, so that comparing one text with many reads it once.
class OneHand {
 public:
  OneHand(const Component& texts, const Surprise& surprise);

  /// log2 likelihood ratio: bits saved by the passages in common, less the price of the edits
  /// between them. Symmetric.
  /// @param enough  when the answer cannot reach this, some bound below it is returned instead;
  /// when a plain walk through both texts reaches it, what the walk saves.
  /// @cost  O(n) where a walk does, else O(n + r^2), r passages, at most 64.
  Bits16 bits(std::uint32_t s, std::uint32_t t, Bits16 enough, Guess guess);
  /// The passages of the best alignment of s and t, ascending.
  const std::vector<Passage>& align(std::uint32_t s, std::uint32_t t);

 private:
  void open(std::uint32_t s, std::uint32_t t);
  void sum_up();
  Bits16 walk();
  bool step_over(std::uint32_t& i, std::uint32_t& j) const;
  void index();
  Bits16 match();
  void find_passages();
  void keep_the_longest();
  Bits16 most();
  Bits16 best_score();
  void best_chain();
  [[nodiscard]] Bits16 worth(const Passage& p, std::uint32_t skip) const;

  const Component& texts_;
  const Surprise& surprise_;

  // The text given first.
  std::optional<std::uint32_t> s_;
  std::span<const std::uint32_t> a_;
  std::span<const std::uint8_t> opening_a_;
  std::span<const std::uint8_t> following_a_;
  std::vector<Bits16> sum_a_;  // of following, before each word
  bool is_summed_a_ = false;
  bool is_indexed_ = false;
  std::vector<std::uint16_t> slot_;  // open addressing: 1 + where a word first stands in a; 0: free
  std::vector<std::uint16_t>
      again_;  // per word of a: 1 + where the same word stands next; 0: nowhere
  std::vector<std::uint16_t> first_a_;  // per word of a: where the same word stands first
  std::vector<std::uint16_t> n_in_a_;   // at the first place of each word: how often it stands in a

  // The text it is compared with.
  std::span<const std::uint32_t> b_;
  std::span<const std::uint8_t> opening_b_;
  std::span<const std::uint8_t> following_b_;
  std::vector<Bits16> sum_b_;
  std::vector<std::uint16_t> first_b_;  // per word of b: 1 + where it first stands in a; 0: nowhere
  std::vector<std::uint16_t> n_in_b_;  // at the first place of each word in a: how often it is in b

  std::vector<std::int32_t> open_run_;  // by diagonal: passage that ends there
  std::vector<Passage> found_;
  std::vector<Bits16> worth_;
  // Per passage, each in a row of its own so that many are read at once.
  std::vector<std::int32_t> end_a_;
  std::vector<std::int32_t> end_b_;
  std::vector<Bits16> score_;
  std::vector<std::int32_t> from_;
  std::vector<Passage> best_;
};

}  // namespace ovillo::cluster
