#include "plain.hpp"

#include <algorithm>
#include <numeric>

namespace ovillo::bench {

namespace {

struct Out {
  std::uint32_t to;
  std::int64_t time_s;
};

struct CycleWalk {
  std::vector<std::uint64_t> offset;
  std::vector<Out> out;
  std::vector<char> on_path;
  std::vector<std::uint64_t> n_by_hops;
  std::uint32_t home = 0;
  std::int64_t end_s = 0;
  unsigned max_hops = 0;

  void walk(std::uint32_t account, std::int64_t time_s, unsigned hops) {
    const auto begin = out.begin() + static_cast<std::ptrdiff_t>(offset[account]);
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(offset[account + 1]);
    auto next = std::upper_bound(begin, end, time_s,
                                 [](std::int64_t t, const Out& o) { return t < o.time_s; });
    for (; next != end && next->time_s <= end_s; ++next) {
      if (next->to == home) {
        ++n_by_hops[hops + 1];
      } else if (hops + 1 < max_hops && !on_path[next->to]) {
        on_path[next->to] = 1;
        walk(next->to, next->time_s, hops + 1);
        on_path[next->to] = 0;
      }
    }
  }
};

}  // namespace

std::vector<std::uint64_t> plain_cycles(const PlainTransfers& rows, std::int64_t window_s,
                                        unsigned max_hops) {
  const std::size_t n = rows.from.size();
  CycleWalk search;
  search.max_hops = max_hops;
  search.n_by_hops.assign(max_hops + 1, 0);
  search.on_path.assign(rows.n_accounts, 0);
  search.offset.assign(rows.n_accounts + 1, 0);
  for (const std::uint32_t from : rows.from) ++search.offset[from + 1];
  std::partial_sum(search.offset.begin(), search.offset.end(), search.offset.begin());
  search.out.resize(n);
  std::vector<std::uint64_t> next(search.offset.begin(), search.offset.end() - 1);
  for (std::size_t i = 0; i < n; ++i)
    search.out[next[rows.from[i]]++] = {rows.to[i], rows.time_s[i]};
  for (std::size_t i = 0; i < n; ++i) {
    if (rows.from[i] == rows.to[i]) continue;
    search.home = rows.from[i];
    search.end_s = rows.time_s[i] + window_s;
    search.on_path[rows.to[i]] = 1;
    search.walk(rows.to[i], rows.time_s[i], 1);
    search.on_path[rows.to[i]] = 0;
  }
  return search.n_by_hops;
}

}  // namespace ovillo::bench
