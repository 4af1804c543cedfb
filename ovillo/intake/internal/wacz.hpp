// WACZ: a zip of WARC with the hash of each member and a signature over them. Format:
// docs/formats/captures.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/intake/internal/batch_builder.hpp"
#include "ovillo/intake/internal/input.hpp"

namespace ovillo::intake {

/// What a package says of itself, and whether it holds.
struct WaczPackage {
  std::map<std::string, std::string, std::less<>> sha256;  ///< by path of the member
  std::string title, created, software;
  std::string described;  ///< the bytes of datapackage.json
  /// For a person: "signed, by a key that names nobody" ...
  std::string signature;
  bool is_altered = false;  ///< its digest or signature is not that of these bytes
};

/// Reads the description of a zip. @param zip  seekable.
/// @return  empty where it is no WACZ. @error of the input; intake.bad_archive.
Result<std::optional<WaczPackage>> wacz_package(Input& zip, const ReadOptions& options);

/// Whether the bytes of a description are what its digest says and its signature was made over.
/// Sets `signature` and `is_altered`. @param digest  bytes of datapackage-digest.json.
/// @misses  a certificate is not checked against authorities, nor a time stamp: the signature then
///          shows that nothing was changed, not who made it or when.
void check_digest(std::string_view digest, WaczPackage& package);

/// Reads the WARC of a package whose bytes are those it says; any other member is held: one that
/// differs or is not listed as intake.altered_member. A member that is listed and is not there is a
/// reject. The package itself is one record. @error of the input and sink.
Result<void> read_wacz(Input& zip, const WaczPackage& package, BatchBuilder& builder);

}  // namespace ovillo::intake
