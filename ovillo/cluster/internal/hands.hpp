// Joins texts into hands, strongest evidence first, without chaining strangers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/one_hand.hpp"
#include "ovillo/cluster/internal/surprise.hpp"
#include "ovillo/graph/union_find.hpp"

namespace ovillo::cluster {

/// Two texts, a < b, and how far their bits lie above what is asked of them.
struct Pair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Guess guess = Guess::one_hand;
  Bits16 margin = 0;
  bool operator==(const Pair&) const = default;
};

/// How many bits two texts must save to count as of one hand: what chance yields among so many
/// voices, and a share of what the shorter one could save at all.
Bits16 asked(const Surprise& surprise, std::uint32_t a, std::uint32_t b);

/// Fills in the margins. @cost  one alignment per pair, in parallel.
void weigh(const Component& texts, const Surprise& surprise, std::vector<Pair>& pairs);

class Hands {
 public:
  Hands(const Component& texts, const Surprise& surprise);

  /// Takes groups made before; of texts joined to nothing yet. @param groups  members ascending.
  void take(std::span<const std::vector<std::uint32_t>> groups);

  /// Joins along the pairs with margin >= 0, in descending order of margin. Two groups join when
  /// most of the sampled pairs between them agree, so that A-B and B-C alone do not make A-B-C.
  /// @return  joins made.
  std::size_t join(std::vector<Pair>& pairs);

  /// The pairs along which groups joined.
  [[nodiscard]] const std::vector<Pair>& joins() const { return joins_; }
  /// Root of text t's group.
  std::uint32_t group(std::uint32_t t) { return sets_.find(t); }
  [[nodiscard]] const std::vector<std::uint32_t>& members(std::uint32_t root) const {
    return members_[root];
  }

 private:
  bool agree(std::uint32_t r, std::uint32_t s);

  const Surprise& surprise_;
  OneHand one_hand_;
  graph::UnionFind sets_;
  std::vector<Pair> joins_;
  std::vector<std::vector<std::uint32_t>> members_;  // ascending; at roots of two or more
};

}  // namespace ovillo::cluster
