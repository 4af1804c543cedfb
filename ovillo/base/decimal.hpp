// Exact decimal numbers: a 128-bit integer and a scale.
//
// Files hold "8.850 EUR" (a thousand separator), "12,50", and wei with 27 digits that overflow 64
// bits. Nothing here rounds: what does not fit is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ovillo {

__extension__ typedef __int128 Int128;

struct Decimal {
  Int128 unscaled = 0;
  std::uint8_t scale = 0;  ///< value = unscaled / 10^scale

  bool operator==(const Decimal& other) const;  ///< by value: 1.50 equals 1.5
};

/// How a file writes its decimals. `infer` reads one value by its own shape: the last of "." and
/// "," is the decimal mark unless exactly three digits follow it and it stands alone.
enum class DecimalMark : std::uint8_t { infer, point, comma };

/// Reads "1.234,56", "1,234.56", "8.850", "-12", "1 234,5", "1'234.50", "(12.00)" (negative).
/// @return  empty when not a number, or when it does not fit 38 digits.
std::optional<Decimal> parse_decimal(std::string_view text, DecimalMark mark = DecimalMark::infer);

/// Shortest exact form with a point: "8850", "12.50" keeps its scale.
std::string format_decimal(const Decimal& value);

/// a + b, exact. Empty when it does not fit.
std::optional<Decimal> add(const Decimal& a, const Decimal& b);

}  // namespace ovillo
