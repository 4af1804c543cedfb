#include "ovillo/network/internal/leiden.hpp"

#include <algorithm>
#include <numeric>

namespace ovillo::network::internal {

const std::vector<Node>& Leiden::run(const Subgraph& graph, int max_passes) {
  const std::size_t n = graph.n_nodes();
  best_.resize(n);
  std::iota(best_.begin(), best_.end(), Node{0});
  if (n == 1) return best_;
  if (link_.size() < n) link_.resize(n, kNone);
  for (int pass = 0; pass < max_passes; ++pass)
    if (!one_pass(graph)) break;
  // Named by the smallest member.
  number_.assign(n, static_cast<Node>(n));
  for (Node v = 0; v < n; ++v) number_[best_[v]] = std::min(number_[best_[v]], v);
  for (Node v = 0; v < n; ++v) best_[v] = number_[best_[v]];
  return best_;
}

/// From best_ down through the levels and back. @return whether any node moved.
bool Leiden::one_pass(const Subgraph& graph) {
  const Subgraph* level = &graph;
  Subgraph coarse;
  std::vector<Node> community = best_;          // per node of the level
  std::vector<Node> at_level(graph.n_nodes());  // node of the level, per node of the graph
  std::iota(at_level.begin(), at_level.end(), Node{0});
  std::vector<Node> fine;
  bool moved = false;
  while (true) {
    moved |= move_nodes(*level, community);
    const std::size_t n_communities = compact(community);
    if (n_communities == level->n_nodes()) break;
    refine(*level, community, fine);
    const std::size_t n_fine = compact(fine);
    if (n_fine == level->n_nodes()) break;
    std::vector<Node> of_fine(n_fine);
    for (Node v = 0; v < level->n_nodes(); ++v) of_fine[fine[v]] = community[v];
    coarse = aggregate(*level, fine, n_fine);
    for (Node& at : at_level) at = fine[at];
    community = std::move(of_fine);
    level = &coarse;
  }
  for (Node v = 0; v < graph.n_nodes(); ++v) best_[v] = community[at_level[v]];
  split_disconnected(graph, best_);
  return moved;
}

void Leiden::gather(const Subgraph& graph, Node v, const std::vector<Node>& community) {
  graph.for_each(v, [&](Node u, std::int64_t weight) {
    if (u == v) return;  // what an aggregated node holds inside goes with it wherever it moves
    const Node c = community[u];
    if (link_[c] == kNone) {
      link_[c] = 0;
      met_.push_back(c);
    }
    link_[c] += weight;
  });
}

/// The community that v, taken out of its own, gains most from; its own unless another is better.
Node Leiden::best_community(const Subgraph& graph, Node v, const std::vector<Node>& community) {
  gather(graph, v, community);
  const Node own = community[v];
  const std::int64_t size = graph.size[v];
  const auto gain_in = [&](Node c, std::int64_t link) {
    return gain(link, size, community_size_[c] - (c == own ? size : 0));
  };
  Node best = own;
  Int128 best_gain = gain_in(own, link_[own] == kNone ? 0 : link_[own]);
  // Alone: an empty community gains nothing, which may still be better.
  if (best_gain < 0 && !empty_.empty()) {
    best = empty_.back();
    best_gain = 0;
  }
  for (const Node c : met_) {
    if (c == own) continue;
    const Int128 g = gain_in(c, link_[c]);
    if (g > best_gain || (g == best_gain && best != own && c < best)) {
      best = c;
      best_gain = g;
    }
  }
  forget();
  return best;
}

/// Fast local moving: nodes are looked at again only when a neighbour has left their community.
bool Leiden::move_nodes(const Subgraph& graph, std::vector<Node>& community) {
  const std::size_t n = graph.n_nodes();
  community_size_.assign(n, 0);
  n_members_.assign(n, 0);
  for (Node v = 0; v < n; ++v) {
    community_size_[community[v]] += graph.size[v];
    ++n_members_[community[v]];
  }
  empty_.clear();
  for (Node c = static_cast<Node>(n); c-- > 0;)
    if (n_members_[c] == 0) empty_.push_back(c);
  queue_.resize(n);
  std::iota(queue_.begin(), queue_.end(), Node{0});
  queued_.assign(n, 1);
  bool moved = false;
  // A ring buffer: each node stands in the queue once at most.
  for (std::size_t head = 0, waiting = n; waiting > 0; head = head + 1 == n ? 0 : head + 1) {
    const Node v = queue_[head];
    --waiting;
    queued_[v] = 0;
    const Node to = best_community(graph, v, community);
    const Node from = community[v];
    if (to == from) continue;
    moved = true;
    if (n_members_[to] == 0) empty_.pop_back();
    community[v] = to;
    community_size_[from] -= graph.size[v];
    community_size_[to] += graph.size[v];
    ++n_members_[to];
    if (--n_members_[from] == 0) empty_.push_back(from);
    graph.for_each(v, [&](Node u, std::int64_t) {
      if (queued_[u] || community[u] == to) return;
      queued_[u] = 1;
      queue_[(head + 1 + waiting++) % n] = u;
    });
  }
  return moved;
}

/// Inside each community, grows parts from single nodes; a node joins a part only where both hang
/// well together with the rest of the community. Parts are what the next level moves as one.
void Leiden::refine(const Subgraph& graph, const std::vector<Node>& community,
                    std::vector<Node>& fine) {
  const std::size_t n = graph.n_nodes();
  fine.resize(n);
  std::iota(fine.begin(), fine.end(), Node{0});
  std::vector<std::int64_t> whole(n, 0);  // size of each community
  for (Node v = 0; v < n; ++v) whole[community[v]] += graph.size[v];
  std::vector<std::int64_t> part_size(graph.size);
  std::vector<std::int64_t> outward(n, 0);  // weight from a part to the rest of its community
  for (Node v = 0; v < n; ++v) {
    graph.for_each(v, [&](Node u, std::int64_t weight) {
      if (u != v && community[u] == community[v]) outward[v] += weight;
    });
  }
  const auto hangs_together = [&](Node part, Node of) {
    return gain(outward[part], part_size[part], whole[of] - part_size[part]) >= 0;
  };
  std::vector<char> joined(n, 0);
  for (Node v = 0; v < n; ++v) {
    const Node of = community[v];
    if (joined[v] || !hangs_together(v, of)) continue;
    gather(graph, v, fine);
    Node best = v;
    Int128 best_gain = 0;
    for (const Node part : met_) {
      if (part == v || community[part] != of || !hangs_together(part, of)) continue;
      const Int128 g = gain(link_[part], graph.size[v], part_size[part]);
      if (g > best_gain || (g == best_gain && best != v && part < best)) {
        best = part;
        best_gain = g;
      }
    }
    if (best != v) {
      outward[best] += outward[v] - 2 * link_[best];
      part_size[best] += graph.size[v];
      part_size[v] = 0;
      fine[v] = best;
      // A part that others joined is named by its first node, which must stay.
      joined[best] = 1;
    }
    forget();
  }
}

Subgraph Leiden::aggregate(const Subgraph& graph, const std::vector<Node>& fine,
                           std::size_t n_fine) {
  const std::size_t n = graph.n_nodes();
  std::vector<std::uint32_t> start(n_fine + 1, 0);
  for (const Node c : fine) ++start[c + 1];
  for (std::size_t c = 0; c < n_fine; ++c) start[c + 1] += start[c];
  std::vector<Node> member(n);
  std::vector<std::uint32_t> cursor(start.begin(), start.end() - 1);
  for (Node v = 0; v < n; ++v) member[cursor[fine[v]]++] = v;
  Subgraph out;
  out.clear();
  for (Node c = 0; c < n_fine; ++c) {
    std::int64_t size = 0;
    for (std::uint32_t i = start[c]; i < start[c + 1]; ++i) {
      gather(graph, member[i], fine);
      size += graph.size[member[i]];
    }
    for (const Node to : met_) {
      if (to == c) continue;
      out.neighbour.push_back(to);
      out.weight.push_back(link_[to]);
    }
    forget();
    out.offset.push_back(static_cast<std::uint32_t>(out.neighbour.size()));
    out.size.push_back(size);
  }
  return out;
}

std::size_t Leiden::compact(std::vector<Node>& community) {
  const auto none = static_cast<Node>(community.size());
  number_.assign(community.size(), none);
  Node next = 0;
  for (Node& c : community) {
    if (number_[c] == none) number_[c] = next++;
    c = number_[c];
  }
  return next;
}

/// A community in two pieces gains from being two: nothing links them and each pair costs gamma.
void Leiden::split_disconnected(const Subgraph& graph, std::vector<Node>& community) {
  const std::size_t n = graph.n_nodes();
  const auto none = static_cast<Node>(n);
  std::vector<Node> piece(n, none);
  for (Node v = 0; v < n; ++v) {
    if (piece[v] != none) continue;
    piece[v] = v;
    queue_.assign(1, v);
    for (std::size_t head = 0; head < queue_.size(); ++head) {
      graph.for_each(queue_[head], [&](Node u, std::int64_t) {
        if (piece[u] != none || community[u] != community[v]) return;
        piece[u] = v;
        queue_.push_back(u);
      });
    }
  }
  community = std::move(piece);
}

}  // namespace ovillo::network::internal
