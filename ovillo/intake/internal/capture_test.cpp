// Captures of the web: WARC, saved pages, MHTML. one.warc was written by the library warcio.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/html_page.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

std::string sample(const std::string& name) {
  return ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz/corpus/capture" / name)
      .value();
}

void expect_one_warc(const Collected& read) {
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 3u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(read.value(i, Field::title), "Eva & Lea");
    EXPECT_EQ(read.value(i, Field::text), "Call now\ncaf\xc3\xa9");
    EXPECT_EQ(read.cell(i, "link"), "tel:+447700900123");
    EXPECT_EQ(read.cell(i, "status"), "200");
  }
  EXPECT_EQ(read.cell(0, "sha256"), read.cell(1, "sha256"));
  EXPECT_EQ(read.value(0, Field::url), "https://example.org/a");
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T15:05:31+00:00");
  EXPECT_EQ(read.value(2, Field::text), "{\"a\":1}");
  ASSERT_EQ(read.held.size(), 3u);
  EXPECT_THAT(read.held[0].sentence, ::testing::HasSubstr("warcinfo"));
  EXPECT_EQ(read.held[1].sha256, sha256_hex(std::string_view("\0\1\2\3", 4)));
  EXPECT_EQ(read.held[1].member, "<urn:uuid:00000000-0000-4000-8000-000000000004>");
  EXPECT_THAT(read.held[2].sentence, ::testing::HasSubstr("coded as br"));
  EXPECT_EQ(read.count.rejects, 0u);
}

TEST(ReadWarc, GivesEachResponseAsARecord) {
  const std::string bytes = sample("one.warc");
  const Collected read = read_holding(bytes);
  expect_one_warc(read);
  EXPECT_EQ(read.raw_row(0), bytes.substr(read.batches[0].byte[0], read.batches[0].length[0]));
}

TEST(ReadWarc, ReadsOneGzipPerRecord) { expect_one_warc(read_holding(sample("one.warc.gz"))); }

TEST(ReadWarc, RejectsTheRestWhereLengthsFail) {
  const std::string bytes = sample("one.warc");
  const Collected cut = read_holding(bytes.substr(0, bytes.size() - 6));
  ASSERT_EQ(cut.count.rejects, 1u);
  EXPECT_THAT(cut.rejects[0].sentence, ::testing::HasSubstr("breaks off"));
  EXPECT_EQ(cut.count.records, 3u);
  for (const char* broken :
       {"WARC/1.0\r\nContent-Length: -1\r\n\r\n", "WARC/1.0\r\n\r\n", "WARC/1.0\r\nA: b",
        "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nx",
        "WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\nno record"}) {
    const Collected read = read_holding(broken);
    ASSERT_FALSE(read.error) << broken;
    EXPECT_EQ(read.count.rejects, 1u) << broken;
  }
}

TEST(ReadWarc, HoldsWhatIsLongerThanARowMayBe) {
  ReadOptions options;
  options.max_row_bytes = 1000;
  const std::string body(5000, 'x');
  const std::string bytes =
      "WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: "
      "5000\r\n\r\n" +
      body + "\r\n\r\n";
  const Collected read = read_holding(bytes + bytes, {}, options);
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(body));
  EXPECT_EQ(read.held[0].bytes, 5000u);
}

TEST(ReadWarc, HoldsAGzipBombInAResponse) {
  const std::string packed = made_compressed(std::string(80u << 20, 'x'), "gzip");
  const std::string http =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + packed;
  const Collected read = read_holding(
      fmt::format("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
                  "Content-Length: {}\r\n\r\n{}\r\n\r\n",
                  http.size(), http));
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(packed));
}

TEST(ReadSavedPage, GivesTitleTextAndContactLinks) {
  const Collected read = read_holding(sample("page.html"));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.kind(0), RecordKind::document);
  EXPECT_EQ(read.value(0, Field::title), "Eva one");
  EXPECT_EQ(read.value(0, Field::text), "a < b\n1 < 2 xgo\ntyped");
  EXPECT_EQ(read.cell(0, "link"), "https://wa.me/447700900123");
}

TEST(ReadSavedPage, RejectsAPageAboveTheLimit) {
  ReadOptions options;
  options.max_row_bytes = 1000;
  const Collected read = read_holding("<html>" + std::string(5000, 'x'), {}, options);
  ASSERT_EQ(read.count.rejects, 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
}

TEST(ReadMhtml, GivesThePageAndHoldsTheRest) {
  const Collected read = read_holding(sample("page.mhtml"));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.kind(0), RecordKind::document);
  EXPECT_EQ(read.value(0, Field::url), "https://example.org/a");
  EXPECT_EQ(read.value(0, Field::text), "call me caf\xc3\xa9");
  EXPECT_EQ(read.cell(0, "link"), "tel:+447700900123");
  EXPECT_EQ(format_time(*read.batches[0].time[0]), "2026-01-24T15:05:33+00:00");
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "part 2");
}

TEST(HtmlPage, SwallowsWhatIsNeverClosed) {
  EXPECT_EQ(read_html_page("a<script>b").text, "a");
  EXPECT_EQ(read_html_page("a<!-- b").text, "a");
  EXPECT_EQ(read_html_page("a<b title=\"c>d").text, "a");
  EXPECT_EQ(read_html_page("a<").text, "a<");
  EXPECT_EQ(read_html_page("<script>'</scripted>'</SCRIPT >b").text, "b");
  // Linear: minutes otherwise.
  std::string deep;
  for (int i = 0; i < 300000; ++i) deep += "<a href=\"</script <!-";
  EXPECT_LE(read_html_page(deep).text.size(), deep.size());
}

}  // namespace
}  // namespace ovillo::intake
