// The steps of cluster.hpp on texts folded already.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/cluster/internal/folded.hpp"

namespace ovillo::cluster {

std::vector<std::string_view> views_of(const StringColumn& texts);

/// @param n  texts folded.
SketchBatch sketch(const Folded& folded, std::size_t n, const Background& background);

/// @param rows  the component. @param raw  [rows.size()], as they were written.
Decision decide(const Folded& folded, std::span<const std::uint32_t> rows,
                std::span<const std::string_view> raw, const Background& background);
Decision decide(const Folded& folded, std::span<const std::uint32_t> rows,
                std::span<const std::string_view> raw, const Background& background,
                std::optional<Counts>& counts);

}  // namespace ovillo::cluster
