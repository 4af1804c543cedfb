// Real files nobody here wrote: they are read, the counts add up, and facts about them that were
// checked by hand with other tools hold. Skipped where the reference data are not there.
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/test_sink.hpp"
#include "ovillo/intake/propose.hpp"

namespace ovillo::intake {
namespace {

class RealData : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(reference_data_folder()))
      GTEST_SKIP() << "no reference data at " << reference_data_folder();
  }
  static std::string path(const std::string& name) {
    return (reference_data_folder() / name).string();
  }
  static Profile shipped(const std::string& name) {
    const auto profiles = shipped_profiles(data_folder());
    EXPECT_TRUE(profiles) << profiles.error().message();
    for (const Profile& profile : *profiles)
      if (profile.name == name) return profile;
    ADD_FAILURE() << "no shipped profile " << name;
    return {};
  }
};

struct TableFile {
  const char* path;
  std::uint64_t records;
  std::uint64_t rejects;
  std::size_t columns;
};

// Counts by Python's csv module, strict, empty lines left out.
TEST_F(RealData, ReadsEveryRowOfTheAdvertFiles) {
  const TableFile files[] = {
      {"adverts/catho_vagas_pt.csv", 3000, 0, 8},
      {"adverts/emscad_flag_review_sample.csv", 50, 0, 29},
      {"adverts/emscad_subset_shambhavi.csv", 499, 0, 17},
      {"adverts/infojobs_data_analyst.csv", 116, 0, 11},
      {"adverts/infojobs_data_engineer.csv", 88, 0, 11},
      {"adverts/infojobs_data_science.csv", 62, 0, 11},
      {"adverts/offres_emploi_fr.csv", 150, 0, 40},
      {"adverts/sms_spam_en_hi_de_fr.csv", 5572, 0, 5},
      // 7,534 lines, of which 5 hold no tab (comma-separated comments that got in by mistake).
      {"adverts/SMSSpamCollection.tsv", 7529, 5, 2},
  };
  for (const TableFile& file : files) {
    SCOPED_TRACE(file.path);
    const Collected read = read_collected_file(path(file.path));
    ASSERT_FALSE(read.error) << read.error->message();
    EXPECT_EQ(read.count.records, file.records);
    EXPECT_EQ(read.count.rejects, file.rejects);
    ASSERT_FALSE(read.batches.empty());
    EXPECT_EQ(read.batches[0].columns.size(), file.columns);
  }
}

TEST_F(RealData, KeepsTheQuotationMarksOfTextMessages) {
  const Collected read =
      read_collected_file(path("adverts/SMSSpamCollection.tsv"), shipped("sms_tsv"));
  EXPECT_EQ(read.forms.at(0), "tsv, quotation marks are part of the text, no header, UTF-8");
  std::size_t spam = 0;
  std::size_t quoted = 0;
  for (std::size_t i = 0; i < read.count.records; ++i) {
    spam += read.cell(i, "column 1") == "spam" ? 1 : 0;
    quoted += read.value(i, Field::text).starts_with('"') ? 1 : 0;
    EXPECT_EQ(read.kind(i), RecordKind::message);
  }
  EXPECT_EQ(spam, 1752u);
  EXPECT_EQ(quoted, 57u);
  for (const Reject& reject : read.rejects) EXPECT_EQ(reject.code, "intake.ragged_row");
  EXPECT_EQ(read.rejects.at(0).row, 6982u);  // line 6,982 of the file
}

TEST_F(RealData, ReadsWindows1252) {
  const Collected read =
      read_collected_file(path("adverts/emscad_flag_review_sample.csv"), shipped("jobs_emscad"));
  EXPECT_EQ(read.forms.at(0), "csv, separator ',', header, Windows-1252");
}

