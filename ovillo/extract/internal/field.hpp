// Fields of their own: a phone column, a payer, an IBAN.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ovillo/extract/internal/place.hpp"
#include "ovillo/extract/internal/vocabulary.hpp"
#include "ovillo/extract/phone_plans.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::extract {

struct FieldTools {
  const Vocabulary& vocabulary;
  const PhonePlans& plans;
  const Gazetteer& gazetteer;
};

/// One cell of a record and what is known around it.
struct FieldCell {
  Field field = Field::other;
  std::uint16_t column = 0;
  std::string_view value;
  std::string_view region;
  std::string_view source_key;  ///< what its references are of; empty: they say it themselves
  std::string_view currency;    ///< of the record; may be empty
};

/// Adds what the cell states, written as `field`, with the role its column gives it.
///
/// No selector is lost: a phone that no plan accepts is kept as "raw:" and its digits with
/// confidence 200; an account without a valid IBAN checksum is kind account; a handle whose service
/// is not told is "unknown:...". A card number is masked.
/// @misses  several values in one cell, but for ";", "|" and "," between phones or e-mails.
void read_field(const FieldCell& cell, const FieldTools& tools, std::vector<Find>& finds);

}  // namespace ovillo::extract
