#include "ovillo/flow/slot_words.hpp"

#include <algorithm>
#include <array>

#include "ovillo/cluster/fold.hpp"

namespace ovillo::flow {

namespace {

constexpr std::string_view kOpen = "⟨";
constexpr std::string_view kClose = "⟩";
constexpr std::array<std::string_view, 7> kKinds{"phone", "price", "age", "hour",
                                                 "place", "name",  "…"};

bool is_number(std::string_view kind) {
  return kind == "phone" || kind == "price" || kind == "age" || kind == "hour";
}

// The kind of the slot that begins here; empty: none does.
std::string_view slot_at(std::string_view text) {
  for (const std::string_view kind : kKinds)
    if (text.starts_with(kOpen) && text.substr(kOpen.size()).starts_with(kind) &&
        text.substr(kOpen.size() + kind.size()).starts_with(kClose))
      return kind;
  return {};
}

constexpr std::uint32_t kUnmatched = ~std::uint32_t{0};

// For each fixed word the word of the text it is, in order: as many as can be, then the longest
// runs.
class Alignment {
 public:
  /// @param goes_on  per fixed word: no slot stands before it.
  Alignment(const std::vector<std::uint32_t>& fixed, const std::vector<bool>& goes_on,
            const std::vector<cluster::Word>& words)
      : n_words_(words.size() + 1),
        any_((fixed.size() + 1) * n_words_, 0),
        run_((fixed.size() + 1) * n_words_, 0),
        word_of_(fixed.size(), kUnmatched) {
    for (std::size_t i = fixed.size(); i-- > 0;)
      for (std::size_t j = words.size(); j-- > 0;) {
        any_[at(i, j)] = std::max(any_[at(i + 1, j)], any_[at(i, j + 1)]);
        run_[at(i, j)] = any_[at(i, j)];
        if (fixed[i] != words[j].hash) continue;
        const std::uint32_t rest = run_[at(i + 1, j + 1)];
        any_[at(i, j)] = std::max(any_[at(i, j)], kWord + rest);
        run_[at(i, j)] = std::max(any_[at(i, j)], kWord + (goes_on[i] ? 1 : 0) + rest);
      }
    follow(fixed, goes_on, words);
  }
  [[nodiscard]] const std::vector<std::uint32_t>& word_of() const { return word_of_; }

 private:
  static constexpr std::uint32_t kWord = 2;  // one more when the words before are matched too

  void follow(const std::vector<std::uint32_t>& fixed, const std::vector<bool>& goes_on,
              const std::vector<cluster::Word>& words) {
    bool in_run = false;
    for (std::size_t i = 0, j = 0; i < fixed.size() && j < words.size();) {
      const std::uint32_t best = (in_run ? run_ : any_)[at(i, j)];
      const std::uint32_t gain = kWord + (in_run && goes_on[i] ? 1 : 0);
      in_run = fixed[i] == words[j].hash && best == gain + run_[at(i + 1, j + 1)];
      if (in_run)
        word_of_[i++] = static_cast<std::uint32_t>(j++);
      else
        ++(best == any_[at(i + 1, j)] ? i : j);
    }
  }
  [[nodiscard]] std::size_t at(std::size_t i, std::size_t j) const { return i * n_words_ + j; }

  std::size_t n_words_;
  std::vector<std::uint32_t> any_;  // best from (i, j) on
  std::vector<std::uint32_t> run_;  // the same, when the words before i and j are matched
  std::vector<std::uint32_t> word_of_;
};

// Runs of words with nothing but spaces between them.
std::vector<Range> pieces_by_signs(std::span<const cluster::Word> words, std::string_view text) {
  std::vector<Range> pieces;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const bool apart =
        w == 0 ||
        text.substr(words[w - 1].end, words[w].begin - words[w - 1].end).find_first_not_of(" \t") !=
            std::string_view::npos;
    if (apart)
      pieces.push_back({w, w + 1});
    else
      pieces.back().end = w + 1;
  }
  return pieces;
}

// Each number alone, and the runs of words between them.
std::vector<Range> pieces_by_numbers(std::span<const cluster::Word> words) {
  std::vector<Range> pieces;
  bool open = false;
  for (std::size_t w = 0; w < words.size(); ++w) {
    const bool number = words[w].hash == cluster::kNumber;
    if (open && !number)
      pieces.back().end = w + 1;
    else
      pieces.push_back({w, w + 1});
    open = !number;
  }
  return pieces;
}

}  // namespace

