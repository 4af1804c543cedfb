// Broken input of every form: no crash, bounded time, memory and rows, counts that add up.
//
// Each reader gets 10,000 inputs made by seeded mutation of a sound one (OVILLO_MUTATIONS sets
// another number). The long run does it under sanitizers; the fuzz targets go further.
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_pdf.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using namespace std::string_view_literals;

std::size_t n_mutations() {
  const char* said = std::getenv("OVILLO_MUTATIONS");
  return said == nullptr ? 10'000 : static_cast<std::size_t>(std::atoll(said));
}

// CPU time of all threads: what other programs do at the same time does not count.
double process_cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

long peak_resident_mb() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

// No input here is larger than some kilobytes. AddressSanitizer holds back 256 MB of what was
// freed.
constexpr double kMostCpuS = 5;
constexpr long kMostGrowthMb = 512;

constexpr std::string_view kPieces[] = {"\""sv,
                                        ","sv,
                                        "\n"sv,
                                        "\r\n"sv,
                                        "\0"sv,
                                        "\xff"sv,
                                        "\"\""sv,
                                        "{"sv,
                                        "}"sv,
                                        "["sv,
                                        "]"sv,
                                        ":"sv,
                                        "\\"sv,
                                        "<row>"sv,
                                        "</c>"sv,
                                        "&#0;"sv,
                                        "\xef\xbb\xbf"sv,
                                        "\xff\xfe"sv,
                                        "-1"sv,
                                        "1e999"sv,
                                        "99999999999"sv,
                                        "PK\3\4"sv,
                                        "\x1f\x8b"sv,
                                        ":ID"sv,
                                        ":START_ID"sv,
                                        "\\u0000"sv,
                                        "\\ud800"sv,
                                        "\xed\xa0\x80"sv};

std::string mutated(std::string bytes, Rng& rng) {
  const std::uint64_t n = 1 + rng.below(4);
  for (std::uint64_t i = 0; i < n; ++i) {
    const std::size_t at = rng.below(bytes.size() + 1);
    const std::size_t length = std::min<std::size_t>(rng.below(40), bytes.size() - at);
    switch (rng.below(6)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(rng.below(256));
        break;
      case 1:
        bytes.erase(at, length);
        break;
      case 2:
        bytes.insert(at, rng.pick(kPieces));
        break;
      case 3:
        bytes.insert(rng.below(bytes.size() + 1), bytes.substr(at, length));
        break;
      case 4:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << rng.below(8)));
        break;
      default:
        if (rng.chance_per_mille(200)) bytes.resize(at);
        break;
    }
  }
  return bytes;
}

const std::string kTable =
    "id;text;phone;posted\r\n"
    "1;\"Hola; soy \"\"Eva\"\"\r\nllama ya\";+447700900123;2026-03-03\r\n"
    "2;caf\xc3\xa9;;03/04/2026 14:05\r\n"
    "3;plain text;+447700900124;pronto\r\n";
const std::string kJson =
    "{\"id\":1,\"a\":{\"b\":[1,2.5,\"x\"]},\"t\":\"caf\\u00e9\"}\n"
    "{\"id\":2,\"a\":null,\"n\":123456789012345678901234567}\n"
    "{\"id\":3,\"o\":[{\"k\":true},{\"k\":false}]}\n";
const std::string kEntities =
    R"({"id":"p1","schema":"Person","properties":{"name":["Ana Ejemplo"]}})"
    "\n"
    R"({"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"]}})"
    "\n"
    R"({"id":"t1","schema":"Payment","properties":{"payer":["c1"],"beneficiary":["p1"],"amountEur":["14"]}})"
    "\n";
const std::string kNodes =
    "personId:ID(Person),name,tags:string[],born:int,:LABEL\n"
    "1,Ana,a;b,1990,Person\n2,Eva,,,Suspect;Person\n";
const std::string kRelations = ":START_ID,:END_ID,:TYPE,since\n1,2,KNOWS,2026\n2,1,CALLED,\n";

MadeWorkbook workbook() {
  MadeWorkbook book;
  book.strings = {"<t>id</t>", "<t>text</t>", "<r><t>a</t></r><r><t>b</t></r>"};
  book.sheets = {
      {"S",
       R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)"
       R"(<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c></row>)"
       R"(<row r="3"><c r="A3" s="1"><v>46084</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>)"}};
  return book;
}

// No program is started but for what only programs read: each takes 10 ms.
void drive(std::uint64_t seed, const std::function<std::string(Rng&)>& next,
           std::size_t n = n_mutations(), const std::string& programs = "/nowhere") {
  Rng rng(seed);
  ReadOptions options;
  options.max_row_bytes = 4096;
  options.programs = programs;
  std::size_t read_whole = 0;
  const long peak_before_mb = peak_resident_mb();
  testing::Test::RecordProperty("mutated_inputs", static_cast<int>(n));
  for (std::size_t i = 0; i < n; ++i) {
    const std::string bytes = next(rng);
    const double begin_cpu_s = process_cpu_s();
    const Collected read = read_collected(bytes, {}, options);
    EXPECT_LT(process_cpu_s() - begin_cpu_s, kMostCpuS);
    EXPECT_LT(peak_resident_mb() - peak_before_mb, kMostGrowthMb);
    if (testing::Test::HasFailure()) {
      ADD_FAILURE() << "input " << i << " of seed " << seed;
      return;
    }
    // One input byte makes no more than one row, wherever it comes from.
    ASSERT_LE(read.count.rows, bytes.size() * 64 + 16);
    read_whole += read.error ? 0 : 1;
  }
  // Mutation must leave something to read, or the test says nothing.
  EXPECT_GT(read_whole, n / 50);
}

