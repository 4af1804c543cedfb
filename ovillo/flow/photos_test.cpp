#include "ovillo/flow/photos.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/flow/component.hpp"
#include "ovillo/flow/each_value_a_column.hpp"
#include "ovillo/photo/invented_pictures.hpp"

namespace ovillo::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> names_in(std::string_view cell) {
  std::vector<std::string> out;
  for (const auto& [begin, name] : photo_names(cell)) {
    EXPECT_EQ(cell.substr(begin, name.size()), name);
    out.emplace_back(name);
  }
  return out;
}

TEST(PhotoNames, AreTheCellAndItsParts) {
  EXPECT_THAT(names_in("a.jpg"), ElementsAre("a.jpg"));
  EXPECT_THAT(names_in(" a b.jpg\t"), ElementsAre("a b.jpg"));
  EXPECT_THAT(names_in("a.jpg; b.jpg|c.jpg,"),
              ElementsAre("a.jpg; b.jpg|c.jpg,", "a.jpg", "b.jpg", "c.jpg"));
  EXPECT_THAT(names_in(" ;, "), ElementsAre(";,"));
  EXPECT_THAT(names_in("  "), IsEmpty());
}

class PhotoIntakeOf : public ::testing::Test {
 protected:
  void take(const std::string& member, const std::string& bytes) {
    intake.take({member, sha256_hex(bytes), bytes, false});
  }
  // One row with one cell of pictures, in a table at `member`.
  static RecordBatch row(const std::string& member, const std::string& cell, std::uint64_t id = 1) {
    RecordBatch batch;
    batch.member = member;
    batch.columns = {{"photos", Field::photo}};
    batch.id = {{0, id}};
    batch.kind = {RecordKind::advert};
    batch.cell_column = {0};
    batch.cell_value.push_back(cell);
    batch.fields.close_row(1);
    return batch;
  }
  std::string sha_named(const std::string& cell, const std::string& table = "t.csv") {
    PhotoIntake copy = intake;
    copy.note(row(table, cell), {true});
    std::string out;
    for (const PhotoSight& sight : copy.finish()) out += sight.sha256.substr(0, 6) + ' ';
    missing = copy.count().missing;
    return out;
  }
  static std::string of(const std::string& bytes) { return sha256_hex(bytes).substr(0, 6) + ' '; }

  PhotoIntake intake{true};
  std::uint64_t missing = 0;
};

TEST_F(PhotoIntakeOf, FindsAPictureByPathFolderLinkAndUniqueName) {
  take("in/photos/a.png", "one");
  take("in/other/b.png", "two");
  take("c.png", "three");
  take("in/c.png", "four");
  EXPECT_EQ(sha_named("in/photos/a.png"), of("one"));
  EXPECT_EQ(sha_named(".\\in\\photos\\a.png"), of("one"));
  EXPECT_EQ(sha_named("photos/a.png", "in/t.csv"), of("one"));
  EXPECT_EQ(sha_named("https://example.org/p/B.png?size=2"), of("two"));
  EXPECT_EQ(sha_named("c.png"), of("three"));
  EXPECT_EQ(sha_named("x/c.png"), "");  // two pictures have that name
  EXPECT_EQ(missing, 1U);
  EXPECT_EQ(sha_named("gone.png;a.png"), of("one"));
  EXPECT_EQ(missing, 1U);
  EXPECT_EQ(sha_named("in/photos/a.png;in/other/b.png"),
            of("two") + of("one"));  // in order of names
  EXPECT_EQ(sha_named("https://example.org/b.png?w=2,gone.png"), of("two"));
  EXPECT_EQ(missing, 1U);
}

TEST_F(PhotoIntakeOf, TakesANameWithSeparatorsAsItStands) {
  take("a,b.png", "one");
  take("b.png", "two");
  EXPECT_EQ(sha_named("a,b.png"), of("one"));
  EXPECT_EQ(missing, 0U);
}

TEST_F(PhotoIntakeOf, LeavesRowsOutsideTheirScopeAlone) {
  take("a.png", "one");
  intake.note(row("t.csv", "a.png"), {false});
  EXPECT_THAT(intake.finish(), IsEmpty());
}

