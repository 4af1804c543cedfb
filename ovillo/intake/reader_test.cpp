#include "ovillo/intake/reader.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/intake/internal/encoding.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using namespace std::string_view_literals;

Profile with_columns(std::map<std::string, Field> columns, RecordKind kind = RecordKind::advert) {
  Profile profile;
  profile.kind = kind;
  profile.columns = std::move(columns);
  return profile;
}

std::string codes(const Collected& read) {
  std::string out;
  for (const Reject& reject : read.rejects)
    out += (out.empty() ? "" : ",") + reject.code.substr(reject.code.find('.') + 1);
  return out;
}

struct CsvCase {
  const char* name;
  std::string_view bytes;
  std::uint64_t records;
  const char* rejects;
  const char* column;
  const char* values;  // of that column, joined by '/'
};

class ReadCsv : public testing::TestWithParam<CsvCase> {};

TEST_P(ReadCsv, GivesRecordsAndRejects) {
  const CsvCase& c = GetParam();
  const Collected read = read_collected(c.bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.count.records, c.records);
  EXPECT_EQ(codes(read), c.rejects);
  std::string values;
  for (std::size_t i = 0; i < read.records; ++i)
    values += (i == 0 ? "" : "/") + read.cell(i, c.column);
  EXPECT_EQ(values, c.values);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, ReadCsv,
    testing::Values(
        CsvCase{"comma", "id,text\n1,one\n2,two\n"sv, 2, "", "text", "one/two"},
        CsvCase{"semicolon", "id;text\n1;one, two\n2;three\n"sv, 2, "", "text", "one, two/three"},
        CsvCase{"tab", "id\ttext\n1\tone\n2\ttwo\n"sv, 2, "", "text", "one/two"},
        CsvCase{"pipe", "id|text\n1|one\n2|two\n"sv, 2, "", "text", "one/two"},
        CsvCase{"crlf", "id,text\r\n1,one\r\n2,two\r\n"sv, 2, "", "text", "one/two"},
        CsvCase{"old_macintosh", "id,text\r1,one\r2,two\r"sv, 2, "", "text", "one/two"},
        CsvCase{"no_last_line_end", "id,text\n1,one\n2,two"sv, 2, "", "text", "one/two"},
        CsvCase{"bom", "\xef\xbb\xbfid,text\n1,one\n"sv, 1, "", "id", "1"},
        CsvCase{"excel_separator_line", "sep=;\nid;text\n1;a,b,c\n"sv, 1, "", "text", "a,b,c"},
        CsvCase{"quoted_line_end", "id,text\n1,\"one\ntwo\"\n2,x\n"sv, 2, "", "text", "one\ntwo/x"},
        CsvCase{"doubled_mark", "id,text\n1,\"say \"\"hi\"\"\"\n"sv, 1, "", "text", "say \"hi\""},
        CsvCase{"mark_inside_plain_cell", "id,text\n1,5\" pipe\n"sv, 1, "", "text", "5\" pipe"},
        CsvCase{"empty_lines_are_no_rows", "id,text\n\n1,one\n\n\n2,two\n\n"sv, 2, "", "text",
                "one/two"},
        CsvCase{"empty_cells_are_absent", "id,text\n1,\n2,two\n"sv, 2, "", "text", "/two"},
        CsvCase{"no_value_at_all", "id,text\n,\n2,two\n"sv, 1, "empty_row", "text", "two"},
        CsvCase{"ragged", "id,text\n1\n2,two\n3,a,b\n"sv, 1, "ragged_row,ragged_row", "text",
                "two"},
        CsvCase{"rows_end_with_a_separator",
                "id;text;tel;stad\n1;a, b;+447700900123;Gent;\n2;c;;Mechelen;\n"sv, 2, "", "stad",
                "Gent/Mechelen"},
        CsvCase{"some_rows_end_with_a_separator", "id;text\n1;a;\n2;b\n3;c;\n"sv, 3, "", "text",
                "a/b/c"},
        CsvCase{"header_ends_with_a_separator",
                "id;text;tel;stad;\n1;a, b;+447700900123;Gent\n2;c, d, e;;Mechelen\n"sv, 2, "",
                "stad", "Gent/Mechelen"},
        CsvCase{"value_beyond_an_open_header", "id;text;\n1;a\n2;b\n3;c;more\n"sv, 2, "ragged_row",
                "text", "a/b"},
        CsvCase{"value_beyond_rows_that_end_with_a_separator",
                "id;text\n1;a;\n2;b;\n3;c;more\n4;d;;\n"sv, 2, "ragged_row,ragged_row", "text",
                "a/b"},
        CsvCase{"nameless_column_that_most_rows_fill", "id;text;\n1;a;x\n2;b;y\n3;c;\n"sv, 3, "",
                "column 3", "x/y/"},
        CsvCase{"stray_mark_costs_one_row", "id,text\n1,\"a\" b\n2,\"two, too\"\n"sv, 1,
                "bad_quote", "text", "two, too"},
        CsvCase{"unclosed_mark_costs_one_row", "id,text\n0,\"o,o\"\n1,\"never\n2,two\n3,three\n"sv,
                3, "unclosed_quote", "text", "o,o/two/three"},
        CsvCase{"marks_that_enclose_nothing_are_text", "id,text\n1,\"a\" b\n2,two\n"sv, 2, "",
                "text", "\"a\" b/two"},
        CsvCase{"nul", "id,text\n1,a\0b\n2,two\n"sv, 1, "nul_byte", "text", "two"},
        CsvCase{"broken_utf8", "id,text\n1,caf\xc3\xa9\n2,caf\xc3\n3,ok\n"sv, 2, "bad_encoding",
                "text", "caf\xc3\xa9/ok"},
        CsvCase{"latin_1",
                "id,text\n1,caf\xe9\n2,ma\xf1"
                "ana\n"sv,
                2, "", "text",
                "caf\xc3\xa9/ma\xc3\xb1"
                "ana"},
        CsvCase{"windows_1252", "id,text\n1,5 \x80\n"sv, 1, "", "text", "5 \xe2\x82\xac"},
        CsvCase{"same_name_twice", "text,text\none,two\n"sv, 1, "", "text (2)", "two"},
        CsvCase{"nameless_column", "id,\n1,two\n"sv, 1, "", "column 2", "two"},
        CsvCase{"no_header", "1,+447700900123\n2,+447700900124\n"sv, 2, "", "column 2",
                "+447700900123/+447700900124"},
        CsvCase{"one_column", "phone\n+447700900123\n+447700900124\n"sv, 2, "", "phone",
                "+447700900123/+447700900124"},
        CsvCase{"header_alone", "id,text\n"sv, 0, "", "text", ""},
        CsvCase{"empty_file", ""sv, 0, "", "text", ""},
        CsvCase{"bad_header_makes_no_row_a_header", "id,te\0xt\n1,one\n2,two\n"sv, 2, "nul_byte",
                "column 2", "one/two"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(ReadFile, SaysWhereEachRowLies) {
  const std::string bytes = "id,text\r\n1,\"one\r\ntwo\"\r\n\r\n2,caf\xc3\xa9\r\n";
  const Collected read = read_collected(bytes);
  ASSERT_EQ(read.records, 2u);
  const RecordBatch& batch = read.batches[0];
  EXPECT_EQ(batch.row, (std::vector<std::uint64_t>{1, 2}));
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(bytes.substr(batch.byte[i], batch.length[i]), read.raw_row(i));
  EXPECT_EQ(read.raw_row(0), "1,\"one\r\ntwo\"");
}

TEST(ReadFile, GivesUtf16RowsBackAsTheyWere) {
  for (const bool big : {false, true}) {
    SCOPED_TRACE(big);
    std::string bytes = big ? "\xfe\xff" : "\xff\xfe";
    append_utf16(bytes, "id;text\n1;caf\xc3\xa9 \xf0\x9f\x94\xa5\n2;two\n", big);
    const Collected read = read_collected(bytes);
    ASSERT_EQ(read.records, 2u);
    EXPECT_EQ(read.cell(0, "text"), "caf\xc3\xa9 \xf0\x9f\x94\xa5");
    const RecordBatch& batch = read.batches[0];
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_EQ(bytes.substr(batch.byte[i], batch.length[i]), read.raw_row(i));
    EXPECT_EQ(batch.byte[0], 2u + 2 * 8);
  }
}

TEST(ReadFile, RejectsALoneSurrogate) {
  std::string bytes = "\xff\xfe";
  append_utf16(bytes, "id;text\n1;a", false);
  bytes += "\x00\xd8"sv;
  append_utf16(bytes, "b\n2;two\n", false);
  const Collected read = read_collected(bytes);
  EXPECT_EQ(read.records, 1u);
  EXPECT_EQ(codes(read), "bad_encoding");
}

TEST(ReadFile, NamesRowColumnAndByteOfAReject) {
  const Collected read = read_collected("id,text\n1,one\n2,a\0b\n"sv);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].row, 2u);
  EXPECT_EQ(read.rejects[0].column, "text");
  EXPECT_EQ(read.rejects[0].byte, 17u);
  EXPECT_EQ(read.rejects[0].file, "test");
  EXPECT_EQ(read.rejects[0].code, "intake.nul_byte");
  EXPECT_FALSE(read.rejects[0].sentence.empty());
}

TEST(ReadFile, TakesTheDelimiterThatTheProfileStates) {
  // Every row fits the comma better; only a person knows that '/' is meant.
  const std::string bytes = "id/text\n1/a, b\n2/c, d\n3/e, f\n";
  Profile profile = with_columns({{"text", Field::text}});
  EXPECT_EQ(read_collected(bytes, profile).cell(0, "text"), "");
  profile.delimiter = '/';
  const Collected read = read_collected(bytes, profile);
  EXPECT_EQ(read.count.rejects, 0u);
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.cell(2, "text"), "e, f");
}

