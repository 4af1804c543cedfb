#include "ovillo/extract/internal/phone_decoder.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "ovillo/extract/internal/phone_items.hpp"

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::Strength;
using text::TokenKind;

constexpr std::size_t kMostDigits = 17;  // 00 + 15
constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kWindow = 40;  // pieces one number may span
constexpr std::size_t kMostGapWords = 5;
constexpr std::uint16_t kOtherCountry = 500;  // per mille: of another country than the region

// One step through the lattice: the digits pieces [from, to) stand for.
struct Edge {
  std::uint16_t to = 0;  // pieces ahead
  std::uint8_t length = 0;
  std::uint8_t cost = 0;
  std::uint8_t flags = 0;
  std::array<char, kMostDigits> digits{};
};

struct State {
  std::uint16_t cost = 0;
  std::uint8_t flags = 0;
  std::array<char, kMostDigits> digits{};
};

struct Candidate {
  std::size_t begin = 0;  // pieces [begin, end)
  std::size_t end = 0;
  std::int32_t score = 0;
  std::uint16_t confidence = 0;
  std::uint8_t flags = 0;
  std::string e164;
};

// ---- number words to digits ----------------------------------------------------------------

class Grammar {
 public:
  Grammar(const std::vector<PhoneItem>& items, std::vector<Edge>& edges)
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
    return strength == Strength::strong ? 0 : strength == Strength::weak ? 1 : 2;
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
    Edge edge;
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
    out(j, ten);
    const bool joined = kind(j, NumberKind::and_);
    const std::size_t next = joined ? j + 1 : j;
    if (unit(next)) out(next + 1, ten + value(next), joined ? 0 : 1);
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
    Edge edge;
    edge.to = 2;
    edge.length = static_cast<std::uint8_t>(times);
    edge.cost = 1;
    edge.flags = kInWords;
    edge.digits.fill(digit);
    edges_.push_back(edge);
  }

  const std::vector<PhoneItem>& items_;
  std::vector<Edge>& edges_;
};

// ---- which country -------------------------------------------------------------------------

struct Reading {
  PhoneNumber number;
  std::uint16_t confidence = 0;
  std::int32_t fit = 0;
};

constexpr std::array<std::string_view, 6> kUsualRegions = {"ES", "PT", "BE", "NL", "FR", "GB"};

std::int32_t language_fit(std::string_view language, std::string_view region) {
  if (language == "es" || language == "ca" || language == "gl") return region == "ES" ? 2 : 0;
  if (language == "pt") return region == "PT" ? 2 : 0;
  if (language == "nl") return region == "NL" ? 2 : region == "BE" ? 1 : 0;
  if (language == "fr") return region == "FR" ? 2 : region == "BE" ? 1 : 0;
  if (language == "en") return region == "GB" ? 2 : 0;
  return 0;
}

class Countries {
 public:
  Countries(const Scan& scan, const PhonePlans& plans) : scan_(scan), plans_(plans) {}

  // @param groups  lengths of the written groups; empty when not in plain groups of digits.
  [[nodiscard]] std::optional<Reading> read(std::string_view digits, bool plus, bool cue,
                                            const std::vector<std::uint8_t>& groups) const {
    if (plus) return explicit_code(digits);
    if (digits.starts_with("00") && digits.size() >= 11) return explicit_code(digits.substr(2));
    if (!scan_.region.empty()) {
      if (auto number = plans_.national(digits, scan_.region)) {
        const std::int32_t grouping = plans_.usual_grouping(scan_.region, groups) ? 6 : 0;
        return Reading{std::move(*number), 950, grouping};
      }
      const std::string_view code = plans_.code(scan_.region);
      if (digits.starts_with(code) && digits.size() >= code.size() + 8)
        if (auto number = plans_.international(digits)) return Reading{std::move(*number), 800, 0};
    }
    if (auto guess = guess_region(digits, cue, groups)) return guess;
    return bare_code(digits, cue);
  }

 private:
  [[nodiscard]] std::optional<Reading> explicit_code(std::string_view digits) const {
    auto number = plans_.international(digits);
    if (!number) return std::nullopt;
    return Reading{std::move(*number), 990, 30};
  }

