#include "ovillo/cluster/internal/surprise.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

namespace {

// What is assumed of words nobody has counted: that one text in 2^9.5 opens a passage with this
// word, and one in five of those goes on as this one does. A verbatim copy of n words is then worth
// about 9.5 + 2.2 n bits at most (the phrase ends every five words or so and the next one opens).
constexpr std::uint64_t kUnknownOpening = kVoice / 724;       // 2^-9.5
constexpr std::uint64_t kUnknownFollowing = kVoice * 7 / 32;  // 2^-2.2
constexpr std::uint64_t kPriorVoices = 10;  // weight of these and of the Background, in voices
constexpr std::uint64_t kLeastPriorVoices = 1;
constexpr std::uint64_t kMiddling = 8;
constexpr Bits16 kMostOpening = 12 * 16;
constexpr Bits16 kMostNumber = 16;    // which number it is was folded away
constexpr Bits16 kMostNext = 2 * 16;  // what the order of two phrases may add

// Fraction of texts, in fixed point, from a Background's log2 per million; 0: not known.
std::uint64_t fraction(std::uint32_t log2_per_million) {
  return log2_per_million == 0 ? 0 : (kVoice << log2_per_million) / 1'000'000;
}

// Bits of going on in a way that n of n_before voices take. What is assumed weighs as kPriorVoices,
// but less once voices agree: a phrase that every one of thirty holds is no surprise.
Bits16 bits_of(std::uint64_t n, std::uint64_t n_before, std::uint64_t prior) {
  const auto weighed = [&](std::uint64_t voices) {
    return log2_16(n_before + voices * kVoice) - log2_16(n + voices * prior);
  };
  return std::min(weighed(kPriorVoices), weighed(kLeastPriorVoices));
}

}  // namespace

Surprise::Surprise(const Component& texts, std::span<const std::uint32_t> n_alike,
                   const std::vector<bool>& wanted, const Weigher& weigher)
    : texts_(texts) {
  // The text's own voice: all its look-alikes together, or itself and one mate taken for a
  // stranger.
  weigh_all(wanted, weigher,
            [&](std::size_t t) { return std::max(kVoice, 2 * voice_of(n_alike[t])); });
}

Surprise::Surprise(const Component& texts, const std::vector<bool>& wanted, const Weigher& weigher)
    : texts_(texts) {
  weigh_all(wanted, weigher, [](std::size_t /*t*/) { return kVoice; });
}

template <class OwnVoice>
void Surprise::weigh_all(const std::vector<bool>& wanted, const Weigher& weigher,
                         const OwnVoice& own) {
  constexpr std::size_t kGrain = 256;
  weighed_.resize(texts_.size());
  bytes_.resize((texts_.size() + kGrain - 1) / kGrain);
  parallel_for(texts_.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    std::size_t n = 0;
    for (std::size_t t = begin; t < end; ++t)
      if (wanted[t]) n += 2 * texts_.words(static_cast<std::uint32_t>(t)).size();
    std::vector<std::uint8_t>& bytes = bytes_[begin / kGrain];
    bytes.resize(n);
    std::uint8_t* at = bytes.data();
    for (std::size_t t = begin; t < end; ++t) {
      if (!wanted[t]) continue;
      const auto words = texts_.words(static_cast<std::uint32_t>(t));
      weighed_[t] = weigher.weigh(words, own(t), at, at + words.size());
      at += 2 * words.size();
    }
  });
}

