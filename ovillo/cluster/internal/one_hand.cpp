#include "ovillo/cluster/internal/one_hand.hpp"

#include <algorithm>

namespace ovillo::cluster {

namespace {

constexpr EditPrices kPrices;
constexpr std::size_t kMostPassages = 96;
constexpr std::size_t kMostRepeats = 64;  // a word met more often than this times is no anchor

Bits16 price(std::uint32_t a, std::uint32_t b) {
  if (a == 0 && b == 0) return 0;
  return kPrices.gap + kPrices.word * static_cast<Bits16>(std::min(a + b, 4096U)) +
         (a > 1 && b > 1 ? kPrices.exchanged : 0);
}

void order_words(std::span<const std::uint32_t> words, std::vector<std::uint64_t>& order) {
  order.resize(words.size());
  for (std::size_t i = 0; i < words.size(); ++i)
    order[i] = (static_cast<std::uint64_t>(words[i]) << 32) | i;
  std::sort(order.begin(), order.end());
}

}  // namespace

OneHand::OneHand(const Component& texts, const Surprise& surprise)
    : texts_(texts), surprise_(surprise) {}

// Every maximal run of equal words, found by merging the two lists of (word, position).
void OneHand::find_passages(std::uint32_t s, std::uint32_t t) {
  const auto a = texts_.words(s);
  const auto b = texts_.words(t);
  if (indexed_a_ != s) order_words(a, order_a_);
  indexed_a_ = s;
  order_words(b, order_b_);
  points_.clear();
  for (std::size_t i = 0, j = 0; i < order_a_.size() && j < order_b_.size();) {
    const std::uint64_t x = order_a_[i] >> 32;
    const std::uint64_t y = order_b_[j] >> 32;
    if (x != y) {
      x < y ? ++i : ++j;
      continue;
    }
    std::size_t i_end = i;
    std::size_t j_end = j;
    while (i_end < order_a_.size() && order_a_[i_end] >> 32 == x) ++i_end;
    while (j_end < order_b_.size() && order_b_[j_end] >> 32 == x) ++j_end;
    if ((i_end - i) * (j_end - j) <= kMostRepeats)
      for (std::size_t p = i; p < i_end; ++p)
        for (std::size_t q = j; q < j_end; ++q)
          points_.push_back((order_a_[p] << 32) | (order_b_[q] & 0xffffffffU));
    i = i_end;
    j = j_end;
  }
  std::sort(points_.begin(), points_.end());
  found_.clear();
  open_run_.assign(a.size() + b.size(), -1);
  for (const std::uint64_t point : points_) {
    const auto i = static_cast<std::uint32_t>(point >> 32);
    const auto j = static_cast<std::uint32_t>(point);
    std::int32_t& open = open_run_[i + b.size() - 1 - j];
    if (open >= 0 &&
        found_[static_cast<std::size_t>(open)].a + found_[static_cast<std::size_t>(open)].n == i) {
      ++found_[static_cast<std::size_t>(open)].n;
    } else {
      open = static_cast<std::int32_t>(found_.size());
      found_.push_back({i, j, 1});
    }
  }
  if (found_.size() > kMostPassages) {  // keep the longest
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Passage& x, const Passage& y) { return x.n > y.n; });
    found_.resize(kMostPassages);
    std::sort(found_.begin(), found_.end(), [](const Passage& x, const Passage& y) {
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
  }
}

// Best chain of passages in the same order in both texts; a passage may lose its first words to
// the one before it.
Bits16 OneHand::chain(std::uint32_t s, std::uint32_t t) {
  const auto n_a = static_cast<std::uint32_t>(texts_.words(s).size());
  const auto n_b = static_cast<std::uint32_t>(texts_.words(t).size());
  const auto opening_a = surprise_.opening(s);
  const auto opening_b = surprise_.opening(t);
  const auto following_a = surprise_.following(s);
  const auto following_b = surprise_.following(t);
  const auto worth = [&](const Passage& p, std::uint32_t skip) {
    Bits16 sum = opening_a[p.a + skip] + opening_b[p.b + skip];
    for (std::uint32_t k = skip + 1; k < p.n; ++k)
      sum += following_a[p.a + k] + following_b[p.b + k];
    return sum / 2;
  };
  const std::size_t n = found_.size();
  score_.resize(n);
  from_.resize(n);
  best_.clear();
  Bits16 best = -price(n_a, n_b);
  std::int32_t last = -1;
  for (std::size_t k = 0; k < n; ++k) {
    const Passage& p = found_[k];
    const Bits16 whole = worth(p, 0);
    score_[k] = whole - price(p.a, p.b);
    from_[k] = -1;
    for (std::size_t q = k; q-- > 0;) {
      const Passage& before = found_[q];
      const std::uint32_t end_a = before.a + before.n;
      const std::uint32_t end_b = before.b + before.n;
      const std::uint32_t skip =
          std::max(end_a > p.a ? end_a - p.a : 0, end_b > p.b ? end_b - p.b : 0);
      if (skip >= p.n || before.a >= p.a || before.b >= p.b) continue;
      const Bits16 reached = score_[q] + (skip == 0 ? whole : worth(p, skip)) -
                             price(p.a + skip - end_a, p.b + skip - end_b);
      if (reached > score_[k]) {
        score_[k] = reached;
        from_[k] = static_cast<std::int32_t>(q);
      }
    }
    const Bits16 total = score_[k] - price(n_a - p.a - p.n, n_b - p.b - p.n);
    if (total > best) {
      best = total;
      last = static_cast<std::int32_t>(k);
    }
  }
  for (; last >= 0; last = from_[static_cast<std::size_t>(last)]) {
    Passage p = found_[static_cast<std::size_t>(last)];
    if (const std::int32_t q = from_[static_cast<std::size_t>(last)]; q >= 0) {
      const Passage& before = found_[static_cast<std::size_t>(q)];
      const std::uint32_t end_a = before.a + before.n;
      const std::uint32_t end_b = before.b + before.n;
      const std::uint32_t skip =
          std::max(end_a > p.a ? end_a - p.a : 0, end_b > p.b ? end_b - p.b : 0);
      p = {p.a + skip, p.b + skip, p.n - skip};
    }
    best_.push_back(p);
  }
  std::reverse(best_.begin(), best_.end());
  return best;
}

Bits16 OneHand::bits(std::uint32_t s, std::uint32_t t) {
  find_passages(s, t);
  return chain(s, t);
}

}  // namespace ovillo::cluster
