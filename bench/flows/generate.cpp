#include "generate.hpp"

#include <algorithm>
#include <cmath>

#include "ovillo/base/rng.hpp"

namespace ovillo::bench {

namespace {

constexpr std::int64_t kHour = 3'600;

class Generator {
 public:
  explicit Generator(const Invention& invention)
      : about_(invention), rng_(invention.seed), end_s_(invention.n_days * 24 * kHour) {}

  void background() {
    struct Standing {
      std::uint32_t from, to;
      std::int64_t cents;
    };
    std::vector<Standing> seen;
    for (std::uint32_t i = 0; i < about_.n_transfers; ++i) {
      Standing one{account(), account(), amount()};
      if (!seen.empty() && rng_.below(100) < about_.custom_percent) one = rng_.pick(seen);
      if (one.from == one.to) continue;
      seen.push_back(one);
      add(one.from, one.to,
          static_cast<std::int64_t>(rng_.below(static_cast<std::uint64_t>(end_s_))), one.cents, "");
    }
  }

  void plant() {
    for (unsigned i = 0; i < about_.n_per_shape; ++i) {
      cycle();
      scatter_gather();
      gather_scatter();
      fan("fan_in", true);
      fan("fan_out", false);
      layers("bipartite", false);
      layers("stack", true);
    }
  }

  std::pair<Result<money::Transfers>, std::map<std::string, std::string>> finish() && {
    return {std::move(table_).finish(), std::move(truth_)};
  }

