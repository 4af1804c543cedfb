#include "ovillo/network/over_time.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "ovillo/graph/components.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/network/communities.hpp"

namespace ovillo::network {

namespace {

constexpr std::array<std::string_view, 2> kGroupings = {"component", "community"};
constexpr std::array<std::string_view, 7> kEvents = {"appeared", "gone",   "unchanged", "changed",
                                                     "split",    "merged", "regrouped"};

/// [begin, end) in UTC seconds; empty when the row states none.
std::optional<std::pair<std::int64_t, std::int64_t>> interval(const TimedEdgeList& list,
                                                              std::size_t row) {
  const auto start = parse_time(list.start[row], Zone::utc(), DateOrder::day_first);
  if (!start) return std::nullopt;
  if (list.end.empty() || list.end[row].empty())
    return std::pair{start->begin_utc_s, std::numeric_limits<std::int64_t>::max()};
  const auto end = parse_time(list.end[row], Zone::utc(), DateOrder::day_first);
  if (!end || end->end_utc_s <= start->begin_utc_s) return std::nullopt;
  return std::pair{start->begin_utc_s, end->end_utc_s};
}

using Group = std::vector<std::string>;  ///< names, ascending

struct Side {
  std::vector<Group> groups;
  std::set<std::pair<std::string, std::string>> links;
};

Side side_of(const EdgeList& edges, Grouping grouping) {
  Side out;
  const auto network = read_graph(edges, Weights::one);
  if (!network) return out;  // no link held
  const auto label = grouping == Grouping::component
                         ? graph::connected_components(network->graph)
                         : cpm_communities(network->graph, CpmOptions{});
  std::map<graph::Node, Group> groups;
  for (graph::Node v = 0; v < network->node.size(); ++v) {
    groups[label[v]].emplace_back(network->node[v]);
    for (const graph::Node u : network->graph.neighbours(v))
      if (v < u) out.links.emplace(network->node[v], network->node[u]);
  }
  for (auto& [first, members] : groups)
    if (members.size() >= 2) out.groups.push_back(std::move(members));
  return out;
}

/// Members that two groups share, for every pair that shares any.
std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> shared_members(const Side& before,
                                                                                const Side& after) {
  std::map<std::string_view, std::uint32_t> where;
  for (std::uint32_t g = 0; g < after.groups.size(); ++g)
    for (const std::string& name : after.groups[g]) where.emplace(name, g);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> out;
  for (std::uint32_t g = 0; g < before.groups.size(); ++g)
    for (const std::string& name : before.groups[g])
      if (const auto at = where.find(name); at != where.end()) ++out[{g, at->second}];
  return out;
}

GroupEvent event_of(const GroupChange& change) {
  if (change.before.empty()) return GroupEvent::appeared;
  if (change.after.empty()) return GroupEvent::gone;
  if (change.before.size() > 1)
    return change.after.size() > 1 ? GroupEvent::regrouped : GroupEvent::merged;
  if (change.after.size() > 1) return GroupEvent::split;
  const bool same = change.n_before == change.n_stayed && change.n_after == change.n_stayed;
  return same ? GroupEvent::unchanged : GroupEvent::changed;
}

std::vector<GroupChange> match(const Side& before, const Side& after) {
  const auto shared = shared_members(before, after);
  const auto n_before = static_cast<std::uint32_t>(before.groups.size());
  graph::UnionFind together(n_before + after.groups.size());
  for (const auto& [pair, n] : shared) {
    const std::size_t smaller =
        std::min(before.groups[pair.first].size(), after.groups[pair.second].size());
    if (n * 4 >= smaller) together.join(pair.first, n_before + pair.second);
  }
  std::map<graph::Node, GroupChange> events;
  for (std::uint32_t g = 0; g < n_before; ++g) {
    GroupChange& change = events[together.find(g)];
    change.before.push_back(before.groups[g].front());
    change.n_before += before.groups[g].size();
  }
  for (std::uint32_t g = 0; g < after.groups.size(); ++g) {
    GroupChange& change = events[together.find(n_before + g)];
    change.after.push_back(after.groups[g].front());
    change.n_after += after.groups[g].size();
  }
  for (const auto& [pair, n] : shared)
    if (together.find(pair.first) == together.find(n_before + pair.second))
      events[together.find(pair.first)].n_stayed += n;
  std::vector<GroupChange> out;
  for (auto& [root, change] : events) {
    change.event = event_of(change);
    out.push_back(std::move(change));
  }
  const auto first = [](const GroupChange& change) -> const std::string& {
    return change.before.empty() ? change.after.front() : change.before.front();
  };
  std::sort(out.begin(), out.end(), [&](const GroupChange& a, const GroupChange& b) {
    return first(a) != first(b) ? first(a) < first(b) : a.event > b.event;
  });
  return out;
}

}  // namespace

std::span<const std::string_view> names(Grouping) { return kGroupings; }
std::span<const std::string_view> names(GroupEvent) { return kEvents; }

Snapshot network_at(const TimedEdgeList& list, const Time& when) {
  Snapshot out;
  for (std::size_t row = 0; row < list.edges.a.size(); ++row) {
    const auto held = interval(list, row);
    if (!held) {
      out.rejects.push_back({row, ErrorCode::network_bad_interval});
      continue;
    }
    if (held->first >= when.end_utc_s || held->second <= when.begin_utc_s) continue;
    out.edges.a.push_back(list.edges.a[row]);
    out.edges.b.push_back(list.edges.b[row]);
    if (!list.edges.weight.empty()) out.edges.weight.push_back(list.edges.weight[row]);
  }
  return out;
}

Changes changes(const EdgeList& before, const EdgeList& after, Grouping grouping) {
  const Side was = side_of(before, grouping);
  const Side is = side_of(after, grouping);
  Changes out;
  for (const auto& link : was.links)
    ++(is.links.contains(link) ? out.n_links_kept : out.n_links_ended);
  out.n_links_begun = is.links.size() - out.n_links_kept;
  out.groups = match(was, is);
  return out;
}

}  // namespace ovillo::network
