#include "ovillo/extract/internal/sound_alike.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "ovillo/base/file.hpp"
#include "ovillo/extract/internal/cut.hpp"
#include "ovillo/extract/internal/toml_file.hpp"

namespace ovillo::extract {

namespace {

constexpr std::size_t kShortest = 3;
constexpr std::size_t kLongest = 8;
constexpr std::size_t kShortestWithFault = 4;
constexpr std::uint8_t kSeveral = 10;  // more than one digit sounds like it
constexpr std::uint8_t kNone = 11;

struct Sound {
  std::string_view written;
  std::string_view heard;
};
// The first that fits wins, so longer spellings stand first.
constexpr Sound kSounds[] = {
    {"sch", "S"}, {"ch", "C"},  {"sh", "C"},  {"qu", "k"},  {"ph", "f"},  {"ck", "k"},
    {"ce", "se"}, {"ci", "si"}, {"ei", "ai"}, {"ey", "ai"}, {"ay", "ai"}, {"eu", "oi"},
    {"oy", "oi"}, {"ie", "i"},  {"ee", "i"},  {"oo", "u"},  {"c", "k"},   {"q", "k"},
    {"x", "ks"},  {"z", "s"},   {"v", "f"},   {"w", "u"},   {"y", "i"},   {"h", ""},
};

std::string without(const std::string& key, std::size_t letter) {
  return key.substr(0, letter) + key.substr(letter + 1);
}

std::string any_letter(const std::string& key, std::size_t letter) {
  return key.substr(0, letter) + "?" + key.substr(letter + 1);
}

}  // namespace

std::string sound_key(std::string_view word) {
  std::string key;
  for (std::size_t i = 0; i < word.size();) {
    const auto* sound = std::find_if(std::begin(kSounds), std::end(kSounds), [&](const Sound& one) {
      return word.substr(i).starts_with(one.written);
    });
    const bool plain = sound == std::end(kSounds);
    for (const char c : plain ? word.substr(i, 1) : sound->heard)
      if (key.empty() || key.back() != c) key.push_back(c);
    i += plain ? 1 : sound->written.size();
  }
  return key;
}

Result<SoundAlikes> SoundAlikes::open(const std::filesystem::path& file) {
  OVILLO_TRY(const std::string rows, read_file(file));
  SoundAlikes alikes;
  for (const std::string_view row : cut(rows, '\n')) {
    if (row.empty() || row.front() == '#') continue;
    const auto cells = cut(row, '\t');
    if (cells.size() != 5) return bad_data(file, std::string(row));
    std::uint8_t digit = 0;
    const auto parsed = std::from_chars(cells[2].data(), cells[2].data() + cells[2].size(), digit);
    if (cells[1] != "unit" || parsed.ec != std::errc() || digit > 9) continue;
    for (const std::string_view word : cut(cells[4], ' ')) {
      const std::string key = sound_key(word);
      if (key.size() < kShortest) continue;
      alikes.add(key, digit);
      if (cells[3] != "strong" || key.size() < kShortestWithFault) continue;
      for (std::size_t i = 0; i < key.size(); ++i) {
        alikes.add("-" + without(key, i), digit);
        alikes.add(any_letter(key, i), digit);
      }
    }
  }
  return alikes;
}

void SoundAlikes::add(const std::string& key, std::uint8_t digit) {
  const auto [found, fresh] = digits_.emplace(key, digit);
  if (!fresh && found->second != digit) found->second = kSeveral;
}

std::optional<std::uint8_t> SoundAlikes::digit(std::string_view word) const {
  if (word.size() < kShortest || word.size() > kLongest) return std::nullopt;
  const std::string key = sound_key(word);
  if (key.size() < kShortest) return std::nullopt;
  const auto look = [&](const std::string& what) -> std::uint8_t {
    const auto found = digits_.find(what);
    return found == digits_.end() ? kNone : found->second;
  };
  std::uint8_t digit = look(key);
  if (digit == kNone) digit = look("-" + key);  // a letter too few
  for (std::size_t i = 0; digit == kNone && key.size() >= kShortestWithFault && i < key.size();
       ++i) {
    digit = look(any_letter(key, i));
    if (digit == kNone) digit = look(without(key, i));  // a letter too many
  }
  if (digit > 9) return std::nullopt;
  return digit;
}

}  // namespace ovillo::extract
