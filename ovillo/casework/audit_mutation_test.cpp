// A log of 100,000 entries, changed on the disk in every way that somebody with the disk but not
// the program could: each change is found, and the log is whole again when it is taken back.
#include <iostream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/casework/audit.hpp"

namespace ovillo::casework {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::uint64_t kEntries = 100'000;

/// audit.db beside the program, as an administrator's tool would open it.
class Meddler {
 public:
  explicit Meddler(const fs::path& folder) {
    EXPECT_EQ(sqlite3_open((folder / "audit.db").c_str(), &database_), SQLITE_OK);
  }
  Meddler(const Meddler&) = delete;
  Meddler& operator=(const Meddler&) = delete;
  ~Meddler() { sqlite3_close(database_); }

  void run(const std::string& sql) {
    char* why = nullptr;
    ASSERT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK)
        << sql << ": " << why;
  }
  std::string blob(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
    EXPECT_EQ(sqlite3_step(statement), SQLITE_ROW) << sql;
    std::string out(static_cast<const char*>(sqlite3_column_blob(statement, 0)),
                    static_cast<std::size_t>(sqlite3_column_bytes(statement, 0)));
    sqlite3_finalize(statement);
    return out;
  }
  static std::string literal(std::string_view bytes) {
    std::string out = "x'";
    for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out + "'";
  }

 private:
  sqlite3* database_ = nullptr;
};

class AuditMutation : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "ovillo_mutation_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    workspace_ = new storage::Workspace(*storage::Workspace::create(root_ / "case"));
    Rng rng(1);
    for (std::uint64_t made = 0; made < kEntries;) {
      std::vector<std::string> entries;
      for (; entries.size() < 10'000; ++made) entries.push_back(entry(rng, made));
      ASSERT_TRUE(workspace_->audit().append_all(entries));
    }
  }
  static void TearDownTestSuite() {
    delete workspace_;
    fs::remove_all(root_);
  }
  /// As AuditLog writes them, without the cost of making each durable by itself.
  static std::string entry(Rng& rng, std::uint64_t i) {
    return fmt::format(
        R"({{"v":1,"nonce":"{:016x}{:016x}","at_utc_s":{},"outcome":"allowed","action":"search",)"
        R"("user":"ana","purpose":"investigation","case":"GE-{}/2026","view":"{:032x}","query":"{:016x}{:016x}"}})",
        rng.next(), rng.next(), 1'790'000'000 + i, i % 40, 7, rng.next(), rng.next());
  }
  static AuditLog log() { return *AuditLog::open(*workspace_, data_folder()); }

  /// After `change` the log is damaged, at the entry `position`; after `back` it is
  /// whole.
  static void expect_found(const std::string& change, const std::string& back,
                           std::uint64_t position) {
    Meddler meddler(root_ / "case");
    meddler.run(change);
    const auto verified = log().verify();
    ASSERT_FALSE(verified) << change;
    EXPECT_EQ(verified.error().code(), ErrorCode::casework_damaged_log);
    EXPECT_THAT(verified.error().message(), HasSubstr(fmt::format("entry {}", position))) << change;
    meddler.run(back);
    ++n_found_;
  }
  static void flip_bit(Rng& rng, const std::string& table, const std::string& column,
                       const std::string& where, std::uint64_t position) {
    Meddler meddler(root_ / "case");
    const std::string before =
        meddler.blob(fmt::format("SELECT {} FROM {} WHERE {}", column, table, where));
    std::string after = before;
    const std::uint64_t bit = rng.below(8 * after.size());
    after[bit / 8] =
        static_cast<char>(static_cast<unsigned char>(after[bit / 8]) ^ (1U << (bit % 8)));
    const auto set = [&](const std::string& bytes) {
      return fmt::format("UPDATE {} SET {} = {} WHERE {}", table, column, Meddler::literal(bytes),
                         where);
    };
    expect_found(set(after), set(before), position);
  }

  static inline fs::path root_;
  static inline storage::Workspace* workspace_ = nullptr;
  static inline int n_found_ = 0;
};

