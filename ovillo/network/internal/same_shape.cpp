#include "ovillo/network/internal/same_shape.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace ovillo::network::internal {

namespace {

constexpr std::uint32_t kNobody = 0xffffffff;

using Colours = std::vector<std::uint32_t>;

/// What a node sees: its own colour, then each neighbour's colour with the label of the link.
using Sight = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Sight sight_of(const LabelledGraph& graph, const Colours& colour, std::size_t v) {
  Sight out;
  for (const auto& half : graph.around[v]) out.emplace_back(colour[half.node], half.label);
  std::sort(out.begin(), out.end());
  out.insert(out.begin(), {colour[v], 0});
  return out;
}

/// Refines until nothing changes. @return the number of colours; 0 when the two differ.
std::uint32_t refine(const LabelledGraph& a, const LabelledGraph& b, Colours& of_a, Colours& of_b) {
  std::uint32_t n_colours = 1;
  while (true) {
    std::map<Sight, std::pair<std::uint32_t, std::int64_t>> kinds;  // colour; nodes of a minus b
    std::vector<Sight> in_a;
    std::vector<Sight> in_b;
    for (std::size_t v = 0; v < a.around.size(); ++v) {
      in_a.push_back(sight_of(a, of_a, v));
      ++kinds[in_a.back()].second;
      in_b.push_back(sight_of(b, of_b, v));
      --kinds[in_b.back()].second;
    }
    std::uint32_t next = 0;
    for (auto& [sight, kind] : kinds) {
      if (kind.second != 0) return 0;
      kind.first = next++;
    }
    for (std::size_t v = 0; v < in_a.size(); ++v) {
      of_a[v] = kinds.at(in_a[v]).first;
      of_b[v] = kinds.at(in_b[v]).first;
    }
    if (next == n_colours) return n_colours;
    n_colours = next;
  }
}

class Matching {
 public:
  Matching(const LabelledGraph& a, const LabelledGraph& b, const Colours& of_a, const Colours& of_b,
           std::uint64_t max_trials)
      : a_(a),
        b_(b),
        of_a_(of_a),
        trials_left_(max_trials),
        to_b_(a.around.size(), kNobody),
        used_(b.around.size(), 0),
        with_colour_(b.around.size()) {
    for (std::uint32_t v = 0; v < of_b.size(); ++v) with_colour_[of_b[v]].push_back(v);
    set_order();
  }

  Sameness find() {
    if (place(0)) return Sameness::same;
    return trials_left_ == 0 ? Sameness::undecided : Sameness::different;
  }

 private:
  /// Rare colours first, then always a neighbour of what is placed: a wrong start fails early.
  void set_order() {
    std::vector<char> listed(a_.around.size(), 0);
    std::vector<std::uint32_t> start(a_.around.size());
    std::iota(start.begin(), start.end(), 0U);
    std::stable_sort(start.begin(), start.end(), [&](std::uint32_t x, std::uint32_t y) {
      return with_colour_[of_a_[x]].size() < with_colour_[of_a_[y]].size();
    });
    for (const std::uint32_t first : start) {
      if (listed[first] != 0) continue;
      listed[first] = 1;
      for (std::size_t at = order_.size(), end = at + (order_.push_back(first), 1); at < end;
           ++at) {
        for (const auto& half : a_.around[order_[at]]) {
          if (listed[half.node] != 0) continue;
          listed[half.node] = 1;
          order_.push_back(half.node);
          ++end;
        }
      }
    }
  }
  [[nodiscard]] bool fits(std::uint32_t v, std::uint32_t image) const {
    const auto& around = b_.around[image];
    return std::all_of(a_.around[v].begin(), a_.around[v].end(), [&](const auto& half) {
      if (to_b_[half.node] == kNobody) return true;
      const auto at = std::lower_bound(
          around.begin(), around.end(), to_b_[half.node],
          [](const LabelledGraph::Half& one, std::uint32_t node) { return one.node < node; });
      return at != around.end() && at->node == to_b_[half.node] && at->label == half.label;
    });
  }
  // Equal degrees (colours see them) make a mapping that keeps every link keep every gap too.
  bool place(std::size_t depth) {
    if (depth == order_.size()) return true;
    const std::uint32_t v = order_[depth];
    for (const std::uint32_t image : with_colour_[of_a_[v]]) {
      if (used_[image] != 0) continue;
      if (trials_left_ == 0) return false;
      --trials_left_;
      if (!fits(v, image)) continue;
      to_b_[v] = image;
      used_[image] = 1;
      if (place(depth + 1)) return true;
      used_[image] = 0;
      to_b_[v] = kNobody;
    }
    return false;
  }

  const LabelledGraph& a_;
  const LabelledGraph& b_;
  const Colours& of_a_;
  std::uint64_t trials_left_;
  std::vector<std::uint32_t> to_b_;
  std::vector<char> used_;
  std::vector<std::vector<std::uint32_t>> with_colour_;
  std::vector<std::uint32_t> order_;
};

}  // namespace

ShapeAnswer same_shape(const LabelledGraph& a, const LabelledGraph& b, std::uint64_t max_trials) {
  // place() goes one call deeper per node; larger graphs are left to refinement.
  constexpr std::size_t kMostPlaced = 5'000;
  if (a.around.size() != b.around.size()) return {};
  Colours of_a(a.around.size(), 0);
  Colours of_b(b.around.size(), 0);
  const std::uint32_t n_colours = refine(a, b, of_a, of_b);
  if (n_colours == 0) return {};
  if (a.around.size() > kMostPlaced) return {Sameness::undecided, n_colours};
  return {Matching(a, b, of_a, of_b, max_trials).find(), n_colours};
}

}  // namespace ovillo::network::internal
