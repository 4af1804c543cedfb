#include "ovillo/extract/internal/phone_decoder.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

#include "ovillo/extract/internal/phone_edges.hpp"
#include "ovillo/extract/internal/phone_items.hpp"
#include "ovillo/extract/internal/phone_pieces.hpp"
#include "ovillo/extract/internal/phone_region.hpp"
#include "ovillo/extract/internal/phone_shape.hpp"

namespace ovillo::extract {

namespace {

using text::NumberKind;
using text::Strength;
using text::TokenKind;

constexpr std::size_t kFewestDigits = 7;
constexpr std::size_t kWindow = 40;  // pieces one number may span

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

// Memory of the decoder, reused from text to text.
struct Scratch {
  RunScratch run;
  std::vector<PhoneItem> items;
  PhoneEdges lattice;
  std::array<std::array<State, kMostDigits + 1>, kWindow + 1> states;
  std::vector<std::uint8_t> groups;
  std::vector<Candidate> candidates;
  std::vector<std::int32_t> best;
  std::vector<std::int32_t> choice;
  std::vector<std::size_t> chosen;
  PhonePieces pieces;
};

// ---- the walk ------------------------------------------------------------------------------

class Decoder {
 public:
  Decoder(Scan& scan, const Vocabulary& vocabulary, const NumberVocabulary& numbers,
          const PhonePlans& plans, Scratch& scratch)
      : scan_(scan),
        numbers_(numbers),
        plans_(plans),
        region_(scan, vocabulary, plans),
        run_(scratch.run),
        items_(scratch.items),
        lattice_(scratch.lattice),
        states_(scratch.states),
        groups_(scratch.groups),
        candidates_(scratch.candidates),
        best_(scratch.best),
        choice_(scratch.choice),
        chosen_(scratch.chosen),
        pieces_(scratch.pieces) {
    pieces_.clear();
  }

  void run() {
    for (std::size_t i = 0; i < scan_.size();) {
      const std::size_t start = scan_.marks.next(i, Mark::phone);
      pass_words(i, start);
      i = start;
      if (i == scan_.size()) break;
      if (!may_start(i)) {
        pass_words(i, i + 1);
        ++i;
        continue;
      }
      const std::size_t next = read_run(scan_, numbers_, i, items_, run_);
      if (items_.empty()) {
        pass_words(i, i + 1);
      } else {
        decode();
        if (next > i) cue_distance_ += 2;
      }
      i = next;
    }
    pieces_.join(scan_, region_, plans_);
  }

 private:
  [[nodiscard]] bool may_start(std::size_t i) const {
    if (scan_.blocked(i)) return false;
    if (scan_.tokens[i].kind == TokenKind::symbol) return scan_.is_symbol(i, '+');
    // A word we know, that is no number and touches nothing: most of a text.
    constexpr WordClasses kNumbers =
        WordClass::number | WordClass::sounds_number | WordClass::everyday_number;
    const bool known = scan_.words[i]->languages != 0 || scan_.words[i]->classes != 0;
    return !known || scan_.is(i, kNumbers) || scan_.glued(i) || scan_.glued(i + 1) ||
           scan_.tokens[i].kind == TokenKind::number;
  }

  // Keeps count of how far back the last phone cue is; tokens [begin, end) hold no number.
  void pass_words(std::size_t begin, std::size_t end) {
    cue_distance_ += end - begin;
    std::size_t i = end;
    while (i > begin && !scan_.marks.has(i - 1, Mark::cue)) --i;
    if (i > begin) cue_distance_ = end - i;
  }
  [[nodiscard]] bool cue() const { return cue_distance_ <= 6; }

  void decode() {
    std::size_t most = 0;
    for (const PhoneItem& item : items_)
      most += item.kind == ItemKind::digits ? item.end - item.begin : 3;
    if (most >= kFewestDigits) {
      build_edges(scan_, items_, lattice_);
      hear_words();
      candidates_.clear();
      for (std::size_t s = 0; s < items_.size(); ++s)
        if (may_begin(s)) walk(s);
      choose();
    } else {
      chosen_.clear();
    }
    if (chosen_.empty()) pieces_.note(scan_, items_, cue());
  }

