// Cases of tests/golden/money_flags: lines "tx | id | time | from | to | amount | channel | text |
// place", "holder | account | name | kind | sector | phone | email | address | device | opens |
// closes", "advert | contact | paid by", "lawful | account", and what must be told of them, all of
// it: "want | flag | account | ids" (h1: first holder, a1: first advert). A case without a "want"
// is an innocent look-alike.
#include "ovillo/money/flags.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"

namespace ovillo::money {
namespace {

const std::filesystem::path kCases =
    std::filesystem::path(OVILLO_SOURCE_DIR) / "tests/golden/money_flags";

const FlagBook& book() {
  static const FlagBook kBook = *FlagBook::open(std::filesystem::path(OVILLO_SOURCE_DIR) / "data");
  return kBook;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> out;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, '|');) {
    const std::size_t begin = cell.find_first_not_of(' ');
    out.push_back(begin == std::string::npos
                      ? ""
                      : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
  }
  out.resize(std::max<std::size_t>(out.size(), 11));
  return out;
}

struct FlagCase {
  std::string name;
  std::vector<std::vector<std::string>> rows;
  std::set<std::string> want;  ///< "flag account: id id"
};

std::vector<FlagCase> cases_of(const std::filesystem::path& file) {
  std::vector<FlagCase> out;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("case ")) {
      out.push_back({line.substr(5), {}, {}});
    } else if (line.starts_with("want |")) {
      const auto cells = cells_of(line);
      std::istringstream ids(cells[3]);
      std::set<std::string> sorted;
      for (std::string id; ids >> id;) sorted.insert(id);
      std::string all = cells[1] + " " + cells[2] + ":";
      for (const std::string& id : sorted) all += " " + id;
      out.back().want.insert(all);
    } else if (!line.empty()) {
      out.back().rows.push_back(cells_of(line));
    }
  }
  return out;
}

// What is told of the rows, "flag account: id id" each, ids in byte order.
std::set<std::string> told(const FlagCase& given, std::string* why = nullptr) {
  TransferTable table;
  std::vector<Holder> holders;
  std::vector<AdvertContact> adverts;
  std::set<std::string, std::less<>> lawful;
  for (const auto& r : given.rows) {
    if (r[0] == "tx") {
      const auto side = [](const std::string& name) {
        return name.empty() ? kNotStated : std::string_view(name);
      };
      EXPECT_TRUE(table
                      .add({.row = 1,
                            .id = r[1],
                            .from = side(r[3]),
                            .to = side(r[4]),
                            .time = parse_time(r[2], Zone::utc(), DateOrder::day_first),
                            .amount = parse_decimal(r[5]),
                            .currency = "EUR",
                            .channel = r[6],
                            .text = r[7],
                            .place = r[8]})
                      .has_value())
          << r[1];
    } else if (r[0] == "holder") {
      holders.push_back(
          {holders.size() + 1, r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10]});
    } else if (r[0] == "advert") {
      adverts.push_back({adverts.size() + 1, r[1], r[2]});
    } else if (r[0] == "lawful") {
      lawful.insert(r[1]);
    } else {
      ADD_FAILURE() << "unknown line " << r[0];
    }
  }
  const Transfers transfers = *std::move(table).finish();
  std::set<std::string> out;
  for (const FlagHit& hit : book().find({transfers, holders, adverts, lawful}).hit) {
    std::set<std::string> ids;
    for (const FlagRow& row : hit.row)
      ids.insert(row.table == FlagTable::transfers ? std::string(transfers.id[row.index])
                 : row.table == FlagTable::holders ? "h" + std::to_string(row.index + 1)
                                                   : "a" + std::to_string(row.index + 1));
    std::string line = book().flags()[hit.flag].id + " " + hit.account + ":";
    for (const std::string& id : ids) line += " " + id;
    out.insert(line);
    if (why != nullptr) *why += hit.why + "\n";
  }
  return out;
}