TEST(MutatedInput, Csv) {
  drive(1, [](Rng& rng) { return mutated(kTable, rng); });
}

TEST(MutatedInput, JsonLines) {
  drive(2, [](Rng& rng) { return mutated(kJson, rng); });
}

TEST(MutatedInput, JsonArrays) {
  std::string array = "[" + kJson + "]";
  for (char& c : array)
    if (c == '\n') c = ',';
  drive(3, [&](Rng& rng) {
    return mutated(rng.below(2) == 0 ? array : "{\"data\":" + array + "}", rng);
  });
}

TEST(MutatedInput, FollowTheMoney) {
  drive(4, [](Rng& rng) { return mutated(kEntities, rng); });
}

TEST(MutatedInput, Neo4j) {
  drive(5, [](Rng& rng) { return mutated(rng.below(2) == 0 ? kNodes : kRelations, rng); });
}

// Half of them with sound packing around broken markup, half with broken packing.
TEST(MutatedInput, Workbooks) {
  const std::string whole = made_workbook(workbook());
  drive(6, [&](Rng& rng) {
    if (rng.below(2) == 0) return mutated(whole, rng);
    MadeWorkbook book = workbook();
    book.sheets[0].rows = mutated(book.sheets[0].rows, rng);
    if (rng.below(4) == 0) book.strings[2] = mutated(book.strings[2], rng);
    return made_workbook(book);
  });
}

TEST(MutatedInput, Archives) {
  const std::vector<std::string> sound = {
      made_archive({{"a.csv", kTable}, {"b.jsonl", kJson}}, true),
      made_archive({{"a.csv", kTable}, {"d/", ""}, {"b.jsonl", kJson}}, false),
      made_archive({{"a.csv", kTable}, {"b.zip", made_archive({{"x", kTable}}, true)}}, false,
                   "gzip"),
      made_compressed(kTable, "gzip"),
      made_compressed(kTable, "bzip2"),
      made_compressed(kTable, "xz"),
      made_compressed(kTable, "zstd")};
  drive(7, [&](Rng& rng) {
    if (rng.below(3) > 0) return mutated(rng.pick(sound), rng);
    return made_archive({{"a.csv", mutated(kTable, rng)}, {"b.jsonl", mutated(kJson, rng)}},
                        rng.below(2) == 0, rng.below(2) == 0 ? "gzip" : "");
  });
}

std::vector<std::string> corpus_files(const std::string& folder) {
  std::vector<std::string> files;
  const auto corpus = std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz" / "corpus" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(corpus))
    files.push_back(ovillo::read_file(entry.path()).value());
  std::sort(files.begin(), files.end());
  return files;
}

// Each file of the fuzz corpus of a format in turn.
void drive_corpus(std::uint64_t seed, const std::string& folder, std::size_t n = n_mutations()) {
  const std::vector<std::string> files = corpus_files(folder);
  drive(seed, [&](Rng& rng) { return mutated(files[rng.below(files.size())], rng); }, n);
}

TEST(MutatedInput, WhatsApp) { drive_corpus(31, "whatsapp"); }
TEST(MutatedInput, JsonForms) { drive_corpus(32, "json_form"); }
TEST(MutatedInput, PhoneReports) { drive_corpus(33, "phone_report"); }
TEST(MutatedInput, Mail) { drive_corpus(34, "mail"); }
TEST(MutatedInput, Captures) { drive_corpus(37, "capture"); }
// Reads the words of headers anew for each: 8 ms.
TEST(MutatedInput, Charts) { drive_corpus(35, "chart", n_mutations() / 10); }
// Sound packing around broken markup; broken packing is tried with the workbooks.
TEST(MutatedInput, TextDocuments) {
  const std::vector<std::string> files = corpus_files("text_document");
  drive(36, [&](Rng& rng) { return made_text_document(mutated(rng.pick(files), rng)); });
}
TEST(MutatedInput, Pdf) {
  const std::string whole =
      made_pdf({{{72, 720, "Eva Ejemplo rents"}, {72, 706, "call +44 7700 900123"}},
                {{72, 720, "page two"}}});  // an empty page would be read as a picture each time
  drive(38, [&](Rng& rng) { return mutated(whole, rng); }, n_mutations() / 40, "/usr/bin");
}
TEST(MutatedInput, CallRecords) { drive_corpus(39, "call_record"); }
// Each starts the program that reads it.
TEST(MutatedInput, Pictures) {
  const std::string whole = corpus_files("picture").front();
  drive(
      40, [&](Rng& rng) { return mutated(whole, rng); },
      std::max<std::size_t>(n_mutations() / 500, 4), "/usr/bin");
}
TEST(MutatedInput, Camt) { drive_corpus(21, "camt"); }
TEST(MutatedInput, Mt940) { drive_corpus(22, "mt940"); }
TEST(MutatedInput, Coda) { drive_corpus(23, "coda"); }
TEST(MutatedInput, GoAml) { drive_corpus(24, "goaml"); }