TEST_F(RealData, ReadsThePoliceGraph) {
  const std::map<std::string, std::uint64_t> nodes = {
      {"Area", 93},       {"Crime", 28762},    {"Email", 328},   {"Location", 14904},
      {"Object", 7},      {"Officer", 1000},   {"Person", 369},  {"Phone", 328},
      {"PhoneCall", 534}, {"PostCode", 14196}, {"Vehicle", 1000}};
  const std::map<std::string, std::uint64_t> relations = {{"CALLED", 534},
                                                          {"CALLER", 534},
                                                          {"CURRENT_ADDRESS", 368},
                                                          {"FAMILY_REL", 155},
                                                          {"HAS_EMAIL", 328},
                                                          {"HAS_PHONE", 328},
                                                          {"HAS_POSTCODE", 14904},
                                                          {"INVESTIGATED_BY", 28762},
                                                          {"INVOLVED_IN", 985},
                                                          {"KNOWS", 586},
                                                          {"KNOWS_LW", 80},
                                                          {"KNOWS_PHONE", 118},
                                                          {"KNOWS_SN", 241},
                                                          {"LOCATION_IN_AREA", 14904},
                                                          {"OCCURRED_AT", 28762},
                                                          {"PARTY_TO", 55},
                                                          {"POSTCODE_IN_AREA", 14196}};
  std::map<std::string, std::string> phone_by_id;
  std::map<std::string, std::string> name_by_id;
  std::uint64_t n_nodes = 0;
  std::uint64_t n_relations = 0;
  for (const auto& [label, n] : nodes) {
    SCOPED_TRACE(label);
    const Collected read =
        read_collected_file(path("platforms/pole/crime-investigation.nodes." + label + ".csv"));
    EXPECT_EQ(read.count.records, n);
    EXPECT_EQ(read.count.rejects, 0u);
    n_nodes += read.count.records;
    for (std::size_t i = 0; i < read.count.records; ++i) {
      const std::string id = read.value(i, Field::local_id);
      ASSERT_FALSE(id.empty());
      if (label == "Phone") phone_by_id[id] = read.value(i, Field::phone);
      if (label == "Person") name_by_id[id] = read.cell(i, "name") + " " + read.cell(i, "surname");
      if (label == "Person" || label == "Officer") {
        ASSERT_EQ(read.kind(i), RecordKind::person);
      }
      if (label == "PhoneCall") {
        ASSERT_TRUE(read.at(i).first->time[read.at(i).second]);
      }
    }
    if (label == "PhoneCall") {  // 04/08/2017 and 00:32 in two columns
      EXPECT_EQ(format_utc(read.batches[0].time[0]->begin_utc_s), "2017-08-04T00:32:00Z");
    }
    if (label == "Vehicle") {
      EXPECT_EQ(read.value(0, Field::plate), "RY52 APF");
    }
  }
  EXPECT_EQ(n_nodes, 61521u);
  for (const auto& [type, n] : relations) {
    SCOPED_TRACE(type);
    const Collected read = read_collected_file(
        path("platforms/pole/crime-investigation.relationships." + type + ".csv"));
    EXPECT_EQ(read.count.records, n);
    EXPECT_EQ(read.count.rejects, 0u);
    n_relations += read.count.records;
    EXPECT_EQ(read.kind(0), RecordKind::relation);
    EXPECT_EQ(read.value(0, Field::predicate), type);
    if (type != "HAS_PHONE") continue;
    // The references are in the namespace of the nodes' local ids: every end is there.
    for (std::size_t i = 0; i < read.count.records; ++i) {
      EXPECT_TRUE(name_by_id.contains(read.value(i, Field::from_ref)));
      EXPECT_TRUE(phone_by_id.contains(read.value(i, Field::to_ref)));
    }
    EXPECT_EQ(name_by_id[read.value(0, Field::from_ref)], "Benjamin Hamilton");
  }
  EXPECT_EQ(n_relations, 105840u);
}

