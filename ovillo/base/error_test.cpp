#include "ovillo/base/error.hpp"

#include <cctype>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

TEST(ErrorCatalogue, StandsInCodeOrderSoThatInfoFindsEachEntry) {
  const auto& all = error_catalogue();
  ASSERT_FALSE(all.empty());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(all[i].code), i) << all[i].name;
    EXPECT_EQ(&info(all[i].code), &all[i]);
  }
}

TEST(ErrorCatalogue, NamesAreModuleAndNameAndNeverRepeat) {
  std::set<std::string_view> seen;
  for (const ErrorInfo& entry : error_catalogue()) {
    EXPECT_TRUE(seen.insert(entry.name).second) << entry.name;
    const auto dot = entry.name.find('.');
    ASSERT_NE(dot, std::string_view::npos) << entry.name;
    EXPECT_EQ(entry.name.find('.', dot + 1), std::string_view::npos) << entry.name;
    EXPECT_EQ(entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_."),
              std::string_view::npos)
        << entry.name;
  }
}

TEST(ErrorCatalogue, EachEntryCanBeShownToAPersonAndToAMachine) {
  for (const ErrorInfo& entry : error_catalogue()) {
    EXPECT_TRUE(std::isupper(static_cast<unsigned char>(entry.sentence.front()))) << entry.name;
    EXPECT_TRUE(entry.sentence.ends_with('.')) << entry.name << ": " << entry.sentence;
    EXPECT_GE(entry.exit_code, 2) << entry.name;
    EXPECT_LE(entry.exit_code, 7) << entry.name;
    EXPECT_GE(entry.http_status, 400) << entry.name;
    EXPECT_LE(entry.http_status, 599) << entry.name;
  }
}

struct MessageCase {
  std::string_view name;
  Error error;
  std::string_view message;
};

Locus locus(std::string file, std::string member, std::optional<std::uint64_t> row,
            std::string column, std::optional<std::uint64_t> byte) {
  return {std::move(file), std::move(member), row, std::move(column), byte};
}

TEST(ErrorMessage, SaysWhereWhatAndTheCode) {
  const MessageCase cases[] = {
      {"bare", Error(ErrorCode::base_cannot_read), "The file cannot be read. [base.cannot_read]"},
      {"detail", Error(ErrorCode::base_unknown_zone, "Europe/Atlantis"),
       "There is no time zone of that name. (Europe/Atlantis) [base.unknown_zone]"},
      {"whole locus",
       Error(ErrorCode::base_invalid_utf8, "0xff",
             locus("notice.zip", "adverts.csv", 12, "text", 5233)),
       "notice.zip, adverts.csv, row 12, column text, byte 5233: The text is not valid UTF-8. "
       "(0xff) [base.invalid_utf8]"},
      {"row and byte 0 are places too",
       Error(ErrorCode::base_invalid_utf8, "", locus("-", "", 0, "", 0)),
       "-, row 0, byte 0: The text is not valid UTF-8. [base.invalid_utf8]"},
      {"no file", Error(ErrorCode::base_bad_argument, "", locus("", "", {}, "phone", {})),
       "column phone: The request cannot be understood. [base.bad_argument]"},
  };
  for (const auto& c : cases) EXPECT_EQ(c.error.message(), c.message) << c.name;
}

TEST(Error, KeepsCodeAndDetailWhenItsPlaceIsFound) {
  const Error before(ErrorCode::base_invalid_utf8, "0xc0");
  const Error after = before.at(locus("a.csv", "", 3, "", {}));
  EXPECT_EQ(after.code(), before.code());
  EXPECT_EQ(after.detail(), "0xc0");
  EXPECT_EQ(after.locus(), locus("a.csv", "", 3, "", {}));
  EXPECT_EQ(after.name(), "base.invalid_utf8");
}

}  // namespace
}  // namespace ovillo
