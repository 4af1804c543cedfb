#include "ovillo/base/hash.hpp"

#include <cstring>

#include <openssl/evp.h>
#include <sodium.h>

namespace ovillo {

KeyedHasher::KeyedHasher(const IdKey& key) : key_(key) {}

KeyedHasher& KeyedHasher::add(std::string_view part) {
  add(static_cast<std::uint64_t>(part.size()));
  buffer_.append(part);
  return *this;
}

KeyedHasher& KeyedHasher::add(std::uint64_t number) {
  for (int i = 0; i < 8; ++i) buffer_.push_back(static_cast<char>(number >> (8 * i)));
  return *this;
}

std::pair<std::uint64_t, std::uint64_t> KeyedHasher::finish_words() {
  std::array<std::uint8_t, 16> digest{};
  crypto_generichash(digest.data(), digest.size(),
                     reinterpret_cast<const unsigned char*>(buffer_.data()), buffer_.size(),
                     key_.bytes.data(), key_.bytes.size());
  buffer_.clear();
  std::uint64_t hi = 0;
  std::uint64_t lo = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    hi = (hi << 8) | digest[i];
    lo = (lo << 8) | digest[i + 8];
  }
  return {hi, lo};
}

struct Sha256::State {
  State() : context(EVP_MD_CTX_new()) { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
  State(const State& other) : context(EVP_MD_CTX_new()) {
    EVP_MD_CTX_copy_ex(context, other.context);
  }
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
  EVP_MD_CTX* context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

std::string Sha256::hex() const {
  const State copy(*state_);
  constexpr std::size_t kBytes = 32;
  std::array<unsigned char, kBytes> digest{};
  EVP_DigestFinal_ex(copy.context, digest.data(), nullptr);
  std::string out(2 * kBytes + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), digest.data(), digest.size());
  out.pop_back();
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

namespace {

std::uint64_t load64(const char* p) {
  std::uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}

__extension__ typedef unsigned __int128 Uint128;

std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  const Uint128 product = static_cast<Uint128>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
  constexpr std::uint64_t kA = 0xa0761d6478bd642fULL;
  constexpr std::uint64_t kB = 0xe7037ed1a0b428dbULL;
  const char* p = bytes.data();
  std::size_t n = bytes.size();
  std::uint64_t h = seed ^ fold_product(n ^ kA, kB);
  for (; n >= 16; p += 16, n -= 16) h = fold_product(load64(p) ^ kA ^ h, load64(p + 8) ^ kB);
  char tail[16] = {};
  if (n > 0) std::memcpy(tail, p, n);
  h = fold_product(load64(tail) ^ kA ^ h, load64(tail + 8) ^ kB ^ n);
  return mix64(h);
}

}  // namespace ovillo
