#include "ovillo/resolve/internal/word_distance.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ovillo/resolve/internal/name_tokens.hpp"

namespace ovillo::resolve::internal {

namespace {

constexpr std::int32_t kSameSound = 50;
constexpr std::int32_t kOtherVowel = 70;
constexpr std::int32_t kDoubled = 25;
constexpr std::size_t kLetters = 128;

using Costs = std::array<std::array<std::int16_t, kLetters>, kLetters>;

constexpr bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

constexpr Costs make_costs() {
  Costs costs{};
  for (auto& row : costs)
    for (auto& cost : row) cost = kOneLetter;
  for (std::size_t c = 0; c < kLetters; ++c) costs[c][c] = 0;
  const auto set = [&](char a, char b, std::int32_t cost) {
    const auto x = static_cast<std::size_t>(a);
    const auto y = static_cast<std::size_t>(b);
    costs[x][y] = costs[y][x] = static_cast<std::int16_t>(cost);
  };
  constexpr std::string_view kVowels = "aeiouy";
  for (const char a : kVowels)
    for (const char b : kVowels)
      if (a != b) set(a, b, kOtherVowel);
  constexpr std::string_view kSounds = "tdpbkgszfvckqkcsiyijyjouvwcqxskcgj";
  for (std::size_t i = 0; i + 1 < kSounds.size(); i += 2)
    set(kSounds[i], kSounds[i + 1], kSameSound);
  return costs;
}

constexpr Costs kCosts = make_costs();

std::int32_t exchange(char a, char b) {
  const auto x = static_cast<unsigned char>(a);
  const auto y = static_cast<unsigned char>(b);
  if (x >= kLetters || y >= kLetters) return x == y ? 0 : kOneLetter;
  return kCosts[x][y];
}

// A letter too many: a doubled one is hardly noticed.
std::int32_t extra(std::string_view word, std::size_t i) {
  if (i > 0 && word[i] == word[i - 1]) return kDoubled;
  if (i + 1 < word.size() && word[i] == word[i + 1]) return kDoubled;
  return kOneLetter;
}

// A mistake in the first letter is rarer.
std::int32_t at_start(std::int32_t cost) { return cost + cost / 2; }

}  // namespace

std::int32_t word_distance(std::string_view a, std::string_view b, std::int32_t most) {
  if (a == b) return 0;
  if (a.size() > kLongestCompared || b.size() > kLongestCompared) return most + 1;
  using Row = std::array<std::int32_t, kLongestCompared + 1>;
  Row rows[3];
  Row* before = rows;
  Row* above = rows + 1;
  Row* here = rows + 2;
  (*above)[0] = 0;
  for (std::size_t j = 0; j < b.size(); ++j)
    (*above)[j + 1] = (*above)[j] + (j == 0 ? at_start(extra(b, 0)) : extra(b, j));
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::int32_t extra_a = i == 0 ? at_start(extra(a, 0)) : extra(a, i);
    (*here)[0] = (*above)[0] + extra_a;
    std::int32_t least = (*here)[0];
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::int32_t extra_b = j == 0 ? at_start(extra(b, 0)) : extra(b, j);
      std::int32_t change = exchange(a[i], b[j]);
      if (i == 0 && j == 0) change = at_start(change);
      std::int32_t best =
          std::min({(*above)[j] + change, (*above)[j + 1] + extra_a, (*here)[j] + extra_b});
      if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j])
        best = std::min(best, (*before)[j - 1] + kOneLetter);
      (*here)[j + 1] = best;
      least = std::min(least, best);
    }
    if (least > most + kOneLetter) return most + 1;
    std::swap(before, above);
    std::swap(above, here);
  }
  return std::min((*above)[b.size()], most + 1);
}

namespace {

// Applied left to right, once; the longest that fits.
using Rule = std::pair<std::string_view, std::string_view>;
constexpr Rule kOneSpelling[] = {
    {"shch", "sh"}, {"schtsch", "sh"}, {"tsch", "c"}, {"tch", "c"}, {"sch", "s"}, {"sh", "s"},
    {"ch", "c"},    {"cz", "c"},       {"sz", "s"},   {"tz", "ts"}, {"zh", "j"},  {"dzh", "j"},
    {"dj", "j"},    {"dh", "d"},       {"th", "t"},   {"kh", "h"},  {"gh", "g"},  {"ph", "f"},
    {"rh", "r"},    {"ck", "k"},       {"cq", "k"},   {"qu", "k"},  {"q", "k"},   {"x", "ks"},
    {"ou", "u"},    {"oo", "u"},       {"oe", "o"},   {"ae", "e"},  {"ue", "u"},  {"ie", "i"},
    {"ee", "i"},    {"ei", "ai"},      {"ey", "ai"},  {"ay", "ai"}, {"aj", "ai"}, {"ej", "ai"},
    {"iy", "i"},    {"ij", "i"},       {"yi", "i"},   {"yu", "iu"}, {"ju", "iu"}, {"ya", "ia"},
    {"ja", "ia"},   {"ye", "e"},       {"je", "e"},   {"yo", "io"}, {"jo", "io"}, {"w", "v"},
    {"y", "i"},     {"aa", "a"}};

bool starts_rule(char c) {
  static const auto starts = [] {
    std::array<bool, 256> out{};
    for (const auto& rule : kOneSpelling) out[static_cast<unsigned char>(rule.first[0])] = true;
    return out;
  }();
  return starts[static_cast<unsigned char>(c)];
}

}  // namespace

std::string one_spelling(std::string_view word) {
  std::string out;
  out.reserve(word.size() + 2);
  const auto add = [&](char c) {
    if (out.empty() || out.back() != c) out += c;
  };
  for (std::size_t i = 0; i < word.size();) {
    const std::string_view rest = word.substr(i);
    // "Xi", "Xavier": x begins a word as s.
    if (i == 0 && word[0] == 'x') {
      add('s');
      ++i;
      continue;
    }
    const Rule* longest = nullptr;
    if (starts_rule(word[i]))
      for (const Rule& rule : kOneSpelling)
        if ((longest == nullptr || rule.first.size() > longest->first.size()) &&
            rest.starts_with(rule.first))
          longest = &rule;
    std::size_t taken = longest == nullptr ? 0 : longest->first.size();
    if (longest != nullptr)
      for (const char c : longest->second) add(c);
    if (taken == 0) {
      // "c" is k but before e and i.
      const bool soft = word[i] == 'c' && i + 1 < word.size() &&
                        (word[i + 1] == 'e' || word[i + 1] == 'i' || word[i + 1] == 'y');
      add(word[i] == 'c' ? (soft ? 's' : 'k') : word[i]);
      taken = 1;
    }
    i += taken;
  }
  return out;
}

std::string consonants(std::string_view word, bool loose) {
  std::string out;
  for (const char c : one_spelling(word)) {
    char merged = c;
    if (is_vowel(c) || c == 'h' || c == 'v' || c == '\'') {
      // Arabic writes v as f or w, w as u: at the start of a word it is kept.
      if (c != 'v' || !out.empty()) continue;
      merged = 'f';
    }
    if (c == 'p') merged = 'b';
    if (c == 'k' || c == 'j') merged = 'g';
    if (c == 'c') merged = loose ? 'g' : 's';
    if (c == 'z') merged = 's';
    if (c == 'd' && loose) merged = 't';
    if (c == 'r' && loose) merged = 'l';
    if (out.empty() || out.back() != merged) out += merged;
  }
  return out;
}

}  // namespace ovillo::resolve::internal
