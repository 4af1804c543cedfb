#include "ovillo/flow/map_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/intake/propose.hpp"

namespace ovillo::flow {

Result<FileMap> map_file(const std::string& path) {
  OVILLO_TRY(const auto proposal, intake::propose(path));
  FileMap map;
  map.toml = intake::write_profile(proposal.profile);
  map.description =
      fmt::format("{}: {}; read as {}\n", path, proposal.format, name_of(proposal.profile.kind));
  auto columns = nlohmann::ordered_json::array();
  for (const intake::ColumnProposal& column : proposal.columns) {
    map.description +=
        fmt::format("  {:<24} {:<14} {}\n", column.column, name_of(column.field), column.why);
    columns.push_back(
        {{"column", column.column}, {"field", name_of(column.field)}, {"why", column.why}});
  }
  map.json = nlohmann::ordered_json{
      {"format", proposal.format},
      {"kind", name_of(proposal.profile.kind)},
      {"columns", std::move(columns)},
      {"profile",
       map.toml}}.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return map;
}

}  // namespace ovillo::flow
