#include "ovillo/extract/internal/name.hpp"

#include <algorithm>
#include <array>

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::uint64_t kHere = text::token_hash("here");
constexpr std::uint64_t kAqui = text::token_hash("aqui");
constexpr std::uint64_t kComma = text::token_hash(",");
constexpr std::uint16_t kFirm = 800;
constexpr std::uint16_t kSoft = 600;
constexpr std::uint16_t kBare = 550;

// Capitalised words that follow "I am", "soy" ... without being a name. Words of the language lists
// are none either.
constexpr std::array<std::string_view, 22> kNoNames = {
    "latina",     "brasilena", "colombiana", "french",     "spanish",   "english",
    "dutch",      "belgian",   "german",     "portuguese", "brazilian", "colombian",
    "venezolana", "rusa",      "italiana",   "dominicana", "paraguaya", "whatsapp",
    "telegram",   "rumana",    "francesa",   "nieuw"};

// "Ana", not "ANA" nor "ana": in a text all in capitals the capital says nothing.
bool looks_like_name(const Scan& scan, std::size_t i, bool firm) {
  const bool free = scan.taken[i] == Taken::free || (firm && scan.taken[i] == Taken::by_place);
  if (!scan.is_kind(i, TokenKind::word) || !free) return false;
  if (scan.length(i) < 3 || scan.length(i) > 20) return false;
  const std::string_view raw = scan.raw_of(scan.token_span(i, i + 1));
  const bool capital = raw[0] >= 'A' && raw[0] <= 'Z';
  const bool accented =
      raw.size() > 1 && raw[0] == '\xC3' && static_cast<unsigned char>(raw[1]) < 0x9F;
  const bool rest_lower = raw.back() < 'A' || raw.back() > 'Z';
  if (!(capital || accented) || !rest_lower) return false;
  return std::find(kNoNames.begin(), kNoNames.end(), scan.at(i)) == kNoNames.end() &&
         !scan.is(i, WordClass::phone_cue | WordClass::service);
}

void add(Scan& scan, std::size_t i, std::uint16_t confidence) {
  const Span span = scan.token_span(i, i + 1);
  scan.add(FindKind::name, span, WrittenAs::plain, confidence, std::string(scan.raw_of(span)));
  scan.take(i, i + 1, Taken::by_name);
}

}  // namespace

void find_name(Scan& scan, std::size_t i, bool firm) {
  std::size_t name = i;
  while (name < scan.size() && name < i + 2 &&
         (scan.is_symbol(name, ':') || scan.is_symbol(name, '\'') || scan.at(name) == "a" ||
          scan.at(name) == "o" || scan.at(name) == "la"))
    ++name;
  if (name >= scan.size() || !looks_like_name(scan, name, firm)) return;
  if (!firm && scan.words[name]->languages != 0) return;
  add(scan, name, firm ? kFirm : kSoft);
}

void find_bare_names(Scan& scan) {
  for (std::size_t i = 0; i + 1 < scan.size(); ++i) {
    const std::uint64_t next = scan.tokens[i + 1].hash;
    if (next != kHere && next != kAqui && next != kComma) continue;
    if (!scan.is_kind(i, TokenKind::word) || scan.words[i]->languages != 0) continue;
    const bool here = next != kComma;
    const bool age = scan.is_symbol(i + 1, ',') && scan.is_kind(i + 2, TokenKind::number) &&
                     scan.length(i + 2) == 2 && scan.is(i + 3, WordClass::age_unit);
    if ((here || age) && looks_like_name(scan, i, false)) add(scan, i, kBare);
  }
}

}  // namespace ovillo::extract
