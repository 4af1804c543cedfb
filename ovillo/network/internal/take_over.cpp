#include "ovillo/network/internal/take_over.hpp"

namespace ovillo::network::internal {

namespace {

template <class Bits>
Bits same_role(int who, Bits among, std::span<const std::string> role) {
  if (role.empty() || role[static_cast<std::size_t>(who)].empty()) return among;
  Bits out = 0;
  for (Bits rest = among; rest != 0;) {
    const int v = take_lowest(rest);
    if (role[static_cast<std::size_t>(v)] == role[static_cast<std::size_t>(who)])
      out |= bit<Bits>(v);
  }
  return out == 0 ? among : out;
}

template <class Bits>
int most_links(const Adjacency<Bits>& adjacency, Bits among) {
  int best = -1;
  int who = -1;
  while (among != 0) {
    const int v = take_lowest(among);
    if (const int degree = count(adjacency[static_cast<std::size_t>(v)]); degree > best) {
      best = degree;
      who = v;
    }
  }
  return who;
}

/// Of `among`, those nearest to `from`; all of them when none is connected to it.
template <class Bits>
Bits nearest(const Adjacency<Bits>& adjacency, int from, Bits among) {
  Bits seen = bit<Bits>(from);
  for (Bits frontier = seen; frontier != 0;) {
    Bits next = 0;
    while (frontier != 0) next |= adjacency[static_cast<std::size_t>(take_lowest(frontier))];
    frontier = next & ~seen;
    seen |= frontier;
    if ((frontier & among) != 0) return frontier & among;
  }
  return among;
}

template <class Bits>
int any_of(Bits among, Rng& rng) {
  for (auto skip = rng.below(static_cast<std::uint64_t>(count(among))); skip > 0; --skip)
    among &= among - 1;
  return lowest(among);
}

}  // namespace

template <class Bits>
Adjacency<Bits> take_over(const Adjacency<Bits>& adjacency, Bits set,
                          std::span<const std::string> role, Substitution rule, Rng& rng) {
  Adjacency<Bits> out = adjacency;
  Bits all = 0;
  for (std::size_t v = 0; v < adjacency.size(); ++v) all |= bit<Bits>(static_cast<int>(v));
  const Bits left = all & ~set;
  for (std::size_t v = 0; v < adjacency.size(); ++v)
    out[v] = (set & bit<Bits>(static_cast<int>(v))) != 0 ? 0 : adjacency[v] & left;
  if (left == 0 || rule == Substitution::none) return out;
  for (Bits gone = set; gone != 0;) {
    const int v = take_lowest(gone);
    Bits pool = same_role(v, left, role);
    if (rule == Substitution::distance) pool = nearest(adjacency, v, pool);
    const int heir = rule == Substitution::random ? any_of(pool, rng) : most_links(adjacency, pool);
    const Bits links = adjacency[static_cast<std::size_t>(v)] & left & ~bit<Bits>(heir);
    out[static_cast<std::size_t>(heir)] |= links;
    for (Bits rest = links; rest != 0;)
      out[static_cast<std::size_t>(take_lowest(rest))] |= bit<Bits>(heir);
  }
  return out;
}

template Adjacency<Bits64> take_over(const Adjacency<Bits64>&, Bits64, std::span<const std::string>,
                                     Substitution, Rng&);
template Adjacency<Bits128> take_over(const Adjacency<Bits128>&, Bits128,
                                      std::span<const std::string>, Substitution, Rng&);

}  // namespace ovillo::network::internal
