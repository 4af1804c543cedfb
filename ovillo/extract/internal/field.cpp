#include "ovillo/extract/internal/field.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "ovillo/base/decimal.hpp"
#include "ovillo/extract/internal/account.hpp"
#include "ovillo/extract/internal/link.hpp"
#include "ovillo/extract/internal/phone_decoder.hpp"
#include "ovillo/text/fold.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::extract {

namespace {

constexpr std::uint16_t kSure = 1000;
constexpr std::uint16_t kUnread = 200;

struct Part {
  std::string_view text;
  std::uint32_t begin = 0;
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

Part trimmed(std::string_view text, std::uint32_t begin) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
    ++begin;
  }
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return {text, begin};
}

std::vector<Part> parts_of(std::string_view value, std::string_view separators) {
  std::vector<Part> parts;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find_first_of(separators, begin), value.size());
    const Part part = trimmed(value.substr(begin, end - begin), static_cast<std::uint32_t>(begin));
    if (!part.text.empty()) parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

class FieldReader {
 public:
  FieldReader(const FieldCell& cell, const FieldTools& tools, std::vector<Find>& finds)
      : cell_(cell), tools_(tools), finds_(finds) {}

  void read() {
    switch (cell_.field) {
      case Field::phone:
        return each(";|,", [&](Part part) { phone(part, Role::subject); });
      case Field::from_phone:
        return each(";|,", [&](Part part) { phone(part, Role::from); });
      case Field::to_phone:
        return each(";|,", [&](Part part) { phone(part, Role::to); });
      case Field::email:
        return each(";|, ", [&](Part part) {
          emit(FindKind::email, Role::subject, part, text::folded(part.text), kSure);
        });
      case Field::handle:
        return each(";|, ", [&](Part part) { handle(part, Role::subject); });
      case Field::url:
        return each(" ", [&](Part part) { url(part); });
      case Field::iban:
      case Field::account:
        return whole([&](Part part) { account(part, Role::subject); });
      case Field::from_account:
        return whole([&](Part part) { account(part, Role::from); });
      case Field::to_account:
        return whole([&](Part part) { account(part, Role::to); });
      case Field::payer:
        return whole([&](Part part) { actor(part, Role::payer); });
      case Field::author:
        return whole([&](Part part) { actor(part, Role::author); });
      case Field::wallet:
        return whole([&](Part part) { wallet(part); });
      case Field::plate:
        return whole([&](Part part) { squeezed(FindKind::plate, part); });
      case Field::document_number:
        return whole([&](Part part) { squeezed(FindKind::document_number, part); });
      case Field::local_id:
        return whole([&](Part part) { local_ref(part, Role::subject); });
      case Field::from_ref:
        return whole([&](Part part) { local_ref(part, Role::from); });
      case Field::to_ref:
        return whole([&](Part part) { local_ref(part, Role::to); });
      case Field::name:
        return whole([&](Part part) { name(part, Role::subject); });
      case Field::from_name:
        return whole([&](Part part) { name(part, Role::from); });
      case Field::to_name:
        return whole([&](Part part) { name(part, Role::to); });
      case Field::place:
        return whole([&](Part part) { place(part); });
      case Field::age:
        return whole([&](Part part) { age(part); });
      case Field::language:
        return whole([&](Part part) { language(part); });
      case Field::price:
      case Field::amount:
        return whole([&](Part part) { price(part); });
      default:
        return;
    }
  }

 private:
  template <class Read>
  void each(std::string_view separators, Read read) {
    for (const Part& part : parts_of(cell_.value, separators)) read(part);
  }
  template <class Read>
  void whole(Read read) {
    const Part part = trimmed(cell_.value, 0);
    if (!part.text.empty()) read(part);
  }

  void emit(FindKind kind, Role role, Part part, std::string canonical, std::uint16_t confidence) {
    const Span span{part.begin, part.begin + static_cast<std::uint32_t>(part.text.size())};
    finds_.push_back(
        {kind, role, WrittenAs::field, confidence, cell_.column, span, std::move(canonical)});
  }

  std::optional<std::string> phone_canonical(std::string_view folded) const {
    std::string digits;
    bool plus = false;
    for (const char c : folded) {
      if (c >= '0' && c <= '9') digits.push_back(c);
      plus = plus || (c == '+' && digits.empty());
    }
    auto number = phone_value(digits, plus, cell_.region, tools_.plans);
    if (!number) return std::nullopt;
    return std::move(number->e164);
  }

  void phone(Part part, Role role) {
    const std::string folded = text::folded(part.text);
    if (auto canonical = phone_canonical(folded))
      return emit(FindKind::phone, role, part, std::move(*canonical), kSure);
    std::string kept = "raw:";
    for (const char c : folded)
      if ((c >= '0' && c <= '9') || (c == '+' && kept.size() == 4)) kept.push_back(c);
    if (kept.size() == 4)
      for (const char c : folded)
        if (!is_blank(c)) kept.push_back(c);
    emit(FindKind::phone, role, part, std::move(kept), kUnread);
  }