  // The only region of the usual ones whose plan, grouping and language fit best.
  [[nodiscard]] std::optional<Reading> guess_region(std::string_view digits, bool cue,
                                                    const std::vector<std::uint8_t>& groups) const {
    std::optional<Reading> best;
    bool tie = false;
    for (const std::string_view region : kUsualRegions) {
      auto number = plans_.national(digits, region);
      if (!number || number->kind == LineKind::other) continue;
      const bool mobile = number->kind == LineKind::mobile;
      const bool grouping = plans_.usual_grouping(region, groups);
      // Against the region we were told, only a mobile number that something else speaks for.
      if (!scan_.region.empty() && !(mobile && (cue || grouping))) continue;
      const std::int32_t fit =
          (mobile ? 3 : 0) + (grouping ? 3 : 0) + language_fit(scan_.language, region);
      tie = best && fit == best->fit;
      if (best && fit <= best->fit) continue;
      const auto confidence =
          static_cast<std::uint16_t>(scan_.region.empty() ? 700 : kOtherCountry);
      best = Reading{std::move(*number), confidence, fit};
    }
    if (tie) return std::nullopt;
    return best;
  }

  // A country code without sign before a mobile number: "34 6...", "447700...".
  [[nodiscard]] std::optional<Reading> bare_code(std::string_view digits, bool cue) const {
    if (digits.front() == '0' || digits.size() < 10) return std::nullopt;
    for (const std::string_view region : kUsualRegions) {
      const std::string_view code = plans_.code(region);
      if (!digits.starts_with(code)) continue;
      auto number = plans_.international(digits);
      if (!number || number->kind != LineKind::mobile) return std::nullopt;
      return Reading{std::move(*number), static_cast<std::uint16_t>(cue ? 700 : kOtherCountry), 0};
    }
    return std::nullopt;
  }

  const Scan& scan_;
  const PhonePlans& plans_;
};

// ---- the walk ------------------------------------------------------------------------------

class Decoder {
 public:
  Decoder(Scan& scan, const text::NumberWords& numbers, const PhonePlans& plans)
      : scan_(scan), numbers_(numbers), plans_(plans), countries_(scan, plans) {}

  void run() {
    for (std::size_t i = 0; i < scan_.size();) {
      if (!may_start(i)) {
        note_words(i);
        ++i;
        continue;
      }
      const std::size_t next = read_run(scan_, numbers_, i, items_);
      if (items_.empty()) {
        note_words(i);
      } else {
        decode();
        if (next > i) cue_distance_ += 2;
      }
      i = next;
    }
    join_pieces();
  }

 private:
  [[nodiscard]] bool may_start(std::size_t i) const {
    if (scan_.taken[i] != 0) return false;
    return scan_.tokens[i].kind != TokenKind::symbol || scan_.is_symbol(i, '+');
  }

  // Keeps count of how far back the last phone cue is.
  void note_words(std::size_t i) {
    if (scan_.is(i, WordClass::phone_cue | WordClass::number_cue)) {
      cue_distance_ = 0;
    } else if (cue_distance_ < 100) {
      ++cue_distance_;
    }
  }
  [[nodiscard]] bool cue() const { return cue_distance_ <= 6; }

  void decode() {
    std::size_t most = 0;
    for (const PhoneItem& item : items_)
      most += item.kind == ItemKind::digits ? item.end - item.begin : 3;
    if (most >= kFewestDigits) {
      build_edges();
      candidates_.clear();
      for (std::size_t s = 0; s < items_.size(); ++s)
        if (may_begin(s)) walk(s);
      choose();
    } else {
      chosen_.clear();
    }
    note_piece();
  }

  void build_edges() {
    edges_.clear();
    first_edge_.clear();
    Grammar grammar(items_, edges_);
    for (std::size_t i = 0; i < items_.size(); ++i) {
      first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
      const PhoneItem& item = items_[i];
      if (item.kind == ItemKind::word) {
        const std::size_t before = edges_.size();
        grammar.read(i);
        for (std::size_t e = before; e < edges_.size(); ++e) finish_edge(edges_[e], i);
      } else if (item.kind == ItemKind::digits && item.end - item.begin <= kMostDigits) {
        push_edge(scan_.folded.text.substr(item.begin, item.end - item.begin), 0, item.flags);
      } else if (item.kind == ItemKind::letters) {
        const std::size_t length = item.n_letters;
        push_edge({item.letters.data(), length},
                  static_cast<std::uint8_t>(item.touches ? length : 3 * length), item.flags);
      }
    }
    first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
  }

