// Which rows are wages, cash, adverts ...: by the words of data/money_flags/words.toml.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::money {

enum class PaymentClass : std::uint8_t {
  cash,
  cash_desk,
  machine,
  withdrawal,
  card,
  wage,
  payroll_cost,
  labour_trade,
  recruitment_fee,
  advert,
  lodging,
  travel,
  pharmacy,
  lingerie,
  prepaid,
  crypto,
  processor,
  remittance,
  business,
};
std::span<const std::string_view> names(PaymentClass);

/// A set of classes.
using PaymentClasses = std::uint32_t;
constexpr PaymentClasses bit(PaymentClass c) { return 1u << static_cast<unsigned>(c); }

/// Where words stand in a row of a transfer.
enum class WordPlace : std::uint8_t { text, channel, names };
std::span<const std::string_view> names(WordPlace);

class PaymentWords {
 public:
  /// @error base.cannot_read, base.bad_data_file.
  static Result<PaymentWords> open(const std::filesystem::path& file);

  /// Classes whose words stand in `words`. @cost O(bytes).
  [[nodiscard]] PaymentClasses read(std::string_view words, WordPlace place) const;

 private:
  struct Phrase {
    std::string words;  ///< with a space at both ends, at the front alone for "word*"
    PaymentClass meaning;
    bool whole = false;
  };
  std::unordered_map<std::string, std::vector<Phrase>> by_first_[3];  // by place
  std::vector<Phrase> prefix_[3];
};

/// Lower case, without accents, what is no letter or digit is one space; one space at both ends.
std::string spaced_words(std::string_view text);

}  // namespace ovillo::money
