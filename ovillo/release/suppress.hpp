// Which cells to withhold so that small counts cannot be worked out.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/release/attack.hpp"
#include "ovillo/release/count_table.hpp"

namespace ovillo::release {

struct SuppressionRule {
  std::uint64_t minimum = 5;  ///< counts from 1 to below it are withheld
  bool zeros = false;         ///< and those of nobody
  /// How wide the interval of each of them must stay: its greatest value less its least, as far as
  /// the published cells tell.
  std::uint64_t width = 5;
};

struct Suppression {
  std::vector<bool> primary;    ///< per cell: too small
  std::vector<bool> secondary;  ///< withheld to protect others
  std::uint64_t n_primary = 0;
  std::uint64_t n_secondary = 0;
  std::vector<std::size_t> unprotected;  ///< cells that nothing can protect: earlier releases told

  [[nodiscard]] bool withheld(std::size_t cell) const { return primary[cell] || secondary[cell]; }
};

/// Withholds what is small, then as few people as it finds of the rest, one small cell after the
/// other: for each, the cheapest way in which the table could be different by `width` at that cell
/// and still look the same. What that way touches is withheld, so the protection holds by
/// construction.
/// @param told  cells that earlier releases of the same counts published; they cannot be withheld.
///              Empty: none.
/// @cost  a linear programme a small cell that is not protected yet. Source: Kelly, Golden and
/// Assad
///        1992 (the idea); Fischetti and Salazar 2001.
Suppression suppress(const CountTable& table, const SuppressionRule& rule,
                     const std::vector<bool>& told = {});

/// The table as everybody sees it.
Published published(const CountTable& table, const Suppression& suppression);

/// Values of a dimension of which every cell but the zeros is withheld: the setting erases these
/// groups from the table. Totals are not counted.
struct ErasedGroup {
  std::size_t dimension = 0;
  std::size_t value = 0;
  std::uint64_t people = 0;
};
std::vector<ErasedGroup> erased_groups(const CountTable& table, const Suppression& suppression);

}  // namespace ovillo::release