  // Number words run together ("seisdos") are not among the words of the text.
  void hear_words() {
    for (const PhoneItem& item : items_)
      if (item.kind == ItemKind::word && item.end - item.begin < scan_.length(item.token))
        region_.hear(std::string_view(scan_.folded.text).substr(item.begin, item.end - item.begin));
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
      for (std::uint32_t e = lattice_.first[i]; e < lattice_.first[i + 1]; ++e)
        follow(lattice_.edges[e], i - first, lengths, i > first ? items_[i].gap : 0, last - first);
    }
    const PhoneShape shape(items_, scan_.folded.text);
    const std::size_t longest = shape.end_without_word_beside_run(first, last);
    for (std::size_t end = first + 1; end <= longest; ++end)
      if (reached_[end - first] >> kFewestDigits != 0 && may_finish(end))
        offer(shape, s, first, end, plus);
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

  void follow(const PhoneEdge& edge, std::size_t at, std::uint32_t lengths, std::uint8_t gap,
              std::size_t limit) {
    if (at + edge.to > limit) return;
    for (std::uint32_t open = lengths; open != 0; open &= open - 1) {
      const auto length = static_cast<std::size_t>(std::countr_zero(open));
      if (length + edge.length > kMostDigits) break;
      State* const next = settle(at + edge.to, length + edge.length, states_[at][length],
                                 static_cast<std::uint16_t>(edge.cost + gap));
      if (next == nullptr) continue;
      next->flags |= edge.flags;
      // What lies before the first piece does not separate the number.
      if (at == 0 && length == 0) next->flags = edge.flags & static_cast<std::uint8_t>(~kSeparated);
      for (std::size_t k = 0; k < edge.length; ++k) next->digits[length + k] = edge.digits[k];
    }
  }

  // Goes on from `from` to the state of `length` digits at piece `at`. @return  null: a cheaper way
  // leads there.
  State* settle(std::size_t at, std::size_t length, const State& from, std::uint16_t more_cost) {
    const auto cost = static_cast<std::uint16_t>(from.cost + more_cost);
    State& state = states_[at][length];
    const bool known = (reached_[at] >> length & 1) != 0;
    if (known && state.cost <= cost) return nullptr;
    reached_[at] |= 1U << length;
    state = from;
    state.cost = cost;
    return &state;
  }

  // A zero right before piece s: the number most likely begins there.
  [[nodiscard]] bool zero_left_over(std::size_t s) const {
    if (s == 0 || items_[s].gap > 1) return false;
    const PhoneItem& before = items_[s - 1];
    if (before.kind == ItemKind::word)
      return before.word.kind == NumberKind::unit && before.word.value == 0;
    if (before.kind == ItemKind::letters) return before.letters[0] == '0';
    return before.kind == ItemKind::digits && scan_.folded.text[before.begin] == '0' &&
           before.end - before.begin <= 2;
  }

