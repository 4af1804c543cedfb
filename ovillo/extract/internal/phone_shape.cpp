#include "ovillo/extract/internal/phone_shape.hpp"

#include <algorithm>

namespace ovillo::extract {

namespace {

constexpr std::uint32_t kLongRun = 7;  // digits that may be a number of their own

}  // namespace

// Lengths of the digit groups of pieces [first, end); empty when words are among them.
void PhoneShape::groups(std::size_t first, std::size_t end, std::vector<std::uint8_t>& out) const {
  out.clear();
  for (std::size_t i = first; i < end; ++i) {
    const PhoneItem& item = items_[i];
    if (item.kind == ItemKind::word || item.kind == ItemKind::plus) {
      out.clear();
      return;
    }
    const std::uint32_t length =
        item.kind == ItemKind::letters ? item.n_letters : item.end - item.begin;
    if (i > first && item.touches) {
      out.back() = static_cast<std::uint8_t>(std::min(out.back() + length, 255U));
    } else {
      out.push_back(static_cast<std::uint8_t>(std::min(length, 255U)));
    }
  }
}

// "9000-17000": two round amounts and no number.
bool PhoneShape::round_range(std::size_t first, std::size_t end) const {
  if (end - first != 2 || items_[first + 1].sign != '-') return false;
  for (std::size_t i = first; i < end; ++i) {
    if (items_[i].kind != ItemKind::digits || items_[i].end - items_[i].begin < 4) return false;
    if (text_.compare(items_[i].end - 2, 2, "00") != 0) return false;
  }
  return true;
}

// "7, 13, 39, 20": plain groups with commas between are a list, unless a word for phone is near.
bool PhoneShape::listed(std::size_t first, std::size_t end) const {
  bool commas = false;
  for (std::size_t i = first; i < end; ++i) {
    if (items_[i].kind != ItemKind::digits) return false;
    const bool comma = items_[i].sign == ',' || items_[i].sign == ';';
    commas = commas || (i > first && comma && !items_[i].tight);
  }
  return commas;
}

// "7 14 23 31 42": five or more small numbers that only grow are counted or drawn, not dialled.
bool PhoneShape::growing(std::size_t first, std::size_t end) const {
  constexpr std::size_t kFewest = 5;
  if (end - first < kFewest) return false;
  std::uint32_t before = 0;
  bool pairs = false;
  for (std::size_t i = first; i < end; ++i) {
    const std::uint32_t length = items_[i].end - items_[i].begin;
    if (items_[i].kind != ItemKind::digits || length > 2 || items_[i].touches) return false;
    std::uint32_t value = 0;
    for (std::uint32_t k = items_[i].begin; k < items_[i].end; ++k)
      value = value * 10 + static_cast<std::uint32_t>(text_[k] - '0');
    if (i > first && value <= before) return false;
    before = value;
    pairs = pairs || length == 2;
  }
  return pairs;
}

// "600.000.000": a round sum.
bool PhoneShape::round_sum(std::size_t first, std::size_t end) const {
  std::size_t n_zeros = 0;
  for (std::size_t i = end; i > first; --i) {
    const PhoneItem& item = items_[i - 1];
    if (item.kind != ItemKind::digits) return false;
    for (std::uint32_t k = item.end; k > item.begin; --k) {
      if (text_[k - 1] != '0') return n_zeros >= 6;
      ++n_zeros;
    }
  }
  return true;
}

// "0712603948 deux": a run of digits long enough for a number takes no word in.
std::size_t PhoneShape::end_without_word_beside_run(std::size_t first, std::size_t last) const {
  bool words = false;
  bool run = false;
  for (std::size_t i = first; i < last; ++i) {
    words = words || items_[i].kind == ItemKind::word;
    run =
        run || (items_[i].kind == ItemKind::digits && items_[i].end - items_[i].begin >= kLongRun);
    if (words && run) return i;
  }
  return last;
}

}  // namespace ovillo::extract
