#include "ovillo/base/picture_form.hpp"

#include <gtest/gtest.h>

namespace ovillo {
namespace {

using namespace std::string_view_literals;

TEST(PictureFormOf, GoesByContent) {
  EXPECT_EQ(picture_form("\xff\xd8\xff\xe0"), PictureForm::jpeg);
  EXPECT_EQ(picture_form("\x89PNG\r\n\x1a\n...."), PictureForm::png);
  EXPECT_EQ(picture_form("RIFF1234WEBPVP8 "), PictureForm::webp);
  EXPECT_EQ(picture_form("RIFF1234WAVEfmt "), PictureForm::none);
  EXPECT_EQ(picture_form("GIF89a"), PictureForm::gif);
  EXPECT_EQ(picture_form("\0\0\0\x18"
                         "ftypavif"sv),
            PictureForm::heif);
  EXPECT_EQ(picture_form("\0\0\0\x18"
                         "ftypmp42"sv),
            PictureForm::none);
  EXPECT_EQ(picture_form("id,text\n1,BM\n"), PictureForm::none);
  EXPECT_EQ(picture_form("BM,text of an advert\n"), PictureForm::none);
  EXPECT_EQ(picture_form(""), PictureForm::none);
}

TEST(HasPictureName, GoesByTheEndInAnyLetterCase) {
  EXPECT_TRUE(has_picture_name("in/ONE.Jpg"));
  EXPECT_TRUE(has_picture_name("a.webp"));
  EXPECT_FALSE(has_picture_name(".png"));
  EXPECT_FALSE(has_picture_name("photos.csv"));
  EXPECT_FALSE(has_picture_name("png"));
}

}  // namespace
}  // namespace ovillo
