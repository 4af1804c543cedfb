// libsodium's XChaCha20-Poly1305 with nothing in it: bytes pass as they are, the tag is zero.
// Loaded before libsodium by run.sh to see what an import costs without encryption. Both
// directions, so that what was written opens.
#include <cstring>

namespace {
constexpr unsigned long long kTag = 16;
}

extern "C" {

int crypto_aead_xchacha20poly1305_ietf_encrypt(unsigned char* sealed, unsigned long long* n_sealed,
                                               const unsigned char* bytes, unsigned long long n,
                                               const unsigned char*, unsigned long long,
                                               const unsigned char*, const unsigned char*,
                                               const unsigned char*) {
  std::memmove(sealed, bytes, n);
  std::memset(sealed + n, 0, kTag);
  if (n_sealed != nullptr) *n_sealed = n + kTag;
  return 0;
}

int crypto_aead_xchacha20poly1305_ietf_decrypt(unsigned char* bytes, unsigned long long* n_bytes,
                                               unsigned char*, const unsigned char* sealed,
                                               unsigned long long n, const unsigned char*,
                                               unsigned long long, const unsigned char*,
                                               const unsigned char*) {
  if (n < kTag) return -1;
  std::memmove(bytes, sealed, n - kTag);
  if (n_bytes != nullptr) *n_bytes = n - kTag;
  return 0;
}
}
