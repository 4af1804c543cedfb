#include "ovillo/extract/internal/place.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "ovillo/base/file.hpp"
#include "ovillo/extract/internal/cut.hpp"
#include "ovillo/extract/internal/toml_file.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::uint16_t kSurePlace = 850;
constexpr std::uint32_t kLargeTown = 50'000;
constexpr std::uint32_t kVeryLargeTown = 100'000;

// Words and numbers of a folded name, single spaces between.
std::string plain_name(std::string_view folded) {
  std::vector<text::Token> tokens;
  text::tokenize(folded, tokens);
  std::string out;
  for (const text::Token& token : tokens) {
    if (token.kind == TokenKind::symbol) continue;
    if (!out.empty()) out.push_back(' ');
    out += token.of(folded);
  }
  return out;
}

bool speaks(std::string_view country, std::string_view language) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kCountries = {
      {{"es", "ES"},
       {"pt", "PT BR"},
       {"en", "GB IE US CA"},
       {"fr", "FR BE LU CH"},
       {"nl", "NL BE"},
       {"de", "DE AT CH"}}};
  for (const auto& [code, countries] : kCountries)
    if (code == language) return countries.find(country) != std::string_view::npos;
  return false;
}

bool is_capital(std::string_view raw) {
  if (raw.empty()) return false;
  const auto byte = static_cast<unsigned char>(raw[0]);
  if (byte < 0x80) return raw[0] >= 'A' && raw[0] <= 'Z';
  // Latin-1 capitals "À" to "Þ"; other non-ASCII letters count as capital.
  return byte != 0xC3 || static_cast<unsigned char>(raw[1]) < 0x9F;
}

// In a text all in capitals a capital says nothing.
bool shouted(const Scan& scan, std::size_t i) {
  const std::string_view raw = scan.raw_of(scan.token_span(i, i + 1));
  return raw.size() > 1 && raw.back() >= 'A' && raw.back() <= 'Z';
}

// Strict prepositions: "de" also joins names.
bool after_preposition(const Scan& scan, std::size_t i, bool strict) {
  std::size_t before = i;
  if (before > 0 && !strict && scan.is_symbol(before - 1, '\'')) --before;  // "d'Anvers"
  if (before == 0) return false;
  if (!scan.is(before - 1, WordClass::place_before)) return false;
  const bool joins = scan.at(before - 1) == "de";
  if (strict && joins) return false;
  // "Marqués de Pombal", "PRAÇA DE BRAGA": a capital before "de" makes one name of it.
  return !joins || before < 2 || !scan.is_kind(before - 2, TokenKind::word) ||
         !is_capital(scan.raw_of(scan.token_span(before - 2, before - 1)));
}

// "4050-265 Porto", "1018 AB Amsterdam", "Kerkstraat 12 Breda": the end of an address.
bool after_address(const Scan& scan, std::size_t i) {
  if (i == 0 || scan.tokens[i].new_line) return false;
  std::size_t number = i - 1;
  if (scan.is_kind(number, TokenKind::word) && scan.length(number) == 2 && number > 0) --number;
  if (!scan.is_kind(number, TokenKind::number)) return false;
  if (scan.length(number) == 4 || scan.length(number) == 5) return true;
  if (scan.length(number) == 3 && number >= 2 && scan.is_symbol(number - 1, '-') &&
      scan.is_kind(number - 2, TokenKind::number) && scan.length(number - 2) == 4)
    return true;
  for (std::size_t j = number; j > 0 && j + 4 > number; --j) {
    if (scan.is(j - 1, WordClass::street)) return true;
    const std::string_view word = scan.at(j - 1);
    if (word.ends_with("straat") || word.ends_with("laan") || word.ends_with("strasse") ||
        word.ends_with("weg") || word.ends_with("plein") || word.ends_with("str"))
      return true;
  }
  return false;
}

// "Chaussée de Gand", "rue Lyon": the name of a street.
bool names_street(const Scan& scan, std::size_t i) {
  if (i == 0) return false;
  if (scan.is(i - 1, WordClass::street)) return true;
  const bool joined = scan.at(i - 1) == "de" || scan.at(i - 1) == "du" || scan.at(i - 1) == "da" ||
                      scan.at(i - 1) == "do";
  return joined && i > 1 && scan.is(i - 2, WordClass::street);
}

std::uint64_t two_words(std::uint64_t first, std::uint64_t second) {
  return first * 0x9e3779b97f4a7c15ULL ^ second;
}

