// Random bits that nobody can foresee without the key, and none of them used twice.
//
// Noise that protects people must come from here: whoever foresees it takes it off again. The same
// key gives the same bits, which tests need; a release takes a fresh key and throws it away.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace ovillo::release {

struct NoiseKey {
  std::array<std::uint8_t, 32> bytes{};
};

/// A key from the system's own source of chance.
NoiseKey fresh_noise_key();

/// The keystream of ChaCha20 (RFC 8439), 64 bits at a time.
class RandomBits {
 public:
  /// @param stream  parts of one piece of work take streams of their own, so that the answer does
  ///                not depend on which was first.
  explicit RandomBits(const NoiseKey& key, std::uint64_t stream = 0);

  std::uint64_t word();
  bool bit();
  /// Uniform in [0, n), exactly. @param n  at least 1.
  std::uint64_t below(std::uint64_t n);

 private:
  void refill();

  static constexpr std::size_t kWords = 512;
  NoiseKey key_;
  std::uint64_t stream_;
  std::uint64_t block_ = 0;
  std::array<std::uint64_t, kWords> words_{};
  std::size_t next_ = kWords;
  std::uint64_t bits_ = 0;
  unsigned n_bits_ = 0;
};

}  // namespace ovillo::release
