#include "ovillo/synth/synth.hpp"

#include <map>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/synth/score.hpp"

namespace ovillo::synth {
namespace {

using ::testing::HasSubstr;

using Files = std::map<SynthFile, std::string>;
using Table = std::vector<std::map<std::string, std::string>>;

const Vocabulary& vocabulary() {
  static const Vocabulary loaded = Vocabulary::open(data_folder()).value();
  return loaded;
}

struct Case {
  Files files;
  SynthCount count;
};

Case make(const SynthOptions& options) {
  Case out;
  auto count = generate(options, vocabulary(), [&](SynthFile file, std::string_view bytes) {
    out.files[file] += bytes;
    return Result<void>{};
  });
  out.count = count.value();
  return out;
}

SynthOptions thousand(std::uint64_t seed = 1) {
  SynthOptions options = SynthOptions::demo(seed);
  options.n_adverts = 2'000;
  options.n_transfers = 600;
  options.n_reports = 120;
  options.n_calls = 300;
  options.n_sealed_adverts = 40;
  options.n_sealed_transfers = 10;
  return options;
}

// A plain RFC 4180 reader of the test's own.
Table table(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted) {
      if (c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
        rows.back().back() += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        rows.back().back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      rows.back().emplace_back();
    } else if (c == '\n') {
      rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  rows.pop_back();
  Table out;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    EXPECT_EQ(rows[r].size(), rows[0].size()) << "row " << r;
    auto& row = out.emplace_back();
    for (std::size_t c = 0; c < rows[0].size(); ++c) row[rows[0][c]] = rows[r][c];
  }
  return out;
}

std::vector<TruthRow> truth_of(const Case& written) {
  return read_truth(written.files.at(SynthFile::truth)).value();
}

std::string digest(const Case& written) {
  Sha256 hash;
  for (const auto& [file, bytes] : written.files) {
    hash.update(file_path(file));
    hash.update(bytes);
  }
  return hash.hex();
}

std::string digits_of(const std::string& text) {
  std::string out;
  for (const char c : text)
    if ((c >= '0' && c <= '9') || c == '+') out += c;
  return out;
}

// When phrases, blocks or the generator change on purpose, put the new value in and say so.
TEST(Generate, SameSeedSameBytes) {
  const Case first = make(thousand());
  EXPECT_EQ(first.files, make(thousand()).files);
  EXPECT_EQ(digest(make(SynthOptions::small_hand_over())),
            "8bd410769688f678255d0adc8fb2df8559df8867ac8998645097fa30ea395170");
}

TEST(Generate, AnotherSeedIsAnotherCase) {
  const Case a = make(thousand(1));
  const Case b = make(thousand(2));
  for (const auto& [file, bytes] : a.files) EXPECT_NE(bytes, b.files.at(file)) << file_path(file);
}

TEST(Generate, QuantitiesAddUp) {
  const SynthOptions options = thousand();
  const Case written = make(options);
  const SynthCount& n = written.count;
  EXPECT_EQ(n.n_adverts, options.n_adverts);
  EXPECT_EQ(n.n_independent + n.n_organised + n.n_accredited + n.n_labour + n.n_employer,
            n.n_adverts);
  EXPECT_EQ(n.n_transfers, options.n_transfers);
  EXPECT_EQ(n.n_reports, options.n_reports);
  EXPECT_EQ(n.n_calls, options.n_calls);
  EXPECT_EQ(n.n_sealed_adverts, options.n_sealed_adverts);
  EXPECT_EQ(n.n_sealed_transfers, options.n_sealed_transfers);
  EXPECT_EQ(n.n_urgent, options.n_urgent_adverts + options.n_urgent_reports);
  EXPECT_EQ(table(written.files.at(SynthFile::adverts)).size(), options.n_adverts);
  EXPECT_EQ(table(written.files.at(SynthFile::transfers)).size(), options.n_transfers);
  EXPECT_EQ(table(written.files.at(SynthFile::reports)).size(), options.n_reports);
  EXPECT_EQ(table(written.files.at(SynthFile::calls)).size(), options.n_calls);
  EXPECT_EQ(table(written.files.at(SynthFile::sealed_adverts)).size(), options.n_sealed_adverts);
  EXPECT_EQ(table(written.files.at(SynthFile::truth)).size(),
            options.n_adverts + options.n_reports + options.n_sealed_adverts);
}

TEST(Generate, OrganisedShareLiesBetweenFifteenAndTwentyFivePerCent) {
  const Case written = make(thousand());
  std::uint64_t organised = 0;
  for (const TruthRow& row : truth_of(written))
    organised += row.kind == "advert" && !row.organiser.empty() ? 1 : 0;
  EXPECT_GE(organised * 100, written.count.n_adverts * 15);
  EXPECT_LE(organised * 100, written.count.n_adverts * 25);
}

TEST(Generate, EveryPhoneLiesInAFictionBlock) {
  const Case written = make(thousand());
  std::uint64_t n_phones = 0;
  const auto check = [&](const std::string& written_as) {
    if (written_as.empty()) return;
    ++n_phones;
    EXPECT_TRUE(vocabulary().numbers.contains(digits_of(written_as))) << written_as;
  };
  for (const SynthFile file : {SynthFile::adverts, SynthFile::sealed_adverts})
    for (const auto& row : table(written.files.at(file))) check(row.at("phone"));
  for (const auto& row : table(written.files.at(SynthFile::calls))) {
    check(row.at("from"));
    check(row.at("to"));
  }
  EXPECT_GT(n_phones, 1'500U);
}

TEST(Generate, EveryInternationalNumberInATextLiesInAFictionBlock) {
  const Case written = make(thousand());
  std::uint64_t n_phones = 0;
  for (const SynthFile file : {SynthFile::adverts, SynthFile::reports, SynthFile::sealed_adverts})
    for (const auto& row : table(written.files.at(file))) {
      const std::string& text = row.at("text");
      for (std::size_t at = text.find('+'); at != std::string::npos; at = text.find('+', at + 1)) {
        std::size_t end = text.find_first_not_of("0123456789 -", at + 1);
        std::string number = digits_of(text.substr(at, end - at));
        if (number.size() < 12) continue;  // hidden after the country code
        ++n_phones;
        EXPECT_TRUE(vocabulary().numbers.contains(number)) << text.substr(at, end - at);
      }
    }
  EXPECT_GT(n_phones, 100U);
}

TEST(Generate, TextsAreUtf8AndAsLongAsAsked) {
  SynthOptions options = thousand();
  for (const std::uint32_t mean : {300U, 600U}) {
    options.mean_text_bytes = mean;
    const Case written = make(options);
    const std::uint64_t found = written.count.n_text_bytes / written.count.n_adverts;
    EXPECT_GE(found, mean * 85 / 100);
    EXPECT_LE(found, mean * 115 / 100);
    for (const auto& [file, bytes] : written.files)
      EXPECT_TRUE(is_valid_utf8(bytes)) << file_path(file);
  }
}

TEST(Generate, NoSlotIsLeftUnfilled) {
  const Case written = make(thousand());
  for (const auto& [file, bytes] : written.files) {
    EXPECT_EQ(bytes.find('<'), std::string::npos) << file_path(file);
    EXPECT_EQ(bytes.find('{'), std::string::npos) << file_path(file);
    EXPECT_EQ(bytes.find('$'), std::string::npos) << file_path(file);
  }
}

TEST(Generate, TruthIsConsistent) {
  const Case written = make(thousand());
  const auto truth = truth_of(written);
  const auto networks = read_truth_networks(written.files.at(SynthFile::truth_networks)).value();
  EXPECT_EQ(networks.size(), written.count.n_organisers);

  std::map<std::string, std::set<std::string>> people_of;
  std::map<std::string, std::string> organiser_of;
  std::map<std::string, std::uint64_t> urgent;
  for (const TruthRow& row : truth) {
    if (!row.urgent.empty()) ++urgent[row.urgent];
    if (row.kind != "advert") continue;
    EXPECT_EQ(row.organiser.empty(), row.role == "independent" || row.role == "employer");
    const auto [at, fresh] = organiser_of.emplace(row.person, row.organiser);
    EXPECT_EQ(at->second, row.organiser) << row.person;  // a person has one organiser or none
    if (!row.organiser.empty()) people_of[row.organiser].insert(row.person);
  }
  EXPECT_EQ(urgent.size(), 4U);  // minority, captivity, suicide and violence
  std::uint64_t several = 0;
  for (const auto& [organiser, people] : people_of) several += people.size() > 1 ? 1 : 0;
  EXPECT_GT(several * 10, people_of.size() * 7);
  std::uint64_t with_signs = 0;
  for (const TruthNetwork& network : networks) {
    with_signs += network.signs_seen.empty() ? 0 : 1;
    EXPECT_TRUE(network.kind != "accredited" || network.signs_seen.empty());
  }
  EXPECT_GT(with_signs, 2U);
}

TEST(Generate, AnIndependentSharesNoPhoneWithAnybody) {
  const Case written = make(thousand());
  std::map<std::string, std::string> person_of;
  for (const TruthRow& row : truth_of(written))
    person_of[row.id] = row.organiser.empty() ? row.person : row.organiser;
  std::map<std::string, std::set<std::string>> hands;
  for (const auto& row : table(written.files.at(SynthFile::adverts)))
    if (!row.at("phone").empty()) {
      hands[digits_of(row.at("phone"))].insert(person_of.at(row.at("id")));
    }
  for (const auto& [phone, who] : hands) EXPECT_EQ(who.size(), 1U) << phone;
}

TEST(Generate, ManyIndependentsShareAPayerAndAnAddress) {
  const Case written = make(thousand());
  std::map<std::string, std::string> role;
  for (const TruthRow& row : truth_of(written))
    if (row.role == "independent") role[row.id] = row.person;
  std::map<std::string, std::set<std::string>> by_payer;
  for (const auto& row : table(written.files.at(SynthFile::adverts)))
    if (const auto at = role.find(row.at("id")); at != role.end() && !row.at("payer").empty())
      by_payer[row.at("payer")].insert(at->second);
  std::uint64_t most = 0;
  for (const auto& [payer, people] : by_payer) most = std::max<std::uint64_t>(most, people.size());
  EXPECT_GE(most, 5U);
}

TEST(Generate, PaysAccreditedEmployersAreOnTheList) {
  const Case written = make(thousand());
  std::set<std::string> listed;
  for (const auto& row : table(written.files.at(SynthFile::employers)))
    listed.insert(row.at("account"));
  std::set<std::string> accredited;
  for (const TruthRow& row : truth_of(written))
    if (row.role == "accredited") accredited.insert(row.id);
  for (const auto& row : table(written.files.at(SynthFile::adverts)))
    EXPECT_TRUE(!accredited.contains(row.at("id")) || listed.contains(row.at("payer")));
}

TEST(Generate, SealedCompartmentSharesPhonesAndPayersWithTheFirst) {
  const Case written = make(thousand());
  std::set<std::string> phones, payers;
  for (const auto& row : table(written.files.at(SynthFile::adverts))) {
    if (!row.at("phone").empty()) phones.insert(digits_of(row.at("phone")));
    payers.insert(row.at("payer"));
  }
  std::uint64_t shared_phones = 0, shared_payers = 0;
  for (const auto& row : table(written.files.at(SynthFile::sealed_adverts))) {
    shared_phones += phones.count(row.at("phone"));
    shared_payers += payers.count(row.at("payer"));
  }
  EXPECT_GT(shared_phones, 15U);
  EXPECT_GT(shared_payers, 15U);
}

TEST(Generate, SealedCompartmentChangesNoByteOfTheFirst) {
  SynthOptions without = thousand();
  without.n_sealed_adverts = without.n_sealed_transfers = 0;
  const Case a = make(thousand());
  const Case b = make(without);
  for (const SynthFile file : {SynthFile::adverts, SynthFile::transfers, SynthFile::reports,
                               SynthFile::calls, SynthFile::employers})
    EXPECT_EQ(a.files.at(file), b.files.at(file)) << file_path(file);
}

TEST(Generate, SomeCashDepositsAreTwoEqualRows) {
  SynthOptions options = thousand();
  options.n_transfers = 3'000;
  const Case written = make(options);
  std::map<std::string, int> seen;
  int twice = 0;
  for (const auto& row : table(written.files.at(SynthFile::transfers))) {
    if (!row.at("reference").empty()) continue;
    EXPECT_EQ(row.at("channel"), "cash");
    std::string key;
    for (const auto& [column, value] : row) key += value + "|";
    twice += ++seen[key] == 2 ? 1 : 0;
  }
  EXPECT_GT(twice, 5);
}

TEST(Generate, SmallHandOverHoldsFourteenAdvertsAndTwoStatements) {
  const Case written = make(SynthOptions::small_hand_over());
  EXPECT_EQ(table(written.files.at(SynthFile::adverts)).size(), 14U);
  EXPECT_EQ(table(written.files.at(SynthFile::statement_1)).size() +
                table(written.files.at(SynthFile::statement_2)).size(),
            24U);
  EXPECT_EQ(table(written.files.at(SynthFile::calls)).size(), 12U);
  EXPECT_EQ(table(written.files.at(SynthFile::reports)).size(), 3U);
  EXPECT_EQ(written.count.n_organised, 9U);
  EXPECT_EQ(written.count.n_urgent, 1U);
}

TEST(Generate, GreyZoneSetsHoldAdvertsAndTruthAlone) {
  for (const std::uint32_t n : {30U, 100U, 500U}) {
    const Case written = make(SynthOptions::grey_zone(n));
    EXPECT_EQ(written.count.n_adverts, n);
    EXPECT_GE(written.count.n_organised, n / 5);
    EXPECT_EQ(written.files.count(SynthFile::transfers), 0U);
    EXPECT_EQ(written.files.count(SynthFile::reports), 0U);
  }
}

TEST(Generate, RefusesACaseWithoutAdverts) {
  SynthOptions options;
  options.n_adverts = 0;
  const auto count =
      generate(options, vocabulary(), [](SynthFile, std::string_view) { return Result<void>{}; });
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().name(), "base.bad_argument");
}

TEST(Generate, PassesOnWhatTheSinkReturns) {
  const auto count =
      generate(thousand(), vocabulary(), [](SynthFile, std::string_view) -> Result<void> {
        return Error(ErrorCode::base_cannot_write, "disk full");
      });
  ASSERT_FALSE(count);
  EXPECT_THAT(count.error().message(), HasSubstr("disk full"));
}

TEST(WriteCase, WritesTheSameBytesAsFiles) {
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "ovillo_synth_case";
  std::filesystem::remove_all(folder);
  const Case written = make(SynthOptions::small_hand_over());
  ASSERT_TRUE(write_case(SynthOptions::small_hand_over(), vocabulary(), folder));
  for (const auto& [file, bytes] : written.files)
    EXPECT_EQ(read_file(folder / file_path(file)).value(), bytes) << file_path(file);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ovillo::synth
