// Background: how common phrases are. What everybody writes says nothing about the hand.
//
// A phrase is one word or two words in a row, held as a hash: no text can be read back from it.
// Counts are kept per group of texts, one group per language as shipped in data/background, and
// one for what `ovillo train` adds; a phrase is as common as it is in the group where it is most
// common. Format: docs/formats/cluster.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::cluster {

/// What a slot holds, as told by the words around it.
enum class SlotKind : std::uint8_t { other, place, name, age, price, hour };

/// How common phrases are, per language. Changed by `ovillo train` alone. Copyable; safe to read
/// from several threads.
class Background {
 public:
  /// Reads data/background/*.tsv. @error base.cannot_read, cluster.bad_background.
  static Result<Background> open(const std::filesystem::path& data);
  /// Counts the phrases of `texts` on top of these (train): one voice per cluster, so that one
  /// hand's campaign does not become everybody's phrase.
  void add(std::span<const std::string_view> texts);
  [[nodiscard]] std::string serialise() const;
  /// @error cluster.bad_background, with the line in `row`.
  static Result<Background> parse(std::string_view bytes);
  /// log2 of how many texts in a million hold the phrase with this hash, at least 0.
  /// @param phrase  phrase_of(word) or phrase_of(word, word), see fold.hpp.
  [[nodiscard]] std::uint32_t log2_per_million(std::uint64_t phrase) const;
  /// Asks the processor for what log2_per_million() will read.
  void prefetch(std::uint64_t phrase) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[mix64(phrase) & (slots_.size() - 1)]);
  }
  /// Which kind of slot follows (or, for number units, precedes) this word; see slot_cues.tsv.
  [[nodiscard]] SlotKind cue_before(std::uint32_t word) const;
  [[nodiscard]] SlotKind cue_after(std::uint32_t word) const;
  /// Phrases known.
  [[nodiscard]] std::size_t size() const { return n_phrases_; }

 private:
  struct Count {
    std::uint64_t phrase;
    std::uint64_t n_texts;
    bool operator==(const Count&) const = default;
  };
  struct Group {
    std::string name;
    std::uint64_t n_texts = 0;
    std::vector<Count> counts;  // ascending by phrase
  };
  struct Cue {
    std::uint32_t word;
    bool before;
    SlotKind kind;
    auto operator<=>(const Cue&) const = default;
  };
  Result<void> read(std::string_view bytes);
  void index();
  Group& group(std::string_view name);
  [[nodiscard]] SlotKind cue(std::uint32_t word, bool before) const;

  std::vector<Group> groups_;  // ascending by name
  std::vector<Cue> cues_;      // ascending
  // Open addressing: the upper 56 bits of a phrase over its log2_per_million; 0: free.
  std::vector<std::uint64_t> slots_;
  std::size_t n_phrases_ = 0;
};

}  // namespace ovillo::cluster
