// Charts: i2 ANX, GraphML, GEXF.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

std::string sample(const std::string& name) {
  return ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz/corpus/chart" / name)
      .value();
}

TEST(ReadChart, GivesItemsAndLinesOfAnI2Chart) {
  const std::string bytes = sample("small.anx");
  const Collected read = read_collected(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.kind(0), RecordKind::person);
  EXPECT_EQ(read.value(0, Field::name), "Eva Ejemplo");
  EXPECT_EQ(read.value(0, Field::address), "Rue Invent 1");
  EXPECT_EQ(read.value(0, Field::local_id), "test/1");
  EXPECT_EQ(read.cell(0, "source_reference"), "REP-1");
  EXPECT_EQ(read.kind(1), RecordKind::thing);
  EXPECT_EQ(read.value(1, Field::phone), "+44 7700 900123");
  EXPECT_EQ(read.kind(2), RecordKind::relation);
  // The arrow points at the first end.
  EXPECT_EQ(read.value(2, Field::from_ref), "test/2");
  EXPECT_EQ(read.value(2, Field::to_ref), "test/1");
  EXPECT_EQ(read.value(2, Field::predicate), "Uses");
  EXPECT_EQ(format_time(*read.batches[0].time[2]), "2026-01-24T15:05:00+00:00");
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.missing_reference");
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(read.raw_row(i), bytes.substr(read.batches[0].byte[i], read.batches[0].length[i]));
}

TEST(ReadChart, GivesTheSameInUtf16) {
  std::string wide = "\xff\xfe";
  for (const char c : sample("small.anx")) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  const Collected read = read_collected(wide);
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.value(1, Field::phone), "+44 7700 900123");
  EXPECT_EQ(read.raw_row(0), wide.substr(read.batches[0].byte[0], read.batches[0].length[0]));
}

TEST(ReadChart, GivesNodesAndEdgesWithTheirProperties) {
  const Collected graphml = read_collected(sample("small.graphml"));
  ASSERT_EQ(graphml.records, 3u);
  EXPECT_EQ(graphml.value(0, Field::phone), "+447700900124");
  EXPECT_EQ(graphml.kind(2), RecordKind::relation);
  EXPECT_EQ(graphml.cell(2, "weight"), "2");
  const Collected gexf = read_collected(sample("small.gexf"));
  ASSERT_EQ(gexf.records, 3u);
  EXPECT_EQ(gexf.value(0, Field::email), "eva@example.org");
  EXPECT_EQ(gexf.value(2, Field::predicate), "knows");
}

TEST(ReadChart, KeepsWhatCameBeforeTheDamageAndRefusesEntities) {
  const std::string bytes = sample("small.anx");
  const Collected cut = read_collected(bytes.substr(0, bytes.find("3 calls")));
  EXPECT_EQ(cut.records, 2u);
  ASSERT_EQ(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects[0].code, "intake.bad_markup");
  std::string hostile = bytes;
  hostile.insert(hostile.find("<Chart"),
                 "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]>");
  const Collected refused = read_collected(hostile);
  EXPECT_EQ(refused.records, 0u);
  ASSERT_EQ(refused.rejects.size(), 1u);
}

// Charts of other programs, where they are at hand: as many records as there are nodes and edges.
TEST(ReadChart, ReadsTheChartsOfOthers) {
  const auto folder = reference_data_folder() / "platforms";
  if (!std::filesystem::exists(folder / "anx")) GTEST_SKIP() << "no reference data";
  for (const auto& [name, least] :
       {std::pair{"anx/sample_chart.anx", 5u}, std::pair{"anx/anxwritter_example.anx", 10u},
        std::pair{"graph/attributes.graphml", 13u}, std::pair{"graph/les_miserables.gexf", 300u}}) {
    const Collected read = read_collected_file((folder / name).string());
    ASSERT_FALSE(read.error) << name << read.error->message();
    EXPECT_GE(read.records, least) << name;
    EXPECT_EQ(read.count.rejects, 0u) << name;
  }
}

}  // namespace
}  // namespace ovillo::intake
