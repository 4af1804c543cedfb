#include "ovillo/extract/internal/phone_pieces.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "ovillo/extract/internal/phone_edges.hpp"

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::Strength;
using text::TokenKind;

constexpr std::size_t kMostGapWords = 5;
constexpr std::size_t kMostItems = 8;
constexpr std::size_t kMostPieces = 6;
constexpr std::size_t kFewestDigits = 7;
constexpr std::uint16_t kInPieces = 450;

}  // namespace

void PhonePieces::note(const Scan& scan, const std::vector<PhoneItem>& items, bool cue) {
  if (items.empty() || items.size() > kMostItems) return;
  Piece piece;
  // "é o 951 ...": everyday words before the first digit are none of it.
  std::size_t first = 0;
  while (first < items.size() && items[first].kind == ItemKind::word &&
         items[first].word.strength != Strength::strong)
    ++first;
  // "los tres primeros son 763": a single word before groups of digits counts them.
  if (first + 1 < items.size() && items[first].kind == ItemKind::word &&
      items[first + 1].kind == ItemKind::digits &&
      items[first + 1].end - items[first + 1].begin > 1)
    ++first;
  if (first == items.size()) return;
  for (std::size_t i = first; i < items.size(); ++i) {
    const PhoneItem& item = items[i];
    if (item.kind == ItemKind::digits) {
      piece.digits += scan.folded.text.substr(item.begin, item.end - item.begin);
    } else if (item.kind == ItemKind::word && item.word.kind == NumberKind::unit &&
               item.word.strength == Strength::strong) {
      piece.digits.push_back(static_cast<char>('0' + item.word.value));
    } else if (item.kind == ItemKind::plus && i == first) {
      piece.digits = "+";
    } else if (item.kind != ItemKind::word || item.word.kind != NumberKind::and_) {
      return;
    }
    piece.token_end = item.token + 1;
  }
  if (piece.digits.empty() || piece.digits.size() > kMostDigits) return;
  piece.token_begin = items[first].token;
  piece.begin = items[first].begin;
  piece.end = items.back().end;
  piece.cue = cue;
  piece.one_word = first + 1 == items.size() && items[first].kind == ItemKind::word;
  pieces_.push_back(std::move(piece));
}

PhonePieces::Gap PhonePieces::gap(const Scan& scan, const Piece& a, const Piece& b) {
  Gap gap;
  if (b.token_begin < a.token_end || b.token_begin - a.token_end > 2 * kMostGapWords) return gap;
  std::size_t n_words = 0;
  std::size_t n_loud = 0;
  bool brackets = false;
  for (std::size_t t = a.token_end; t < b.token_begin; ++t) {
    if (scan.blocked(t) || scan.is_kind(t, TokenKind::number)) return gap;
    brackets = brackets || scan.is_symbol(t, '(') || scan.is_symbol(t, '[');
    if (!scan.is_kind(t, TokenKind::word)) continue;
    // "612x345": letters that touch a number make one thing of it.
    if (scan.glued(t) && scan.is_kind(t - 1, TokenKind::number)) return gap;
    ++n_words;
    gap.words = gap.words * 31 + scan.tokens[t].hash;
    gap.told = gap.told || scan.is(t, WordClass::split_word | WordClass::phone_cue);
    n_loud += brackets || scan.is(t, WordClass::filler | WordClass::split_word) ? 0 : 1;
  }
  gap.open = n_words <= kMostGapWords;
  gap.quiet = n_words > 0 && n_loud == 0;
  return gap;
}

void PhonePieces::join(Scan& scan, PhoneRegion& region, const PhonePlans& plans) const {
  for (std::size_t p = 0; p < pieces_.size();) {
    const std::size_t used = join_from(scan, region, plans, p);
    p += std::max<std::size_t>(used, 1);
  }
}

// The most pieces from p on that make a number. @return  how many it took, 0 for none.
std::size_t PhonePieces::join_from(Scan& scan, PhoneRegion& region, const PhonePlans& plans,
                                   std::size_t p) const {
  static const std::vector<std::uint8_t> no_groups;
  if (pieces_[p].one_word) return 0;
  std::string digits = pieces_[p].digits;
  const bool cue = pieces_[p].cue;
  std::array<Gap, kMostPieces + 1> gaps;
  std::size_t best = 0;
  std::string best_number;
  for (std::size_t n = 1; n < kMostPieces && p + n < pieces_.size(); ++n) {
    gaps[n] = gap(scan, pieces_[p + n - 1], pieces_[p + n]);
    if (pieces_[p + n].digits.front() == '+') break;
    digits += pieces_[p + n].digits;
    if (!gaps[n].open || digits.size() > kMostDigits) break;
    if (digits.size() < kFewestDigits) continue;
    bool told = cue;
    bool all_quiet = true;
    for (std::size_t g = 1; g <= n; ++g) {
      const bool again = std::any_of(
          gaps.begin() + 1, gaps.begin() + static_cast<std::ptrdiff_t>(n) + 1,
          [&](const Gap& other) {
            return &other != &gaps[g] && other.words == gaps[g].words && gaps[g].words != 0;
          });
      told = told || gaps[g].told;
      all_quiet = all_quiet && (gaps[g].quiet || gaps[g].told || again);
    }
    if (!(cue || all_quiet) || (!told && pieces_[p].digits.size() < 2)) continue;
    const bool plus = digits.front() == '+';
    const std::string_view number = std::string_view(digits).substr(plus ? 1 : 0);
    const auto reading = region.read(number, {plus, true, false, &no_groups});
    const bool mobile = reading && reading->match.kind == LineKind::mobile;
    if (!reading || !(mobile || reading->confidence >= kOfRegion)) continue;
    best = n + 1;
    best_number = plans.written_out(number.substr(reading->strip_00 ? 2 : 0), reading->match);
  }
  if (best > 0)
    scan.add(FindKind::phone, scan.span(pieces_[p].begin, pieces_[p + best - 1].end),
             WrittenAs::split, kInPieces, best_number);
  return best;
}

}  // namespace ovillo::extract
