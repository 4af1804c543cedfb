#include "ovillo/report/network_report.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/source_folder.hpp"
#include "ovillo/report/internal/chart_layout.hpp"
#include "ovillo/report/internal/markup.hpp"

namespace ovillo::report {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kMade = 1'790'000'000;
constexpr std::int64_t kFirstDay = 1'767'225'600;  // 2026-01-01

ReportField field(std::string column, Field kind, std::string value) {
  return {std::move(column), kind, std::move(value), {}};
}

ReportRecord advert(int day, std::string text) {
  ReportRecord record;
  record.id = std::string(31, '0') + std::to_string(day % 10);
  record.time = "2026-01-0" + std::to_string(day) + "T10:00:00+01:00";
  record.local_s = kFirstDay + std::int64_t{day - 1} * 86'400 + 36'000;
  record.row = static_cast<std::uint64_t>(day);
  record.byte = 1'000 + static_cast<std::uint64_t>(day) * 100;
  record.length = 90;
  record.fields = {field("text", Field::text, std::move(text)),
                   field("phone", Field::phone, "+447700900123")};
  return record;
}

// Three adverts and a report; two phones, an account and a text by one hand.
NetworkReport small_report() {
  NetworkReport report;
  report.network_id = "56676baf01ff60f6ab841764fc2e4be1";
  report.network_key = "ec3d5042f624d2516c08003ea492a99c";
  report.made_at_utc_s = kMade;
  report.build = "Ovillo 0.0.0";
  report.model = "model-1";
  report.user = "analyst";
  report.purpose = "investigation";
  report.case_reference = "GE-12/2026";
  report.compartments = {"ghent-thb", "main"};
  ReportSource source;
  source.source.name = "platform-notice";
  source.source.grade = {'B', '3'};
  source.source.handling = 1;
  source.source.purpose = "investigation";
  source.source.zone = "Europe/Brussels";
  source.source.review_at_utc_s = kMade + std::int64_t{90} * 86'400;
  source.authorisation.kind = "platform_report";
  source.authorisation.authority = "Platform X";
  source.authorisation.reference = "2026-114";
  source.authorisation.valid_from_utc_s = kFirstDay;
  source.authorisation.scope = {RecordKind::advert};
  source.compartment = "ghent-thb";
  report.sources = {source};
  report.files = {{"notice.csv", std::string(64, 'a'), 0, 2'048, 14, 4, kMade - 86'400, ""}};
  report.records = {advert(1, "New in Ghent, call 077 00 nine00 123 today"),
                    advert(3, "New in Ghent, ticket paid, taken from your wages"),
                    advert(9, "New in Ghent, no hidden numbers")};
  report.records[0].fields[0].marks = {
      {{19, 36}, FindKind::phone, WrittenAs::mixed, "+447700900123"}};
  ReportRecord undated;
  undated.id = std::string(32, 'f');
  undated.kind = RecordKind::report;
  undated.fields = {field("body", Field::text, "They hold my passport.")};
  report.records.push_back(undated);
  report.members = {{EntityKind::phone, "+447700900123", {0, 1, 2}},
                    {EntityKind::template_, "New in Ghent, ⟨…⟩", {0, 1, 2}},
                    {EntityKind::phone, "+447700900456", {2, 3}},
                    {EntityKind::account, "BELLADONA/U1", {1}}};
  report.links = {{0, 1, LinkKind::association, 34, {0, 1, 2}},
                  {0, 2, LinkKind::identity, 21, {2}},
                  {1, 3, LinkKind::association, -2, {1}}};
  ReportText text;
  text.template_text = "New in Ghent, ⟨…⟩";
  text.parts = {{"New in Ghent, ", false}, {"name", true}, {" from ", false}, {"…", true}};
  text.n_fixed_words = 4;
  text.members = {{0, {}, "", false, 0, 0, {"Noa", "10:00"}},
                  {1, 0, "", false, 84, 31, {"Lía", std::nullopt}},
                  {2, {}, std::string(32, 'c'), true, 90, 31, {"", "12:00"}}};
  text.n_elsewhere = 1;
  report.texts = {std::move(text)};
  report.stock = {{"no hidden numbers", 612, {2}}};
  const auto sign = [](SignSide side, std::string indicator, std::string sentence) {
    ReportSign made;
    made.side = side;
    made.indicator = std::move(indicator);
    made.name = "Name of " + made.indicator;
    made.sentence = std::move(sentence);
    made.source = "An invented source.";
    made.known_bias = "An invented bias.";
    made.reviewed_by = "not yet reviewed";
    return made;
  };
  report.signs = {sign(SignSide::organisation, "one_hand", "3 adverts share one text."),
                  sign(SignSide::sign_for, "debt", "1 text speaks of a debt."),
                  sign(SignSide::sign_against, "screens_clients", "1 advert screens clients."),
                  sign(SignSide::not_known, "who_keeps", "Who keeps the earnings."),
                  sign(SignSide::urgent, "papers", "1 text speaks of a passport kept.")};
  report.signs[0].quotes = {{2, "text", "New in Ghent"}, {0, "text", "New in Ghent"}};
  report.signs[0].records = {0, 1, 2};
  report.signs[1].quotes = {{1, "text", "taken from your wages"}};
  report.signs[1].records = {1};
  report.signs[2].quotes = {{2, "text", "no hidden numbers"}};
  report.signs[2].records = {2};
  report.signs[4].quotes = {{3, "body", "hold my passport"}};
  report.signs[4].records = {3};
  return report;
}

// A ring of `n` phones with a hub.
NetworkReport large_report(std::size_t n) {
  NetworkReport report = small_report();
  report.members.clear();
  report.links.clear();
  for (std::size_t m = 0; m < n; ++m)
    report.members.push_back({EntityKind::thing, "thing " + std::to_string(m), {0}});
  for (std::size_t m = 1; m < n; ++m)
    report.links.push_back({0, m, LinkKind::association, 20, {0}});
  for (std::size_t m = 1; m < n; ++m)
    report.links.push_back({m, m % (n - 1) + 1, LinkKind::association, 10, {0}});
  return report;
}

std::size_t count_of(std::string_view words, std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos;
       at = text.find(words, at + words.size()))
    ++n;
  return n;
}

