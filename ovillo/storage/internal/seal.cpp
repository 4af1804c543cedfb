#include "ovillo/storage/internal/seal.hpp"

#include <cstring>
#include <memory>

#include <sodium.h>
#include <zstd.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/storage/internal/bytes.hpp"

namespace ovillo::storage {

namespace {

constexpr std::uint8_t kFormat = 1;
constexpr int kZstdLevel = 1;
// A row or a log entry gains little by compression, which would cost more than its cipher.
constexpr std::size_t kWorthCompressing = 512;
constexpr std::size_t kFrameBytes = 10;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 32;
enum Codec : std::uint8_t { stored = 0, zstd = 1 };

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// One compression context per thread: making one costs more than compressing a small row.
ZSTD_CCtx* compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, FreeContext> context(ZSTD_createCCtx());
  return context.get();
}
ZSTD_DCtx* decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
  return context.get();
}

std::string head_of(Codec codec, std::uint64_t n_bytes) {
  Writer head;
  head.u8(kFormat);
  head.u8(codec);
  head.u64(n_bytes);
  return std::move(head).take();
}

std::string stored_frame(std::string_view bytes) {
  std::string out = head_of(stored, bytes.size());
  return out.append(bytes);
}

std::string frame(std::string_view bytes) {
  if (bytes.size() < kWorthCompressing) return stored_frame(bytes);
  std::string out(kFrameBytes + ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t n =
      ZSTD_compressCCtx(compressor(), out.data() + kFrameBytes, out.size() - kFrameBytes,
                        bytes.data(), bytes.size(), kZstdLevel);
  if (ZSTD_isError(n) != 0 || n >= bytes.size()) return stored_frame(bytes);
  out.resize(kFrameBytes + n);
  out.replace(0, kFrameBytes, head_of(zstd, bytes.size()));
  return out;
}

Result<std::string> unframe(std::string framed) {
  const auto damaged = [] { return Error(ErrorCode::storage_damaged_block); };
  if (framed.size() < kFrameBytes || framed[0] != kFormat) return damaged();
  const auto codec = static_cast<std::uint8_t>(framed[1]);
  std::uint64_t n = 0;
  for (std::size_t i = 0; i < 8; ++i)
    n |= static_cast<std::uint64_t>(static_cast<unsigned char>(framed[2 + i])) << (8 * i);
  if (n > kMostBytes) return damaged();
  const std::string_view body = std::string_view(framed).substr(kFrameBytes);
  if (codec == stored) {
    if (body.size() != n) return damaged();
    framed.erase(0, kFrameBytes);
    return framed;
  }
  if (codec != zstd || ZSTD_getFrameContentSize(body.data(), body.size()) != n) return damaged();
  std::string out(n, '\0');
  const std::size_t got =
      ZSTD_decompressDCtx(decompressor(), out.data(), out.size(), body.data(), body.size());
  if (ZSTD_isError(got) != 0 || got != n) return damaged();
  return out;
}

Digest digest_of(const Sha256& hash) {
  const std::string hex = hash.hex();
  Digest out;
  sodium_hex2bin(out.data(), out.size(), hex.data(), hex.size(), nullptr, nullptr, nullptr);
  return out;
}

}  // namespace

Key Key::random() {
  Key key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

Result<Key> Key::from_bytes(std::string_view bytes) {
  Key key;
  if (bytes.size() != key.bytes_.size()) return Error(ErrorCode::storage_wrong_key);
  std::memcpy(key.bytes_.data(), bytes.data(), bytes.size());
  return key;
}

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

std::string seal(const Key& key, std::string_view place, std::string_view bytes) {
  const std::string framed = frame(bytes);
  std::string out(kNonceBytes + framed.size() + kTagBytes, '\0');
  randombytes_buf(out.data(), kNonceBytes);
  unsigned long long n = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(out) + kNonceBytes, &n, bytes_of(framed),
                                             framed.size(), bytes_of(place), place.size(), nullptr,
                                             bytes_of(std::string_view(out)), key.data());
  return out;
}

Result<std::string> open_sealed(const Key& key, std::string_view place, std::string_view sealed) {
  if (sealed.size() < kNonceBytes + kTagBytes + kFrameBytes)
    return Error(ErrorCode::storage_damaged_block);
  std::string framed(sealed.size() - kNonceBytes - kTagBytes, '\0');
  unsigned long long n = 0;
  const int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(framed), &n, nullptr, bytes_of(sealed) + kNonceBytes, sealed.size() - kNonceBytes,
      bytes_of(place), place.size(), bytes_of(sealed), key.data());
  if (bad != 0) return Error(ErrorCode::storage_damaged_block);
  return unframe(std::move(framed));
}

Digest salted_leaf(const Key& key, std::string_view place, std::string_view bytes) {
  std::array<unsigned char, 32> salt;
  const std::string named = "ovillo leaf" + std::string(place);
  crypto_generichash(salt.data(), salt.size(), bytes_of(std::string_view(named)), named.size(),
                     key.data(), 32);
  Sha256 hash;
  hash.update(std::string_view("\0", 1));
  hash.update({reinterpret_cast<const char*>(salt.data()), salt.size()});
  hash.update(bytes);
  return digest_of(hash);
}

Digest sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return digest_of(hash);
}

}  // namespace ovillo::storage
