#include "ovillo/cluster/internal/component.hpp"

#include <algorithm>

#include "ovillo/base/hash.hpp"

namespace ovillo::cluster {

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
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
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

std::uint32_t Component::n_sampled() const {
  if (n_words() <= kSampledWords) return size();
  const auto beyond = std::upper_bound(begin_.begin(), begin_.end(), kSampledWords);
  return static_cast<std::uint32_t>(beyond - begin_.begin() - 1);
}

}  // namespace ovillo::cluster
