#include "ovillo/intake/internal/wacz.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/signature.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/intake/internal/archive.hpp"
#include "ovillo/intake/internal/foreign_form.hpp"
#include "ovillo/intake/internal/mime.hpp"
#include "ovillo/intake/internal/streams.hpp"
#include "ovillo/intake/internal/warc.hpp"

namespace ovillo::intake {

namespace {

constexpr std::string_view kDescription = "datapackage.json";
constexpr std::string_view kDigest = "datapackage-digest.json";
constexpr std::string_view kSha256 = "sha256:";
constexpr std::size_t kMostDescribed = 64u << 20;

using simdjson::dom::element;

std::string text_at(element json, std::string_view pointer) {
  std::string_view out;
  return json.at_pointer(pointer).get(out) == simdjson::SUCCESS ? std::string(out) : std::string();
}

// The bytes of a small member; empty: it is not there or too large.
Result<std::string> small_member(Input& zip, std::string_view name, const ReadOptions& options) {
  OVILLO_TRY(const auto archive, open_zip_member(zip, name, options));
  std::string out;
  while (archive) {
    OVILLO_TRY(const std::string_view block, archive->next());
    if (block.empty()) break;
    out += block;
    if (out.size() > kMostDescribed) return std::string();
  }
  return out;
}

bool read_description(WaczPackage& package) {
  simdjson::dom::parser parser;
  element json;
  simdjson::dom::array resources;
  const simdjson::padded_string bytes(package.described);
  if (parser.parse(bytes).get(json) != simdjson::SUCCESS ||
      json["resources"].get(resources) != simdjson::SUCCESS ||
      text_at(json, "/wacz_version").empty())
    return false;
  package.title = text_at(json, "/title");
  package.created = text_at(json, "/created");
  package.software = text_at(json, "/software");
  for (const element resource : resources) {
    const std::string hash = text_at(resource, "/hash");
    package.sha256[text_at(resource, "/path")] =
        hash.starts_with(kSha256) ? hash.substr(kSha256.size()) : hash;
  }
  return true;
}

void altered(WaczPackage& package, std::string_view why) {
  package.is_altered = true;
  package.signature = why;
}

class WaczReader {
 public:
  WaczReader(Input& zip, const WaczPackage& package, BatchBuilder& builder)
      : zip_(zip), package_(package), builder_(builder) {}

  Result<void> read() {
    OVILLO_CHECK(builder_.begin_member(std::string(kDescription)));
    builder_.say_form("capture package (WACZ)");
    OVILLO_CHECK(write_package());
    OVILLO_TRY(const auto archive, Archive::open(zip_, Container::zip, builder_.options()));
    while (true) {
      OVILLO_TRY(const bool more, archive->next_member());
      if (!more) break;
      if (archive->kind() == MemberKind::folder) continue;
      if (archive->member() == kDescription || archive->member() == kDigest) continue;
      OVILLO_CHECK(take(*archive));
    }
    for (const auto& [path, sha256] : package_.sha256) {
      if (seen_.contains(path)) continue;
      OVILLO_CHECK(builder_.begin_member(path));
      OVILLO_CHECK(builder_.reject_row(ErrorCode::intake_altered_member, 0,
                                       "listed in the package, and not there"));
    }
    return builder_.flush();
  }

 private:
  Result<void> write_package() {
    OVILLO_CHECK(builder_.begin_row());
    const auto add = [&](std::string_view column, Field field, std::string_view value) {
      builder_.add(builder_.column(column, field), replace_invalid_utf8(value));
    };
    add("title", Field::title, package_.title);
    add("time", Field::time, package_.created);
    add("software", Field::other, package_.software);
    add("signature", Field::other, package_.signature);
    add("sha256", Field::other, sha256_hex(package_.described));
    return builder_.finish_row(RecordKind::document, {0, package_.described.size()},
                               package_.described);
  }

