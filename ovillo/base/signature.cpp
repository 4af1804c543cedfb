#include "ovillo/base/signature.hpp"

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace ovillo {

namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* held) const {
    Free(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

int size_of(std::string_view bytes) { return static_cast<int>(bytes.size()); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Key key_of(std::string_view text) {
  if (text.find("-----BEGIN CERTIFICATE-----") == text.npos) {
    const unsigned char* at = bytes_of(text);
    return Key(d2i_PUBKEY(nullptr, &at, static_cast<long>(text.size())));
  }
  const std::unique_ptr<BIO, Freed<BIO_free>> in(BIO_new_mem_buf(text.data(), size_of(text)));
  if (!in) return nullptr;
  const std::unique_ptr<X509, Freed<X509_free>> certificate(
      PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  return certificate ? Key(X509_get_pubkey(certificate.get())) : nullptr;
}

// r and s side by side, as DER; empty: they are not of that length.
std::string der_of(std::string_view both, int bits) {
  const std::size_t side = (static_cast<std::size_t>(bits) + 7) / 8;
  if (both.size() != 2 * side) return {};
  const std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>> made(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(bytes_of(both), static_cast<int>(side), nullptr);
  BIGNUM* s = BN_bin2bn(bytes_of(both) + side, static_cast<int>(side), nullptr);
  if (!made || r == nullptr || s == nullptr || ECDSA_SIG_set0(made.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  unsigned char* out = nullptr;
  const int n = i2d_ECDSA_SIG(made.get(), &out);
  if (n <= 0) return {};
  std::string der(reinterpret_cast<const char*>(out), static_cast<std::size_t>(n));
  OPENSSL_free(out);
  return der;
}

}  // namespace

bool is_signed_by(std::string_view message, std::string_view signature,
                  std::string_view public_key) {
  const Key key = key_of(public_key);
  bool good = false;
  if (key && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC) {
    const std::string made = der_of(signature, EVP_PKEY_get_bits(key.get()));
    const std::string_view der = made.empty() ? signature : std::string_view(made);
    const std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    good = context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(der), der.size(), bytes_of(message),
                            message.size()) == 1;
  }
  ERR_clear_error();
  return good;
}

}  // namespace ovillo
