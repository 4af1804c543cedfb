// Pictures of text: what is read, where it stands, what is doubted, refused and held.
#include "ovillo/intake/internal/picture_text.hpp"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/intake/internal/helper_process.hpp"
#include "ovillo/intake/internal/identity_document.hpp"
#include "ovillo/intake/internal/nameless_file.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_pdf.hpp"
#include "ovillo/intake/internal/test_sink.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

const std::string kPrograms = "/usr/bin";

bool is_installed() { return std::filesystem::exists(kPrograms + "/tesseract"); }

// A page of a PDF as a picture, 200 dots per inch.
std::string picture_of(const MadePage& page) {
  const std::string pdf = made_pdf({page});
  auto file = NamelessFile::create();
  EXPECT_TRUE(file->write(pdf));
  auto process = HelperProcess::start(
      {kPrograms + "/pdftoppm", {"-r", "200", "-gray", "-png", "/dev/stdin"}, {}, {}}, file->fd());
  std::string out;
  while (process) {
    const auto block = process->next();
    if (!block || block->empty()) break;
    out += *block;
  }
  return out;
}

// A PDF that shows a picture of a page and holds no text.
std::string scanned_pdf(const MadePage& page) {
  const std::string pdf = made_pdf({page});
  auto file = NamelessFile::create();
  EXPECT_TRUE(file->write(pdf));
  auto process = HelperProcess::start(
      {kPrograms + "/pdftoppm", {"-r", "150", "-jpeg", "/dev/stdin"}, {}, {}}, file->fd());
  std::string jpeg;
  while (process) {
    const auto block = process->next();
    if (!block || block->empty()) break;
    jpeg += *block;
  }
  return made_picture_pdf(jpeg, 1240, 1755);
}

const MadePage kAdvert = {{72, 720, "Camila rents a room in Gent"},
                          {72, 690, "call +44 7700 900123 today"}};

class ReadPicture : public testing::Test {
 protected:
  void SetUp() override {
    if (!is_installed()) GTEST_SKIP() << "tesseract is not installed";
  }
};

TEST_F(ReadPicture, GivesItsTextWithBoxesAndCertainty) {
  const std::string bytes = picture_of(kAdvert);
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 1u);
  EXPECT_EQ(read.forms, std::vector<std::string>{"picture (text by OCR)"});
  EXPECT_EQ(read.kind(0), RecordKind::document);
  EXPECT_EQ(read.value(0, Field::text),
            "Camila rents a room in Gent\n\ncall +44 7700 900123 today");
  EXPECT_EQ(read.value(0, Field::page), "1");
  EXPECT_EQ(read.cell(0, "page_box"), "0 0 1653 2339");
  const std::string boxes = read.value(0, Field::line_boxes);
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), '\n'), 2);
  // The second line of words: five words, each with four sides and how sure the reader is.
  const std::string words = read.cell(0, "words");
  const std::string second = words.substr(words.rfind('\n') + 1);
  EXPECT_EQ(std::count(second.begin(), second.end(), ';'), 4);
  EXPECT_EQ(read.value(0, Field::doubtful), "");
}

TEST_F(ReadPicture, ReadsAScannedPageOfAPdfInPoints) {
  const Collected read = read_holding(scanned_pdf(kAdvert));
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 1u) << (read.held.empty() ? "" : read.held[0].sentence);
  EXPECT_THAT(read.value(0, Field::text), HasSubstr("+44 7700 900123"));
  int left = 0;
  int top = 0;
  ASSERT_EQ(std::sscanf(read.value(0, Field::line_boxes).c_str(), "%d.%*d %d", &left, &top), 2);
  EXPECT_NEAR(left, 72, 6);
  EXPECT_NEAR(top, 842 - 720 - 10, 6);
}

TEST_F(ReadPicture, HoldsOneWithoutWordsAndOneThatIsBroken) {
  const std::string sound = picture_of(kAdvert);
  for (const std::string& bytes :
       {picture_of({}), sound.substr(0, 200), std::string("\x89PNG\r\n\x1a\n/etc/passwd\n")}) {
    const Collected read = read_holding(bytes);
    ASSERT_FALSE(read.error);
    EXPECT_EQ(read.records, 0u);
    ASSERT_EQ(read.held.size(), 1u);
    EXPECT_EQ(read.held[0].sha256, sha256_hex(bytes));
  }
}