  // "@name", "telegram:name", "t.me/name".
  void handle(Part part, Role role) {
    std::string folded = text::folded(part.text);
    if (folded.find('/') != folded.npos) {
      const LinkValue link = link_value(part.text, tools_.vocabulary, tools_.plans);
      if (link.kind != FindKind::url) return emit(link.kind, role, part, link.canonical, kSure);
    }
    std::string service = "unknown";
    if (const std::size_t colon = folded.find(':'); colon != folded.npos) {
      const auto& entry =
          tools_.vocabulary.find(text::token_hash(std::string_view(folded).substr(0, colon)));
      if ((entry.classes & static_cast<WordClasses>(WordClass::service)) != 0) {
        service = tools_.vocabulary.service(entry.service).name;
        folded.erase(0, colon + 1);
      }
    }
    while (!folded.empty() && (folded.front() == '@' || is_blank(folded.front())))
      folded.erase(0, 1);
    if (!folded.empty()) emit(FindKind::handle, role, part, service + ":" + folded, kSure);
  }

  void url(Part part) {
    LinkValue link = link_value(part.text, tools_.vocabulary, tools_.plans);
    emit(link.kind, Role::subject, part, std::move(link.canonical), kSure);
  }

  static std::string squeeze(std::string_view value) {
    std::string out;
    for (const char c : value)
      if (!is_blank(c)) out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    return out;
  }

  void account(Part part, Role role) {
    if (auto iban = iban_canonical(part.text, tools_.vocabulary))
      return emit(FindKind::iban, role, part, std::move(*iban), kSure);
    if (auto found = wallet_canonical(part.text))
      return emit(FindKind::wallet, role, part, std::move(*found), kSure);
    if (auto card = card_canonical(part.text))
      return emit(FindKind::card, role, part, std::move(*card), kSure);
    emit(FindKind::account, role, part, squeeze(part.text), kSure);
  }

  // An author or payer is whatever the platform calls them: an e-mail, phone, IBAN, card or name
  // of an account.
  void actor(Part part, Role role) {
    const std::string folded = text::folded(part.text);
    if (folded.find('@') != folded.npos && folded.find('@') > 0 &&
        folded.find('.', folded.find('@')) != folded.npos)
      return emit(FindKind::email, role, part, folded, kSure);
    const bool digits_only = std::all_of(folded.begin(), folded.end(), [](char c) {
      return (c >= '0' && c <= '9') || c == '+' || c == ' ' || c == '.' || c == '-' || c == '/' ||
             c == '(' || c == ')';
    });
    const bool dialled = folded.starts_with("+") || folded.starts_with("00");
    if (digits_only && dialled)
      if (auto canonical = phone_canonical(folded))
        return emit(FindKind::phone, role, part, std::move(*canonical), kSure);
    account(part, role);
  }

  void wallet(Part part) {
    auto canonical = wallet_canonical(part.text);
    const bool holds = canonical.has_value();
    emit(FindKind::wallet, Role::subject, part,
         holds ? std::move(*canonical) : "raw:" + std::string(part.text), holds ? kSure : kUnread);
  }

  void squeezed(FindKind kind, Part part) {
    std::string canonical;
    for (const char c : squeeze(part.text))
      if (c != '-' && c != '.' && c != '/') canonical.push_back(c);
    if (!canonical.empty()) emit(kind, Role::subject, part, std::move(canonical), kSure);
  }

  void local_ref(Part part, Role role) {
    const std::string source =
        cell_.source_key.empty() ? std::string() : std::string(cell_.source_key) + "#";
    emit(FindKind::local_ref, role, part, source + std::string(part.text), kSure);
  }

  void name(Part part, Role role) {
    emit(FindKind::name, role, part, std::string(part.text), kSure);
  }

  void place(Part part) {
    auto canonical = tools_.gazetteer.value(part.text, cell_.region);
    const bool known = canonical.has_value();
    emit(FindKind::place, Role::subject, part,
         known ? std::move(*canonical) : "/" + std::string(part.text), known ? kSure : kUnread);
  }

  void age(Part part) {
    const bool digits = std::all_of(part.text.begin(), part.text.end(),
                                    [](char c) { return c >= '0' && c <= '9'; });
    if (digits && part.text.size() <= 3)
      emit(FindKind::age, Role::subject, part, std::string(part.text), kSure);
  }

  void language(Part part) {
    std::string code = text::folded(part.text).substr(0, 2);
    const bool letters =
        std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool coded = part.text.size() == 2 ||
                       (part.text.size() > 2 && (part.text[2] == '-' || part.text[2] == '_'));
    if (letters && coded) emit(FindKind::language, Role::subject, part, std::move(code), kSure);
  }

  // "1.234,56 EUR", "€ 150", "150" with the record's currency.
  void price(Part part) {
    std::string number;
    std::string currency(cell_.currency);
    std::vector<text::Token> tokens;
    const std::string folded = text::folded(part.text);
    text::tokenize(folded, tokens);
    for (const text::Token& token : tokens) {
      const auto& entry = tools_.vocabulary.find(token.hash);
      if ((entry.classes & static_cast<WordClasses>(WordClass::currency)) != 0) {
        currency = tools_.vocabulary.currency(entry.currency).code;
      } else if (token.kind != text::TokenKind::word) {
        number += token.of(folded);
      }
    }
    const auto amount = parse_decimal(number);
    if (!amount) return;
    std::string canonical = format_decimal(*amount);
    if (!currency.empty()) canonical += " " + currency;
    emit(FindKind::price, Role::subject, part, std::move(canonical), kSure);
  }

  const FieldCell& cell_;
  const FieldTools& tools_;
  std::vector<Find>& finds_;
};

}  // namespace

void read_field(const FieldCell& cell, const FieldTools& tools, std::vector<Find>& finds) {
  FieldReader(cell, tools, finds).read();
}

}  // namespace ovillo::extract
