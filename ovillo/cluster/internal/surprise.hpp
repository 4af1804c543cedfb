// How surprising the words of a text are to somebody who knows what everybody writes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/background.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/log2.hpp"
#include "ovillo/cluster/internal/voices.hpp"

namespace ovillo::cluster {

/// For each word of each text: the bits a stranger's text would need to hold it too, as the first
/// word of a shared passage (`opening`) or after the word before it (`following`).
///
/// Frequencies are those of texts: how many texts of the component hold the word, or the pair of
/// words, where n texts that resemble each other count as one voice; smoothed by the Background,
/// and, for what neither knows, by the caution that a run of words may be a stock phrase not met
/// yet. A text's own voice is left out of its frequencies.
class Surprise {
 public:
  /// @param n_alike  per text: how many others resemble it closely.
  /// @param wanted   per text: whether its bits will be asked for.
  Surprise(const Component& texts, std::span<const std::uint32_t> n_alike,
           const std::vector<bool>& wanted, const Background& background);

  [[nodiscard]] std::span<const std::uint8_t> opening(std::uint32_t t) const {
    return {opening_.data() + texts_.offset(t), texts_.words(t).size()};
  }
  [[nodiscard]] std::span<const std::uint8_t> following(std::uint32_t t) const {
    return {following_.data() + texts_.offset(t), texts_.words(t).size()};
  }
  /// log2 of how many voices write in the language of text t: the bits that chance alone yields.
  [[nodiscard]] Bits16 chance(std::uint32_t t) const { return chance_[t]; }
  /// log2 of how many voices there are to judge the phrases of text t by: those of its language, or
  /// fewer when all but a footer of it is seldom met.
  [[nodiscard]] Bits16 known(std::uint32_t t) const { return known_[t]; }
  /// Bits of the whole text: what an exact copy would save.
  [[nodiscard]] Bits16 own(std::uint32_t t) const { return own_[t]; }

 private:
  void weigh(std::uint32_t t, const Voices& voices, std::uint32_t n_alike,
             const Background& background);

  const Component& texts_;
  std::vector<std::uint8_t> opening_;
  std::vector<std::uint8_t> following_;
  std::vector<Bits16> chance_;
  std::vector<Bits16> known_;
  std::vector<Bits16> own_;
  Bits16 beyond_sample_;  // log2 of how many texts each text of the sample stands for
};

}  // namespace ovillo::cluster
