// export: a network, or members chosen from it, in a format other tools read. An inference is never
// exported as a fact.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

enum class ExportFormat : std::uint8_t {
  ftm,      ///< FollowTheMoney lines
  csv,      ///< links, one a row
  graphml,  ///< GraphML 1.0
  gexf,     ///< GEXF 1.3, with places
  anx,      ///< i2 chart, with places
  geojson,  ///< towns that records name, with how many; nobody's way from one to another
};
std::span<const std::string_view> names(ExportFormat);

struct ExportOrder {
  std::string network;         ///< id or key
  std::string format = "ftm";  ///< a word of ExportFormat
  std::string purpose;         ///< of data/purposes.toml
  std::vector<EntityId> only;  ///< members to write, with the links among them; empty: all
};

/// Each export carries its purpose, and that links are machine inferences.
/// @error flow.no_such_network; flow.no_such_thing: one of `only` is no member; base.bad_argument.
Result<std::string> export_network(CaseFile& file, const ExportOrder& order);

}  // namespace ovillo::flow
