#include "ovillo/money/shapes.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "ovillo/base/log2.hpp"
#include "ovillo/money/internal/shape_search.hpp"

namespace ovillo::money {

namespace {

constexpr std::array<std::string_view, 7> kNames = {
    "cycle", "fan_in", "fan_out", "gather_scatter", "scatter_gather", "stack", "bipartite"};
constexpr std::int32_t kRounding = 700;  // 0.7 %: a fee refunded, a rate rounded up
constexpr double kBandsTried = 4;
constexpr std::size_t kFewestInFan = 3;
constexpr double kLikelyHalf = 0.05;

Int128 sum_of(const Transfers& transfers, const Burst& burst) {
  Int128 sum = 0;
  for (const std::uint32_t i : burst.transfer) sum += transfers.amount[i];
  return sum;
}

// Whether what goes out is what came in before, but for the few that a burst may miss.
bool passes_on(const ShapeSearch& search, const Burst& in, const Burst& out) {
  constexpr double kMissed = 0.35;
  const Transfers& t = search.transfers;
  if (t.currency[in.transfer[0]] != t.currency[out.transfer[0]]) return false;
  if (out.begin_s < in.begin_s || out.begin_s > in.end_s + search.options.burst_s) return false;
  const double got = static_cast<double>(sum_of(t, in));
  const double paid = static_cast<double>(sum_of(t, out));
  if (paid < got * (1 - search.options.max_loss - kMissed) || paid > got * (1 + kMissed))
    return false;
  double balance = got * kMissed;
  std::size_t next = 0;
  for (const std::uint32_t i : out.transfer) {
    while (next < in.transfer.size() && t.time_s[in.transfer[next]] < t.time_s[i])
      balance += static_cast<double>(t.amount[in.transfer[next++]]);
    balance -= static_cast<double>(t.amount[i]);
    if (balance < 0) return false;
  }
  return true;
}

struct Fans {
  std::vector<Shape> gather_scatter;
  std::vector<Shape> fans;
};

Fans find_fans(const ShapeSearch& search, std::uint64_t& n_cut) {
  Fans found;
  WorkLimit work{50'000'000};
  const double tries = search.chance.n_transfers() * kBandsTried;
  const double most = search.options.max_expected;
  for (std::uint32_t account = 0; account < search.transfers.account.size(); ++account) {
    const auto in = find_bursts(search, account, Timeline::Direction::incoming, work, n_cut);
    const auto out = find_bursts(search, account, Timeline::Direction::outgoing, work, n_cut);
    const double follow = kBandsTried * (1 + static_cast<double>(out.size()));
    for (const Burst& i : in)
      for (const Burst& o : out) {
        const double expected = tries * i.tail * follow * o.tail;
        // Beside a fan that chance does not explain, the other half must not be chance, either.
        if (expected > most || follow * std::max(i.tail, o.tail) > kLikelyHalf) continue;
        if (!passes_on(search, i, o)) continue;
        Shape shape{Pattern::gather_scatter, expected, i.transfer};
        shape.transfer.insert(shape.transfer.end(), o.transfer.begin(), o.transfer.end());
        found.gather_scatter.push_back(std::move(shape));
      }
    for (const auto* bursts : {&in, &out})
      for (const Burst& burst : *bursts)
        if (tries * burst.tail <= most && burst.transfer.size() >= kFewestInFan)
          found.fans.push_back({bursts == &in ? Pattern::fan_in : Pattern::fan_out,
                                tries * burst.tail, burst.transfer});
  }
  return found;
}

}  // namespace

std::span<const std::string_view> names(Pattern) { return kNames; }
std::string_view name_of(Pattern pattern) { return kNames[static_cast<std::size_t>(pattern)]; }

ShapeSearch::ShapeSearch(const Transfers& t, const ShapeOptions& o)
    : transfers(t),
      options(o),
      out(t.edges(), Timeline::Direction::outgoing),
      in(t.edges(), Timeline::Direction::incoming),
      chance(t) {
  const auto kept = static_cast<std::uint64_t>((1 - std::clamp(o.max_loss, 0.0, 0.9)) * 1e6);
  most_loss = log2_ratio_q16(1'000'000, std::max<std::uint64_t>(kept, 1));
}

bool ShapeSearch::paid_on(std::uint32_t first, std::uint32_t next) const {
  if (transfers.currency[first] != transfers.currency[next]) return false;
  const std::int32_t less = chance.log2_amount(first) - chance.log2_amount(next);
  return less >= -kRounding && less <= most_loss;
}

double ShapeSearch::expected_paid_on(std::uint32_t first, std::uint32_t next) const {
  const std::int32_t high = chance.log2_amount(first);
  const std::int32_t low = std::min(high, chance.log2_amount(next));
  const auto waited_s = static_cast<double>(transfers.time_s[next] - transfers.time_s[first]);
  return chance.pay_rate(transfers.from[next]) * waited_s *
         chance.amount_share(transfers.currency[first], low, high + kRounding);
}

double ShapeSearch::offered_on(std::uint32_t first, std::uint32_t account) const {
  const std::int32_t high = chance.log2_amount(first);
  return chance.pay_rate(account) * static_cast<double>(options.hop_s) *
         chance.amount_share(transfers.currency[first], high - most_loss, high + kRounding);
}

std::vector<Shape> least_likely(std::vector<Shape> shapes, std::size_t n_transfers) {
  std::sort(shapes.begin(), shapes.end(), [](const Shape& a, const Shape& b) {
    return std::tie(a.expected, a.transfer) < std::tie(b.expected, b.transfer);
  });
  std::vector<char> taken(n_transfers, 0);
  std::vector<Shape> kept;
  for (Shape& shape : shapes) {
    const auto shared = std::count_if(shape.transfer.begin(), shape.transfer.end(),
                                      [&](std::uint32_t i) { return taken[i] != 0; });
    if (2 * static_cast<std::size_t>(shared) >= shape.transfer.size()) continue;
    for (const std::uint32_t i : shape.transfer) taken[i] = 1;
    kept.push_back(std::move(shape));
  }
  return kept;
}

namespace {

// Shapes in the order in which they are told; what stands in one of them is not told again by half.
class Told {
 public:
  explicit Told(std::size_t n_transfers) : told_(n_transfers, 0) {}

