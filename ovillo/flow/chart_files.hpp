// A network as a chart of other tools: GraphML, GEXF, i2 ANX. All of it can be read back
// (docs/formats/charts.md).
#pragma once

#include <map>
#include <string>
#include <utility>

#include "ovillo/flow/show.hpp"

namespace ovillo::flow {

/// Where members stand, in lengths of a link; who is not here stands in the middle.
using ChartPlaces = std::map<EntityId, std::pair<double, double>>;

std::string graphml_of(const NetworkPage& page, const std::string& purpose);
/// GEXF 1.3.
std::string gexf_of(const NetworkPage& page, const ChartPlaces& places, const std::string& purpose);
/// UTF-8. Every link carries a card with its statement type, weight, records and the purpose.
/// @misses  grades and single records of a link.
std::string anx_of(const NetworkPage& page, const ChartPlaces& places, const std::string& purpose);

}  // namespace ovillo::flow
