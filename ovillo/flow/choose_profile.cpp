#include "ovillo/flow/choose_profile.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include "ovillo/intake/propose.hpp"

namespace ovillo::flow {

Result<ChosenProfile> choose_profile(const ImportOrder& order, const std::string& path) {
  if (order.profile) return ChosenProfile{*order.profile, false};
  // Standard input cannot be looked at twice; a reader that needs no mapping takes it as it is.
  if (path == "-") return Error(ErrorCode::flow_profile_needed, {}, Locus{path, {}, {}, {}, {}});
  auto proposed = intake::propose(path);
  if (!proposed) {
    // What nothing reads is held; that takes no mapping.
    if (proposed.error().code() != ErrorCode::intake_unknown_format) return proposed.error();
    ChosenProfile none;
    none.profile.name = "none";
    return none;
  }
  intake::Proposal& proposal = *proposed;
  OVILLO_TRY(const auto shipped, intake::shipped_profiles(order.data));
  std::vector<std::string> header;
  header.reserve(proposal.columns.size());
  for (const intake::ColumnProposal& column : proposal.columns) header.push_back(column.column);
  if (auto best = intake::best_profile(shipped, header))
    return ChosenProfile{std::move(*best), false};
  return ChosenProfile{std::move(proposal.profile), !proposal.shipped};
}

Result<intake::Profile> open_profile(const std::filesystem::path& data, const std::string& name) {
  std::filesystem::path path = name;
  const auto shipped = data / "profiles" / (name + ".toml");
  if (name.find('/') == std::string::npos && std::filesystem::exists(shipped)) path = shipped;
  return intake::read_profile(path);
}

}  // namespace ovillo::flow
