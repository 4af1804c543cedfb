#include "ovillo/bank/internal/coda_record.hpp"

#include <algorithm>

#include "ovillo/bank/internal/values.hpp"
#include "ovillo/base/utf8.hpp"

namespace ovillo::bank {

CodaRecord::CodaRecord(std::string_view bytes) {
  const std::string utf8 = as_utf8(bytes);
  for (std::size_t i = 0; i < utf8.size();) {
    const CodePoint c = decode_utf8(utf8, i);
    line_.push_back(c.value);
    i += c.length;
  }
  while (line_.size() > kWidth && (line_.back() == U' ' || line_.back() == 0x1a)) line_.pop_back();
  too_wide_ = line_.size() > kWidth;
  cut_ = line_.size() < kWidth;
  line_.resize(kWidth, U' ');
}

bool CodaRecord::blank() const {
  return std::all_of(line_.begin(), line_.end(), [](char32_t c) { return c == U' ' || c == 0x1a; });
}

std::string CodaRecord::text(std::size_t from, std::size_t to) const {
  std::string out;
  for (std::size_t i = from - 1; i < to; ++i) append_utf8(out, line_[i]);
  return out;
}

std::optional<std::string> CodaRecord::stated(std::size_t from, std::size_t to) const {
  return bank::stated(text(from, to));
}

char CodaRecord::at(std::size_t column) const {
  const char32_t c = line_[column - 1];
  return c < 0x80 ? static_cast<char>(c) : '?';
}

std::string CodaRecord::kind() const {
  std::string out(1, at(1));
  if (out == "2" || out == "3") out += at(2);
  return out;
}

int CodaRecord::number(std::size_t from, std::size_t to) const {
  return small_number(text(from, to));
}

std::optional<Decimal> CodaRecord::amount(std::size_t from) const {
  auto value = exact_amount(text(from, from + 14), '\0');
  if (value) value->scale = 3;
  return value;
}

std::optional<Moment> CodaRecord::day(std::size_t from, const Zone& zone) const {
  const std::string written = text(from, from + 5);
  if (small_number(written) <= 0) return std::nullopt;
  return day_moment(full_year(number(from + 4, from + 5)), number(from + 2, from + 3),
                    number(from, from + 1), written, zone);
}

}  // namespace ovillo::bank
