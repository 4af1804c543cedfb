#include "ovillo/bank/internal/coda_communication.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/bank/internal/values.hpp"
#include "ovillo/base/utf8.hpp"

namespace ovillo::bank {

namespace {

// Characters [from, from + n) of UTF-8 text; fewer at its end.
std::string_view characters(std::string_view text, std::size_t from, std::size_t n) {
  std::size_t at = 0;
  const auto skip = [&](std::size_t count) {
    for (; count > 0 && at < text.size(); --count) at += decode_utf8(text, at).length;
    return at;
  };
  const std::size_t begin = skip(from);
  return text.substr(begin, skip(n) - begin);
}

void add_information(Entry& entry, std::string_view text) {
  const auto said = stated(text);
  if (!said) return;
  entry.information = entry.information ? *entry.information + "\n" + *said : *said;
}

Party& counterparty_of(Entry& entry) {
  return *entry.direction == Direction::credit ? entry.from : entry.to;
}

// Twelve digits whose last two are the rest of the others by 97 (97 for 0).
std::optional<std::string> payment_reference(std::string_view text) {
  if (text.size() != 12) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text.substr(0, 10)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  const int check = small_number(text.substr(10));
  if (check != (value % 97 == 0 ? 97 : value % 97)) return std::nullopt;
  return fmt::format("+++{}/{}/{}+++", text.substr(0, 3), text.substr(3, 4), text.substr(7));
}

// Type 127. Behind the type: settlement date 6, kind 1, scheme 1, reason 1, creditor 35, mandate
// 35, communication 62, kind of return 1, its reason 4.
void read_direct_debit(std::string_view text, Entry& entry) {
  entry.references.creditor_id = stated(characters(text, 9, 35));
  entry.references.mandate = stated(characters(text, 44, 35));
  if (auto said = stated(characters(text, 79, 62))) entry.remittance.push_back(*said);
  if (const auto reason = stated(characters(text, 142, 4))) entry.return_reason = reason;
}

}  // namespace

void read_movement_communication(std::string_view text, bool structured, Entry& entry) {
  if (!structured) {
    if (auto said = stated(text)) entry.remittance.push_back(*said);
    return;
  }
  const std::string_view type = characters(text, 0, 3);
  const std::string_view rest = text.substr(type.size());
  if (type == "101" || type == "102") {
    const std::string_view digits = characters(rest, 0, 12);
    if (const auto reference = payment_reference(digits)) {
      entry.references.creditor_reference = reference;
      return;
    }
  } else if (type == "127") {
    return read_direct_debit(rest, entry);
  }
  add_information(entry, text);
}

void read_information_communication(std::string_view text, bool structured, Entry& entry) {
  if (!structured) return add_information(entry, text);
  const std::string_view type = characters(text, 0, 3);
  const auto name = stated(characters(text, 3, 70));
  if (type == "001") {
    Party& other = counterparty_of(entry);
    if (name) other.name = name;
    const auto street = stated(characters(text, 73, 35));
    const auto town = stated(characters(text, 108, 35));
    if (street && town) {
      other.address = *street + ", " + *town;
    } else if (street || town) {
      other.address = street ? street : town;
    }
    if (const auto id = stated(characters(text, 143, 35))) other.ids.push_back(*id);
  } else if (type == "008" || type == "009") {
    Party& side = type == "008" ? entry.to : entry.from;
    side.ultimate_name = name;
    side.ultimate_id = stated(characters(text, 73, 35));
  } else {
    add_information(entry, text);
  }
}

}  // namespace ovillo::bank
