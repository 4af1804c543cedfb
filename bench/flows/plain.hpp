// The plainest good code for each question: what our searches must not lose to.
#pragma once

#include <cstdint>
#include <vector>

namespace ovillo::bench {

/// Rows ascending by time.
struct PlainTransfers {
  std::vector<std::uint32_t> from, to;
  std::vector<std::int64_t> time_s;
  std::size_t n_accounts = 0;
};

/// Depth-first search forwards from every transfer. @return [h]: cycles of h transfers.
std::vector<std::uint64_t> plain_cycles(const PlainTransfers& rows, std::int64_t window_s,
                                        unsigned max_hops);

}  // namespace ovillo::bench
