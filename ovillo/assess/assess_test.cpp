#include "ovillo/assess/assess.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/assess/internal/indicator.hpp"
#include "ovillo/assess/internal/toml_table.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::assess {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::filesystem::path kGolden =
    std::filesystem::path(OVILLO_SOURCE_DIR) / "tests/golden/assess";

/// The value; a test whose fixture does not read stops here.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message());
  return std::move(*result);
}

const Assessor& shipped() {
  static const Assessor assessor = [] {
    auto opened = Assessor::open(data_folder());
    if (!opened) ADD_FAILURE() << opened.error().message();
    return std::move(*opened);
  }();
  return assessor;
}

RecordFacts text_record(RecordKind kind, std::string_view text) {
  RecordFacts record;
  record.kind = kind;
  record.texts.push_back({3, text});
  return record;
}

std::vector<std::string> urgent_ids(std::string_view text) {
  std::vector<std::string> ids;
  for (const UrgentText& found : shipped().urgent(text_record(RecordKind::report, text)))
    ids.push_back(found.indicator);
  return ids;
}

std::vector<std::string> sign_ids(const Assessment& assessment) {
  std::vector<std::string> ids;
  ids.reserve(assessment.signs.size());
  for (const Sign& sign : assessment.signs) ids.push_back(sign.indicator);
  return ids;
}

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> parts;
  std::stringstream in(text);
  for (std::string part; std::getline(in, part, by);) parts.push_back(part);
  return parts;
}

std::vector<std::vector<std::string>> read_tsv(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') rows.push_back(split(line, '\t'));
  EXPECT_FALSE(rows.empty()) << file;
  return rows;
}

// Golden cases

TEST(AssessGolden, UrgentTexts) {
  for (const auto& row : read_tsv(kGolden / "urgent.tsv")) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    const auto ids = urgent_ids(row[2]);
    if (row[0] == "-") {
      EXPECT_THAT(ids, IsEmpty()) << row[2];
      continue;
    }
    for (const std::string& id : split(row[0], ',')) EXPECT_THAT(ids, Contains(id)) << row[2];
  }
}

TEST(AssessGolden, SignsInTexts) {
  for (const auto& row : read_tsv(kGolden / "signs.tsv")) {
    ASSERT_EQ(row.size(), 4U) << row[0];
    const auto kind = from_name<RecordKind>(row[0]);
    ASSERT_TRUE(kind) << row[0];
    const RecordFacts record = text_record(*kind, row[3]);
    const auto ids = sign_ids(shipped().assess({&record, 1}));
    for (const std::string& id : split(row[1], ','))
      if (id[0] == '!') {
        EXPECT_THAT(ids, Not(Contains(id.substr(1)))) << row[3];
      } else {
        EXPECT_THAT(ids, Contains(id)) << row[3];
      }
  }
}

// A network of a golden file; owns what its facts view.
struct GoldenNetwork {
  struct Row {
    RecordFacts facts;
    std::string text;
    std::vector<FindKind> kind;
    std::vector<Role> role;
    std::vector<WrittenAs> written_as;
    std::vector<std::uint16_t> column;
    std::vector<Span> span;
    std::vector<std::string> canonical;
  };
  std::vector<std::unique_ptr<Row>> rows;

  void add(const TomlTable& table) {
    auto& row = *rows.emplace_back(std::make_unique<Row>());
    row.facts.index = static_cast<std::uint32_t>(rows.size() - 1);
    row.facts.kind = must(table.required_enum<RecordKind>("kind"));
    row.text = must(table.required_string("text"));
    row.facts.texts.push_back({1, row.text});
    row.facts.cluster = static_cast<std::int32_t>(must(table.number_or("cluster", -1)));
    row.facts.local_offset_s = static_cast<std::int32_t>(must(table.number_or("offset_s", 0)));
    if (const auto time = table.required_string("time"); time)
      row.facts.time_utc_s = parse_time(*time, Zone::utc(), DateOrder::day_first)->begin_utc_s;
    const auto finds = table.string_lists("finds");
    ASSERT_TRUE(finds) << finds.error().message();
    for (const auto& find : *finds) {
      row.kind.push_back(*from_name<FindKind>(find[0]));
      row.role.push_back(*from_name<Role>(find[1]));
      row.canonical.push_back(find[2]);
      row.written_as.push_back(find.size() > 3 ? *from_name<WrittenAs>(find[3]) : WrittenAs::plain);
      row.column.push_back(1);
      row.span.push_back({0, 1});
    }
    row.facts.find_kind = row.kind;
    row.facts.find_role = row.role;
    row.facts.find_written_as = row.written_as;
    row.facts.find_column = row.column;
    row.facts.find_span = row.span;
    row.facts.find_canonical.assign(row.canonical.begin(), row.canonical.end());
  }

