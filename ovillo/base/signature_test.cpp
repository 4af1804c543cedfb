#include "ovillo/base/signature.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace ovillo {
namespace {

struct Signed {
  std::string key, der, both;
};

Signed signed_message(const std::string& message) {
  Signed out;
  EVP_PKEY* key = EVP_EC_gen("P-384");
  unsigned char* bytes = nullptr;
  const int n = i2d_PUBKEY(key, &bytes);
  out.key.assign(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(n));
  OPENSSL_free(bytes);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::size_t size = 256;
  out.der.resize(size);
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.der.data()), &size,
                 reinterpret_cast<const unsigned char*>(message.data()), message.size());
  out.der.resize(size);
  const auto* at = reinterpret_cast<const unsigned char*>(out.der.data());
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
  out.both.resize(96);
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), reinterpret_cast<unsigned char*>(out.both.data()), 48);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), reinterpret_cast<unsigned char*>(out.both.data()) + 48, 48);
  ECDSA_SIG_free(pair);
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  return out;
}

TEST(IsSignedBy, KnowsTheKeysOwnSignatureInEitherForm) {
  const Signed made = signed_message("sha256:00");
  EXPECT_TRUE(is_signed_by("sha256:00", made.der, made.key));
  EXPECT_TRUE(is_signed_by("sha256:00", made.both, made.key));
}

TEST(IsSignedBy, KnowsNoOther) {
  const Signed made = signed_message("sha256:00");
  const Signed other = signed_message("sha256:00");
  EXPECT_FALSE(is_signed_by("sha256:01", made.both, made.key));
  EXPECT_FALSE(is_signed_by("sha256:00", made.both, other.key));
  EXPECT_FALSE(is_signed_by("sha256:00", made.both.substr(1), made.key));
  EXPECT_FALSE(is_signed_by("sha256:00", "", made.key));
  EXPECT_FALSE(is_signed_by("sha256:00", made.der, "no key"));
  EXPECT_FALSE(is_signed_by("sha256:00", made.der, "-----BEGIN CERTIFICATE-----\nxx"));
}

}  // namespace
}  // namespace ovillo