 private:
  void add(std::uint32_t from, std::uint32_t to, std::int64_t after_s, std::int64_t cents,
           const std::string& pattern) {
    const std::string id = std::to_string(n_++);
    constexpr std::int64_t kBegin = 1'700'000'000;
    const std::int64_t time_s = kBegin + after_s;
    const Time time{time_s, time_s + 1, 0, TimePrecision::second, ZoneBasis::stated};
    const Decimal amount{std::max<std::int64_t>(cents, 1), 2};
    if (table_.add({.row = n_,
                    .id = id,
                    .from = "A" + std::to_string(from),
                    .to = "A" + std::to_string(to),
                    .time = time,
                    .amount = amount,
                    .currency = "EUR",
                    .channel = {},
                    .text = {},
                    .place = {}}) &&
        !pattern.empty())
      truth_[id] = pattern;
  }
  // Few accounts do much: squaring a uniform number favours the low ones.
  std::uint32_t account() {
    const double u = static_cast<double>(rng_.below(1u << 30)) / static_cast<double>(1u << 30);
    return static_cast<std::uint32_t>(u * u * about_.n_accounts);
  }
  std::uint32_t anybody() { return static_cast<std::uint32_t>(rng_.below(about_.n_accounts)); }
  std::vector<std::uint32_t> others(std::size_t n, std::uint32_t not_this) {
    std::vector<std::uint32_t> out;
    while (out.size() < n) {
      const std::uint32_t one = anybody();
      if (one != not_this && std::find(out.begin(), out.end(), one) == out.end())
        out.push_back(one);
    }
    return out;
  }
  std::int64_t amount() {
    double bits = 0;  // a bell by the sum of dice: 2^8 to 2^20 cents
    for (int i = 0; i < 4; ++i) bits += 2 + static_cast<double>(rng_.below(3'000)) / 1'000;
    const auto cents = static_cast<std::int64_t>(std::exp2(bits));
    return rng_.below(100) < 20 ? std::max<std::int64_t>(cents / 1'000, 1) * 1'000 : cents;
  }
  std::int64_t like(std::int64_t cents) {
    return about_.spread_percent == 0
               ? cents
               : cents *
                     rng_.between(1'000 - 5 * static_cast<int>(about_.spread_percent),
                                  1'000 + 5 * static_cast<int>(about_.spread_percent)) /
                     1'000;
  }
  std::int64_t less(std::int64_t cents) {
    return cents * (1'000 - rng_.between(1, 10 * static_cast<int>(about_.loss_percent))) / 1'000;
  }
  std::int64_t rest() { return rng_.between(kHour / 4, about_.hop_hours * kHour); }
  std::int64_t start(std::int64_t lasts_s) {
    return rng_.between(0, std::max<std::int64_t>(1, end_s_ - lasts_s));
  }
  std::size_t n_hands() { return static_cast<std::size_t>(rng_.between(4, 16)); }

  void cycle() {
    const auto hops = static_cast<std::size_t>(rng_.between(3, 9));
    const auto ring = others(hops, ~0u);
    std::int64_t at = start(static_cast<std::int64_t>(hops) * about_.hop_hours * kHour);
    std::int64_t cents = amount();
    for (std::size_t i = 0; i < hops; ++i) {
      add(ring[i], ring[(i + 1) % hops], at, cents, "cycle");
      cents = less(cents);
      at += rest();
    }
  }
  void scatter_gather() {
    const auto hands = others(n_hands() + 2, ~0u);
    const std::int64_t at = start(3 * about_.hop_hours * kHour);
    const std::int64_t cents = amount();
    for (std::size_t i = 2; i < hands.size(); ++i) {
      const std::int64_t when = at + rest();
      const std::int64_t part = like(cents);
      add(hands[0], hands[i], when, part, "scatter_gather");
      add(hands[i], hands[1], when + rest(), less(part), "scatter_gather");
    }
  }
  void gather_scatter() {
    const std::uint32_t hub = anybody();
    const auto payers = others(n_hands(), hub);
    const auto paid = others(n_hands(), hub);
    const std::int64_t at = start(3 * about_.hop_hours * kHour);
    const std::int64_t cents = amount();
    std::int64_t sum = 0;
    for (const std::uint32_t payer : payers) {
      const std::int64_t part = like(cents);
      sum += part;
      add(payer, hub, at + rest(), part, "gather_scatter");
    }
    const std::int64_t share = less(sum) / static_cast<std::int64_t>(paid.size());
    for (const std::uint32_t one : paid)
      add(hub, one, at + about_.hop_hours * kHour + rest(), std::min(like(share), share),
          "gather_scatter");
  }
  void fan(const char* pattern, bool in) {
    const std::uint32_t hub = anybody();
    const std::int64_t at = start(2 * about_.hop_hours * kHour);
    const std::int64_t cents = amount();
    for (const std::uint32_t other : others(n_hands(), hub))
      add(in ? other : hub, in ? hub : other, at + rest(), like(cents), pattern);
  }

  // Some pay some others one sum; in a stack those pay equal shares of it on.
  void layers(const char* pattern, bool pays_on) {
    const auto n_paid = static_cast<std::size_t>(rng_.between(2, 6));
    const auto all = others(n_hands() + 2 * n_paid, ~0u);
    const std::int64_t at = start(3 * about_.hop_hours * kHour);
    const std::int64_t cents = amount();
    std::int64_t sum = 0;
    for (std::size_t i = 2 * n_paid; i < all.size(); ++i, sum += cents)
      add(all[i], all[rng_.below(n_paid)], at + rest(), cents, pattern);
    if (!pays_on) return;
    const std::int64_t share = less(sum) / static_cast<std::int64_t>(n_paid);
    for (std::size_t i = 0; i < n_paid; ++i)
      add(all[i], all[n_paid + i], at + about_.hop_hours * kHour + rest(), less(share), pattern);
  }

  const Invention about_;
  Rng rng_;
  const std::int64_t end_s_;
  std::uint64_t n_ = 0;
  money::TransferTable table_;
  std::map<std::string, std::string> truth_;
};

}  // namespace

std::vector<Invention> inventions() {
  //       name                                 seed  accounts  transfers days n  spread loss custom
  //       hop
  return {{"50 k, 60 days, spread 8 %", 11, 5'000, 50'000, 60, 20, 8, 8, 20, 30},
          {"200 k, 20 days, equal sums", 12, 20'000, 200'000, 20, 40, 0, 5, 0, 24},
          {"400 k, 90 days, half custom", 13, 10'000, 400'000, 90, 40, 5, 12, 50, 60},
          {"300 k, few shapes, spread 15 %", 14, 60'000, 300'000, 30, 5, 15, 10, 30, 48},
          {"100 k, busy accounts, many shapes", 15, 1'000, 100'000, 30, 60, 4, 6, 30, 24},
          {"5 k, a case file", 16, 400, 5'000, 120, 4, 10, 10, 40, 48},
          {"100 k, nothing planted", 17, 10'000, 100'000, 30, 0, 0, 5, 30, 24}};
}

std::pair<Result<money::Transfers>, std::map<std::string, std::string>> generate(
    const Invention& invention) {
  Generator generator(invention);
  generator.background();
  generator.plant();
  return std::move(generator).finish();
}

}  // namespace ovillo::bench
