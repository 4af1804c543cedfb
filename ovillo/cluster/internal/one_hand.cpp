#include "ovillo/cluster/internal/one_hand.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace ovillo::cluster {

namespace {

constexpr EditPrices kPrices;
constexpr std::uint32_t kStep = 6;  // words that a walk through both texts looks past in either
constexpr Bits16 kLost = std::numeric_limits<Bits16>::min() / 2;
constexpr std::size_t kMostPassages = 64;
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

void add_up(std::span<const std::uint8_t> following, std::vector<Bits16>& sum) {
  sum.resize(following.size() + 1);
  Bits16 total = 0;
  sum[0] = 0;
  for (std::size_t i = 0; i < following.size(); ++i) sum[i + 1] = total += following[i];
}

// Four passages at a time, on any processor: vectors as gcc and clang know them.
using Lanes = std::int32_t __attribute__((vector_size(16)));
constexpr std::size_t kLanes = 4;
constexpr std::int32_t kNeverEnds = 1 << 24;  // no word stands behind it

Lanes load(const std::int32_t* at) {
  Lanes out;
  std::memcpy(&out, at, sizeof(out));
  return out;
}
Lanes all(std::int32_t x) { return Lanes{x, x, x, x}; }
Lanes greater(Lanes x, Lanes y) { return x > y ? x : y; }

// The best that a chain before a passage of n words at (a, b) can hand it.
struct Reached {
  Bits16 best;
  bool overlaps;  // one may end inside the passage: not looked at here
};

// Looks at the chains that end before (a, b) in both texts. Columns of n_chains, filled up to whole
// lanes with kNeverEnds.
Reached best_before(const Bits16* score, const std::int32_t* end_a, const std::int32_t* end_b,
                    std::size_t n_chains, const Passage& p) {
  const Lanes a = all(static_cast<std::int32_t>(p.a));
  const Lanes b = all(static_cast<std::int32_t>(p.b));
  const Lanes inside = all(-static_cast<std::int32_t>(p.n));
  Lanes best = all(-price(p.a, p.b));
  Lanes overlaps = all(0);
  for (std::size_t q = 0; q < n_chains; q += kLanes) {
    const Lanes gap_a = a - load(end_a + q);
    const Lanes gap_b = b - load(end_b + q);
    const Lanes most = greater(gap_a, gap_b);
    const Lanes sum = gap_a + gap_b;
    const Lanes least = sum - most;
    // price(), lane by lane
    const Lanes stretch = kPrices.gap + kPrices.word * sum + ((least > 1) & kPrices.exchanged);
    const Lanes cost = most > 1 ? stretch : (most > 0) & kPrices.slip;
    const Lanes reached = load(score + q) - cost;
    best = greater(best, least < 0 ? best : reached);
    overlaps |= (least < 0) & (least > inside);
  }
  return {std::max({best[0], best[1], best[2], best[3]}),
          (overlaps[0] | overlaps[1] | overlaps[2] | overlaps[3]) != 0};
}

}  // namespace

OneHand::OneHand(const Component& texts, const Surprise& surprise)
    : texts_(texts), surprise_(surprise) {}

void OneHand::open(std::uint32_t s, std::uint32_t t) {
  if (s_ != s) {
    s_ = s;
    is_summed_a_ = is_indexed_ = false;
    a_ = texts_.words(s);
    opening_a_ = surprise_.opening(s);
    following_a_ = surprise_.following(s);
  }
  b_ = texts_.words(t);
  opening_b_ = surprise_.opening(t);
  following_b_ = surprise_.following(t);
}

// What worth() reads. Strangers are mostly told apart before it is asked.
void OneHand::sum_up() {
  if (!is_summed_a_) add_up(following_a_, sum_a_);
  is_summed_a_ = true;
  add_up(following_b_, sum_b_);
}

// Walks through both texts side by side, past what only one of them has, into best_.
// @return  what the passages met save together, or kLost where more than kStep words in a row have
// nothing to do with the other text.
Bits16 OneHand::walk() {
  const auto n_a = static_cast<std::uint32_t>(a_.size());
  const auto n_b = static_cast<std::uint32_t>(b_.size());
  best_.clear();
  Bits16 score = 0;
  for (std::uint32_t i = 0, j = 0; i < n_a || j < n_b;) {
    const std::uint32_t left_a = i;
    const std::uint32_t left_b = j;
    if (!step_over(i, j)) return kLost;
    score -= price(i - left_a, j - left_b);
    if (i == n_a || j == n_b) return score;
    Passage p{i, j, 0};
    while (i < n_a && j < n_b && a_[i] == b_[j]) {
      ++i;
      ++j;
      ++p.n;
    }
    score += worth(p, 0);
    best_.push_back(p);
  }
  return score;
}