TEST(ReadFile, SaysHowManyCellsARaggedRowHas) {
  const Collected read = read_collected("id,text\n1,2,3\n");
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_NE(read.rejects[0].sentence.find("3 cells for 2 columns"), std::string::npos);
}

TEST(ReadFile, AppliesTheProfile) {
  Profile profile =
      with_columns({{"Tel.", Field::phone}, {"fecha", Field::time}, {"tipo", Field::other}});
  profile.kind_column = "tipo";
  profile.kinds = {{"aviso", RecordKind::notice}};
  const Collected read = read_collected(
      "tipo,fecha,Tel.,otro\naviso,03/04/2026,+447700900123,x\nanuncio,pronto,,y\n", profile);
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.kind(0), RecordKind::notice);
  EXPECT_EQ(read.kind(1), RecordKind::advert);  // not in [kinds]: the profile's own kind
  EXPECT_EQ(read.value(0, Field::phone), "+447700900123");
  EXPECT_EQ(read.value(0, Field::other), "aviso");
  ASSERT_TRUE(read.batches[0].time[0]);
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-04-03");
  // A time that cannot be read keeps its row, and its words.
  EXPECT_FALSE(read.batches[0].time[1]);
  EXPECT_EQ(read.value(1, Field::time), "pronto");
}

