// The closed vocabularies of a record. An enumerator is written everywhere as it is spelt here:
// RecordKind::advert is "advert" in JSON, SQL, the command line and the web.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace ovillo {

/// What one record is. `thing` is an object somebody recorded (a phone, a vehicle, an address);
/// `relation` is a link that a source asserts between two of its own references; `judgement` is
/// what a person of this house decided about two references: whether they are the same.
enum class RecordKind : std::uint8_t {
  advert,
  report,
  notice,
  message,
  transfer,
  call,
  trip,
  person,
  company,
  document,
  thing,
  relation,
  judgement,
};

/// Which noun a column of a file holds. A mapping profile says it per column.
enum class Field : std::uint8_t {
  other,  ///< kept under its own column name, not interpreted
  text,
  title,      ///< free text; both are searched for finds
  local_id,   ///< the source's own id of this row
  reference,  ///< a transfer's or report's own unique reference
  time,
  time_end,
  received,
  phone,
  email,
  handle,
  url,
  iban,
  account,
  wallet,
  plate,
  document_number,
  name,
  birth_date,
  nationality,
  address,
  place,
  country,
  language,
  age,
  author,  ///< account or person that published an advert or sent a message
  payer,   ///< account, card or person that paid for an advert
  from_phone,
  to_phone,
  from_account,
  to_account,
  from_name,
  to_name,
  from_ref,
  to_ref,     ///< local ids a relation, call or transfer points from and to
  predicate,  ///< the relation's name in the source
  amount,
  currency,
  price,
  duration_s,
  channel,
  latitude,
  longitude,
  region,
  kind,
  photo,       ///< names of picture files that were handed over with the row
  page,        ///< of a document, from 1
  line_boxes,  ///< line i: where line i of the text stands on its page
  doubtful,    ///< what of the text was read with doubt: "12-13:410" (bytes, per mille), by spaces
};

/// What a find is. The kinds up to `document_number`, and the last two, are identifiers and may
/// become entities.
enum class FindKind : std::uint8_t {
  phone,
  email,
  handle,
  url,
  iban,
  account,
  card,
  wallet,
  plate,
  document_number,
  local_ref,  ///< a reference to another record of the same source: "source#local id"
  price,
  place,
  age,
  name,
  language,
  time,
  wage,            ///< pay offered for work
  hours,           ///< opening or working hours
  promise,         ///< what a recruiter offers: housing, travel paid, papers
  voice,           ///< who speaks: first person, third person, several
  photo,           ///< the file of a picture
  photo_likeness,  ///< what a picture looks like as a whole; of near-equal ones, their
                   ///< representative
};

/// What the find does in its record.
enum class Role : std::uint8_t { mentioned, subject, author, payer, from, to };

/// How the value was written. The way of hiding is itself evidence, so it is kept.
enum class WrittenAs : std::uint8_t {
  field,      ///< a column of its own
  plain,      ///< digits or characters in a row
  separated,  ///< spaces, dots, dashes, brackets between
  words,      ///< digits in words
  mixed,      ///< digits and words together
  lookalike,  ///< letters for digits, other scripts, full-width, circled
  emoji,      ///< keycaps and emoji
  split,      ///< cut by other text
  spelled,    ///< "at", "arroba", "[punto]"
  link,       ///< inside a link: wa.me, tel:, t.me
  doubtful,   ///< read from a picture, a sign of it with doubt: a candidate, never an entity
};

/// One name per enumerator, in order. @return e.g. {"advert", "report", ...}
std::span<const std::string_view> names(RecordKind);
std::span<const std::string_view> names(Field);
std::span<const std::string_view> names(FindKind);
std::span<const std::string_view> names(Role);
std::span<const std::string_view> names(WrittenAs);

template <class Enum>
std::string_view name_of(Enum value) {
  return names(value)[static_cast<std::size_t>(value)];
}

/// The enumerator of that name, or empty.
template <class Enum>
std::optional<Enum> from_name(std::string_view name) {
  const auto all = names(Enum{});
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace ovillo
