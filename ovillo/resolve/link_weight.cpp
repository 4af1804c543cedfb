#include "ovillo/resolve/link_weight.hpp"

#include <algorithm>
#include <array>

#include "ovillo/base/log2.hpp"
#include "ovillo/resolve/identifier.hpp"

namespace ovillo::resolve {

namespace {

struct TieModel {
  std::int32_t base_quarter_bits;
  std::uint32_t allowance;  ///< fan up to which nothing more is taken off
  bool both_shares;         ///< false: only the commoner's share counts
};

// seen, paid, moved, owned, stated
constexpr std::array<TieModel, kTies> kModel = {{
    {32, 8, true},   // a contact phone of up to 8 hands is organisation; of 30, a footer
    {40, 64, true},  // who pays is chosen, and one payer behind many adverts is what we look for
    {14, 1, true},   // landlords, shops and accountants take money from everybody
    {48, 4, false},  // a phone of a household
    {24, 8, false},  // asserted once, rarely repeated
}};

// A text is of one hand by construction, but hands share stock sentences: what counts is how much
// of the other's life is under this template, so that share is squared.
constexpr std::int32_t kTemplateBaseQuarterBits = 36;
constexpr std::uint32_t kTemplateAllowance = 16;
constexpr std::uint32_t kCrowd = 8;

// Two hands may share one picture, seven hands a stolen one.
constexpr std::int32_t kPictureBaseQuarterBits = 24;
constexpr std::uint32_t kPictureAllowance = 4;

std::int32_t share_q16(std::uint32_t n_ab, std::uint32_t n) {
  return log2_ratio_q16(2ULL * n_ab + 1, 2ULL * n + 2);
}

/// 2 log2(value / allowed) where above it, else 0.
std::int32_t excess_q16(std::uint64_t value, std::uint64_t allowed) {
  return value > allowed ? 2 * log2_ratio_q16(value, allowed) : 0;
}

std::int32_t rounded_quarter_bits(std::int32_t q16) {
  constexpr std::int32_t kQuarter = kLog2One / 4;
  return (q16 + kQuarter / 2) >> 14;
}

}  // namespace

std::int32_t tie_quarter_bits(Tie tie, const TieCounts& counts) {
  TieModel model = kModel[static_cast<std::size_t>(tie)];
  const bool a_is_text = counts.kind_a == EntityKind::template_;
  const bool b_is_text = counts.kind_b == EntityKind::template_;
  const bool a_is_commoner = counts.n_a >= counts.n_b;
  if (tie == Tie::seen && (a_is_text || b_is_text)) {
    model.base_quarter_bits = kTemplateBaseQuarterBits;
    if (a_is_commoner ? a_is_text : b_is_text) model.allowance = kTemplateAllowance;
  }
  if ((tie == Tie::seen || tie == Tie::paid) &&
      (is_picture(counts.kind_a) || is_picture(counts.kind_b))) {
    model.base_quarter_bits = std::min(model.base_quarter_bits, kPictureBaseQuarterBits);
    model.allowance = kPictureAllowance;
  }
  const std::int32_t of_a = share_q16(counts.n_ab, counts.n_a);
  const std::int32_t of_b = share_q16(counts.n_ab, counts.n_b);
  std::int32_t bits = model.base_quarter_bits * (kLog2One / 4);
  if (model.both_shares) {
    bits += of_a * (b_is_text ? 2 : 1) + of_b * (a_is_text ? 2 : 1);
    bits += log2_ratio_q16(counts.n_ab, counts.n_ab + 1ULL);
  } else {
    bits += std::min(of_a, of_b);
  }
  const std::uint64_t n_common = std::max(counts.n_a, counts.n_b);
  bits -= excess_q16(n_common, std::uint64_t{model.allowance} * counts.n_ab);
  if (tie == Tie::seen) bits -= excess_q16(counts.crowd, kCrowd);
  return rounded_quarter_bits(bits);
}

std::int32_t combined_quarter_bits(std::span<const std::int32_t> quarter_bits) {
  std::int32_t best = 0;
  std::int32_t n_positive = 0;
  for (const std::int32_t q : quarter_bits) {
    best = std::max(best, q);
    n_positive += q > 0;
  }
  return best + 4 * std::max(0, n_positive - 1);
}

}  // namespace ovillo::resolve