TEST(ReadFile, JoinsADateWithTheClockBesideIt) {
  const Collected read =
      read_collected("call_time,call_date\n14:05,03/04/2026\n",
                     with_columns({{"call_time", Field::time}, {"call_date", Field::time}}));
  ASSERT_TRUE(read.batches[0].time[0]);
  EXPECT_EQ(format_utc(read.batches[0].time[0]->begin_utc_s), "2026-04-03T14:05:00Z");
}

TEST(ReadFile, AddsTheAssumedCurrencyOnlyWhereNoneIsStated) {
  Profile profile = with_columns({{"sum", Field::amount}, {"cur", Field::currency}});
  profile.default_currency = "EUR";
  const Collected read = read_collected("sum,cur\n10,USD\n20,\n", profile);
  EXPECT_EQ(read.value(0, Field::currency), "USD");
  EXPECT_EQ(read.value(1, Field::currency), "EUR");
  EXPECT_EQ(read.cell(1, "cur"), "");
}

TEST(ReadFile, CostsOneRejectForARowTooLong) {
  ReadOptions options;
  options.max_row_bytes = 1000;
  const std::string line = std::string(3'000'000, 'x');
  const Collected csv = read_collected("id,text\n1,one\n2," + line + "\n3,three\n", {}, options);
  EXPECT_EQ(csv.records, 2u);
  EXPECT_EQ(codes(csv), "row_too_long");
  EXPECT_EQ(csv.value(1, Field::other), "3");
  const Collected json =
      read_collected("{\"a\":1}\n{\"a\":\"" + line + "\"}\n{\"a\":3}\n", {}, options);
  EXPECT_EQ(json.records, 2u);
  EXPECT_EQ(codes(json), "row_too_long");
  const Collected array =
      read_collected("[{\"a\":1},\n{\"a\":\"" + line + "\"},{\"a\":3}]", {}, options);
  EXPECT_EQ(array.records, 2u);
  EXPECT_EQ(codes(array), "row_too_long");
  EXPECT_EQ(array.cell(1, "a"), "3");
}

TEST(ReadFile, DoesNotLetUnclosedMarksSwallowTheFile) {
  std::string bytes = "id,text\n";
  for (int i = 0; i < 2000; ++i) bytes += fmt::format("{},\"open\n", 2 * i);
  for (int i = 0; i < 2000; ++i) bytes += fmt::format("{},fine\n", i);
  const Collected read = read_collected(bytes);
  EXPECT_GE(read.records, 2000u);
}

// A file made so that every line opens a cell which closes nowhere: reading stays linear.
TEST(ReadFile, StaysQuickOnMarksMadeToHurt) {
  std::string bytes = "id,text\n";
  for (int i = 0; i < 400'000; ++i) bytes += "x\",\"\n";
  ReadOptions options;
  const Collected read = read_collected(bytes, {}, options);
  EXPECT_GT(read.count.rejects, 0u);
}

TEST(ReadFile, BatchesAreBounded) {
  std::string bytes = "id,text\n";
  for (int i = 0; i < 1000; ++i) bytes += fmt::format("{},t\n", i);
  ReadOptions options;
  options.batch_rows = 64;
  const Collected read = read_collected(bytes, {}, options);
  EXPECT_EQ(read.records, 1000u);
  for (const RecordBatch& batch : read.batches) EXPECT_LE(batch.size(), 64u);
}

TEST(ReadFile, PassesOnTheErrorOfTheSink) {
  ReadSink sink;
  sink.batch = [](RecordBatch&&, const StringColumn&) -> Result<void> {
    return Error(ErrorCode::base_cannot_write, "full");
  };
  sink.reject = [](Reject&&) -> Result<void> { return {}; };
  const auto read = read_bytes("a,b\n1,2\n", "x", {}, Zone::utc(), {}, sink);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code(), ErrorCode::base_cannot_write);
}

TEST(ReadFile, HashesTheFileAsHandedOver) {
  const std::string table = "id,text\n1,one\n";
  for (const std::string& bytes :
       {table, made_compressed(table, "gzip"), made_archive({{"a.csv", table}}, true),
        made_archive({{"a.csv", table}}, false, "gzip")}) {
    const Collected read = read_collected(bytes);
    EXPECT_EQ(read.count.file_sha256, sha256_hex(bytes));
    EXPECT_EQ(read.count.file_bytes, bytes.size());
    EXPECT_EQ(read.records, 1u);
  }
}

