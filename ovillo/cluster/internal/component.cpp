#include "ovillo/cluster/internal/component.hpp"

#include <algorithm>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {
constexpr std::size_t kGrain = 1024;
}

Component::Component(const Folded& folded, std::span<const std::uint32_t> rows,
                     std::span<const std::string_view> raw)
    : begin_{0}, text_of_raw_(rows.size()) {
  const auto words_of = [&](std::uint32_t i) { return folded.words(rows[i]); };
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    const auto x = words_of(a);
    const auto y = words_of(b);
    return std::equal(x.begin(), x.end(), y.begin(), y.end());
  };

  struct Key {
    std::uint64_t hash;
    std::uint32_t raw;
  };
  std::vector<Key> keys(rows.size());
  parallel_for(keys.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto w = words_of(static_cast<std::uint32_t>(i));
      keys[i] = {hash_of(w), static_cast<std::uint32_t>(i)};
    }
  });
  parallel_sort(keys, [&](const Key& a, const Key& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    const auto x = words_of(a.raw);
    const auto y = words_of(b.raw);
    const auto order =
        std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
    return order != 0 ? order < 0 : a.raw < b.raw;
  });

  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::uint32_t r = keys[i].raw;
    if (i == 0 || keys[i - 1].hash != keys[i].hash || !same(keys[i - 1].raw, r)) {
      begin_.push_back(begin_.back() + words_of(r).size());
      copies_.push_back(0);
      raw_.push_back(raw[r]);
      last_raw_.push_back(raw[r]);
      first_word_.push_back(words_of(r).data());
    }
    ++copies_.back();
    raw_.back() = std::min(raw_.back(), raw[r]);
    last_raw_.back() = std::max(last_raw_.back(), raw[r]);
    text_of_raw_[r] = size() - 1;
  }
}

Component::Component(std::span<const Text> texts) : begin_{0} {
  for (const Text& text : texts) {
    first_word_.push_back(text.words.data());
    begin_.push_back(begin_.back() + text.words.size());
    copies_.push_back(text.copies);
    raw_.push_back(text.raw);
    last_raw_.push_back(text.last_raw);
  }
}

std::uint64_t Component::hash_of(std::span<const std::uint32_t> words) {
  return hash64({reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0])});
}

std::uint32_t Component::n_sampled() const {
  if (n_words() <= kSampledWords) return size();
  const auto beyond = std::upper_bound(begin_.begin(), begin_.end(), kSampledWords);
  return static_cast<std::uint32_t>(beyond - begin_.begin() - 1);
}

}  // namespace ovillo::cluster
