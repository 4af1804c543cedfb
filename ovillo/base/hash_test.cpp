#include "ovillo/base/hash.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

#include <gtest/gtest.h>

namespace ovillo {
namespace {

using TestId = Id128<struct TestTag>;

IdKey counting_key() {
  IdKey key;
  for (std::size_t i = 0; i < key.bytes.size(); ++i) key.bytes[i] = static_cast<std::uint8_t>(i);
  return key;
}

TEST(Sha256, AgreesWithTheVectorsOfFips180) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, GoesOnAfterBeingRead) {
  Sha256 hash;
  hash.update("a");
  EXPECT_EQ(hash.hex(), sha256_hex("a"));
  hash.update("bc");
  EXPECT_EQ(hash.hex(), sha256_hex("abc"));
}

// Expected values: Python's hashlib.blake2b(parts, key=bytes(range(32)), digest_size=16), each
// text preceded by its length and each number as eight bytes, little end first.
TEST(KeyedHasher, IsKeyedBlake2bOverLengthPrefixedParts) {
  EXPECT_EQ(KeyedHasher(counting_key()).finish<TestTag>().hex(),
            "3daf97bce7888fd59773c66bf647459c");
  EXPECT_EQ(KeyedHasher(counting_key()).add("ab").add("c").finish<TestTag>().hex(),
            "c006572bf2a0f76fe91755c911b607d2");
  EXPECT_EQ(KeyedHasher(counting_key()).add("advert").add(std::uint64_t{7}).finish<TestTag>().hex(),
            "711a186c8f38133afde0ab5020a6ad4b");
}

TEST(KeyedHasher, KnowsWhereOnePartEnds) {
  const auto id = [](std::string_view a, std::string_view b) {
    return KeyedHasher(counting_key()).add(a).add(b).finish<TestTag>();
  };
  EXPECT_NE(id("ab", "c"), id("a", "bc"));
  EXPECT_NE(id("", "abc"), id("abc", ""));
}

TEST(KeyedHasher, GivesOtherIdsUnderAnotherKey) {
  IdKey other = counting_key();
  other.bytes[31] ^= 1;
  EXPECT_NE(KeyedHasher(other).add("a").finish<TestTag>(),
            KeyedHasher(counting_key()).add("a").finish<TestTag>());
}

TEST(KeyedHasher, StartsAgainAfterFinish) {
  KeyedHasher hasher(counting_key());
  const auto first = hasher.add("a").finish<TestTag>();
  EXPECT_EQ(hasher.add("a").finish<TestTag>(), first);
}

TEST(Id128, ReadsWhatItWrites) {
  const TestId id{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
  EXPECT_EQ(id.hex(), "0123456789abcdeffedcba9876543210");
  EXPECT_EQ(TestId::from_hex(id.hex()), id);
  EXPECT_EQ(TestId{}.hex(), std::string(32, '0'));
  EXPECT_TRUE(TestId{}.is_null());
  EXPECT_FALSE(id.is_null());
}

TEST(Id128, RefusesWhatIsNoId) {
  for (const std::string_view text :
       {"", "0123456789abcdeffedcba987654321", "0123456789abcdeffedcba98765432100",
        "0123456789ABCDEFFEDCBA9876543210", "g123456789abcdeffedcba9876543210"})
    EXPECT_FALSE(TestId::from_hex(text)) << text;
}

TEST(Id128, SortsAsItsHexDoes) {
  const TestId small{1, 0xffffffffffffffffULL};
  const TestId large{2, 0};
  EXPECT_LT(small, large);
  EXPECT_LT(small.hex(), large.hex());
}

// Fixed numbers: hash64 may decide order, so it must not change between builds. They were
// computed by a second implementation, in Python.
TEST(Hash64, NeverChanges) {
  struct {
    std::string text;
    std::uint64_t plain;
    std::uint64_t seeded;
  } const cases[] = {
      {"", 0xf4f7978b1577c296, 0x79f08ebe5a090893},
      {"a", 0x099419c1f282f27f, 0x7895581c0a8c70e1},
      {"phone", 0x57aff7532f01a8b1, 0x0effab508f1a9caa},
      {"0123456789abcdef", 0xc0e11ba7189e02b1, 0x5a91d34df43c95b5},
      {"0123456789abcdefg", 0x5f50b6881e86512b, 0xb76ff76c14e15c83},
      {std::string(100, 'x'), 0x41018c88e51e916f, 0x661393818c5c7963},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(hash64(c.text), c.plain) << c.text;
    EXPECT_EQ(hash64(c.text, 1), c.seeded) << c.text;
  }
}

TEST(Hash64, TellsShortTextsApart) {
  std::unordered_set<std::uint64_t> seen;
  for (int i = 0; i < 200'000; ++i) seen.insert(hash64(std::to_string(i)));
  for (std::size_t n = 0; n < 64; ++n) seen.insert(hash64(std::string(n, '\0')));
  EXPECT_EQ(seen.size(), 200'064U);
}

TEST(Hash64, OneBitOfTextChangesHalfOfTheHash) {
  int changed = 0;
  int n = 0;
  for (std::size_t length = 1; length <= 40; ++length) {
    std::string text(length, 'o');
    const std::uint64_t before = hash64(text);
    for (std::size_t bit = 0; bit < 8 * length; ++bit, ++n) {
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
      changed += std::popcount(hash64(text) ^ before);
      text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
    }
  }
  EXPECT_NEAR(static_cast<double>(changed) / n, 32.0, 0.5);
}

TEST(Mix64, IsTheFinaliserOfSplitmix64) {
  static_assert(mix64(0) == 0xe220a8397b1dcdafULL);
  EXPECT_EQ(mix64(1), 0x910a2dec89025cc1ULL);
}

}  // namespace
}  // namespace ovillo
