// One account pays many, who each pay it on to one.
#include <algorithm>
#include <tuple>

#include "ovillo/money/internal/shape_search.hpp"

namespace ovillo::money {

namespace {

// What one account got and paid on.
struct PaidOn {
  std::uint32_t source, sink, middle;
  std::uint32_t first, second;  // transfers
  double expected;              // such second transfers by chance
};

constexpr std::size_t kWaysKept = 4;  // per first transfer, the least likely
constexpr double kLikely = 0.5;       // a second transfer that chance offers anyway
constexpr std::size_t kFewestMiddles = 2;

std::vector<PaidOn> all_paid_on(const ShapeSearch& search, std::uint64_t& n_cut) {
  const Transfers& t = search.transfers;
  WorkLimit work{50'000'000};
  std::vector<PaidOn> out;
  std::vector<PaidOn> ways;
  for (std::uint32_t first = 0; first < t.size(); ++first) {
    work.bring(search.options.steps_per_transfer);
    ways.clear();
    if (t.from[first] == t.to[first]) continue;
    for (const Hop& hop : search.out.after(t.to[first], t.time_s[first])) {
      if (hop.time_s > t.time_s[first] + search.options.hop_s) break;
      if (!work.spend()) {
        ++n_cut;
        break;
      }
      if (hop.other == t.from[first] || !search.paid_on(first, hop.transfer)) continue;
      const double expected = search.expected_paid_on(first, hop.transfer);
      if (expected <= kLikely)
        ways.push_back({t.from[first], hop.other, t.to[first], first, hop.transfer, expected});
    }
    std::sort(ways.begin(), ways.end(), [](const PaidOn& a, const PaidOn& b) {
      return std::tie(a.expected, a.second) < std::tie(b.expected, b.second);
    });
    if (ways.size() > kWaysKept) ways.resize(kWaysKept);
    out.insert(out.end(), ways.begin(), ways.end());
  }
  return out;
}

// The least likely ways with one per middle and per transfer, and how likely they are together.
Shape shape_of(const ShapeSearch& search, std::vector<PaidOn> ways) {
  const Transfers& t = search.transfers;
  std::sort(ways.begin(), ways.end(), [](const PaidOn& a, const PaidOn& b) {
    return std::tie(a.expected, a.first, a.second) < std::tie(b.expected, b.first, b.second);
  });
  Shape best{Pattern::scatter_gather, 1e300, {}};
  std::vector<std::uint32_t> middles;
  std::vector<std::uint32_t> rows;
  std::int64_t begin_s = 0;
  std::int64_t end_s = 0;
  const Chance& chance = search.chance;
  for (const PaidOn& way : ways) {
    if (std::find(middles.begin(), middles.end(), way.middle) != middles.end()) continue;
    const std::int64_t time_s = t.time_s[way.first];
    begin_s = middles.empty() ? time_s : std::min(begin_s, time_s);
    end_s = middles.empty() ? time_s : std::max(end_s, time_s);
    middles.push_back(way.middle);
    rows.push_back(way.first);
    rows.push_back(way.second);
    if (middles.size() < kFewestMiddles) continue;
    // Transfers of the source in this time that chance leads to the sink as surely as the least
    // sure of these.
    const double mean = chance.pay_rate(way.source) * static_cast<double>(end_s - begin_s + 1) *
                        way.expected * chance.receive_share(way.sink);
    const double expected = chance.n_transfers() * way.expected *
                            poisson_tail(static_cast<std::uint32_t>(middles.size() - 1), mean);
    if (expected <= best.expected) {
      best.expected = expected;
      best.transfer = rows;
    }
  }
  std::sort(best.transfer.begin(), best.transfer.end());
  best.transfer.erase(std::unique(best.transfer.begin(), best.transfer.end()), best.transfer.end());
  return best;
}

}  // namespace

std::vector<Shape> find_scatter_gather(const ShapeSearch& search, std::uint64_t& n_cut) {
  const Transfers& t = search.transfers;
  std::vector<PaidOn> ways = all_paid_on(search, n_cut);
  std::sort(ways.begin(), ways.end(), [](const PaidOn& a, const PaidOn& b) {
    return std::tie(a.source, a.sink, a.first, a.second) <
           std::tie(b.source, b.sink, b.first, b.second);
  });
  std::vector<Shape> found;
  for (std::size_t begin = 0, end = 0; begin < ways.size(); begin = end) {
    // One shape per burst: a pause as long as a burst may last ends it.
    for (end = begin + 1;
         end < ways.size() && ways[end].source == ways[begin].source &&
         ways[end].sink == ways[begin].sink &&
         t.time_s[ways[end].first] - t.time_s[ways[begin].first] <= search.options.burst_s;)
      ++end;
    if (end - begin < kFewestMiddles) continue;
    Shape shape = shape_of(search, {ways.begin() + static_cast<std::ptrdiff_t>(begin),
                                    ways.begin() + static_cast<std::ptrdiff_t>(end)});
    if (shape.expected <= search.options.max_expected) found.push_back(std::move(shape));
  }
  return least_likely(std::move(found), t.size());
}

}  // namespace ovillo::money
