#include "ovillo/cluster/internal/one_hand.hpp"

#include <algorithm>
#include <limits>

#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {

constexpr EditPrices kPrices;
constexpr std::size_t kMostPassages = 96;
constexpr std::size_t kMostRepeats = 64;  // a word met more often than this times is no anchor
// A passage of one word has to pay for the second gap it makes.
constexpr Bits16 kLeastWorth = 16;

Bits16 price(std::uint32_t a, std::uint32_t b) {
  if (a == 0 && b == 0) return 0;
  if (a <= 1 && b <= 1) return kPrices.slip;
  return kPrices.gap + kPrices.word * static_cast<Bits16>(a + b) +
         (a > 1 && b > 1 ? kPrices.exchanged : 0);
}

// How many words `p` loses at its front to stand after `before` in both texts.
std::uint32_t overlap(const Passage& before, const Passage& p) {
  const std::uint32_t end_a = before.a + before.n;
  const std::uint32_t end_b = before.b + before.n;
  return std::max(end_a > p.a ? end_a - p.a : 0, end_b > p.b ? end_b - p.b : 0);
}

void sum_up(std::span<const std::int16_t> following, std::vector<Bits16>& sum) {
  sum.resize(following.size() + 1);
  sum[0] = 0;
  for (std::size_t i = 0; i < following.size(); ++i) sum[i + 1] = sum[i] + following[i];
}

}  // namespace

WordOrder::WordOrder(const Component& texts, const std::vector<bool>& wanted)
    : texts_(texts), order_(texts.n_words()) {
  parallel_for(texts.size(), 1024, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint64_t> keys;
    for (std::size_t t = begin; t < end; ++t) {
      if (!wanted[t]) continue;
      const auto words = texts.words(static_cast<std::uint32_t>(t));
      keys.resize(words.size());
      for (std::size_t i = 0; i < words.size(); ++i)
        keys[i] = (static_cast<std::uint64_t>(words[i]) << 32) | i;
      std::sort(keys.begin(), keys.end());
      for (std::size_t i = 0; i < keys.size(); ++i)
        order_[texts.offset(static_cast<std::uint32_t>(t)) + i] =
            static_cast<std::uint16_t>(keys[i]);
    }
  });
}

OneHand::OneHand(const Component& texts, const WordOrder& order, const Surprise& surprise)
    : texts_(texts), order_(order), surprise_(surprise) {}

// Every maximal run of equal words: the two orders are merged to find where each word of a stands
// in b, then runs grow along the diagonals.
void OneHand::find_passages() {
  const auto a = texts_.words(s_);
  const auto b = texts_.words(t_);
  const auto order_a = order_.of(s_);
  const auto order_b = order_.of(t_);
  met_.assign(a.size(), 0);
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const std::uint32_t x = a[order_a[i]];
    const std::uint32_t y = b[order_b[j]];
    if (x != y) {
      x < y ? ++i : ++j;
      continue;
    }
    std::size_t i_end = i + 1;
    std::size_t j_end = j + 1;
    while (i_end < a.size() && a[order_a[i_end]] == x) ++i_end;
    while (j_end < b.size() && b[order_b[j_end]] == x) ++j_end;
    if ((i_end - i) * (j_end - j) <= kMostRepeats)
      for (std::size_t p = i; p < i_end; ++p) met_[order_a[p]] = (j << 32) | j_end;
    i = i_end;
    j = j_end;
  }
  found_.clear();
  open_run_.assign(a.size() + b.size(), -1);
  for (std::uint32_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = met_[i] >> 32; k < (met_[i] & 0xffffffffU); ++k) {
      const std::uint32_t j = order_b[k];
      std::int32_t& open = open_run_[i + b.size() - 1 - j];
      if (open >= 0) {
        Passage& p = found_[static_cast<std::size_t>(open)];
        if (p.a + p.n == i) {
          ++p.n;
          continue;
        }
      }
      open = static_cast<std::int32_t>(found_.size());
      found_.push_back({i, j, 1});
    }
  }
}

// Bits of passage p without its first `skip` words, as either text would price them, halved.
Bits16 OneHand::worth(const Passage& p, std::uint32_t skip) const {
  return (opening_a_[p.a + skip] + sum_a_[p.a + p.n] - sum_a_[p.a + skip + 1] +
          opening_b_[p.b + skip] + sum_b_[p.b + p.n] - sum_b_[p.b + skip + 1]) /
         2;
}

// Best chain of passages in the same order in both texts.
Bits16 OneHand::chain(Bits16 enough) {
  const auto n_a = static_cast<std::uint32_t>(texts_.words(s_).size());
  const auto n_b = static_cast<std::uint32_t>(texts_.words(t_).size());
  std::erase_if(found_, [&](const Passage& p) { return p.n == 1 && worth(p, 0) < kLeastWorth; });
  if (found_.size() > kMostPassages) {  // keep the longest
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Passage& x, const Passage& y) { return x.n > y.n; });
    found_.resize(kMostPassages);
    std::sort(found_.begin(), found_.end(), [](const Passage& x, const Passage& y) {
      return x.a != y.a ? x.a < y.a : x.b < y.b;
    });
  }
  const std::size_t n = found_.size();
  worth_.resize(n);
  Bits16 all = 0;
  std::uint32_t n_words = 0;
  for (std::size_t k = 0; k < n; ++k) {
    all += worth_[k] = worth(found_[k], 0);
    n_words += found_[k].n;
  }
  const std::uint32_t unmatched =
      (n_a > n_words ? n_a - n_words : 0) + (n_b > n_words ? n_b - n_words : 0);
  if (const Bits16 most = all - price(unmatched, 0); most < enough) return most;

  score_.resize(n);
  from_.resize(n);
  best_.clear();
  Bits16 best = -price(n_a, n_b);
  std::int32_t last = -1;
  for (std::size_t k = 0; k < n; ++k) {
    const Passage& p = found_[k];
    score_[k] = worth_[k] - price(p.a, p.b);
    from_[k] = -1;
    for (std::size_t q = k; q-- > 0;) {
      const Passage& before = found_[q];
      if (before.a >= p.a || before.b >= p.b) continue;
      const std::uint32_t skip = overlap(before, p);
      if (skip >= p.n) continue;
      const Bits16 reached =
          score_[q] + (skip == 0 ? worth_[k] : worth(p, skip)) -
          price(p.a + skip - before.a - before.n, p.b + skip - before.b - before.n);
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
      const std::uint32_t skip = overlap(found_[static_cast<std::size_t>(q)], p);
      p = {p.a + skip, p.b + skip, p.n - skip};
    }
    best_.push_back(p);
  }
  std::reverse(best_.begin(), best_.end());
  return best;
}

Bits16 OneHand::bits(std::uint32_t s, std::uint32_t t, Bits16 enough) {
  if (sum_a_.empty() || s != s_) sum_up(surprise_.following(s), sum_a_);
  s_ = s;
  t_ = t;
  opening_a_ = surprise_.opening(s);
  opening_b_ = surprise_.opening(t);
  sum_up(surprise_.following(t), sum_b_);
  find_passages();
  return chain(enough);
}

const std::vector<Passage>& OneHand::align(std::uint32_t s, std::uint32_t t) {
  bits(s, t, std::numeric_limits<Bits16>::min());
  return best_;
}

}  // namespace ovillo::cluster