Weighed Weigher::weigh(std::span<const std::uint32_t> words, std::uint64_t own,
                       std::uint8_t* opening_out, std::uint8_t* following_out) const {
  const Voices& voices = voices_;
  const Background& background = background_;
  Weighed out{opening_out, following_out, 0, 0, 0};
  const auto others = [&](Voices::Key phrase) {
    const std::uint64_t all = voices.with(phrase);
    return all > own ? all - own : 0;
  };
  struct Known {  // first the phrases that end here, then how many other voices hold them
    std::uint64_t word = 0;    // this word
    std::uint64_t pair = 0;    // the word before and this one
    std::uint64_t triple = 0;  // the two words before and this one
  };
  static thread_local std::vector<Known> known;
  known.assign(words.size(), {});
  for (std::size_t w = 0; w < words.size(); ++w) {
    voices.prefetch(known[w].word = Voices::key(phrase_of(words[w])));
    background.prefetch(phrase_of(words[w]));
    if (w > 0) background.prefetch(phrase_of(words[w - 1], words[w]));
    if (w > 0) voices.prefetch(known[w].pair = Voices::key(phrase_of(words[w - 1], words[w])));
    if (w > 1)
      voices.prefetch(known[w].triple =
                          Voices::key(phrase_of(words[w - 2], words[w - 1], words[w])));
  }
  for (std::size_t w = 0; w < words.size(); ++w) {
    known[w].word = others(known[w].word);
    if (w > 0) known[w].pair = others(known[w].pair);
    if (w > 1) known[w].triple = others(known[w].triple);
  }
  // How many voices write in this language: as many as use its second most common word.
  std::uint64_t most = 0;
  std::uint64_t language = 0;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::uint64_t n = words[w] == kNumber ? 0 : known[w].word;
    if (n > most) {
      language = most;
      most = n;
    } else if (n > language && n != most) {
      language = n;
    }
  }
  out.chance = log2_16((language + kVoice) >> 16) - log2_16(kVoice >> 16) + beyond_sample_;

  // How well these words are known: a middling one is met in one voice of kMiddling, not more
  // seldom.
  static thread_local std::vector<std::uint64_t> met;
  met.clear();
  for (const Known& k : known) met.push_back(k.word);
  const auto middle = met.begin() + static_cast<std::ptrdiff_t>(met.size() / 3);
  if (!met.empty()) std::nth_element(met.begin(), middle, met.end());
  const std::uint64_t judged_by = met.empty() ? 0 : std::min(language, kMiddling * *middle);
  out.known = log2_16((judged_by + kVoice) >> 16) - log2_16(kVoice >> 16);

  const std::uint64_t total = language + kPriorVoices * kVoice;
  std::uint64_t bg_before = 0;  // fraction of texts with the word before, per Background
  for (std::size_t w = 0; w < words.size(); ++w) {
    const std::uint64_t word = phrase_of(words[w]);
    const std::uint64_t n_word = std::min(known[w].word, language);
    const std::uint64_t bg_word = fraction(background.log2_per_million(word));
    const std::uint64_t with = n_word + kPriorVoices * std::max(bg_word, kUnknownOpening);
    const Bits16 opening = std::clamp(log2_16(total) - log2_16(with), 0,
                                      words[w] == kNumber ? kMostNumber : kMostOpening);
    Bits16 following = opening;
    if (w > 0) {
      const std::uint64_t pair = phrase_of(words[w - 1], words[w]);
      const std::uint64_t bg_pair = fraction(background.log2_per_million(pair));
      const std::uint64_t prior = std::max(
          kUnknownFollowing, bg_before == 0 ? 0 : std::min(kVoice, bg_pair * kVoice / bg_before));
      const std::uint64_t n_pair = known[w].pair;
      const std::uint64_t n_before = std::max(known[w - 1].word, n_pair);
      following = std::clamp(bits_of(n_pair, n_before, prior), 0, opening + kMostNext);
      if (w > 1) {  // two words before tell more than one
        const std::uint64_t n_triple = known[w].triple;
        following = std::min(
            following, bits_of(n_triple, std::max(known[w - 1].pair, n_triple), kUnknownFollowing));
      }
    }
    if (words[w] == kNumber) following = std::min(following, kMostNumber);
    opening_out[w] = static_cast<std::uint8_t>(opening);
    following_out[w] = static_cast<std::uint8_t>(following);
    out.own += following;
    bg_before = bg_word;
  }
  return out;
}

}  // namespace ovillo::cluster
