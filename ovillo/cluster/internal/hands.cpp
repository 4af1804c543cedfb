#include "ovillo/cluster/internal/hands.hpp"

#include <algorithm>
#include <array>

#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {

// Chosen on seeds of the grey-zone generator other than those of bench/adverts and left alone
// since: at 20,000 texts moving one by a bit changes precision or recall by less than half a point.
constexpr Bits16 kAllowance = 155;  // edits are priced dear by so much for texts of one hand
// Where few voices are known, how common a phrase is, is mostly a guess: more is asked, falling
// until some 450 voices are known.
constexpr Bits16 kUnseen = 20 * 16;
// Of what a text could save at all, a fifth has to be saved among few voices, an eighth among 2^11.
constexpr Bits16 kDearest = 5;
constexpr Bits16 kCheapest = 8;

constexpr std::size_t kSampled = 3;  // members of each group that are compared before a join
constexpr Bits16 kSlack = 14 * 16;   // a sampled pair may fall this short

}  // namespace

Bits16 asked(const Surprise& surprise, std::uint32_t a, std::uint32_t b) {
  const Bits16 seen = (surprise.chance(a) + surprise.chance(b)) / 2;
  const Bits16 known = (surprise.known(a) + surprise.known(b)) / 2;
  const Bits16 chance = std::max(seen, kUnseen - 3 * known / 2);
  const Bits16 own = std::min(surprise.own(a), surprise.own(b));
  return chance - kAllowance + own / std::clamp(known / 16 - 3, kDearest, kCheapest);
}

void weigh(const Component& texts, const Surprise& surprise, std::vector<Pair>& pairs) {
  parallel_for(pairs.size(), 2048, [&](std::size_t begin, std::size_t end) {
    OneHand one_hand(texts, surprise);
    for (std::size_t i = begin; i < end; ++i) {
      const Bits16 least = asked(surprise, pairs[i].a, pairs[i].b);
      pairs[i].margin = one_hand.bits(pairs[i].a, pairs[i].b, least, pairs[i].guess) - least;
    }
  });
}

Hands::Hands(const Component& texts, const Surprise& surprise)
    : surprise_(surprise),
      one_hand_(texts, surprise),
      sets_(texts.size()),
      members_(texts.size()) {}

void Hands::take(std::span<const std::vector<std::uint32_t>> groups) {
  for (const std::vector<std::uint32_t>& group : groups) {
    for (const std::uint32_t t : group) sets_.join(group.front(), t);
    members_[group.front()] = group;
  }
}

std::size_t Hands::join(std::vector<Pair>& pairs) {
  std::erase_if(pairs, [](const Pair& p) { return p.margin < 0; });
  parallel_sort(pairs, [](const Pair& x, const Pair& y) {
    if (x.margin != y.margin) return x.margin > y.margin;
    return x.a != y.a ? x.a < y.a : x.b < y.b;
  });
  std::size_t n = 0;
  for (const Pair& p : pairs) {
    std::uint32_t r = sets_.find(p.a);
    std::uint32_t s = sets_.find(p.b);
    if (r == s || !agree(r, s)) continue;
    if (r > s) std::swap(r, s);
    sets_.join(r, s);
    joins_.push_back(p);
    auto& into = members_[r];
    if (into.empty()) into.push_back(r);
    const std::size_t middle = into.size();
    if (members_[s].empty()) {
      into.push_back(s);
    } else {
      into.insert(into.end(), members_[s].begin(), members_[s].end());
    }
    std::inplace_merge(into.begin(), into.begin() + static_cast<std::ptrdiff_t>(middle),
                       into.end());
    members_[s] = {};
    ++n;
  }
  return n;
}

bool Hands::agree(std::uint32_t r, std::uint32_t s) {
  const std::array<std::uint32_t, 1> only_r{r};
  const std::array<std::uint32_t, 1> only_s{s};
  std::span<const std::uint32_t> x =
      members_[r].empty() ? std::span(only_r) : std::span<const std::uint32_t>(members_[r]);
  std::span<const std::uint32_t> y =
      members_[s].empty() ? std::span(only_s) : std::span<const std::uint32_t>(members_[s]);
  if (x.size() == 1 && y.size() == 1) return true;
  x = x.first(std::min(x.size(), kSampled));
  y = y.first(std::min(y.size(), kSampled));
  std::size_t yes = 0;
  for (const std::uint32_t a : x) {
    for (const std::uint32_t b : y) {
      const Bits16 least = asked(surprise_, a, b) - kSlack;
      yes += one_hand_.bits(a, b, least, Guess::one_hand) >= least;
    }
  }
  return 2 * yes > x.size() * y.size();
}

}  // namespace ovillo::cluster
