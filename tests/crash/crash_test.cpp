// kill -9 at random moments of create, import, run and audit: all of it is there, or none of it.
//
// The test runs itself as a child (`crash_test --write FOLDER SEED`) that creates or opens a
// workspace and imports until it is killed. After each kill the parent opens the workspace and
// checks that every import is whole: all its blocks with seals that hold, its originals against
// their Merkle root, its record ids, its counts; that the run that belongs to it replaced its finds
// wholly; that nothing of any other group is there; that the audit log verifies and holds an entry
// for every import (the entry comes before the effect). OVILLO_CRASH_ROUNDS sets the number of
// kills, OVILLO_CRASH_SEED where they fall.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo {
namespace {

namespace fs = std::filesystem;
using storage::BlockKind;
using storage::BlockPlace;
using storage::Workspace;

constexpr std::uint32_t kParts = 24;

std::string bytes_of(std::uint64_t group, std::uint32_t part, std::uint32_t version) {
  Rng rng(group * 1'000'003 + part * 97 + version);
  std::string out = fmt::format("{}/{}/{} ", group, part, version);
  const std::size_t n = 2000 + rng.below(30000);
  while (out.size() < n) out += fmt::format("{} piso privado ", rng.next());
  return out;
}

// ---- the child: writes until it is killed. It exits only on an error, with a code of its own.

template <class T>
T must(Result<T> result) {
  if (!result) {
    std::cerr << "child: " << result.error().message() << std::endl;
    ::_exit(3);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

SourceId source_of(Workspace& workspace) {
  for (const Source& source : must(workspace.sources()))
    if (source.name == "platform X") return source.id;
  Authorisation authorisation;
  authorisation.kind = "invented_data";
  Source source;
  source.name = "platform X";
  source.compartment = Workspace::kMainCompartment;
  source.authorisation = must(workspace.add_authorisation(authorisation));
  return must(workspace.add_source(source));
}

void import_one(Workspace& workspace, const casework::AuditLog& audit, SourceId source) {
  casework::Access access;
  access.action = "import";
  access.rights = casework::Rights::all();
  access.user = "owner";
  access.purpose = "maintenance";
  (void)must(audit.open_for(access));
  auto transaction = must(workspace.begin());
  const std::uint64_t group = must(transaction.new_group());
  for (std::uint32_t part = 0; part < kParts; ++part) {
    for (const BlockKind kind : {BlockKind::original, BlockKind::record, BlockKind::find})
      must(transaction.put_block({kind, 1, source, group, part, 5, 1}, bytes_of(group, part, 1)));
    std::vector<RecordId> ids;
    for (std::uint64_t i = 0; i < 5; ++i) ids.push_back({group, part * 5 + i});
    must(transaction.put_record_ids(1, group, ids));
  }
  storage::ImportRow row;
  row.group = group;
  row.source = source;
  row.compartment = 1;
  row.records = std::uint64_t{kParts} * 5;
  must(transaction.put_import(row));
  must(transaction.commit());
}

/// As a run does: replaces the finds of the newest import, and the answer, in one transaction.
void run_one(Workspace& workspace, SourceId source) {
  const std::uint64_t group = must(workspace.imports()).back().group;
  auto transaction = must(workspace.begin());
  for (std::uint32_t part = 0; part < kParts; ++part) {
    must(transaction.remove_blocks(BlockKind::find, group, part));
    must(transaction.put_block({BlockKind::find, 1, source, group, part, 5, 2},
                               bytes_of(group, part, 2)));
  }
  must(transaction.put("answer", fmt::format("{}", group)));
  must(transaction.commit());
}

int write_until_killed(const fs::path& folder) {
  if (!fs::exists(folder / "ovillo.db")) (void)must(Workspace::create(folder));
  Workspace workspace = must(Workspace::open(folder));
  const auto audit = must(casework::AuditLog::open(workspace, data_folder()));
  const SourceId source = source_of(workspace);
  while (true) {
    import_one(workspace, audit, source);
    run_one(workspace, source);
  }
}

// ---- the parent

pid_t start_child(const fs::path& folder) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::execl("/proc/self/exe", "crash_test", "--write", folder.c_str(), nullptr);
    ::_exit(4);
  }
  return child;
}

/// Every group has all its parts, of one version each, with the bytes that were put.
void expect_whole_groups(const Workspace& workspace, std::uint64_t n_imports) {
  View view;
  view.compartments = {Workspace::kMainCompartment};
  for (const BlockKind kind : {BlockKind::original, BlockKind::record, BlockKind::find}) {
    std::map<std::uint64_t, std::set<std::uint32_t>> parts;
    std::map<std::uint64_t, std::set<std::uint32_t>> versions;
    const auto read = workspace.read_blocks(
        view, kind, [&](const BlockPlace& place, std::string_view bytes) -> Result<void> {
          parts[place.group].insert(place.part);
          versions[place.group].insert(place.version);
          EXPECT_EQ(bytes, bytes_of(place.group, place.part, place.version));
          return {};
        });
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(parts.size(), n_imports);
    for (const auto& [group, all] : parts) EXPECT_EQ(all.size(), kParts) << group;
    for (const auto& [group, all] : versions) EXPECT_EQ(all.size(), 1U) << group;
  }
}

/// Opens what the killed child left. @return  number of whole imports.
std::uint64_t check(const fs::path& folder) {
  auto workspace = Workspace::open(folder);
  if (!workspace) {
    // Killed before create() had finished: then there is nothing yet, and create() goes on.
    EXPECT_EQ(workspace.error().code(), ErrorCode::storage_not_a_workspace)
        << workspace.error().message();
    return 0;
  }
  const auto imports = workspace->imports();
  EXPECT_TRUE(imports) << imports.error().message();
  expect_whole_groups(*workspace, imports->size());
  for (const storage::ImportRow& row : *imports) {
    const auto verified = workspace->verify_originals(row.group);
    EXPECT_TRUE(verified) << verified.error().message();
  }
  const auto ids = *workspace->record_ids(Workspace::kMainCompartment);
  EXPECT_EQ(ids.size(), imports->size() * kParts * 5);
  EXPECT_EQ(std::set<RecordId>(ids.begin(), ids.end()).size(), ids.size());
  const auto audit = casework::AuditLog::open(*workspace, data_folder());
  EXPECT_TRUE(audit->verify());
  EXPECT_GE(audit->size(), imports->size());
  return imports->size();
}

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

TEST(KillNine, LeavesImportsAndRunsWholeOrAbsent) {
  const std::uint64_t n_rounds = from_environment("OVILLO_CRASH_ROUNDS", 50);
  const std::uint64_t seed = from_environment("OVILLO_CRASH_SEED", 20261122);
  std::cout << "seed " << seed << ", " << n_rounds << " kills\n";
  std::string name = (fs::temp_directory_path() / "ovillo_crash_XXXXXX").string();
  const fs::path root = ::mkdtemp(name.data());
  Rng rng(seed);
  std::uint64_t n_before = 0;
  std::uint64_t n_imports_in_all = 0;
  int generation = 0;
  std::uint64_t patience = 1;  // a slow build or machine gets further before it is killed
  for (std::uint64_t round = 0; round < n_rounds; ++round) {
    // A new workspace now and then, so that creation is killed too; some kills come at once.
    if (round % 10 == 0) {
      ++generation;
      n_before = 0;
    }
    const fs::path folder = root / fmt::format("case{}", generation);
    const std::uint64_t wait_us = patience * rng.below(round % 3 == 0 ? 40'000 : 400'000);
    const pid_t child = start_child(folder);
    ASSERT_GT(child, 0);
    std::this_thread::sleep_for(std::chrono::microseconds(wait_us));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child stopped by itself, code " << WEXITSTATUS(status);
    const std::uint64_t n_now = check(folder);
    EXPECT_GE(n_now, n_before) << "seed " << seed << ", round " << round << ": an import is lost";
    n_imports_in_all += n_now - n_before;
    n_before = n_now;
    if (n_now == 0 && round % 10 >= 3 && patience < 64) patience *= 2;
    if (::testing::Test::HasFailure()) {
      FAIL() << "seed " << seed << ", round " << round << ", killed after " << wait_us << " us";
    }
  }
  std::cout << n_imports_in_all << " imports were whole\n";
  EXPECT_GT(n_imports_in_all, 0U) << "no import ever finished: the kills came too early";
  fs::remove_all(root);
}

}  // namespace
}  // namespace ovillo

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--write")
    return ovillo::write_until_killed(argv[2]);
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