TEST(ReadFile, ReadsAFileByItsPathAsItsBytes) {
  const auto path = std::filesystem::temp_directory_path() / "ovillo_reader_test.xlsx";
  MadeWorkbook book;
  book.sheets = {
      {"S", "<row><c t=\"inlineStr\"><is><t>id</t></is></c></row><row><c><v>7</v></c></row>"}};
  const std::string bytes = made_workbook(book);
  std::ofstream(path, std::ios::binary) << bytes;
  const Collected read = read_collected_file(path.string());
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.count.file_sha256, sha256_hex(bytes));
  EXPECT_EQ(read.cell(0, "id"), "7");
  std::filesystem::remove(path);
  EXPECT_EQ(read_collected_file(path.string()).error->code(), ErrorCode::base_cannot_read);
  EXPECT_EQ(read_collected_file("/").error->code(), ErrorCode::base_cannot_read);
}

// Small enough for the buffer of a pipe, so that one thread writes and reads.
Collected read_from_standard_input(const std::string& bytes) {
  const int before = ::dup(STDIN_FILENO);
  int ends[2] = {};
  EXPECT_EQ(::pipe(ends), 0);
  EXPECT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::close(ends[1]);
  ::dup2(ends[0], STDIN_FILENO);
  ::close(ends[0]);
  Collected read = read_collected_file("-");
  ::dup2(before, STDIN_FILENO);
  ::close(before);
  return read;
}

TEST(ReadFile, ReadsStandardInputAsAFile) {
  MadeWorkbook book;
  book.strings = {"<t>id</t>"};
  book.sheets = {{"S", "<row><c t=\"s\"><v>0</v></c></row><row><c><v>7</v></c></row>"}};
  const std::string table = "id,text\n7,x\n";
  for (const std::string& bytes : {table, made_compressed(table, "gzip"),
                                   made_archive({{"a.csv", table}}, true), made_workbook(book)}) {
    const Collected read = read_from_standard_input(bytes);
    ASSERT_FALSE(read.error) << read.error->message();
    ASSERT_EQ(read.records, 1u);
    EXPECT_EQ(read.cell(0, "id"), "7");
    EXPECT_EQ(read.count.file_sha256, sha256_hex(bytes));
    EXPECT_EQ(read.count.file_bytes, bytes.size());
  }
}

TEST(ReadFile, RefusesWhatIsNoTable) {
  for (const std::string_view bytes :
       {"<?xml version=\"1.0\"?><a/>"sv, "\xd0\xcf\x11\xe0\xa1\xb1"sv, "7z\xbc\xaf\x27\x1c\0\4"sv,
        "\x01\x02\x03\x04\x05\x06\x07\x0e"sv}) {
    const Collected read = read_collected(bytes);
    ASSERT_TRUE(read.error);
    EXPECT_EQ(read.error->code(), ErrorCode::intake_unknown_format);
  }
}

// Archives

TEST(ReadArchive, ReadsEveryMember) {
  const std::vector<MadeMember> members = {{"a/", ""},
                                           {"a/one.csv", "id,text\n1,one\n"},
                                           {"a\xc3\xa7\xc3\xa3o.jsonl", "{\"id\":2}\n{\"id\":3}\n"},
                                           {"empty.csv", ""}};
  for (const std::string& bytes :
       {made_archive(members, true), made_archive(members, false),
        made_archive(members, false, "gzip"), made_archive(members, false, "zstd")}) {
    const Collected read = read_collected(bytes);
    ASSERT_FALSE(read.error) << read.error->message();
    EXPECT_EQ(read.records, 3u);
    ASSERT_EQ(read.batches.size(), 2u);
    EXPECT_EQ(read.batches[0].member, "a/one.csv");
    EXPECT_EQ(read.batches[1].member, "a\xc3\xa7\xc3\xa3o.jsonl");
    EXPECT_EQ(read.batches[1].row[0], 1u);  // rows are counted in each member
  }
}

TEST(ReadArchive, ReadsEveryCompression) {
  for (const char* filter : {"gzip", "bzip2", "xz", "zstd"}) {
    SCOPED_TRACE(filter);
    const Collected read = read_collected(made_compressed("id,text\n1,one\n2,two\n", filter));
    ASSERT_FALSE(read.error) << read.error->message();
    EXPECT_EQ(read.records, 2u);
    EXPECT_EQ(read.batches[0].member, "");
  }
}

TEST(ReadArchive, RejectsMembersThatAreNoFilesToRead) {
  const std::string table = "id,text\n1,one\n";
  const Collected read = read_collected(made_archive(
      {{"inner.zip", made_archive({{"a.csv", table}}, true)},
       {"inner.csv.gz", made_compressed(table, "gzip")},
       {"picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x8\6\0\0\0"sv)},
       {"link", "->/etc/passwd"},
       {"good.csv", table}},
      false));
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(codes(read), "nested_archive,nested_archive,unknown_format,not_a_file");
  EXPECT_EQ(read.rejects[0].member, "inner.zip");
  EXPECT_EQ(read.records, 1u);
  EXPECT_EQ(read.count.rows, 5u);
}

