// A network in time: every link holds from a day until a day.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/time.hpp"
#include "ovillo/network/measures.hpp"

namespace ovillo::network {

struct TimedEdgeList {
  EdgeList edges;
  StringColumn start;  ///< as base/time reads it
  StringColumn end;    ///< the last day (or instant) on which the link held; empty: it still does
};

/// The links that held at some moment of `when` (a day, or as precise as it is written).
struct Snapshot {
  EdgeList edges;
  std::vector<EdgeReject> rejects;  ///< network.bad_interval: no start, no time, end before start
};

/// @return rows in the order given. @cost O(rows). Times without a zone are UTC.
Snapshot network_at(const TimedEdgeList& list, const Time& when);

enum class Grouping : std::uint8_t {
  component,  ///< connected parts
  community,  ///< CPM (Leiden), links without weight, gamma 0.05
};
std::span<const std::string_view> names(Grouping);

enum class GroupEvent : std::uint8_t {
  appeared,   ///< nobody of it was in a group before
  gone,       ///< nobody of it is in a group any more
  unchanged,  ///< the same members
  changed,    ///< one group before, one after, other members
  split,      ///< one before, several after
  merged,     ///< several before, one after
  regrouped,  ///< several before, several after, bound up with one another
};
std::span<const std::string_view> names(GroupEvent);

/// Groups are named by their first member in byte order.
struct GroupChange {
  GroupEvent event = GroupEvent::unchanged;
  std::vector<std::string> before;
  std::vector<std::string> after;
  std::uint64_t n_before = 0;  ///< members
  std::uint64_t n_after = 0;
  std::uint64_t n_stayed = 0;  ///< members before and after
};

struct Changes {
  std::uint64_t n_links_begun = 0;
  std::uint64_t n_links_ended = 0;
  std::uint64_t n_links_kept = 0;
  std::vector<GroupChange> groups;  ///< ascending by first group before (or after, if none)
};

/// Groups of two or more. A group before and one after belong together when they share a quarter of
/// the smaller one or more; what belongs together, directly or by way of others, is one event. A
/// group that shares less with every other counts as appeared or gone.
/// @return  the same for any order of rows. @cost O(m log m).
Changes changes(const EdgeList& before, const EdgeList& after, Grouping grouping);

}  // namespace ovillo::network
