#include "ovillo/picture/decomposable.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include "ovillo/picture/internal/newton.hpp"

namespace ovillo::picture {

namespace {

/// Below the peak by more than this in its logarithm a graph adds nothing that a double shows.
constexpr double kNegligible = 38;

/// The graph of those edges, if it is decomposable (maximum cardinality search).
std::optional<Graph> graph_of(const std::vector<Term>& edges, std::size_t n_lists) {
  std::array<Term, kMostListsDecomposable> neighbours{};
  for (const Term edge : edges)
    for (std::size_t l = 0; l < n_lists; ++l)
      if ((edge >> l & 1U) != 0) neighbours[l] |= edge & ~(1U << l);
  Graph out{edges, {}, {}};
  Term seen = 0;
  Term clique = 0;
  for (std::size_t i = 0; i < n_lists; ++i) {
    std::size_t next = n_lists;
    for (std::size_t l = 0; l < n_lists; ++l) {
      if ((seen >> l & 1U) != 0) continue;
      if (next == n_lists ||
          std::popcount(neighbours[l] & seen) > std::popcount(neighbours[next] & seen))
        next = l;
    }
    const Term before = neighbours[next] & seen;
    for (std::size_t l = 0; l < n_lists; ++l)
      if ((before >> l & 1U) != 0 && (before & ~(1U << l) & ~neighbours[l]) != 0)
        return std::nullopt;
    if (i > 0 && before != clique) {
      out.cliques.push_back(clique);
      out.separators.push_back(before);
    }
    clique = before | 1U << next;
    seen |= 1U << next;
  }
  out.cliques.push_back(clique);
  return out;
}

/// The chance of a table by its number of hidden people, for each graph.
class Marginals {
 public:
  explicit Marginals(const OverlapTable& table)
      : n_(table.n_observed()), n_sets_(table.count.size()) {
    inverse_[0] = 1;
    // hold[S]: people by their pattern on the lists of S.
    const double cell_prior = 1.0 / static_cast<double>(n_sets_);
    for (Term s = 1; s < n_sets_; ++s) {
      std::vector<double> on(n_sets_, 0);
      for (Term p = 1; p < n_sets_; ++p) on[p & s] += table.count[p];
      const double prior =
          cell_prior * static_cast<double>(n_sets_ >> static_cast<unsigned>(std::popcount(s)));
      for (Term p = s;; p = (p - 1) & s) {
        if (p != 0) fixed_[s] += std::lgamma(on[p] + prior) - std::lgamma(prior);
        if (p == 0) break;
      }
      fixed_[s] -= std::lgamma(prior);
      none_[s] = on[0] + prior;
    }
  }

  /// Goes to so many hidden people. @cost  a lgamma a set.
  void go_to(double hidden) {
    hidden_ = hidden;
    whole_ = std::lgamma(n_ + hidden + 1);
    for (Term s = 1; s < n_sets_; ++s)
      value_[s] = fixed_[s] + std::lgamma(none_[s] + hidden) - whole_;
    common_ = whole_ - std::lgamma(hidden + 1) - std::log(n_ + hidden);
  }
  /// By what the chance of each of those sets, and of all graphs alike, changes with one more; and
  /// goes there. @cost  a division a set: no logarithm.
  void next(const std::vector<Term>& sets) {
    const double more = n_ + hidden_ + 1;
    for (const Term s : sets) {
      factor_[s] = (none_[s] + hidden_) / more;
      inverse_[s] = more / (none_[s] + hidden_);
    }
    common_factor_ = more / (hidden_ + 1) * (n_ + hidden_) / more;
    hidden_ += 1;
  }
  [[nodiscard]] double factor(const Graph& graph) const {
    double product = common_factor_;
    for (const Term clique : graph.cliques) product *= factor_[clique];
    for (const Term separator : graph.separators) product *= inverse_[separator];
    return product;
  }

  [[nodiscard]] double log_chance(const Graph& graph) const {
    double sum = common_;
    for (const Term clique : graph.cliques) sum += value_[clique];
    for (const Term separator : graph.separators) sum -= value_[separator];
    return sum;
  }

