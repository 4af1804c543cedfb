#include "ovillo/photo/decode.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/photo/invented_pictures.hpp"
#include "ovillo/photo/pdq.hpp"

namespace ovillo::photo {
namespace {

using namespace std::string_literals;

std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
  return out;
}

// The start of a PNG that claims a size.
std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  return "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"s + big_endian(width) + big_endian(height) +
         "\x08\x02\0\0\0"s;
}

// A JPEG whose frame claims a size.
std::string jpeg_claiming(std::uint16_t width, std::uint16_t height) {
  std::string bytes = jpeg_file(invented(1, 64, 48), 80);
  const std::size_t frame = bytes.find("\xff\xc0");
  const auto put = [&](std::size_t at, std::uint16_t value) {
    bytes[at] = static_cast<char>(value >> 8);
    bytes[at + 1] = static_cast<char>(value & 255);
  };
  put(frame + 5, height);
  put(frame + 7, width);
  return bytes;
}

// A progressive JPEG with its last scan written again and again.
std::string jpeg_of_many_scans(int times) {
  const std::string bytes = jpeg_file(invented(1, 64, 48), 80, true);
  const std::size_t scan = bytes.rfind("\xff\xda");
  const std::string last = bytes.substr(scan, bytes.size() - 2 - scan);
  std::string out = bytes.substr(0, bytes.size() - 2);
  for (int i = 0; i < times; ++i) out += last;
  return out + "\xff\xd9";
}

std::string animated_webp() {
  const auto little = [](std::uint32_t value) {
    std::string out;
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift));
    return out;
  };
  const std::string body = "WEBPVP8X"s + little(10) + "\x02\0\0\0"s +
                           "\x3f\0\0\x3f\0\0"s +  // 64 x 64
                           "ANIM"s + little(6) + "\0\0\0\0\0\0"s;
  return "RIFF"s + little(static_cast<std::uint32_t>(body.size())) + body;
}

TEST(Decode, GivesTheSameLikenessFromEveryForm) {
  const InventedPicture scene = invented(2, 400, 300);
  const Likeness want = pdq(gray_of(scene)).likeness;
  for (const std::string& bytes :
       {png_file(scene), jpeg_file(scene, 95), jpeg_file(scene, 95, true), webp_file(scene, 95)}) {
    const auto picture = decode(bytes);
    ASSERT_TRUE(picture) << picture.error().message();
    EXPECT_EQ(picture->width, 400U);
    EXPECT_EQ(picture->height, 300U);
    EXPECT_LE(distance(pdq(*picture).likeness, want), 8);
  }
  EXPECT_EQ(pdq(*decode(png_file(scene))).likeness, want);
}

TEST(Decode, AveragesLargePicturesDown) {
  const InventedPicture scene = invented(3, 1600, 1040);
  for (const std::string& bytes : {png_file(scene), jpeg_file(scene, 90)}) {
    const auto picture = decode(bytes);
    ASSERT_TRUE(picture);
    EXPECT_EQ(picture->original_width, 1600U);
    EXPECT_EQ(picture->original_height, 1040U);
    EXPECT_LT(picture->width, 1024U);
    EXPECT_LT(picture->height, 1024U);
    EXPECT_EQ(picture->luma.size(), std::size_t{picture->width} * picture->height);
    EXPECT_LE(distance(pdq(*picture).likeness, pdq(gray_of(scene)).likeness), 8);
  }
}

struct Held {
  const char* name;
  std::string bytes;
  ErrorCode code;
};

class DecodeHolds : public ::testing::TestWithParam<Held> {};

TEST_P(DecodeHolds, ForItsReason) {
  const auto picture = decode(GetParam().bytes);
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().code(), GetParam().code) << picture.error().message();
}

