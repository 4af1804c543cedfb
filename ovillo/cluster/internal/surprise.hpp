// How surprising the words of a text are to somebody who knows what everybody writes.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ovillo/cluster/background.hpp"
#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/log2.hpp"
#include "ovillo/cluster/internal/voices.hpp"

namespace ovillo::cluster {

/// What is known of one text. Arrays of one byte per word, in sixteenths of a bit.
struct Weighed {
  const std::uint8_t* opening = nullptr;    ///< as the first word of a passage
  const std::uint8_t* following = nullptr;  ///< after the word before it
  Bits16 chance = 0;
  Bits16 known = 0;
  Bits16 own = 0;
};

/// Weighs the words of one text after the other. One per thread may be made; keeps nothing.
class Weigher {
 public:
  /// @param beyond_sample  log2 of how many texts each text of the sample stands for.
  Weigher(const Voices& voices, const Background& background, Bits16 beyond_sample)
      : voices_(voices), background_(background), beyond_sample_(beyond_sample) {}
  /// @param own_voice  what the text itself counts for among the voices: left out.
  /// @param opening,following  [words.size()], written.
  Weighed weigh(std::span<const std::uint32_t> words, std::uint64_t own_voice,
                std::uint8_t* opening, std::uint8_t* following) const;

 private:
  const Voices& voices_;
  const Background& background_;
  Bits16 beyond_sample_;
};

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
           const std::vector<bool>& wanted, const Weigher& weigher);
  /// Where what everybody writes was counted once and for all: every text is left out alike.
  Surprise(const Component& texts, const std::vector<bool>& wanted, const Weigher& weigher);
  /// Texts weighed before. @param weighed  per text; its bytes stay where they are.
  Surprise(const Component& texts, std::vector<Weighed> weighed)
      : texts_(texts), weighed_(std::move(weighed)) {}

  [[nodiscard]] std::span<const std::uint8_t> opening(std::uint32_t t) const {
    return {weighed_[t].opening, texts_.words(t).size()};
  }
  [[nodiscard]] std::span<const std::uint8_t> following(std::uint32_t t) const {
    return {weighed_[t].following, texts_.words(t).size()};
  }
  /// log2 of how many voices write in the language of text t: the bits that chance alone yields.
  [[nodiscard]] Bits16 chance(std::uint32_t t) const { return weighed_[t].chance; }
  /// log2 of how many voices there are to judge the phrases of text t by: those of its language, or
  /// fewer when all but a footer of it is seldom met.
  [[nodiscard]] Bits16 known(std::uint32_t t) const { return weighed_[t].known; }
  /// Bits of the whole text: what an exact copy would save.
  [[nodiscard]] Bits16 own(std::uint32_t t) const { return weighed_[t].own; }

 private:
  template <class OwnVoice>
  void weigh_all(const std::vector<bool>& wanted, const Weigher& weigher, const OwnVoice& own);

  const Component& texts_;
  std::vector<Weighed> weighed_;
  std::vector<std::vector<std::uint8_t>> bytes_;  // by chunk of texts
};

}  // namespace ovillo::cluster
