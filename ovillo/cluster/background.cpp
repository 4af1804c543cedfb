#include "ovillo/cluster/background.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::uint64_t kLog2Bits = 0xff;  // of a slot
bool holds(std::uint64_t slot, std::uint64_t phrase) { return (slot ^ phrase) <= kLog2Bits; }

constexpr std::string_view kHeader = "# ovillo background 1";
constexpr std::string_view kTrained = "trained";
constexpr std::array<std::string_view, 6> kSlotNames{"other", "place", "name",
                                                     "age",   "price", "hour"};

std::optional<SlotKind> slot_kind(std::string_view name) {
  for (std::size_t i = 1; i < kSlotNames.size(); ++i)
    if (kSlotNames[i] == name) return static_cast<SlotKind>(i);
  return std::nullopt;
}

template <int kBase, class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, kBase);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

std::uint8_t log2_per_million_of(std::uint64_t n_with, std::uint64_t n_texts) {
  const std::uint64_t per_million = n_texts == 0 ? 0 : n_with * 1'000'000 / n_texts;
  return per_million < 2 ? 0 : static_cast<std::uint8_t>(std::bit_width(per_million) - 1);
}

Locus in_file(const std::filesystem::path& file, std::optional<std::uint64_t> row = std::nullopt) {
  Locus locus;
  locus.file = file.string();
  locus.row = row;
  return locus;
}

}  // namespace

Result<Background> Background::open(const std::filesystem::path& data) {
  std::vector<std::filesystem::path> files;
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(data / "background", code))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  if (code || files.empty())
    return Error(ErrorCode::base_cannot_read, "no background counts")
        .at(in_file(data / "background"));
  std::sort(files.begin(), files.end());
  Background out;
  for (const auto& file : files) {
    OVILLO_TRY(const std::string bytes, read_file(file));
    if (auto read = out.read(bytes); !read) {
      return read.error().at(in_file(file, read.error().locus().row));
    }
  }
  out.index();
  return out;
}

Result<Background> Background::parse(std::string_view bytes) {
  Background out;
  OVILLO_CHECK(out.read(bytes));
  out.index();
  return out;
}

// Lines: the header; "group NAME N_TEXTS"; "HASH N_TEXTS" (hash in hex) under a group; "cue
// WORD_HASH before|after KIND"; "#" opens a comment.
Result<void> Background::read(std::string_view bytes) {
  std::uint64_t row = 0;
  Group* current = nullptr;
  const auto bad = [&](std::string_view what) {
    return Error(ErrorCode::cluster_bad_background, std::string(what)).at(in_file({}, row));
  };
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (++row == 1) {
      if (line != kHeader) return bad("the first line is not the header of this format");
      continue;
    }
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string_view, 4> cell;
    std::size_t n_cells = 0;
    for (std::string_view rest = line; n_cells < cell.size();) {
      const std::size_t tab = std::min(rest.find('\t'), rest.size());
      cell[n_cells++] = rest.substr(0, tab);
      if (tab == rest.size()) break;
      rest.remove_prefix(tab + 1);
    }
    if (cell[0] == "group") {
      std::uint64_t n = 0;
      if (n_cells != 3 || cell[1].empty() || !read_number<10>(cell[2], n) || n > (1ULL << 40))
        return bad("a group line has a name and a number of texts");
      current = &group(cell[1]);
      current->n_texts += n;
    } else if (cell[0] == "cue") {
      const auto kind = n_cells == 4 ? slot_kind(cell[3]) : std::nullopt;
      std::uint32_t word = 0;
      if (!kind || !read_number<16>(cell[1], word) || (cell[2] != "before" && cell[2] != "after"))
        return bad("a cue line has a word, before or after, and a kind of slot");
      cues_.push_back({word, cell[2] == "before", *kind});
    } else {
      Count count{};
      if (current == nullptr || n_cells != 2 || !read_number<16>(cell[0], count.phrase) ||
          !read_number<10>(cell[1], count.n_texts) || count.n_texts > current->n_texts)
        return bad("a count line has a hash and a number of texts");
      current->counts.push_back(count);
    }
  }
  return {};
}

Background::Group& Background::group(std::string_view name) {
  for (Group& g : groups_)
    if (g.name == name) return g;
  groups_.push_back({std::string(name), 0, {}});
  return groups_.back();
}