// A picture that states sides of 60,000 pixels and holds nothing.
TEST_F(ReadPicture, HoldsABomb) {
  std::string bytes = picture_of({});
  for (const std::size_t at : {16u, 20u}) bytes.replace(at, 4, std::string("\0\0\xea\x60", 4));
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 0u);
  EXPECT_EQ(read.held.size(), 1u);
}

TEST_F(ReadPicture, RefusesAnIdentityDocument) {
  const Collected read =
      read_holding(picture_of({{40, 400, "P<UTOEJEMPLO<<EVA<MARIA<<<<<<<<<<<<<<<<<<<<<"},
                               {40, 380, "L898902C36UTO7408122F1204159ZE184226B<<<<<10"}}));
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].code, "intake.identity_document");
  EXPECT_EQ(read.records, 0u);
}

TEST_F(ReadPicture, InAnArchiveIsReadWhereAllAre) {
  const std::string bytes = picture_of(kAdvert);
  const std::string archive = made_archive({{"in/shot.png", bytes}}, true);
  for (const auto reading : {PictureReading::alone, PictureReading::all}) {
    ReadOptions options;
    options.read_pictures = reading;
    Collected read;
    ReadSink sink = read.sink();
    std::vector<std::string> photos;
    sink.picture = [&](const PictureFile& picture) -> Result<void> {
      photos.push_back(picture.member + " " + picture.sha256);
      return {};
    };
    const auto count = read_bytes(archive, "test", {}, Zone::utc(), options, sink);
    ASSERT_TRUE(count);
    EXPECT_EQ(photos, std::vector<std::string>{"in/shot.png " + sha256_hex(bytes)});
    ASSERT_EQ(read.records, reading == PictureReading::all ? 1u : 0u);
    if (read.records == 0) continue;
    EXPECT_EQ(read.value(0, Field::photo), "shot.png");
  }
}

TEST_F(ReadPicture, IsHeldWhereTheProgramIsNotInstalled) {
  ReadOptions options;
  options.programs = "/nowhere";
  const Collected read = read_holding(picture_of(kAdvert), {}, options);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_THAT(read.held[0].sentence, HasSubstr("tesseract is not installed"));
}

OcrWord word_of(std::string_view signs, const std::vector<double>& confidence, int whole = 90) {
  OcrWord word{{1, 2, 3, 4}, whole, {}};
  for (std::size_t i = 0; i < signs.size(); ++i)
    word.signs.push_back({std::string(1, signs[i]), confidence[i]});
  return word;
}

TEST(PageText, DoubtsTheDigitThatTheReaderWasNotSureOf) {
  OcrPage page{{0, 0, 100, 50}, {}};
  page.lines.push_back(
      {{1, 2, 9, 4}, true, {word_of("a7", {99, 99}), word_of("903", {99, 41, 99})}});
  page.lines.push_back({{1, 6, 9, 8}, true, {word_of("low", {20, 20, 20}, 20)}});
  const PageText said = page_text(page, 0);
  EXPECT_EQ(said.text, "a7 903\n\nlow");
  EXPECT_EQ(said.doubtful, "4-5:410 8-11:200");
  EXPECT_EQ(said.line_boxes, "1 2 9 4\n\n1 6 9 8");
  EXPECT_EQ(said.words, "1 2 3 4 90; 1 2 3 4 90\n\n1 2 3 4 20");
  EXPECT_EQ(page_text(page, 0.5).line_boxes, "0.5 1.0 4.5 2.0\n\n0.5 3.0 4.5 4.0");
}

TEST(IdentityDocument, IsToldByItsMachineReadableLines) {
  EXPECT_TRUE(
      is_identity_document("x\nP<UTOEJEMPLO<<EVA<MARIA<<<<<<<<<<<<<<<<<<<<<"
                           "\n\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"));
  EXPECT_TRUE(
      is_identity_document("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<"
                           "6\nEJEMPLO<<EVA<<<<<<<<<<<<<<<<<<"));
  EXPECT_FALSE(is_identity_document("P<UTOEJEMPLO<<EVA<MARIA<<<<<<<<<<<<<<<<<<<<<"));
  EXPECT_FALSE(
      is_identity_document("CALL NOW +44 7700 900123\nPIACENZA 4477009001234477009001230000"));
  EXPECT_FALSE(is_identity_document(""));
}

}  // namespace
}  // namespace ovillo::intake
