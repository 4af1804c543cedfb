#include "ovillo/storage/workspace.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/storage/copy.hpp"
#include "ovillo/storage/internal/database.hpp"
#include "ovillo/storage/internal/key_store.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// The value, moved out, so that a range-for over it keeps it alive.
template <class T>
T got(Result<T> result) {
  EXPECT_TRUE(result) << result.error().message();
  return std::move(*result);
}

/// Where tests keep tables: empty, or a PostgreSQL server (tools/with_postgres.py).
std::string store() {
  const char* url = std::getenv("OVILLO_STORE");
  return url == nullptr ? "" : url;
}

/// Of tests that look into the file itself.
#define OVILLO_FILES_ONLY() \
  if (!store().empty()) GTEST_SKIP() << "looks into the file of the tables"

/// A folder that goes when the test ends.
class WorkspaceTest : public ::testing::Test {
 public:
  ~WorkspaceTest() override { fs::remove_all(root_); }

 protected:
  WorkspaceTest() {
    std::string name = (fs::temp_directory_path() / "ovillo_storage_XXXXXX").string();
    root_ = ::mkdtemp(name.data());
  }
  [[nodiscard]] fs::path folder(const std::string& name = "case") const { return root_ / name; }
  [[nodiscard]] Workspace create(const std::string& name = "case") const {
    auto workspace = Workspace::create(folder(name), std::nullopt, store());
    EXPECT_TRUE(workspace) << workspace.error().message();
    return std::move(*workspace);
  }
  [[nodiscard]] Workspace open(const std::string& name = "case") const {
    auto workspace = Workspace::open(folder(name));
    EXPECT_TRUE(workspace) << workspace.error().message();
    return std::move(*workspace);
  }

  fs::path root_;
};

Authorisation platform_report() {
  Authorisation out;
  out.kind = "platform_report";
  out.authority = "platform X";
  out.reference = "2026-114";
  out.valid_from_utc_s = 1'700'000'000;
  out.valid_to_utc_s = 1'900'000'000;
  out.scope = {RecordKind::advert, RecordKind::notice};
  out.scope_from_utc_s = 1'710'000'000;
  out.document_sha256 = std::string(64, 'a');
  return out;
}

SourceId add_source(Workspace& workspace, CompartmentId compartment, const std::string& name,
                    std::int64_t review_at_utc_s = 1'770'000'000) {
  Source source;
  source.name = name;
  source.authorisation = *workspace.add_authorisation(platform_report());
  source.compartment = compartment;
  source.purpose = "investigation";
  source.procedure = "proc 12/2026";
  source.zone = "Europe/Brussels";
  source.region = "BE";
  source.handling = 1;
  source.grade = {'B', '2'};
  source.review_at_utc_s = review_at_utc_s;
  const auto id = workspace.add_source(source);
  EXPECT_TRUE(id) << id.error().message();
  return *id;
}

/// Text that compresses like adverts do, different for every part.
std::string block_bytes(std::uint64_t seed, std::size_t n) {
  Rng rng(seed);
  std::string out;
  while (out.size() < n) out += "llama ya piso privado " + std::to_string(rng.next()) + "\n";
  out.resize(n);
  return out;
}

/// One import of `n` original and record blocks; returns its group.
std::uint64_t import_blocks(Workspace& workspace, CompartmentId compartment, SourceId source,
                            std::uint32_t n, std::size_t bytes, std::int64_t at_utc_s = 1000) {
  auto transaction = *workspace.begin();
  const std::uint64_t group = *transaction.new_group();
  for (std::uint32_t part = 0; part < n; ++part) {
    for (const BlockKind kind : {BlockKind::original, BlockKind::record}) {
      const auto put = transaction.put_block({kind, compartment, source, group, part, 10, 0},
                                             block_bytes(source + part, bytes));
      EXPECT_TRUE(put) << put.error().message();
    }
  }
  std::vector<RecordId> ids;
  ids.reserve(n);
  for (std::uint64_t i = 0; i < n; ++i) ids.push_back({group, i});
  EXPECT_TRUE(transaction.put_record_ids(compartment, group, ids));
  ImportRow row;
  row.group = group;
  row.source = source;
  row.compartment = compartment;
  row.file_name = "adverts.csv";
  row.rows = row.records = n;
  row.at_utc_s = at_utc_s;
  EXPECT_TRUE(transaction.put_import(row));
  const auto done = transaction.commit();
  EXPECT_TRUE(done) << done.error().message();
  return group;
}

View view_of(std::vector<CompartmentId> compartments) {
  View view;
  view.compartments = std::move(compartments);
  std::sort(view.compartments.begin(), view.compartments.end());
  return view;
}

/// All bytes a view can read, in order, one string.
std::string read_all(const Workspace& workspace, const View& view, BlockKind kind) {
  std::string out;
  const auto done =
      workspace.read_blocks(view, kind, [&](const BlockPlace& place, std::string_view bytes) {
        out += std::to_string(place.compartment) + "/" + std::to_string(place.source) + "/" +
               std::to_string(place.part) + ":" + std::string(bytes);
        return Result<void>();
      });
  EXPECT_TRUE(done) << done.error().message();
  return out;
}

/// Behind the back of a workspace that is closed.
void run_sql(const fs::path& folder, const std::string& sql) {
  const auto tables = Store::of(folder);
  ASSERT_TRUE(tables);
  auto opened = tables->open(Database::Mode::write);
  ASSERT_TRUE(opened) << opened.error().message();
  const auto done = opened->execute(sql);
  ASSERT_TRUE(done) << done.error().message();
}

