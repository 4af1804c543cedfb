#include "ovillo/intake/profile.hpp"

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"

namespace ovillo::intake {
namespace {

TEST(ParseProfile, ReadsEveryKey) {
  const auto profile = parse_profile(R"(
name = "adverts"
kind = "advert"
kind_column = "type"
date_order = "month_first"
decimal = "comma"
delimiter = "tab"
default_currency = "EUR"
[kinds]
"tip" = "report"
[columns]
"Ad text" = "text"
"Tel." = "phone"
)");
  ASSERT_TRUE(profile) << profile.error().message();
  EXPECT_EQ(profile->name, "adverts");
  EXPECT_EQ(profile->kind, RecordKind::advert);
  EXPECT_EQ(profile->kind_column, "type");
  EXPECT_EQ(profile->kinds.at("tip"), RecordKind::report);
  EXPECT_EQ(profile->date_order, DateOrder::month_first);
  EXPECT_EQ(profile->decimal, DecimalMark::comma);
  EXPECT_EQ(profile->delimiter, '\t');
  EXPECT_EQ(profile->default_currency, "EUR");
  EXPECT_EQ(profile->columns.at("Tel."), Field::phone);
}

struct BadProfile {
  const char* name;
  const char* toml;
  const char* said;  // part of the message
};

class BadProfiles : public testing::TestWithParam<BadProfile> {};

TEST_P(BadProfiles, SayLineAndKey) {
  const auto profile = parse_profile(GetParam().toml);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code(), ErrorCode::intake_bad_profile);
  EXPECT_NE(profile.error().message().find(GetParam().said), std::string::npos)
      << profile.error().message();
}

INSTANTIATE_TEST_SUITE_P(
    Keys, BadProfiles,
    testing::Values(
        BadProfile{"syntax", "name = \"x\"\nkind = ", "line 2"},
        BadProfile{"unknown_key", "name = \"x\"\ncolour = \"red\"", "line 2: is not known"},
        BadProfile{"unknown_kind", "kind = \"victim\"", "must be one of advert, report"},
        BadProfile{"unknown_field", "[columns]\n\"Tel.\" = \"telephone\"", "column Tel."},
        BadProfile{"field_is_no_text", "[columns]\nx = 7", "line 2"},
        BadProfile{"columns_is_no_table", "columns = 7", "must be a table"},
        BadProfile{"date_order", "date_order = \"ymd\"", "day_first or month_first"},
        BadProfile{"decimal", "decimal = \".\"", "infer, point or comma"},
        BadProfile{"delimiter_of_two_signs", "delimiter = \";;\"", "one sign such as"},
        BadProfile{"delimiter_is_a_mark", "delimiter = '\"'", "one sign such as"},
        BadProfile{"kinds_without_column", "[kinds]\na = \"advert\"", "needs kind_column"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(ReadProfile, NamesTheFileThatCannotBeUsed) {
  const auto path = std::filesystem::temp_directory_path() / "ovillo_bad_profile_test.toml";
  ASSERT_TRUE(write_file(path, "kind = \"victim\""));
  const auto profile = read_profile(path);
  std::filesystem::remove(path);
  ASSERT_FALSE(profile);
  EXPECT_EQ(profile.error().code(), ErrorCode::intake_bad_profile);
  EXPECT_EQ(profile.error().locus().file, path.string());
  EXPECT_EQ(profile.error().locus().column, "kind");
}

TEST(WriteProfile, IsReadBackAsItWas) {
  Profile profile;
  profile.name = "a \"quoted\" \\ name\t";
  profile.kind = RecordKind::transfer;
  profile.delimiter = ';';
  profile.kind_column = "tipo de operación";
  profile.kinds = {{"a = b", RecordKind::call}};
  profile.decimal = DecimalMark::point;
  profile.default_currency = "BRL";
  profile.columns = {{"line\nend", Field::text}, {"", Field::other}, {"[x]", Field::phone}};
  const auto again = parse_profile(write_profile(profile));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(*again, profile);
}

TEST(ShippedProfiles, AreReadAndFitTheirOwnColumns) {
  const auto profiles = shipped_profiles(data_folder());
  ASSERT_TRUE(profiles) << profiles.error().message();
  EXPECT_GE(profiles->size(), 14u);
  for (const Profile& profile : *profiles) {
    SCOPED_TRACE(profile.name);
    EXPECT_FALSE(profile.name.empty());
    EXPECT_EQ(parse_profile(write_profile(profile)).value(), profile);
  }
}

TEST(BestProfile, TakesTheOneThatKnowsMostColumns) {
  const auto profiles = shipped_profiles(data_folder());
  ASSERT_TRUE(profiles);
  const auto named = [&](const std::vector<std::string>& header) {
    const auto best = best_profile(*profiles, header);
    return best ? best->name : std::string("none");
  };
  EXPECT_EQ(named({"tx_id", "time", "from_account", "to_account", "amount", "currency", "channel"}),
            "transfers_tx");
  EXPECT_EQ(named({"ad_id", "posted_at", "title", "text", "phone", "city"}), "adverts");
  EXPECT_EQ(named({"start", "from_number", "to_number", "duration_s"}), "calls");
  EXPECT_EQ(named({"report_id", "received_at", "report", "place"}), "reports");
  EXPECT_EQ(named({"x", "y", "z"}), "none");
  EXPECT_EQ(named({"column 1", "column 2"}), "none");
  EXPECT_EQ(named({"text", "a", "b", "c", "d"}), "none");
  // Adverts, reports and messages all have these; the name of the file decides, if anything.
  const std::vector<std::string> shared = {"id", "time", "text", "language"};
  EXPECT_EQ(named(shared), "none");
  EXPECT_EQ(best_profile(*profiles, shared, "reports.csv")->name, "reports");
  EXPECT_FALSE(best_profile(*profiles, shared, "export_7.csv"));
}

}  // namespace
}  // namespace ovillo::intake
