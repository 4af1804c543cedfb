#include "ovillo/assess/internal/phrase.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/assess/internal/words.hpp"

namespace ovillo::assess {

namespace {

constexpr std::uint8_t kMaxGap = 7;

Error bad_phrase(std::string_view phrase, std::string_view why) {
  return Error(ErrorCode::base_bad_data_file, fmt::format("phrase \"{}\": {}", phrase, why));
}

// A gap stands as a step of its own until the sequence is whole.
struct Item {
  PhraseStep step;
  bool is_gap = false;
};
using Items = std::vector<Item>;

// Reads by descent, one call for each open bracket: at most kMaxOpenBrackets deep.
class Reader {
 public:
  explicit Reader(std::string_view phrase) : phrase_(phrase) {}

  Result<std::vector<Items>> read() {
    OVILLO_TRY(auto all, alternatives());
    if (at_ < phrase_.size()) return bad_phrase(phrase_, "a bracket too many");
    return all;
  }

 private:
  // NOLINTBEGIN(misc-no-recursion): kMaxOpenBrackets bounds it.
  // alternative ("|" alternative)*, up to ")" or the end
  Result<std::vector<Items>> alternatives() {
    std::vector<Items> all;
    for (;;) {
      OVILLO_TRY(auto some, sequence());
      all.insert(all.end(), some.begin(), some.end());
      if (at_ < phrase_.size() && phrase_[at_] == '|') {
        ++at_;
        continue;
      }
      return all;
    }
  }

  Result<std::vector<Items>> sequence() {
    std::vector<Items> heads(1);
    while (at_ < phrase_.size() && phrase_[at_] != '|' && phrase_[at_] != ')') {
      if (phrase_[at_] == ' ') {
        ++at_;
        continue;
      }
      OVILLO_TRY(auto tails, element());
      std::vector<Items> joined;
      for (const Items& head : heads)
        for (const Items& tail : tails) {
          joined.push_back(head);
          joined.back().insert(joined.back().end(), tail.begin(), tail.end());
        }
      if (joined.size() > kMaxExpansions) return bad_phrase(phrase_, "too many alternatives");
      heads = std::move(joined);
    }
    return heads;
  }

  Result<std::vector<Items>> element() {
    if (phrase_[at_] == '(') return group();
    const std::size_t begin = at_;
    while (at_ < phrase_.size() && std::string_view(" ()|").find(phrase_[at_]) == std::string::npos)
      ++at_;
    OVILLO_TRY(auto items, word(phrase_.substr(begin, at_ - begin)));
    return std::vector<Items>{std::move(items)};
  }

  Result<std::vector<Items>> group() {
    if (n_open_ == kMaxOpenBrackets) return bad_phrase(phrase_, "brackets are too deep");
    ++at_;
    ++n_open_;
    OVILLO_TRY(auto all, alternatives());
    --n_open_;
    if (at_ == phrase_.size()) return bad_phrase(phrase_, "a bracket is not closed");
    ++at_;
    join_single_words(all);
    if (at_ < phrase_.size() && phrase_[at_] == '?') {
      ++at_;
      all.emplace_back();
    }
    return all;
  }

  // NOLINTEND(misc-no-recursion)

  // (a|b|c d) is one step of a and b, and one sequence c d.
  static void join_single_words(std::vector<Items>& all) {
    Item joined;
    std::erase_if(all, [&](const Items& items) {
      if (items.size() != 1 || items.front().is_gap) return false;
      const auto& atoms = items.front().step.atoms;
      joined.step.atoms.insert(joined.step.atoms.end(), atoms.begin(), atoms.end());
      return true;
    });
    if (!joined.step.atoms.empty()) all.push_back({std::move(joined)});
  }

  Result<Items> word(std::string_view word) {
    using Kind = PhraseAtom::Kind;
    if (word == "#") return Items{{{{{Kind::number, "#"}}, 0}}};
    if (word.starts_with('@')) return Items{{{{{Kind::list, std::string(word.substr(1))}}, 0}}};
    if (word.starts_with("..")) {
      if (word.size() != 3 || word[2] < '1' || word[2] > '0' + kMaxGap)
        return bad_phrase(phrase_, "a gap is ..1 to ..7");
      return Items{{{{}, static_cast<std::uint8_t>(word[2] - '0')}, true}};
    }
    Items items;
    for (std::string& folded : folded_words(word))
      items.push_back({{{{Kind::word, std::move(folded)}}, 0}});
    if (items.empty()) return bad_phrase(phrase_, fmt::format("\"{}\" holds no word", word));
    if (word.ends_with('*')) items.back().step.atoms.front().kind = Kind::prefix;
    return items;
  }

  std::string_view phrase_;
  std::size_t at_ = 0;
  std::size_t n_open_ = 0;  // brackets
};

// A gap before the first or after the last word, as an optional part leaves it, means nothing.
Result<PhraseSteps> settle_gaps(std::string_view phrase, const Items& items) {
  PhraseSteps steps;
  std::uint8_t gap = 0;
  for (const Item& item : items) {
    if (item.is_gap) {
      gap = steps.empty() ? std::uint8_t{0} : item.step.gap;
      continue;
    }
    steps.push_back(item.step);
    auto& atoms = steps.back().atoms;
    std::sort(atoms.begin(), atoms.end());
    atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
    steps.back().gap = gap;
    gap = 0;
  }
  if (steps.empty()) return bad_phrase(phrase, "it can be empty");
  return steps;
}

char character_of(std::uint8_t symbol) {
  if (symbol < folded::kDigit0) return static_cast<char>('a' + symbol);
  if (is_digit(symbol)) return static_cast<char>('0' + symbol - folded::kDigit0);
  return '?';
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
  Words split;
  split_words(text, split);
  std::vector<std::string> words;
  for (const Word& word : split.words) {
    std::string& folded = words.emplace_back();
    for (std::uint32_t i = word.symbol_begin; i < word.symbol_end; ++i)
      folded += character_of(split.symbols[i]);
  }
  return words;
}

Result<std::vector<PhraseSteps>> expand_phrase(std::string_view phrase) {
  OVILLO_TRY(const auto all, Reader(phrase).read());
  std::vector<PhraseSteps> out;
  for (const Items& items : all) {
    OVILLO_TRY(auto steps, settle_gaps(phrase, items));
    out.push_back(std::move(steps));
  }
  return out;
}

}  // namespace ovillo::assess
