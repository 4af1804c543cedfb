// Amounts and the units of time they are for: "1.500", "12,50", "1 500", "media hora", "per week".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

inline bool number_at(const Scan& scan, std::size_t i) {
  return scan.is_kind(i, text::TokenKind::number);
}

/// The number at token i; one of more than nine digits wraps around.
std::uint32_t number_value(const Scan& scan, std::size_t i);

struct Amount {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// The amount that starts at number token i, with its thousands and decimals. Thousands apart by a
/// space count only where `before_currency` finds a currency after them.
std::optional<Amount> read_amount(const Scan& scan, std::size_t i);

/// A unit of time; `name` is empty when there is none.
struct Unit {
  std::string_view name;  ///< "hour", "half_hour", "quarter_hour", "session", "day", "night", ...
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A unit at token i with a number or "half" before it: "hora", "media hora", "30 min", "1h",
/// "1/2h", "dos horas".
Unit read_unit(const Scan& scan, std::size_t i);
/// A unit after an amount, past "la", "por", "/" ...
Unit unit_after(const Scan& scan, std::size_t i);
/// A unit that ends right before token i and belongs to no other amount: "una hora 150", "1h: 100".
Unit unit_before(const Scan& scan, std::size_t i);

}  // namespace ovillo::extract
