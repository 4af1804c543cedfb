// What would happen by chance: each account keeps how often it pays and is paid, amounts are drawn
// from all amounts of their currency, and times fall anywhere in the file's span.
//
// A shape is shown when a file of this size would hold fewer than `max_expected` such shapes by
// chance. There are no thresholds on amounts, degrees or times: they follow from the file.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/money/transfers.hpp"

namespace ovillo::money {

/// log2 of an amount in the table's minor unit, in 1/65,536 bit. @param amount  at least 1.
std::int32_t log2_amount_q16(Int128 amount);

/// An upper bound of P(X >= k) for X ~ Poisson(mean): min(1, mean^k / k!).
double poisson_tail(std::uint32_t k, double mean);

/// Expected number of points with a product of at most `product`, of points that fall evenly, one
/// per unit of volume, on a box of `n_sides` sides and volume `volume`: how many ways as good as
/// one chance offers, where a way is good in all of its steps together.
/// @return  product * sum over j < n_sides of ln(volume / product)^j / j!; at most `volume`.
double product_tail(double product, double volume, unsigned n_sides);

class Chance {
 public:
  /// @cost O(n log n) time; 10 bytes per transfer.
  explicit Chance(const Transfers& transfers);

  /// log2_amount_q16 of each transfer.
  [[nodiscard]] std::int32_t log2_amount(std::uint32_t transfer) const { return log2_[transfer]; }
  /// Share of the currency's transfers whose log2 amount lies in [low, high], at least; in (0, 1].
  [[nodiscard]] double amount_share(std::uint16_t currency, std::int32_t low,
                                    std::int32_t high) const;
  /// Share of the currency's transfers of exactly this amount; in (0, 1].
  [[nodiscard]] double same_amount_share(std::uint32_t transfer) const {
    return n_same_[transfer] / below_[currency_[transfer]].back();
  }
  /// Transfers an account pays (is paid) per second of the file's span.
  [[nodiscard]] double pay_rate(std::uint32_t account) const { return n_out_[account] / span_s_; }
  [[nodiscard]] double receive_rate(std::uint32_t account) const {
    return n_in_[account] / span_s_;
  }
  /// Chance that a transfer goes to this account.
  [[nodiscard]] double receive_share(std::uint32_t account) const {
    return n_in_[account] / n_transfers_;
  }
  [[nodiscard]] double n_transfers() const { return n_transfers_; }
  [[nodiscard]] double span_s() const { return span_s_; }

 private:
  void count_same(const Transfers& transfers);

  std::vector<std::int32_t> log2_;
  std::vector<std::uint32_t> n_same_;
  std::vector<std::uint16_t> currency_;
  std::vector<std::vector<double>> below_;  // by currency: transfers below each bin of log2
  std::vector<double> n_out_, n_in_;
  double n_transfers_ = 0;
  double span_s_ = 1;
};

}  // namespace ovillo::money
