// Tracing: where the money of one account went, or where it came from, by a stated rule.
//
// A rule is a convention of law, not a fact about coins: haircut (each payment takes from all that
// lies in the account in proportion), fifo (what came first leaves first), lifo (what came last
// leaves first). Courts differ; the rule is named in every answer.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/money/transfers.hpp"

namespace ovillo::money {

enum class TraceRule : std::uint8_t { haircut, fifo, lifo };
std::span<const std::string_view> names(TraceRule);

enum class TraceDirection : std::uint8_t { forward, backward };
std::span<const std::string_view> names(TraceDirection);

/// Time at which money that leaves `start` from `from_s` on can first be in each account.
inline constexpr std::int64_t kNeverReached = std::numeric_limits<std::int64_t>::max();

/// One pass over transfers in order of time; a transfer moves money on when it is later than the
/// money's arrival.
/// @param edges  times ascending. @return arrival[n_accounts], kNeverReached where none.
/// @cost  O(n), one read of each row; bench/flows.
std::vector<std::int64_t> earliest_arrival(const TimedEdges& edges, std::uint32_t start,
                                           std::int64_t from_s);

struct TraceOptions {
  std::int64_t from_s = std::numeric_limits<std::int64_t>::min();  ///< first second looked at
  std::int64_t to_s = std::numeric_limits<std::int64_t>::max();    ///< last second looked at
  TraceRule rule = TraceRule::haircut;
  TraceDirection direction = TraceDirection::forward;
};

struct TraceStep {
  std::uint32_t transfer = 0;
  Int128 traced = 0;  ///< part of its amount, same scale
};

struct Trace {
  std::vector<TraceStep> step;  ///< forward: by time; backward: from the latest back
  std::vector<std::pair<std::uint32_t, Int128>> rests;  ///< account, what stayed (came from) there
};

/// Forward: all that the account pays in the time is traced; each account that gets of it passes on
/// what the rule says, later than it got it. What comes back to the account ends there. Where a
/// payment is larger than what the file shows in the account, the rest is money that was there
/// before. Backward: the same on the file read from its end: what the account was paid, and where
/// the payers had it from.
/// @return  sum of rests = sum of what the start account paid (was paid), exactly: nothing is lost.
///          haircut rounds the traced part of a payment down to the table's scale; the fraction
///          stays in the account until its last unit leaves.
/// @error   money.mixed_currencies, when the transfers traced are not all in one currency.
/// @cost    O(n) for haircut; fifo, lifo: O(n) amortised over the lots.
/// @misses  transfers of one second pass nothing on to each other; cash between people.
Result<Trace> trace(const Transfers& transfers, std::uint32_t account, const TraceOptions& options);

}  // namespace ovillo::money
