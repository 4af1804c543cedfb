// Every moment between two writes: nothing that was said to be done is lost, nothing half-done is
// seen.
//
// A child (`fault_test --play FOLDER KIND AT`) plays a fixed list of acts, from making a workspace
// to shredding a source, each of which returns when it is durable; it says so after each. At its
// write number AT it is killed, or the disk is full or read-only from then on. Then the parent
// opens what is left: it must be, to the byte, what a calm workspace holds after the acts that were
// said to be done, or after one more; the audit log must verify; and playing on from there must end
// where the calm one ends. OVILLO_LONG tries every write, otherwise a sample of them.
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "faults.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/casework/audit.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo {
namespace {

namespace fs = std::filesystem;
using storage::BlockKind;
using storage::BlockPlace;
using storage::Workspace;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr std::uint32_t kParts = 4;
constexpr std::int64_t kReview = 1'900'000'000;
constexpr int kStoppedByError = 9;

// ---- the acts

std::string bytes_of(std::uint64_t group, std::uint32_t part, std::uint32_t version) {
  Rng rng(group * 1'000'003 + part * 97 + version);
  std::string out = fmt::format("{}/{}/{} ", group, part, version);
  const std::size_t n = 2000 + rng.below(60'000);
  while (out.size() < n) out += fmt::format("{} piso privado ", rng.next());
  return out;
}

View everything() {
  View view;
  view.compartments = {Workspace::kMainCompartment};
  return view;
}

Result<SourceId> source_named(const Workspace& workspace, std::string_view name) {
  OVILLO_TRY(const auto sources, workspace.sources());
  for (const Source& source : sources)
    if (source.name == name) return source.id;
  return Error(ErrorCode::storage_unknown_source, std::string(name));
}

Result<void> add_source(Workspace& workspace, const std::string& name) {
  OVILLO_TRY(const auto authorisations, workspace.authorisations());
  Source source;
  source.name = name;
  source.compartment = Workspace::kMainCompartment;
  source.authorisation = authorisations.front().id;
  source.review_at_utc_s = kReview;
  OVILLO_CHECK(workspace.add_source(source));
  return {};
}

Result<void> import_into(Workspace& workspace, const std::string& name) {
  OVILLO_TRY(const SourceId source, source_named(workspace, name));
  OVILLO_TRY(auto transaction, workspace.begin());
  OVILLO_TRY(const std::uint64_t group, transaction.new_group());
  for (std::uint32_t part = 0; part < kParts; ++part) {
    for (const BlockKind kind : {BlockKind::original, BlockKind::record, BlockKind::find})
      OVILLO_CHECK(
          transaction.put_block({kind, Workspace::kMainCompartment, source, group, part, 5, 1},
                                bytes_of(group, part, 1)));
    std::vector<RecordId> ids;
    for (std::uint64_t i = 0; i < 5; ++i) ids.push_back({group, part * 5 + i});
    OVILLO_CHECK(transaction.put_record_ids(Workspace::kMainCompartment, group, ids));
  }
  storage::ImportRow row;
  row.group = group;
  row.source = source;
  row.compartment = Workspace::kMainCompartment;
  row.file_name = name + ".csv";
  row.file_sha256 = sha256_hex(name);
  row.records = row.rows = std::uint64_t{kParts} * 5;
  OVILLO_CHECK(transaction.put_import(row));
  return transaction.commit();
}

/// As a run does: replaces the finds of every import, and the answer, in one transaction.
Result<void> run(Workspace& workspace) {
  OVILLO_TRY(const auto imports, workspace.imports());
  OVILLO_TRY(auto transaction, workspace.begin());
  for (const storage::ImportRow& row : imports)
    for (std::uint32_t part = 0; part < kParts; ++part) {
      OVILLO_CHECK(transaction.remove_blocks(BlockKind::find, row.group, part));
      OVILLO_CHECK(transaction.put_block(
          {BlockKind::find, Workspace::kMainCompartment, row.source, row.group, part, 5, 2},
          bytes_of(row.group, part, 2)));
    }
  OVILLO_CHECK(transaction.put("model", fmt::format("over {} imports", imports.size())));
  OVILLO_CHECK(transaction.put_derived(everything(), "answer",
                                       fmt::format("of {} imports", imports.size())));
  return transaction.commit();
}

Result<void> shred(Workspace& workspace, const std::string& name) {
  storage::ShredOrder order;
  OVILLO_TRY(order.source, source_named(workspace, name));
  order.at_utc_s = kReview;
  OVILLO_CHECK(workspace.shred(order));
  return {};
}

Result<void> note(Workspace& workspace, const std::string& text) {
  storage::EventRow event;
  event.compartment = Workspace::kMainCompartment;
  event.review_at_utc_s = kReview;
  event.at_utc_s = 1'790'000'000;
  event.bytes = text;
  storage::EventRow second = event;
  second.bytes = text + ", second half";
  return workspace.append_events({event, second});
}

Result<void> enter_in_the_log(Workspace& workspace) {
  OVILLO_TRY(const auto audit, casework::AuditLog::open(workspace, data_folder()));
  casework::Access access;
  access.action = "import";
  access.rights = casework::Rights::all();
  access.user = "owner";
  access.purpose = "maintenance";
  OVILLO_CHECK(audit.open_for(access));
  return {};
}

using Act = std::function<Result<void>(Workspace&)>;

/// What is done to a workspace that was just made; each is one durable step.
const std::vector<Act>& acts() {
  static const std::vector<Act> all = {
      [](Workspace& w) -> Result<void> {
        Authorisation authorisation;
        authorisation.kind = "invented_data";
        OVILLO_CHECK(w.add_authorisation(authorisation));
        return {};
      },
      [](Workspace& w) { return add_source(w, "stays"); },
      [](Workspace& w) { return add_source(w, "goes"); },
      enter_in_the_log,
      [](Workspace& w) { return import_into(w, "stays"); },
      [](Workspace& w) { return import_into(w, "goes"); },
      run,
      [](Workspace& w) { return w.put_user({"ana", {}, false, "roles of ana"}); },
      [](Workspace& w) { return note(w, "a decision"); },
      [](Workspace& w) -> Result<void> {
        OVILLO_TRY(const SourceId source, source_named(w, "stays"));
        return w.set_review(source, kReview + 40'000'000);
      },
      [](Workspace& w) { return shred(w, "goes"); },
      run,
      [](Workspace& w) -> Result<void> {
        OVILLO_CHECK(w.add_compartment("health"));
        return {};
      },
      [](Workspace& w) { return import_into(w, "stays"); },
      enter_in_the_log,
  };
  return all;
}

IdKey fixed_key() {
  IdKey key{};
  key.bytes.fill(7);
  return key;
}

/// Plays from where the folder stands. @param done  acts done so far; making the workspace counts.
/// @param say  called with the number of acts done, after each.
Result<void> play(const fs::path& folder, std::size_t done,
                  const std::function<void(std::size_t)>& say) {
  if (done == 0) {
    OVILLO_CHECK(Workspace::create(folder, fixed_key()));
    say(++done);
  }
  OVILLO_TRY(Workspace workspace, Workspace::open(folder));
  for (; done <= acts().size(); say(++done)) OVILLO_CHECK(acts()[done - 1](workspace));
  return {};
}

// ---- what a workspace holds, as text

/// All that can be read. Left out: Merkle roots, which are salted with random keys.
Result<std::string> held(const Workspace& workspace) {
  std::string out;
  OVILLO_TRY(const auto compartments, workspace.compartments());
  for (const auto& one : compartments) out += fmt::format("compartment {}\n", one.name);
  OVILLO_TRY(const auto authorisations, workspace.authorisations());
  for (const auto& one : authorisations) out += fmt::format("authorisation {}\n", one.kind);
  OVILLO_TRY(const auto users, workspace.users());
  for (const auto& one : users) out += fmt::format("user {} {}\n", one.name, one.account);
  OVILLO_TRY(const auto sources, workspace.sources());
  for (const Source& one : sources) {
    OVILLO_TRY(const bool gone, workspace.was_shredded(one.compartment, sha256_hex(one.name)));
    out += fmt::format("source {} {} {}\n", one.name, one.review_at_utc_s, gone);
  }
  OVILLO_TRY(const auto imports, workspace.imports());
  for (const auto& one : imports) {
    // Of what was shredded the originals are gone.
    out += fmt::format("import {} {} {}\n", one.group, one.records,
                       workspace.verify_originals(one.group).has_value());
  }
  for (const BlockKind kind : {BlockKind::original, BlockKind::record, BlockKind::find})
    OVILLO_CHECK(workspace.read_blocks(
        everything(), kind, [&](const BlockPlace& place, std::string_view bytes) -> Result<void> {
          out +=
              fmt::format("block {} {} {} {} {}\n", static_cast<int>(kind), place.group, place.part,
                          place.version, bytes == bytes_of(place.group, place.part, place.version));
          return {};
        }));
  OVILLO_TRY(auto ids, workspace.record_ids(Workspace::kMainCompartment));
  std::sort(ids.begin(), ids.end());
  for (const RecordId id : ids) out += "id " + id.hex() + "\n";
  OVILLO_TRY(const auto events, workspace.events(everything()));
  for (const auto& one : events) out += fmt::format("event {} {}\n", one.position, one.bytes);
  OVILLO_TRY(const auto model, workspace.get("model"));
  OVILLO_TRY(const auto answer, workspace.get_derived("answer"));
  return out + model.value_or("no model") + "\n" + answer.value_or("no answer") + "\n";
}

/// What the folder holds: "nothing" before a workspace was made. The audit log must verify.
std::string state_of(const fs::path& folder, std::size_t& n_entries) {
  const auto workspace = Workspace::open(folder);
  if (!workspace && workspace.error().code() == ErrorCode::storage_not_a_workspace)
    return "nothing";
  if (!workspace) return "cannot be opened: " + workspace.error().message();
  const auto audit = casework::AuditLog::open(*workspace, data_folder());
  if (!audit) return "no audit log: " + audit.error().message();
  if (const auto verified = audit->verify(); !verified) return verified.error().message();
  n_entries = audit->size();
  const auto text = held(*workspace);
  return text ? *text + fmt::format("{} entries\n", n_entries)
              : "damaged: " + text.error().message();
}

std::string state_of(const fs::path& folder) {
  std::size_t n_entries = 0;
  return state_of(folder, n_entries);
}

// ---- the child

int play_as_child(const fs::path& folder, faults::Kind kind, std::uint64_t at) {
  faults::set(kind, at);
  const auto played = play(folder, 0, [](std::size_t done) { std::cout << done << std::endl; });
  if (!played) std::cout << "error " << played.error().message() << std::endl;
  std::cout << "writes " << faults::count() << std::endl;
  ::_exit(played ? 0 : kStoppedByError);
}

struct Played {
  bool killed = false;
  std::size_t n_done = 0;  ///< acts that were said to be done
  std::string error;       ///< what the act after them said
  std::uint64_t n_writes = 0;
};

Played play_in_child(const fs::path& folder, faults::Kind kind, std::uint64_t at) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const std::string kind_text = std::to_string(static_cast<int>(kind));
  const std::string at_text = std::to_string(at);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "fault_test", "--play", folder.c_str(), kind_text.c_str(),
            at_text.c_str(), nullptr);
    ::_exit(4);
  }
  ::close(ends[1]);
  std::string said;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    said.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  Played out;
  out.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  EXPECT_TRUE(out.killed || WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kStoppedByError)
      << "status " << status << ": " << said;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("error "))
      out.error = line.substr(6);
    else if (line.starts_with("writes "))
      out.n_writes = std::stoull(line.substr(7));
    else if (!line.empty())
      out.n_done = std::stoull(line);
  }
  return out;
}