TEST_F(PhotoIntakeOf, CountsEveryPictureOnce) {
  const auto scene = photo::invented(1, 90, 90);
  take("good.png", photo::png_file(scene));
  take("flat.png", photo::png_file(photo::blank(90, 90, 7)));
  take("page.jpg", "<html>");
  intake.take({"huge.png", "00", {}, true});
  for (int i = 0; i < 100; ++i) take("more.webp", photo::webp_file(scene, 50));  // over one window
  intake.note(row("t.csv", "good.png;page.jpg;gone.png"), {true});
  const auto sights = intake.finish();
  const PhotoCount& count = intake.count();
  EXPECT_EQ(count.in_file, 104U);
  EXPECT_EQ(count.read, 102U);
  EXPECT_EQ(count.held, 2U);
  EXPECT_EQ(count.plain, 1U);
  EXPECT_EQ(count.named, 2U);
  EXPECT_EQ(count.missing, 1U);
  ASSERT_EQ(sights.size(), 2U);
  EXPECT_TRUE(sights[0].likeness);
  EXPECT_EQ(sights[0].held, "");
  EXPECT_FALSE(sights[1].likeness);
  EXPECT_EQ(sights[1].held, "photo.not_a_picture");
}

TEST_F(PhotoIntakeOf, BecomesFindsWhereTheNameStands) {
  const auto scene = photo::invented(2, 120, 90);
  take("one.png", photo::png_file(scene));
  take("two.jpg", photo::jpeg_file(scene, 60));
  take("flat.png", photo::png_file(photo::blank(90, 90, 7)));
  std::vector<Block> blocks(1);
  blocks[0].records = row("t.csv", "flat.png; two.jpg", 7);
  blocks[0].finds.close_record();
  intake.note(blocks[0].records, {true});
  intake.note(row("t.csv", "one.png", 8), {true});  // in no block
  auto sights = intake.finish();
  sights.insert(sights.end(), sights.begin(), sights.end());  // the same hand-over twice
  share_out(sights, blocks);
  add_photo_finds(blocks);
  const FindBatch& finds = blocks[0].finds;
  ASSERT_EQ(finds.size(), 3U);
  EXPECT_EQ(finds[0].kind, FindKind::photo);
  EXPECT_EQ(finds[0].span, (Span{0, 8}));
  EXPECT_EQ(finds[1].kind, FindKind::photo);
  EXPECT_EQ(finds[1].span, (Span{10, 17}));
  EXPECT_EQ(finds[2].kind, FindKind::photo_likeness);
  EXPECT_EQ(finds[2].span, (Span{10, 17}));
}

// A component is taken over from an earlier answer under its key: a picture that came later must
// change it, although the records are the same.
TEST_F(PhotoIntakeOf, ChangesTheKeyOfItsComponent) {
  take("a.png", "one");
  std::vector<Block> blocks(1);
  blocks[0].records = row("t.csv", "a.png", 7);
  blocks[0].finds.close_record();
  intake.note(blocks[0].records, {true});
  const Corpus before(blocks);
  share_out(intake.finish(), blocks);
  const Corpus after(blocks);
  const auto key_in = [](const Corpus& corpus) {
    return component_input(corpus, {}, std::vector<std::uint32_t>{0}, HandIndex({}, 1))
        .key(IdKey{}, "model");
  };
  EXPECT_NE(key_in(before), key_in(after));
}

TEST(GiveEachValueAColumn, NamesTheFurtherValuesOfAList) {
  RecordBatch batch;
  batch.columns = {{"id", Field::local_id}, {"photos", Field::photo}};
  const auto add_row = [&](std::vector<std::uint16_t> columns) {
    for (const std::uint16_t column : columns) {
      batch.cell_column.push_back(column);
      batch.cell_value.push_back("x");
    }
    batch.kind.push_back(RecordKind::advert);
    batch.fields.close_row(batch.cell_column.size());
  };
  add_row({0, 1, 1, 1});
  add_row({0, 1});
  add_row({1, 0, 1});
  give_each_value_a_column(batch);
  EXPECT_THAT(batch.cell_column, ElementsAre(0, 1, 2, 3, 0, 1, 1, 0, 2));
  ASSERT_EQ(batch.columns.size(), 4U);
  EXPECT_EQ(batch.columns[2].name, "photos (2)");
  EXPECT_EQ(batch.columns[3].field, Field::photo);
}

}  // namespace
}  // namespace ovillo::flow
