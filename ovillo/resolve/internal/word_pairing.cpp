#include "ovillo/resolve/internal/word_pairing.hpp"

#include <algorithm>
#include <string>

#include "ovillo/resolve/internal/word_distance.hpp"

namespace ovillo::resolve::internal {

namespace {

using text::Script;

constexpr std::int32_t kOtherSpelling = 30;  // of a letter: only the romanisation differs

template <class Groups>
bool share(const Groups& a, const Groups& b) {
  return std::any_of(a.begin(), a.end(), [&](std::uint16_t one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
}

std::optional<WordLikeness> by_list(const NameWord& a, const NameWord& b, NameKind kind) {
  if (a.entry == nullptr || b.entry == nullptr) return {};
  if (kind == NameKind::person) {
    if (a.is(NameWordClass::child_of) && b.is(NameWordClass::child_of))
      return WordLikeness{NameRelation::equivalent, 900};
    if (share(a.entry->names, b.entry->names)) return WordLikeness{NameRelation::equivalent, 850};
    if (share(a.entry->called, b.entry->called)) return WordLikeness{NameRelation::nickname, 700};
    return {};
  }
  if (a.is(NameWordClass::form) && b.is(NameWordClass::form)) {
    if (a.entry->form != b.entry->form && a.entry->form != FormKind::any &&
        b.entry->form != FormKind::any)
      return {};
    return WordLikeness{NameRelation::equivalent, 900};
  }
  if (a.entry->sense != 0 && a.entry->sense == b.entry->sense)
    return WordLikeness{NameRelation::equivalent, 950};
  return {};
}

// Both words are known as something, so that one is not the other misspelt.
bool are_known_apart(const NameWord& a, const NameWord& b, NameKind kind) {
  if (a.entry == nullptr || b.entry == nullptr) return false;
  if (kind == NameKind::person) return a.is(NameWordClass::given) && b.is(NameWordClass::given);
  return a.entry->classes != 0 && b.entry->classes != 0;
}

// "Petrova" and "Petrov".
bool are_of_one_family(const std::string& a, const std::string& b,
                       const NameVocabulary& vocabulary) {
  constexpr std::size_t kStem = 3;
  for (const auto& [woman, man] : vocabulary.surname_endings()) {
    const auto fits = [&](const std::string& x, const std::string& y) {
      return x.size() >= woman.size() + kStem && x.ends_with(woman) && y.ends_with(man) &&
             x.size() - woman.size() == y.size() - man.size() &&
             x.compare(0, x.size() - woman.size(), y, 0, y.size() - man.size()) == 0;
    };
    if (fits(a, b) || fits(b, a)) return true;
  }
  return false;
}

bool is_foreign(const NameWord& word) { return word.script != Script::latin; }

std::optional<WordLikeness> by_sound(const NameWord& a, const NameWord& b) {
  if (a.script == b.script) return {};  // compared by their letters
  const auto either = [&](Script one) { return a.script == one || b.script == one; };
  if (either(Script::unread)) return {};
  const bool loose = either(Script::kana) || either(Script::syllables);
  if (!loose && !either(Script::abjad)) return {};
  const std::string x = consonants(a.text, loose);
  const std::string y = consonants(b.text, loose);
  constexpr std::size_t kFew = 2;
  if (x.size() < kFew || y.size() < kFew) {
    if (x != y || x.empty()) return {};
    return WordLikeness{NameRelation::sound, 400};
  }
  if (x == y) return WordLikeness{NameRelation::sound, 700};
  constexpr std::size_t kMany = 4;
  if (std::min(x.size(), y.size()) >= kMany && word_distance(x, y, kOneLetter) <= kOneLetter)
    return WordLikeness{NameRelation::sound, 500};
  return {};
}

}  // namespace

std::int32_t most_apart(std::size_t a, std::size_t b, NameKind kind) {
  const std::size_t n = std::max(a, b);
  const bool person = kind == NameKind::person;
  if (n <= 2) return person ? 50 : 0;
  if (n == 3) return person ? 80 : 0;
  if (n == 4) return person ? 105 : 50;
  if (n == 5) return person ? 150 : 110;
  if (n <= 7) return person ? 200 : 150;
  return person ? 220 : 200;
}

std::optional<WordLikeness> likeness(const NameWord& a, const NameWord& b, NameKind kind,
                                     const NameVocabulary& vocabulary) {
  if (a.script == Script::syllables && b.script == Script::syllables) {
    if (a.raw != b.raw) return {};
    return WordLikeness{};
  }
  if (a.text == b.text)
    return is_foreign(a) == is_foreign(b) ? WordLikeness{}
                                          : WordLikeness{NameRelation::other_script, 950};
  if (a.is_number || b.is_number) return {};
  if (kind == NameKind::person && (a.text.size() == 1 || b.text.size() == 1)) {
    if (a.text[0] != b.text[0] || a.is_light || b.is_light) return {};
    const std::int32_t full = std::max(a.quarter_bits, b.quarter_bits);
    const std::int32_t least = std::min(a.quarter_bits, b.quarter_bits);
    return WordLikeness{NameRelation::initial, full == 0 ? 0 : least * 1000 / full};
  }
  if (const auto listed = by_list(a, b, kind)) return listed;
  if (a.is_light && b.is_light) return {};
  if (are_known_apart(a, b, kind)) return {};
  if (kind == NameKind::person && are_of_one_family(a.text, b.text, vocabulary))
    return WordLikeness{NameRelation::equivalent, 800};
  std::int32_t most = most_apart(a.text.size(), b.text.size(), kind);
  // Of a word without vowels each letter counts.
  constexpr std::size_t kShortAbjad = 4;
  if (a.script == Script::abjad && b.script == Script::abjad)
    most = std::min(a.text.size(), b.text.size()) <= kShortAbjad ? 60 : kOneLetter;
  const std::size_t longer = std::max(a.text.size(), b.text.size());
  const std::size_t shorter = std::min(a.text.size(), b.text.size());
  if (longer - shorter <= 4 && longer <= kLongestCompared) {
    std::int32_t apart = word_distance(a.text, b.text, most);
    if (apart > kOtherSpelling && !(is_foreign(a) && is_foreign(b))) {
      const std::string x = one_spelling(a.text);
      const std::string y = one_spelling(b.text);
      const std::int32_t most_left = most_apart(x.size(), y.size(), kind) - kOtherSpelling;
      const std::int32_t left = word_distance(x, y, most_left);
      if (left <= most_left) apart = std::min(apart, kOtherSpelling + left);
    }
    if (apart <= most)
      return WordLikeness{NameRelation::spelling, 1000 - 500 * apart / std::max(most, 1)};
  }
  if (const auto heard = by_sound(a, b)) return heard;
  constexpr std::size_t kBackwards = 5;
  if (shorter >= kBackwards && longer == shorter &&
      std::equal(a.text.begin(), a.text.end(), b.text.rbegin()))
    return WordLikeness{NameRelation::backwards, 500};
  return {};
}

}  // namespace ovillo::resolve::internal