// ---- the parent

class Faults : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "ovillo_fault_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
    const Played calm = play_in_child(root_ / "counted", faults::Kind::none, 0);
    ASSERT_EQ(calm.n_done, acts().size() + 1) << calm.error;
    n_writes_ = calm.n_writes;
    expected_.emplace_back("nothing");
    // One workspace per number of acts: state_of() must not be seen by the act that comes next.
    const fs::path folder = root_ / "calm";
    ASSERT_TRUE(Workspace::create(folder, fixed_key()));
    expected_.push_back(state_of(folder));
    for (const Act& act : acts()) {
      {
        auto workspace = Workspace::open(folder);
        ASSERT_TRUE(workspace);
        const auto done = act(*workspace);
        ASSERT_TRUE(done) << done.error().message();
      }
      expected_.push_back(state_of(folder));
    }
  }
  static void TearDownTestSuite() { fs::remove_all(root_); }

  /// Every write in the long form, otherwise about `n_sampled` of them, the first and last among.
  static std::vector<std::uint64_t> moments(std::uint64_t n_sampled, std::uint64_t seed) {
    std::vector<std::uint64_t> out;
    Rng rng(seed);
    const bool all = std::getenv("OVILLO_LONG") != nullptr;
    for (std::uint64_t at = 0; at < n_writes_; ++at)
      if (all || at == 0 || at + 1 == n_writes_ || rng.below(n_writes_) < n_sampled)
        out.push_back(at);
    return out;
  }

  /// What is left is what the acts said to be done come to, or one more act; playing on ends where
  /// the calm one ends. @return acts found done.
  static std::size_t expect_whole(const fs::path& folder, const Played& played) {
    const std::string state = state_of(folder);
    if (!played.killed && played.n_done < expected_.size() - 1) {
      EXPECT_THAT(played.error, AnyOf(HasSubstr("[storage."), HasSubstr("[base.cannot_write]")));
    }
    std::size_t done = played.n_done;
    if (done + 1 < expected_.size() && state == expected_[done + 1]) ++done;
    EXPECT_EQ(state, expected_[done]) << played.error;
    if (state != expected_[done]) return done;
    const auto on = play(folder, done, [](std::size_t) {});
    EXPECT_TRUE(on) << on.error().message();
    EXPECT_EQ(state_of(folder), expected_.back());
    return done;
  }

  static void try_all(faults::Kind kind, std::uint64_t n_sampled, std::uint64_t seed) {
    std::size_t n_more = 0;
    const auto all = moments(n_sampled, seed);
    for (const std::uint64_t at : all) {
      SCOPED_TRACE(fmt::format("write {} of {}", at, n_writes_));
      const fs::path folder = root_ / "played";
      const Played played = play_in_child(folder, kind, at);
      n_more += expect_whole(folder, played) > played.n_done;
      fs::remove_all(folder);
      if (::testing::Test::HasFailure()) FAIL() << "at write " << at;
    }
    std::cout << all.size() << " of " << n_writes_ << " moments; at " << n_more
              << " an act was done and could not say so any more\n";
  }

  static inline fs::path root_;
  static inline std::uint64_t n_writes_ = 0;
  static inline std::vector<std::string> expected_;
};