// Moves (i, j) on to the nearest place where the texts agree for two words, or to both ends.
bool OneHand::step_over(std::uint32_t& i, std::uint32_t& j) const {
  const auto left_a = static_cast<std::uint32_t>(a_.size()) - i;
  const auto left_b = static_cast<std::uint32_t>(b_.size()) - j;
  const auto agree = [&](std::uint32_t x, std::uint32_t y) {
    if (x >= left_a || y >= left_b || a_[i + x] != b_[j + y]) return false;
    const bool at_end = x + 1 == left_a && y + 1 == left_b;
    return at_end || (x + 1 < left_a && y + 1 < left_b && a_[i + x + 1] == b_[j + y + 1]);
  };
  for (std::uint32_t sum = 0; sum <= 2 * kStep; ++sum) {
    for (std::uint32_t x = sum > kStep ? sum - kStep : 0; x <= std::min(sum, kStep); ++x) {
      if (!agree(x, sum - x)) continue;
      i += x;
      j += sum - x;
      return true;
    }
  }
  if (left_a > kStep || left_b > kStep) return false;
  i += left_a;
  j += left_b;
  return true;
}

// Indexes text s: for each of its words where it stands first, and from there where again.
void OneHand::index() {
  if (is_indexed_) return;
  is_indexed_ = true;
  slot_.assign(std::max<std::size_t>(64, std::bit_ceil(2 * a_.size())), 0);
  again_.resize(a_.size());
  n_in_a_.resize(a_.size());
  first_a_.resize(a_.size());
  const std::size_t mask = slot_.size() - 1;
  for (std::size_t i = a_.size(); i-- > 0;) {  // from the end, so that the first is known last
    std::size_t at = a_[i] & mask;
    while (slot_[at] != 0 && a_[slot_[at] - 1U] != a_[i]) at = (at + 1) & mask;
    again_[i] = slot_[at];
    n_in_a_[i] = static_cast<std::uint16_t>(slot_[at] == 0 ? 1 : n_in_a_[slot_[at] - 1U] + 1);
    slot_[at] = static_cast<std::uint16_t>(i + 1);
    first_a_[i] = static_cast<std::uint16_t>(i);
  }
  for (std::size_t i = 0; i < a_.size(); ++i)
    if (again_[i] != 0) first_a_[again_[i] - 1U] = first_a_[i];
}

// Looks every word of b up in a. @return  what the words in common can yield at most: each is
// matched at most once in either text, for no more than the dearer of its prices, and each word
// left out costs at least kPrices.word.
Bits16 OneHand::match() {
  first_b_.resize(b_.size());
  n_in_b_.assign(a_.size(), 0);
  const std::size_t mask = slot_.size() - 1;
  Bits16 twice = 0;
  for (std::size_t j = 0; j < b_.size(); ++j) {
    const std::uint32_t word = b_[j];
    std::size_t at = word & mask;
    while (slot_[at] != 0 && a_[slot_[at] - 1U] != word) at = (at + 1) & mask;
    first_b_[j] = slot_[at];
    if (slot_[at] != 0) {
      ++n_in_b_[slot_[at] - 1U];
      twice += std::max(opening_b_[j], following_b_[j]);
    } else {
      twice -= 2 * kPrices.word;
    }
  }
  for (std::size_t i = 0; i < a_.size(); ++i)
    twice += n_in_b_[first_a_[i]] != 0 ? Bits16{std::max(opening_a_[i], following_a_[i])}
                                       : -2 * kPrices.word;
  return twice / 2;
}

