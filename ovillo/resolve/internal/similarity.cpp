#include "ovillo/resolve/internal/similarity.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <vector>

#include "ovillo/base/utf8.hpp"

namespace ovillo::resolve::internal {

namespace {

// Base letters of U+00C0 to U+017F, one per code point; '.' keeps the letter as it is.
constexpr std::string_view kLatinBase =
    "aaaaaaaceeeeiiiidnooooo.ouuuuytsaaaaaaaceeeeiiiidnooooo.ouuuuyty"   // 00C0-00FF
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"   // 0100-013F
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";  // 0140-017F
static_assert(kLatinBase.size() == 0x180 - 0xc0);

bool is_ascii_letter_or_digit(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

char32_t folded(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xc0 && c < 0xc0 + kLatinBase.size()) {
    const char base = kLatinBase[c - 0xc0];
    return base == '.' ? c : static_cast<char32_t>(base);
  }
  return c;
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  fold_into(text, out);
  return out;
}

void fold_into(std::string_view text, std::string& out) {
  out.clear();
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = decode_utf8(text, i);
    i += point.length;
    const char32_t c = folded(point.value);
    // Above Latin, everything counts as a letter; general punctuation and marks do not.
    const bool letter = is_ascii_letter_or_digit(c) || (c >= 0xc0 && (c < 0x2000 || c > 0x206f));
    if (!letter) {
      gap = !out.empty();
      continue;
    }
    if (gap) out.push_back(' ');
    gap = false;
    append_utf8(out, c);
  }
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c >= '0' && c <= '9') out.push_back(c);
  return out;
}

std::string date_digits(std::string_view text) {
  std::string digits = digits_of(text);
  if (digits.size() != 8) return {};
  const bool day_first = text.find('/') == 2 || text.find('.') == 2 || text.find('-') == 2;
  if (!day_first) return digits;
  return digits.substr(4) + digits.substr(2, 2) + digits.substr(0, 2);
}

std::uint32_t jaro_winkler_per_mille(std::string_view a, std::string_view b) {
  if (a == b) return 1000;
  // Longer names are compared by their first 64 bytes.
  a = a.substr(0, 64);
  b = b.substr(0, 64);
  if (a.empty() || b.empty()) return 0;
  const std::size_t reach = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  std::uint64_t used = 0;
  std::array<char, 64> matched_a;
  std::size_t n_matched = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + reach + 1);
    for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
      if ((used >> j & 1U) != 0 || a[i] != b[j]) continue;
      used |= std::uint64_t{1} << j;
      matched_a[n_matched++] = a[i];
      break;
    }
  }
  if (n_matched == 0) return 0;
  std::size_t out_of_place = 0;
  std::size_t k = 0;
  for (std::uint64_t left = used; left != 0; left &= left - 1)
    out_of_place += b[static_cast<std::size_t>(std::countr_zero(left))] != matched_a[k++];
  const std::uint64_t m = n_matched;
  const std::uint64_t jaro =
      (1000 * m / a.size() + 1000 * m / b.size() + 1000 * (m - out_of_place / 2) / m) / 3;
  std::uint64_t prefix = 0;
  while (prefix < 4 && prefix < a.size() && prefix < b.size() && a[prefix] == b[prefix]) ++prefix;
  return static_cast<std::uint32_t>(jaro + prefix * (1000 - jaro) / 10);
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size() || a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] &&
         a.substr(i + 2) == b.substr(i + 2);
}

std::uint32_t bigram_dice_per_mille(std::string_view a, std::string_view b) {
  if (a.size() < 2 || b.size() < 2) return a == b ? 1000 : 0;
  const auto bigrams = [](std::string_view text) {
    std::vector<std::uint16_t> out;
    for (std::size_t i = 1; i < text.size(); ++i)
      out.push_back(static_cast<std::uint16_t>((static_cast<unsigned char>(text[i - 1]) << 8) |
                                               static_cast<unsigned char>(text[i])));
    std::sort(out.begin(), out.end());
    return out;
  };
  const auto x = bigrams(a);
  const auto y = bigrams(b);
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i] == y[j]) {
      ++common;
      ++i;
      ++j;
    } else {
      ++(x[i] < y[j] ? i : j);
    }
  }
  return static_cast<std::uint32_t>(2000 * common / (x.size() + y.size()));
}

std::string soundex(std::string_view name) {
  // a b c d e f g h i j k l m n o p q r s t u v w x y z; 0: no code
  constexpr std::string_view kCode = "01230120022455012623010202";
  std::string out;
  char last = '0';
  for (const char c : name) {
    if (c < 'a' || c > 'z') continue;
    const char code = kCode[static_cast<std::size_t>(c - 'a')];
    if (out.empty()) {
      out.push_back(c);
      last = code;
      continue;
    }
    if (c == 'h' || c == 'w') continue;
    if (code != '0' && code != last) out.push_back(code);
    last = code;
    if (out.size() == 4) break;
  }
  if (!out.empty()) out.resize(4, '0');
  return out;
}

}  // namespace ovillo::resolve::internal