// Sorts, sums counts given twice, and fills the table that log2_per_million reads.
void Background::index() {
  std::sort(groups_.begin(), groups_.end(),
            [](const Group& a, const Group& b) { return a.name < b.name; });
  std::sort(cues_.begin(), cues_.end());
  cues_.erase(std::unique(cues_.begin(), cues_.end()), cues_.end());
  std::size_t n = 0;
  for (Group& g : groups_) {
    std::sort(g.counts.begin(), g.counts.end(),
              [](const Count& a, const Count& b) { return a.phrase < b.phrase; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < g.counts.size(); ++i) {
      if (kept > 0 && g.counts[kept - 1].phrase == g.counts[i].phrase) {
        g.counts[kept - 1].n_texts += g.counts[i].n_texts;
      } else {
        g.counts[kept++] = g.counts[i];
      }
    }
    g.counts.resize(kept);
    n += kept;
  }
  const std::size_t capacity = std::bit_ceil(2 * n + 16);
  slots_.assign(capacity, 0);
  n_phrases_ = 0;
  for (const Group& g : groups_) {
    for (const Count& count : g.counts) {
      const std::uint8_t log2 = log2_per_million_of(count.n_texts, g.n_texts);
      if (log2 == 0 || count.phrase == 0) continue;
      std::size_t at = mix64(count.phrase) & (capacity - 1);
      while (slots_[at] != 0 && !holds(slots_[at], count.phrase)) at = (at + 1) & (capacity - 1);
      n_phrases_ += slots_[at] == 0;
      slots_[at] =
          (count.phrase & ~kLog2Bits) | std::max(slots_[at] & kLog2Bits, std::uint64_t{log2});
    }
  }
}

std::uint32_t Background::log2_per_million(std::uint64_t phrase) const {
  if (slots_.empty() || phrase == 0) return 0;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = mix64(phrase) & mask; slots_[at] != 0; at = (at + 1) & mask)
    if (holds(slots_[at], phrase)) return static_cast<std::uint32_t>(slots_[at] & kLog2Bits);
  return 0;
}

SlotKind Background::cue(std::uint32_t word, bool before) const {
  const Cue wanted{word, before, SlotKind::other};
  const auto at = std::lower_bound(cues_.begin(), cues_.end(), wanted);
  return at != cues_.end() && at->word == word && at->before == before ? at->kind : SlotKind::other;
}
SlotKind Background::cue_before(std::uint32_t word) const { return cue(word, true); }
SlotKind Background::cue_after(std::uint32_t word) const { return cue(word, false); }

void Background::add(std::span<const std::string_view> texts) {
  StringColumn column;
  for (const std::string_view text : texts) column.push_back(text);
  const Decision voices = cluster::cluster(column, *this);
  std::vector<bool> heard(voices.templates.size());
  std::vector<std::uint64_t> phrases;
  std::vector<Word> words;
  Group& trained = group(kTrained);
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (const std::int32_t voice = voices.cluster[i]; voice >= 0) {
      if (heard[static_cast<std::size_t>(voice)]) continue;
      heard[static_cast<std::size_t>(voice)] = true;
    }
    fold_words(texts[i], words);
    phrases.clear();
    for (std::size_t w = 0; w < words.size(); ++w) {
      phrases.push_back(phrase_of(words[w].hash));
      if (w > 0) phrases.push_back(phrase_of(words[w - 1].hash, words[w].hash));
    }
    std::sort(phrases.begin(), phrases.end());
    phrases.erase(std::unique(phrases.begin(), phrases.end()), phrases.end());
    all.insert(all.end(), phrases.begin(), phrases.end());
    ++trained.n_texts;
  }
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0, j = 0; i < all.size(); i = j) {
    while (j < all.size() && all[j] == all[i]) ++j;
    trained.counts.push_back({all[i], j - i});
  }
  index();
}

std::string Background::serialise() const {
  std::string out(kHeader);
  out += '\n';
  const auto into = std::back_inserter(out);
  for (const Cue& c : cues_)
    fmt::format_to(into, "cue\t{:08x}\t{}\t{}\n", c.word, c.before ? "before" : "after",
                   kSlotNames[static_cast<std::size_t>(c.kind)]);
  for (const Group& g : groups_) {
    fmt::format_to(into, "group\t{}\t{}\n", g.name, g.n_texts);
    for (const Count& c : g.counts) fmt::format_to(into, "{:016x}\t{}\n", c.phrase, c.n_texts);
  }
  return out;
}

}  // namespace ovillo::cluster
