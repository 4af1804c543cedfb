// Bursts: one account, one direction, like sums, many counterparts, a short time.
#include <algorithm>
#include <array>

#include "ovillo/money/internal/shape_search.hpp"

namespace ovillo::money {

namespace {

// How far apart like sums may lie, in log2 steps: equal, 5 %, 13 %, 30 %.
constexpr std::array<std::int32_t, 4> kBands = {0, 4'600, 11'500, 24'800};
constexpr std::size_t kMostBursts = 64;
constexpr double kWorthKeeping = 0.2;

class BurstSearch {
 public:
  BurstSearch(const ShapeSearch& search, std::uint32_t account, Timeline::Direction direction)
      : search_(search),
        hops_(direction == Timeline::Direction::outgoing ? search.out.of(account)
                                                         : search.in.of(account)) {}

  // The least likely burst that begins with hop `first`; empty when none is worth keeping.
  // False: the limit of work was reached.
  bool best_from(std::size_t first, WorkLimit& work, Burst& best) {
    best = {kWorthKeeping, 0, 0, {}};
    for (const std::int32_t band : kBands)
      if (!best_in_band(first, band, work, best)) return false;
    return true;
  }

 private:
  [[nodiscard]] bool alike(std::uint32_t a, std::uint32_t b, std::int32_t band) const {
    const Transfers& t = search_.transfers;
    if (t.currency[a] != t.currency[b]) return false;
    if (band == 0) return t.amount[a] == t.amount[b];
    return std::abs(search_.chance.log2_amount(a) - search_.chance.log2_amount(b)) <= band;
  }

  bool best_in_band(std::size_t first, std::int32_t band, WorkLimit& work, Burst& best) {
    const Hop& begin = hops_[first];
    const double share = share_of(begin.transfer, band);
    // Like sums of this account before and after: what it does all the time is no burst.
    double per_s = static_cast<double>(hops_.size()) * share / search_.chance.span_s();
    bool counted = false;
    std::vector<std::uint32_t> rows{begin.transfer};
    std::vector<std::uint32_t> others{begin.other};
    for (std::size_t i = first + 1; i < hops_.size(); ++i) {
      const Hop& hop = hops_[i];
      if (hop.time_s > begin.time_s + search_.options.burst_s) break;
      if (!work.spend()) return false;
      if (!alike(begin.transfer, hop.transfer, band)) continue;
      if (others.size() < kDistinctChecked &&
          std::find(others.begin(), others.end(), hop.other) != others.end())
        continue;
      rows.push_back(hop.transfer);
      others.push_back(hop.other);
      const double lasted_s = static_cast<double>(hop.time_s - begin.time_s + 1);
      const auto k = static_cast<std::uint32_t>(rows.size() - 1);
      if (poisson_tail(k, per_s * lasted_s) >= best.tail) continue;
      if (!counted) {
        per_s += static_cast<double>(n_alike_outside(begin, band)) / search_.chance.span_s();
        counted = true;
      }
      const double tail = poisson_tail(k, per_s * lasted_s);
      if (tail < best.tail) best = {tail, begin.time_s, hop.time_s, rows};
    }
    return true;
  }

  [[nodiscard]] double share_of(std::uint32_t transfer, std::int32_t band) const {
    const Chance& chance = search_.chance;
    const std::int32_t middle = chance.log2_amount(transfer);
    const double near =
        chance.amount_share(search_.transfers.currency[transfer], middle - band, middle + band);
    return band == 0 ? std::min(near, chance.same_amount_share(transfer)) : near;
  }

  [[nodiscard]] std::size_t n_alike_outside(const Hop& begin, std::int32_t band) const {
    std::size_t n = 0;
    for (const Hop& hop : hops_) {
      const std::int64_t after_s = hop.time_s - begin.time_s;
      if (after_s >= -search_.options.burst_s && after_s <= search_.options.burst_s) continue;
      if (alike(begin.transfer, hop.transfer, band)) ++n;
    }
    return n;
  }

  static constexpr std::size_t kDistinctChecked = 256;  // a longer burst speaks for itself
  const ShapeSearch& search_;
  std::span<const Hop> hops_;
};

}  // namespace

std::vector<Burst> find_bursts(const ShapeSearch& search, std::uint32_t account,
                               Timeline::Direction direction, WorkLimit& work,
                               std::uint64_t& n_cut) {
  const auto hops =
      direction == Timeline::Direction::outgoing ? search.out.of(account) : search.in.of(account);
  BurstSearch bursts(search, account, direction);
  std::vector<Burst> all;
  Burst best;
  for (std::size_t first = 0; first + 1 < hops.size(); ++first) {
    work.bring(search.options.steps_per_transfer);
    if (!bursts.best_from(first, work, best)) ++n_cut;
    if (!best.transfer.empty()) all.push_back(best);
  }
  std::sort(all.begin(), all.end(), [](const Burst& a, const Burst& b) {
    return a.tail != b.tail ? a.tail < b.tail : a.transfer < b.transfer;
  });
  std::vector<Burst> kept;
  std::vector<std::uint32_t> used;
  for (Burst& burst : all) {
    if (kept.size() == kMostBursts) break;
    if (std::any_of(burst.transfer.begin(), burst.transfer.end(), [&](std::uint32_t i) {
          return std::binary_search(used.begin(), used.end(), i);
        }))
      continue;
    used.insert(used.end(), burst.transfer.begin(), burst.transfer.end());
    std::sort(used.begin(), used.end());
    kept.push_back(std::move(burst));
  }
  return kept;
}

}  // namespace ovillo::money