  [[nodiscard]] std::vector<RecordFacts> facts() const {
    std::vector<RecordFacts> out;
    out.reserve(rows.size());
    for (const auto& row : rows) out.push_back(row->facts);
    return out;
  }
};

GoldenNetwork read_network(const TomlTable& root) {
  GoldenNetwork network;
  for (const TomlTable& record : must(root.tables("record"))) network.add(record);
  return network;
}

std::vector<std::filesystem::path> network_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kGolden / "networks"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(AssessGolden, Networks) {
  ASSERT_GT(network_files().size(), 8U);
  for (const auto& file : network_files()) {
    SCOPED_TRACE(file.filename().string());
    const auto root = TomlTable::open(file);
    ASSERT_TRUE(root) << root.error().message();
    const GoldenNetwork network = read_network(*root);
    const TomlTable expect = must(root->required_table("expect"));
    const Assessor assessor = shipped().with_employers(must(expect.strings("employers")));
    const Assessment assessment = assessor.assess(network.facts());
    const auto ids = sign_ids(assessment);
    for (const std::string& id : must(expect.strings("shown"))) EXPECT_THAT(ids, Contains(id));
    for (const std::string& id : must(expect.strings("absent")))
      EXPECT_THAT(ids, Not(Contains(id)));
    EXPECT_EQ(assessment.families_for,
              must(expect.number_or("families_for", assessment.families_for)));
    EXPECT_EQ(assessment.families_against,
              must(expect.number_or("families_against", assessment.families_against)));
    const TomlTable sentences = must(expect.table_or_empty("sentences"));
    for (const std::string& id : sentences.keys())
      for (const Sign& sign : assessment.signs)
        if (sign.indicator == id) {
          EXPECT_EQ(sign.sentence, must(sentences.required_string(id)));
        }
  }
}

TEST(Assess, OrderOfRecordsChangesNoSign) {
  for (const auto& file : network_files()) {
    const GoldenNetwork network = read_network(must(TomlTable::open(file)));
    auto facts = network.facts();
    const Assessment forward = shipped().assess(facts);
    std::reverse(facts.begin(), facts.end());
    const Assessment backward = shipped().assess(facts);
    ASSERT_EQ(sign_ids(forward), sign_ids(backward)) << file;
    for (std::size_t i = 0; i < forward.signs.size(); ++i) {
      EXPECT_EQ(forward.signs[i].sentence, backward.signs[i].sentence) << file;
      EXPECT_EQ(forward.signs[i].evidence, backward.signs[i].evidence) << file;
    }
  }
}

TEST(Assess, EverySignKnowsItsRecordsAndEverySpanLiesInItsText) {
  for (const auto& file : network_files()) {
    const GoldenNetwork network = read_network(must(TomlTable::open(file)));
    for (const Sign& sign : shipped().assess(network.facts()).signs) {
      EXPECT_EQ(sign.evidence.empty(), sign.side == SignSide::not_known) << sign.indicator;
      for (const Evidence& evidence : sign.evidence) {
        ASSERT_LT(evidence.record, network.rows.size());
        EXPECT_LE(evidence.span.end,
                  std::max<std::size_t>(1, network.rows[evidence.record]->text.size()));
      }
    }
  }
}

// What is refused

TEST(Refused, NoRefusedWordingIsScored) {
  const auto root = TomlTable::open(data_folder() / "indicators/refused.toml");
  ASSERT_TRUE(root);
  std::size_t n_texts = 0;
  for (const TomlTable& refused : must(root->tables("refused")))
    for (const std::string& text : must(refused.strings("texts"))) {
      ++n_texts;
      for (const RecordKind kind : {RecordKind::advert, RecordKind::report}) {
        const RecordFacts record = text_record(kind, text);
        const Assessment assessment = shipped().assess({&record, 1});
        EXPECT_EQ(assessment.families_for, 0) << text;
        EXPECT_EQ(assessment.families_against, 0) << text;
        EXPECT_THAT(shipped().urgent(record), IsEmpty()) << text;
      }
    }
  EXPECT_GT(n_texts, 25U);
}