// OVILLO_UPDATE_GOLDEN=1 rewrites the files; review the diff.
void expect_golden(const std::string& name, const std::string& page) {
  const auto path = std::filesystem::path(OVILLO_SOURCE_DIR) / "tests" / "golden" / "report" / name;
  if (std::getenv("OVILLO_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << page;
    return;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream held;
  held << in.rdbuf();
  EXPECT_TRUE(held.str() == page) << name << ": OVILLO_UPDATE_GOLDEN=1 rewrites it";
}

TEST(WriteHtml, IsTheGoldenPageOfASmallNetwork) {
  expect_golden("small.html", write_html(small_report()));
}

TEST(WriteHtml, IsTheGoldenPageOfANetworkThatShowsNothing) {
  NetworkReport report;
  report.network_id = std::string(32, '0');
  report.network_key = std::string(32, '1');
  report.made_at_utc_s = kMade;
  expect_golden("empty.html", write_html(report));
}

TEST(WriteHtml, GivesTheSameBytesAgain) {
  EXPECT_EQ(write_html(small_report()), write_html(small_report()));
  EXPECT_EQ(write_html(large_report(90)), write_html(large_report(90)));
}

// Every value that comes from a file, a user or the vocabulary, set to one that would break out.
NetworkReport hostile_report(const std::string& words) {
  NetworkReport report = small_report();
  for (std::string* value :
       {&report.network_id, &report.network_key, &report.build, &report.model, &report.user,
        &report.purpose, &report.purpose_sentence, &report.case_reference})
    *value = words;
  report.compartments = {words};
  report.sources_left_out = {words};
  Source& source = report.sources[0].source;
  source.name = source.purpose = source.procedure = source.zone = words;
  source.grade = {'<', '"'};
  Authorisation& authorisation = report.sources[0].authorisation;
  authorisation.kind = authorisation.authority = authorisation.reference = words;
  authorisation.document_sha256 = words;
  report.sources[0].compartment = words;
  report.files[0].name = report.files[0].sha256 = report.files[0].merkle_root = words;
  for (ReportRecord& record : report.records) {
    record.id = record.time = record.member = words;
    for (ReportField& one : record.fields) {
      one.column = one.value = words;
      one.marks = {{{0, 3}, FindKind::phone, WrittenAs::mixed, words},
                   {{1, 900}, FindKind::phone, WrittenAs::words, words},
                   {{5, 4}, FindKind::phone, WrittenAs::words, words}};
    }
  }
  for (ReportMember& member : report.members) member.value = words;
  for (ReportText& text : report.texts) {
    text.template_text = words;
    for (ReportTextPart& part : text.parts) part.text = words;
    for (ReportTextMember& member : text.members) {
      if (!member.joined_with_id.empty()) member.joined_with_id = words;
      member.slots = {words, words};
    }
  }
  for (ReportStock& stock : report.stock) stock.text = words;
  for (ReportSign& sign : report.signs) {
    sign.indicator = sign.name = sign.sentence = sign.source = sign.evidence = words;
    sign.known_bias = sign.reviewed_by = sign.objections = words;
    for (ReportQuote& quote : sign.quotes) quote.column = quote.raw = words;
  }
  return report;
}

// The page's own tags, and how many of each.
std::multiset<std::string> tags_of(const std::string& page) {
  std::multiset<std::string> tags;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1))
    tags.insert(page.substr(at, page.find_first_of(" >\n", at) - at));
  return tags;
}

