#include "ovillo/network/internal/largest_component_search.hpp"

#include <algorithm>
#include <array>

namespace ovillo::network::internal {

namespace {

/// Nodes of one connected piece whose removal leaves parts of at most `most`: one depth-first walk
/// (Hopcroft and Tarjan) that sums up the subtrees each node holds apart.
template <class Bits>
class CutWalk {
 public:
  CutWalk(const Adjacency<Bits>& adjacency, Bits piece, int most)
      : adjacency_(adjacency), piece_(piece), n_(count(piece)), most_(most) {}

  Bits good() {
    visit(lowest(piece_), -1);
    return good_;
  }

 private:
  int visit(int v, int parent) {
    order_[at(v)] = low_[at(v)] = ++clock_;
    seen_ |= bit<Bits>(v);
    int size = 1;
    int apart = 0;
    int largest = 0;
    for (Bits next = adjacency_[at(v)] & piece_; next != 0;) {
      const int u = take_lowest(next);
      if (u == parent) continue;
      if ((seen_ & bit<Bits>(u)) != 0) {
        low_[at(v)] = std::min(low_[at(v)], order_[at(u)]);
        continue;
      }
      const int below = visit(u, v);
      size += below;
      low_[at(v)] = std::min(low_[at(v)], low_[at(u)]);
      if (low_[at(u)] >= order_[at(v)]) {
        apart += below;
        largest = std::max(largest, below);
      }
    }
    if (std::max(largest, n_ - 1 - apart) <= most_) good_ |= bit<Bits>(v);
    return size;
  }
  static std::size_t at(int v) { return static_cast<std::size_t>(v); }

