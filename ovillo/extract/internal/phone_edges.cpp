#include "ovillo/extract/internal/phone_edges.hpp"

#include <algorithm>

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::Strength;

class Grammar {
 public:
  Grammar(const std::vector<PhoneItem>& items, std::vector<PhoneEdge>& edges)
      : items_(items), edges_(edges) {}

  // Every reading of the number words that start at piece i.
  void read(std::size_t i) {
    const PhoneItem& item = items_[i];
    switch (item.word.kind) {
      case NumberKind::unit:
        emit(i, i + 1, item.word.value, 1, strength_cost(item.word.strength));
        two_digits(i, 0, i, 2);
        if (kind(i + 1, NumberKind::hundred)) after_hundred(i, i + 2, item.word.value * 100U);
        break;
      case NumberKind::teen:
      case NumberKind::ten:
      case NumberKind::twenty:
        two_digits(i, 0, i, 2);
        break;
      case NumberKind::hundred:
      case NumberKind::hundreds:
        after_hundred(i, i + 1, item.word.value);
        break;
      case NumberKind::times2:
      case NumberKind::times3:
        repeat(i, item.word.value);
        break;
      case NumberKind::and_:
      case NumberKind::plus:
        break;
    }
  }

 private:
  static std::uint8_t strength_cost(Strength strength) {
    return strength == Strength::strong ? 0 : 1;
  }
  // Piece j exists, follows closely and is a number word of that kind.
  [[nodiscard]] bool kind(std::size_t j, NumberKind wanted) const {
    return j < items_.size() && items_[j].kind == ItemKind::word && items_[j].gap == 0 &&
           items_[j].word.kind == wanted;
  }
  [[nodiscard]] bool unit(std::size_t j) const {
    return kind(j, NumberKind::unit) && items_[j].word.value > 0 &&
           items_[j].word.strength != Strength::sound;
  }
  [[nodiscard]] std::uint16_t value(std::size_t j) const { return items_[j].word.value; }

  void emit(std::size_t from, std::size_t to, std::uint32_t number, std::uint8_t length,
            std::uint8_t cost) {
    PhoneEdge edge;
    edge.to = static_cast<std::uint16_t>(to - from);
    edge.length = length;
    edge.cost = static_cast<std::uint8_t>(cost + 1);
    edge.flags = kInWords;
    for (std::size_t k = length; k-- > 0; number /= 10)
      edge.digits[k] = static_cast<char>('0' + number % 10);
    edges_.push_back(edge);
  }

  // 10 to 99 at piece j, said after `base` hundreds; edges start at piece `from`.
  void two_digits(std::size_t from, std::uint32_t base, std::size_t j, std::uint8_t length) {
    const auto out = [&](std::size_t to, std::uint32_t number, std::uint8_t cost = 0) {
      emit(from, to, base + number, length, cost);
      // "seventy seven hundred"
      if (length == 2 && number % 10 != 0 && kind(to, NumberKind::hundred))
        emit(from, to + 1, number * 100, 4, 0);
    };
    if (kind(j, NumberKind::teen) || (j == from && items_[j].word.kind == NumberKind::teen)) {
      out(j + 1, value(j));
      if (value(j) == 10 && unit(j + 1) && value(j + 1) >= 7) out(j + 2, 10U + value(j + 1), 1);
      if (value(j) == 10 && kind(j + 1, NumberKind::and_) && unit(j + 2) && value(j + 2) >= 6)
        out(j + 3, 10U + value(j + 2));
      return;
    }
    const bool here = j == from || items_[j].gap == 0;
    if (!here) return;
    const NumberKind first = items_[j].word.kind;
    if (first == NumberKind::ten || first == NumberKind::twenty) {
      after_ten(out, j + 1, value(j));
    } else if (first == NumberKind::unit) {
      if (value(j) == 4 && kind(j + 1, NumberKind::twenty)) after_ten(out, j + 2, 80);
      // "vierendertig": unit, join and ten, mostly in one word.
      if (value(j) > 0 && kind(j + 1, NumberKind::and_) && kind(j + 2, NumberKind::ten)) {
        const bool one_word = items_[j + 1].touches && items_[j + 2].touches;
        out(j + 3, static_cast<std::uint32_t>(value(j + 2) + value(j)), one_word ? 0 : 2);
      }
    }
  }

