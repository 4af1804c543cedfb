// A plain file read as sightings: who, where, when, from what kind of record.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/route/stay.hpp"

namespace ovillo::flow {

/// Columns: entity, place, from, kind; if there are any: to, network, latitude, longitude, country,
/// uncertainty_minutes. A row that cannot be read is told on `warn` and left out.
/// @param vocabulary  folder with places/places.tsv, for places without coordinates.
/// @error flow.no_such_column, base.bad_data_file, intake.*.
Result<std::vector<route::Stay>> read_sightings(const std::string& path,
                                                const std::filesystem::path& vocabulary,
                                                std::ostream& warn);

}  // namespace ovillo::flow
