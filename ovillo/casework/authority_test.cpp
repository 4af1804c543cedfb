#include "ovillo/casework/authority.hpp"

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::casework {
namespace {

constexpr std::int64_t kMarch = 1'772'323'200;  // 2026-03-01
constexpr std::int64_t kApril = 1'775'001'600;  // 2026-04-01

Time between(std::int64_t begin, std::int64_t end) {
  Time time;
  time.begin_utc_s = begin;
  time.end_utc_s = end;
  return time;
}

Authorisation march_adverts() {
  Authorisation out;
  out.id = 4;
  out.kind = "platform_report";
  out.authority = "platform X";
  out.reference = "2026-114";
  out.valid_from_utc_s = kMarch;
  out.valid_to_utc_s = kApril;
  out.scope = {RecordKind::advert};
  out.scope_from_utc_s = kMarch;
  out.scope_to_utc_s = kApril;
  return out;
}

TEST(Authority, SaysWhatLiesOutsideAndWhy) {
  const struct {
    const char* name;
    RecordKind kind;
    std::optional<Time> time;
    std::optional<Outside> expected;
  } rows[] = {
      {"inside", RecordKind::advert, between(kMarch + 60, kMarch + 61), std::nullopt},
      {"first second", RecordKind::advert, between(kMarch, kMarch + 1), std::nullopt},
      {"whole period", RecordKind::advert, between(kMarch, kApril), std::nullopt},
      {"a moment without length", RecordKind::advert, between(kApril - 1, kApril - 1),
       std::nullopt},
      {"another kind", RecordKind::transfer, between(kMarch, kMarch + 1), Outside::record_kind},
      {"a second early", RecordKind::advert, between(kMarch - 1, kMarch), Outside::before_period},
      {"a day that began before", RecordKind::advert, between(kMarch - 3600, kMarch + 82800),
       Outside::before_period},
      {"the end itself", RecordKind::advert, between(kApril, kApril), Outside::after_period},
      {"runs over the end", RecordKind::advert, between(kApril - 10, kApril + 1),
       Outside::after_period},
      {"no time", RecordKind::advert, std::nullopt, Outside::time_not_stated},
  };
  Source source;
  source.authorisation = 4;
  for (const auto& row : rows) {
    const auto outside = check_authorisation(source, march_adverts(), row.kind, row.time);
    EXPECT_EQ(outside, row.expected) << row.name;
    EXPECT_EQ(lies_inside(march_adverts(), row.kind, row.time), !row.expected) << row.name;
    if (outside) {
      EXPECT_FALSE(sentence(*outside).empty());
    }
  }
}

TEST(Authority, CoversEverythingWhereNoScopeIsStated) {
  Authorisation wide = march_adverts();
  wide.scope.clear();
  wide.scope_from_utc_s.reset();
  wide.scope_to_utc_s.reset();
  EXPECT_TRUE(lies_inside(wide, RecordKind::transfer, std::nullopt));
}

TEST(Authority, ASourceThatRestsOnAnotherIsOutside) {
  Source source;
  source.authorisation = 5;
  EXPECT_EQ(
      check_authorisation(source, march_adverts(), RecordKind::advert, between(kMarch, kMarch + 1)),
      Outside::no_authorisation);
  Authorisation unsaved = march_adverts();
  unsaved.id = 0;
  source.authorisation = 0;
  EXPECT_EQ(check_authorisation(source, unsaved, RecordKind::advert, between(kMarch, kMarch + 1)),
            Outside::no_authorisation);
}

TEST(Authority, IsValidFromItsFirstSecondUpToItsEnd) {
  EXPECT_FALSE(is_valid(march_adverts(), kMarch - 1));
  EXPECT_TRUE(is_valid(march_adverts(), kMarch));
  EXPECT_TRUE(is_valid(march_adverts(), kApril - 1));
  EXPECT_FALSE(is_valid(march_adverts(), kApril));
  Authorisation open_ended = march_adverts();
  open_ended.valid_to_utc_s.reset();
  EXPECT_TRUE(is_valid(open_ended, kApril * 2));
}

TEST(AuthorisationKinds, SaysWhatIsMissing) {
  const AuthorisationKinds kinds = *AuthorisationKinds::open(data_folder());
  const auto said = [&](const Authorisation& changed) {
    const auto accepted = kinds.accept(changed, "BE");
    return accepted ? std::string() : accepted.error().detail();
  };
  Authorisation changed = march_adverts();
  changed.authority = "";
  EXPECT_EQ(said(changed), "it names no authority");
  changed.reference = "";
  EXPECT_EQ(said(changed), "it names no authority and no reference");
  changed.authority = "platform X";
  EXPECT_EQ(said(changed), "it names no reference");
  changed.kind = "hunch";
  EXPECT_NE(said(changed).find("\"hunch\"; there are "), std::string::npos);
  EXPECT_NE(said(changed).find("platform_report"), std::string::npos);
  EXPECT_NE(said(changed).find("virtual_patrol"), std::string::npos);
}

TEST(AuthorisationKinds, RefusesWhatEndsBeforeItBegins) {
  const AuthorisationKinds kinds = *AuthorisationKinds::open(data_folder());
  Authorisation changed = march_adverts();
  changed.valid_to_utc_s = changed.valid_from_utc_s - 1;
  const auto accepted = kinds.accept(changed, "BE");
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().code(), ErrorCode::casework_authorisation_not_valid);
  EXPECT_EQ(accepted.error().detail(), "it ends before it begins");
  changed = march_adverts();
  changed.scope_from_utc_s = kApril;
  changed.scope_to_utc_s = kApril - 86400;
  EXPECT_EQ(kinds.accept(changed, "BE").error().detail(), "its scope ends before it begins");
}

TEST(AuthorisationKinds, AcceptsOnlyWhatIsOnTheListAndWithinIt) {
  const AuthorisationKinds kinds = *AuthorisationKinds::open(data_folder());
  ASSERT_TRUE(kinds.accept(march_adverts(), "BE"));
  const auto code_of = [&](Authorisation changed, std::string_view country) {
    const auto accepted = kinds.accept(std::move(changed), country);
    EXPECT_FALSE(accepted);
    return accepted ? ErrorCode::base_internal : accepted.error().code();
  };
  Authorisation changed = march_adverts();
  changed.kind = "hunch";
  EXPECT_EQ(code_of(changed, ""), ErrorCode::casework_unknown_authorisation_kind);
  changed.kind = "";
  EXPECT_EQ(code_of(changed, ""), ErrorCode::casework_no_authorisation);
  changed = march_adverts();
  changed.reference = "";
  EXPECT_EQ(code_of(changed, ""), ErrorCode::casework_no_authorisation);
  changed = march_adverts();
  changed.scope = {RecordKind::advert, RecordKind::call};
  EXPECT_EQ(code_of(changed, ""), ErrorCode::casework_authorisation_not_valid);
  changed = march_adverts();
  changed.valid_from_utc_s = 1'600'000'000;  // 2020: before the rule applied
  EXPECT_EQ(code_of(changed, ""), ErrorCode::casework_authorisation_not_valid);
  changed = march_adverts();
  changed.kind = "virtual_patrol";
  EXPECT_TRUE(kinds.accept(changed, "BE"));
  EXPECT_EQ(code_of(changed, "PT"), ErrorCode::casework_authorisation_not_valid);
}

TEST(AuthorisationKinds, AnEmptyScopeBecomesWhatTheKindCovers) {
  const AuthorisationKinds kinds = *AuthorisationKinds::open(data_folder());
  Authorisation wide = march_adverts();
  wide.scope.clear();
  const Authorisation accepted = *kinds.accept(wide, "");
  EXPECT_EQ(accepted.scope, kinds.find("platform_report")->covers);
  EXPECT_FALSE(lies_inside(accepted, RecordKind::call, between(kMarch, kMarch + 1)));
}

TEST(AuthorisationKinds, EveryKindHasATitleARuleAndADate) {
  const AuthorisationKinds kinds = *AuthorisationKinds::open(data_folder());
  EXPECT_GE(kinds.all().size(), 10U);
  for (const AuthorisationKind& kind : kinds.all()) {
    EXPECT_FALSE(kind.title.empty()) << kind.id;
    for (const AuthorisationRule& rule : kind.rules) {
      EXPECT_EQ(rule.country.size(), 2U) << kind.id;
      EXPECT_FALSE(rule.rule.empty()) << kind.id;
    }
  }
}

}  // namespace
}  // namespace ovillo::casework
