#include "ovillo/extract/internal/doubt.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ovillo::extract {

namespace {

template <class T>
bool take_number(std::string_view& text, T& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return true;
}

bool take_sign(std::string_view& text, char sign) {
  if (!text.starts_with(sign)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Doubt> read_doubt(std::string_view word) {
  Doubt doubt;
  const bool sound = take_number(word, doubt.span.begin) && take_sign(word, '-') &&
                     take_number(word, doubt.span.end) && take_sign(word, ':') &&
                     take_number(word, doubt.confidence_per_mille) && word.empty();
  if (!sound || doubt.span.begin >= doubt.span.end) return std::nullopt;
  return doubt;
}

}  // namespace

std::vector<Doubt> read_doubts(std::string_view cell) {
  std::vector<Doubt> out;
  while (!cell.empty()) {
    const std::size_t end = std::min(cell.find(' '), cell.size());
    if (const auto doubt = read_doubt(cell.substr(0, end))) out.push_back(*doubt);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return out;
}

}  // namespace ovillo::extract
