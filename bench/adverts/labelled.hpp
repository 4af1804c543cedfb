// Labelled sets and answers, as CSV files with a header row.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::bench {

/// n texts and their truth. Columns are found by name; `cluster` and `lang` may be missing.
struct Labelled {
  std::vector<std::string> id;
  StringColumn text;
  std::vector<std::int32_t> cluster;  ///< [n], -1: alone
  std::vector<std::string> language;  ///< [n], "" where the set has no such column
};

/// @error base.cannot_read. A set without the columns `id` and `text` gives no rows.
Result<Labelled> read_labelled(const std::filesystem::path& path);

/// An answer as `ovillo cluster` writes it: columns `id` and `cluster`, empty: alone.
/// @return  cluster per text of `set`; texts that the answer does not name stand alone.
/// @error base.cannot_read.
Result<std::vector<std::int32_t>> read_answer(const std::filesystem::path& path,
                                              const Labelled& set);

/// Writes an answer, the same bytes as `ovillo cluster`. @error base.cannot_write.
Result<void> write_answer(const std::filesystem::path& path, const Labelled& set,
                          const std::vector<std::int32_t>& cluster);

}  // namespace ovillo::bench
