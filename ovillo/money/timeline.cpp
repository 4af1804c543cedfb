#include "ovillo/money/timeline.hpp"

#include <numeric>
#include <tuple>

namespace ovillo::money {

Timeline::Timeline(const TimedEdges& edges, Direction direction)
    : offset_(edges.n_accounts + 1, 0) {
  const bool out = direction == Direction::outgoing;
  const auto mine = out ? edges.from : edges.to;
  const auto others = out ? edges.to : edges.from;
  const std::size_t n = mine.size();
  std::vector<std::uint32_t> order;  // only where the rows are not in order of time already
  if (!std::is_sorted(edges.time_s.begin(), edges.time_s.end())) {
    order.resize(n);
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return std::tie(edges.time_s[a], a) < std::tie(edges.time_s[b], b);
    });
  }
  for (std::size_t i = 0; i < n; ++i)
    if (mine[i] != others[i]) ++offset_[mine[i] + 1];
  std::partial_sum(offset_.begin(), offset_.end(), offset_.begin());
  hop_.resize(offset_.back());
  std::vector<std::uint64_t> next(offset_.begin(), offset_.end() - 1);
  for (std::size_t k = 0; k < n; ++k) {
    const std::uint32_t i = order.empty() ? static_cast<std::uint32_t>(k) : order[k];
    if (mine[i] != others[i]) hop_[next[mine[i]]++] = {edges.time_s[i], others[i], i};
  }
}

}  // namespace ovillo::money