  void push_edge(std::string_view digits, std::uint8_t cost, std::uint8_t flags) {
    Edge edge;
    edge.to = 1;
    edge.length = static_cast<std::uint8_t>(digits.size());
    edge.cost = cost;
    edge.flags = flags;
    std::copy(digits.begin(), digits.end(), edge.digits.begin());
    edges_.push_back(edge);
  }

  // Flags of all pieces of a compound; the digit a "double" repeats when it is a plain one.
  void finish_edge(Edge& edge, std::size_t i) {
    for (std::size_t k = 0; k < edge.to; ++k) edge.flags |= items_[i + k].flags;
    if (edge.digits[0] == 'd') edge.digits.fill(scan_.folded.text[items_[i + 1].begin]);
  }

  [[nodiscard]] bool may_begin(std::size_t s) const {
    const PhoneItem& item = items_[s];
    if (item.kind == ItemKind::word && item.word.kind == NumberKind::and_) return false;
    if (lone_letters(s)) return false;
    if (s > 0 && items_[s - 1].kind == ItemKind::plus) return false;
    if (s > 0 && item.touches && item.kind != ItemKind::plus) return false;
    if (item.token == 0 || !scan_.glued(item.token)) return true;
    if (item.begin != scan_.tokens[item.token].begin) return true;
    // Letters that touch from the left: a cue ("tel612..."), or a word run on; ids have one or two.
    const std::size_t left = item.token - 1;
    if (scan_.is_kind(left, TokenKind::number)) return false;
    if (scan_.is_kind(left, TokenKind::symbol)) return true;
    return scan_.length(left) > 2 || scan_.is(left, WordClass::phone_cue);
  }

  // Letters for digits that touch no digit: read between digits only.
  [[nodiscard]] bool lone_letters(std::size_t i) const {
    if (items_[i].kind != ItemKind::letters) return false;
    const bool right = i + 1 < items_.size() && items_[i + 1].touches;
    return !items_[i].touches && !right;
  }

  [[nodiscard]] bool may_finish(std::size_t end) const {
    if (lone_letters(end - 1)) return false;
    if (end < items_.size() && items_[end].touches && items_[end].kind != ItemKind::plus)
      return false;
    const PhoneItem& last = items_[end - 1];
    std::size_t right = last.token + 1;
    while (right < scan_.size() && scan_.tokens[right].end <= last.end) ++right;
    if (right >= scan_.size() || !scan_.glued(right) || scan_.tokens[right].begin != last.end)
      return true;
    if (scan_.is_kind(right, TokenKind::symbol)) return true;
    return scan_.is_kind(right, TokenKind::word) && scan_.length(right) > 1;
  }