TEST(ReadArchive, HandsOverPicturesBesideTheTables) {
  const std::string png = "\x89PNG\r\n\x1a\n, a small one, whose bytes could be those of a text";
  Collected read;
  std::vector<std::string> pictures;
  ReadSink sink = read.sink();
  sink.picture = [&](const PictureFile& picture) -> Result<void> {
    pictures.push_back(fmt::format("{} {} {}", picture.member, picture.bytes.size(),
                                   picture.too_large ? "too large" : "whole"));
    EXPECT_EQ(picture.sha256,
              picture.too_large ? sha256_hex(std::string(100, 'x')) : sha256_hex(picture.bytes));
    return {};
  };
  ReadOptions options;
  options.max_picture_bytes = 99;
  const std::string bytes = made_archive({{"a/one.bin", png},
                                          {"table.csv", "id,photo\n1,one.bin\n"},
                                          {"page.JPG", "<html>gone</html>"},
                                          {"large.webp", std::string(100, 'x')}},
                                         true);
  const auto count = read_bytes(bytes, "h.zip", {}, Zone::utc(), options, sink);
  ASSERT_TRUE(count) << count.error().message();
  EXPECT_EQ(count->rows, 1u);
  EXPECT_EQ(read.records, 1u);
  EXPECT_TRUE(read.rejects.empty());
  EXPECT_THAT(pictures, ::testing::ElementsAre(fmt::format("a/one.bin {} whole", png.size()),
                                               "page.JPG 17 whole", "large.webp 0 too large"));
  EXPECT_EQ(codes(read_collected(made_archive({{"one.bin", png}}, true))), "unknown_format");
}

TEST(ReadArchive, RejectsCompressionInsideCompression) {
  const Collected read =
      read_collected(made_compressed(made_compressed("id\n1\n2\n", "gzip"), "gzip"));
  EXPECT_EQ(codes(read), "nested_archive");
}

TEST(ReadArchive, ReadsAWorkbookInsideAnArchive) {
  MadeWorkbook book;
  book.sheets = {{"Hoja 1", "<row><c t=\"s\"><v>0</v></c></row><row><c><v>7</v></c></row>"}};
  book.strings = {"<t>id</t>"};
  const Collected read = read_collected(made_archive({{"b.xlsx", made_workbook(book)}}, true));
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.batches[0].member, "b.xlsx/Hoja 1");
}

TEST(ReadArchive, StopsAtBombs) {
  ReadOptions options;
  options.max_ratio = 50;
  const std::string zeros(100u << 20, ' ');
  for (const std::string& bytes :
       {made_compressed(zeros, "gzip"), made_archive({{"a.csv", zeros}}, true)}) {
    const Collected read = read_collected(bytes, {}, options);
    ASSERT_TRUE(read.error);
    EXPECT_EQ(read.error->code(), ErrorCode::intake_archive_bomb);
  }
  ReadOptions small;
  small.max_member_bytes = 1000;
  const Collected member =
      read_collected(made_compressed("id\n" + std::string(5000, '1'), "gzip"), {}, small);
  ASSERT_TRUE(member.error);
  EXPECT_EQ(member.error->code(), ErrorCode::intake_archive_bomb);
  ReadOptions few;
  few.max_members = 2;
  const Collected many =
      read_collected(made_archive({{"a", "x\n"}, {"b", "x\n"}, {"c", "x\n"}}, false), {}, few);
  ASSERT_TRUE(many.error);
  EXPECT_EQ(many.error->code(), ErrorCode::intake_archive_bomb);
}

TEST(ReadArchive, SaysThatItIsDamaged) {
  std::string rows = "id,text\n";
  for (int i = 0; i < 50'000; ++i) rows += fmt::format("{},text {}\n", i, i * 7919 % 1000);
  const std::string whole = made_compressed(rows, "gzip");
  const Collected read = read_collected(whole.substr(0, whole.size() / 2));
  ASSERT_TRUE(read.error);
  EXPECT_EQ(read.error->code(), ErrorCode::intake_bad_archive);
  EXPECT_EQ(read.error->locus().byte, whole.size() / 2);
  const Collected early = read_collected(whole.substr(0, 1000));
  ASSERT_TRUE(early.error);
  EXPECT_EQ(early.error->locus().byte, 1000u);
}

// As zip programs write it: the name marked as UTF-8. Made with Python's zipfile.
TEST(ReadArchive, ReadsNamesMarkedAsUtf8) {
  const std::string_view bytes =
      "\x50\x4b\x03\x04\x14\x00\x00\x08\x00\x00\x3c\x6b\x76\x5d\x96\xf0\x71\xae\x0c\x00"
      "\x00\x00\x0c\x00\x00\x00\x0a\x00\x00\x00\x61\xc3\xa7\xc3\xa3\x6f\x2e\x63\x73\x76"
      "\x69\x64\x2c\x74\x65\x78\x74\x0a\x31\x2c\x61\x0a\x50\x4b\x01\x02\x14\x03\x14\x00"
      "\x00\x08\x00\x00\x3c\x6b\x76\x5d\x96\xf0\x71\xae\x0c\x00\x00\x00\x0c\x00\x00\x00"
      "\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x00\x00\x00\x00\x61\xc3"
      "\xa7\xc3\xa3\x6f\x2e\x63\x73\x76\x50\x4b\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00"
      "\x38\x00\x00\x00\x34\x00\x00\x00\x00\x00"sv;
  const Collected read = read_collected(bytes);
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.batches[0].member, "a\xc3\xa7\xc3\xa3o.csv");
}