// Key of a name: its word, or its first two.
std::uint64_t key_of(std::string_view folded) {
  const std::size_t space = folded.find(' ');
  const std::uint64_t first = text::token_hash(folded.substr(0, space));
  if (space == std::string_view::npos) return first;
  const std::string_view rest = folded.substr(space + 1);
  return two_words(first, text::token_hash(rest.substr(0, rest.find(' '))));
}

// The word after token i of a name, past "-" and "'"; the number of tokens when there is none.
std::size_t next_word(const Scan& scan, std::size_t i) {
  std::size_t j = i + 1;
  while (j < scan.size() && j < i + 3 && (scan.is_symbol(j, '-') || scan.is_symbol(j, '\''))) ++j;
  return j < scan.size() && !scan.is_kind(j, TokenKind::symbol) ? j : scan.size();
}

// One past the last token of `name` written from token i on, or i.
std::size_t spelled_end(const Scan& scan, std::size_t i, std::string_view name) {
  std::size_t at = 0;
  for (std::size_t j = i; j < scan.size() && j < i + 12; ++j) {
    if (scan.is_kind(j, TokenKind::symbol)) {
      // "Vitoria-Gasteiz", "'s-Hertogenbosch"
      if (!scan.is_symbol(j, '-') && !scan.is_symbol(j, '\'')) return i;
      continue;
    }
    const std::string_view word = scan.at(j);
    if (!name.substr(at).starts_with(word)) return i;
    at += word.size();
    if (at == name.size()) return j + 1;
    if (name[at] != ' ') return i;
    ++at;
  }
  return i;
}

}  // namespace

