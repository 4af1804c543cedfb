// Doubts about the input itself, before anything is concluded from it.
//
// Published collections of covert networks hold a layer copied under another name, a phase that is
// another phase under other labels, and directions dropped on the way. Each of these looks like a
// finding. So the lists are compared with one another and with what is said of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/network/measures.hpp"

namespace ovillo::network {

enum class InputDoubt : std::uint8_t {
  copy,             ///< the same rows in the same order as another list
  same_links,       ///< the same links with the same weights as another list, rows in another order
  same_shape,       ///< another list under other names
  both_directions,  ///< said to be directed, but every link stands in both directions
  one_direction,   ///< said to be directed, but every link goes from the smaller to the larger name
  shared_by_many,  ///< one value is tied to implausibly many
  placeholder,     ///< a word for "not known" ties several
};
std::span<const std::string_view> names(InputDoubt);

struct DoubtFound {
  InputDoubt doubt = InputDoubt::copy;
  std::size_t list = 0;
  std::optional<std::size_t> other;  ///< the earlier list it is compared with
  std::string node;                  ///< the value, for shared_by_many and placeholder
  std::uint64_t n = 0;               ///< links (or neighbours of the node) that show it
  bool weights_too = false;          ///< same_shape: the weights fit as well
  bool proven = true;                ///< same_shape: false where refinement alone says so
};

struct InputCheckOptions {
  bool said_directed = false;
};

/// @param lists  as read, direction from a to b.
/// @return  in order of lists, then of InputDoubt, then of the other list or the node.
/// @cost    O(m log m) per list; same_shape compares lists of equal degree sequences, exactly up to
///          some 200,000 trials, by colour refinement beyond.
/// @misses  lists below ten links, where chance explains much; a copy with changed rows; a
/// relabelled
///          tree or ring without weights; lists whose likeness is lawful (two exports of one
///          source).
std::vector<DoubtFound> check_inputs(std::span<const EdgeList> lists,
                                     const InputCheckOptions& options = {});

}  // namespace ovillo::network
