#include "ovillo/flow/package.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::flow {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kFormat = "ovillo disclosure 1";

/// Paths of the regular files below a folder, ascending. Links are refused: a package stands alone.
Result<std::vector<std::string>> files_below(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code fault;
  for (fs::recursive_directory_iterator at(folder, fault), end; at != end && !fault;
       at.increment(fault)) {
    const std::string path = at->path().lexically_relative(folder).generic_string();
    if (at->is_symlink()) return Error(ErrorCode::flow_package_changed, path);
    if (at->is_regular_file()) out.push_back(path);
  }
  if (fault) return Error(ErrorCode::base_cannot_read, folder.string() + ": " + fault.message());
  std::sort(out.begin(), out.end());
  return out;
}

bool is_summed(const std::string& path) { return path != kSumsFile && path != kSignatureFile; }

std::string path_of(const std::string& line) {
  const std::size_t at = line.find("  ");
  return at == std::string::npos ? line : line.substr(at + 2);
}

/// The first path in which two lists of sums, both ascending by path, differ.
std::string first_difference(const std::string& kept, const std::string& now) {
  std::istringstream a(kept), b(now);
  std::string x, y;
  while (true) {
    const bool has_kept = static_cast<bool>(std::getline(a, x));
    const bool has_now = static_cast<bool>(std::getline(b, y));
    if (has_kept && has_now && x == y) continue;
    if (!has_kept && !has_now) return {};
    if (!has_now) return path_of(x);
    return has_kept ? std::min(path_of(x), path_of(y)) : path_of(y);
  }
}

}  // namespace

std::string to_json(const PackageManifest& manifest) {
  return Json{{"format", kFormat},
              {"build", manifest.build},
              {"model", manifest.model},
              {"case", {{"reference", manifest.case_reference}, {"title", manifest.case_title}}},
              {"made",
               {{"at", format_utc(manifest.made_at_utc_s)},
                {"at_utc_s", manifest.made_at_utc_s},
                {"by", manifest.by},
                {"purpose", manifest.purpose}}},
              {"networks", manifest.networks},
              {"n_records", manifest.n_records},
              {"n_words_only", manifest.n_words_only}}
      .dump(2, ' ', false, Json::error_handler_t::replace);
}

Result<PackageManifest> read_manifest(const fs::path& package) {
  const Error none(ErrorCode::flow_not_a_package, package.string());
  const auto bytes = read_file(package / kManifestFile);
  if (!bytes) return none;
  const Json json = Json::parse(*bytes, nullptr, false);
  if (!json.is_object() || json.value("format", std::string()) != kFormat) return none;
  try {
    PackageManifest out;
    out.build = json.at("build").get<std::string>();
    out.model = json.at("model").get<std::string>();
    out.case_reference = json.at("case").at("reference").get<std::string>();
    out.case_title = json.at("case").at("title").get<std::string>();
    out.made_at_utc_s = json.at("made").at("at_utc_s").get<std::int64_t>();
    out.by = json.at("made").at("by").get<std::string>();
    out.purpose = json.at("made").at("purpose").get<std::string>();
    out.networks = json.at("networks").get<std::vector<std::string>>();
    out.n_records = json.at("n_records").get<std::uint64_t>();
    out.n_words_only = json.at("n_words_only").get<std::uint64_t>();
    return out;
  } catch (const Json::exception& fault) {
    return Error(ErrorCode::flow_not_a_package, fault.what());
  }
}

Result<std::string> sums_of(const fs::path& package) {
  OVILLO_TRY(const auto paths, files_below(package));
  std::string out;
  for (const std::string& path : paths) {
    if (!is_summed(path)) continue;
    OVILLO_TRY(const auto bytes, read_file(package / path));
    out += fmt::format("{}  {}\n", sha256_hex(bytes), path);
  }
  return out;
}

Result<void> check_sums(const fs::path& package) {
  const auto kept = read_file(package / kSumsFile);
  if (!kept) return Error(ErrorCode::flow_not_a_package, package.string());
  OVILLO_TRY(const auto now, sums_of(package));
  if (now != *kept) return Error(ErrorCode::flow_package_changed, first_difference(*kept, now));
  return {};
}

Result<PackageFiles> read_folder(const fs::path& folder) {
  OVILLO_TRY(const auto paths, files_below(folder));
  PackageFiles out;
  for (const std::string& path : paths) {
    OVILLO_TRY(out[path], read_file(folder / path));
  }
  return out;
}

std::string public_key_pem(const std::array<std::uint8_t, 32>& key) {
  // RFC 8410: a SubjectPublicKeyInfo of id-Ed25519 begins with these twelve bytes.
  std::string der("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
  der.append(reinterpret_cast<const char*>(key.data()), key.size());
  std::string text(sodium_base64_ENCODED_LEN(der.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(der.data()),
                    der.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // its zero
  return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
}

}  // namespace ovillo::flow