TEST_F(RealData, ReadsFollowTheMoneyDonations) {
  // Counted with Python's json: 290 payments, 22 persons, 56 companies, 17 or 18 organisations.
  const TableFile files[] = {
      {"platforms/ftm/nomenklatura_donations.ijson", 474, 0, 73},
      {"platforms/ftm/yente_parteispenden.entities.ftm.json", 475, 0, 74},
  };
  for (const TableFile& file : files) {
    SCOPED_TRACE(file.path);
    const Collected read = read_collected_file(path(file.path));
    EXPECT_EQ(read.count.records, file.records);
    EXPECT_EQ(read.count.rejects, 0u);
    std::map<RecordKind, std::size_t> kinds;
    std::size_t whole = 0;
    for (std::size_t i = 0; i < read.count.records; ++i) {
      ++kinds[read.kind(i)];
      if (read.kind(i) != RecordKind::transfer) continue;
      const auto [batch, row] = read.at(i);
      whole += !read.value(i, Field::from_ref).empty() && !read.value(i, Field::to_ref).empty() &&
                       !read.value(i, Field::amount).empty() &&
                       read.value(i, Field::currency) == "EUR" && batch->time[row].has_value()
                   ? 1
                   : 0;
    }
    EXPECT_EQ(kinds[RecordKind::transfer], 290u);
    EXPECT_EQ(whole, 290u);
    EXPECT_EQ(kinds[RecordKind::person], 22u);
    EXPECT_EQ(kinds[RecordKind::company], file.columns);
    EXPECT_EQ(kinds[RecordKind::thing], 89u);
  }
  const Collected read = read_collected_file(path(files[0].path));
  EXPECT_EQ(read.value(3, Field::amount), "100000");
  EXPECT_EQ(read.value(3, Field::from_ref), "f9c295f21b233ac878fbac4d271bb6fd13d7952a");
  EXPECT_EQ(read.value(3, Field::to_ref), read.value(0, Field::local_id));
  EXPECT_EQ(read.value(0, Field::name), "MLPD");
  EXPECT_EQ(format_time(*read.batches[0].time[3]), "2011-12-29");
}

TEST_F(RealData, ReadsEntitiesWrappedInADiagram) {
  const Collected read = read_collected_file(path("platforms/ftm/openaleph_react-ftm_sample.ftm"));
  EXPECT_EQ(read.count.records, 20u);
  EXPECT_EQ(read.count.rejects, 0u);
  std::map<RecordKind, std::size_t> kinds;
  for (std::size_t i = 0; i < read.count.records; ++i) ++kinds[read.kind(i)];
  EXPECT_EQ(kinds[RecordKind::person], 8u);
  EXPECT_EQ(kinds[RecordKind::company], 9u);
  EXPECT_EQ(kinds[RecordKind::relation], 3u);
}

TEST_F(RealData, ReadsAMillionTransfersOutOfGzip) {
  std::uint64_t rows = 0;
  std::uint64_t timed = 0;
  std::string last;
  ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn& raw) -> Result<void> {
    rows += batch.size();
    for (const auto& time : batch.time) timed += time ? 1 : 0;
    last = raw[raw.size() - 1];
    return {};
  };
  sink.reject = [](Reject&& reject) -> Result<void> {
    ADD_FAILURE() << reject.sentence;
    return {};
  };
  const auto count =
      read_file(path("money/dev_tx.csv.gz"), shipped("transfers_tx"), Zone::utc(), {}, sink);
  ASSERT_TRUE(count) << count.error().message();
  EXPECT_EQ(rows, 1003284u);  // 1,003,285 lines by wc, one of them the header
  EXPECT_EQ(timed, rows);
  EXPECT_EQ(count->file_bytes, 20225451u);
  EXPECT_EQ(last,
            "1003283,2024-07-03T17:21:39,BE36000000006060,BE63000000037895,1218.6,EUR,transfer");
}

TEST_F(RealData, ProposesWhatTheColumnsAre) {
  const auto jobs = propose(path("adverts/infojobs_data_science.csv"));
  ASSERT_TRUE(jobs) << jobs.error().message();
  EXPECT_EQ(jobs->profile.name, "jobs_infojobs_es");
  EXPECT_EQ(jobs->profile.kind, RecordKind::advert);
  const auto transfers = propose(path("money/dev_tx.csv.gz"));
  ASSERT_TRUE(transfers) << transfers.error().message();
  EXPECT_EQ(transfers->profile.kind, RecordKind::transfer);
  const auto calls = propose(path("platforms/pole/crime-investigation.nodes.PhoneCall.csv"));
  ASSERT_TRUE(calls) << calls.error().message();
  EXPECT_EQ(calls->profile.kind, RecordKind::call);
}

}  // namespace
}  // namespace ovillo::intake
