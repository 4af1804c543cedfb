#include "ovillo/network/internal/leiden.hpp"

#include <algorithm>
#include <numeric>

namespace ovillo::network::internal {

const std::vector<Node>& Leiden::run(const Subgraph& graph, int max_passes, double early_looks) {
  const std::size_t n = graph.n_nodes();
  best_.resize(n);
  std::iota(best_.begin(), best_.end(), Node{0});
  if (n == 1) return best_;
  if (slot_.size() < n) slot_.resize(n);
  for (int pass = 0; pass < max_passes; ++pass) {
    looks_ = pass + 1 < max_passes ? early_looks : 0;
    if (!one_pass(graph)) break;
  }
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
  // Communities first, so that their slots are on the way when they are added to.
  of_neighbour_.clear();
  graph.for_each(v, [&](Node u, std::int64_t) {
    of_neighbour_.push_back(community[u]);
    __builtin_prefetch(&slot_[of_neighbour_.back()]);
  });
  const Node* of = of_neighbour_.data();
  graph.for_each(v, [&](Node u, std::int64_t weight) {
    const Node c = *of++;
    if (u == v) return;  // what an aggregated node holds inside goes with it wherever it moves
    std::int64_t& link = slot_[c].link;
    if (link == kNone) {
      link = 0;
      met_.push_back(c);
    }
    link += weight;
  });
}

bool Leiden::narrow_gains(const Subgraph& graph) const {
  constexpr Int128 kMost = Int128{1} << 61;
  Int128 all_sizes = 0;
  Int128 largest = 0;
  for (const std::int64_t size : graph.size) {
    all_sizes += size;
    largest = std::max<Int128>(largest, size);
  }
  // Three factors of less than 2^64 each may leave even 128 bits: step by step.
  const Int128 at_most = largest * all_sizes;
  if (at_most >= kMost || gamma_q40_ * at_most >= kMost) return false;
  for (Node v = 0; v < graph.n_nodes(); ++v) {
    Int128 strength = 0;
    graph.for_each(v,
                   [&](Node, std::int64_t weight) { strength += weight < 0 ? -weight : weight; });
    if (strength >= kMost >> 40) return false;
  }
  return true;
}

/// The community that v, taken out of its own, gains most from; its own unless another is better.
template <class Int>
Node Leiden::best_community(const Subgraph& graph, Node v, const std::vector<Node>& community) {
  gather(graph, v, community);
  const Node own = community[v];
  const std::int64_t size = graph.size[v];
  const auto gain_in = [&](Node c, std::int64_t link) {
    return gain<Int>(link, size, slot_[c].size - (c == own ? size : 0));
  };
  Node best = own;
  Int best_gain = gain_in(own, slot_[own].link == kNone ? 0 : slot_[own].link);
  // Alone: an empty community gains nothing, which may still be better.
  if (best_gain < 0 && !empty_.empty()) {
    best = empty_.back();
    best_gain = 0;
  }
  for (const Node c : met_) {
    if (c == own) continue;
    const Int g = gain_in(c, slot_[c].link);
    if (g > best_gain || (g == best_gain && best != own && c < best)) {
      best = c;
      best_gain = g;
    }
  }
  forget();
  return best;
}

bool Leiden::move_nodes(const Subgraph& graph, std::vector<Node>& community) {
  return narrow_gains(graph) ? move_nodes_by<std::int64_t>(graph, community)
                             : move_nodes_by<Int128>(graph, community);
}

/// Brings the neighbours of those who are next in the queue, and where they belong, closer.
void Leiden::fetch_ahead(const Subgraph& graph, std::size_t head, std::size_t waiting,
                         const std::vector<Node>& community) const {
  constexpr std::size_t kFar = 6;
  constexpr std::size_t kNear = 2;
  constexpr std::uint32_t kMost = 48;  // of one node's neighbours
  if (waiting <= kFar) return;
  const std::size_t n = queue_.size();
  const auto at = [&](std::size_t i) { return queue_[i >= n ? i - n : i]; };
  __builtin_prefetch(&graph.neighbour[graph.offset[at(head + kFar)]]);
  const Node near = at(head + kNear);
  const std::uint32_t begin = graph.offset[near];
  const std::uint32_t end = std::min(graph.offset[near + 1], begin + kMost);
  for (std::uint32_t i = begin; i < end; ++i) __builtin_prefetch(&community[graph.neighbour[i]]);
}

/// Fast local moving: nodes are looked at again only when a neighbour has left their community.
template <class Int>
bool Leiden::move_nodes_by(const Subgraph& graph, std::vector<Node>& community) {
  const std::size_t n = graph.n_nodes();
  for (std::size_t c = 0; c < n; ++c) slot_[c].size = 0;
  n_members_.assign(n, 0);
  for (Node v = 0; v < n; ++v) {
    slot_[community[v]].size += graph.size[v];
    ++n_members_[community[v]];
  }
  empty_.clear();
  for (Node c = static_cast<Node>(n); c-- > 0;)
    if (n_members_[c] == 0) empty_.push_back(c);
  queue_.resize(n);
  std::iota(queue_.begin(), queue_.end(), Node{0});
  queued_.assign(n, 1);
  bool moved = false;
  auto left = looks_ > 0 ? static_cast<std::size_t>(looks_ * static_cast<double>(n)) : SIZE_MAX;
  // A ring buffer: each node stands in the queue once at most.
  for (std::size_t head = 0, waiting = n; waiting > 0 && left-- > 0;
       head = head + 1 == n ? 0 : head + 1) {
    const Node v = queue_[head];
    --waiting;
    queued_[v] = 0;
    fetch_ahead(graph, head, waiting, community);
    const Node to = best_community<Int>(graph, v, community);
    const Node from = community[v];
    if (to == from) continue;
    moved = true;
    if (n_members_[to] == 0) empty_.pop_back();
    community[v] = to;
    slot_[from].size -= graph.size[v];
    slot_[to].size += graph.size[v];
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
    return gain<Int128>(outward[part], part_size[part], whole[of] - part_size[part]) >= 0;
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
      const Int128 g = gain<Int128>(slot_[part].link, graph.size[v], part_size[part]);
      if (g > best_gain || (g == best_gain && best != v && part < best)) {
        best = part;
        best_gain = g;
      }
    }
    if (best != v) {
      outward[best] += outward[v] - 2 * slot_[best].link;
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
      out.weight.push_back(slot_[to].link);
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