 private:
  static constexpr std::size_t kMostSets = std::size_t{1} << kMostListsDecomposable;
  double n_;
  std::size_t n_sets_;
  double hidden_ = 0;
  double whole_ = 0;
  double common_ = 0;
  std::array<double, kMostSets> fixed_{};
  std::array<double, kMostSets> none_{};
  std::array<double, kMostSets> value_{};
  double common_factor_ = 1;
  std::array<double, kMostSets> factor_{};
  std::array<double, kMostSets> inverse_{};
};

/// Places to look at all graphs: between two of them a logarithm of a chance bends by less than 2.
std::vector<std::size_t> landmarks(std::size_t n_totals) {
  std::vector<std::size_t> out;
  for (std::size_t h = 1; h < n_totals;
       h += std::max<std::size_t>(1, static_cast<std::size_t>(std::sqrt(static_cast<double>(h)))))
    out.push_back(h);
  if (out.back() + 1 < n_totals) out.push_back(n_totals - 1);
  return out;
}

/// Cliques and separators of those graphs, each once.
std::vector<Term> sets_of(const std::vector<Graph>& graphs, const std::vector<std::size_t>& which) {
  std::vector<Term> out;
  for (const std::size_t g : which) {
    out.insert(out.end(), graphs[g].cliques.begin(), graphs[g].cliques.end());
    out.insert(out.end(), graphs[g].separators.begin(), graphs[g].separators.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::erase(out, Term{0});
  return out;
}

void describe(Posterior& out, double n_observed) {
  const auto total_at = [&](double p) {
    double sum = 0;
    for (std::size_t i = 0; i < out.chance.size(); ++i) {
      sum += out.chance[i];
      if (sum >= p) return n_observed + static_cast<double>(i);
    }
    return n_observed + static_cast<double>(out.chance.size() - 1);
  };
  out.low = total_at(0.025);
  out.median = total_at(0.5);
  out.high = total_at(0.975);
  for (std::size_t i = 0; i < out.chance.size(); ++i)
    out.mean += out.chance[i] * (n_observed + static_cast<double>(i));
  // Peaks from left to right, the lowest point since the last one remembered.
  const double highest = *std::max_element(out.chance.begin(), out.chance.end());
  double valley = 0;
  double last_height = 0;
  for (std::size_t i = 0; i < out.chance.size(); ++i) {
    const double here = out.chance[i];
    valley = std::min(valley, here);
    const bool top = (i == 0 || out.chance[i - 1] < here) &&
                     (i + 1 == out.chance.size() || out.chance[i + 1] <= here);
    if (!top || here < highest / 20) continue;
    const double total = n_observed + static_cast<double>(i);
    if (!out.peaks.empty() && valley > 0.5 * std::min(here, last_height)) {
      if (here <= last_height) continue;
      out.peaks.back() = total;
    } else {
      out.peaks.push_back(total);
    }
    last_height = here;
    valley = here;
  }
}

}  // namespace

std::vector<Graph> decomposable_graphs(std::size_t n_lists) {
  const std::vector<Term> pairs = all_pairs(n_lists);
  std::vector<Graph> out;
  for (std::uint32_t chosen = 0; chosen < (1U << pairs.size()); ++chosen) {
    std::vector<Term> edges;
    for (std::size_t i = 0; i < pairs.size(); ++i)
      if ((chosen >> i & 1U) != 0) edges.push_back(pairs[i]);
    if (auto graph = graph_of(edges, n_lists)) out.push_back(std::move(*graph));
  }
  return out;
}

Posterior average_decomposable(const OverlapTable& table, double most) {
  const double n = table.n_observed();
  const auto n_totals = static_cast<std::size_t>(std::max(n * most, 1.0)) + 1;
  const std::vector<Graph> graphs = decomposable_graphs(table.n_lists());
  const std::vector<std::size_t> marks = landmarks(n_totals);
  Marginals marginals(table);

  // All graphs at the landmarks: which of them matter where.
  std::vector<double> at_mark(marks.size() * graphs.size());
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < marks.size(); ++m) {
    marginals.go_to(static_cast<double>(marks[m]));
    for (std::size_t g = 0; g < graphs.size(); ++g) {
      at_mark[m * graphs.size() + g] = marginals.log_chance(graphs[g]);
      highest = std::max(highest, at_mark[m * graphs.size() + g]);
    }
  }
  Posterior out;
  out.chance.assign(n_totals, 0);
  std::vector<double> of_graph(graphs.size(), 0);
  std::vector<std::size_t> matter;
  std::vector<double> chance;  // of each that matters, at one total
  for (std::size_t m = 0; m + 1 < marks.size() || m == 0; ++m) {
    const std::size_t next = std::min(m + 1, marks.size() - 1);
    matter.clear();
    for (std::size_t g = 0; g < graphs.size(); ++g)
      if (std::max(at_mark[m * graphs.size() + g], at_mark[next * graphs.size() + g]) >
          highest - kNegligible)
        matter.push_back(g);
    const std::size_t end = next + 1 == marks.size() ? n_totals : marks[next];
    if (matter.empty()) continue;
    const std::vector<Term> sets = sets_of(graphs, matter);
    marginals.go_to(static_cast<double>(marks[m]));
    chance.clear();
    for (const std::size_t g : matter)
      chance.push_back(std::exp(marginals.log_chance(graphs[g]) - highest));
    for (std::size_t h = marks[m]; h < end; ++h) {
      marginals.next(sets);
      for (std::size_t i = 0; i < matter.size(); ++i) {
        out.chance[h] += chance[i];
        of_graph[matter[i]] += chance[i];
        chance[i] *= marginals.factor(graphs[matter[i]]);
      }
    }
  }
  const double all = std::accumulate(out.chance.begin(), out.chance.end(), 0.0);
  for (double& one : out.chance) one /= all;
  constexpr double kShown = 1e-6;
  for (std::size_t g = 0; g < graphs.size(); ++g)
    if (of_graph[g] / all >= kShown) out.graphs.push_back({graphs[g], of_graph[g] / all});
  std::stable_sort(
      out.graphs.begin(), out.graphs.end(),
      [](const GraphWeight& a, const GraphWeight& b) { return a.probability > b.probability; });
  describe(out, n);
  return out;
}

}  // namespace ovillo::picture
