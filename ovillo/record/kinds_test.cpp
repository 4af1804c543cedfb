// Every enumerator is written as it is spelt, and reads back as itself.
//
// spelt() has no default branch, so an enumerator that is added to a header and not here does not
// compile; a name that is added in one place only fails below.
#include "ovillo/record/kinds.hpp"

#include <cstddef>
#include <set>
#include <string_view>
#include <type_traits>

#include <gtest/gtest.h>

#include "ovillo/record/assessment.hpp"
#include "ovillo/record/entity.hpp"
#include "ovillo/record/statement.hpp"

namespace ovillo {
namespace {

#define OVILLO_SPELT(Enum, name) \
  case Enum::name:               \
    return #name

std::string_view spelt(RecordKind value) {
  switch (value) {
    OVILLO_SPELT(RecordKind, advert);
    OVILLO_SPELT(RecordKind, report);
    OVILLO_SPELT(RecordKind, notice);
    OVILLO_SPELT(RecordKind, message);
    OVILLO_SPELT(RecordKind, transfer);
    OVILLO_SPELT(RecordKind, call);
    OVILLO_SPELT(RecordKind, trip);
    OVILLO_SPELT(RecordKind, person);
    OVILLO_SPELT(RecordKind, company);
    OVILLO_SPELT(RecordKind, document);
    OVILLO_SPELT(RecordKind, thing);
    OVILLO_SPELT(RecordKind, relation);
    OVILLO_SPELT(RecordKind, judgement);
  }
  return {};
}

std::string_view spelt(Field value) {
  switch (value) {
    OVILLO_SPELT(Field, other);
    OVILLO_SPELT(Field, text);
    OVILLO_SPELT(Field, title);
    OVILLO_SPELT(Field, local_id);
    OVILLO_SPELT(Field, reference);
    OVILLO_SPELT(Field, time);
    OVILLO_SPELT(Field, time_end);
    OVILLO_SPELT(Field, received);
    OVILLO_SPELT(Field, phone);
    OVILLO_SPELT(Field, email);
    OVILLO_SPELT(Field, handle);
    OVILLO_SPELT(Field, url);
    OVILLO_SPELT(Field, iban);
    OVILLO_SPELT(Field, account);
    OVILLO_SPELT(Field, wallet);
    OVILLO_SPELT(Field, plate);
    OVILLO_SPELT(Field, document_number);
    OVILLO_SPELT(Field, name);
    OVILLO_SPELT(Field, birth_date);
    OVILLO_SPELT(Field, nationality);
    OVILLO_SPELT(Field, address);
    OVILLO_SPELT(Field, place);
    OVILLO_SPELT(Field, country);
    OVILLO_SPELT(Field, language);
    OVILLO_SPELT(Field, age);
    OVILLO_SPELT(Field, author);
    OVILLO_SPELT(Field, payer);
    OVILLO_SPELT(Field, from_phone);
    OVILLO_SPELT(Field, to_phone);
    OVILLO_SPELT(Field, from_account);
    OVILLO_SPELT(Field, to_account);
    OVILLO_SPELT(Field, from_name);
    OVILLO_SPELT(Field, to_name);
    OVILLO_SPELT(Field, from_ref);
    OVILLO_SPELT(Field, to_ref);
    OVILLO_SPELT(Field, predicate);
    OVILLO_SPELT(Field, amount);
    OVILLO_SPELT(Field, currency);
    OVILLO_SPELT(Field, price);
    OVILLO_SPELT(Field, duration_s);
    OVILLO_SPELT(Field, channel);
    OVILLO_SPELT(Field, latitude);
    OVILLO_SPELT(Field, longitude);
    OVILLO_SPELT(Field, region);
    OVILLO_SPELT(Field, kind);
    OVILLO_SPELT(Field, photo);
    OVILLO_SPELT(Field, page);
    OVILLO_SPELT(Field, line_boxes);
    OVILLO_SPELT(Field, doubtful);
  }
  return {};
}

std::string_view spelt(FindKind value) {
  switch (value) {
    OVILLO_SPELT(FindKind, phone);
    OVILLO_SPELT(FindKind, email);
    OVILLO_SPELT(FindKind, handle);
    OVILLO_SPELT(FindKind, url);
    OVILLO_SPELT(FindKind, iban);
    OVILLO_SPELT(FindKind, account);
    OVILLO_SPELT(FindKind, card);
    OVILLO_SPELT(FindKind, wallet);
    OVILLO_SPELT(FindKind, plate);
    OVILLO_SPELT(FindKind, document_number);
    OVILLO_SPELT(FindKind, local_ref);
    OVILLO_SPELT(FindKind, price);
    OVILLO_SPELT(FindKind, place);
    OVILLO_SPELT(FindKind, age);
    OVILLO_SPELT(FindKind, name);
    OVILLO_SPELT(FindKind, language);
    OVILLO_SPELT(FindKind, time);
    OVILLO_SPELT(FindKind, wage);
    OVILLO_SPELT(FindKind, hours);
    OVILLO_SPELT(FindKind, promise);
    OVILLO_SPELT(FindKind, voice);
    OVILLO_SPELT(FindKind, photo);
    OVILLO_SPELT(FindKind, photo_likeness);
  }
  return {};
}

std::string_view spelt(Role value) {
  switch (value) {
    OVILLO_SPELT(Role, mentioned);
    OVILLO_SPELT(Role, subject);
    OVILLO_SPELT(Role, author);
    OVILLO_SPELT(Role, payer);
    OVILLO_SPELT(Role, from);
    OVILLO_SPELT(Role, to);
  }
  return {};
}

std::string_view spelt(WrittenAs value) {
  switch (value) {
    OVILLO_SPELT(WrittenAs, field);
    OVILLO_SPELT(WrittenAs, plain);
    OVILLO_SPELT(WrittenAs, separated);
    OVILLO_SPELT(WrittenAs, words);
    OVILLO_SPELT(WrittenAs, mixed);
    OVILLO_SPELT(WrittenAs, lookalike);
    OVILLO_SPELT(WrittenAs, emoji);
    OVILLO_SPELT(WrittenAs, split);
    OVILLO_SPELT(WrittenAs, spelled);
    OVILLO_SPELT(WrittenAs, link);
    OVILLO_SPELT(WrittenAs, doubtful);
  }
  return {};
}

std::string_view spelt(EntityKind value) {
  switch (value) {
    OVILLO_SPELT(EntityKind, phone);
    OVILLO_SPELT(EntityKind, email);
    OVILLO_SPELT(EntityKind, handle);
    OVILLO_SPELT(EntityKind, url);
    OVILLO_SPELT(EntityKind, iban);
    OVILLO_SPELT(EntityKind, account);
    OVILLO_SPELT(EntityKind, card);
    OVILLO_SPELT(EntityKind, wallet);
    OVILLO_SPELT(EntityKind, plate);
    OVILLO_SPELT(EntityKind, document_number);
    case EntityKind::template_:  // a keyword of C++ on its own
      return "template";
      OVILLO_SPELT(EntityKind, person);
      OVILLO_SPELT(EntityKind, company);
      OVILLO_SPELT(EntityKind, thing);
      OVILLO_SPELT(EntityKind, photo);
      OVILLO_SPELT(EntityKind, photo_likeness);
  }
  return {};
}

std::string_view spelt(LinkKind value) {
  switch (value) {
    OVILLO_SPELT(LinkKind, identity);
    OVILLO_SPELT(LinkKind, association);
  }
  return {};
}

std::string_view spelt(SignSide value) {
  switch (value) {
    OVILLO_SPELT(SignSide, organisation);
    case SignSide::sign_for:  // a keyword of C++ on its own
      return "for";
    case SignSide::sign_against:
      return "against";
      OVILLO_SPELT(SignSide, not_known);
      OVILLO_SPELT(SignSide, urgent);
  }
  return {};
}

std::string_view spelt(StatementType value) {
  switch (value) {
    OVILLO_SPELT(StatementType, fact);
    OVILLO_SPELT(StatementType, claim);
    OVILLO_SPELT(StatementType, assessment);
    OVILLO_SPELT(StatementType, inference);
  }
  return {};
}

template <class Enum>
class Vocabulary : public testing::Test {};

using Vocabularies = testing::Types<RecordKind, Field, FindKind, Role, WrittenAs, EntityKind,
                                    LinkKind, SignSide, StatementType>;
TYPED_TEST_SUITE(Vocabulary, Vocabularies);

TYPED_TEST(Vocabulary, EveryEnumeratorIsWrittenAsItIsSpelt) {
  const auto all = names(TypeParam{});
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i], spelt(static_cast<TypeParam>(i))) << i;
    EXPECT_EQ(name_of(static_cast<TypeParam>(i)), all[i]);
  }
  EXPECT_EQ(spelt(static_cast<TypeParam>(all.size())), "") << "an enumerator without a name";
}

TYPED_TEST(Vocabulary, EveryNameReadsBackAsItsEnumerator) {
  const auto all = names(TypeParam{});
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(from_name<TypeParam>(all[i]), static_cast<TypeParam>(i)) << all[i];
    EXPECT_TRUE(seen.insert(all[i]).second) << all[i] << " twice";
  }
}

TYPED_TEST(Vocabulary, RefusesOtherNames) {
  for (const std::string_view name : {"", " ", "no such kind", "ADVERT", "sign_for", "template_"})
    EXPECT_FALSE(from_name<TypeParam>(name)) << name;
}

}  // namespace
}  // namespace ovillo