Result<Gazetteer> Gazetteer::open(const std::filesystem::path& folder) {
  OVILLO_TRY(const std::string rows, read_file(folder / "places.tsv"));
  OVILLO_TRY(const std::string common, read_file(folder / "common.txt"));
  Gazetteer gazetteer;
  for (const std::string_view row : cut(rows, '\n')) {
    if (row.empty() || row.front() == '#') continue;
    const auto cells = cut(row, '\t');
    if (cells.size() != 7) return bad_data(folder / "places.tsv", std::string(row));
    Place place;
    std::from_chars(cells[6].data(), cells[6].data() + cells[6].size(), place.population);
    place.canonical = std::string(cells[0]) + "/" + std::string(cells[1]);
    const auto index = static_cast<std::uint32_t>(gazetteer.places_.size());
    gazetteer.places_.push_back(std::move(place));
    gazetteer.add_name(cells[1], index);
    if (cells[2].empty()) continue;
    for (const std::string_view other : cut(cells[2], '|')) gazetteer.add_name(other, index);
  }
  gazetteer.by_first_.build();
  for (Name& name : gazetteer.names_) {
    std::sort(name.places.begin(), name.places.end(), [&](std::uint32_t a, std::uint32_t b) {
      const Place& left = gazetteer.places_[a];
      const Place& right = gazetteer.places_[b];
      return std::tie(right.population, left.canonical) <
             std::tie(left.population, right.canonical);
    });
  }
  for (const std::string_view line : cut(common, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    for (const std::string_view word : cut(line, ' ')) {
      const auto found = gazetteer.by_name_.find(std::string(word));
      if (found != gazetteer.by_name_.end()) gazetteer.names_[found->second].common = true;
    }
  }
  return gazetteer;
}

void Gazetteer::add_name(std::string_view name, std::uint32_t place) {
  const std::string folded = plain_name(text::folded(name));
  if (folded.size() < 3) return;
  const auto [found, fresh] = by_name_.emplace(folded, static_cast<std::uint32_t>(names_.size()));
  if (fresh) {
    names_.push_back({folded, {}, folded.size() < 4});
    by_first_.add(key_of(folded), found->second);
  }
  auto& places = names_[found->second].places;
  if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

// The longest name that starts at token i.
Gazetteer::Hit Gazetteer::longest(const Scan& scan, std::size_t i) const {
  Hit best;
  const std::size_t second = next_word(scan, i);
  if (second < scan.size())
    match(scan, i, two_words(scan.tokens[i].hash, scan.tokens[second].hash), best);
  if (best.name == nullptr) match(scan, i, scan.tokens[i].hash, best);
  return best;
}

// The longest name of one key that token i and those after it spell.
void Gazetteer::match(const Scan& scan, std::size_t i, std::uint64_t key, Hit& best) const {
  const auto starting = by_first_.find(key);
  if (starting.empty()) return;
  const bool capital = is_capital(scan.raw_of(scan.token_span(i, i + 1)));
  for (const std::uint32_t index : starting) {
    const Name& name = names_[index];
    if (best.name != nullptr && name.folded.size() <= best.name->folded.size()) continue;
    const std::size_t end = spelled_end(scan, i, name.folded);
    if (end == i) continue;
    // "Madrid centro" is no "Madrid Centro": the last word is written like the first.
    if (is_capital(scan.raw_of(scan.token_span(end - 1, end))) == capital) best = {end, &name};
  }
}

const Gazetteer::Place& Gazetteer::choose(const Name& name, std::string_view region,
                                          std::string_view language) const {
  for (const std::uint32_t index : name.places)
    if (places_[index].canonical.starts_with(region) && !region.empty()) return places_[index];
  // A world city is meant rather than its small namesake next door.
  const Place& largest = places_[name.places.front()];
  for (const std::uint32_t index : name.places) {
    const Place& place = places_[index];
    if (speaks(std::string_view(place.canonical).substr(0, 2), language) &&
        place.population * 10ULL >= largest.population)
      return place;
  }
  return largest;
}

std::optional<std::uint16_t> Gazetteer::confidence(const Scan& scan, std::size_t i,
                                                   const Hit& hit) const {
  const std::uint32_t population = places_[hit.name->places.front()].population;
  if (names_street(scan, i)) return std::nullopt;
  const bool capital = is_capital(scan.raw_of(scan.token_span(i, i + 1)));
  const bool several_words = hit.name->folded.find(' ') != std::string::npos;
  if (hit.name->common) {
    if (!capital || shouted(scan, i)) return std::nullopt;
    if (after_preposition(scan, i, true) || after_address(scan, i)) return 700;
    // A large town of the text's own language: "vengo de Porto", "90€, Rennes, ...", "Braga
    // centro"; "Nice place" is none.
    const bool inside = i > 0 && !scan.tokens[i].new_line && !scan.is_symbol(i - 1, '.');
    const bool alone =
        inside && scan.is_symbol(i - 1, ',') &&
        (hit.end == scan.size() || scan.is_symbol(hit.end, ',') || scan.is_symbol(hit.end, '.'));
    const bool centre = hit.end < scan.size() && !scan.tokens[hit.end].new_line &&
                        (scan.at(hit.end) == "centro" || scan.at(hit.end) == "centre" ||
                         scan.at(hit.end) == "centrum" || scan.at(hit.end) == "zentrum");
    const Place& largest = places_[hit.name->places.front()];
    const bool spoken = speaks(std::string_view(largest.canonical).substr(0, 2), scan.language);
    if (spoken && population >= kLargeTown && (alone || centre)) return 600;
    if (inside && spoken && population >= kVeryLargeTown && after_preposition(scan, i, false))
      return 600;
    return std::nullopt;
  }
  const bool preposition = after_preposition(scan, i, false) || after_address(scan, i);
  if (capital && (preposition || several_words)) return 950;
  if (capital && population >= kVeryLargeTown) return 850;
  if (!capital && population >= kLargeTown && after_preposition(scan, i, true)) return 600;
  return std::nullopt;
}

void Gazetteer::find(Scan& scan) const {
  for (std::size_t i = 0; i < scan.size(); ++i) {
    if (!scan.is_kind(i, TokenKind::word) || scan.taken[i] != Taken::free) continue;
    // Without a capital only what follows "en", "in" ... can be a place.
    if (!is_capital(scan.raw_of(scan.token_span(i, i + 1))) &&
        !(i > 0 && scan.is(i - 1, WordClass::place_before)))
      continue;
    const Hit hit = longest(scan, i);
    if (hit.name == nullptr) continue;
    if (const auto sure = confidence(scan, i, hit)) {
      const Place& place = choose(*hit.name, scan.region, scan.language);
      scan.add(FindKind::place, scan.token_span(i, hit.end), WrittenAs::plain, *sure,
               place.canonical);
      if (*sure >= kSurePlace) scan.take(i, hit.end, Taken::by_place);
      i = hit.end - 1;
    }
  }
}

std::optional<std::string> Gazetteer::value(std::string_view raw, std::string_view region) const {
  const auto found = by_name_.find(plain_name(text::folded(raw)));
  if (found == by_name_.end()) return std::nullopt;
  return choose(names_[found->second], region, {}).canonical;
}

}  // namespace ovillo::extract