std::vector<Held> held_pictures() {
  const InventedPicture scene = invented(4, 120, 90);
  const std::string png = png_file(scene);
  const std::string jpeg = jpeg_file(scene, 80);
  const std::string webp = webp_file(scene, 80);
  const auto half = [](const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); };
  return {{"Nothing", "", ErrorCode::photo_not_a_picture},
          {"AnErrorPage", "<html>404</html>", ErrorCode::photo_not_a_picture},
          {"Gif", "GIF89a\x01\0\x01\0"s, ErrorCode::photo_other_format},
          {"Heic",
           "\0\0\0\x18"
           "ftypheic\0\0\0\0"s,
           ErrorCode::photo_other_format},
          {"PngCutShort", half(png), ErrorCode::photo_damaged},
          {"PngHeadOnly", png.substr(0, 12), ErrorCode::photo_damaged},
          {"JpegCutShort", half(jpeg), ErrorCode::photo_damaged},
          {"JpegHeadOnly", jpeg.substr(0, 4), ErrorCode::photo_damaged},
          {"WebpCutShort", half(webp), ErrorCode::photo_damaged},
          {"PngBomb", png_claiming(60000, 60000), ErrorCode::photo_too_many_pixels},
          {"PngOfBillions", png_claiming(0xffffffff, 0xffffffff), ErrorCode::photo_too_many_pixels},
          {"JpegBomb", jpeg_claiming(65000, 65000), ErrorCode::photo_too_many_pixels},
          {"PngWithoutWidth", png_claiming(0, 10), ErrorCode::photo_no_pixels},
          {"PngWithoutPixels", png_claiming(0, 0), ErrorCode::photo_no_pixels},
          {"JpegWithoutWidth", jpeg_claiming(0, 10), ErrorCode::photo_no_pixels},
          {"JpegOfManyScans", jpeg_of_many_scans(50), ErrorCode::photo_damaged},
          {"Cmyk", jpeg_file(scene, 80, false, JpegColours::cmyk), ErrorCode::photo_colour_model},
          {"Animated", animated_webp(), ErrorCode::photo_animated}};
}

INSTANTIATE_TEST_SUITE_P(Pictures, DecodeHolds, ::testing::ValuesIn(held_pictures()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Decode, ReadsSixteenBitsAndTransparencyAsShown) {
  // A black picture, wholly transparent in its left half: white there, black elsewhere.
  constexpr std::uint32_t kSide = 80;
  std::vector<png_uint_16> pixels(std::size_t{4} * kSide * kSide, 0);
  for (std::uint32_t y = 0; y < kSide; ++y)
    for (std::uint32_t x = kSide / 2; x < kSide; ++x)
      pixels[4 * (std::size_t{y} * kSide + x) + 3] = 65535;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = kSide;
  image.format = PNG_FORMAT_LINEAR_RGB_ALPHA;  // 16 bits a sample
  png_alloc_size_t size = 0;
  ASSERT_NE(png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr), 0);
  std::string bytes(size, '\0');
  ASSERT_NE(png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr),
            0);
  const auto picture = decode(bytes);
  ASSERT_TRUE(picture) << picture.error().message();
  EXPECT_NEAR(picture->luma[3], 255, 1);
  EXPECT_NEAR(picture->luma[kSide - 3], 0, 1);
}

TEST(Decode, NeverFailsOtherwiseOnMutatedPictures) {
  Rng rng(9);
  const InventedPicture scene = invented(5, 90, 70);
  const std::vector<std::string> whole = {png_file(scene), jpeg_file(scene, 70),
                                          jpeg_file(scene, 70, true), webp_file(scene, 70)};
  int read = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string bytes = whole[rng.below(whole.size())];
    for (std::uint64_t i = 0; i <= rng.below(4); ++i)
      bytes[rng.below(bytes.size())] = static_cast<char>(rng.below(256));
    if (rng.below(4) == 0) bytes.resize(rng.below(bytes.size()));
    const auto picture = decode(bytes, {.max_pixels = 1'000'000});
    if (!picture) {
      EXPECT_TRUE(picture.error().name().starts_with("photo."));
      continue;
    }
    ++read;
    ASSERT_EQ(picture->luma.size(), std::size_t{picture->width} * picture->height);
    (void)likeness_of(*picture);
  }
  EXPECT_GT(read, 50);  // else nothing but heads was tried
}

}  // namespace
}  // namespace ovillo::photo