TEST_F(WorkspaceTest, GivesBackBlocksAfterReopening) {
  std::string before;
  SourceId source = 0;
  {
    Workspace workspace = create();
    source = add_source(workspace, Workspace::kMainCompartment, "platform X");
    import_blocks(workspace, 1, source, 200, 9000);
    before = read_all(workspace, view_of({1}), BlockKind::record);
  }
  const Workspace workspace = open();
  EXPECT_EQ(read_all(workspace, view_of({1}), BlockKind::record), before);
  const auto places = *workspace.block_places(view_of({1}), BlockKind::record);
  ASSERT_EQ(places.size(), 200U);
  for (std::uint32_t part = 0; part < 200; ++part) {
    EXPECT_EQ(places[part].part, part);
    EXPECT_EQ(*workspace.read_block(places[part]), block_bytes(source + part, 9000));
  }
  EXPECT_EQ(workspace.record_ids(1)->size(), 200U);
}

TEST_F(WorkspaceTest, GivesTheSameBytesWithAnyNumberOfThreads) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  set_thread_count(1);
  import_blocks(workspace, 1, source, 130, 3000);
  const std::string alone = read_all(workspace, view_of({1}), BlockKind::record);
  set_thread_count(0);
  EXPECT_EQ(read_all(workspace, view_of({1}), BlockKind::record), alone);
}

