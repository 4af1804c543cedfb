// The words that decide how the things around them are read (data/words/vocabulary.toml,
// data/currencies.toml, data/services): loaded once, looked up once per token.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/text/number_words.hpp"

namespace ovillo::extract {

/// Classes of a word, as bits; a word may have several. Named as the lists in vocabulary.toml.
enum class WordClass : std::uint32_t {
  phone_cue = 1U << 0,
  id_cue = 1U << 1,
  split_word = 1U << 2,
  hour = 1U << 3,
  half = 1U << 4,
  half_hour = 1U << 5,
  minute = 1U << 6,
  day = 1U << 7,
  night = 1U << 8,
  week = 1U << 9,
  month = 1U << 10,
  year = 1U << 11,
  per = 1U << 12,
  measure = 1U << 13,
  age_unit = 1U << 14,
  at = 1U << 15,
  dot = 1U << 16,
  place_before = 1U << 17,
  street = 1U << 18,
  currency = 1U << 19,
  service = 1U << 20,
  number_cue = 1U << 21,
  filler = 1U << 22,
  wage_cue = 1U << 23,
  rent_cue = 1U << 24,
  hours_cue = 1U << 25,
  few = 1U << 26,
  price_cue = 1U << 27,
  time_to = 1U << 28,
  number = 1U << 29,           ///< a strong word of data/words/numbers.tsv
  sounds_number = 1U << 30,    ///< a word there that only sounds like one
  everyday_number = 1U << 31,  ///< a weak word there
};
using WordClasses = std::uint32_t;

constexpr WordClasses operator|(WordClass a, WordClass b) {
  return static_cast<WordClasses>(a) | static_cast<WordClasses>(b);
}
constexpr WordClasses operator|(WordClass a, WordClasses b) {
  return static_cast<WordClasses>(a) | b;
}
constexpr WordClasses operator|(WordClasses a, WordClass b) {
  return a | static_cast<WordClasses>(b);
}

/// Languages the word list knows, as bits of Vocabulary::Entry::languages.
inline constexpr std::array<std::string_view, 8> kLanguages = {"es", "pt", "en", "fr",
                                                               "nl", "de", "it", "ro"};
using LanguageBits = std::uint8_t;

struct Currency {
  std::string code;
  std::uint8_t minor_digits = 2;
};

struct Service {
  std::string name;
  std::vector<std::string> skip;  ///< first path parts that are not names
  bool phone = false;             ///< the path is an E.164 number without plus
};

class Vocabulary {
 public:
  struct Entry {  // 16 bytes: four to a cache line
    std::uint64_t hash = 0;
    WordClasses classes = 0;
    std::uint8_t currency = 0;   ///< index, meaningful with WordClass::currency
    std::uint8_t service = 0;    ///< index, meaningful with WordClass::service
    LanguageBits languages = 0;  ///< languages the word is common in
    std::uint8_t marks = 0;      ///< what may begin at the word wherever it stands: bits of Mark
    [[nodiscard]] bool is_unknown() const { return hash == 0; }
  };

  /// @param data     the data folder.
  /// @param numbers  tell which words may begin a phone number.
  /// @error base.cannot_read, base.bad_data_file.
  static Result<Vocabulary> open(const std::filesystem::path& data,
                                 const text::NumberWords& numbers);

  /// The entry of a folded word by its token hash; a word without entry has no classes. O(1).
  [[nodiscard]] const Entry& find(std::uint64_t hash) const {
    if ((known_[hash % kFilterBits / 64] >> (hash % 64) & 1) == 0) return unknown_;
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      const Entry& entry = slots_[i];
      if (entry.hash == hash || entry.hash == 0) return entry;
    }
  }
  [[nodiscard]] const Currency& currency(std::size_t i) const { return currencies_[i]; }
  [[nodiscard]] const Service& service(std::size_t i) const { return services_[i]; }
  /// The service of a host, or null.
  [[nodiscard]] const Service* service_of_host(std::string_view host) const;
  /// Length of an IBAN of the country, 0 when it has none.
  [[nodiscard]] std::size_t iban_length(std::string_view country) const;

 private:
  Entry& slot(std::string_view word);
  void mark_words();
  Result<void> load_classes(const std::filesystem::path& file);
  Result<void> load_languages(const std::filesystem::path& file, std::size_t word_column);
  Result<void> load_currencies(const std::filesystem::path& file);
  Result<void> load_services(const std::filesystem::path& file);
  Result<void> load_ibans(const std::filesystem::path& file);

  static constexpr std::size_t kFilterBits = 1U << 16;  // 8 KiB, which stay in the nearest cache

  std::vector<std::uint64_t> known_;  // one bit per hash: many words have no entry
  Entry unknown_;
  std::vector<Entry> slots_;
  std::size_t mask_ = 0;
  std::size_t n_words_ = 0;
  const text::NumberWords* numbers_ = nullptr;  // while open() runs
  std::vector<Currency> currencies_;
  std::vector<Service> services_;
  std::unordered_map<std::string, std::size_t> hosts_;
  std::unordered_map<std::string, std::size_t> iban_lengths_;
};

}  // namespace ovillo::extract
