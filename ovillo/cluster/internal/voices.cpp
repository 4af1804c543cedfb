#include "ovillo/cluster/internal/voices.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kFewWords = 1 << 16;  // up to here one part
constexpr std::size_t kParts = 128;
constexpr std::size_t kBlock = 4096;  // texts whose phrases wait to be counted
constexpr std::size_t kChunk = 256;   // texts read by one thread at a time
constexpr std::size_t kAhead = 8;     // slots asked for before they are needed

// Distinct phrases of one text.
class Distinct {
 public:
  void start(std::size_t n_words) {
    seen_.assign(std::bit_ceil(6 * n_words + 1), 0);
    mask_ = seen_.size() - 1;
  }
  bool add(Voices::Key key) {
    std::size_t at = key & mask_;
    while (seen_[at] != 0 && seen_[at] != key) at = (at + 1) & mask_;
    if (seen_[at] == key) return false;
    seen_[at] = key;
    return true;
  }

 private:
  std::vector<Voices::Key> seen_;
  std::size_t mask_ = 0;
};

template <class Found>
void each_distinct(std::span<const std::uint32_t> words, Distinct& distinct, const Found& found) {
  distinct.start(words.size());
  const auto add = [&](std::uint64_t phrase) {
    const Voices::Key key = Voices::key(phrase);
    if (distinct.add(key)) found(key);
  };
  for (std::size_t w = 0; w < words.size(); ++w) {
    add(phrase_of(words[w]));
    if (w > 0) add(phrase_of(words[w - 1], words[w]));
    if (w > 1) add(phrase_of(words[w - 2], words[w - 1], words[w]));
  }
}

}  // namespace

// Block by block: texts are read in chunks, each of which deals its phrases out by part; then every
// part takes what it was dealt.
Voices::Voices(const Component& texts, std::span<const std::uint32_t> n_alike)
    : parts_(texts.n_words() <= kFewWords ? 1 : kParts) {
  const std::uint32_t n_texts = texts.n_sampled();
  for (Part& part : parts_) part.grow(0);
  std::vector<std::vector<std::vector<Slot>>> dealt(
      (std::min<std::size_t>(n_texts, kBlock) + kChunk - 1) / kChunk);
  for (auto& by_part : dealt) by_part.resize(parts_.size());
  for (std::size_t first = 0; first < n_texts; first += kBlock) {
    const std::size_t n = std::min<std::size_t>(kBlock, n_texts - first);
    parallel_for(n, kChunk, [&](std::size_t begin, std::size_t end) {
      auto& by_part = dealt[begin / kChunk];
      Distinct distinct;
      for (std::size_t i = begin; i < end; ++i) {
        const auto t = static_cast<std::uint32_t>(first + i);
        const std::uint64_t voice = voice_of(n_alike[t]);
        each_distinct(texts.words(t), distinct,
                      [&](Key key) { by_part[part_of(key)].push_back({key, voice}); });
      }
    });
    parallel_for(parts_.size(), 4, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) {
        for (auto& by_part : dealt) {
          parts_[p].add(by_part[p]);
          by_part[p].clear();
        }
      }
    });
  }
  parallel_for(parts_.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t p = begin; p < end; ++p) parts_[p].drop_own();
  });
}

Voices::Voices(std::span<const Held> held) : parts_(kParts) {
  std::vector<std::vector<Slot>> dealt(parts_.size());
  for (const Held& one : held) dealt[part_of(one.key)].push_back({one.key, one.voices});
  for (std::size_t p = 0; p < parts_.size(); ++p) parts_[p].add(dealt[p]);
}

std::vector<Voices::Held> Voices::held() const {
  std::vector<Held> out;
  for (const Part& part : parts_)
    for (const Slot& slot : part.slots)
      if (slot.key != 0) out.push_back({slot.key, slot.voices});
  parallel_sort(out, [](const Held& a, const Held& b) { return a.key < b.key; });
  return out;
}

void Voices::Part::add(std::span<const Slot> entries) {
  grow(entries.size());
  const std::size_t mask = slots.size() - 1;
  for (std::size_t e = 0; e < entries.size(); ++e) {
    if (e + kAhead < entries.size()) __builtin_prefetch(&slots[entries[e + kAhead].key & mask], 1);
    std::size_t at = entries[e].key & mask;
    while (slots[at].key != 0 && slots[at].key != entries[e].key) at = (at + 1) & mask;
    n += slots[at].key == 0;
    slots[at].key = entries[e].key;
    slots[at].voices += entries[e].voices;
  }
}

// What one voice alone says is of no use: whoever asks leaves one voice out, its own.
void Voices::Part::drop_own() {
  const std::vector<Slot> old = std::exchange(slots, {});
  n = 0;
  std::size_t n_kept = 0;
  for (const Slot& slot : old) n_kept += slot.voices > kVoice;
  grow(n_kept);
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : old) {
    if (slot.voices <= kVoice) continue;
    std::size_t at = slot.key & mask;
    while (slots[at].key != 0) at = (at + 1) & mask;
    slots[at] = slot;
    ++n;
  }
}

// Makes room for n_more phrases with a third of the slots left free.
void Voices::Part::grow(std::size_t n_more) {
  if (!slots.empty() && 3 * (n + n_more) <= 2 * slots.size()) return;
  std::vector<Slot> old(std::bit_ceil(3 * (n + n_more) / 2 + 16));
  old.swap(slots);
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : old) {
    if (slot.key == 0) continue;
    std::size_t at = slot.key & mask;
    while (slots[at].key != 0) at = (at + 1) & mask;
    slots[at] = slot;
  }
}

}  // namespace ovillo::cluster
