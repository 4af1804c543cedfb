#include "ovillo/extract/internal/phrases.hpp"

#include <array>

#include "ovillo/extract/internal/name.hpp"
#include "ovillo/extract/internal/toml_file.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

constexpr std::size_t kFilterBits = 1U << 14;
constexpr std::array<std::string_view, 3> kKinds = {"promise", "voice", "name"};

// One past the last token of the words, read from token i on past signs; 0 when they differ.
std::size_t spelled_end(const Scan& scan, std::size_t i, const std::vector<std::uint64_t>& words) {
  constexpr std::size_t kMostSigns = 2;
  std::size_t j = i;
  std::size_t n_signs = 0;
  for (const std::uint64_t word : words) {
    while (j > i && j < scan.size() && scan.is_kind(j, TokenKind::symbol) && n_signs < kMostSigns) {
      ++j;
      ++n_signs;
    }
    if (j >= scan.size() || scan.tokens[j].hash != word) return 0;
    if (j > i && scan.tokens[j].new_line) return 0;
    ++j;
  }
  return j;
}

}  // namespace

Result<Phrases> Phrases::open(const std::filesystem::path& file) {
  OVILLO_TRY(const toml::table table, read_toml(file));
  Phrases phrases;
  phrases.filter_.assign(kFilterBits / 64, 0);
  std::vector<text::Token> tokens;
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    const toml::table* lists = table[kKinds[kind]].as_table();
    if (lists == nullptr) return bad_data(file, "no table " + std::string(kKinds[kind]));
    for (const auto& [canonical, node] : *lists) {
      const toml::array* list = node.as_array();
      if (list == nullptr) return bad_data(file, std::string(canonical.str()) + " is no list");
      for (const toml::node& entry : *list) {
        const auto words = entry.value_or(std::string_view{});
        text::tokenize(words, tokens);
        if (tokens.empty()) return bad_data(file, "an empty phrase");
        Phrase phrase;
        phrase.kind = static_cast<PhraseKind>(kind);
        phrase.canonical = std::string(canonical.str());
        for (const text::Token& token : tokens) phrase.words.push_back(token.hash);
        const std::uint64_t first = phrase.words.front();
        phrases.by_first_[first].push_back(static_cast<std::uint32_t>(phrases.phrases_.size()));
        phrases.filter_[first % kFilterBits / 64] |= std::uint64_t{1} << (first % 64);
        phrases.phrases_.push_back(std::move(phrase));
      }
    }
  }
  return phrases;
}

Phrases::Hit Phrases::longest(const Scan& scan, std::size_t i, PhraseKind kind) const {
  Hit best;
  const auto found = by_first_.find(scan.tokens[i].hash);
  if (found == by_first_.end()) return best;
  for (const std::uint32_t index : found->second) {
    const Phrase& phrase = phrases_[index];
    if (phrase.kind != kind) continue;
    const std::size_t end = spelled_end(scan, i, phrase.words);
    if (end > best.end) best = {end, phrase.kind, &phrase.canonical};
  }
  return best;
}

void Phrases::find(Scan& scan) const {
  std::vector<const std::string*> heard;
  std::size_t promised = 0;  // promises do not overlap
  std::size_t named = 0;     // neither do names
  for (std::size_t i = 0; i < scan.size(); ++i) {
    if (!scan.is_kind(i, TokenKind::word)) continue;
    const std::uint64_t hash = scan.tokens[i].hash;
    if ((filter_[hash % kFilterBits / 64] >> (hash % 64) & 1) == 0) continue;
    if (const Hit hit = longest(scan, i, PhraseKind::promise); hit.end != 0 && i >= promised) {
      scan.add(FindKind::promise, scan.token_span(i, hit.end), WrittenAs::plain, 800,
               *hit.canonical);
      promised = hit.end;
    }
    if (const Hit hit = longest(scan, i, PhraseKind::voice); hit.end != 0) {
      bool again = false;
      for (const std::string* voice : heard) again = again || *voice == *hit.canonical;
      if (!again && (heard.empty() || i >= named)) {
        heard.push_back(hit.canonical);
        scan.add(FindKind::voice, scan.token_span(i, hit.end), WrittenAs::plain, 600,
                 *hit.canonical);
        named = hit.end;
      }
    }
    if (const Hit hit = longest(scan, i, PhraseKind::name); hit.end != 0)
      find_name(scan, hit.end, *hit.canonical == "firm");
  }
}

}  // namespace ovillo::extract
