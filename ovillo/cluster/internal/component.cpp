#include "ovillo/cluster/internal/component.hpp"

#include <algorithm>
#include <numeric>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kGrain = 1024;

struct FoldedChunk {
  std::vector<std::uint32_t> word;
  std::vector<std::size_t> end;
};

std::vector<FoldedChunk> fold_all(std::span<const std::string_view> raw) {
  std::vector<FoldedChunk> chunks((raw.size() + kGrain - 1) / kGrain);
  parallel_for(raw.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    FoldedChunk& chunk = chunks[begin / kGrain];
    std::vector<Word> words;
    for (std::size_t i = begin; i < end; ++i) {
      fold_words(raw[i], words);
      for (const Word& w : words) chunk.word.push_back(w.hash);
      chunk.end.push_back(chunk.word.size());
    }
    chunk.word.shrink_to_fit();
  });
  return chunks;
}

}  // namespace

Component::Component(std::span<const std::string_view> raw) : begin_{0}, text_of_raw_(raw.size()) {
  const std::vector<FoldedChunk> chunks = fold_all(raw);
  const auto words_of = [&](std::uint32_t i) -> std::span<const std::uint32_t> {
    const FoldedChunk& chunk = chunks[i / kGrain];
    const std::size_t at = i % kGrain;
    const std::size_t begin = at == 0 ? 0 : chunk.end[at - 1];
    return {chunk.word.data() + begin, chunk.end[at] - begin};
  };
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    const auto x = words_of(a);
    const auto y = words_of(b);
    return std::equal(x.begin(), x.end(), y.begin(), y.end());
  };

  struct Key {
    std::uint64_t hash;
    std::uint32_t raw;
  };
  std::vector<Key> keys(raw.size());
  for (std::uint32_t i = 0; i < raw.size(); ++i) {
    const auto w = words_of(i);
    keys[i] = {hash64({reinterpret_cast<const char*>(w.data()), w.size() * sizeof(w[0])}), i};
  }
  std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const auto x = words_of(a.raw);
    const auto y = words_of(b.raw);
    return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end());
  });

  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t r = keys[i].raw;
    const bool again = i > 0 && keys[i - 1].hash == keys[i].hash && same(keys[i - 1].raw, r);
    if (!again) {
      const auto w = words_of(r);
      word_.insert(word_.end(), w.begin(), w.end());
      begin_.push_back(word_.size());
      copies_.push_back(0);
      raw_.push_back(raw[r]);
      last_raw_.push_back(raw[r]);
    }
    ++copies_.back();
    raw_.back() = std::min(raw_.back(), raw[r]);
    last_raw_.back() = std::max(last_raw_.back(), raw[r]);
    text_of_raw_[r] = size() - 1;
  }
}

}  // namespace ovillo::cluster
