// Drafts: what they rest on, what is missing, when a template holds, and the XML.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/source_folder.hpp"
#include "ovillo/request/draft.hpp"

namespace ovillo::request {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::filesystem::path kData = std::filesystem::path(OVILLO_SOURCE_DIR) / "data";

constexpr std::string_view kTemplate = R"(
title = "Test request"
legal_basis = "A law"
source = "invented"
wording = "not checked"
valid_from = 2026-01-01
valid_to = 2026-06-30
successor = "next"
predecessor = "before"
xml_namespace = "urn:x"
xml_message = "Msg"
[[section]]
id = "A"
title = "Accounts"
wording = "checked"
  [[section.field]]
  id = "number"
  label = "Number"
  required = true
  by_requester = true
  max_length = 5
  xml = "Head/Nb"
  [[section.field]]
  id = "ibans"
  label = "Accounts"
  many = true
  form = "iban"
  xml = "Acct/IBAN"
  [[section.field]]
  id = "kind"
  label = "Kind"
  value = "ALLP"
  xml = "Acct/Kind"
  [[section.field]]
  id = "remark"
  label = "Remark"
)";

Template made() { return parse_template(kTemplate, "test").value(); }
FieldValues values(const std::string& fields) {
  auto out = parse_fields("{\"fields\": {" + fields + "}}", made());
  EXPECT_TRUE(out) << out.error().message();
  return out.value_or(FieldValues());
}

TEST(RequestDraft, NamesTheRecordsOfEachValueAndWhatIsNotStated) {
  const std::string text = draft_as_text(
      made(), values(R"("ibans": [{"value": "BE71096123456769", "records": ["r1", "r2"],
                      "source": "bank", "file": "a.sta", "row": 3}, {"value": "NL02ABNA0123456789"}])"),
      "2026-02-01");
  EXPECT_THAT(text, ::testing::StartsWith("DRAFT. Not sent."));
  EXPECT_THAT(text, HasSubstr("rests on record r1, r2, source bank, file a.sta, row 3"));
  EXPECT_THAT(text, HasSubstr("NL02ABNA0123456789\n      [NO RECORD BACKS THIS]"));
  EXPECT_THAT(text, HasSubstr("Number (required): not stated"));
  EXPECT_THAT(text, HasSubstr("Remark: not stated"));
  EXPECT_THAT(text, HasSubstr("2 of 4 fields are not stated."));
  EXPECT_THAT(text, HasSubstr("Required and not stated: number."));
  EXPECT_THAT(text, HasSubstr("No record backs: ibans."));
  EXPECT_THAT(text, HasSubstr("WORDING NOT CHECKED"));
}

TEST(RequestDraft, TakesAnEmptyValueForNotStated) {
  const auto read = values(R"("number": "", "remark": null, "ibans": [" "])");
  EXPECT_TRUE(read.empty());
}

TEST(RequestDraft, RefusesFieldsItDoesNotKnow) {
  for (const char* json : {"[]", "{", "{\"fields\": {\"nummer\": \"5\"}}",
                           "{\"fields\": {\"number\": [\"1\", \"2\"]}}",
                           "{\"fields\": {\"number\": {\"value\": \"1\", \"record\": \"x\"}}}",
                           "{\"fields\": {\"number\": {\"value\": \"1\", \"records\": \"x\"}}}"}) {
    const auto read = parse_fields(json, made());
    ASSERT_FALSE(read) << json;
    EXPECT_EQ(read.error().code(), ErrorCode::request_bad_fields);
  }
}

TEST(RequestDraft, HoldsOnlyOnItsDays) {
  EXPECT_TRUE(check_in_force(made(), "2026-01-01"));
  EXPECT_TRUE(check_in_force(made(), "2026-06-30"));
  const auto late = check_in_force(made(), "2026-07-01");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code(), ErrorCode::request_not_in_force);
  EXPECT_THAT(late.error().detail(), HasSubstr("held until 2026-06-30"));
  EXPECT_THAT(late.error().detail(), HasSubstr("its successor: next"));
  const auto early = check_in_force(made(), "2025-12-31");
  ASSERT_FALSE(early);
  EXPECT_THAT(early.error().detail(), HasSubstr("before it: before"));
}

TEST(RequestDraft, WritesXmlInTheOrderOfTheFields) {
  const auto xml = draft_as_xml(
      made(),
      values(R"("number": "<5&", "ibans": {"value": "BE71096123456769", "records": ["a--b"]})"),
      "2026-02-01");
  ASSERT_TRUE(xml) << xml.error().message();
  EXPECT_THAT(*xml, HasSubstr("<Nb>&lt;5&amp;</Nb>"));
  EXPECT_THAT(*xml,
              HasSubstr("  <Acct>\n      <IBAN>BE71096123456769</IBAN>\n      <Kind>ALLP</Kind>"));
  EXPECT_THAT(*xml, HasSubstr("DRAFT. Not sent."));
  EXPECT_THAT(*xml, Not(HasSubstr("a--b")));
}

TEST(RequestDraft, NamesAllThatTheXmlWouldLack) {
  const auto xml = draft_as_xml(made(), values(R"("ibans": "BE71 0961")"), "2026-02-01");
  ASSERT_FALSE(xml);
  EXPECT_THAT(xml.error().detail(), HasSubstr("number is not stated"));
  EXPECT_THAT(xml.error().detail(), HasSubstr("ibans is not an IBAN"));
  const auto long_one = draft_as_xml(made(), values(R"("number": "123456")"), "2026-02-01");
  ASSERT_FALSE(long_one);
  EXPECT_THAT(long_one.error().detail(), HasSubstr("longer than 5"));
}

TEST(RequestTemplate, RefusesADamagedOne) {
  for (const char* text :
       {"title", "title = \"a\"",
        "title=\"a\"\nlegal_basis=\"b\"\nsource=\"c\"\n[[section]]\ntitle=\"d\"\nwording="
        "\"checked\"",
        "title=\"a\"\nlegal_basis=\"b\"\nsource=\"c\"\nwording=\"checked\"\nvalid_to=\"soon\"\n[["
        "section]]\ntitle=\"d\"\nwording=\"checked\""}) {
    const auto one = parse_template(text, "test");
    ASSERT_FALSE(one) << text;
    EXPECT_EQ(one.error().code(), ErrorCode::request_bad_template);
  }
}

TEST(RequestTemplate, ShippedOnesAreSoundAndNameEachOther) {
  const auto all = all_templates(kData);
  ASSERT_TRUE(all) << all.error().message();
  EXPECT_GE(all->size(), 10u);
  for (const Template& one : *all) {
    for (const std::string& other : {one.successor, one.predecessor})
      EXPECT_TRUE(other.empty() || read_template(kData, other)) << one.name;
    for (const Section& section : one.sections)
      EXPECT_TRUE(!one.wording_checked || section.wording_checked) << one.name;
  }
  const auto old = read_template(kData, "asset_recovery_2007");
  ASSERT_TRUE(old);
  EXPECT_TRUE(check_in_force(*old, "2026-11-22"));
  EXPECT_THAT(check_in_force(*old, "2026-11-23").error().detail(), HasSubstr("asset_recovery"));
  EXPECT_TRUE(check_in_force(*read_template(kData, "asset_recovery"), "2026-11-23"));
}

}  // namespace
}  // namespace ovillo::request