  template <class Out>
  void after_ten(const Out& out, std::size_t j, std::uint32_t ten) {
    const bool joined = kind(j, NumberKind::and_);
    const std::size_t next = joined ? j + 1 : j;
    // A unit that is joined, or hangs on by a hyphen, belongs to the ten; after a space it may.
    const bool followed = unit(next);
    const bool close = followed && (joined || items_[next].tight || items_[next].touches);
    out(j, ten, close ? 3 : 0);
    if (followed) out(next + 1, ten + value(next), close ? 0 : 1);
    // soixante-dix, quatre-vingt-dix-sept
    if ((ten == 60 || ten == 80) && kind(next, NumberKind::teen) && value(next) < 20) {
      out(next + 1, ten + value(next));
      if (value(next) == 10 && unit(next + 1) && value(next + 1) >= 7)
        out(next + 2, ten + 10 + value(next + 1));
    }
  }

  void after_hundred(std::size_t from, std::size_t j, std::uint32_t hundreds) {
    emit(from, j, hundreds, 3, 0);
    const std::size_t next = kind(j, NumberKind::and_) ? j + 1 : j;
    if (next >= items_.size() || items_[next].kind != ItemKind::word || items_[next].gap > 0)
      return;
    if (unit(next)) emit(from, next + 1, hundreds + value(next), 3, 1);
    two_digits(from, hundreds, next, 3);
  }

  // "double five", "triple 0".
  void repeat(std::size_t i, std::uint16_t times) {
    const std::size_t j = i + 1;
    if (j >= items_.size() || items_[j].gap > 0) return;
    char digit = 0;
    if (kind(j, NumberKind::unit)) digit = static_cast<char>('0' + value(j));
    if (items_[j].kind == ItemKind::digits && items_[j].end - items_[j].begin == 1) digit = 'd';
    if (digit == 0) return;
    PhoneEdge edge;
    edge.to = 2;
    edge.length = static_cast<std::uint8_t>(times);
    edge.cost = 1;
    edge.flags = kInWords;
    edge.digits.fill(digit);
    edges_.push_back(edge);
  }

  const std::vector<PhoneItem>& items_;
  std::vector<PhoneEdge>& edges_;
};

void push_edge(std::string_view digits, std::uint8_t cost, std::uint8_t flags,
               std::vector<PhoneEdge>& edges) {
  PhoneEdge edge;
  edge.to = 1;
  edge.length = static_cast<std::uint8_t>(digits.size());
  edge.cost = cost;
  edge.flags = flags;
  std::copy(digits.begin(), digits.end(), edge.digits.begin());
  edges.push_back(edge);
}

// Letters cost little where they touch digits, and a lot where they stand alone. A letter that may
// be two digits ("g", "b") gives a second, dearer edge.
void push_letters(const PhoneItem& item, std::vector<PhoneEdge>& edges) {
  const std::size_t n = item.n_letters;
  const auto cost = static_cast<std::uint8_t>(item.touches ? n : 3 * n);
  push_edge({item.letters.data(), n}, cost, item.flags, edges);
  if (item.other_letters != item.letters)
    push_edge({item.other_letters.data(), n}, static_cast<std::uint8_t>(cost + 2), item.flags,
              edges);
}

}  // namespace

void build_edges(const Scan& scan, const std::vector<PhoneItem>& items, PhoneEdges& out) {
  out.edges.clear();
  out.first.clear();
  Grammar grammar(items, out.edges);
  for (std::size_t i = 0; i < items.size(); ++i) {
    out.first.push_back(static_cast<std::uint32_t>(out.edges.size()));
    const PhoneItem& item = items[i];
    if (item.kind == ItemKind::word) {
      const std::size_t before = out.edges.size();
      grammar.read(i);
      for (std::size_t e = before; e < out.edges.size(); ++e) {
        PhoneEdge& edge = out.edges[e];
        for (std::size_t k = 0; k < edge.to; ++k) edge.flags |= items[i + k].flags;
        // The digit a "double" repeats, when it is a plain one.
        if (edge.digits[0] == 'd') edge.digits.fill(scan.folded.text[items[i + 1].begin]);
      }
    } else if (item.kind == ItemKind::digits && item.end - item.begin <= kMostDigits) {
      push_edge(std::string_view(scan.folded.text).substr(item.begin, item.end - item.begin), 0,
                item.flags, out.edges);
    } else if (item.kind == ItemKind::letters) {
      push_letters(item, out.edges);
    }
  }
  out.first.push_back(static_cast<std::uint32_t>(out.edges.size()));
}

}  // namespace ovillo::extract
