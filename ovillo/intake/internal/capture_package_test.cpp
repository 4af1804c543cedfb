// HAR and WACZ: what they hold, whether it is what was captured, and files made to hurt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/intake/internal/har.hpp"
#include "ovillo/intake/internal/test_archives.hpp"
#include "ovillo/intake/internal/test_sink.hpp"
#include "ovillo/intake/internal/wacz.hpp"

namespace ovillo::intake {
namespace {

using ::testing::HasSubstr;

std::string har(const std::string& entries) {
  return R"({"log": {"version": "1.2", "creator": {"name": "x"}, "entries": [)" + entries + "]}}";
}

std::string entry(const std::string& type, const std::string& text, const std::string& more = {}) {
  return R"({"startedDateTime": "2026-09-27T02:05:03.120+02:00", "request": {"method": "GET",)"
         R"("url": "https://ads.example.org/1"}, "response": {"status": 200, "content":)"
         R"({"mimeType": ")" +
         type + R"(", "text": ")" + text + "\"" + more + "}}}";
}

TEST(ReadHar, GivesEachResponseThatHoldsText) {
  const std::string bytes =
      har(entry("text/html; charset=iso-8859-1",
                "<title>Gent</title><p>call +44 7700 900123 caf\\u00e9</p><script>x</script>") +
          "," + entry("application/json", "eyJhIjoxfQ==", R"(, "encoding": "base64")") + "," +
          entry("font/woff2", "AAAA", R"(, "encoding": "base64")") + "," + entry("text/html", ""));
  const Collected read = read_holding(bytes);
  ASSERT_FALSE(read.error) << read.error->message();
  EXPECT_EQ(read.forms, std::vector<std::string>{"capture (HAR)"});
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.value(0, Field::title), "Gent");
  EXPECT_THAT(read.value(0, Field::text), HasSubstr("call +44 7700 900123 caf\xc3\xa9"));
  EXPECT_EQ(read.value(0, Field::url), "https://ads.example.org/1");
  EXPECT_EQ(read.cell(0, "status"), "200");
  EXPECT_EQ(read.cell(0, "record"), "entry 1");
  EXPECT_EQ(read.value(1, Field::text), "{\"a\":1}");
  const auto [batch, row] = read.at(1);
  EXPECT_EQ(bytes.substr(batch->byte[row], batch->length[row]), read.raw_row(1));
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].member, "entry 3");
  EXPECT_THAT(read.held[1].sentence, HasSubstr("was not recorded"));
}

TEST(ReadHar, RejectsWhatIsBrokenAndKeepsWhatCameBefore) {
  const std::string sound = har(entry("text/html", "<p>one</p>") + "," + entry("text/html", "two"));
  const Collected cut = read_holding(sound.substr(0, sound.size() - 40));
  ASSERT_FALSE(cut.error);
  EXPECT_EQ(cut.records + cut.rejects.size(), cut.count.rows);
  EXPECT_GE(cut.rejects.size(), 1u);
  const Collected none = read_holding(R"({"log": {"creator": {"name": 1}, "entries": 7}})");
  ASSERT_EQ(none.rejects.size(), 1u);
  const Collected odd = read_holding(har("7, {}, " + entry("text/html", "x")));
  ASSERT_FALSE(odd.error);
  EXPECT_GE(odd.rejects.size(), 1u);
}

TEST(ReadHar, IsHeldWhereItIsTooLarge) {
  ReadOptions options;
  options.max_row_bytes = 100;
  const std::string bytes = har(entry("text/html", std::string(500, 'x')));
  const Collected read = read_holding(bytes, {}, options);
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].sha256, sha256_hex(bytes));
}

const std::string kWarc =
    "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    "WARC-Target-URI: https://ads.example.org/1\r\nWARC-Date: 2026-09-27T02:05:03Z\r\n"
    "Content-Type: text/html\r\nContent-Length: 31\r\n\r\n<p>call +44 7700 900123 now</p>\r\n\r\n";

struct MadeWacz {
  std::vector<MadeMember> members = {{"archive/a.warc.gz", made_compressed(kWarc, "gzip")},
                                     {"pages/pages.jsonl", "{}\n"}};
  std::string created = "2026-09-27T02:06:00Z";
  std::string signed_data;  // of the digest; empty: none
  bool with_digest = true;

  [[nodiscard]] std::string description() const {
    std::string out = R"({"profile": "data-package", "wacz_version": "1.1.1", "title": "advert 1",)"
                      R"("created": ")" +
                      created + R"(", "resources": [)";
    for (const auto& [path, bytes] : members)
      out += fmt::format(R"({}{{"name": "x", "path": "{}", "hash": "sha256:{}", "bytes": {}}})",
                         out.ends_with('[') ? "" : ", ", path, sha256_hex(bytes), bytes.size());
    return out + "]}";
  }
  // @param stored  what lies in the zip in the place of the members.
  [[nodiscard]] std::string zip(std::vector<MadeMember> stored) const {
    stored.emplace_back("datapackage.json", description());
    if (with_digest)
      stored.emplace_back("datapackage-digest.json",
                          fmt::format(R"({{"path": "datapackage.json", "hash": "sha256:{}"{}}})",
                                      sha256_hex(description()), signed_data));
    return made_archive(stored, true);
  }
  [[nodiscard]] std::string zip() const { return zip(members); }
};