  Result<void> take(Archive& archive) {
    const std::string member = archive.member();
    OVILLO_CHECK(builder_.begin_member(member));
    if (archive.kind() == MemberKind::link)
      return builder_.reject_row(ErrorCode::intake_not_a_file, 0);
    if (archive.kind() == MemberKind::encrypted)
      return builder_.hold(ErrorCode::intake_encrypted_member, {}, {}, 0);
    Hashed hashed(archive);
    OVILLO_TRY(Input bytes, Input::spool(hashed, member));
    OVILLO_CHECK(bytes.rewind());
    const auto hold = [&](ErrorCode code, std::string_view why) {
      return builder_.hold(code, why, hashed.sha256(), hashed.bytes());
    };
    if (leads_out(member)) return hold(ErrorCode::intake_unsafe_path, {});
    const auto stated = package_.sha256.find(member);
    if (stated == package_.sha256.end())
      return hold(ErrorCode::intake_altered_member, "the package does not list it");
    seen_.insert(member);
    if (stated->second != hashed.sha256())
      return hold(ErrorCode::intake_altered_member, "its hash is not the one of the package");
    if (package_.is_altered) return hold(ErrorCode::intake_altered_member, package_.signature);
    return read_sound(bytes, hold);
  }

  template <class Hold>
  Result<void> read_sound(Input& bytes, const Hold& hold) {
    OVILLO_TRY(const std::string_view head, bytes.head());
    if (is_warc(head)) return read_warc(bytes, builder_);
    if (container_of(head) != Container::compressed)
      return hold(ErrorCode::intake_no_reader, "an index of the capture");
    OVILLO_TRY(const auto unpacked, Archive::open(bytes, Container::tar, builder_.options()));
    const auto more = unpacked->next_member();
    if (!more || !*more || unpacked->is_nested()) return hold(ErrorCode::intake_nested_archive, {});
    Replayed replayed(*unpacked);
    const auto first = replayed.head(16);
    if (!first || !is_warc(*first))
      return hold(ErrorCode::intake_no_reader, "an index of the capture");
    const auto read = read_warc(replayed, builder_);
    if (read || (read.error().code() != ErrorCode::intake_bad_archive &&
                 read.error().code() != ErrorCode::intake_archive_bomb))
      return read;
    return builder_.reject_row(read.error().code(), read.error().locus().byte.value_or(0),
                               read.error().detail());
  }

  Input& zip_;
  const WaczPackage& package_;
  BatchBuilder& builder_;
  std::set<std::string, std::less<>> seen_;
};

}  // namespace

void check_digest(std::string_view digest, WaczPackage& package) {
  if (digest.empty()) {
    package.signature = "not signed";
    return;
  }
  simdjson::dom::parser parser;
  element json;
  if (parser.parse(simdjson::padded_string(digest)).get(json) != simdjson::SUCCESS)
    return altered(package, "the digest of the package cannot be read");
  const std::string hash = text_at(json, "/hash");
  if (hash != fmt::format("{}{}", kSha256, sha256_hex(package.described)))
    return altered(package, "the digest is not that of the package");
  element signed_data;
  if (json["signedData"].get(signed_data) != simdjson::SUCCESS) {
    package.signature = "not signed; its digest holds";
    return;
  }
  const std::string domain = text_at(signed_data, "/domain");
  const std::string certificate = text_at(signed_data, "/domainCert");
  bool broken = false;
  const std::string signature = from_base64(text_at(signed_data, "/signature"), broken);
  const std::string key =
      certificate.empty() ? from_base64(text_at(signed_data, "/publicKey"), broken) : certificate;
  const bool good = text_at(signed_data, "/hash") == hash && !broken &&
                    text_at(signed_data, "/created") == package.created &&
                    is_signed_by(hash, signature, key);
  if (!good) return altered(package, "the signature is not over this package");
  package.signature =
      certificate.empty()
          ? "signed, by a key that names nobody"
          : fmt::format("signed, by a key that names {}; whether it is theirs was not checked",
                        domain);
}

Result<std::optional<WaczPackage>> wacz_package(Input& zip, const ReadOptions& options) {
  WaczPackage package;
  OVILLO_TRY(package.described, small_member(zip, kDescription, options));
  if (package.described.empty() || !read_description(package)) return std::optional<WaczPackage>();
  OVILLO_TRY(const std::string digest, small_member(zip, kDigest, options));
  check_digest(digest, package);
  return std::optional(std::move(package));
}

Result<void> read_wacz(Input& zip, const WaczPackage& package, BatchBuilder& builder) {
  return WaczReader(zip, package, builder).read();
}

}  // namespace ovillo::intake