  void add_all(std::vector<Shape> shapes) {
    for (Shape& shape : shapes) {
      for (const std::uint32_t i : shape.transfer) told_[i] = 1;
      shapes_.push_back(std::move(shape));
    }
  }
  void add_new(std::vector<Shape> shapes) {
    std::erase_if(shapes, [&](const Shape& shape) { return is_told(shape); });
    add_all(least_likely(std::move(shapes), told_.size()));
  }
  std::vector<Shape> take() && { return std::move(shapes_); }

 private:
  [[nodiscard]] bool is_told(const Shape& shape) const {
    const auto n = std::count_if(shape.transfer.begin(), shape.transfer.end(),
                                 [&](std::uint32_t i) { return told_[i] != 0; });
    return 2 * static_cast<std::size_t>(n) >= shape.transfer.size();
  }

  std::vector<char> told_;
  std::vector<Shape> shapes_;
};

}  // namespace

Shapes find_shapes(const Transfers& transfers, const ShapeOptions& options) {
  const ShapeSearch search(transfers, options);
  Shapes out;
  Fans fans = find_fans(search, out.n_cut);
  Layers layers = find_layers(search, out.n_cut);
  Told told(transfers.size());
  told.add_all(find_preserved_cycles(search, out.n_cut));
  told.add_all(find_scatter_gather(search, out.n_cut));
  told.add_all(least_likely(std::move(fans.gather_scatter), transfers.size()));
  told.add_new(std::move(layers.stack));
  told.add_new(std::move(layers.bipartite));
  told.add_new(std::move(fans.fans));
  out.shape = std::move(told).take();
  for (Shape& shape : out.shape) std::sort(shape.transfer.begin(), shape.transfer.end());
  std::sort(out.shape.begin(), out.shape.end(), [](const Shape& a, const Shape& b) {
    return std::tie(a.pattern, a.transfer) < std::tie(b.pattern, b.transfer);
  });
  return out;
}

}  // namespace ovillo::money
