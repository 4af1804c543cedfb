#include "ovillo/money/trace.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace ovillo::money {

namespace {

constexpr std::array<std::string_view, 3> kRules = {"haircut", "fifo", "lifo"};
constexpr std::array<std::string_view, 2> kDirections = {"forward", "backward"};

// What lies in an account: lots in the order in which they came, each traced or not.
class Account {
 public:
  void put(Int128 amount, Int128 traced) {
    total_ += amount;
    traced_ += traced;
    if (traced > 0) lots_.push_back({traced, true});
    if (amount > traced) lots_.push_back({amount - traced, false});
  }
  // What the file does not show coming in lies under all the rest.
  Int128 take(Int128 amount, TraceRule rule) {
    if (traced_ == 0) {
      total_ = std::max<Int128>(0, total_ - amount);
      lots_.clear();
      if (total_ > 0) lots_.push_back({total_, false});
      return 0;
    }
    const Int128 part = rule == TraceRule::haircut ? share(amount) : from_lots(amount, rule);
    total_ = std::max(traced_ - part, total_ - amount);
    traced_ -= part;
    return part;
  }
  [[nodiscard]] Int128 traced() const { return traced_; }

 private:
  struct Lot {
    Int128 amount;
    bool traced;
  };

  // traced * amount / total, rounded down; exact, by long division where the product may not fit.
  Int128 share(Int128 amount) const {
    if (amount >= total_) return traced_;
    Int128 quotient = 0;
    Int128 rest = 0;
    for (int bit = 126; bit >= 0; --bit) {
      quotient *= 2;
      rest *= 2;
      if (((amount >> bit) & 1) != 0) rest += traced_;
      while (rest >= total_) {
        rest -= total_;
        ++quotient;
      }
    }
    return quotient;
  }

  Int128 from_lots(Int128 amount, TraceRule rule) {
    Int128 part = 0;
    while (amount > 0 && !lots_.empty()) {
      Lot& lot = rule == TraceRule::fifo ? lots_.front() : lots_.back();
      const Int128 taken = std::min(amount, lot.amount);
      amount -= taken;
      lot.amount -= taken;
      if (lot.traced) part += taken;
      if (lot.amount > 0) break;
      if (rule == TraceRule::fifo) {
        lots_.pop_front();
      } else {
        lots_.pop_back();
      }
    }
    return part;
  }

  std::deque<Lot> lots_;
  Int128 total_ = 0;
  Int128 traced_ = 0;
};

// Transfers in the order in which the money is followed.
class Tracer {
 public:
  Tracer(const Transfers& transfers, std::uint32_t start, const TraceOptions& options)
      : t_(transfers), start_(start), options_(options) {}

  Result<Trace> run() {
    const bool forward = options_.direction == TraceDirection::forward;
    const auto n = static_cast<std::uint32_t>(t_.size());
    std::vector<Account> accounts(t_.account.size());
    // Transfers of one second arrive when all of them have left: none can pass another's on.
    for (std::uint32_t begin = 0, end = 0; begin < n; begin = end) {
      const auto at = [&](std::uint32_t i) { return forward ? i : n - 1 - i; };
      while (end < n && t_.time_s[at(end)] == t_.time_s[at(begin)]) ++end;
      const std::int64_t time_s = t_.time_s[at(begin)];
      if (time_s < options_.from_s || time_s > options_.to_s) continue;
      arriving_.clear();
      for (std::uint32_t k = begin; k < end; ++k) OVILLO_CHECK(follow(at(k), forward, accounts));
      for (const auto& [account, amount, traced] : arriving_) accounts[account].put(amount, traced);
    }
    for (std::uint32_t a = 0; a < accounts.size(); ++a)
      if (accounts[a].traced() > 0) out_.rests.emplace_back(a, accounts[a].traced());
    return std::move(out_);
  }

 private:
  struct Arrival {
    std::uint32_t account;
    Int128 amount, traced;
  };

  Result<void> follow(std::uint32_t i, bool forward, std::vector<Account>& accounts) {
    const std::uint32_t payer = forward ? t_.from[i] : t_.to[i];
    const std::uint32_t paid = forward ? t_.to[i] : t_.from[i];
    if (payer == paid) return {};
    const Int128 amount = t_.amount[i];
    const Int128 traced = payer == start_ ? amount : accounts[payer].take(amount, options_.rule);
    if (traced > 0) {
      if (currency_ && *currency_ != t_.currency[i])
        return Error(ErrorCode::money_mixed_currencies,
                     std::string(t_.currencies[*currency_]) + " and " +
                         std::string(t_.currencies[t_.currency[i]]));
      currency_ = t_.currency[i];
      out_.step.push_back({i, traced});
    }
    arriving_.push_back({paid, amount, traced});
    return {};
  }

  const Transfers& t_;
  const std::uint32_t start_;
  const TraceOptions& options_;
  std::vector<Arrival> arriving_;
  std::optional<std::uint16_t> currency_;
  Trace out_;
};

}  // namespace

std::span<const std::string_view> names(TraceRule) { return kRules; }
std::span<const std::string_view> names(TraceDirection) { return kDirections; }

std::vector<std::int64_t> earliest_arrival(const TimedEdges& edges, std::uint32_t start,
                                           std::int64_t from_s) {
  std::vector<std::int64_t> arrival(edges.n_accounts, kNeverReached);
  arrival[start] = from_s - 1;
  for (std::size_t i = 0; i < edges.from.size(); ++i) {
    const std::int64_t time_s = edges.time_s[i];
    if (arrival[edges.from[i]] < time_s && time_s < arrival[edges.to[i]])
      arrival[edges.to[i]] = time_s;
  }
  return arrival;
}

Result<Trace> trace(const Transfers& transfers, std::uint32_t account,
                    const TraceOptions& options) {
  return Tracer(transfers, account, options).run();
}

}  // namespace ovillo::money
