#include "ovillo/network/internal/join.hpp"

#include <algorithm>
#include <cstddef>
#include <queue>

#include "ovillo/base/decimal.hpp"
#include "ovillo/graph/union_find.hpp"

namespace ovillo::network::internal {

namespace {

/// The strength of a bridge against the weaker side: bridge * n / inner, compared without division.
/// Nothing inside (inner 0) is weaker than anything.
struct Bridge {
  std::int64_t weight;
  std::int64_t inner;    ///< twice the weight inside the weaker side
  std::int64_t n_nodes;  ///< of the weaker side
  Node a;
  Node b;  ///< a < b
  std::uint32_t version_a;
  std::uint32_t version_b;
};

/// Order of joining, the best last (for a heap).
struct Worse {
  bool operator()(const Bridge& x, const Bridge& y) const {
    const Int128 left = static_cast<Int128>(x.weight) * x.n_nodes * y.inner;
    const Int128 right = static_cast<Int128>(y.weight) * y.n_nodes * x.inner;
    if (left != right) return left < right;
    if ((x.inner == 0) != (y.inner == 0)) return y.inner == 0;
    if (x.weight != y.weight) return x.weight < y.weight;
    return x.a != y.a ? x.a > y.a : x.b > y.b;
  }
};

class Joiner {
 public:
  Joiner(const Subgraph& graph, std::vector<Node>& community, std::uint32_t share_per_mille)
      : community_(community),
        share_per_mille_(share_per_mille),
        sets_(graph.n_nodes()),
        side_(graph.n_nodes()) {
    measure(graph);
    for (Node c = 0; c < side_.size(); ++c)
      for (const auto& [to, weight] : side_[c].bridges)
        if (c < to) offer(c, to, weight);
  }

  void run() {
    while (!heap_.empty()) {
      const Bridge best = heap_.top();
      heap_.pop();
      if (side_[best.a].version == best.version_a && side_[best.b].version == best.version_b)
        join(best.a, best.b, best.weight);
    }
    for (Node& c : community_) c = sets_.find(c);
  }

 private:
  using Neighbour = std::pair<Node, std::int64_t>;

  struct Side {
    std::int64_t inner = 0;
    std::int64_t n_nodes = 0;
    std::uint32_t version = 0;
    std::vector<Neighbour> bridges;  ///< ascending by community
  };

  void measure(const Subgraph& graph) {
    for (Node v = 0; v < graph.n_nodes(); ++v) {
      Side& side = side_[community_[v]];
      ++side.n_nodes;
      graph.for_each(v, [&](Node u, std::int64_t weight) {
        if (community_[u] == community_[v]) {
          side.inner += weight;
        } else {
          side.bridges.emplace_back(community_[u], weight);
        }
      });
    }
    for (Side& side : side_) {
      std::sort(side.bridges.begin(), side.bridges.end());
      add_up(side.bridges);
    }
  }

  /// Adds up neighbouring entries of one community.
  static void add_up(std::vector<Neighbour>& sorted) {
    std::size_t kept = 0;
    for (const Neighbour& next : sorted) {
      if (kept > 0 && sorted[kept - 1].first == next.first) {
        sorted[kept - 1].second += next.second;
      } else {
        sorted[kept++] = next;
      }
    }
    sorted.resize(kept);
  }

  /// Puts a bridge up for joining if it is strong enough as things stand.
  void offer(Node a, Node b, std::int64_t weight) {
    if (a > b) std::swap(a, b);
    const Side& x = side_[a];
    const Side& y = side_[b];
    const bool x_is_weaker =
        static_cast<Int128>(x.inner) * y.n_nodes <= static_cast<Int128>(y.inner) * x.n_nodes;
    const Side& weaker = x_is_weaker ? x : y;
    if (weight <= 0 || static_cast<Int128>(weight) * weaker.n_nodes * 1000 <
                           static_cast<Int128>(weaker.inner) * share_per_mille_)
      return;
    heap_.push({weight, weaker.inner, weaker.n_nodes, a, b, x.version, y.version});
  }

  void join(Node a, Node b, std::int64_t weight) {
    sets_.join(a, b);  // the smaller stays
    Side& kept = side_[a];
    Side gone = std::move(side_[b]);
    side_[b] = {};
    side_[b].version = gone.version + 1;
    ++kept.version;
    kept.inner += gone.inner + 2 * weight;
    kept.n_nodes += gone.n_nodes;
    const auto points_inside = [&](const Neighbour& to) { return to.first == a || to.first == b; };
    for (const auto& [to, bridge] : gone.bridges)
      if (to != a) redirect(side_[to].bridges, b, a, bridge);
    std::vector<Neighbour> merged;
    std::merge(kept.bridges.begin(), kept.bridges.end(), gone.bridges.begin(), gone.bridges.end(),
               std::back_inserter(merged));
    std::erase_if(merged, points_inside);
    add_up(merged);
    kept.bridges = std::move(merged);
    for (const auto& [to, bridge] : kept.bridges) offer(a, to, bridge);
  }

  /// What led to `gone` leads to `kept` from now on.
  static void redirect(std::vector<Neighbour>& bridges, Node gone, Node kept, std::int64_t weight) {
    const auto at = [&](Node c) {
      return std::lower_bound(bridges.begin(), bridges.end(), c,
                              [](const Neighbour& x, Node y) { return x.first < y; });
    };
    bridges.erase(at(gone));
    const auto place = at(kept);
    if (place != bridges.end() && place->first == kept) {
      place->second += weight;
    } else {
      bridges.insert(place, {kept, weight});
    }
  }

  std::vector<Node>& community_;
  std::uint32_t share_per_mille_;
  graph::UnionFind sets_;
  std::vector<Side> side_;  // by community
  std::priority_queue<Bridge, std::vector<Bridge>, Worse> heap_;
};

}  // namespace

void join_bridged(const Subgraph& graph, std::vector<Node>& community,
                  std::uint32_t bridge_share_per_mille) {
  if (community.size() < 2) return;
  Joiner(graph, community, bridge_share_per_mille).run();
}

}  // namespace ovillo::network::internal
