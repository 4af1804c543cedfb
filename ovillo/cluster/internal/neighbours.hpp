// Who might be of one hand with whom: for every text its nearest few by MinHash.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/component.hpp"

namespace ovillo::cluster {

struct Neighbour {
  std::uint32_t text = 0;  ///< index into `among`
  std::uint8_t agree = 0;  ///< of kSignature values, how many agree
};

class Neighbours {
 public:
  static constexpr std::size_t kSignature = 64;
  static constexpr std::size_t kMost = 8;  ///< kept per text

  /// @param among  texts to compare, ascending; the others have no neighbours.
  /// @cost  O(n log n) for the bands; at most kWindow comparisons per band and text.
  Neighbours(const Component& texts, const CommonPairs& common,
             std::span<const std::uint32_t> among);

  /// Nearest first; ties by text. Not symmetric.
  [[nodiscard]] std::span<const Neighbour> of(std::size_t i) const {
    return {nearest_[i].data(), n_[i]};
  }
  /// About how many texts resemble text i closely: counted while few, then estimated.
  [[nodiscard]] std::uint32_t n_alike(std::size_t i) const { return n_alike_[i]; }

 private:
  static constexpr std::size_t kWindow = 8;  // texts looked at behind each, within one band
  using Signature = std::array<std::uint8_t, kSignature>;  // eight bits of each value
  // One band, and what it says of each text, in the order of its values.
  struct Band {
    std::vector<std::uint64_t> entries;
    std::vector<std::uint64_t> scratch;
    std::vector<std::uint32_t> n_met;                       // others that share it
    std::vector<std::array<std::uint8_t, kWindow>> behind;  // agreement with those; 0: little
  };
  void sign(const Component& texts, const CommonPairs& common);
  void sort_by_band(std::size_t number, Band& band) const;
  void compare(Band& band) const;
  void offer_all(const Band& band);
  void offer(std::size_t i, std::size_t j, unsigned agree);
  void count_alike();

  std::span<const std::uint32_t> among_;
  std::vector<Signature> signature_;
  std::vector<std::array<Neighbour, kMost>> nearest_;
  std::vector<std::uint8_t> n_;
  std::vector<std::uint32_t> n_alike_;
  std::vector<std::uint64_t> met_;  // sum over bands of how many shared the band
};

}  // namespace ovillo::cluster
