#include "ovillo/flow/search.hpp"

#include <algorithm>

#include "ovillo/base/parallel.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::flow {

namespace {

constexpr std::size_t kExcerptBytes = 160;

struct Match {
  std::uint32_t record = 0;
  std::uint16_t column = 0;
  Span span;
};

std::vector<std::string> words_of(std::string_view query) {
  std::vector<std::string> words;
  const std::string folded = text::folded(query);
  for (std::size_t i = 0; i < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', i), folded.size());
    if (end > i) words.push_back(folded.substr(i, end - i));
    i = end + 1;
  }
  return words;
}

// Where the first word stands when a cell of the record holds all words; empty: not here.
std::optional<Match> match_words(const Corpus& corpus, Corpus::Index record,
                                 const std::vector<std::string>& words, text::Folded& folded) {
  const RecordBatch& batch = corpus.batch(record);
  const Range cells = batch.fields[corpus.row(record)];
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    text::fold(batch.cell_value[c], folded);
    const std::size_t first = folded.text.find(words.front());
    if (first == std::string::npos) continue;
    const bool all = std::all_of(words.begin() + 1, words.end(), [&](const std::string& word) {
      return folded.text.find(word) != std::string::npos;
    });
    if (!all) continue;
    const text::ByteRange raw = folded.raw(first, first + words.front().size());
    return Match{record, batch.cell_column[c], {raw.begin, raw.end}};
  }
  return std::nullopt;
}

std::string excerpt(std::string_view value, Span span) {
  const auto is_inside = [&](std::size_t i) {  // not the first byte of a character
    return i < value.size() && (static_cast<unsigned char>(value[i]) & 0xc0) == 0x80;
  };
  std::size_t begin = span.begin > kExcerptBytes / 3 ? span.begin - kExcerptBytes / 3 : 0;
  while (begin > 0 && is_inside(begin)) --begin;
  std::size_t end = std::min(value.size(), begin + kExcerptBytes);
  while (end < value.size() && is_inside(end)) ++end;
  std::string out(value.substr(begin, end - begin));
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return (begin > 0 ? "… " : "") + out + (end < value.size() ? " …" : "");
}

std::vector<Match> matches_of(CaseFile& file, const Corpus& corpus, std::string_view query,
                              std::string& read_as) {
  if (const auto identifier = file.find_identifier(query)) {
    read_as = std::string(name_of(identifier->kind)) + " " + identifier->canonical;
    std::vector<Match> matches;
    for (const std::uint32_t record : identifier->records) {
      const FindBatch& finds = corpus.block(record).finds;
      const Range range = corpus.finds(record);
      for (std::size_t f = range.begin; f < range.end; ++f)
        if (finds.kind[f] == identifier->kind && finds.canonical[f] == identifier->canonical) {
          matches.push_back({record, finds.column[f], finds.span[f]});
          break;
        }
    }
    return matches;
  }
  const std::vector<std::string> words = words_of(query);
  if (words.empty()) return {};
  constexpr std::size_t kGrain = 2048;
  std::vector<std::vector<Match>> found((corpus.size() + kGrain - 1) / kGrain);
  parallel_for(corpus.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    text::Folded folded;
    for (std::size_t i = begin; i < end; ++i)
      if (const auto match = match_words(corpus, static_cast<Corpus::Index>(i), words, folded))
        found[begin / kGrain].push_back(*match);
  });
  std::vector<Match> matches;
  for (const auto& chunk : found) matches.insert(matches.end(), chunk.begin(), chunk.end());
  return matches;
}

}  // namespace

Result<SearchResult> search(CaseFile& file, std::string_view query, std::size_t limit) {
  OVILLO_TRY(const auto* corpus, file.corpus());
  SearchResult result;
  std::vector<Match> matches = matches_of(file, *corpus, query, result.read_as);
  result.n_found = matches.size();
  const auto newest = [&](const Match& match) {
    const auto& time = corpus->time(match.record);
    return time ? time->begin_utc_s : std::int64_t{0};
  };
  std::stable_sort(matches.begin(), matches.end(),
                   [&](const Match& a, const Match& b) { return newest(a) > newest(b); });
  if (matches.size() > limit) matches.resize(limit);
  for (const Match& match : matches) {
    OVILLO_TRY(auto citation, file.cite(match.record, match.column, match.span));
    result.hits.push_back(
        {std::move(citation), excerpt(corpus->cell(match.record, match.column), match.span)});
  }
  return result;
}

}  // namespace ovillo::flow