class EveryFlag : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryFlag, TellsItsCaseByItsRowsAndKeepsSilentOnTheLookAlike) {
  const std::string id = book().flags()[GetParam()].id;
  bool fires = false;
  bool silent = false;
  for (const FlagCase& one : cases_of(kCases / (id + ".txt"))) {
    EXPECT_EQ(told(one), one.want) << id << ": " << one.name;
    fires |= !one.want.empty();
    silent |= one.want.empty();
  }
  EXPECT_TRUE(fires) << "no case of " << id;
  EXPECT_TRUE(silent) << "no innocent look-alike of " << id;
}

INSTANTIATE_TEST_SUITE_P(FlagBook, EveryFlag, testing::Range(std::size_t{0}, book().flags().size()),
                         [](const auto& i) { return book().flags()[i.param].id; });

TEST(FlagBook, SaysTheSameForAnyOrderOfRows) {
  for (const auto& entry : std::filesystem::directory_iterator(kCases))
    for (FlagCase one : cases_of(entry.path())) {
      std::stable_partition(one.rows.begin(), one.rows.end(),
                            [](const auto& r) { return r[0] != "tx"; });
      const auto first_tx = std::find_if(one.rows.begin(), one.rows.end(),
                                         [](const auto& r) { return r[0] == "tx"; });
      std::string why;
      std::string why_reversed;
      const auto said = told(one, &why);
      std::reverse(first_tx, one.rows.end());
      EXPECT_EQ(told(one, &why_reversed), said) << one.name;
      EXPECT_EQ(why, why_reversed) << one.name;
    }
}

TEST(FlagBook, FillsEverySentence) {
  for (const auto& entry : std::filesystem::directory_iterator(kCases))
    for (const FlagCase& one : cases_of(entry.path())) {
      std::string why;
      told(one, &why);
      EXPECT_EQ(why.find('{'), std::string::npos) << why;
      // A number that nobody gave would leave two spaces, or a space at either end.
      EXPECT_EQ(why.find("  "), std::string::npos) << why;
      EXPECT_FALSE(why.starts_with(' ')) << why;
      EXPECT_EQ(why.find(" ,"), std::string::npos) << why;
    }
}

TEST(FlagBook, SaysWhichFlagsItCannotLookFor) {
  const Transfers none;
  const FlagReport report = book().find({none, {}, {}, {}});
  EXPECT_TRUE(report.hit.empty());
  std::set<std::string> ids;
  for (const NotLookedFor& flag : report.not_looked_for) ids.insert(book().flags()[flag.flag].id);
  for (const char* id : {"cash_at_night", "funnel_account", "shared_details", "holder_in_adverts",
                         "pays_for_many_adverts", "cash_outside_hours"})
    EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(FlagBook, CoversTheThirteenFamilies) {
  std::set<std::int64_t> numbers;
  for (const Flag& flag : book().flags()) {
    numbers.insert(flag.number);
    EXPECT_FALSE(flag.innocent.empty());
  }
  std::set<std::int64_t> all;
  for (std::int64_t n = 1; n <= 13; ++n) all.insert(n);
  EXPECT_EQ(numbers, all);
}

TEST(FlagBook, RefusesAParameterThatItsRuleDoesNotHave) {
  const auto folder = std::filesystem::temp_directory_path() / "ovillo_flags_test" / "money_flags";
  std::filesystem::create_directories(folder);
  const auto data = std::filesystem::path(OVILLO_SOURCE_DIR) / "data" / "money_flags";
  std::filesystem::copy_file(data / "words.toml", folder / "words.toml",
                             std::filesystem::copy_options::overwrite_existing);
  std::string text = *read_file(data / "flags.toml");
  const std::size_t at = text.find("\nmin_rows") + 1;
  std::ofstream(folder / "flags.toml") << text.replace(at, 8, "max_rows");
  const auto refused = FlagBook::open(folder.parent_path());
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), ErrorCode::base_bad_data_file);
  std::filesystem::remove_all(folder.parent_path());
}

}  // namespace
}  // namespace ovillo::money