std::vector<TemplatePart> template_parts(std::string_view text) {
  std::vector<TemplatePart> parts;
  std::size_t fixed_from = 0;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
    const std::string_view kind = slot_at(text.substr(at));
    if (!kind.empty()) {
      if (at > fixed_from) parts.push_back({std::string(text.substr(fixed_from, at - fixed_from))});
      parts.push_back({std::string(kind), true});
      fixed_from = at + kOpen.size() + kind.size() + kClose.size();
    }
    at += kOpen.size();
  }
  if (fixed_from < text.size()) parts.push_back({std::string(text.substr(fixed_from))});
  return parts;
}

SlotReader::SlotReader(const std::vector<TemplatePart>& parts) {
  std::vector<cluster::Word> words;
  for (const TemplatePart& part : parts) {
    if (part.is_slot) {
      if (gaps_.empty() || gaps_.back().before != fixed_.size())
        gaps_.push_back({fixed_.size(), {}});
      gaps_.back().slots.push_back(kinds_.size());
      kinds_.push_back(part.text);
      continue;
    }
    cluster::fold_words(part.text, words);
    for (const cluster::Word& word : words) {
      goes_on_.push_back(gaps_.empty() || gaps_.back().before != fixed_.size());
      fixed_.push_back(word.hash);
    }
  }
}

std::vector<std::optional<std::string>> SlotReader::read(std::string_view text) const {
  std::vector<std::optional<std::string>> out(kinds_.size());
  std::vector<cluster::Word> words;
  cluster::fold_words(text, words);
  if ((fixed_.size() + 1) * (words.size() + 1) > kMostCells) return out;
  const Alignment alignment(fixed_, goes_on_, words);
  const auto& word_of = alignment.word_of();
  for (const Gap& gap : gaps_) {
    std::size_t begin = 0;
    std::size_t end = words.size();
    if (gap.before > 0) {
      if (word_of[gap.before - 1] == kUnmatched) continue;
      begin = word_of[gap.before - 1] + 1;
    }
    if (gap.before < fixed_.size()) {
      if (word_of[gap.before] == kUnmatched) continue;
      end = word_of[gap.before];
    }
    fill(gap, std::span(words).subspan(begin, end - begin), text, out);
  }
  return out;
}

// Slots side by side are told apart by the signs between the words, else by their numbers.
void SlotReader::fill(const Gap& gap, std::span<const cluster::Word> words, std::string_view text,
                      std::vector<std::optional<std::string>>& out) const {
  const auto written = [&](const Range& piece) {
    if (piece.size() == 0) return std::string();
    const std::size_t begin = words[piece.begin].begin;
    return std::string(text.substr(begin, words[piece.end - 1].end - begin));
  };
  std::vector<Range> pieces;
  if (gap.slots.size() == 1)
    pieces = {{0, words.size()}};
  else if (pieces = pieces_by_signs(words, text); !fits(gap, pieces, words))
    if (pieces = pieces_by_numbers(words); !fits(gap, pieces, words)) return;
  for (std::size_t s = 0; s < pieces.size(); ++s) out[gap.slots[s]] = written(pieces[s]);
}

// Whether there is a piece for each slot, and where a number is expected one number.
bool SlotReader::fits(const Gap& gap, const std::vector<Range>& pieces,
                      std::span<const cluster::Word> words) const {
  if (pieces.size() != gap.slots.size()) return false;
  for (std::size_t s = 0; s < pieces.size(); ++s)
    if (is_number(kinds_[gap.slots[s]]) &&
        (pieces[s].size() != 1 || words[pieces[s].begin].hash != cluster::kNumber))
      return false;
  return true;
}

}  // namespace ovillo::flow
