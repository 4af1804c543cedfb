#include "ovillo/money/chance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "ovillo/base/log2.hpp"

namespace ovillo::money {

namespace {

constexpr int kBinBits = 10;  // a bin of log2 is 1/64 bit: 1.1 % of an amount
constexpr std::size_t kBins = (std::size_t{128} << 16) >> kBinBits;

std::size_t bin_of(std::int32_t log2) {
  return std::min(kBins - 1, static_cast<std::size_t>(std::max(log2, 0)) >> kBinBits);
}

}  // namespace

std::int32_t log2_amount_q16(Int128 amount) {
  int shift = 0;
  while ((amount >> shift) > static_cast<Int128>(~std::uint64_t{0})) ++shift;
  return log2_q16(static_cast<std::uint64_t>(amount >> shift)) + shift * kLog2One;
}

double poisson_tail(std::uint32_t k, double mean) {
  double bound = 1;
  for (std::uint32_t i = 1; i <= k; ++i) bound *= mean / i;
  return std::min(1.0, bound);
}

double product_tail(double product, double volume, unsigned n_sides) {
  if (product <= 0) return 0;
  if (product >= volume) return volume;
  // ln of the ratio by log2 of our own, so that it is the same on every machine.
  int exponent = 0;
  const double mantissa = std::frexp(volume / product, &exponent);  // in [0.5, 1)
  const auto scaled = static_cast<std::uint64_t>(mantissa * 2147483648.0);
  const double log2 = exponent - 31 + static_cast<double>(log2_q16(scaled)) / kLog2One;
  const double ln = std::max(0.0, log2 * 0.69314718055994531);
  double term = product;
  double sum = product;
  for (unsigned j = 1; j < n_sides; ++j) {
    term *= ln / j;
    sum += term;
  }
  return std::min(sum, volume);
}

Chance::Chance(const Transfers& transfers)
    : n_same_(transfers.size(), 0),
      currency_(transfers.currency),
      n_out_(transfers.account.size(), 0),
      n_in_(transfers.account.size(), 0),
      n_transfers_(static_cast<double>(transfers.size())) {
  below_.assign(transfers.currencies.size(), std::vector<double>(kBins + 1, 0));
  log2_.reserve(transfers.size());
  for (std::uint32_t i = 0; i < transfers.size(); ++i) {
    log2_.push_back(log2_amount_q16(transfers.amount[i]));
    ++below_[transfers.currency[i]][bin_of(log2_.back()) + 1];
    ++n_out_[transfers.from[i]];
    ++n_in_[transfers.to[i]];
  }
  for (auto& bins : below_)
    for (std::size_t b = 0; b < kBins; ++b) bins[b + 1] += bins[b];
  count_same(transfers);
  if (transfers.size() > 1)
    span_s_ = std::max<double>(
        1, static_cast<double>(transfers.time_s.back() - transfers.time_s.front()));
}

void Chance::count_same(const Transfers& transfers) {
  std::vector<std::uint32_t> order(transfers.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto key = [&](std::uint32_t i) {
    return std::pair(transfers.currency[i], transfers.amount[i]);
  };
  std::sort(order.begin(), order.end(),
            [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && key(order[end]) == key(order[begin])) ++end;
    for (std::size_t i = begin; i < end; ++i)
      n_same_[order[i]] = static_cast<std::uint32_t>(end - begin);
  }
}

double Chance::amount_share(std::uint16_t currency, std::int32_t low, std::int32_t high) const {
  const auto& below = below_[currency];
  const double inside = below[bin_of(high) + 1] - below[bin_of(low)];
  return std::max(1.0, inside) / std::max(1.0, below.back());
}

}  // namespace ovillo::money