TEST(MutatedInput, Utf16) {
  drive(8, [](Rng& rng) {
    std::string bytes = "\xff\xfe";
    for (const char c : kTable) bytes += {c, '\0'};
    return mutated(std::move(bytes), rng);
  });
}

// A table of random values, long enough for many windows, comes back cell by cell.
class RandomTable : public testing::Test {
 protected:
  RandomTable() {
    Rng rng(11);
    for (int i = 0; i < 20'000; ++i) {
      std::vector<std::string> row = {std::to_string(i)};
      for (int c = 0; c < 3; ++c) row.push_back(random_value(rng));
      rows_.push_back(std::move(row));
    }
  }
  static std::string random_value(Rng& rng) {
    static constexpr std::string_view kBits[] = {"a"sv,    "b c"sv,         "\""sv,
                                                 ","sv,    ";"sv,           "\n"sv,
                                                 "\r\n"sv, "caf\xc3\xa9"sv, "\xf0\x9f\x94\xa5"sv,
                                                 "<&>"sv,  "\\"sv};
    std::string out = "v";
    const std::uint64_t n = rng.below(30);
    for (std::uint64_t i = 0; i < n; ++i) out += rng.pick(kBits);
    return out + "w";
  }
  void expect_all(const Collected& read) {
    ASSERT_FALSE(read.error) << read.error->message();
    ASSERT_EQ(read.count.records, rows_.size());
    ASSERT_EQ(read.count.rejects, 0u);
    std::size_t i = 0;
    for (const RecordBatch& batch : read.batches) {
      for (std::size_t r = 0; r < batch.size(); ++r, ++i) {
        const Range cells = batch.fields[r];
        ASSERT_EQ(cells.size(), 4u);
        for (std::size_t c = 0; c < 4; ++c)
          ASSERT_EQ(batch.cell_value[cells.begin + c], rows_[i][c]);
        ASSERT_EQ(batch.row[r], i + 1);
      }
    }
  }
  std::vector<std::vector<std::string>> rows_;
};

TEST_F(RandomTable, ComesBackFromCsv) {
  std::string csv = "id,x,y,z\n";
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      csv += c == 0 ? "" : ",";
      csv += '"';
      for (const char byte : row[c]) csv += byte == '"' ? "\"\"" : std::string(1, byte);
      csv += '"';
    }
    csv += "\r\n";
  }
  const Collected read = read_collected(csv);
  expect_all(read);
  std::size_t i = 0;
  for (const RecordBatch& batch : read.batches)
    for (std::size_t r = 0; r < batch.size(); ++r)
      ASSERT_EQ(csv.substr(batch.byte[r], batch.length[r]), read.raw_row(i++));
  expect_all(read_collected(made_compressed(csv, "gzip")));
}

TEST_F(RandomTable, ComesBackFromJsonLines) {
  std::string json;
  for (const auto& row : rows_) {
    json += '{';
    for (std::size_t c = 0; c < row.size(); ++c) {
      json += fmt::format("{}\"{}\":\"", c == 0 ? "" : ",", "ixyz"[c]);
      for (const char byte : row[c]) {
        if (byte == '"' || byte == '\\') json += '\\';
        json += byte == '\n' ? "\\n" : byte == '\r' ? "\\r" : std::string(1, byte);
      }
      json += '"';
    }
    json += "}\n";
  }
  expect_all(read_collected(json));
}

TEST_F(RandomTable, ComesBackFromAWorkbook) {
  MadeWorkbook book;
  book.strings = {"<t>id</t>", "<t>x</t>", "<t>y</t>", "<t>z</t>"};
  std::string sheet;
  for (int c = 0; c < 4; ++c) sheet += fmt::format("<c t=\"s\"><v>{}</v></c>", c);
  sheet = "<row>" + sheet + "</row>";
  for (const auto& row : rows_) {
    sheet += "<row>";
    for (std::size_t c = 0; c < row.size(); ++c) {
      std::string text;
      for (const char byte : row[c])
        text += byte == '<'    ? "&lt;"
                : byte == '&'  ? "&amp;"
                : byte == '\r' ? "&#13;"
                               : std::string(1, byte);
      if (c == 1) {
        sheet += fmt::format("<c t=\"s\"><v>{}</v></c>", book.strings.size());
        book.strings.push_back("<t>" + text + "</t>");
      } else {
        sheet += "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
      }
    }
    sheet += "</row>";
  }
  book.sheets = {{"S", sheet}};
  expect_all(read_collected(made_workbook(book)));
}

}  // namespace
}  // namespace ovillo::intake
