#include "ovillo/flow/vocabulary.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/flow/train.hpp"

namespace ovillo::flow {

namespace {

// SHA-256 over every vocabulary file, in path order.
Result<std::string> digest_of(const std::filesystem::path& data) {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"background", "indicators", "employers"}) {
    std::error_code absent;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data / folder, absent))
      if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Sha256 hash;
  for (const auto& file : files) {
    OVILLO_TRY(const auto bytes, read_file(file));
    hash.update(sha256_hex(bytes));
  }
  return hash.hex();
}

}  // namespace

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& data,
                                    const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(auto extractor, extract::Extractor::open(data));
  OVILLO_TRY(auto headers, PartHeaders::open(data));
  OVILLO_TRY(auto assessor, assess::Assessor::open(data));
  OVILLO_TRY(auto trained, trained_background(workspace, view));
  OVILLO_TRY(auto digest, digest_of(data));
  if (!trained) {
    OVILLO_TRY(auto shipped, cluster::Background::open(data));
    trained = std::move(shipped);
  }
  OVILLO_TRY(const std::string places, read_file(data / "places" / "places.tsv"));
  OVILLO_TRY(auto towns, route::Gazetteer::read(places));
  OVILLO_TRY(const auto payers, held_payers(workspace));
  SharedPayers shared;
  std::vector<std::string> employers;
  Sha256 payer_digest;
  for (const Payer& payer : payers) {
    payer_digest.update(fmt::format("{}\t{}\n", name_of(payer.kind), payer.canonical));
    if (payer.kind == PayerKind::booking_platform) shared.insert(payer.canonical);
    if (payer.kind == PayerKind::accredited_employer) employers.push_back(payer.canonical);
  }
  const std::string background = sha256_hex(trained->serialise()).substr(0, 12);
  const std::string model = fmt::format("extract{}-sketch{}-background:{}-vocabulary:{}-payers:{}",
                                        extract::kRulesVersion, cluster::kSketchVersion, background,
                                        digest.substr(0, 12), payer_digest.hex().substr(0, 12));
  return Vocabulary{std::move(extractor),  std::move(*trained), assessor.with_employers(employers),
                    std::move(shared),     std::move(headers),  model,
                    cluster::kMostInOneGo, std::move(towns)};
}

}  // namespace ovillo::flow
