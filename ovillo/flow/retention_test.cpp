// A year of silence, a week at a time: bystanders' data go, what a case needs stays, and what is on
// hold stays whole.
#include "ovillo/flow/retention.hpp"

#include <fstream>
#include <map>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/owner.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/flow/source_order.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kStart = 1'790'000'000;

class RetentionTest : public ::testing::Test {
 public:
  ~RetentionTest() override {
    owner_.reset();
    fs::remove_all(root_);
  }

 protected:
  RetentionTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_retention_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    owner_.emplace(*Owner::create(root_ / "case", data_folder(), ""));
  }

  Session at(std::int64_t now_utc_s) {
    Asker asker;
    asker.now_utc_s = now_utc_s;
    return *Session::open(*owner_, asker);
  }

  /// A source of three adverts that share a phone of their own.
  void bring_in(const std::string& source, std::int64_t review_at_utc_s) {
    Session session = at(kStart);
    SourceWords words;
    words.name = source;
    words.authorisation_kind = "platform_report";
    words.authority = "Platform X";
    words.reference = "2026-114";
    words.compartment = "main";
    words.grade = "B2";
    words.handling = "H0";
    words.zone = "UTC";
    words.region = "GB";
    words.purpose = "investigation";
    words.valid_from_utc_s = kStart - kDay;
    words.review_at_utc_s = review_at_utc_s;
    ASSERT_TRUE(session.add_source(*source_order(words)));
    const fs::path file = root_ / (source + ".csv");
    std::ofstream out(file);
    out << "id,text,phone\n";
    for (int i = 0; i < 3; ++i)
      out << fmt::format("{}-{},quiet words of {} number {},+44 7700 9{:05}\n", source, i, source,
                         i, n_sources_);
    out.close();
    ++n_sources_;
    ImportOrder order;
    order.source = source;
    order.files = {file.string()};
    order.data = data_folder();
    const auto report = session.import(order);
    ASSERT_TRUE(report) << report.error().message();
    ASSERT_EQ(report->files[0].row.records, 3U);
  }

  std::map<std::string, std::uint64_t> n_records(std::int64_t now_utc_s) {
    Session session = at(now_utc_s);
    std::map<std::string, std::uint64_t> out;
    const auto lines = session.retention();
    EXPECT_TRUE(lines) << lines.error().message();
    for (const RetentionLine& line : *lines) out[line.source.name] = line.n_records;
    return out;
  }

  fs::path root_;
  std::optional<Owner> owner_;
  int n_sources_ = 0;
};

TEST_F(RetentionTest, AYearOfSilenceTakesBystandersAndNoExhibit) {
  for (int month = 1; month <= 12; ++month)
    bring_in(fmt::format("bystanders-{:02}", month), kStart + month * 30 * kDay);
  bring_in("held", kStart + 45 * kDay);
  bring_in("cited", kStart + 45 * kDay);
  {
    Session session = at(kStart);
    ASSERT_TRUE(session.run([](std::string_view, std::uint64_t, std::uint64_t) {}));
    casework::CaseOrder order;
    order.reference = "GE-1";
    order.title = "t";
    order.review_at_utc_s = kStart + 200 * kDay;
    ASSERT_TRUE(session.open_case(order, ""));
    casework::CaseEvent exhibit;
    exhibit.kind = casework::EventKind::exhibit;
    exhibit.text = "hand-over";
    exhibit.rests_on = {"held.csv"};
    ASSERT_TRUE(session.write_case("GE-1", exhibit));
    const auto* corpus = *(*session.read("show", ""))->corpus();
    casework::CaseEvent note;
    note.kind = casework::EventKind::note;
    note.text = "this one";
    for (std::size_t i = 0; i < corpus->size() && note.rests_on.empty(); ++i)
      if (corpus->batch(static_cast<Corpus::Index>(i)).source_key == "cited")
        note.rests_on = {corpus->id(static_cast<Corpus::Index>(i)).hex()};
    ASSERT_TRUE(session.write_case("GE-1", note));
  }
  bool alarmed = false;
  for (int day = 0; day <= 400; day += 7) {
    Session session = at(kStart + day * kDay);
    const auto report = session.apply_retention();
    ASSERT_TRUE(report) << report.error().message();
    for (const RetentionLine& line : report->lines)
      alarmed = alarmed || (line.state == RetentionState::held && line.source.name == "held" &&
                            line.because == std::vector<std::string>{"GE-1/E1"});
    const auto left = n_records(kStart + day * kDay);
    for (int month = 1; month <= 12; ++month)
      EXPECT_EQ(left.at(fmt::format("bystanders-{:02}", month)), day >= month * 30 ? 0U : 3U)
          << month << " on day " << day;
    EXPECT_EQ(left.at("held"), 3U) << day;
    // One record is cited: it stays alone, until the review of its case.
    EXPECT_EQ(left.at("cited"), day < 45 ? 3U : day < 200 ? 1U : 0U) << day;
  }
  EXPECT_TRUE(alarmed);
  // A judicial decision lifts the hold; then silence takes it.
  Session session = at(kStart + 401 * kDay);
  casework::CaseEvent lifted;
  lifted.kind = casework::EventKind::hold_lifted;
  lifted.subject = "GE-1/E1";
  lifted.said_by = "Court of Ghent, 2027/12";
  lifted.reason = "case over";
  ASSERT_TRUE(session.write_case("GE-1", lifted));
  ASSERT_TRUE(session.apply_retention());
  EXPECT_EQ(n_records(kStart + 401 * kDay).at("held"), 0U);
}

TEST_F(RetentionTest, TheNetworkACaseWasOpenedFromStaysAndTheNextRunStillFindsIt) {
  bring_in("lead", kStart + 30 * kDay);
  bring_in("other", kStart + 30 * kDay);
  Session session = at(kStart);
  const auto silent = [](std::string_view, std::uint64_t, std::uint64_t) {};
  ASSERT_TRUE(session.run(silent));
  const auto lines = *network_lines(**session.read("networks", ""), 0);
  ASSERT_FALSE(lines.empty());
  const std::string network = lines[0].id.hex();
  const std::size_t n_members = lines[0].members.size();
  casework::CaseOrder order;
  order.reference = "GE-1";
  order.title = "t";
  order.network = network;
  ASSERT_TRUE(session.open_case(order, ""));
  Session later = at(kStart + 31 * kDay);
  ASSERT_TRUE(later.apply_retention());
  std::uint64_t n_left = 0;
  for (const auto& [source, n] : n_records(kStart + 31 * kDay)) n_left += n;
  EXPECT_EQ(n_left, n_members);
  // Before the next run nothing more goes: it cannot be told what the case needs.
  ASSERT_TRUE(at(kStart + 60 * kDay).set_review("lead", kStart + 40 * kDay, "test"));
  const auto after = at(kStart + 60 * kDay).retention();
  for (const RetentionLine& line : *after)
    EXPECT_NE(line.state, RetentionState::goes) << line.source.name;
  ASSERT_TRUE(later.run(silent));
  const auto again = *network_lines(**later.read("networks", ""), 0);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].id.hex(), network);
  EXPECT_EQ(again[0].members.size(), n_members);
}

}  // namespace
}  // namespace ovillo::flow