  const Adjacency<Bits>& adjacency_;
  Bits piece_;
  int n_;
  int most_;
  int clock_ = 0;
  Bits seen_ = 0;
  Bits good_ = 0;
  std::array<int, kMaxNodes<Bits>> order_{};
  std::array<int, kMaxNodes<Bits>> low_{};
};

}  // namespace

template <class Bits>
Bits LargestComponentSearch<Bits>::everybody() const {
  Bits all = 0;
  for (std::size_t v = 0; v < adjacency_.size(); ++v) all |= bit<Bits>(static_cast<int>(v));
  return all;
}

template <class Bits>
int LargestComponentSearch<Bits>::largest_without(Bits set) const {
  int largest = 0;
  for (Bits left = everybody() & ~set; left != 0;) {
    const Bits piece = reached(adjacency_, left & (~left + 1), left);
    left &= ~piece;
    largest = std::max(largest, count(piece));
  }
  return largest;
}

template <class Bits>
Bits LargestComponentSearch<Bits>::greedy(int k) const {
  Bits set = 0;
  for (int i = 0; i < k; ++i) {
    int best = kMaxNodes<Bits> + 1;
    int who = -1;
    for (Bits rest = candidates_ & ~set; rest != 0;) {
      const int v = take_lowest(rest);
      const int size = largest_without(set | bit<Bits>(v));
      if (size < best) {
        best = size;
        who = v;
      }
    }
    set |= bit<Bits>(who);
  }
  return set;
}

/// Swaps one node for another as long as that helps.
template <class Bits>
Bits LargestComponentSearch<Bits>::improve(Bits set) const {
  int best = largest_without(set);
  for (bool better = true; better;) {
    better = false;
    for (Bits inside = set; inside != 0 && !better;) {
      const Bits without = set & ~bit<Bits>(take_lowest(inside));
      for (Bits outside = candidates_ & ~set; outside != 0 && !better;) {
        const Bits other = without | bit<Bits>(take_lowest(outside));
        if (const int size = largest_without(other); size < best) {
          best = size;
          set = other;
          better = true;
        }
      }
    }
  }
  return set;
}

template <class Bits>
SetAnswer<Bits> LargestComponentSearch<Bits>::best(int k) {
  found_ = improve(greedy(k));
  SetAnswer<Bits> out;
  out.value = largest_without(found_);
  Answer answer = Answer::yes;
  while (out.value > 0 && answer == Answer::yes) {
    answer = ask(k, static_cast<int>(out.value) - 1, Want::any);
    if (answer == Answer::yes) out.value = largest_without(found_);
  }
  if (answer != Answer::unknown &&
      ask(k, static_cast<int>(out.value), Want::all) != Answer::unknown) {
    out.proven = true;
    out.bound = out.value;
    out.ties = ties_;
    return out;
  }
  if (answer != Answer::unknown) {
    out.bound = out.value;  // the value is proven, the number of equal sets is not
  } else {
    while (out.bound < out.value && ask(k, static_cast<int>(out.bound), Want::any) == Answer::no)
      ++out.bound;
  }
  out.ties = TieList<Bits>();
  out.ties.add(found_, 0, 0);
  return out;
}

template <class Bits>
typename LargestComponentSearch<Bits>::Answer LargestComponentSearch<Bits>::ask(int k, int most,
                                                                                Want want) {
  most_ = most;
  want_ = want;
  steps_ = 0;
  stop_ = false;
  ties_ = TieList<Bits>();
  const Bits before = found_;
  found_ = 0;
  const Bits all = everybody();
  branch({all, all & ~candidates_, 0, k});
  const bool yes = ties_.n_sets() > 0;
  if (yes) {
    found_ = ties_.first().front();
  } else {
    found_ = before;
  }
  if (yes && want == Want::any) return Answer::yes;
  if (steps_ > max_steps_) return Answer::unknown;
  return yes ? Answer::yes : Answer::no;
}

template <class Bits>
void LargestComponentSearch<Bits>::accept(const State& state, Bits free, int extra) {
  ties_.add(state.removed, free, extra);
  if (want_ == Want::any && ties_.n_sets() > 0) stop_ = true;
}

template <class Bits>
void LargestComponentSearch<Bits>::branch(const State& state) {
  if (++steps_ > max_steps_) stop_ = true;
  if (stop_) return;
  Bits piece = 0;
  int n_large = 0;
  for (Bits left = state.left; left != 0;) {
    const Bits one = reached(adjacency_, left & (~left + 1), left);
    left &= ~one;
    if (count(one) <= most_) continue;
    ++n_large;
    if (count(one) > count(piece)) piece = one;
  }
  const Bits free = state.left & ~state.permanent;
  if (n_large == 0) return accept(state, free, state.budget);
  if (n_large > state.budget || count(free) < state.budget) return;
  // Whatever goes, so few are left that nothing can be too large.
  if (piece == state.left && count(piece) - state.budget <= most_)
    return accept(state, free, state.budget);
  if (state.budget == 1) return last_removal(state, piece);
  if (core_is_too_large(piece, state) || too_many_pieces(piece, state.budget)) return;
  State next = state;
  --next.budget;
  for (const int v : nodes_to_branch_on(piece, state.permanent)) {
    const Bits one = bit<Bits>(v);
    next.left = state.left & ~one;
    next.removed = state.removed | one;
    branch(next);
    if (stop_) return;
    next.permanent |= one;
  }
}

template <class Bits>
void LargestComponentSearch<Bits>::last_removal(const State& state, Bits piece) {
  const Bits good = CutWalk<Bits>(adjacency_, piece, most_).good() & ~state.permanent;
  if (good != 0) accept(state, good, 1);
}

/// A clique, and whoever hangs on it by more links than can still be cut (or by a permanent node),
/// stay together whatever b nodes go: at most b of them are missing afterwards.
template <class Bits>
bool LargestComponentSearch<Bits>::core_is_too_large(Bits piece, const State& state) const {
  const int hub = best_connected(piece, piece);
  Bits core = bit<Bits>(hub);
  for (Bits common = adjacency_[static_cast<std::size_t>(hub)] & piece; common != 0;) {
    const int next = best_connected(common, common);
    core |= bit<Bits>(next);
    common &= adjacency_[static_cast<std::size_t>(next)];
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (Bits rest = piece & ~core; rest != 0;) {
      const int v = take_lowest(rest);
      const Bits held = adjacency_[static_cast<std::size_t>(v)] & core;
      if (count(held) > state.budget || (held & state.permanent) != 0) {
        core |= bit<Bits>(v);
        grew = true;
      }
    }
  }
  const int can_go = std::min(state.budget, count(core & ~state.permanent));
  return count(core) - can_go > most_;
}

/// Disjoint connected pieces above the limit need a removal each.
template <class Bits>
bool LargestComponentSearch<Bits>::too_many_pieces(Bits piece, int budget) const {
  if (count(piece) < (budget + 1) * (most_ + 1)) return false;
  int n = 0;
  for (Bits left = piece; left != 0 && n <= budget;) {
    // From the rim inwards, so that little is wasted.
    int rim = lowest(left);
    int fewest = kMaxNodes<Bits>;
    for (Bits rest = left; rest != 0;) {
      const int v = take_lowest(rest);
      const int degree = count(adjacency_[static_cast<std::size_t>(v)] & left);
      if (degree < fewest) {
        fewest = degree;
        rim = v;
      }
    }
    Bits part = bit<Bits>(rim);
    Bits around = adjacency_[static_cast<std::size_t>(rim)] & left;
    while (count(part) <= most_ && around != 0) {
      int next = lowest(around);
      fewest = kMaxNodes<Bits>;
      for (Bits rest = around; rest != 0;) {
        const int v = take_lowest(rest);
        const int degree = count(adjacency_[static_cast<std::size_t>(v)] & left & ~part);
        if (degree < fewest) {
          fewest = degree;
          next = v;
        }
      }
      part |= bit<Bits>(next);
      around = (around | (adjacency_[static_cast<std::size_t>(next)] & left)) & ~part;
    }
    left &= ~part;
    n += count(part) > most_;
  }
  return n > budget;
}

/// Nodes of a connected part of most_ + 1, without the permanent ones: the largest permanent clump
/// grown by the best connected neighbours.
template <class Bits>
std::vector<int> LargestComponentSearch<Bits>::nodes_to_branch_on(Bits piece,
                                                                  Bits permanent) const {
  const Bits firm = piece & permanent;
  Bits part = 0;
  for (Bits left = firm; left != 0;) {
    const Bits clump = reached(adjacency_, left & (~left + 1), left);
    left &= ~clump;
    if (count(clump) > count(part)) part = clump;
  }
  std::vector<int> out;
  if (part == 0) {
    out.push_back(best_connected(piece, piece));
    part = bit<Bits>(out.back());
  }
  Bits around = 0;
  for (Bits rest = part; rest != 0;)
    around |= adjacency_[static_cast<std::size_t>(take_lowest(rest))];
  around &= piece & ~part;
  while (count(part) <= most_) {
    const int next = best_connected(around, piece);
    out.push_back(next);
    // The node brings the permanent clumps that hang on it along.
    const Bits brought = reached(adjacency_, bit<Bits>(next), (firm & ~part) | bit<Bits>(next));
    part |= brought;
    for (Bits rest = brought; rest != 0;)
      around |= adjacency_[static_cast<std::size_t>(take_lowest(rest))];
    around &= piece & ~part;
  }
  return out;
}

/// @param among  not empty. @return the node with most neighbours in `within`; ties to the first.
template <class Bits>
int LargestComponentSearch<Bits>::best_connected(Bits among, Bits within) const {
  int best = -1;
  int who = -1;
  while (among != 0) {
    const int v = take_lowest(among);
    if (const int degree = count(adjacency_[static_cast<std::size_t>(v)] & within); degree > best) {
      best = degree;
      who = v;
    }
  }
  return who;
}

template class LargestComponentSearch<Bits64>;
template class LargestComponentSearch<Bits128>;

}  // namespace ovillo::network::internal
