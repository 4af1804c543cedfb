#include "ovillo/graph/internal/lane_search.hpp"

#include <algorithm>

namespace ovillo::graph::internal {

namespace {

/// 1 in the lanes of the mask, 0 elsewhere.
constexpr std::array<Lanes, 256> kOn = [] {
  std::array<Lanes, 256> out{};
  for (std::size_t mask = 0; mask < out.size(); ++mask)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      out[mask][lane] = static_cast<double>(mask >> lane & 1);
  return out;
}();

/// Beyond this a count is given up: its reciprocal and its products must fit as well.
constexpr double kTooMany = 1e290;

/// How far ahead a line is fetched: the edges down are known before they are walked.
constexpr std::size_t kAhead = 12;

void fetch(const Lanes& line) { __builtin_prefetch(line.data()); }

}  // namespace

LaneSearch::LaneSearch(const Csr& graph)
    : graph_(graph),
      seen_(graph.n_nodes(), 0),
      next_(graph.n_nodes(), 0),
      paths_(graph.n_nodes(), Lanes{}),
      share_(graph.n_nodes(), Lanes{}) {
  for (Node v = 0; v < graph.n_nodes(); ++v)
    max_degree_ = std::max(max_degree_, static_cast<double>(graph.degree(v)));
}

bool LaneSearch::add(std::span<const Source> sources, Dependency& out) {
  const bool fits = walk_down(sources);
  if (fits) walk_back(sources, out);
  forget();
  return fits;
}

bool LaneSearch::walk_down(std::span<const Source> sources) {
  stop_.clear();
  step_begin_.assign(1, 0);
  down_begin_.assign(1, 0);
  most_paths_ = 1;
  for (std::size_t lane = 0; lane < sources.size(); ++lane) {
    const Node v = sources[lane].node;
    if (seen_[v] == 0) stop_.push_back({v, 0});
    seen_[v] = static_cast<LaneMask>(seen_[v] | 1U << lane);
    paths_[v][lane] = 1;
  }
  for (Stop& stop : stop_) stop.lanes = seen_[stop.node];
  for (std::size_t begin = 0; begin < stop_.size(); begin = step_begin_.back()) {
    const std::size_t end = stop_.size();
    step_begin_.push_back(end);
    find_steps_down(begin, end);
    add_paths(begin, end);
    for (std::size_t i = end; i < stop_.size(); ++i) {
      Stop& stop = stop_[i];
      stop.lanes = next_[stop.node];
      seen_[stop.node] |= stop.lanes;
      next_[stop.node] = 0;
    }
    most_paths_ *= max_degree_;
    if (most_paths_ > kTooMany && !counts_fit(end)) return false;
  }
  return true;
}

/// Which edges lead on, for which lanes: written out without a branch, because guessing wrongly
/// which neighbours lie further down is what a search would spend its time on.
void LaneSearch::find_steps_down(std::size_t begin, std::size_t end) {
  std::size_t n_down = down_begin_.back();
  for (std::size_t i = begin; i < end; ++i) {
    const Stop stop = stop_[i];
    const auto neighbours = graph_.neighbours(stop.node);
    if (down_.size() < n_down + neighbours.size()) {
      down_.resize(std::max(2 * down_.size(), n_down + neighbours.size()));
      down_lanes_.resize(down_.size());
    }
    for (const Node u : neighbours) {
      const auto lanes = static_cast<LaneMask>(stop.lanes & ~seen_[u]);
      down_[n_down] = u;
      down_lanes_[n_down] = lanes;
      n_down += lanes != 0 ? 1 : 0;
    }
    down_begin_.push_back(n_down);
  }
}

/// Hands path counts one step on; who is met first becomes a stop of the next step.
void LaneSearch::add_paths(std::size_t begin, std::size_t end) {
  const std::size_t last = down_begin_[end];
  for (std::size_t i = begin; i < end; ++i) {
    const Lanes from = paths_[stop_[i].node];
    for (std::size_t d = down_begin_[i]; d < down_begin_[i + 1]; ++d) {
      fetch(paths_[down_[std::min(d + kAhead, last - 1)]]);
      const Node u = down_[d];
      const LaneMask lanes = down_lanes_[d];
      if (next_[u] == 0) stop_.push_back({u, 0});
      next_[u] |= lanes;
      Lanes& to = paths_[u];
      for (std::size_t lane = 0; lane < kLanes; ++lane) to[lane] += from[lane] * kOn[lanes][lane];
    }
  }
}

/// Counts of the step that begins at `begin`, looked at one by one.
bool LaneSearch::counts_fit(std::size_t begin) {
  most_paths_ = 0;
  for (std::size_t i = begin; i < stop_.size(); ++i)
    for (const double paths : paths_[stop_[i].node]) most_paths_ = std::max(most_paths_, paths);
  return most_paths_ <= kTooMany;
}

/// Backwards: what depends on a node is what depends on those one step on, by share of paths.
void LaneSearch::walk_back(std::span<const Source> sources, Dependency& out) {
  Lanes times{};
  for (std::size_t lane = 0; lane < sources.size(); ++lane) times[lane] = sources[lane].times;
  const bool with_squares = !out.squares.empty();
  for (std::size_t step = step_begin_.size() - 1; step-- > 1;) {
    const std::size_t last = down_begin_[step_begin_[step + 1]];
    for (std::size_t i = step_begin_[step]; i < step_begin_[step + 1]; ++i) {
      const Stop stop = stop_[i];
      Lanes depends{};
      for (std::size_t d = down_begin_[i]; d < down_begin_[i + 1]; ++d) {
        fetch(share_[down_[std::min(d + kAhead, last - 1)]]);
        const Lanes& share = share_[down_[d]];
        const Lanes& on = kOn[down_lanes_[d]];
        for (std::size_t lane = 0; lane < kLanes; ++lane) depends[lane] += share[lane] * on[lane];
      }
      const Lanes& on = kOn[stop.lanes];
      const Lanes& paths = paths_[stop.node];
      Lanes& share = share_[stop.node];
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const double count = paths[lane] * on[lane] + (1 - on[lane]);
        depends[lane] *= count;
        share[lane] = share[lane] * (1 - on[lane]) + (1 + depends[lane]) / count * on[lane];
        depends[lane] *= on[lane];
      }
      double sum = 0;
      for (std::size_t lane = 0; lane < kLanes; ++lane) sum += depends[lane] * times[lane];
      out.sum[stop.node] += sum;
      if (!with_squares) continue;
      double squares = 0;
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        squares += depends[lane] * depends[lane] * times[lane];
      out.squares[stop.node] += squares;
    }
  }
}

void LaneSearch::forget() {
  for (const Stop& stop : stop_) {
    seen_[stop.node] = 0;
    next_[stop.node] = 0;
    paths_[stop.node] = Lanes{};
  }
}

}  // namespace ovillo::graph::internal