TEST(WriteHtml, LetsNoValueBecomePartOfThePage) {
  // The same report with harmless and with hostile words of the same length must have the same
  // tags.
  for (const std::string hostile :
       {"<script>alert(1)</script>", "\" onload=\"alert(1)\" x=\"", "' onclick='alert(1)' y='",
        "</title></style></details>", "--><img src=//example.org>", "&lt;script&gt;&#60;i&#62;"}) {
    const std::string page = write_html(hostile_report(hostile));
    const std::string plain = write_html(hostile_report(std::string(hostile.size(), 'x')));
    EXPECT_EQ(tags_of(page), tags_of(plain)) << hostile;
    EXPECT_THAT(page, Not(HasSubstr(hostile))) << hostile;
    EXPECT_EQ(count_of("\"", page), count_of("\"", plain)) << hostile;
    EXPECT_EQ(count_of("'", page), count_of("'", plain)) << hostile;
  }
}

TEST(WriteHtml, HasNoScriptAndAsksNothingOfTheOutside) {
  const std::string page = write_html(small_report());
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
  EXPECT_THAT(page, Not(HasSubstr("url(")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("<link")));
  // Every address is a place on the page itself, and every place exists.
  for (std::size_t at = page.find("href=\""); at != std::string::npos;
       at = page.find("href=\"", at + 1)) {
    const std::string to = page.substr(at + 6, page.find('"', at + 6) - at - 6);
    ASSERT_EQ(to[0], '#');
    EXPECT_EQ(count_of(" id=\"" + to.substr(1) + "\"", page), 1U) << to;
  }
}

TEST(WriteHtml, AllowsItsOwnStyleSheetByHash) {
  const std::string page = write_html(small_report());
  const std::size_t begin = page.find("<style>") + 7;
  const std::string css = page.substr(begin, page.find("</style>") - begin);
  EXPECT_THAT(page, HasSubstr("'sha256-" + policy_hash(css) + "'"));
}

TEST(WriteHtml, FoldsTheWordsOfRecordsAndOfUrgentTexts) {
  const std::string page = write_html(small_report());
  EXPECT_EQ(count_of("<details open", page), 0U);
  const std::size_t urgent = page.find("1 text speaks of a passport kept.");
  EXPECT_LT(page.find("<details>", urgent), page.find("hold my passport", urgent));
  EXPECT_EQ(count_of("<mark>077 00 nine00 123</mark>", page), 1U);
}

TEST(WriteHtml, GivesEachRecordItsPlaceAndHash) {
  const std::string page = write_html(small_report());
  EXPECT_THAT(page, HasSubstr("row 9 · byte 1,900 (90 bytes)"));
  EXPECT_EQ(count_of("<article class=\"record\"", page), 4U);
  EXPECT_EQ(count_of(std::string(64, 'a'), page), 5U);  // four records and Table 4
  EXPECT_THAT(page, HasSubstr("time not stated"));
}