TEST_F(WorkspaceTest, GivesBackRowsAsTheyWere) {
  Workspace workspace = create();
  const AuthorisationId authorisation = *workspace.add_authorisation(platform_report());
  EXPECT_EQ(*workspace.add_authorisation(platform_report()), authorisation);
  Authorisation expected = platform_report();
  expected.id = authorisation;
  EXPECT_THAT(*workspace.authorisations(), ::testing::ElementsAre(expected));

  const SourceId id = add_source(workspace, 1, "platform X");
  const Source source = workspace.sources()->at(0);
  EXPECT_EQ(source.id, id);
  EXPECT_EQ(source.name, "platform X");
  EXPECT_EQ(source.procedure, "proc 12/2026");
  EXPECT_EQ(source.grade, (Grade{'B', '2'}));
  EXPECT_EQ(source.review_at_utc_s, 1'770'000'000);
  EXPECT_EQ(workspace.add_source(source).error().code(), ErrorCode::storage_name_taken);

  const CompartmentId other = *workspace.add_compartment("ghent-thb");
  EXPECT_EQ(workspace.add_compartment("ghent-thb").error().code(), ErrorCode::storage_name_taken);
  const User lea{"lea", {{other, 1'800'000'000}}, false, "roles and password"};
  ASSERT_TRUE(workspace.put_user({"lea", {{1, {}}, {other, {}}}, false, "first"}));
  ASSERT_TRUE(workspace.put_user(lea));
  ASSERT_TRUE(workspace.put_user({"ana", {}, true, ""}));
  EXPECT_THAT(*workspace.users(), ::testing::ElementsAre(User{"ana", {}, true, ""}, lea));
  EXPECT_EQ(workspace.put_user({"eva", {{99, {}}}, false, ""}).error().code(),
            ErrorCode::storage_unknown_compartment);

  ASSERT_TRUE(workspace.put("model", "abc"));
  ASSERT_TRUE(workspace.put("model", std::string(100000, 'x')));
  EXPECT_EQ(**workspace.get("model"), std::string(100000, 'x'));
  EXPECT_FALSE(workspace.get("absent")->has_value());
}

TEST_F(WorkspaceTest, KeepsEventsInOrderAndShowsThemByCompartmentAndTime) {
  Workspace workspace = create();
  const CompartmentId other = *workspace.add_compartment("ghent-thb");
  ASSERT_TRUE(workspace.append_events(
      {{0, 1, 1'900'000'000, 100, "opened"}, {0, other, 1'900'000'000, 110, "hidden"}}));
  ASSERT_TRUE(workspace.append_events({{0, 1, 1'950'000'000, 120, "noted"}}));
  EXPECT_EQ(
      workspace.append_events({{0, 1, 0, 130, "lost"}, {0, 99, 0, 130, "nowhere"}}).error().code(),
      ErrorCode::storage_unknown_compartment);
  const auto texts = [&](const View& view) {
    std::vector<std::string> out;
    const auto events = workspace.events(view);
    for (const EventRow& event : *events) out.push_back(event.bytes);
    return out;
  };
  View view;
  view.compartments = {1};
  EXPECT_THAT(texts(view), ::testing::ElementsAre("opened", "noted"));
  EXPECT_EQ(workspace.events(view)->back().review_at_utc_s, 1'950'000'000);
  view.compartments = {1, other};
  std::sort(view.compartments.begin(), view.compartments.end());
  EXPECT_THAT(texts(view), ::testing::ElementsAre("opened", "hidden", "noted"));
  view.imported_before_utc_s = 120;
  EXPECT_THAT(texts(view), ::testing::ElementsAre("opened", "hidden"));
  EXPECT_THAT(texts(View()), ::testing::IsEmpty());
}

TEST_F(WorkspaceTest, AnEventThatWasMovedOrRedatedIsDamaged) {
  {
    Workspace workspace = create();
    ASSERT_TRUE(workspace.append_events({{0, 1, 1'900'000'000, 100, "decided"}}));
  }
  run_sql(folder(), "UPDATE event SET at_utc_s = 99");
  Workspace workspace = *Workspace::open(folder());
  View view;
  view.compartments = {1};
  EXPECT_EQ(workspace.events(view).error().code(), ErrorCode::storage_damaged_block);
}

/// One record block of `rows` rows for a source, with what a run would put beside it.
void import_rows(Workspace& workspace, SourceId source, std::string_view sha256) {
  auto transaction = *workspace.begin();
  const std::uint64_t group = *transaction.new_group();
  for (const BlockKind kind : {BlockKind::original, BlockKind::record, BlockKind::find})
    ASSERT_TRUE(transaction.put_block({kind, 1, source, group, 0, 3, 1}, "planted words"));
  const std::vector<RecordId> ids = {{group, 1}, {group, 2}, {group, 3}};
  ASSERT_TRUE(transaction.put_record_ids(1, group, ids));
  ImportRow row;
  row.group = group;
  row.source = source;
  row.compartment = 1;
  row.file_sha256 = std::string(sha256);
  ASSERT_TRUE(transaction.put_import(row));
  View view;
  view.compartments = {1};
  ASSERT_TRUE(transaction.put_derived(view, "answer/1", "what was worked out"));
  view.compartments = {1, 7};
  ASSERT_TRUE(transaction.put_derived(view, "answer/1,7", "what was worked out"));
  view.compartments = {7};
  ASSERT_TRUE(transaction.put_derived(view, "answer/7", "of another house"));
  ASSERT_TRUE(transaction.commit());
}

std::size_t n_blocks(const Workspace& workspace, BlockKind kind) {
  View view;
  view.compartments = {1};
  return workspace.block_places(view, kind)->size();
}

TEST_F(WorkspaceTest, WhatIsShreddedIsGoneAlsoFromACopyMadeBefore) {
  OVILLO_FILES_ONLY();
  const fs::path copy = folder() / "copy";
  BlockPlace place;
  {
    Workspace workspace = create();
    const SourceId goes = add_source(workspace, 1, "goes");
    const SourceId stays = add_source(workspace, 1, "stays");
    import_rows(workspace, goes, "aa");
    import_rows(workspace, stays, "bb");
    place = (*workspace.block_places(
        [] {
          View view;
          view.compartments = {1};
          return view;
        }(),
        BlockKind::record))[0];
    ASSERT_EQ(place.source, goes);
    fs::copy_file(folder() / "ovillo.db", copy);
    const auto report = workspace.shred({goes, 100, {}, {}, 0});
    ASSERT_TRUE(report) << report.error().message();
    EXPECT_EQ(report->n_blocks, 3U);
    EXPECT_EQ(report->n_shared_keys, 0U);
    EXPECT_EQ(report->n_answers, 2U);
    EXPECT_EQ(n_blocks(workspace, BlockKind::record), 1U);
    EXPECT_EQ(workspace.record_ids(1)->size(), 3U);
    EXPECT_TRUE(*workspace.was_shredded(1, "aa"));
    EXPECT_FALSE(*workspace.was_shredded(1, "bb"));
    EXPECT_FALSE(*workspace.was_shredded(2, "aa"));
    EXPECT_FALSE(workspace.get_derived("answer/1")->has_value());
    EXPECT_FALSE(workspace.get_derived("answer/1,7")->has_value());
    EXPECT_EQ(**workspace.get_derived("answer/7"), "of another house");
    EXPECT_EQ(workspace.shred({999, 0, {}, {}, 0}).error().code(),
              ErrorCode::storage_unknown_source);
  }
  // Somebody puts the old database back: the keys are gone all the same.
  fs::copy_file(copy, folder() / "ovillo.db", fs::copy_options::overwrite_existing);
  Workspace workspace = *Workspace::open(folder());
  EXPECT_EQ(workspace.read_block(place).error().code(), ErrorCode::storage_key_destroyed);
  EXPECT_EQ(workspace.get_derived("answer/1").error().code(), ErrorCode::storage_key_destroyed);
  EXPECT_EQ(**workspace.get_derived("answer/7"), "of another house");
}

TEST_F(WorkspaceTest, WhatIsKeptOfAShreddedSourceHasAKeyOfItsOwnAndANewDate) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "goes");
  import_rows(workspace, source, "aa");
  View view;
  view.compartments = {1};
  BlockPlace place = (*workspace.block_places(view, BlockKind::record))[0];
  place.n_rows = 1;
  ASSERT_TRUE(workspace.shred({source, 100, {{place, "what stays"}}, {{1, 2}}, 1'990'000'000}));
  EXPECT_EQ(*workspace.read_block(place), "what stays");
  EXPECT_EQ(n_blocks(workspace, BlockKind::original), 0U);
  EXPECT_EQ(workspace.sources()->front().review_at_utc_s, 1'990'000'000);
  EXPECT_THAT(*workspace.record_ids(1), ::testing::ElementsAre(RecordId{1, 2}));
  // Later files of the source come in again, and go again.
  import_rows(workspace, source, "cc");
  ASSERT_TRUE(workspace.shred({source, 200, {}, {}, 0}));
  EXPECT_EQ(n_blocks(workspace, BlockKind::record), 0U);
}

TEST_F(WorkspaceTest, AShreddingCutShortByACrashIsFinishedWhenOpened) {
  BlockPlace place;
  {
    Workspace workspace = create();
    import_rows(workspace, add_source(workspace, 1, "goes"), "aa");
    View view;
    view.compartments = {1};
    place = (*workspace.block_places(view, BlockKind::record))[0];
  }
  // As the transaction leaves it before the keys are destroyed.
  run_sql(folder(), "INSERT INTO key_to_destroy (key_id) SELECT DISTINCT key_id FROM block");
  Workspace workspace = *Workspace::open(folder());
  EXPECT_EQ(workspace.read_block(place).error().code(), ErrorCode::storage_key_destroyed);
}

TEST_F(WorkspaceTest, AReviewDateMoves) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  ASSERT_TRUE(workspace.set_review(source, 1'999'000'000));
  EXPECT_EQ(workspace.sources()->front().review_at_utc_s, 1'999'000'000);
  EXPECT_EQ(workspace.set_review(999, 0).error().code(), ErrorCode::storage_unknown_source);
}

TEST_F(WorkspaceTest, KeepsNoClearTextOnDisk) {
  {
    Workspace workspace = create();
    const SourceId source = add_source(workspace, 1, "platform X");
    auto transaction = *workspace.begin();
    const auto group = *transaction.new_group();
    ASSERT_TRUE(transaction.put_block({BlockKind::record, 1, source, group, 0, 1, 0},
                                      "call +447700900123 tonight"));
    ImportRow row;
    row.group = group;
    row.source = source;
    row.compartment = 1;
    row.file_name = "camila.csv";
    ASSERT_TRUE(transaction.put_import(row));
    ASSERT_TRUE(transaction.put("note", "about +447700900123"));
    ASSERT_TRUE(transaction.commit());
    ASSERT_TRUE(workspace.audit().append("lea opened something"));
  }
  for (const auto& entry : fs::directory_iterator(folder())) {
    const auto bytes = read_file(entry.path());
    for (const char* word :
         {"447700900123", "camila.csv", "proc 12/2026", "2026-114", "lea opened"})
      EXPECT_EQ(bytes->find(word), std::string::npos) << word << " in " << entry.path();
  }
}

TEST_F(WorkspaceTest, TakesTheIdKeyItIsGiven) {
  IdKey key;
  key.bytes[7] = 42;
  {
    ASSERT_TRUE(Workspace::create(folder(), key, store()));
  }
  EXPECT_EQ(open().id_key().bytes, key.bytes);
  EXPECT_NE(create("other").id_key().bytes, key.bytes);
}

TEST_F(WorkspaceTest, ADroppedTransactionLeavesNothing) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  {
    auto transaction = *workspace.begin();
    const auto group = *transaction.new_group();
    for (std::uint32_t part = 0; part < 100; ++part)
      ASSERT_TRUE(transaction.put_block({BlockKind::record, 1, source, group, part, 1, 0}, "x"));
    ASSERT_TRUE(transaction.put("note", "y"));
    EXPECT_EQ(workspace.begin().error().code(), ErrorCode::storage_busy);
    EXPECT_EQ(workspace.put("note", "z").error().code(), ErrorCode::storage_busy);
    EXPECT_TRUE(workspace.block_places(view_of({1}), BlockKind::record)->empty());
  }
  EXPECT_TRUE(workspace.block_places(view_of({1}), BlockKind::record)->empty());
  EXPECT_FALSE(workspace.get("note")->has_value());
  import_blocks(workspace, 1, source, 3, 100);
  EXPECT_EQ(workspace.block_places(view_of({1}), BlockKind::record)->size(), 3U);
}

TEST_F(WorkspaceTest, AFailedWriteFailsTheCommitAndChangesNothing) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  auto transaction = *workspace.begin();
  const auto group = *transaction.new_group();
  const BlockPlace place{BlockKind::record, 1, source, group, 0, 1, 0};
  ASSERT_TRUE(transaction.put_block(place, "one"));
  (void)transaction.put_block(place, "two");
  EXPECT_EQ(transaction.commit().error().code(), ErrorCode::storage_block_exists);
  EXPECT_TRUE(workspace.block_places(view_of({1}), BlockKind::record)->empty());
  EXPECT_EQ(transaction.commit().error().code(), ErrorCode::base_internal);
  auto next = *workspace.begin();
  EXPECT_EQ(next.put_block({BlockKind::record, 1, source + 1, group, 0, 1, 0}, "x").error().code(),
            ErrorCode::storage_unknown_source);
}

TEST_F(WorkspaceTest, RemovesAndReplacesABlockInOneTransaction) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  const std::uint64_t group = import_blocks(workspace, 1, source, 2, 100);
  auto transaction = *workspace.begin();
  ASSERT_TRUE(transaction.remove_blocks(BlockKind::record, group, 1));
  ASSERT_TRUE(transaction.put_block({BlockKind::record, 1, source, group, 1, 7, 2}, "new"));
  ASSERT_TRUE(transaction.commit());
  const auto places = *workspace.block_places(view_of({1}), BlockKind::record);
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[1].version, 2U);
  EXPECT_EQ(*workspace.read_block(places[1]), "new");
}

TEST_F(WorkspaceTest, FindsEveryFlippedByteOfAPayload) {
  OVILLO_FILES_ONLY();
  BlockPlace place;
  std::size_t size = 0;
  {
    Workspace workspace = create();
    const SourceId source = add_source(workspace, 1, "platform X");
    import_blocks(workspace, 1, source, 3, 300);
    place = workspace.block_places(view_of({1}), BlockKind::record)->at(1);
  }
  const auto database = folder() / "ovillo.db";
  std::string payload;
  {
    auto opened = Database::open(database, Database::Mode::read);
    auto row = *opened->prepare("SELECT payload FROM block WHERE kind = 1 AND part = 1");
    ASSERT_TRUE(*row.step());
    payload = row.bytes(0);
    size = payload.size();
  }
  ASSERT_GT(size, 100U);
  const Workspace workspace = open();
  auto writer = Database::open(database, Database::Mode::write);
  for (std::size_t byte = 0; byte < size; ++byte) {
    std::string damaged = payload;
    damaged[byte] = static_cast<char>(damaged[byte] ^ (1 << (byte % 8)));
    {
      auto update = *writer->prepare("UPDATE block SET payload = ? WHERE kind = 1 AND part = 1");
      ASSERT_TRUE(update.bind_blob(damaged).run());
    }
    const auto read = workspace.read_block(place);
    ASSERT_FALSE(read) << "byte " << byte;
    EXPECT_EQ(read.error().code(), ErrorCode::storage_damaged_block);
    EXPECT_THAT(read.error().message(), HasSubstr("record block, import 1, part 1"));
  }
  std::size_t n_visited = 0;
  const auto all = workspace.read_blocks(view_of({1}), BlockKind::record,
                                         [&](const BlockPlace&, std::string_view) {
                                           ++n_visited;
                                           return Result<void>();
                                         });
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().code(), ErrorCode::storage_damaged_block);
  EXPECT_EQ(n_visited, 1U);
}

TEST_F(WorkspaceTest, FindsABlockThatWasMovedOrRelabelled) {
  OVILLO_FILES_ONLY();
  {
    Workspace workspace = create();
    const SourceId source = add_source(workspace, 1, "platform X");
    import_blocks(workspace, 1, source, 3, 300);
  }
  for (const char* change :
       {"n_rows = n_rows + 1", "version = 9", "bucket = bucket + 1", "part = 77"}) {
    fs::copy(folder(), folder("copy"));
    run_sql(folder("copy"),
            std::string("UPDATE block SET ") + change + " WHERE kind = 1 AND part = 2");
    {
      const Workspace workspace = open("copy");
      const auto all =
          workspace.read_blocks(view_of({1}), BlockKind::record,
                                [](const BlockPlace&, std::string_view) { return Result<void>(); });
      ASSERT_FALSE(all) << change;
      EXPECT_EQ(all.error().code(), ErrorCode::storage_damaged_block);
    }
    fs::remove_all(folder("copy"));
  }
}

TEST_F(WorkspaceTest, VerifiesOriginalsAgainstTheirMerkleRoot) {
  std::uint64_t group = 0;
  std::string root;
  {
    Workspace workspace = create();
    const SourceId source = add_source(workspace, 1, "platform X");
    group = import_blocks(workspace, 1, source, 9, 500);
    EXPECT_TRUE(workspace.verify_originals(group));
    root = workspace.imports()->at(0).merkle_root;
    EXPECT_EQ(root.size(), 64U);
    import_blocks(workspace, 1, source, 9, 500);
    EXPECT_NE(workspace.imports()->at(1).merkle_root, root);
  }
  run_sql(folder(), "DELETE FROM block WHERE kind = 0 AND grp = 1 AND part = 4");
  const Workspace workspace = open();
  EXPECT_EQ(workspace.verify_originals(group).error().code(), ErrorCode::storage_damaged_block);
  EXPECT_TRUE(workspace.verify_originals(group + 1));
}

TEST_F(WorkspaceTest, RefusesAnotherMasterKey) {
  {
    const Workspace workspace = create();
  }
  {
    const Workspace workspace = create("other");
  }
  fs::copy_file(folder("other") / "master.key", folder() / "master.key",
                fs::copy_options::overwrite_existing);
  EXPECT_EQ(Workspace::open(folder()).error().code(), ErrorCode::storage_wrong_key);
  fs::remove(folder() / "master.key");
  EXPECT_EQ(Workspace::open(folder()).error().code(), ErrorCode::storage_wrong_key);
}

TEST_F(WorkspaceTest, RefusesAMasterKeyThatOthersCanRead) {
  {
    const Workspace workspace = create();
  }
  const auto key = folder() / "master.key";
  EXPECT_EQ(fs::status(key).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(fs::status(folder()).permissions(), fs::perms::owner_all);
  fs::permissions(key, fs::perms::group_read, fs::perm_options::add);
  EXPECT_EQ(Workspace::open(folder()).error().code(), ErrorCode::storage_key_exposed);
}

TEST_F(WorkspaceTest, HasOneOwnerAtATimeAndNamesIt) {
  const Workspace workspace = create();
  const auto second = Workspace::open(folder());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code(), ErrorCode::storage_locked);
  EXPECT_THAT(second.error().message(), HasSubstr("process " + std::to_string(::getpid())));
}

TEST_F(WorkspaceTest, RefusesFoldersThatAreNotOurs) {
  EXPECT_EQ(Workspace::open(folder()).error().code(), ErrorCode::storage_not_a_workspace);
  fs::create_directories(folder());
  std::ofstream(folder() / "letter.txt") << "not ours";
  EXPECT_EQ(Workspace::create(folder(), std::nullopt, store()).error().code(),
            ErrorCode::storage_exists);
  EXPECT_TRUE(fs::exists(folder() / "letter.txt"));
  {
    const Workspace workspace = create("second");
  }
  EXPECT_EQ(Workspace::create(folder("second"), std::nullopt, store()).error().code(),
            ErrorCode::storage_exists);
}

TEST_F(WorkspaceTest, FinishesAFolderThatWasLeftHalfMade) {
  fs::create_directories(folder());
  std::ofstream(folder() / "master.key") << "half";
  std::ofstream(folder() / "keys.db") << "";
  Workspace workspace = create();
  EXPECT_TRUE(workspace.put("note", "x"));
}

TEST_F(WorkspaceTest, RefusesASchemaFromTheFuture) {
  {
    const Workspace workspace = create();
  }
  run_sql(folder(), "INSERT INTO schema_version (version) VALUES (99)");
  EXPECT_EQ(Workspace::open(folder()).error().code(), ErrorCode::storage_newer_schema);
}

TEST_F(WorkspaceTest, MigratesStepByStepAndOnlyOnce) {
  auto database = Database::open(root_ / "steps.db", Database::Mode::create);
  ASSERT_TRUE(database);
  const char* const one[] = {"CREATE TABLE a (x BIGINT)"};
  const char* const two[] = {one[0],
                             "ALTER TABLE a ADD COLUMN y BIGINT; INSERT INTO a VALUES (1,2)"};
  const char* const bad[] = {two[0], two[1], "CREATE TABLE b (x BIGINT); NOT SQL"};
  ASSERT_TRUE(migrate(*database, one));
  ASSERT_TRUE(migrate(*database, two));
  ASSERT_TRUE(migrate(*database, two));
  EXPECT_FALSE(migrate(*database, bad));
  auto count = *database->prepare("SELECT count(*), max(y) FROM a");
  ASSERT_TRUE(*count.step());
  EXPECT_EQ(count.integer(0), 1);
  EXPECT_EQ(count.integer(1), 2);
  EXPECT_FALSE(database->prepare("SELECT * FROM b"));  // rolled back as a whole
}

TEST_F(WorkspaceTest, AHiddenCompartmentChangesNoByte) {
  OVILLO_FILES_ONLY();
  // Two installations with one key: a copy, then only one of them gets the hidden compartment, its
  // sources, users and imports, before, between and after the visible ones.
  {
    const Workspace workspace = create("without");
  }
  fs::copy(folder("without"), folder("with"));
  const auto fill = [&](const std::string& name, bool hidden) {
    Workspace workspace = open(name);
    const auto hide = [&](const std::string& source_name) {
      if (!hidden) return;
      const auto known = *workspace.compartments();
      const auto at = std::find_if(known.begin(), known.end(),
                                   [](const Compartment& c) { return c.name == "hidden"; });
      const CompartmentId id = at != known.end() ? at->id : *workspace.add_compartment("hidden");
      import_blocks(workspace, id, add_source(workspace, id, source_name), 70, 900);
    };
    hide("first hidden");
    const CompartmentId seen = *workspace.add_compartment("ghent-thb");
    const SourceId a = add_source(workspace, seen, "platform X");
    import_blocks(workspace, seen, a, 80, 500);
    hide("second hidden");
    const SourceId b = add_source(workspace, seen, "bank");
    import_blocks(workspace, seen, b, 5, 500);
    hide("platform X");  // the same name there is nobody's business here
    std::string out = std::to_string(seen);
    const View view = view_of({seen});
    for (const Source& source : got(workspace.sources()))
      if (view.admits(source)) out += source.name + std::to_string(source.id);
    for (const BlockKind kind : {BlockKind::original, BlockKind::record})
      for (const BlockPlace& place : got(workspace.block_places(view, kind)))
        out += std::to_string(place.part) + std::to_string(place.source);
    out += read_all(workspace, view, BlockKind::original);
    out += read_all(workspace, view, BlockKind::record);
    out += std::to_string(workspace.record_ids(seen)->size());
    return out;
  };
  EXPECT_EQ(fill("with", true), fill("without", false));
}

TEST_F(WorkspaceTest, ACopyHoldsEveryColumn) {
  {
    Workspace workspace = create();
    const CompartmentId other = *workspace.add_compartment("other");
    const SourceId source = add_source(workspace, other, "a");
    import_blocks(workspace, other, source, 3, 100);
    import_rows(workspace, add_source(workspace, 1, "goes"), "aa");
    ASSERT_TRUE(workspace.put("setting", "kept"));
    ASSERT_TRUE(workspace.put_user({"lies", {{other, 1'900'000'000}}, false, "sealed"}));
    ASSERT_TRUE(workspace.append_events({{0, other, 1'900'000'000, 100, "decided"}}));
    auto transaction = *workspace.begin();
    ASSERT_TRUE(transaction.put_derived(view_of({other}), "answer/x", "worked out"));
    ASSERT_TRUE(transaction.commit());
    const auto sources = *workspace.sources();
    ASSERT_TRUE(workspace.shred({sources[1].id, 100, {}, {}, 0}));
    ASSERT_TRUE(*workspace.audit().append("an entry") == 0);
  }
  // Every table of the file, with something in it, and every column: what select * gives.
  const auto dump = [&](const std::string& name) {
    std::string out;
    auto database = *Store::of(folder(name))->open(Database::Mode::read);
    EXPECT_TRUE(database.begin_to_read());
    for (const auto& [table, n_columns] :
         std::vector<std::pair<std::string, int>>{{"counter", 2},
                                                  {"compartment", 2},
                                                  {"users", 3},
                                                  {"grants", 3},
                                                  {"authorisation", 5},
                                                  {"source", 7},
                                                  {"import", 7},
                                                  {"record_ids", 4},
                                                  {"block", 12},
                                                  {"named_value", 2},
                                                  {"event", 6},
                                                  {"derived_value", 4},
                                                  {"tombstone", 2}}) {
      auto rows = *database.prepare("SELECT * FROM " + table + " ORDER BY 1, 2");
      std::size_t n = 0;
      for (; *rows.step(); ++n)
        for (int c = 0; c < n_columns; ++c)
          out +=
              rows.is_null(c) ? "-" : std::to_string(rows.integer(c)) + std::string(rows.bytes(c));
      EXPECT_GT(n, 0U) << table;
    }
    return out;
  };
  ASSERT_TRUE(copy_workspace(folder(), folder("copy"), ""));
  if (store().empty()) {
    EXPECT_EQ(dump("copy"), dump("case"));
  }
  const auto back = copy_workspace(folder("copy"), folder("back"), store());
  ASSERT_TRUE(back) << back.error().message();
  EXPECT_EQ(back->n_verified, 1U);
  EXPECT_EQ(dump("back"), dump("case"));
  EXPECT_EQ(open("back").audit().size(), 1U);
  EXPECT_EQ(copy_workspace(folder(), folder("back"), "").error().code(), ErrorCode::storage_exists);
}

TEST_F(WorkspaceTest, ACopyKnowsEveryTableOfTheSchema) {
  OVILLO_FILES_ONLY();
  {
    const Workspace workspace = create();
  }
  auto database = *Store::of(folder())->open(Database::Mode::read);
  auto rows = *database.prepare(
      "SELECT m.name, count(*) FROM sqlite_master m JOIN pragma_table_info(m.name) "
      "WHERE m.type = 'table' AND m.name <> 'schema_version' GROUP BY m.name ORDER BY m.name");
  std::string shape;
  while (*rows.step())
    shape += std::string(rows.bytes(0)) + " " + std::to_string(rows.integer(1)) + "\n";
  EXPECT_EQ(shape, columns_copied());
}

TEST_F(WorkspaceTest, AServerKeepsASecondFence) {
  if (store().empty()) GTEST_SKIP() << "a file has none";
  {
    Workspace workspace = create();
    const CompartmentId other = *workspace.add_compartment("other");
    import_blocks(workspace, 1, add_source(workspace, 1, "a"), 3, 100);
    import_blocks(workspace, other, add_source(workspace, other, "b"), 5, 100);
    ASSERT_TRUE(workspace.append_events({{0, other, 1'900'000'000, 100, "decided"}}));
  }
  const auto tables = *Store::of(folder());
  auto database = *tables.open(Database::Mode::read);
  const auto seen = [&](std::string_view sql) {
    auto count = *database.prepare(sql);
    EXPECT_TRUE(count.step());
    return count.integer(0);
  };
  constexpr std::string_view kBlocks = "SELECT count(*) FROM block";
  constexpr std::string_view kSources = "SELECT count(*) FROM source";
  constexpr std::string_view kEvents = "SELECT count(*) FROM event";
  const std::vector<CompartmentId> main{1};
  ASSERT_TRUE(database.begin_to_read(std::span(main)));
  EXPECT_EQ(std::pair(seen(kBlocks), seen(kSources)),
            (std::pair<std::int64_t, std::int64_t>(6, 1)));
  EXPECT_EQ(seen(kEvents), 0);
  ASSERT_TRUE(database.rollback());
  ASSERT_TRUE(database.begin_to_read());
  EXPECT_EQ(std::pair(seen(kBlocks), seen(kSources)),
            (std::pair<std::int64_t, std::int64_t>(16, 2)));
  ASSERT_TRUE(database.rollback());
  ASSERT_TRUE(database.begin_to_read(std::span<const CompartmentId>()));
  EXPECT_EQ(seen(kBlocks), 0);
}

TEST_F(WorkspaceTest, AViewReadsOnlyWhatItAdmits) {
  Workspace workspace = create();
  const CompartmentId other = *workspace.add_compartment("other");
  const SourceId a = add_source(workspace, 1, "a");
  const SourceId b = add_source(workspace, other, "b");
  const SourceId c = add_source(workspace, 1, "c");
  import_blocks(workspace, 1, a, 4, 100, 1000);
  import_blocks(workspace, other, b, 3, 100, 2000);
  import_blocks(workspace, 1, c, 2, 100, 3000);
  const auto count = [&](const View& view) {
    return workspace.block_places(view, BlockKind::record)->size();
  };
  EXPECT_EQ(count(view_of({1, other})), 9U);
  EXPECT_EQ(count(view_of({1})), 6U);
  EXPECT_EQ(count(view_of({other})), 3U);
  EXPECT_EQ(count(view_of({})), 0U);
  View view = view_of({1});
  view.excluded_sources = {a};
  EXPECT_EQ(count(view), 2U);
  view = view_of({1, other});
  view.imported_before_utc_s = 2000;
  EXPECT_EQ(count(view), 4U);
  view.max_handling = 0;
  EXPECT_EQ(count(view), 0U);
  // A place that names the wrong compartment is as if it were not there.
  BlockPlace place = workspace.block_places(view_of({other}), BlockKind::record)->at(0);
  place.compartment = 1;
  EXPECT_EQ(workspace.read_block(place).error().code(), ErrorCode::storage_no_such_block);
}

TEST_F(WorkspaceTest, NobodyReadsQuarantine) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  auto transaction = *workspace.begin();
  const auto group = *transaction.new_group();
  const BlockPlace place{BlockKind::quarantine, 1, source, group, 0, 12, 0};
  ASSERT_TRUE(transaction.put_block(place, "outside"));
  ASSERT_TRUE(transaction.put_block({BlockKind::quarantine, 1, source, group, 1, 3, 0}, "more"));
  ASSERT_TRUE(transaction.commit());
  EXPECT_TRUE(workspace.block_places(view_of({1}), BlockKind::quarantine)->empty());
  EXPECT_EQ(read_all(workspace, view_of({1}), BlockKind::quarantine), "");
  EXPECT_EQ(workspace.read_block(place).error().code(), ErrorCode::storage_quarantined);
  EXPECT_EQ(*workspace.n_quarantined(group), 15U);
}

TEST_F(WorkspaceTest, ReadsWhatWasCommittedWhileAnImportIsWritten) {
  Workspace workspace = create();
  const SourceId source = add_source(workspace, 1, "platform X");
  import_blocks(workspace, 1, source, 20, 2000);
  const std::string before = read_all(workspace, view_of({1}), BlockKind::record);
  auto transaction = *workspace.begin();
  const auto group = *transaction.new_group();
  std::vector<std::string> seen(3);
  std::vector<std::thread> readers;
  readers.reserve(seen.size());
  for (std::string& one : seen)
    readers.emplace_back([&] { one = read_all(workspace, view_of({1}), BlockKind::record); });
  for (std::uint32_t part = 0; part < 300; ++part)
    ASSERT_TRUE(transaction.put_block({BlockKind::record, 1, source, group, part, 1, 0},
                                      block_bytes(part, 20000)));
  ASSERT_TRUE(workspace.audit().append("written while the import is open"));
  for (std::thread& reader : readers) reader.join();
  for (const std::string& one : seen) EXPECT_EQ(one, before);
  ASSERT_TRUE(transaction.commit());
  EXPECT_EQ(workspace.block_places(view_of({1}), BlockKind::record)->size(), 320U);
}

TEST_F(WorkspaceTest, AKeyIsPerCompartmentMonthOfReviewAndSource) {
  Workspace workspace = create();
  const CompartmentId other = *workspace.add_compartment("other");
  constexpr std::int64_t kFebruary = 1'770'000'000;  // 2026-02-02
  const SourceId a = add_source(workspace, 1, "a", kFebruary);
  const SourceId same_month = add_source(workspace, 1, "b", kFebruary + 86400);
  const SourceId march = add_source(workspace, 1, "c", kFebruary + std::int64_t{40} * 86400);
  const SourceId elsewhere = add_source(workspace, other, "d", kFebruary);
  import_blocks(workspace, 1, a, 1, 100);
  import_blocks(workspace, 1, same_month, 1, 100);
  import_blocks(workspace, 1, march, 1, 100);
  import_blocks(workspace, other, elsewhere, 1, 100);
  auto database = Database::open(folder() / "keys.db", Database::Mode::read);
  auto keys = *database->prepare("SELECT count(*) FROM wrapped_key");
  ASSERT_TRUE(*keys.step());
  EXPECT_EQ(keys.integer(0), 4);
  EXPECT_EQ(retention_bucket(kFebruary), 2026 * 12 + 1);
}

TEST_F(WorkspaceTest, ADestroyedKeyTakesItsBlocksAndNothingElse) {
  SourceId kept = 0;
  SourceId gone = 0;
  {
    Workspace workspace = create();
    kept = add_source(workspace, 1, "kept", 1'770'000'000);
    gone = add_source(workspace, 1, "gone", 1'760'000'000);
    import_blocks(workspace, 1, kept, 2, 100);
    import_blocks(workspace, 1, gone, 2, 100);
  }
  {
    auto keys = Database::open(folder() / "keys.db", Database::Mode::write);
    ASSERT_TRUE(keys->execute("UPDATE wrapped_key SET wrapped = x'' WHERE bucket = " +
                              std::to_string(retention_bucket(1'760'000'000))));
  }
  Workspace workspace = open();
  for (const BlockPlace& place : got(workspace.block_places(view_of({1}), BlockKind::record))) {
    const auto read = workspace.read_block(place);
    if (place.source == kept) {
      EXPECT_TRUE(read);
    } else {
      EXPECT_EQ(read.error().code(), ErrorCode::storage_key_destroyed);
    }
  }
  import_blocks(workspace, 1, gone, 1, 100);  // a new key, never the old number again
}

TEST_F(WorkspaceTest, AuditEntriesOfManyThreadsAreAllThereOnce) {
  constexpr int kThreads = 6;
  constexpr int kEach = 25;
  {
    Workspace workspace = create();
    std::vector<std::thread> writers;
    writers.reserve(kThreads);
    for (int t = 0; t < kThreads; ++t)
      writers.emplace_back([&, t] {
        for (int i = 0; i < kEach; ++i)
          EXPECT_TRUE(workspace.audit().append(std::to_string(t) + "/" + std::to_string(i)));
      });
    for (std::thread& writer : writers) writer.join();
  }
  const Workspace workspace = open();
  const AuditStore& audit = workspace.audit();
  ASSERT_EQ(audit.size(), static_cast<std::uint64_t>(kThreads * kEach));
  std::vector<std::string> entries;
  std::vector<Digest> leaves;
  for (std::uint64_t i = 0; i < audit.size(); ++i) {
    entries.push_back(*audit.entry(i));
    leaves.push_back(leaf_hash(entries.back()));
  }
  EXPECT_EQ(*merkle_root(audit.size(), audit.nodes()), merkle_root(leaves));
  std::sort(entries.begin(), entries.end());
  EXPECT_EQ(std::unique(entries.begin(), entries.end()), entries.end());
}

}  // namespace
}  // namespace ovillo::storage
