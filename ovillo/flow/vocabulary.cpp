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
                                    const storage::Workspace& workspace) {
  OVILLO_TRY(auto extractor, extract::Extractor::open(data));
  OVILLO_TRY(auto assessor, assess::Assessor::open(data));
  OVILLO_TRY(auto trained, trained_background(workspace));
  OVILLO_TRY(auto digest, digest_of(data));
  if (!trained) {
    OVILLO_TRY(auto shipped, cluster::Background::open(data));
    trained = std::move(shipped);
  }
  const std::string background = sha256_hex(trained->serialise()).substr(0, 12);
  return Vocabulary{
      std::move(extractor), std::move(*trained), std::move(assessor),
      fmt::format("extract{}-sketch{}-background:{}-vocabulary:{}", extract::kRulesVersion,
                  cluster::kSketchVersion, background, digest.substr(0, 12))};
}

}  // namespace ovillo::flow
