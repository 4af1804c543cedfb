// Layers: some accounts pay some others one and the same sum, and those may pay it on.
#include <algorithm>
#include <map>
#include <tuple>

#include "ovillo/money/internal/shape_search.hpp"

namespace ovillo::money {

namespace {

constexpr std::int32_t kNear = 1'100;        // log2 steps: 1.2 % about an amount
constexpr std::int32_t kLikePaidOn = 7'000;  // 7.7 %: shares of one sum, less a fee
constexpr std::size_t kFewest = 3;           // transfers of a layer
constexpr double kCustom = 64;               // transfers of one amount that a week brings anyway
constexpr double kWorthPayingOn = 50;        // layers as good by chance: not told alone
constexpr double kLikelyHalf = 0.05;
constexpr double kLikelyBeside = 0.2;
constexpr double kMissed = 0.35;  // of the money: paid on otherwise, or from before

// Transfers of one amount in one currency, in order of time.
struct SameAmount {
  std::vector<std::uint32_t> transfer;
  double like_it = 0;  // transfers that an amount about as large has in this file
};

// The first transfer of each two accounts; without those who pay it again after a burst: custom.
std::vector<std::uint32_t> once_each(const ShapeSearch& search, const SameAmount& same) {
  const Transfers& t = search.transfers;
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  std::map<Pair, std::pair<std::uint32_t, std::uint32_t>> first_and_last;
  for (const std::uint32_t row : same.transfer)
    first_and_last.try_emplace(Pair(t.from[row], t.to[row]), row, row).first->second.second = row;
  std::vector<std::uint32_t> out;
  for (const auto& [accounts, rows] : first_and_last)
    if (accounts.first != accounts.second &&
        t.time_s[rows.second] - t.time_s[rows.first] <= search.options.burst_s)
      out.push_back(rows.first);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<SameAmount> by_amount(const ShapeSearch& search) {
  const Transfers& t = search.transfers;
  std::vector<std::uint32_t> order(t.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::uint32_t i) { return std::pair(t.currency[i], t.amount[i]); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  std::vector<SameAmount> out;
  for (const std::uint32_t i : order) {
    if (out.empty() || key(out.back().transfer.front()) != key(i)) out.emplace_back();
    out.back().transfer.push_back(i);
  }
  // The mean of the amounts about it: what is usual where prices are round is not taken for rare.
  std::size_t begin = 0;
  std::size_t end = 0;
  double n_inside = 0;
  for (std::size_t a = 0; a < out.size(); ++a) {
    const std::uint32_t own = out[a].transfer.front();
    const std::int32_t middle = search.chance.log2_amount(own);
    const auto beside = [&](std::size_t b) {
      const std::uint32_t other = out[b].transfer.front();
      const std::int32_t apart = search.chance.log2_amount(other) - middle;
      if (t.currency[other] != t.currency[own]) return b < a ? -1 : 1;
      return apart < -kNear ? -1 : apart > kNear ? 1 : 0;
    };
    for (; end < out.size() && beside(end) <= 0; ++end)
      n_inside += static_cast<double>(out[end].transfer.size());
    for (; beside(begin) < 0; ++begin) n_inside -= static_cast<double>(out[begin].transfer.size());
    const auto n_own = static_cast<double>(out[a].transfer.size());
    out[a].like_it = (n_inside - n_own + 1) / static_cast<double>(end - begin);
  }
  return out;
}

// How often each account stands on one side of a layer.
class Side {
 public:
  void add(std::uint32_t account) { most_ = std::max(most_, ++times_[account]); }
  [[nodiscard]] std::size_t size() const { return times_.size(); }
  [[nodiscard]] std::size_t most() const { return most_; }
  [[nodiscard]] const std::map<std::uint32_t, std::size_t>& times() const { return times_; }

 private:
  std::map<std::uint32_t, std::size_t> times_;
  std::size_t most_ = 0;
};

// What is paid of one amount when no burst can be: how often, and by and to whom.
struct Custom {
  double per_s = 0;
  double n = 0;
  std::map<std::uint32_t, std::size_t> payer, payee;
};

struct Layer {
  double expected = 0;  // as good ones in the file by chance
  std::vector<std::uint32_t> transfer;
};

bool is_custom(const ShapeSearch& search, const SameAmount& same) {
  const auto n = static_cast<double>(same.transfer.size());
  return n * static_cast<double>(search.options.burst_s) / search.chance.span_s() > kCustom;
}

class LayerSearch {
 public:
  LayerSearch(const ShapeSearch& search, const SameAmount& same)
      : search_(search), same_(same), once_(once_each(search, same)) {}

  [[nodiscard]] std::size_t size() const { return once_.size(); }

  // The least likely layer that begins with number `first` of those that paid it once; false: the
  // limit of work was reached.
  bool best_from(std::size_t first, WorkLimit& work, Layer& best) const {
    const Transfers& t = search_.transfers;
    best = {kWorthPayingOn, {}};
    const std::int64_t begin_s = t.time_s[once_[first]];
    const Custom custom = outside(begin_s);
    const double per_s = same_.like_it / search_.chance.span_s() + custom.per_s;
    Side payers;
    Side paid;
    std::vector<std::uint32_t> rows;
    for (std::size_t i = first; i < once_.size(); ++i) {
      const std::uint32_t row = once_[i];
      if (t.time_s[row] > begin_s + search_.options.burst_s) break;
      if (!work.spend()) return false;
      rows.push_back(row);
      payers.add(t.from[row]);
      paid.add(t.to[row]);
      const double mean = per_s * static_cast<double>(t.time_s[row] - begin_s + 1);
      if (rows.size() < kFewest || is_a_fan(rows.size(), payers, paid, mean)) continue;
      const double expected = search_.chance.n_transfers() *
                              poisson_tail(static_cast<std::uint32_t>(rows.size() - 1), mean) *
                              coincidence(custom, rows.size(), payers, paid);
      if (expected < best.expected) best = {expected, rows};
    }
    return true;
  }

 private:
  // Whether one account alone makes it, beside others that chance brings.
  static bool is_a_fan(std::size_t n, const Side& payers, const Side& paid, double mean) {
    const std::size_t most = std::max(payers.most(), paid.most());
    return 3 * most > 2 * n ||
           poisson_tail(static_cast<std::uint32_t>(n - most), mean) > kLikelyBeside;
  }

  [[nodiscard]] Custom outside(std::int64_t begin_s) const {
    const Transfers& t = search_.transfers;
    const std::int64_t burst_s = search_.options.burst_s;
    Custom out;
    for (const std::uint32_t row : same_.transfer) {
      if (std::abs(t.time_s[row] - begin_s) <= burst_s) continue;
      ++out.n;
      ++out.payer[t.from[row]];
      ++out.payee[t.to[row]];
    }
    const std::int64_t near_s = std::min(t.time_s.back(), begin_s + burst_s) -
                                std::max(t.time_s.front(), begin_s - burst_s);
    const double span_s = search_.chance.span_s();
    out.per_s = out.n / std::max(span_s - static_cast<double>(near_s), span_s / 4);
    return out;
  }

  // Chance that of n transfers as many meet in accounts as do.
  [[nodiscard]] double coincidence(const Custom& custom, std::size_t n, const Side& payers,
                                   const Side& paid) const {
    const Chance& chance = search_.chance;
    double product = 1;
    const auto meet = [&](std::size_t times, double share, const auto& usual,
                          std::uint32_t account) {
      if (times < 2) return;
      if (const auto at = usual.find(account); at != usual.end())
        share = std::max(share, static_cast<double>(at->second) / custom.n);
      const double mean = static_cast<double>(n) * share;
      product *= poisson_tail(static_cast<std::uint32_t>(times - 1), mean);
    };
    for (const auto& [account, times] : paid.times())
      meet(times, chance.receive_share(account), custom.payee, account);
    for (const auto& [account, times] : payers.times())
      meet(times, chance.pay_rate(account) * chance.span_s() / chance.n_transfers(), custom.payer,
           account);
    return product;
  }

  const ShapeSearch& search_;
  const SameAmount& same_;
  const std::vector<std::uint32_t> once_;
};

// Like sums that the accounts of a layer's far side pay on.
class PaidOnTogether {
 public:
  PaidOnTogether(const ShapeSearch& search, const Layer& layer) : search_(search) {
    const Transfers& t = search.transfers;
    for (const std::uint32_t row : layer.transfer) {
      got_ += static_cast<double>(t.amount[row]);
      middles_.try_emplace(t.to[row], t.time_s[row]);
    }
    end_s_ = t.time_s[layer.transfer.back()] + search.options.burst_s;
    for (const auto& [account, since_s] : middles_)
      for (const Hop& hop : search.out.after(account, since_s)) {
        if (hop.time_s > end_s_ || hops_.size() == kMostHops) break;
        if (t.currency[hop.transfer] == t.currency[layer.transfer[0]] && hop.other != account)
          hops_.push_back(hop.transfer);
      }
  }

  // How likely the least likely of them is by chance; its transfers in `rows`. 1: none.
  double best(std::vector<std::uint32_t>& rows) const {
    double least = 1;
    std::vector<std::uint32_t> chosen;
    for (const std::uint32_t like : hops_) {
      const double tail = like_sums(like, chosen);
      if (tail >= least) continue;
      least = tail;
      rows = chosen;
    }
    return least;
  }

 private:
  static constexpr std::size_t kMostHops = 512;

  double like_sums(std::uint32_t like, std::vector<std::uint32_t>& chosen) const {
    const Transfers& t = search_.transfers;
    const Chance& chance = search_.chance;
    const std::int32_t middle = chance.log2_amount(like);
    chosen.clear();
    double paid = 0;
    double product = 1;
    for (const auto& [account, since_s] : middles_) {
      std::uint32_t nearest = 0;
      std::int32_t apart = kLikePaidOn + 1;
      for (const std::uint32_t row : hops_) {
        const std::int32_t off = std::abs(chance.log2_amount(row) - middle);
        if (t.from[row] == account && off < apart) std::tie(nearest, apart) = std::pair(row, off);
      }
      if (apart > kLikePaidOn) continue;
      chosen.push_back(nearest);
      paid += static_cast<double>(t.amount[nearest]);
      const double share =
          chance.amount_share(t.currency[like], middle - kLikePaidOn, middle + kLikePaidOn);
      const double offered = chance.pay_rate(account) * static_cast<double>(end_s_ - since_s);
      product *= std::min(1.0, offered * share);
    }
    const double n = static_cast<double>(chosen.size());
    if (chosen.size() < 2 || n < (1 - kMissed) * static_cast<double>(middles_.size())) return 1;
    if (paid > got_ * (1 + kMissed)) return 1;
    if (paid < got_ * (1 - search_.options.max_loss - kMissed)) return 1;
    std::sort(chosen.begin(), chosen.end());
    return std::min(1.0, static_cast<double>(hops_.size()) * product);
  }

  const ShapeSearch& search_;
  double got_ = 0;
  std::int64_t end_s_ = 0;
  std::map<std::uint32_t, std::int64_t> middles_;  // since when each has some of it
  std::vector<std::uint32_t> hops_;
};

std::vector<Layer> find_single_layers(const ShapeSearch& search, std::uint64_t& n_cut) {
  WorkLimit work{50'000'000};
  std::vector<Layer> out;
  Layer best;
  for (const SameAmount& same : by_amount(search)) {
    work.bring(search.options.steps_per_transfer * same.transfer.size());
    if (same.transfer.size() < kFewest || is_custom(search, same)) continue;
    const LayerSearch layers(search, same);
    for (std::size_t first = 0; first + kFewest <= layers.size(); ++first) {
      if (!layers.best_from(first, work, best)) ++n_cut;
      if (!best.transfer.empty()) out.push_back(best);
    }
  }
  return out;
}

}  // namespace

Layers find_layers(const ShapeSearch& search, std::uint64_t& n_cut) {
  Layers found;
  const double most = search.options.max_expected;
  std::vector<std::uint32_t> paid_on;
  for (Layer& layer : find_single_layers(search, n_cut)) {
    const double likely = PaidOnTogether(search, layer).best(paid_on);
    if (likely <= kLikelyHalf && layer.expected * likely <= most) {
      Shape stack{Pattern::stack, layer.expected * likely, layer.transfer};
      stack.transfer.insert(stack.transfer.end(), paid_on.begin(), paid_on.end());
      std::sort(stack.transfer.begin(), stack.transfer.end());
      const auto twice = std::unique(stack.transfer.begin(), stack.transfer.end());
      stack.transfer.erase(twice, stack.transfer.end());
      found.stack.push_back(std::move(stack));
    }
    if (layer.expected <= most)
      found.bipartite.push_back({Pattern::bipartite, layer.expected, std::move(layer.transfer)});
  }
  found.stack = least_likely(std::move(found.stack), search.transfers.size());
  found.bipartite = least_likely(std::move(found.bipartite), search.transfers.size());
  return found;
}

}  // namespace ovillo::money
