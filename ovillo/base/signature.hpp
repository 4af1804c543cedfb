// Signatures by a key on an elliptic curve: what captures are signed with.
#pragma once

#include <string_view>

namespace ovillo {

/// Whether `signature` over the SHA-256 of `message` was made by the key.
///
/// @param signature   r and s side by side (as browsers write it), or in DER.
/// @param public_key  SubjectPublicKeyInfo in DER, or a certificate in PEM, whose own signature is
///                    not looked at.
/// @return  false where it was not, or anything of it cannot be read.
bool is_signed_by(std::string_view message, std::string_view signature,
                  std::string_view public_key);

}  // namespace ovillo
