#include "ovillo/flow/replay.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "ovillo/flow/package_answers.hpp"

namespace ovillo::flow {

namespace {

/// Where two wordings part, with some of each.
Error differs(const std::string& path, const std::string& kept, const std::string& now) {
  constexpr std::size_t kShown = 60;
  constexpr std::size_t kBefore = 20;
  const auto at = static_cast<std::size_t>(
      std::mismatch(kept.begin(), kept.end(), now.begin(), now.end()).first - kept.begin());
  const std::size_t from = at - std::min(at, kBefore);
  return Error(ErrorCode::flow_replay_differs,
               fmt::format("{}, byte {}: the package has \"{}\", now it is \"{}\"", path, at,
                           kept.substr(from, kShown), now.substr(from, kShown)));
}

Result<void> compare(const PackageFiles& kept, const PackageFiles& now) {
  for (const auto& [path, bytes] : kept) {
    const auto other = now.find(path);
    if (other == now.end())
      return Error(ErrorCode::flow_replay_differs, path + " does not come out");
    if (other->second != bytes) return differs(path, bytes, other->second);
  }
  for (const auto& [path, bytes] : now)
    if (!kept.contains(path))
      return Error(ErrorCode::flow_replay_differs, path + " is not in the package");
  return {};
}

}  // namespace

Result<ReplayReport> replay(const std::filesystem::path& package,
                            const std::filesystem::path& data) {
  ReplayReport report;
  OVILLO_TRY(report.manifest, read_manifest(package));
  OVILLO_CHECK(check_sums(package));
  OVILLO_TRY(const auto kept, read_folder(package / kAnswersFolder));
  OVILLO_TRY(const auto now, work_out_answers(package, report.manifest,
                                              data.empty() ? package / kDataFolder : data));
  OVILLO_CHECK(compare(kept, now));
  report.n_files = kept.size();
  return report;
}

}  // namespace ovillo::flow
