// A disclosure package as a folder: what stands in it, and whether it is as it was made.
// Layout: docs/formats/disclose.md.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

/// Files of a package, by path from its root ("answers/records.jsonl"), to their bytes.
using PackageFiles = std::map<std::string, std::string>;

/// package.json.
struct PackageManifest {
  std::string build;  ///< "Ovillo 0.1.0"
  std::string model;
  std::string case_reference;
  std::string case_title;
  std::string by;       ///< who made it
  std::string purpose;  ///< from data/purposes.toml
  std::int64_t made_at_utc_s = 0;
  std::vector<std::string> networks;  ///< ids, ascending
  std::uint64_t n_records = 0;        ///< whole ones
  std::uint64_t n_words_only = 0;     ///< texts compared with theirs, of somebody else

  bool operator==(const PackageManifest&) const = default;
};

inline constexpr const char* kManifestFile = "package.json";
inline constexpr const char* kSumsFile = "SHA256SUMS";
inline constexpr const char* kSignatureFile = "SHA256SUMS.sig";
inline constexpr const char* kWorkspaceFolder = "workspace";
inline constexpr const char* kAnswersFolder = "answers";
inline constexpr const char* kDataFolder = "program/data";

std::string to_json(const PackageManifest& manifest);
/// @error flow.not_a_package.
Result<PackageManifest> read_manifest(const std::filesystem::path& package);

/// One line per file but the sums and their signature, by path, as sha256sum writes them.
/// @error base.cannot_read; flow.package_changed, for a link.
Result<std::string> sums_of(const std::filesystem::path& package);
/// Whether every file is as SHA256SUMS says, and none is there beside them. Nothing is said of the
/// signature: `openssl` checks it. @error flow.not_a_package; flow.package_changed, with the file.
Result<void> check_sums(const std::filesystem::path& package);

/// Every file under a folder. @error base.cannot_read.
Result<PackageFiles> read_folder(const std::filesystem::path& folder);

/// An Ed25519 public key as openssl reads it.
std::string public_key_pem(const std::array<std::uint8_t, 32>& key);

}  // namespace ovillo::flow