TEST(ReadWacz, GivesThePagesOfASoundPackage) {
  const Collected read = read_holding(MadeWacz().zip());
  ASSERT_FALSE(read.error) << read.error->message();
  ASSERT_EQ(read.records, 2u);
  EXPECT_EQ(read.value(0, Field::title), "advert 1");
  EXPECT_EQ(read.cell(0, "signature"), "not signed; its digest holds");
  EXPECT_EQ(read.value(1, Field::url), "https://ads.example.org/1");
  EXPECT_THAT(read.value(1, Field::text), HasSubstr("+44 7700 900123"));
  EXPECT_EQ(read.at(1).first->member, "archive/a.warc.gz");
  ASSERT_EQ(read.held.size(), 1u);
  EXPECT_EQ(read.held[0].member, "pages/pages.jsonl");
}

TEST(ReadWacz, HoldsAMemberThatIsNotTheOneThatWasCaptured) {
  std::string other = kWarc;
  other.replace(other.find("900123"), 6, "900124");
  MadeWacz made;
  made.with_digest = false;
  const Collected read = read_holding(
      made.zip({{"archive/a.warc.gz", made_compressed(other, "gzip")}, {"archive/b.warc", kWarc}}));
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 1u);
  EXPECT_EQ(read.cell(0, "signature"), "not signed");
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_altered_member);
  EXPECT_THAT(read.held[1].sentence, HasSubstr("does not list it"));
  ASSERT_EQ(read.rejects.size(), 1u);
  EXPECT_EQ(read.rejects[0].member, "pages/pages.jsonl");
}

TEST(ReadWacz, BelievesNothingWhereTheDigestOrSignatureIsNotOverIt) {
  MadeWacz forged;
  forged.signed_data = R"(, "signedData": {"hash": "sha256:00", "created": "2026", )"
                       R"("signature": "AAAA", "publicKey": "AAAA"})";
  const Collected read = read_holding(forged.zip());
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 1u);
  EXPECT_EQ(read.cell(0, "signature"), "the signature is not over this package");
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_altered_member);
}

// Of a key made for this test, over the hash of the one letter "x"; r and s side by side.
const std::string kKey =
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEeB+krTCNLgYpKCc7yHMEBmw1nn78+kPM5K6CeBYp378oXLui"
    "zX9SWUiOvwiEsIAlwHgChm2aucq9s6iJWYX5m7Awcuui4Fkg+7Ktk6HvhiVPJ3Jsj041D+qd/nt1lj14";
const std::string kSignature =
    "ism7kgLoxNyLR0BXwuzlRydf47ukjJ2eJoiU1u7XFEeLmIdABm8bs+RPuS8y6Sv1Ge9sLy7VWj6qBWvS"
    "hJNgzTDaTztyoiEIrBZ0z1JtMJgjtcCyjDaz5FIZZR+AniBK";

std::string digest_of(const std::string& described, const std::string& signature) {
  const std::string hash = "sha256:" + sha256_hex(described);
  return fmt::format(
      R"({{"hash": "{}", "signedData": {{"hash": "{}", "created": "", "signature": "{}", )"
      R"("publicKey": "{}"}}}})",
      hash, hash, signature, kKey);
}

TEST(CheckDigest, TakesASignatureOfABrowsersKeyAndNoOther) {
  WaczPackage package;
  package.described = "x";
  check_digest(digest_of("x", kSignature), package);
  EXPECT_FALSE(package.is_altered);
  EXPECT_EQ(package.signature, "signed, by a key that names nobody");
  check_digest(digest_of("y", kSignature), package);
  EXPECT_TRUE(package.is_altered);
  WaczPackage other;
  other.described = "y";
  check_digest(digest_of("y", kSignature), other);
  EXPECT_TRUE(other.is_altered);
  WaczPackage none;
  check_digest("", none);
  EXPECT_EQ(none.signature, "not signed");
  check_digest("{", none);
  EXPECT_TRUE(none.is_altered);
}

// A package is no way around what archives are held to.
TEST(ReadWacz, IsNoWayOut) {
  MadeWacz made;
  made.members = {{"../../etc/x.warc", kWarc},
                  {"archive/b.warc.gz", made_compressed(made_compressed(kWarc, "gzip"), "gzip")}};
  const Collected read = read_holding(made.zip());
  ASSERT_FALSE(read.error);
  EXPECT_EQ(read.records, 1u);
  ASSERT_EQ(read.held.size(), 2u);
  EXPECT_EQ(read.held[0].code, ErrorCode::intake_unsafe_path);
}

}  // namespace
}  // namespace ovillo::intake
