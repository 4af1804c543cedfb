// Reading tables of overlaps and of resampled counts from files of any kind that intake reads.
#pragma once

#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::flow {

/// A row that cannot be read is an error here: a table without it would count too few.
/// @error picture.bad_table, intake.*.
Result<picture::OverlapTable> read_overlaps(const std::string& path);
Result<picture::Replicates> read_replicates(const std::string& path,
                                            const picture::OverlapTable& table);

}  // namespace ovillo::flow
