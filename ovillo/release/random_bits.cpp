#include "ovillo/release/random_bits.hpp"

#include <cstring>

#include <sodium.h>

namespace ovillo::release {

NoiseKey fresh_noise_key() {
  NoiseKey key;
  randombytes_buf(key.bytes.data(), key.bytes.size());
  return key;
}

RandomBits::RandomBits(const NoiseKey& key, std::uint64_t stream) : key_(key), stream_(stream) {}

void RandomBits::refill() {
  constexpr std::size_t kBlockBytes = 64;
  std::array<std::uint8_t, sizeof(words_)> bytes{};
  std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
  std::memcpy(nonce.data(), &stream_, sizeof(stream_));
  crypto_stream_chacha20_xor_ic(bytes.data(), bytes.data(), bytes.size(), nonce.data(), block_,
                                key_.bytes.data());
  block_ += bytes.size() / kBlockBytes;
  std::memcpy(words_.data(), bytes.data(), bytes.size());
  next_ = 0;
}

std::uint64_t RandomBits::word() {
  if (next_ == kWords) refill();
  return words_[next_++];
}

bool RandomBits::bit() {
  if (n_bits_ == 0) {
    bits_ = word();
    n_bits_ = 64;
  }
  const bool out = (bits_ & 1U) != 0;
  bits_ >>= 1U;
  --n_bits_;
  return out;
}

std::uint64_t RandomBits::below(std::uint64_t n) {
  // Words of the incomplete last turn are thrown away, so that no value is likelier.
  const std::uint64_t too_many = (0 - n) % n;
  for (;;) {
    const std::uint64_t drawn = word();
    if (drawn >= too_many) return drawn % n;
  }
}

}  // namespace ovillo::release