  // All numbers that begin at piece s.
  void walk(std::size_t s) {
    const bool plus = items_[s].kind == ItemKind::plus;
    const std::size_t first = plus ? s + 1 : s;
    if (first >= items_.size()) return;
    const std::size_t last = std::min(items_.size(), first + kWindow);
    for (std::size_t i = first; i <= last; ++i) reached_[i - first] = 0;
    reached_[0] = 1;
    states_[0][0] = {};
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t lengths = reached_[i - first];
      if (lengths == 0) continue;
      if (i > first && items_[i].kind == ItemKind::word &&
          items_[i].word.kind == NumberKind::and_) {
        skip_join(i - first, joins_compound(i) ? 8 : 2);
        continue;
      }
      for (std::uint32_t e = first_edge_[i]; e < first_edge_[i + 1]; ++e)
        follow(edges_[e], i - first, lengths, i > first ? items_[i].gap : 0, last - first);
    }
    for (std::size_t end = first + 1; end <= last; ++end)
      if (reached_[end - first] != 0 && may_finish(end)) offer(s, first, end, plus);
  }

  void skip_join(std::size_t at, std::uint16_t cost) {
    for (std::size_t length = 1; length <= kMostDigits; ++length)
      if ((reached_[at] >> length & 1) != 0) settle(at + 1, length, states_[at][length], cost);
  }

  // "treinta y cuatro": the join belongs to a number of two digits, it does not part two.
  [[nodiscard]] bool joins_compound(std::size_t i) const {
    if (i == 0 || i + 1 >= items_.size() || items_[i + 1].kind != ItemKind::word) return false;
    const PhoneItem& before = items_[i - 1];
    return before.kind == ItemKind::word && before.word.value >= 20 &&
           items_[i + 1].word.value < before.word.value;
  }

  void follow(const Edge& edge, std::size_t at, std::uint32_t lengths, std::uint8_t gap,
              std::size_t limit) {
    if (at + edge.to > limit) return;
    for (std::size_t length = 0; length + edge.length <= kMostDigits; ++length) {
      if ((lengths >> length & 1) == 0) continue;
      State next = states_[at][length];
      next.flags |= edge.flags;
      // What lies before the first piece does not separate the number.
      if (at == 0 && length == 0) next.flags = edge.flags & static_cast<std::uint8_t>(~kSeparated);
      std::copy_n(edge.digits.begin(), edge.length,
                  next.digits.begin() + static_cast<std::ptrdiff_t>(length));
      settle(at + edge.to, length + edge.length, next, static_cast<std::uint16_t>(edge.cost + gap));
    }
  }

  void settle(std::size_t at, std::size_t length, State state, std::uint16_t cost) {
    state.cost = static_cast<std::uint16_t>(state.cost + cost);
    const bool known = (reached_[at] >> length & 1) != 0;
    if (known && states_[at][length].cost <= state.cost) return;
    reached_[at] |= 1U << length;
    states_[at][length] = state;
  }

  // Lengths of the digit groups of pieces [first, end); empty when words are among them.
  void groups_of(std::size_t first, std::size_t end) {
    groups_.clear();
    for (std::size_t i = first; i < end; ++i) {
      const PhoneItem& item = items_[i];
      if (item.kind == ItemKind::word || item.kind == ItemKind::plus) {
        groups_.clear();
        return;
      }
      const std::uint32_t length =
          item.kind == ItemKind::letters ? item.n_letters : item.end - item.begin;
      if (i > first && item.touches) {
        groups_.back() = static_cast<std::uint8_t>(std::min(groups_.back() + length, 255U));
      } else {
        groups_.push_back(static_cast<std::uint8_t>(std::min(length, 255U)));
      }
    }
  }

  // A zero right before piece s: the number most likely begins there.
  [[nodiscard]] bool zero_left_over(std::size_t s) const {
    if (s == 0 || items_[s].gap > 0) return false;
    const PhoneItem& before = items_[s - 1];
    if (before.kind == ItemKind::word)
      return before.word.kind == NumberKind::unit && before.word.value == 0;
    if (before.kind == ItemKind::letters) return before.letters[0] == '0';
    return before.kind == ItemKind::digits && scan_.folded.text[before.begin] == '0' &&
           before.end - before.begin <= 2;
  }

  [[nodiscard]] bool number_word_at(std::size_t i) const {
    return i < items_.size() && items_[i].gap == 0 && items_[i].kind == ItemKind::word &&
           items_[i].word.strength == Strength::strong;
  }
  // "quatre-vingt | un": an everyday word that would have gone with the ten before.
  [[nodiscard]] bool unit_left_over(std::size_t end) const {
    const std::size_t unit = joins_at(end) ? end + 1 : end;
    if (unit >= items_.size() || items_[unit].gap > 0 || items_[unit].kind != ItemKind::word)
      return false;
    const PhoneItem& last = items_[end - 1];
    return items_[unit].word.kind == NumberKind::unit && last.kind == ItemKind::word &&
           (last.word.kind == NumberKind::ten || last.word.kind == NumberKind::twenty);
  }
  [[nodiscard]] bool joins_at(std::size_t i) const {
    return i < items_.size() && items_[i].gap == 0 && items_[i].kind == ItemKind::word &&
           items_[i].word.kind == NumberKind::and_;
  }

  // "9000-17000": two round amounts and no number.
  [[nodiscard]] bool round_range(std::size_t first, std::size_t end) const {
    if (end - first != 2 || items_[first + 1].sign != '-') return false;
    for (std::size_t i = first; i < end; ++i) {
      if (items_[i].kind != ItemKind::digits || items_[i].end - items_[i].begin < 4) return false;
      if (scan_.folded.text.compare(items_[i].end - 2, 2, "00") != 0) return false;
    }
    return true;
  }

  void offer(std::size_t s, std::size_t first, std::size_t end, bool plus) {
    if (!plus && round_range(first, end)) return;
    groups_of(first, end);
    const bool near_cue = cue();
    for (std::size_t length = kFewestDigits; length <= kMostDigits; ++length) {
      if ((reached_[end - first] >> length & 1) == 0) continue;
      const State& state = states_[end - first][length];
      const auto reading = countries_.read({state.digits.data(), length}, plus, near_cue, groups_);
      if (!reading) continue;
      // Codes of digits and letters are common; without the region's plan something must speak up.
      if ((state.flags & kLetters) != 0 && reading->confidence <= 700 && !near_cue) continue;
      Candidate candidate;
      candidate.begin = s;
      candidate.end = end;
      candidate.flags = state.flags;
      candidate.e164 = reading->number.e164;
      candidate.confidence = reading->confidence;
      candidate.score = 50 + reading->fit + 2 * static_cast<std::int32_t>(length) -
                        3 * static_cast<std::int32_t>(state.cost) +
                        (reading->number.kind == LineKind::mobile ? 10 : 0) +
                        (reading->confidence >= 900 ? 10 : 0) -
                        (reading->confidence == kOtherCountry ? 20 : 0);
      // A number word left over right after says that the last one was read too short.
      if (number_word_at(end) || (joins_at(end) && number_word_at(end + 1))) candidate.score -= 10;
      if (s > 0 && items_[s].gap == 0 && items_[s].kind == ItemKind::word &&
          (number_word_at(s - 1) || joins_at(s - 1)))
        candidate.score -= 10;
      if (zero_left_over(s)) candidate.score -= 25;
      if (unit_left_over(end)) candidate.score -= 4;
      if (candidate.score > 0) candidates_.push_back(std::move(candidate));
    }
  }

  // The non-overlapping candidates of the highest total score. One that hangs on other digits is
  // struck out and the choice made again: what it hid may stand alone.
  void choose() {
    constexpr int kRounds = 4;
    for (int round = 0; round < kRounds; ++round) {
      choose_once();
      std::vector<std::size_t> struck;
      for (std::size_t k = 0; k < chosen_.size(); ++k)
        if (!stands_alone(k)) struck.push_back(chosen_[k]);
      if (struck.empty() || round + 1 == kRounds) break;
      std::sort(struck.begin(), struck.end());
      for (auto it = struck.rbegin(); it != struck.rend(); ++it)
        candidates_.erase(candidates_.begin() + static_cast<std::ptrdiff_t>(*it));
    }
    for (std::size_t k = 0; k < chosen_.size(); ++k)
      if (stands_alone(k)) add(candidates_[chosen_[k]], k);
  }

  void choose_once() {
    chosen_.clear();
    if (candidates_.empty()) return;
    const std::size_t n = items_.size();
    best_.assign(n + 1, 0);
    choice_.assign(n + 1, -1);
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      return std::tie(a.end, a.begin, b.score) < std::tie(b.end, b.begin, a.score);
    });
    std::size_t c = 0;
    for (std::size_t end = 1; end <= n; ++end) {
      best_[end] = best_[end - 1];
      for (; c < candidates_.size() && candidates_[c].end == end; ++c) {
        const std::int32_t total = best_[candidates_[c].begin] + candidates_[c].score;
        if (total <= best_[end]) continue;
        best_[end] = total;
        choice_[end] = static_cast<std::int32_t>(c);
      }
    }
    for (std::size_t end = n; end > 0;) {
      if (choice_[end] < 0) {
        --end;
        continue;
      }
      chosen_.push_back(static_cast<std::size_t>(choice_[end]));
      end = candidates_[chosen_.back()].begin;
    }
    std::reverse(chosen_.begin(), chosen_.end());
  }

  [[nodiscard]] bool is_digits(std::size_t i) const {
    return i < items_.size() && items_[i].kind == ItemKind::digits;
  }

  // False when more digits hang on the number with nothing but one sign: a longer id.
  [[nodiscard]] bool stands_alone(std::size_t k) const {
    const Candidate& candidate = candidates_[chosen_[k]];
    const bool next_to_chosen =
        k + 1 < chosen_.size() && candidates_[chosen_[k + 1]].begin == candidate.end;
    const bool after_chosen = k > 0 && candidates_[chosen_[k - 1]].end == candidate.begin;
    if (candidate.begin > 0 && !after_chosen && items_[candidate.begin].tight &&
        is_digits(candidate.begin - 1) && items_[candidate.begin].kind != ItemKind::plus)
      return false;
    if (candidate.end < items_.size() && !next_to_chosen && items_[candidate.end].tight &&
        is_digits(candidate.end) && suffix_length(candidate.end) == 0)
      return false;
    return !crowded(candidate, after_chosen, next_to_chosen);
  }

  // Groups in a row that are more than the number, without plus or cue: a longer id in groups.
  [[nodiscard]] bool crowded(const Candidate& candidate, bool after_chosen,
                             bool next_to_chosen) const {
    if (candidate.end - candidate.begin < 2 || cue()) return false;
    if (items_[candidate.begin].kind == ItemKind::plus) return false;
    const auto leftover = [&](std::size_t i, std::size_t gap_of) {
      return is_digits(i) && items_[gap_of].gap == 0 && items_[i].end - items_[i].begin >= 2;
    };
    if (candidate.begin > 0 && !after_chosen && leftover(candidate.begin - 1, candidate.begin))
      return true;
    return !next_to_chosen && candidate.end < items_.size() && suffix_length(candidate.end) == 0 &&
           leftover(candidate.end, candidate.end);
  }

  // Digits of a second ending, "... 78/79"; 0 when there is none at piece i.
  [[nodiscard]] std::size_t suffix_length(std::size_t i) const {
    if (i == 0 || !is_digits(i) || items_[i].sign != '/' || !is_digits(i - 1)) return 0;
    const std::size_t length = items_[i].end - items_[i].begin;
    const bool more = i + 1 < items_.size() && items_[i + 1].touches;
    return length <= 4 && !more ? length : 0;
  }

  static WrittenAs written_as(std::uint8_t flags) {
    if ((flags & kEmoji) != 0) return WrittenAs::emoji;
    if ((flags & kInWords) != 0 && (flags & kPlainDigits) != 0) return WrittenAs::mixed;
    if ((flags & kInWords) != 0) return WrittenAs::words;
    if ((flags & kLookalike) != 0) return WrittenAs::lookalike;
    return (flags & kSeparated) != 0 ? WrittenAs::separated : WrittenAs::plain;
  }

  void add(const Candidate& candidate, std::size_t k) {
    WrittenAs how = written_as(candidate.flags);
    const PhoneItem& first = items_[candidate.begin];
    const PhoneItem& last = items_[candidate.end - 1];
    if (first.token >= 2 && scan_.is_symbol(first.token - 1, ':') && scan_.glued(first.token) &&
        (scan_.at(first.token - 2) == "tel" || scan_.at(first.token - 2) == "callto"))
      how = WrittenAs::link;
    const bool hidden = how == WrittenAs::words || how == WrittenAs::mixed ||
                        how == WrittenAs::lookalike || how == WrittenAs::emoji;
    const auto confidence = static_cast<std::uint16_t>(candidate.confidence - (hidden ? 50 : 0));
    scan_.add(FindKind::phone, scan_.span(first.begin, last.end), how, confidence, candidate.e164);
    const std::size_t limit =
        k + 1 < chosen_.size() ? candidates_[chosen_[k + 1]].begin : items_.size();
    for (std::size_t i = candidate.end; i < limit && suffix_length(i) > 0; ++i)
      add_suffix(candidate, i, suffix_length(i));
  }

  void add_suffix(const Candidate& candidate, std::size_t i, std::size_t length) {
    const PhoneItem& item = items_[i];
    std::string second = candidate.e164;
    second.replace(second.size() - length, length,
                   scan_.folded.text.substr(item.begin, item.end - item.begin));
    if (second == candidate.e164 || !plans_.international(std::string_view(second).substr(1)))
      return;
    scan_.add(FindKind::phone, scan_.span(item.begin, item.end), WrittenAs::split, 800, second);
  }

  // ---- numbers told in pieces, with words between ------------------------------------------

  struct Piece {
    std::size_t token_begin = 0;
    std::size_t token_end = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string digits;
    bool cue = false;
  };

  // Remembers a run of plain digits that held no number.
  void note_piece() {
    if (!chosen_.empty() || items_.size() > 8) return;
    Piece piece;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const PhoneItem& item = items_[i];
      if (item.kind == ItemKind::digits) {
        piece.digits += scan_.folded.text.substr(item.begin, item.end - item.begin);
      } else if (item.kind == ItemKind::word && item.word.kind == NumberKind::unit &&
                 item.word.strength == Strength::strong) {
        piece.digits.push_back(static_cast<char>('0' + item.word.value));
      } else if (item.kind == ItemKind::plus && i == 0) {
        piece.digits = "+";
      } else if (item.kind != ItemKind::word || item.word.kind != NumberKind::and_) {
        return;
      }
      piece.token_end = item.token + 1;
    }
    if (piece.digits.empty() || piece.digits.size() > kMostDigits) return;
    piece.token_begin = items_.front().token;
    piece.begin = items_.front().begin;
    piece.end = items_.back().end;
    piece.cue = cue();
    pieces_.push_back(std::move(piece));
  }

  // Words between two pieces that allow them to be one number.
  [[nodiscard]] bool may_join(const Piece& a, const Piece& b, bool& told) const {
    if (b.token_begin < a.token_end || b.token_begin - a.token_end > 2 * kMostGapWords)
      return false;
    std::size_t n_words = 0;
    for (std::size_t t = a.token_end; t < b.token_begin; ++t) {
      if (scan_.taken[t] != 0 || scan_.is_kind(t, TokenKind::number)) return false;
      n_words += scan_.is_kind(t, TokenKind::word) ? 1 : 0;
      told = told || scan_.is(t, WordClass::split_word | WordClass::phone_cue);
    }
    return n_words <= kMostGapWords;
  }

  void join_pieces() {
    for (std::size_t p = 0; p < pieces_.size();) {
      const std::size_t used = join_from(p);
      p += std::max<std::size_t>(used, 1);
    }
  }

  // Joins pieces p, p + 1 ... into one number. @return  how many it took, 0 for none.
  std::size_t join_from(std::size_t p) {
    std::string digits = pieces_[p].digits;
    bool told = pieces_[p].cue;
    for (std::size_t q = p + 1; q < pieces_.size() && q < p + 6; ++q) {
      if (!may_join(pieces_[q - 1], pieces_[q], told)) return 0;
      digits += pieces_[q].digits;
      if (digits.size() > kMostDigits) return 0;
      const bool goes_on = q + 1 < pieces_.size() && pieces_[q + 1].digits.size() > 1;
      bool more = false;
      if (goes_on && may_join(pieces_[q], pieces_[q + 1], more) && digits.size() < 9) continue;
      if (!told || digits.size() < kFewestDigits) continue;
      const bool plus = digits.front() == '+';
      const auto reading =
          countries_.read(std::string_view(digits).substr(plus ? 1 : 0), plus, true, {});
      if (!reading || reading->number.kind != LineKind::mobile) continue;
      scan_.add(FindKind::phone, scan_.span(pieces_[p].begin, pieces_[q].end), WrittenAs::split,
                450, reading->number.e164);
      return q - p + 1;
    }
    return 0;
  }

  Scan& scan_;
  const text::NumberWords& numbers_;
  const PhonePlans& plans_;
  Countries countries_;
  std::vector<PhoneItem> items_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> first_edge_;
  std::array<std::uint32_t, kWindow + 1> reached_{};
  std::array<std::array<State, kMostDigits + 1>, kWindow + 1> states_{};
  std::vector<std::uint8_t> groups_;
  std::vector<Candidate> candidates_;
  std::vector<std::int32_t> best_;
  std::vector<std::int32_t> choice_;
  std::vector<std::size_t> chosen_;
  std::vector<Piece> pieces_;
  std::size_t cue_distance_ = 100;
};

}  // namespace

void find_phones(Scan& scan, const text::NumberWords& numbers, const PhonePlans& plans) {
  Decoder(scan, numbers, plans).run();
}

std::optional<PhoneNumber> phone_value(std::string_view digits, bool plus, std::string_view region,
                                       const PhonePlans& plans) {
  if (plus) return plans.international(digits);
  if (digits.starts_with("00")) return plans.international(digits.substr(2));
  if (auto number = plans.national(digits, region)) return number;
  if (digits.size() < 10) return std::nullopt;
  return plans.international(digits);
}

}  // namespace ovillo::extract