TEST(WriteHtml, SaysWhenNotAllIsDrawn) {
  const std::string page = write_html(large_report(90));
  EXPECT_THAT(page, HasSubstr("Of 90 members the 60 with the heaviest links are drawn"));
  EXPECT_EQ(count_of("class=\"digit\"", page), 60U);
  EXPECT_EQ(count_of("<tr id=\"M", page), 90U);
  EXPECT_THAT(write_html(small_report()), Not(HasSubstr("are drawn;")));
}

TEST(WriteHtml, ShowsATextWithItsBoxesAndWhyEachRecordIsThere) {
  const std::string page = write_html(small_report());
  EXPECT_THAT(page, HasSubstr("New in Ghent, <span class=\"slot\" lang=\"en\"><b>1</b> name</span> "
                              "from <span class=\"slot\" lang=\"en\"><b>2</b> other</span></p>"));
  EXPECT_THAT(page, HasSubstr("</span> 3 records, 2026-01-01 to 2026-01-09</h3>"));
  EXPECT_THAT(page,
              HasSubstr("4 words are fixed, 2 boxes vary. 1 more record has this text outside "
                        "this network."));
  EXPECT_THAT(page, HasSubstr("The reasons of the others lead back to this record."));
  EXPECT_THAT(page, HasSubstr("Joined with <a href=\"#R1\">R1</a>: saves 84 bits, 31 were asked."));
  EXPECT_THAT(page, HasSubstr("The same words as record <code>" + std::string(32, 'c')));
  EXPECT_THAT(page, HasSubstr("<b>1</b> <bdi lang=\"\">Lía</bdi> · <b>2</b> –"));
  EXPECT_THAT(page, HasSubstr("<b>1</b> <span class=\"none\">nothing</span>"));
  // Three bars on three days, and the member of Table 2 leads here.
  const std::size_t strip = page.find("<svg", page.find("id=\"T1\""));
  EXPECT_EQ(count_of("<rect", page.substr(strip, page.find("</svg>", strip) - strip)), 3U);
  EXPECT_THAT(page, HasSubstr("(<a href=\"#T1\">T1</a>)"));
}

TEST(WriteHtml, FoldsTheRecordsOfALargeTextAndDrawsNoneForUndatedOnes) {
  NetworkReport report = small_report();
  report.texts[0].members.assign(40, {3, 0, "", true, 90, 31, {"Noa", "10:00"}});
  const std::string page = write_html(report);
  EXPECT_THAT(page, HasSubstr("<summary>The 40 records with T1, and why</summary>"));
  EXPECT_THAT(page, HasSubstr("</span> 40 records, not dated</h3>"));
  EXPECT_EQ(count_of("T1-title", page), 0U);
}

TEST(WriteHtml, ListsStockTextsWithTheRecordsThatHoldThem) {
  const std::string page = write_html(small_report());
  const std::size_t stock = page.find("<section id=\"stock\"");
  const std::string section = page.substr(stock, page.find("</section>", stock) - stock);
  EXPECT_THAT(section, HasSubstr("no hidden numbers</td><td class=\"right\">612</td><td><a "
                                 "href=\"#R3\">R3</a></td>"));
  NetworkReport none = small_report();
  none.stock.clear();
  EXPECT_THAT(write_html(none), HasSubstr("None was found in these records"));
}

TEST(WriteHtml, CallsNobodyAVictimAndShowsNoScore) {
  const std::string page = write_html(small_report());
  EXPECT_EQ(count_of("victim", page), 1U);  // "identifies nobody as a victim"
  EXPECT_EQ(count_of("score", page), 1U);   // "There is no score"
  EXPECT_THAT(page, Not(HasSubstr("target\"")));
}

TEST(RawWords, ShowWhatCannotBeSeen) {
  // NOLINTNEXTLINE(misc-misleading-bidirectional): what the reader must see
  EXPECT_EQ(raw_words("a\u202Eb"), "a<span class=\"hidden-character\">U+202E</span>b");
  EXPECT_EQ(raw_words("0\u200B7"), "0<span class=\"hidden-character\">U+200B</span>7");
  EXPECT_EQ(raw_words(std::string_view("a\0b", 3)), "a\u2400b");
  EXPECT_EQ(raw_words("\xFF"), "\uFFFD");
  EXPECT_EQ(raw_words("👩\u200D⚕\uFE0F"), "👩\u200D⚕\uFE0F");  // a joined emoji stays whole
}

