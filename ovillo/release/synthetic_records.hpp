// Records of people who do not exist, with the counts of published marginals.
//
// Made of what was published and of chance alone, so they tell nothing more than the marginals do.
// No record has a combination, of any length counted, that was not published.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/release/private_marginals.hpp"
#include "ovillo/release/random_bits.hpp"

namespace ovillo::release {

struct SyntheticRecords {
  static constexpr std::uint32_t kNotStated = 0;

  std::size_t n_columns = 0;
  std::vector<std::uint32_t> attributes;  ///< record by record, a column each: attribute + 1

  [[nodiscard]] std::size_t size() const {
    return n_columns == 0 ? 0 : attributes.size() / n_columns;
  }
};

/// As many records as the marginals say there are. First each column is drawn given the columns
/// before it, then values are exchanged while that brings counts of one and two values nearer.
/// @cost  a few dozen steps a value and pass. The order of the records means nothing.
SyntheticRecords synthetic_records(const PrivateMarginals& marginals, RandomBits& bits);

}  // namespace ovillo::release
