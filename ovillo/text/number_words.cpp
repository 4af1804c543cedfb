#include "ovillo/text/number_words.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <string>

#include "ovillo/base/file.hpp"

namespace ovillo::text {

namespace {

constexpr std::string_view kKinds[] = {"unit",     "teen", "ten",    "twenty", "hundred",
                                       "hundreds", "and",  "times2", "times3", "plus"};
constexpr std::string_view kStrengths[] = {"strong", "weak", "sound"};

template <std::size_t kN>
std::optional<std::size_t> index_in(const std::string_view (&names)[kN], std::string_view name) {
  const auto* found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(names));
}

std::vector<std::string_view> cut(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(separator, begin), line.size());
    if (separator != ' ' || end > begin) parts.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

Result<NumberWords> NumberWords::open(const std::filesystem::path& file) {
  OVILLO_TRY(const std::string bytes, read_file(file));
  NumberWords table;
  table.nodes_.push_back({});
  table.nodes_[0].next.fill(-1);
  std::uint64_t row = 0;
  for (const std::string_view line : cut(bytes, '\n')) {
    ++row;
    if (line.empty() || line.front() == '#') continue;
    const auto bad = [&] {
      return Error(ErrorCode::base_bad_data_file, {}, {file.filename().string(), {}, row, {}, {}});
    };
    const auto cells = cut(line, '\t');
    if (cells.size() != 5) return bad();
    const auto kind = index_in(kKinds, cells[1]);
    const auto strength = index_in(kStrengths, cells[3]);
    NumberWord word;
    const auto parsed =
        std::from_chars(cells[2].data(), cells[2].data() + cells[2].size(), word.value);
    if (!kind || !strength || parsed.ec != std::errc()) return bad();
    word.kind = static_cast<NumberKind>(*kind);
    word.strength = static_cast<Strength>(*strength);
    for (const std::string_view letters : cut(cells[4], ' '))
      if (!table.add(letters, word)) return bad();
  }
  table.end_in_single_letters();
  return table;
}

Result<void> NumberWords::add(std::string_view letters, NumberWord word) {
  std::int32_t node = 0;
  for (const char letter : letters) {
    if (letter < 'a' || letter > 'z') return Error(ErrorCode::base_bad_data_file);
    std::int32_t next = step(node, letter);
    if (next < 0) {
      next = static_cast<std::int32_t>(nodes_.size());
      nodes_[static_cast<std::size_t>(node)].next[static_cast<std::size_t>(letter - 'a')] = next;
      nodes_.push_back({});
      nodes_.back().next.fill(-1);
    }
    node = next;
  }
  if (letters.size() == 1) single_letters_[last_letters(letters, 1)] = true;
  if (letters.size() >= 2) ends_[last_letters(letters, 2)] = true;
  if (letters.size() >= 3) long_ends_[last_letters(letters, 3)] = true;
  for (std::size_t before = 0; letters.size() == 2 && before < kLetters; ++before)
    long_ends_[before * kLetters * kLetters + last_letters(letters, 2)] = true;
  // The first language to claim a word keeps it; languages agree on all but their order here.
  std::int32_t& slot = nodes_[static_cast<std::size_t>(node)].word;
  if (slot < 0) {
    slot = static_cast<std::int32_t>(words_.size());
    words_.push_back(word);
  }
  return {};
}

// A word may also end in a number word of one letter ("e", "y") after another.
void NumberWords::end_in_single_letters() {
  for (std::size_t last = 0; last < kLetters; ++last) {
    if (!single_letters_[last]) continue;
    for (std::size_t two = last; two < ends_.size(); two += kLetters) {
      if (!ends_[two]) continue;
      const std::size_t middle = two / kLetters;
      for (std::size_t first = 0; first < kLetters; ++first)
        if (single_letters_[middle] || ends_[first * kLetters + middle])
          long_ends_[first * kLetters * kLetters + two] = true;
    }
  }
}

bool NumberWords::may_begin(std::string_view word) const {
  std::int32_t node = 0;
  for (const char c : word) {
    node = step(node, c);
    if (node < 0) return false;
    if (nodes_[static_cast<std::size_t>(node)].word >= 0) return true;
  }
  return false;
}

void NumberWords::split(std::string_view word, std::vector<NumberPiece>& pieces) const {
  pieces.clear();
  if (word.empty() || !may_end(word)) return;
  std::int32_t node = 0;
  bool prefix = false;  // a number word begins here
  for (const char c : word) {
    node = step(node, c);
    if (node < 0) break;
    prefix = prefix || nodes_[static_cast<std::size_t>(node)].word >= 0;
  }
  if (node >= 0 && nodes_[static_cast<std::size_t>(node)].word >= 0) {
    pieces.push_back(
        {0, static_cast<std::uint32_t>(word.size()),
         words_[static_cast<std::size_t>(nodes_[static_cast<std::size_t>(node)].word)]});
    return;
  }
  if (!prefix || word.size() < 5 || !split_glued(word, pieces)) pieces.clear();
}

// Fewest pieces from each offset to the end, right to left.
bool NumberWords::split_glued(std::string_view word, std::vector<NumberPiece>& pieces) const {
  struct Best {
    std::uint32_t n_pieces = std::numeric_limits<std::uint32_t>::max();
    std::uint32_t end = 0;
    std::int32_t word = -1;
  };
  static thread_local std::vector<Best> best;
  best.assign(word.size() + 1, {});
  best[word.size()].n_pieces = 0;
  for (std::size_t i = word.size(); i-- > 0;) {
    std::int32_t node = 0;
    for (std::size_t j = i; j < word.size(); ++j) {
      node = step(node, word[j]);
      if (node < 0) break;
      const std::int32_t index = nodes_[static_cast<std::size_t>(node)].word;
      if (index < 0 || best[j + 1].n_pieces == std::numeric_limits<std::uint32_t>::max()) continue;
      const NumberWord& candidate = words_[static_cast<std::size_t>(index)];
      if (candidate.strength == Strength::sound) continue;
      // A weak word inside a glued one costs like three.
      const std::uint32_t cost =
          best[j + 1].n_pieces + (candidate.strength == Strength::weak ? 3U : 1U);
      if (cost < best[i].n_pieces) best[i] = {cost, static_cast<std::uint32_t>(j + 1), index};
    }
  }
  if (best[0].word < 0) return false;
  std::size_t strong = 0;
  for (std::uint32_t i = 0; i < word.size(); i = best[i].end) {
    const NumberWord& found = words_[static_cast<std::size_t>(best[i].word)];
    strong += found.strength == Strength::strong ? 1 : 0;
    pieces.push_back({i, best[i].end, found});
  }
  return strong >= 1;
}

}  // namespace ovillo::text