// Every maximal run of equal words that is worth its gaps, in the order of (b, a): the places of
// each word of b in a grow runs along the diagonals.
void OneHand::find_passages() {
  found_.clear();
  open_run_.assign(a_.size() + b_.size(), -1);
  for (std::uint32_t j = 0; j < b_.size(); ++j) {
    if (first_b_[j] == 0) continue;
    const std::size_t first = first_b_[j] - 1U;
    if (std::size_t{n_in_a_[first]} * n_in_b_[first] > kMostRepeats) continue;
    for (std::uint32_t next = first_b_[j]; next != 0; next = again_[next - 1]) {
      const std::uint32_t i = next - 1;
      std::int32_t& open = open_run_[i + b_.size() - 1 - j];
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
  std::erase_if(found_, [&](const Passage& p) { return p.n == 1 && worth(p, 0) < kLeastWorth; });
  keep_the_longest();
}

// Bits of passage p without its first `skip` words, as either text would price them, halved.
Bits16 OneHand::worth(const Passage& p, std::uint32_t skip) const {
  return (opening_a_[p.a + skip] + sum_a_[p.a + p.n] - sum_a_[p.a + skip + 1] +
          opening_b_[p.b + skip] + sum_b_[p.b + p.n] - sum_b_[p.b + skip + 1]) /
         2;
}

// The kMostPassages longest; of equal ones those that stand first in the text given first.
void OneHand::keep_the_longest() {
  if (found_.size() <= kMostPassages) return;
  std::nth_element(found_.begin(), found_.begin() + kMostPassages, found_.end(),
                   [](const Passage& x, const Passage& y) {
                     if (x.n != y.n) return x.n > y.n;
                     return x.a != y.a ? x.a < y.a : x.b < y.b;
                   });
  found_.resize(kMostPassages);
  std::sort(found_.begin(), found_.end(),
            [](const Passage& x, const Passage& y) { return x.b != y.b ? x.b < y.b : x.a < y.a; });
}

// Prices the passages found. @return  what all of them would yield together.
Bits16 OneHand::most() {
  const std::size_t n = found_.size();
  worth_.resize(n);
  Bits16 all = 0;
  std::size_t n_words = 0;
  for (std::size_t k = 0; k < n; ++k) {
    all += worth_[k] = worth(found_[k], 0);
    n_words += found_[k].n;
  }
  const std::size_t unmatched = (a_.size() > n_words ? a_.size() - n_words : 0) +
                                (b_.size() > n_words ? b_.size() - n_words : 0);
  return all - price(static_cast<std::uint32_t>(unmatched), 0);
}

// What the best chain of passages in the same order in both texts saves. Wants every passage after
// those that may stand before it.
Bits16 OneHand::best_score() {
  const auto n_a = static_cast<std::uint32_t>(a_.size());
  const auto n_b = static_cast<std::uint32_t>(b_.size());
  const std::size_t n = found_.size();
  const std::size_t n_filled = (n + kLanes - 1) / kLanes * kLanes;
  score_.assign(n_filled, 0);
  end_a_.assign(n_filled, kNeverEnds);
  end_b_.assign(n_filled, kNeverEnds);
  Bits16 best = -price(n_a, n_b);
  for (std::size_t k = 0; k < n; ++k) {
    const Passage& p = found_[k];
    const Reached reached = best_before(score_.data(), end_a_.data(), end_b_.data(), k, p);
    Bits16 score = worth_[k] + reached.best;
    for (std::size_t q = 0; reached.overlaps && q < k; ++q) {  // they leave p less
      const Passage& before = found_[q];
      if (before.a >= p.a || before.b >= p.b) continue;
      const std::uint32_t skip = overlap(before, p);
      if (skip == 0 || skip >= p.n) continue;
      score = std::max(
          score, score_[q] + worth(p, skip) -
                     price(p.a + skip - before.a - before.n, p.b + skip - before.b - before.n));
    }
    score_[k] = score;
    end_a_[k] = static_cast<std::int32_t>(p.a + p.n);
    end_b_[k] = static_cast<std::int32_t>(p.b + p.n);
    best = std::max(best, score - price(n_a - p.a - p.n, n_b - p.b - p.n));
  }
  return best;
}

// The passages of the best chain; of equally good ones, the one that comes last.
void OneHand::best_chain() {
  const auto n_a = static_cast<std::uint32_t>(a_.size());
  const auto n_b = static_cast<std::uint32_t>(b_.size());
  const std::size_t n = found_.size();
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
}

Bits16 OneHand::bits(std::uint32_t s, std::uint32_t t, Bits16 enough, Guess guess) {
  open(s, t);
  if (guess == Guess::strangers) {
    index();
    if (const Bits16 at_most = match(); at_most < enough) return at_most;
  }
  sum_up();
  if (const Bits16 walked = walk(); walked >= enough) return walked;
  if (guess == Guess::one_hand) {
    index();
    if (const Bits16 at_most = match(); at_most < enough) return at_most;
  }
  find_passages();
  if (const Bits16 at_most = most(); at_most < enough) return at_most;
  return best_score();
}

const std::vector<Passage>& OneHand::align(std::uint32_t s, std::uint32_t t) {
  open(s, t);
  sum_up();
  // A walk that saves most of what could be saved is as good as the best chain.
  const Bits16 own = std::min(surprise_.own(s), surprise_.own(t));
  if (walk() >= own - own / 4) return best_;
  index();
  match();
  find_passages();
  std::sort(found_.begin(), found_.end(),
            [](const Passage& x, const Passage& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  most();
  best_chain();
  return best_;
}

}  // namespace ovillo::cluster