TEST(Refused, MovementNationalityLanguageAndEthnicityAreAmongThem) {
  const auto vocabulary = read_vocabulary(data_folder() / "indicators");
  ASSERT_TRUE(vocabulary) << vocabulary.error().message();
  std::set<std::string> ids;
  for (const Refused& refused : vocabulary->refused) ids.insert(refused.id);
  for (const char* id : {"movement", "nationality", "language", "ethnicity"})
    EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(Indicators, OrganisationNeverCounts) {
  const auto vocabulary = read_vocabulary(data_folder() / "indicators");
  ASSERT_TRUE(vocabulary);
  std::set<std::string> of_organisation, of_signs;
  for (const Indicator& indicator : vocabulary->indicators) {
    if (indicator.side == SignSide::organisation) of_organisation.insert(indicator.family);
    if (indicator.side == SignSide::sign_for) of_signs.insert(indicator.family);
  }
  for (const std::string& family : of_organisation)
    EXPECT_FALSE(of_signs.contains(family)) << family;
}

TEST(Indicators, EachSaysItsSourceEvidenceAndBias) {
  for (const auto& info : shipped().indicators()) {
    for (const std::string* text : {&info.name, &info.family, &info.source, &info.evidence,
                                    &info.known_bias, &info.reviewed_by, &info.objections})
      EXPECT_FALSE(text->empty()) << info.id;
    const bool counts = info.side == "for" || info.side == "against";
    EXPECT_GT(info.known_bias.size(), counts ? 20U : 0U) << info.id;
  }
}

TEST(Indicators, ReferencePageIsDrawnFromTheData) {
  const std::string tool = std::string(OVILLO_SOURCE_DIR) + "/tools/draw_indicators.py";
  EXPECT_EQ(std::system(("python3 " + tool + " --check").c_str()), 0)  // NOLINT(cert-env33-c)
      << "run tools/draw_indicators.py";
}

// Data files that do not read

class DamagedIndicators : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "ovillo_damaged_indicators";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "indicators");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string error_of(std::string_view toml) {
    std::ofstream(folder_ / "indicators/one.toml") << toml;
    const auto opened = Assessor::open(folder_);
    return opened ? "opened" : opened.error().message();
  }
  static std::string indicator(std::string_view phrase, std::string_view sentence = "Seen.") {
    std::string toml =
        "[[indicator]]\nid = \"one\"\nname = \"n\"\nside = \"for\"\nfamily = \"f\"\n";
    toml += "sentence = \"" + std::string(sentence) + "\"\n";
    for (const char* key : {"source", "evidence", "known_bias", "reviewed_by", "objections"})
      toml += std::string(key) + " = \"x\"\n";
    return toml + "[indicator.rule]\nkind = \"phrases\"\n[indicator.phrases]\nen = [\"" +
           std::string(phrase) + "\"]\n";
  }
  std::filesystem::path folder_;
};

