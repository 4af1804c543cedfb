// Text documents: DOCX and ODT, alone and in an archive, damaged and hostile.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/source_folder.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

std::string markup(const std::string& name) {
  return ovillo::read_file(std::filesystem::path(OVILLO_SOURCE_DIR) / "fuzz/corpus/text_document" /
                           name)
      .value();
}

TEST(ReadTextDocument, GivesEachParagraphAndTableRowOfDocx) {
  const std::string bytes = markup("letter.docx.xml");
  const Collected read = read_holding(made_text_document(bytes));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 4u);
  EXPECT_EQ(read.count.rejects + read.count.held, 0u);
  EXPECT_EQ(read.forms, std::vector<std::string>{"DOCX"});
  EXPECT_EQ(read.batches[0].member, "word/document.xml");
  EXPECT_EQ(read.kind(0), RecordKind::document);
  EXPECT_EQ(read.value(0, Field::text), "Eva Ejemplo rents Room 4");
  EXPECT_EQ(read.value(1, Field::text), "call +44 7700-900123\tor\nwrite");
  EXPECT_EQ(read.cell(1, "deleted"), "+44 7700 900124");
  EXPECT_EQ(read.value(2, Field::text), "rent\nweek\t\t120 EUR");
  EXPECT_EQ(read.value(3, Field::text), "in a box");
  for (std::size_t i = 0; i < read.records; ++i) {
    const RecordBatch& batch = read.batches[0];
    EXPECT_EQ(read.raw_row(i), bytes.substr(batch.byte[i], batch.length[i]));
    EXPECT_THAT(read.raw_row(i), ::testing::EndsWith(i == 2 ? "</w:tr>" : "</w:p>"));
  }
}

TEST(ReadTextDocument, GivesEachParagraphAndTableRowOfOdt) {
  const std::string bytes = markup("letter.odt.xml");
  const Collected read = read_holding(made_text_document(bytes));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 4u);
  EXPECT_EQ(read.forms, std::vector<std::string>{"ODT"});
  // What was deleted is no text.
  EXPECT_EQ(read.value(0, Field::text), "");
  EXPECT_EQ(read.cell(0, "deleted"), "+44 7700 900124");
  EXPECT_EQ(read.value(1, Field::text), "Eva Ejemplo rents Room 4");
  EXPECT_EQ(read.value(2, Field::text), "call  +44 7700 900123\tor\nwrite\nwho?");
  EXPECT_EQ(read.value(3, Field::text), "rent\t\t120 EUR");
  for (std::size_t i = 0; i < read.records; ++i)
    EXPECT_EQ(read.raw_row(i), bytes.substr(read.batches[0].byte[i], read.batches[0].length[i]));
}

TEST(ReadTextDocument, ReadsNotesAndHoldsWhatIsInside) {
  const Collected read =
      read_holding(made_archive({{"[Content_Types].xml", "<Types/>"},
                                 {"word/document.xml", markup("letter.docx.xml")},
                                 {"word/footnotes.xml",
                                  "<w:footnotes xmlns:w='x'><w:p><w:r><w:t>a "
                                  "note</w:t></w:r></w:p></w:footnotes>"},
                                 {"word/styles.xml", "<w:styles xmlns:w='x'/>"},
                                 {"word/vbaProject.bin", "invented macro"},
                                 {"word/media/a.png", "\x89PNG\r\n\x1a\ninvented"}},
                                true));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 5u);
  EXPECT_EQ(read.value(4, Field::text), "a note");
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].member, "word/vbaProject.bin");
  EXPECT_EQ(read.held[0].bytes, 14u);
  EXPECT_EQ(read.held[1].member, "word/media/a.png");
}

TEST(ReadTextDocument, HandsOverItsPictures) {
  const std::string bytes = made_archive({{"[Content_Types].xml", "<Types/>"},
                                          {"word/document.xml", markup("letter.docx.xml")},
                                          {"word/media/a.png", "\x89PNG\r\n\x1a\ninvented"}},
                                         true);
  Collected read;
  ReadSink sink = read.sink();
  std::vector<std::string> pictures;
  sink.picture = [&](const PictureFile& picture) -> Result<void> {
    pictures.push_back(picture.member);
    EXPECT_EQ(picture.bytes.size(), 16u);
    return {};
  };
  const auto count = read_bytes(bytes, "letter.docx", {}, Zone::utc(), {}, sink);
  ASSERT_TRUE(count);
  EXPECT_EQ(count->records, 4u);
  EXPECT_EQ(count->rows, 4u);
  EXPECT_EQ(pictures, std::vector<std::string>{"word/media/a.png"});
}

TEST(ReadTextDocument, IsAMemberLikeAnyOther) {
  const Collected read =
      read_holding(made_archive({{"in/letter.docx", made_text_document(markup("letter.docx.xml"))},
                                 {"in/letter.odt", made_text_document(markup("letter.odt.xml"))},
                                 {"a.csv", "id,text\n1,x\n"}},
                                false));
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.records, 9u);
  EXPECT_EQ(read.batches[0].member, "in/letter.docx/word/document.xml");
  EXPECT_EQ(read.batches[1].member, "in/letter.odt/content.xml");
}

TEST(ReadTextDocument, KeepsWhatCameBeforeTheDamage) {
  const std::string bytes = markup("letter.docx.xml");
  const Collected cut = read_holding(made_text_document(bytes.substr(0, bytes.find("<w:tbl>"))));
  ASSERT_FALSE(cut.error);
  EXPECT_EQ(cut.records, 2u);
  ASSERT_EQ(cut.rejects.size(), 1u);
  EXPECT_EQ(cut.rejects[0].code, "intake.bad_markup");
}

TEST(ReadTextDocument, RefusesEntities) {
  for (const std::string name : {"letter.docx.xml", "letter.odt.xml"}) {
    std::string bytes = markup(name);
    bytes.insert(bytes.find("?>") + 2,
                 "<!DOCTYPE p [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;\">]>");
    const Collected read = read_holding(made_text_document(bytes));
    EXPECT_EQ(read.records, 0u);
    ASSERT_EQ(read.rejects.size(), 1u);
    EXPECT_THAT(read.rejects[0].sentence, ::testing::HasSubstr("document type"));
  }
}

TEST(ReadTextDocument, RejectsAParagraphThatIsTooLongAndReadsTheNext) {
  std::string bytes = markup("letter.odt.xml");
  bytes.insert(bytes.find("Room 4"), std::string(200'000, 'x'));
  ReadOptions options;
  options.max_row_bytes = 4096;
  const Collected read = read_holding(made_text_document(bytes), {}, options);
  EXPECT_EQ(read.records, 3u);
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.row_too_long");
}

// One element may ask for any number of spaces.
TEST(ReadTextDocument, BoundsTheSpacesThatOneElementAsksFor) {
  std::string bytes = markup("letter.odt.xml");
  const std::size_t at = bytes.find("c=\"2\"");
  bytes.replace(at, 5, "c=\"4000000000\"");
  const Collected read = read_holding(made_text_document(bytes));
  EXPECT_EQ(read.records, 4u);
  EXPECT_LT(read.value(2, Field::text).size(), 2000u);
}

TEST(ReadTextDocument, HoldsOtherOpenDocuments) {
  const Collected read =
      read_holding(made_archive({{"mimetype", "application/vnd.oasis.opendocument.presentation"},
                                 {"content.xml", markup("letter.odt.xml")}},
                                true));
  EXPECT_EQ(read.records, 0u);
  ASSERT_EQ(read.held.size(), 1u);
}

}  // namespace
}  // namespace ovillo::intake
