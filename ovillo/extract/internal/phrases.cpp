#include "ovillo/extract/internal/phrases.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "ovillo/extract/internal/name.hpp"
#include "ovillo/extract/internal/toml_file.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

namespace {

using text::TokenKind;

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
        phrases.by_first_.add(phrase.words.front(),
                              static_cast<std::uint32_t>(phrases.phrases_.size()));
        phrases.phrases_.push_back(std::move(phrase));
      }
    }
  }
  phrases.by_first_.build();
  return phrases;
}

std::array<Phrases::Hit, 3> Phrases::longest(const Scan& scan, std::size_t i,
                                             std::span<const std::uint32_t> starting) const {
  std::array<Hit, 3> best;
  for (const std::uint32_t index : starting) {
    const Phrase& phrase = phrases_[index];
    Hit& hit = best[static_cast<std::size_t>(phrase.kind)];
    const std::size_t end = spelled_end(scan, i, phrase.words);
    if (end > hit.end) hit = {end, phrase.canonical};
  }
  return best;
}

void Phrases::find(Scan& scan) const {
  std::vector<std::string_view> heard;
  std::size_t promised = 0;  // promises do not overlap
  std::size_t heard_to = 0;  // neither do voices
  for (std::size_t i = 0; i < scan.size(); ++i) {
    if (!scan.is_kind(i, TokenKind::word)) continue;
    const auto starting = by_first_.find(scan.tokens[i].hash);
    if (starting.empty()) continue;
    const auto [promise, voice, name] = longest(scan, i, starting);
    if (promise.end != 0 && i >= promised) {
      scan.add(FindKind::promise, scan.token_span(i, promise.end), WrittenAs::plain, 800,
               std::string(promise.canonical));
      promised = promise.end;
    }
    if (voice.end != 0 && i >= heard_to &&
        std::find(heard.begin(), heard.end(), voice.canonical) == heard.end()) {
      heard.push_back(voice.canonical);
      scan.add(FindKind::voice, scan.token_span(i, voice.end), WrittenAs::plain, 600,
               std::string(voice.canonical));
      heard_to = voice.end;
    }
    if (name.end != 0) find_name(scan, name.end, name.canonical == "firm");
  }
}

}  // namespace ovillo::extract
