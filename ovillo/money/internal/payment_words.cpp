#include "ovillo/money/internal/payment_words.hpp"

#include <array>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::money {

namespace {

constexpr std::array<std::string_view, 19> kClasses = {
    "cash",    "cash_desk",    "machine",      "withdrawal",      "card",
    "wage",    "payroll_cost", "labour_trade", "recruitment_fee", "advert",
    "lodging", "travel",       "pharmacy",     "lingerie",        "prepaid",
    "crypto",  "processor",    "remittance",   "business"};
constexpr std::array<std::string_view, 3> kPlaces = {"text", "channel", "names"};

Error bad_file(const std::filesystem::path& path, std::string detail) {
  return Error(ErrorCode::base_bad_data_file, std::move(detail),
               Locus{path.string(), {}, {}, {}, {}});
}

std::string_view first_word(std::string_view spaced) {
  return spaced.substr(1, spaced.find(' ', 1) - 1);
}

}  // namespace

std::span<const std::string_view> names(PaymentClass) { return kClasses; }
std::span<const std::string_view> names(WordPlace) { return kPlaces; }

std::string spaced_words(std::string_view text) {
  std::string out = " ";
  for (const char c : text::folded(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool keep = byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (keep) {
      out += c;
    } else if (out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

Result<PaymentWords> PaymentWords::open(const std::filesystem::path& file) {
  OVILLO_TRY(const std::string text, read_file(file));
  PaymentWords out;
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    return bad_file(file, std::string(error.description()));
  }
  for (const std::string_view name : kClasses)
    if (!table.contains(name)) return bad_file(file, fmt::format("'{}' is not there", name));
  for (const auto& [key, entry] : table) {
    const auto meaning = from_name<PaymentClass>(key.str());
    const auto* lists = entry.as_table();
    const auto* where = lists == nullptr ? nullptr : lists->get_as<toml::array>("in");
    if (!meaning || where == nullptr)
      return bad_file(file, fmt::format("'{}' is no class with a list 'in'", key.str()));
    for (const auto& [language, list] : *lists) {
      if (language.str() == "in") continue;
      if (!list.is_array()) return bad_file(file, fmt::format("'{}' holds no list", key.str()));
      for (const auto& word : *list.as_array()) {
        const auto phrase = word.value<std::string>();
        if (!phrase || phrase->empty())
          return bad_file(file, fmt::format("'{}' holds something else", key.str()));
        const bool prefix = phrase->back() == '*';
        std::string words = spaced_words(*phrase);
        if (words == " ") return bad_file(file, fmt::format("'{}' holds no word", *phrase));
        if (prefix) words.pop_back();
        for (const auto& place_entry : *where) {
          const auto place = from_name<WordPlace>(place_entry.value_or(std::string_view()));
          if (!place) return bad_file(file, fmt::format("'{}': unknown place", key.str()));
          const auto p = static_cast<std::size_t>(*place);
          const Phrase entered{words, *meaning, *meaning == PaymentClass::cash_desk};
          if (prefix) {
            out.prefix_[p].push_back(entered);
          } else {
            out.by_first_[p][std::string(first_word(words))].push_back(entered);
          }
        }
      }
    }
  }
  return out;
}

PaymentClasses PaymentWords::read(std::string_view words, WordPlace place) const {
  if (words.empty()) return 0;
  const std::string spaced = spaced_words(words);
  const auto p = static_cast<std::size_t>(place);
  PaymentClasses out = 0;
  for (std::size_t at = 0; at + 1 < spaced.size(); at = spaced.find(' ', at + 1)) {
    const std::string_view rest = std::string_view(spaced).substr(at);
    const auto known = by_first_[p].find(std::string(first_word(rest)));
    if (known == by_first_[p].end()) continue;
    for (const Phrase& phrase : known->second)
      if (phrase.whole ? spaced == phrase.words : rest.starts_with(phrase.words))
        out |= bit(phrase.meaning);
  }
  for (const Phrase& phrase : prefix_[p])
    if (spaced.find(phrase.words) != std::string::npos) out |= bit(phrase.meaning);
  return out;
}

}  // namespace ovillo::money
