#include "ovillo/flow/choose_profile.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/propose.hpp"

namespace ovillo::flow {

Result<intake::Profile> choose_profile(const ImportOrder& order, const std::string& path) {
  if (order.profile) return *order.profile;
  // Standard input cannot be looked at twice; a reader that needs no mapping takes it as it is.
  if (path == "-") return Error(ErrorCode::flow_profile_needed, {}, Locus{path, {}, {}, {}, {}});
  OVILLO_TRY(auto proposal, intake::propose(path));
  OVILLO_TRY(const auto shipped, intake::shipped_profiles(order.data));
  std::vector<std::string> header;
  header.reserve(proposal.columns.size());
  for (const intake::ColumnProposal& column : proposal.columns) header.push_back(column.column);
  if (auto best = intake::best_profile(shipped, header)) return std::move(*best);
  return std::move(proposal.profile);
}

Result<intake::Profile> open_profile(const std::filesystem::path& data, const std::string& name) {
  std::filesystem::path path = name;
  const auto shipped = data / "profiles" / (name + ".toml");
  if (name.find('/') == std::string::npos && std::filesystem::exists(shipped)) path = shipped;
  OVILLO_TRY(const auto toml, read_file(path));
  return intake::parse_profile(toml);
}

}  // namespace ovillo::flow
