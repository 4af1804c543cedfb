// Who might be of one hand with whom: for every text its nearest few by MinHash.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/signature.hpp"

namespace ovillo::cluster {

/// One text near another. Kept in one number that ascends with distance, then with the text.
class Neighbour {
 public:
  static constexpr unsigned kSignature = cluster::kSignature;  ///< values compared

  constexpr Neighbour() = default;  ///< farther than any
  constexpr Neighbour(std::uint32_t text, unsigned agree)
      : rank_((std::uint64_t{kSignature - agree} << 32) | text) {}

  /// Index into `among`.
  [[nodiscard]] constexpr std::uint32_t text() const { return static_cast<std::uint32_t>(rank_); }
  /// Of kSignature values, how many agree.
  [[nodiscard]] constexpr std::uint8_t agree() const {
    return static_cast<std::uint8_t>(kSignature - (rank_ >> 32));
  }
  constexpr auto operator<=>(const Neighbour&) const = default;

 private:
  std::uint64_t rank_ = ~std::uint64_t{0};
};

/// The nearest of one text, nearest first; the rest of the places hold Neighbour().
inline constexpr std::size_t kMostNear = 8;
using NearList = std::array<Neighbour, kMostNear>;

class Neighbours {
 public:
  static constexpr std::size_t kMost = kMostNear;  ///< kept per text
  enum class Keep : bool { nearest, signatures_too };

  /// @param among  texts to compare, ascending; the others have no neighbours.
  /// @cost  O(n log n) for the bands; at most kBandWindow comparisons per band and text.
  Neighbours(const Component& texts, const CommonPairs& common,
             std::span<const std::uint32_t> among, Keep keep = Keep::nearest);
  /// The same of signatures made before. @param signatures  per text of `among`.
  Neighbours(std::vector<Signature> signatures, std::span<const std::uint32_t> among);

  /// Nearest first; ties by text. Not symmetric.
  [[nodiscard]] std::span<const Neighbour> of(std::size_t i) const {
    const auto& list = nearest_[i];
    return {list.begin(), std::find(list.begin(), list.end(), Neighbour())};
  }
  [[nodiscard]] std::span<const NearList> lists() const { return nearest_; }
  /// Per text of `among`, where they were kept.
  [[nodiscard]] const std::vector<Signature>& signatures() const { return signature_; }
  /// About how many texts resemble text i closely: counted while few, then estimated.
  [[nodiscard]] std::uint32_t n_alike(std::size_t i) const { return n_alike_[i]; }

 private:
  // Two texts met in a band that resemble each other.
  struct Met {
    std::uint32_t a;
    std::uint32_t b;
    std::uint32_t agree;
  };
  struct Band {
    std::vector<std::uint64_t> entries;  // in the order of its values
    std::vector<std::uint64_t> scratch;
    std::vector<std::vector<Met>> met;  // by chunk of entries
  };
  void sign(const Component& texts, const CommonPairs& common);
  void compare_all();
  void sort_by_band(std::size_t number, Band& band) const;
  void count_met(const Band& band);
  void compare(Band& band) const;
  void offer_all(std::span<const Band> bands);
  void offer(std::size_t i, Neighbour other);
  void count_alike();

  std::span<const std::uint32_t> among_;
  std::vector<Signature> signature_;
  std::vector<NearList> nearest_;
  std::vector<std::uint32_t> n_alike_;
  std::vector<std::uint64_t> met_;  // sum over bands of how many shared the band
};

}  // namespace ovillo::cluster