  // A number word at piece i; an everyday one ("un") where another number follows it.
  [[nodiscard]] bool number_word_at(std::size_t i) const {
    if (i >= items_.size() || items_[i].gap > 1 || items_[i].kind != ItemKind::word) return false;
    if (items_[i].word.strength == Strength::strong) return true;
    return items_[i].word.kind == NumberKind::unit && i + 1 < items_.size() &&
           items_[i + 1].gap <= 1 &&
           (items_[i + 1].kind == ItemKind::digits ||
            (items_[i + 1].kind == ItemKind::word &&
             items_[i + 1].word.strength == Strength::strong));
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

  void offer(const PhoneShape& shape, std::size_t s, std::size_t first, std::size_t end,
             bool plus) {
    if (!plus && shape.round_range(first, end)) return;
    if (!plus && !cue() &&
        (shape.listed(first, end) || shape.growing(first, end) || shape.round_sum(first, end)))
      return;
    shape.groups(first, end, groups_);
    const bool near_cue = cue();
    for (std::uint32_t open = reached_[end - first] >> kFewestDigits << kFewestDigits; open != 0;
         open &= open - 1) {
      const auto length = static_cast<std::size_t>(std::countr_zero(open));
      const State& state = states_[end - first][length];
      const bool hidden = (state.flags & (kInWords | kEmoji | kLookalike)) != 0;
      const std::string_view digits(state.digits.data(), length);
      const auto reading = region_.read(digits, {plus, near_cue, hidden, &groups_});
      if (!reading) continue;
      // Codes of digits and letters are common; without the region's plan something must speak up.
      if ((state.flags & kOddLetters) != 0 && reading->confidence <= kToldByText && !near_cue &&
          !grouped(reading->match.plan))
        continue;
      Candidate candidate;
      candidate.begin = s;
      candidate.end = end;
      candidate.flags = state.flags;
      candidate.confidence = reading->confidence;
      candidate.score = score(s, end, length, state, *reading);
      if (candidate.score <= 0) continue;
      candidate.e164 = plans_.written_out(digits.substr(reading->strip_00 ? 2 : 0), reading->match);
      candidates_.push_back(std::move(candidate));
    }
  }

  [[nodiscard]] bool grouped(std::size_t plan) const {
    return plans_.usual_grouping(plan, groups_);
  }

  [[nodiscard]] std::int32_t score(std::size_t s, std::size_t end, std::size_t length,
                                   const State& state, const Reading& reading) const {
    std::int32_t score = 50 + reading.fit + 3 * static_cast<std::int32_t>(length) -
                         3 * static_cast<std::int32_t>(state.cost) +
                         (reading.match.kind == LineKind::mobile ? 10 : 0) +
                         (reading.confidence >= 900 ? 10 : 0) -
                         (reading.confidence == kOtherCountry ? 20 : 0);
    // A number word left over right after says that the last one was read too short.
    if (number_word_at(end) || (joins_at(end) && number_word_at(end + 1))) score -= 20;
    if (s > 0 && items_[s].gap <= 1 && items_[s].kind == ItemKind::word &&
        (number_word_at(s - 1) || joins_at(s - 1)))
      score -= 20;
    if (zero_left_over(s)) score -= 25;
    if (unit_left_over(end)) score -= 12;
    return score;
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
      for (const std::size_t c : struck) candidates_[c].score = 0;
      std::erase_if(candidates_, [](const Candidate& one) { return one.score == 0; });
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

  // A number that was guessed at, in words, with one more number word right beside it.
  [[nodiscard]] bool cut_short(const Candidate& candidate, bool after_chosen,
                               bool next_to_chosen) const {
    if (candidate.confidence >= kCodeWithoutSign || (candidate.flags & kPlainDigits) != 0)
      return false;
    const auto digit_word = [&](std::size_t i, std::size_t gap_of) {
      return items_[gap_of].gap == 0 && items_[i].kind == ItemKind::word &&
             items_[i].word.kind == NumberKind::unit && items_[i].word.strength == Strength::strong;
    };
    return (candidate.begin > 0 && !after_chosen &&
            digit_word(candidate.begin - 1, candidate.begin)) ||
           (candidate.end < items_.size() && !next_to_chosen &&
            digit_word(candidate.end, candidate.end));
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
    return !crowded(candidate, after_chosen, next_to_chosen) &&
           !cut_short(candidate, after_chosen, next_to_chosen);
  }

  // Groups in a row that are more than the number, without plus or cue: a longer id in groups.
  [[nodiscard]] bool crowded(const Candidate& candidate, bool after_chosen,
                             bool next_to_chosen) const {
    if (candidate.end - candidate.begin < 2 || cue()) return false;
    if ((candidate.flags & (kInWords | kEmoji | kLookalike)) != 0) return false;
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

  Scan& scan_;
  const NumberVocabulary& numbers_;
  const PhonePlans& plans_;
  PhoneRegion region_;
  RunScratch& run_;
  std::vector<PhoneItem>& items_;
  PhoneEdges& lattice_;
  std::array<std::uint32_t, kWindow + 1>
      reached_{};  // per piece: lengths that have a state, as bits
  std::array<std::array<State, kMostDigits + 1>, kWindow + 1>& states_;
  std::vector<std::uint8_t>& groups_;
  std::vector<Candidate>& candidates_;
  std::vector<std::int32_t>& best_;
  std::vector<std::int32_t>& choice_;
  std::vector<std::size_t>& chosen_;
  PhonePieces& pieces_;
  std::size_t cue_distance_ = 100;
};

}  // namespace

void find_phones(Scan& scan, const Vocabulary& vocabulary, const NumberVocabulary& numbers,
                 const PhonePlans& plans) {
  static thread_local Scratch scratch;
  Decoder(scan, vocabulary, numbers, plans, scratch).run();
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
