#include "ovillo/text/language.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "ovillo/base/utf8.hpp"

namespace ovillo::text {

namespace {

constexpr std::size_t kSampleBytes = 200;
constexpr std::size_t kFewestLetters = 20;
constexpr int kSmallestShare = 60;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// At most 200 bytes from the middle, cut at characters and, where near, at words.
std::string_view sample_of(std::string_view text) {
  if (text.size() <= kSampleBytes) return text;
  std::size_t begin = (text.size() - kSampleBytes) / 2;
  std::size_t end = begin + kSampleBytes;
  for (std::size_t i = begin; i < begin + 20; ++i) {
    if (text[i] != ' ') continue;
    begin = i + 1;
    break;
  }
  while (begin < end && continues_character(text[begin])) ++begin;
  while (end > begin && continues_character(text[end])) --end;
  return text.substr(begin, end - begin);
}

bool enough_letters(std::string_view sample) {
  std::size_t letters = 0;
  for (const char c : sample) {
    const auto byte = static_cast<unsigned char>(c);
    letters += (byte | 32) >= 'a' && (byte | 32) <= 'z' ? 1 : 0;
    letters += byte >= 0xC2 ? 1 : 0;
  }
  return letters >= kFewestLetters;
}

}  // namespace

std::optional<Language> guess_language(std::string_view text) {
  const std::string_view sample = sample_of(text);
  if (!enough_letters(sample) || !is_valid_utf8(sample)) return std::nullopt;
  CLD2::Language top[3];
  int percent[3];
  int n_text_bytes = 0;
  bool reliable = false;
  CLD2::DetectLanguageSummary(sample.data(), static_cast<int>(sample.size()), true, top, percent,
                              &n_text_bytes, &reliable);
  if (top[0] == CLD2::UNKNOWN_LANGUAGE || percent[0] < kSmallestShare) return std::nullopt;
  std::string code = CLD2::LanguageCode(top[0]);
  if (code.size() != 2) return std::nullopt;
  return Language{std::move(code), static_cast<std::uint16_t>(percent[0]), reliable};
}

}  // namespace ovillo::text