TEST(MarkedWords, KeepEveryByteWhateverTheSpans) {
  const std::string value = "ab é cd";
  const auto mark = [](std::uint32_t begin, std::uint32_t end) {
    return ReportMark{{begin, end}, FindKind::phone, WrittenAs::plain, ""};
  };
  EXPECT_EQ(marked_words(value, {mark(0, 2)}), "<mark>ab</mark> é cd");
  EXPECT_EQ(marked_words(value, {mark(6, 8), mark(0, 2)}), "<mark>ab</mark> é <mark>cd</mark>");
  EXPECT_EQ(marked_words(value, {mark(0, 2), mark(1, 3)}), "<mark>ab</mark> é cd");
  EXPECT_EQ(marked_words(value, {mark(4, 5)}), value);   // inside é
  EXPECT_EQ(marked_words(value, {mark(0, 99)}), value);  // past the end
  EXPECT_EQ(marked_words(value, {mark(3, 3)}), value);   // empty
  EXPECT_EQ(marked_words(value, {{{0, 2}, FindKind::language, WrittenAs::plain, "es"}}), value);
}

TEST(RecordLinks, JoinRowsOfNumbers) {
  const auto plain = [](const std::vector<std::size_t>& positions) {
    std::string out;
    bool inside = false;
    for (const char c : record_links(positions)) {
      if (c == '<') inside = true;
      if (!inside) out += c;
      if (c == '>') inside = false;
    }
    return out;
  };
  EXPECT_EQ(plain({}), "none");
  EXPECT_EQ(plain({0}), "R1");
  EXPECT_EQ(plain({0, 1, 3, 4, 5, 8}), "R1, R2, R4–R6, R9");
}

TEST(Bits, AreExactQuarters) {
  EXPECT_EQ(bits(34), "8.5");
  EXPECT_EQ(bits(25), "6.25");
  EXPECT_EQ(bits(-2), "−0.5");
  EXPECT_EQ(bits(0), "0");
}

TEST(Layout, IsTheSameEachTimeAndKeepsMembersApart) {
  std::vector<ChartEdge> edges;
  for (std::size_t i = 1; i < 60; ++i) edges.push_back({i / 3, i, 20});
  const ChartPlaces places = lay_out(60, edges, 42, 860);
  EXPECT_EQ(places.points, lay_out(60, edges, 42, 860).points);
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_GE(places.points[i].x, 20);
    EXPECT_LE(places.points[i].x, 840);
    EXPECT_GE(places.points[i].y, 20);
    EXPECT_LE(places.points[i].y, places.height - 20);
    for (std::size_t j = 0; j < i; ++j) {
      const double x = places.points[i].x - places.points[j].x;
      const double y = places.points[i].y - places.points[j].y;
      EXPECT_GT(x * x + y * y, 30.0 * 30.0) << i << " and " << j;  // shapes are 30 wide
    }
  }
}

TEST(Layout, HandlesOneMemberNoLinksAndLinksToItself) {
  EXPECT_EQ(lay_out(0, {}, 42, 860).points.size(), 0U);
  const ChartEdge self[] = {{0, 0, 4}};
  const ChartPlaces one = lay_out(1, self, 42, 860);
  EXPECT_DOUBLE_EQ(one.points[0].x, 430);
  EXPECT_DOUBLE_EQ(one.points[0].y, 42);
}

TEST(ChosenMembers, AreThoseWithTheHeaviestLinks) {
  EXPECT_THAT(chosen_members({5, 9, 9, 1}, {1, 1, 2, 7}, 2), ElementsAre(1, 2));
  EXPECT_THAT(chosen_members({9, 9, 9}, {1, 3, 2}, 2), ElementsAre(1, 2));
}

TEST(ChosenEdges, HoldTheChartTogetherBeforeAllElse) {
  const ChartEdge edges[] = {{0, 1, 9}, {1, 2, 8}, {0, 2, 7}, {2, 3, 1}};
  EXPECT_THAT(chosen_edges(4, edges, 3), ElementsAre(0, 1, 3));
  EXPECT_THAT(chosen_edges(4, edges, 4), ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace ovillo::report