TEST_F(DamagedIndicators, AreNamedWithFileAndKey) {
  EXPECT_EQ(error_of(indicator("a word")), "opened");
  EXPECT_THAT(error_of(indicator("(a word")), HasSubstr("a bracket is not closed"));
  EXPECT_EQ(error_of(indicator(std::string(16, '(') + "a" + std::string(16, ')'))), "opened");
  EXPECT_THAT(error_of(indicator(std::string(20'000, '(') + "a" + std::string(20'000, ')'))),
              HasSubstr("brackets are too deep"));
  EXPECT_THAT(error_of(indicator("a word)")), HasSubstr("a bracket too many"));
  EXPECT_THAT(error_of(indicator("a ..9 word")), HasSubstr("a gap is ..1 to ..7"));
  EXPECT_THAT(error_of(indicator("(a)?")), HasSubstr("it can be empty"));
  EXPECT_THAT(error_of(indicator("@nobody")), HasSubstr("there is no list nobody"));
  EXPECT_THAT(error_of(indicator("a", "{people} seen")), HasSubstr("counts are"));
  EXPECT_THAT(error_of(indicator("a") + "typo = 1\n"), HasSubstr("one.toml"));
  EXPECT_THAT(error_of(indicator("a") + indicator("b")), HasSubstr("used twice"));
  EXPECT_THAT(error_of("[[indicator]]\nid = 4\n"), HasSubstr("a text is needed"));
  EXPECT_THAT(error_of("[["), HasSubstr("base.bad_data_file"));
}

TEST_F(DamagedIndicators, APhraseOnWhatIsRefusedStopsTheProgram) {
  std::ofstream(folder_ / "indicators/refused.toml")
      << "[[refused]]\nid = \"origin\"\nname = \"n\"\nreason = \"r\"\nsource = \"s\"\nwords = "
         "[\"ruritanian\"]\n";
  EXPECT_THAT(error_of(indicator("(young|Ruritanian) person")),
              HasSubstr("which is refused (origin)"));
  EXPECT_EQ(error_of(indicator("young person")), "opened");
}

// Ranking and urgency

TEST(Ranking, FollowsFamiliesForMinusAgainstAndThenTheNewest) {
  const Assessment two{{}, 2, 0, 10}, one{{}, 3, 2, 99}, one_newer{{}, 1, 0, 100};
  EXPECT_TRUE(ranks_before(two, one));
  EXPECT_FALSE(ranks_before(one, two));
  EXPECT_TRUE(ranks_before(one_newer, one));
  EXPECT_FALSE(ranks_before(one, one));
}

TEST(ShowsMoreThanOneHand, NotByWordingAlone) {
  const GoldenNetwork hidden =
      read_network(must(TomlTable::open(kGolden / "networks/number_hidden.toml")));
  EXPECT_FALSE(shows_more_than_one_hand(shipped().assess(hidden.facts())));
  const GoldenNetwork payer =
      read_network(must(TomlTable::open(kGolden / "networks/one_payer.toml")));
  EXPECT_TRUE(shows_more_than_one_hand(shipped().assess(payer.facts())));
}

TEST(Urgent, GivesTheRawWordsWithTheirColumn) {
  const std::string text = "Hola. ¡N\u00D3 M\u0415 DEJAN salir! \U0001F614 llámame";
  const auto found = shipped().urgent(text_record(RecordKind::advert, text));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].indicator, "captivity");
  ASSERT_EQ(found[0].evidence.size(), 1U);
  EXPECT_EQ(found[0].evidence[0].column, 3);
  const Span span = found[0].evidence[0].span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "N\u00D3 M\u0415 DEJAN salir");
}

TEST(Urgent, ReadsTheSameWhateverTheDisguise) {
  for (const char* text :
       {"no me dejan salir", "NO ME DEJAN SALIR", "no  me\ndejan, salir", "n0 m\u0435 d3jan sal1r",
        "\uFF4E\uFF4F me dejan salir", "no\u200B me de\u00ADjan salir", "nooo me dejannn salirrr"})
    EXPECT_THAT(urgent_ids(text), Contains("captivity")) << text;
  EXPECT_THAT(urgent_ids("no me importa. Dejan salir"), Not(Contains("captivity")));
}

TEST(Urgent, SaysInWhichLanguagesItCanRead) {
  for (const char* language : {"en", "es", "fr", "nl", "pt"})
    EXPECT_TRUE(shipped().reads_urgency_in(language)) << language;
  for (const char* language : {"de", "pl", "", "e"})
    EXPECT_FALSE(shipped().reads_urgency_in(language)) << language;
  EXPECT_TRUE(shipped().looks_for_urgency_in(RecordKind::advert));
}

TEST(Urgent, HoldsUnderBytesThatAreNoText) {
  std::string bytes;
  for (int i = 0; i < 4'000; ++i) bytes += static_cast<char>(i * 37);
  EXPECT_NO_FATAL_FAILURE(urgent_ids(bytes));
  std::string repeated;
  for (int i = 0; i < 20'000; ++i) repeated += "no me no nos ";
  EXPECT_NO_FATAL_FAILURE(urgent_ids(repeated));
}

}  // namespace
}  // namespace ovillo::assess