// JSON

struct JsonCase {
  const char* name;
  std::string_view bytes;
  std::uint64_t records;
  const char* rejects;
  const char* column;
  const char* values;
};

class ReadJson : public testing::TestWithParam<JsonCase> {};

TEST_P(ReadJson, GivesRecordsAndRejects) {
  const JsonCase& c = GetParam();
  const Collected read = read_collected(c.bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.count.records, c.records);
  EXPECT_EQ(codes(read), c.rejects);
  std::string values;
  for (std::size_t i = 0; i < read.records; ++i)
    values += (i == 0 ? "" : "/") + read.cell(i, c.column);
  EXPECT_EQ(values, c.values);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ReadJson,
    testing::Values(
        JsonCase{"lines", "{\"a\":\"x\"}\n\n{\"a\":\"y\"}\r\n"sv, 2, "", "a", "x/y"},
        JsonCase{"nested", "{\"c\":{\"phone\":\"+447700900123\",\"d\":{\"e\":1}}}\n"sv, 1, "",
                 "c.d.e", "1"},
        JsonCase{"several_values", "{\"a\":[\"x\",\"y\",[\"z\"]]}\n"sv, 1, "", "a", "x|y|z"},
        JsonCase{"objects_in_array", "{\"a\":[{\"b\":1},{\"b\":2}]}\n"sv, 1, "", "a.b", "1|2"},
        JsonCase{"digits_as_written", "{\"a\":123456789012345678901234567.50}\n"sv, 1, "", "a",
                 "123456789012345678901234567.50"},
        JsonCase{"true_false_null", "{\"a\":true,\"b\":null}\n{\"a\":false}\n"sv, 2, "", "a",
                 "true/false"},
        JsonCase{"array", "[{\"a\":1},\n {\"a\":2}]\n"sv, 2, "", "a", "1/2"},
        JsonCase{"empty_array", "[]"sv, 0, "", "a", ""},
        JsonCase{"scalars_in_array", "[{\"a\":1}, 5, \"x\"]"sv, 1, "not_an_object,not_an_object",
                 "a", "1"},
        JsonCase{"wrapped", "{\"data\": [{\"a\":1},{\"a\":2}], \"next\": {\"page\": 2}}"sv, 2, "",
                 "a", "1/2"},
        JsonCase{"over_several_lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"sv, 2, "", "a", "1/2"},
        JsonCase{"broken_line", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n"sv, 2, "bad_json", "a", "1/3"},
        JsonCase{"two_on_a_line", "{\"a\":1}\n{\"a\":2} {\"a\":3}\n"sv, 1, "bad_json", "a", "1"},
        JsonCase{"no_object", "{\"a\":1}\n[1]\n7\n"sv, 1, "not_an_object,not_an_object", "a", "1"},
        JsonCase{"bad_number", "{\"a\":1}\n{\"a\":01}\n{\"a\":1.}\n"sv, 1, "bad_json,bad_json", "a",
                 "1"},
        JsonCase{"nul_escape", "{\"a\":1}\n{\"a\":\"x\\u0000y\"}\n"sv, 1, "nul_byte", "a", "1"},
        JsonCase{"broken_utf8", "{\"a\":\"\xc3\xa9\"}\n{\"a\":\"\xff\"}\n"sv, 1, "bad_encoding",
                 "a", "\xc3\xa9"},
        JsonCase{"empty_object", "{\"a\":1}\n{}\n"sv, 1, "empty_row", "a", "1"},
        JsonCase{"text_after_array", "[{\"a\":1}] x"sv, 1, "bad_json", "a", "1"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(ReadJson, RejectsWhatIsNestedTooDeep) {
  std::string deep = "{\"a\":1}\n{\"a\":";
  for (int i = 0; i < 500; ++i) deep += "{\"b\":";
  deep += "1" + std::string(501, '}') + "\n{\"a\":3}\n";
  const Collected read = read_collected(deep);
  EXPECT_EQ(read.records, 2u);
  EXPECT_EQ(codes(read), "json_too_deep");
}

TEST(ReadJson, RowsLieWhereTheySay) {
  const std::string bytes = "[ {\"a\":1},\n  {\"a\":2}\n]";
  const Collected read = read_collected(bytes);
  ASSERT_EQ(read.records, 2u);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_EQ(bytes.substr(read.batches[0].byte[i], read.batches[0].length[i]), read.raw_row(i));
}

TEST(ReadJson, ForgetsColumnNamesThatNeverEnd) {
  std::string bytes;
  for (int i = 0; i < 3000; ++i)
    bytes += fmt::format("{{\"k{}\":1,\"k{}\":2,\"k{}\":3}}\n", 3 * i, 3 * i + 1, 3 * i + 2);
  const Collected read = read_collected(bytes);
  EXPECT_EQ(read.records, 3000u);
  EXPECT_GT(read.batches.size(), 1u);
  EXPECT_EQ(read.cell(2999, "k8999"), "3");
}

TEST(ReadFollowTheMoney, MakesRecordsAndRelations) {
  const Collected read = read_collected(
      R"({"id":"p1","schema":"Person","properties":{"name":["Ana Ejemplo","A. Ejemplo"],"birthDate":["1990-01-02"],"phone":["+447700900123"]}})"
      "\n"
      R"({"id":"c1","schema":"Company","properties":{"name":["Ejemplo SL"],"registrationNumber":["B000"]}})"
      "\n"
      R"({"id":"o1","schema":"Ownership","properties":{"owner":["p1"],"asset":["c1"],"startDate":["2020"]}})"
      "\n"
      R"({"id":"t1","schema":"Payment","properties":{"payer":["c1"],"beneficiary":["p1"],"amount":["12.50"],"currency":["GBP"],"amountEur":["14"],"date":["2026-03-03"],"purpose":["flat"]}})"
      "\n"
      R"({"id":"v1","schema":"Vehicle","properties":{"registrationNumber":["1-ABC-000"]}})"
      "\n"
      R"({"id":"x","properties":{}})"
      "\n");
  ASSERT_EQ(read.records, 5u);
  EXPECT_EQ(codes(read), "bad_entity");
  EXPECT_EQ(read.kind(0), RecordKind::person);
  EXPECT_EQ(read.cell(0, "name"), "Ana Ejemplo|A. Ejemplo");
  EXPECT_EQ(read.value(0, Field::phone), "+447700900123");
  EXPECT_EQ(read.value(1, Field::document_number), "B000");
  EXPECT_EQ(read.kind(2), RecordKind::relation);
  EXPECT_EQ(read.value(2, Field::from_ref), read.value(0, Field::local_id));
  EXPECT_EQ(read.value(2, Field::to_ref), read.value(1, Field::local_id));
  EXPECT_EQ(read.value(2, Field::predicate), "Ownership");
  EXPECT_EQ(read.kind(3), RecordKind::transfer);
  EXPECT_EQ(read.value(3, Field::amount), "12.50");
  EXPECT_EQ(read.value(3, Field::currency), "GBP");
  EXPECT_EQ(read.value(3, Field::text), "flat");
  EXPECT_EQ(read.value(4, Field::plate), "1-ABC-000");
}

// Neo4j

TEST(ReadNeo4j, ReadsNodesAndRelationsInOneNamespace) {
  const Collected nodes = read_collected(
      "personId:ID(Person),name,surname,phoneNo,tags:string[],born:int,:LABEL\n"
      "1,Ana,Ejemplo,+447700900123,a;b,1990,Person\n"
      "2,Eva,Ejemplo,,,,Suspect;Person\n");
  ASSERT_EQ(nodes.records, 2u);
  EXPECT_EQ(nodes.kind(0), RecordKind::person);
  EXPECT_EQ(nodes.value(0, Field::local_id), "Person/1");
  EXPECT_EQ(nodes.value(0, Field::phone), "+447700900123");
  EXPECT_EQ(nodes.value(0, Field::name), "Ana");
  EXPECT_EQ(nodes.cell(0, "tags"), "a|b");
  const Collected relations = read_collected(
      ":START_ID(Person),:END_ID(Person),:TYPE,since:date\n1,2,KNOWS,2026-01-01\n1,,KNOWS,\n");
  ASSERT_EQ(relations.records, 1u);
  EXPECT_EQ(codes(relations), "missing_reference");
  EXPECT_EQ(relations.kind(0), RecordKind::relation);
  EXPECT_EQ(relations.value(0, Field::from_ref), nodes.value(0, Field::local_id));
  EXPECT_EQ(relations.value(0, Field::to_ref), nodes.value(1, Field::local_id));
  EXPECT_EQ(relations.value(0, Field::predicate), "KNOWS");
}

TEST(ReadNeo4j, LeavesOrdinaryHeadersAlone) {
  const Collected read = read_collected("note:text,id\nx,1\ny,2\n");
  EXPECT_EQ(read.cell(0, "note:text"), "x");
  EXPECT_EQ(read.kind(0), RecordKind::document);
}

// Workbooks

std::string text_row(std::initializer_list<const char*> cells) {
  std::string out = "<row>";
  for (const char* cell : cells)
    out += fmt::format("<c t=\"inlineStr\"><is><t>{}</t></is></c>", cell);
  return out + "</row>";
}

TEST(ReadWorkbook, ReadsEveryKindOfCell) {
  MadeWorkbook book;
  book.strings = {"<t>shared &amp; text</t>",
                  "<r><t>rich </t></r><r><t>run</t></r><rPh><t>no</t></rPh>"};
  book.sheets = {
      {"Anuncios",
       "<row r=\"1\"/>" + text_row({"a", "b", "c", "d", "e", "f", "g", "h", "i"}) +
           R"(<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c>)"
           R"(<c r="C3"><v>3.4600000012E10</v></c><c r="D3" s="1"><v>46084</v></c>)"
           R"(<c r="E3" s="2"><v>46084.586805555555</v></c><c r="F3" t="b"><v>1</v></c>)"
           R"(<c r="G3" s="3"><v>0.30000000000000004</v></c><c r="H3" t="str"><f>A1</f><v>f_x000D_g</v></c>)"
           R"(<c r="I3" s="4"><v>1.5</v></c><c r="K3"><v>9</v></c></row>)"}};
  for (const bool strings_first : {false, true}) {
    book.strings_first = strings_first;
    const Collected read = read_collected(made_workbook(book));
    ASSERT_FALSE(read.error) << read.error->message();
    ASSERT_EQ(read.records, 1u);
    EXPECT_EQ(read.cell(0, "a"), "shared & text");
    EXPECT_EQ(read.cell(0, "b"), "rich run");
    EXPECT_EQ(read.cell(0, "c"), "34600000012");
    EXPECT_EQ(read.cell(0, "d"), "2026-03-03");
    EXPECT_EQ(read.cell(0, "e"), "2026-03-03T14:05:00");
    EXPECT_EQ(read.cell(0, "f"), "true");
    EXPECT_EQ(read.cell(0, "g"), "0.3");
    EXPECT_EQ(read.cell(0, "h"), "f\rg");
    EXPECT_EQ(read.cell(0, "i"), "1.5");
    EXPECT_EQ(read.cell(0, "column 11"), "9");
    EXPECT_EQ(read.batches[0].member, "Anuncios");
    EXPECT_EQ(read.batches[0].row[0], 1u);
  }
}

TEST(ReadWorkbook, ReadsTheOtherDateSystem) {
  MadeWorkbook book;
  book.days_1904 = true;
  book.sheets = {{"S", text_row({"d"}) + R"(<row><c s="1"><v>44622</v></c></row>)"}};
  const Collected read = read_collected(made_workbook(book));
  EXPECT_EQ(read.cell(0, "d"), "2026-03-03");
}

TEST(ReadWorkbook, ReadsEverySheetWithItsOwnHeader) {
  MadeWorkbook book;
  book.sheets = {{"One", text_row({"id"}) + text_row({"1"}) + text_row({"2"})},
                 {"Empty", ""},
                 {"Two", text_row({"name"}) + text_row({"x"})}};
  const Collected read = read_collected(made_workbook(book));
  ASSERT_EQ(read.records, 3u);
  EXPECT_EQ(read.batches[0].member, "One");
  EXPECT_EQ(read.batches[1].member, "Two");
  EXPECT_EQ(read.cell(2, "name"), "x");
}

TEST(ReadWorkbook, RowsLieWhereTheySay) {
  MadeWorkbook book;
  book.strings = {"<t>seen</t>"};
  const std::string row = R"(<row r="9"><c t="s"><v>0</v></c></row>)";
  book.sheets = {{"S", text_row({"id"}) + row}};
  const Collected read = read_collected(made_workbook(book));
  ASSERT_EQ(read.records, 1u);
  const std::string sheet =
      "<worksheet><sheetData>" + book.sheets[0].rows + "</sheetData></worksheet>";
  EXPECT_EQ(sheet.substr(read.batches[0].byte[0], read.batches[0].length[0]), row);
  // The markup alone could stand for any text.
  EXPECT_EQ(read.raw_row(0), row + "\nseen");
}

TEST(ReadWorkbook, RejectsRowsWithoutTheirStrings) {
  MadeWorkbook book;
  book.sheets = {{"S", text_row({"id"}) + R"(<row><c t="s"><v>5</v></c></row>)" + text_row({"2"})}};
  const Collected read = read_collected(made_workbook(book));
  EXPECT_EQ(read.records, 1u);
  EXPECT_EQ(codes(read), "bad_cell");
}

TEST(ReadWorkbook, RefusesEntities) {
  MadeWorkbook book;
  book.sheets = {{"S", text_row({"id"})}};
  for (const char* type : {"<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
                           "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"}) {
    book.before_strings = type;
    book.strings = {"<t>&b;</t>"};
    const Collected read = read_collected(made_workbook(book));
    ASSERT_TRUE(read.error);
    EXPECT_EQ(read.error->code(), ErrorCode::intake_bad_workbook);
  }
}

TEST(ReadWorkbook, CostsOneRejectForARowTooLong) {
  MadeWorkbook book;
  const std::string long_text(2'000'000, 'x');
  book.sheets = {
      {"S", text_row({"id"}) + text_row({"1"}) + text_row({long_text.c_str()}) + text_row({"3"})}};
  ReadOptions options;
  options.max_row_bytes = 100'000;
  const Collected read = read_collected(made_workbook(book), {}, options);
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(codes(read), "row_too_long");
  EXPECT_EQ(read.records, 2u);
}

TEST(ReadWorkbook, RefusesATagThatNeverEnds) {
  MadeWorkbook book;
  book.sheets = {{"S", "<row r=\"" + std::string(3'000'000, '1') + "\"></row>"}};
  ReadOptions options;
  options.max_row_bytes = 100'000;
  const Collected read = read_collected(made_workbook(book), {}, options);
  ASSERT_TRUE(read.error);
  EXPECT_EQ(read.error->code(), ErrorCode::intake_bad_workbook);
}

TEST(ReadWorkbook, RefusesOtherDocuments) {
  const Collected read = read_collected(
      made_archive({{"[Content_Types].xml", "<Types/>"}, {"ppt/presentation.xml", "<d/>"}}, true));
  ASSERT_TRUE(read.error);
  EXPECT_EQ(read.error->code(), ErrorCode::intake_unknown_format);
}

}  // namespace
}  // namespace ovillo::intake
