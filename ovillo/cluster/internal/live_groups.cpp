#include "ovillo/cluster/internal/live_groups.hpp"

#include <algorithm>
#include <numeric>

#include "ovillo/cluster/internal/join_hands.hpp"
#include "ovillo/graph/union_find.hpp"

namespace ovillo::cluster {

namespace {

void sort_once(std::vector<std::uint32_t>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

Pair with_names(Pair p, std::span<const std::uint32_t> names) {
  p.a = names[p.a];
  p.b = names[p.b];
  return p;
}

}  // namespace

template <class Set>
std::uint32_t LiveGroups::Sets<Set>::open() {
  if (free.empty()) {
    set.emplace_back();
    return static_cast<std::uint32_t>(set.size() - 1);
  }
  const std::uint32_t number = free.back();
  free.pop_back();
  return number;
}

// Texts that leave a set leave it all, in this judgement or the next round of it: its number is not
// given again before.
template <class Set>
void LiveGroups::Sets<Set>::leave(std::uint32_t text) {
  if (of[text] == kNone) return;
  set[of[text]] = {};
  left.push_back(of[text]);
  of[text] = kNone;
}

void LiveGroups::add_bonded(std::uint32_t t, std::vector<std::uint32_t>& texts) const {
  texts.push_back(t);
  if (bonds_.of[t] == kNone) return;
  const std::vector<std::uint32_t>& bonded = bonds_.set[bonds_.of[t]];
  texts.insert(texts.end(), bonded.begin(), bonded.end());
}

void LiveGroups::judge(std::vector<std::uint32_t> changed, TextTable& texts,
                       const LiveNeighbours& near, const Weigher& weigher) {
  const auto n_before = static_cast<std::uint32_t>(bonds_.of.size());
  bonds_.of.resize(texts.size(), kNone);
  groups_.of.resize(texts.size(), kNone);
  local_.resize(texts.size(), kNone);
  std::vector<std::uint32_t> asking;
  for (const std::uint32_t t : changed) {
    add_bonded(t, asking);
    constexpr std::uint8_t kLikely = 28;  // of kSignature: mostly one hand, so looked at together
    for (const Neighbour& x : near.of(t)) {
      if (t < n_before || x == Neighbour() || x.agree() < kLikely) break;
      add_bonded(x.text(), asking);
    }
  }
  while (!asking.empty()) {
    sort_once(asking);
    asking = judge_once(asking, texts, near, weigher);
  }
  for (auto* sets : {&bonds_.left, &groups_.left}) sort_once(*sets);
  bonds_.free.insert(bonds_.free.end(), bonds_.left.begin(), bonds_.left.end());
  groups_.free.insert(groups_.free.end(), groups_.left.begin(), groups_.left.end());
  bonds_.left.clear();
  groups_.left.clear();
}

// @param asking  texts that are judged, with all that older bonds lead to.
// @return  those that new bonds led out of, with what these lead to: judged again, together.
std::vector<std::uint32_t> LiveGroups::judge_once(const std::vector<std::uint32_t>& asking,
                                                  TextTable& texts, const LiveNeighbours& near,
                                                  const Weigher& weigher) {
  constexpr std::uint32_t kSeen = kNone - 1;
  std::vector<std::uint32_t> among = asking;
  for (const std::uint32_t t : asking) local_[t] = kSeen;
  for (const std::uint32_t t : asking)
    for (const Neighbour& x : near.of(t)) {
      if (x == Neighbour()) break;
      if (local_[x.text()] != kNone) continue;
      local_[x.text()] = kSeen;
      among.push_back(x.text());
    }
  std::vector<bool> is_asking(texts.size(), false);
  for (const std::uint32_t t : asking) is_asking[t] = true;
  texts.sort(among);
  for (std::uint32_t i = 0; i < among.size(); ++i) local_[among[i]] = i;

  std::vector<NearList> lists(among.size());
  std::vector<bool> asks(among.size(), false);
  std::vector<bool> is_needed(among.size(), false);
  for (std::uint32_t i = 0; i < among.size(); ++i) {
    if (!(asks[i] = is_asking[among[i]])) continue;
    const NearList list = near.of(among[i]);
    for (std::size_t k = 0; k < list.size() && list[k] != Neighbour(); ++k) {
      lists[i][k] = Neighbour(local_[list[k].text()], list[k].agree());
      is_needed[i] = is_needed[local_[list[k].text()]] = true;
    }
  }
  for (const std::uint32_t t : among) local_[t] = kNone;
  std::vector<std::uint32_t> needed;
  for (std::uint32_t i = 0; i < among.size(); ++i)
    if (is_needed[i]) needed.push_back(among[i]);
  texts.weigh(needed, weigher);

  const Component component = texts.component(among);
  const Surprise surprise(component, texts.weighed(among));
  Hands hands(component, surprise);
  std::vector<Pair> bonds;
  std::vector<std::uint32_t> all(among.size());
  std::iota(all.begin(), all.end(), 0);
  join_nearest(component, surprise, lists, all, asks, hands, &bonds);

  graph::UnionFind bonded(among.size());
  for (const Pair& p : bonds) bonded.join(p.a, p.b);
  std::vector<bool> leads_out(among.size(), false);
  for (const Pair& p : bonds)
    if (!asks[p.a] || !asks[p.b]) leads_out[bonded.find(p.a)] = true;
  std::vector<std::uint32_t> again;
  std::vector<std::uint32_t> closed;
  for (std::uint32_t i = 0; i < among.size(); ++i) {
    const bool out = leads_out[bonded.find(i)];
    if (out) {
      add_bonded(among[i], again);
    } else if (asks[i]) {
      closed.push_back(i);
    }
  }

  for (const std::uint32_t i : closed) {
    bonds_.leave(among[i]);
    groups_.leave(among[i]);
  }
  std::vector<std::uint32_t> n_bonded(among.size(), 0);
  for (const std::uint32_t i : closed) ++n_bonded[bonded.find(i)];
  std::vector<std::uint32_t> number(among.size(), kNone);  // by root
  for (const std::uint32_t i : closed) {
    const std::uint32_t root = bonded.find(i);
    if (n_bonded[root] < 2) continue;
    if (number[root] == kNone) number[root] = bonds_.open();
    bonds_.set[number[root]].push_back(among[i]);
    bonds_.of[among[i]] = number[root];
  }
  for (const std::uint32_t i : closed) {
    const std::vector<std::uint32_t>& members = hands.members(i);  // empty but at roots
    if (members.size() < 2) continue;
    const std::uint32_t group = groups_.open();
    for (const std::uint32_t m : members) {
      groups_.set[group].members.push_back(among[m]);
      groups_.of[among[m]] = group;
    }
  }
  for (const Pair& p : hands.joins())
    if (!leads_out[bonded.find(p.a)])
      groups_.set[groups_.of[among[p.a]]].joins.push_back(with_names(p, among));
  return again;
}

std::vector<LiveGroups::Group> LiveGroups::joined(TextTable& texts, const LiveNeighbours& near,
                                                  const Weigher& weigher) const {
  std::vector<std::uint32_t> among;
  for (const Group& group : groups_.set)
    among.insert(among.end(), group.members.begin(), group.members.end());
  texts.sort(among);
  std::vector<std::vector<std::uint32_t>> members(groups_.set.size());
  for (std::uint32_t i = 0; i < among.size(); ++i) members[groups_.of[among[i]]].push_back(i);
  std::erase_if(members, [](const auto& group) { return group.empty(); });

  texts.weigh(among, weigher);
  const Component component = texts.component(among);
  const Surprise surprise(component, texts.weighed(among));
  Hands hands(component, surprise);
  hands.take(members);
  std::vector<std::uint32_t> all(among.size());
  std::iota(all.begin(), all.end(), 0);
  const auto signature_of = [&](std::uint32_t i) -> const Signature& {
    return near.signature(among[i]);
  };
  join_parts(component, surprise, all, signature_of, hands);

  std::vector<Group> out;
  std::vector<std::uint32_t> number(among.size(), kNone);  // by root
  for (std::uint32_t i = 0; i < among.size(); ++i) {
    if (hands.members(i).empty()) continue;
    number[i] = static_cast<std::uint32_t>(out.size());
    Group& group = out.emplace_back();
    for (const std::uint32_t m : hands.members(i)) group.members.push_back(among[m]);
  }
  for (const auto& part : members) {
    const Group& joined_before = groups_.set[groups_.of[among[part.front()]]];
    auto& joins = out[number[hands.group(part.front())]].joins;
    joins.insert(joins.end(), joined_before.joins.begin(), joined_before.joins.end());
  }
  for (const Pair& p : hands.joins())
    out[number[hands.group(p.a)]].joins.push_back(with_names(p, among));
  for (Group& group : out)
    std::sort(group.joins.begin(), group.joins.end(),
              [](const Pair& x, const Pair& y) { return x.a != y.a ? x.a < y.a : x.b < y.b; });
  return out;
}

}  // namespace ovillo::cluster
