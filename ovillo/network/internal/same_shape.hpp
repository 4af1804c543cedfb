// Whether two graphs are one under other names.
#pragma once

#include <cstdint>
#include <vector>

namespace ovillo::network::internal {

/// An undirected graph whose links carry a label: neighbours ascending by node.
struct LabelledGraph {
  struct Half {
    std::uint32_t node;
    std::uint32_t label;
  };
  std::vector<std::vector<Half>> around;
};

enum class Sameness : std::uint8_t { different, same, undecided };

struct ShapeAnswer {
  Sameness sameness = Sameness::different;
  std::uint32_t n_colours = 0;  ///< kinds of nodes that refinement tells apart
};

/// Colour refinement of both together, then a search for a mapping that keeps links and labels.
/// @param max_trials  undecided beyond: refinement could not tell the two apart.
ShapeAnswer same_shape(const LabelledGraph& a, const LabelledGraph& b, std::uint64_t max_trials);

}  // namespace ovillo::network::internal
