#include "ovillo/extract/internal/name.hpp"

#include <algorithm>
#include <array>

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::size_t kLongestIntro = 4;

// Words before a name, folded, last word first; signs between them do not count. `firm` ones are
// said before names only, the others ("soy", "i am") before anything.
struct Intro {
  std::array<std::string_view, kLongestIntro> words;
  bool firm;
};
constexpr std::array<Intro, 21> kIntros = {{
    {{"soy", "", "", ""}, false},       {{"llamo", "me", "", ""}, true},
    {{"es", "nombre", "mi", ""}, true}, {{"a", "sou", "", ""}, false},
    {{"o", "sou", "", ""}, false},      {{"me", "chamo", "", ""}, true},
    {{"chamo", "me", "", ""}, true},    {{"e", "nome", "meu", "o"}, true},
    {{"am", "i", "", ""}, false},       {{"m", "i", "", ""}, false},
    {{"is", "name", "my", ""}, true},   {{"me", "call", "", ""}, false},
    {{"suis", "je", "", ""}, false},    {{"appelle", "m", "je", ""}, true},
    {{"est", "c", "moi", ""}, true},    {{"ben", "ik", "", ""}, false},
    {{"is", "naam", "mijn", ""}, true}, {{"me", "noem", "", ""}, true},
    {{"heet", "ik", "", ""}, true},     {{"bin", "ich", "", ""}, false},
    {{"heisse", "ich", "", ""}, true},
}};

// Capitalised words that follow "I am", "soy" ... without being a name.
constexpr std::array<std::string_view, 32> kNoNames = {
    "in",         "en",         "espanola",  "latina",     "brasileira", "brasilena", "colombiana",
    "portuguesa", "french",     "spanish",   "english",    "dutch",      "belgian",   "german",
    "portuguese", "brazilian",  "colombian", "venezolana", "una",        "uma",       "un",
    "the",        "new",        "nieuw",     "nueva",      "nova",       "nouvelle",  "rusa",
    "italiana",   "dominicana", "paraguaya", "whatsapp"};

std::size_t previous_word(const Scan& scan, std::size_t i) {
  while (i > 0 && scan.is_kind(i - 1, TokenKind::symbol) &&
         (scan.is_symbol(i - 1, '\'') || scan.is_symbol(i - 1, '-') ||
          scan.length(i - 1) == 3))  // typographic apostrophe
    --i;
  return i;
}

bool introduced_by(const Scan& scan, std::size_t name, const Intro& intro) {
  std::size_t i = name;
  for (const std::string_view word : intro.words) {
    if (word.empty()) break;
    i = previous_word(scan, i);
    if (i == 0 || scan.at(i - 1) != word) return false;
    --i;
  }
  return true;
}

// "Ana", not "ANA" nor "ana": in a text all in capitals the capital says nothing.
bool looks_like_name(const Scan& scan, std::size_t i) {
  if (scan.length(i) < 3 || scan.length(i) > 20) return false;
  const std::string_view raw = scan.raw_of(scan.token_span(i, i + 1));
  const bool capital = raw[0] >= 'A' && raw[0] <= 'Z';
  const bool accented =
      raw.size() > 1 && raw[0] == '\xC3' && static_cast<unsigned char>(raw[1]) < 0x9F;
  const bool rest_lower = raw.back() < 'A' || raw.back() > 'Z';
  return (capital || accented) && rest_lower;
}

}  // namespace

void find_names(Scan& scan) {
  for (std::size_t i = 1; i < scan.size(); ++i) {
    if (!scan.is_kind(i, TokenKind::word) || !looks_like_name(scan, i)) continue;
    const auto found = std::find_if(kIntros.begin(), kIntros.end(), [&](const Intro& intro) {
      return introduced_by(scan, i, intro);
    });
    if (found == kIntros.end()) continue;
    const std::string_view folded = scan.at(i);
    if (std::find(kNoNames.begin(), kNoNames.end(), folded) != kNoNames.end()) continue;
    if (scan.is(i, WordClass::phone_cue | WordClass::service)) continue;
    const Span span = scan.token_span(i, i + 1);
    scan.add(FindKind::name, span, WrittenAs::plain, found->firm ? 800 : 600,
             std::string(scan.raw_of(span)));
  }
}

}  // namespace ovillo::extract
