#include "ovillo/employment/internal/pay.hpp"

namespace ovillo::employment {

namespace {

// a - b by their exact sum with the sign turned.
std::optional<bool> less(const Decimal& a, const Decimal& b) {
  const auto difference = add(a, Decimal{-b.unscaled, b.scale});
  if (!difference) return std::nullopt;
  return difference->unscaled < 0;
}

std::optional<Decimal> times(const Decimal& a, const Decimal& b) {
  Int128 product = 0;
  if (__builtin_mul_overflow(a.unscaled, b.unscaled, &product)) return std::nullopt;
  Decimal out{product, static_cast<std::uint8_t>(a.scale + b.scale)};
  for (; out.scale > 2 && out.unscaled % 10 == 0; --out.scale) out.unscaled /= 10;
  return out;
}

}  // namespace

void Due::sum(std::optional<Decimal>& to, const Decimal& more) {
  const auto sum = add(to.value_or(Decimal{0, 0}), more);
  if (!sum) too_large_ = true;
  if (sum) to = *sum;
}

void Due::rate_at_most(const Decimal& rate) {
  if (!rate_ || less(rate, *rate_).value_or(false)) rate_ = rate;
}

std::optional<Judged> Due::judge() const {
  if (too_large_ || !pay_ || !rate_ || (!stated_ && !attended_)) return std::nullopt;
  Judged out;
  out.pay = *pay_;
  out.by_attendance = attended_ && (!stated_ || less(*stated_, *attended_).value_or(false));
  out.hours = out.by_attendance ? *attended_ : *stated_;
  const auto due = times(out.hours, *rate_);
  if (!due) return std::nullopt;
  const auto below = less(*pay_, *due);
  if (!below) return std::nullopt;
  out.due = *due;
  out.below = *below;
  return out;
}

}  // namespace ovillo::employment