TEST_F(AuditMutation, FindsAFlippedBitOfAnyEntryAndNamesIt) {
  Rng rng(20261123);
  for (const std::uint64_t fixed : {std::uint64_t{0}, kEntries - 1})
    flip_bit(rng, "audit_entry", "sealed", fmt::format("position = {}", fixed), fixed);
  for (int i = 0; i < 12; ++i) {
    const std::uint64_t position = rng.below(kEntries);
    flip_bit(rng, "audit_entry", "sealed", fmt::format("position = {}", position), position);
  }
}

TEST_F(AuditMutation, FindsAFlippedBitOfAnyNodeOfTheTree) {
  Rng rng(7);
  for (unsigned level = 0; level <= 16; ++level) {
    const std::uint64_t position = rng.below(kEntries >> level);
    flip_bit(rng, "audit_node", "hash",
             fmt::format("level = {} AND position = {}", level, position),
             ((position + 1) << level) - 1);
  }
}

TEST_F(AuditMutation, FindsAnEntryThatWasTakenOut) {
  Rng rng(8);
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t position = rng.below(kEntries - 1);
    const std::string where = fmt::format("position = {}", position);
    const std::string sealed =
        Meddler(root_ / "case").blob("SELECT sealed FROM audit_entry WHERE " + where);
    const auto put_back =
        fmt::format("INSERT INTO audit_entry VALUES ({}, {})", position, Meddler::literal(sealed));
    expect_found("DELETE FROM audit_entry WHERE " + where, put_back, position);
    // Also with those after it moved up, so that no number is missing.
    expect_found(
        fmt::format("DELETE FROM audit_entry WHERE {0}; UPDATE audit_entry SET position = {1} "
                    "WHERE position = {2}",
                    where, position, position + 1),
        fmt::format("UPDATE audit_entry SET position = {1} WHERE {0}; {2}", where, position + 1,
                    put_back),
        position);
  }
}

TEST_F(AuditMutation, FindsEntriesInAnotherOrder) {
  Rng rng(9);
  for (int i = 0; i < 8; ++i) {
    const std::uint64_t a = rng.below(kEntries - 1);
    const std::uint64_t b = i % 2 == 0 ? a + 1 : rng.below(kEntries);
    if (a == b) continue;
    // With their leaves, as somebody would who knows how the tree is made.
    std::string swap;
    for (const char* table : {"audit_entry", "audit_node"}) {
      const std::string_view also = std::string_view(table) == "audit_node" ? "AND level = 0" : "";
      for (const auto& [from, to] : {std::pair(std::to_string(a), std::string("-1")),
                                     std::pair(std::to_string(b), std::to_string(a)),
                                     std::pair(std::string("-1"), std::to_string(b))})
        swap += fmt::format("UPDATE {} SET position = {} WHERE position = {} {};", table, to, from,
                            also);
    }
    expect_found(swap, swap, std::min(a, b));
  }
}

TEST_F(AuditMutation, FindsAnEntryPutInPlaceOfAnother) {
  Meddler meddler(root_ / "case");
  const std::string before = meddler.blob("SELECT sealed FROM audit_entry WHERE position = 500");
  expect_found(
      "UPDATE audit_entry SET sealed = (SELECT sealed FROM audit_entry WHERE position = 70000) "
      "WHERE position = 500",
      fmt::format("UPDATE audit_entry SET sealed = {} WHERE position = 500",
                  Meddler::literal(before)),
      500);
}

/// Runs last: all that was changed was put back, and the log is what it was.
TEST_F(AuditMutation, IsWholeWhenNothingIsChanged) {
  EXPECT_TRUE(log().verify());
  EXPECT_EQ(log().size(), kEntries);
  std::cout << n_found_ << " changes were found\n";
}

}  // namespace
}  // namespace ovillo::casework
