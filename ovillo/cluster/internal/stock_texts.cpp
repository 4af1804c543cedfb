#include "ovillo/cluster/internal/stock_texts.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::uint64_t kRare = 200;          // one text in so many
constexpr std::uint64_t kFewest = 3;          // texts, however small the sample
constexpr std::size_t kShortest = 3;          // words
constexpr std::uint8_t kNoSurprise = 1 * 16;  // bits of a word after the one before

struct Run {
  std::uint32_t text;
  std::uint32_t begin;  // words [begin, end)
  std::uint32_t end;
  std::uint64_t n = 0;     // texts that hold it
  std::uint32_t last = 0;  // of these, the one met last
};

// The words as one text has them; its digits are nobody else's.
std::string words_as_written(std::string_view raw, const Run& run, std::vector<Word>& words) {
  fold_words(raw, words);
  const std::size_t begin = words[run.begin].begin;
  std::string out = replace_invalid_utf8(raw.substr(begin, words[run.end - 1].end - begin));
  std::replace_if(out.begin(), out.end(), [](char c) { return c >= '0' && c <= '9'; }, '#');
  return out;
}

}  // namespace

std::vector<StockText> stock_texts(const Component& texts, const Surprise& surprise,
                                   const std::vector<bool>& compared) {
  const std::uint32_t n = texts.n_sampled();
  std::unordered_map<std::uint64_t, Run> runs;
  for (std::uint32_t t = 0; t < n; ++t) {
    if (!compared[t]) continue;
    const auto words = texts.words(t);
    const auto following = surprise.following(t);
    for (std::uint32_t begin = 0, end = 0; begin < words.size(); begin = end) {
      std::uint64_t hash = mix64(words[begin]);
      for (end = begin + 1; end < words.size() && following[end] <= kNoSurprise; ++end)
        hash = mix64(hash ^ words[end]);
      if (end - begin < kShortest) continue;
      Run& run = runs.try_emplace(hash, Run{t, begin, end}).first->second;
      if (run.n != 0 && run.last == t) continue;
      ++run.n;
      run.last = t;
    }
  }
  const std::uint64_t least = std::max(kFewest, n / kRare);
  std::vector<Run> common;
  for (const auto& [hash, run] : runs)
    if (run.n >= least) common.push_back(run);
  std::sort(common.begin(), common.end(), [](const Run& a, const Run& b) {
    if (a.n != b.n) return a.n > b.n;
    return a.text != b.text ? a.text < b.text : a.begin < b.begin;
  });
  common.resize(std::min(common.size(), kMostStock));
  std::vector<StockText> out;
  out.reserve(common.size());
  std::vector<Word> words;
  for (const Run& run : common)
    out.push_back({words_as_written(texts.raw(run.text), run, words), run.n * texts.size() / n});
  return out;
}

}  // namespace ovillo::cluster
