#include "ovillo/synth/phone_writing.hpp"

#include <string_view>

#include "ovillo/base/utf8.hpp"

namespace ovillo::synth {
namespace {

// "751 23 45 67": three digits first, then pairs; a last single digit joins the pair before.
std::string group(std::string_view digits, char separator) {
  const std::size_t head = digits.size() % 2 == 1 ? 3 : 4;
  std::string out(digits.substr(0, head));
  for (std::size_t i = head; i < digits.size(); i += 2) {
    out += separator;
    out += digits.substr(i, 2);
  }
  return out;
}

std::string join_digits(std::string_view digits, std::string_view between) {
  std::string out;
  for (const char c : digits) {
    if (!out.empty()) out += between;
    out += c;
  }
  return out;
}

std::string in_words(std::string_view digits, const LanguageVocabulary& language) {
  std::string out;
  for (const char c : digits) {
    if (!out.empty()) out += ' ';
    out += language.digits[static_cast<std::size_t>(c - '0')];
  }
  return out;
}

// Groups of three; in each group some digits as words, glued; at least one word.
std::string mixed(std::string_view digits, const LanguageVocabulary& language, Rng& draw) {
  std::string out;
  const std::size_t sure = draw.below(digits.size());
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 3 == 0) out += ' ';
    if (i == sure || draw.chance_per_mille(400)) {
      out += language.digits[static_cast<std::size_t>(digits[i] - '0')];
    } else {
      out += digits[i];
    }
  }
  return out;
}

std::string lookalike(std::string_view digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 3 == 0) out += ' ';
    if (digits[i] == '0') {
      out += 'O';
    } else if (digits[i] == '1') {
      out += 'l';
    } else if (digits[i] == '5' && i % 2 == 1) {
      out += 'S';
    } else {
      out += digits[i];
    }
  }
  return out;
}

std::string keycaps(std::string_view digits) {
  std::string out;
  for (const char c : digits) {
    out += c;
    append_utf8(out, U'\uFE0F');
    append_utf8(out, U'\u20E3');
  }
  return out;
}

std::string full_width(std::string_view digits) {
  std::string out;
  for (const char c : digits) append_utf8(out, U'\uFF10' + static_cast<char32_t>(c - '0'));
  return out;
}

std::string cut_by_text(std::string_view digits, const LanguageVocabulary& language, Rng& draw) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 3) {
    if (i > 0) out += " " + draw.pick(language.split) + " ";
    out += digits.substr(i, 3);
  }
  return out;
}

}  // namespace

std::string write_phone(const PhoneNumber& number, PhoneWay way, bool abroad,
                        const LanguageVocabulary& language, Rng& draw) {
  const std::string digits = abroad ? number.national : number.trunk + number.national;
  const std::string prefix = abroad ? "+" + number.calling + " " : std::string{};
  switch (way) {
    case PhoneWay::run:
      return (abroad ? "+" + number.calling : std::string{}) + digits;
    case PhoneWay::grouped:
      return prefix + group(digits, ' ');
    case PhoneWay::dashed:
      return prefix + group(digits, '-');
    case PhoneWay::spaced:
      return prefix + join_digits(digits, " ");
    case PhoneWay::dotted:
      return prefix + join_digits(digits, ".");
    case PhoneWay::words:
      return prefix + in_words(digits, language);
    case PhoneWay::mixed:
      return prefix + mixed(digits, language, draw);
    case PhoneWay::lookalike:
      return prefix + lookalike(digits);
    case PhoneWay::emoji:
      return prefix + keycaps(digits);
    case PhoneWay::full_width:
      return prefix + full_width(digits);
    case PhoneWay::zero_width:
      return prefix + join_digits(digits, "\u200B");
    case PhoneWay::split:
      return prefix + cut_by_text(digits, language, draw);
    case PhoneWay::link:
      return "https://wa.me/" + number.calling + number.national;
  }
  return {};
}

}  // namespace ovillo::synth