TEST_F(Faults, EveryActChangesWhatIsHeld) {
  for (std::size_t i = 1; i < expected_.size(); ++i) EXPECT_NE(expected_[i], expected_[i - 1]) << i;
  EXPECT_GT(n_writes_, 300U);
}

TEST_F(Faults, KilledBetweenAnyTwoWritesNothingIsLostOrHalfDone) {
  try_all(faults::Kind::killed, 240, 1);
}

TEST_F(Faults, KilledInTheMiddleOfAnyWriteNothingIsLostOrHalfDone) {
  try_all(faults::Kind::torn, 100, 2);
}

TEST_F(Faults, AFullDiskIsSaidAndLeavesWhatWasThere) { try_all(faults::Kind::full, 60, 3); }

TEST_F(Faults, ADiskThatTurnsReadOnlyIsSaidAndLeavesWhatWasThere) {
  try_all(faults::Kind::read_only, 60, 4);
}

TEST_F(Faults, AFullDiskGivesAnErrorAndDisclosesNothing) {
  const fs::path folder = root_ / "full";
  ASSERT_TRUE(Workspace::create(folder, fixed_key()));
  auto workspace = Workspace::open(folder);
  ASSERT_TRUE(workspace);
  faults::set(faults::Kind::full, 0);
  const auto entered = enter_in_the_log(*workspace);
  const auto added = workspace->add_compartment("health");
  faults::set(faults::Kind::none, 0);
  ASSERT_FALSE(entered);
  EXPECT_EQ(entered.error().code(), ErrorCode::storage_disk_full) << entered.error().message();
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().code(), ErrorCode::storage_disk_full) << added.error().message();
}

}  // namespace
}  // namespace ovillo

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == "--play")
    return ovillo::play_as_child(argv[2], static_cast<ovillo::faults::Kind>(std::atoi(argv[3])),
                                 std::strtoull(argv[4], nullptr, 10));
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
