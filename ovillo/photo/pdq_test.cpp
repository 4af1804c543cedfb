#include "ovillo/photo/pdq.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "ovillo/base/source_folder.hpp"
#include "ovillo/photo/invented_pictures.hpp"

namespace ovillo::photo {
namespace {

// Hashes by PyPI's pdqhash of the same scenes; bench/photo/reference.py writes them.
TEST(PdqHash, IsBitByBitThatOfTheReference) {
  std::ifstream file(OVILLO_SOURCE_DIR "/tests/golden/photo/pdq.tsv");
  ASSERT_TRUE(file);
  std::string line;
  std::uint64_t n = 0;
  std::set<int> qualities;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream cells(line);
    std::uint64_t seed = 0;
    std::string hex;
    int quality = -1;
    cells >> seed >> hex >> quality;
    const InventedPicture scene = golden_picture(seed);
    const Pdq hashed = pdq(gray_of(scene));
    // The reference takes luma in doubles and rounds it, we in floats as published: in a picture
    // too pale to have a likeness that may exchange the two values beside the median.
    const auto want = Likeness::from_hex(hex);
    ASSERT_TRUE(want);
    EXPECT_LE(distance(hashed.likeness, *want), quality < kMinQuality ? 2 : 0) << "seed " << seed;
    EXPECT_EQ(hashed.quality, quality) << "seed " << seed;
    qualities.insert(quality);
    ++n;
  }
  EXPECT_EQ(n, kGoldenPictures);
  EXPECT_GT(qualities.size(), 4U);
}

TEST(PdqHash, HasHalfOfItsBitsSet) {
  const Likeness likeness = pdq(gray_of(invented(5, 300, 200))).likeness;
  EXPECT_EQ(distance(likeness, Likeness{}), 128);
}

TEST(PdqHash, OfALargePictureIsNearThatOfItsHalf) {
  const InventedPicture large = invented(6, 2400, 1800);
  const InventedPicture half = resized(large, 1200, 900);
  EXPECT_LE(distance(pdq(gray_of(large)).likeness, pdq(gray_of(half)).likeness), 10);
}

TEST(LikenessOf, IsNoneForFlatAndForTinyPictures) {
  EXPECT_TRUE(likeness_of(gray_of(invented(7, 64, 64))));
  EXPECT_FALSE(likeness_of(gray_of(invented(7, 63, 200))));
  EXPECT_FALSE(likeness_of(gray_of(blank(300, 300, 120))));
  EXPECT_FALSE(likeness_of(gray_of(brightened(invented(7, 300, 300), 0.05, 100))));
  EXPECT_EQ(pdq(gray_of(blank(4, 100))).quality, 0);
}

TEST(LikenessHex, ReadsBackAndRefusesWhatIsNone) {
  const Likeness likeness = pdq(gray_of(invented(8, 100, 100))).likeness;
  EXPECT_EQ(Likeness::from_hex(likeness.hex()), likeness);
  EXPECT_FALSE(Likeness::from_hex(likeness.hex().substr(1)));
  EXPECT_FALSE(Likeness::from_hex(std::string(64, 'G')));
  EXPECT_LT(Likeness::from_hex("0" + std::string(63, 'f')),
            Likeness::from_hex("1" + std::string(63, '0')));
}

}  // namespace
}  // namespace ovillo::photo
