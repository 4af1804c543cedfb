// Timeline: for each account its transfers in order of time, outgoing and incoming.
//
// The graph that all searches of this module walk. An entry holds what a walk reads (when, who,
// which), so that a step costs one cache line.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace ovillo::money {

/// Transfers as three columns of one length. Times are UTC seconds; any order of rows.
struct TimedEdges {
  std::span<const std::uint32_t> from;  ///< account, < n_accounts
  std::span<const std::uint32_t> to;
  std::span<const std::int64_t> time_s;
  std::size_t n_accounts = 0;
};

/// One transfer as seen from an account.
struct Hop {
  std::int64_t time_s;
  std::uint32_t other;     ///< the account at the other end
  std::uint32_t transfer;  ///< row in TimedEdges
};

class Timeline {
 public:
  enum class Direction : std::uint8_t { outgoing, incoming };

  /// Hops of each account ascending by time, then by transfer. A transfer from an account to itself
  /// is left out. @cost O(n log n) where rows are not yet in order of time, else O(n); 16 bytes
  /// per transfer.
  Timeline(const TimedEdges& edges, Direction direction);

  [[nodiscard]] std::span<const Hop> of(std::uint32_t account) const {
    return {hop_.data() + offset_[account], hop_.data() + offset_[account + 1]};
  }
  /// Hops later than `time_s`.
  [[nodiscard]] std::span<const Hop> after(std::uint32_t account, std::int64_t time_s) const {
    const auto all = of(account);
    const auto first =
        std::upper_bound(all.begin(), all.end(), time_s,
                         [](std::int64_t t, const Hop& hop) { return t < hop.time_s; });
    return all.subspan(static_cast<std::size_t>(first - all.begin()));
  }
  /// Hops earlier than `time_s`.
  [[nodiscard]] std::span<const Hop> before(std::uint32_t account, std::int64_t time_s) const {
    const auto all = of(account);
    const auto last =
        std::lower_bound(all.begin(), all.end(), time_s,
                         [](const Hop& hop, std::int64_t t) { return hop.time_s < t; });
    return all.first(static_cast<std::size_t>(last - all.begin()));
  }

 private:
  std::vector<std::uint64_t> offset_;
  std::vector<Hop> hop_;
};

}  // namespace ovillo::money
