#include "ovillo/graph/pagerank.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "ovillo/base/parallel.hpp"

namespace ovillo::graph {

namespace {

constexpr std::size_t kGrain = 16384;

/// Two sums over [0, n), chunk by chunk in a fixed order. @param f  (v, sums): adds v's share.
template <class F>
std::array<double, 2> ordered_sums(std::size_t n, const F& f) {
  std::vector<std::array<double, 2>> part((n + kGrain - 1) / kGrain);
  parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
    std::array<double, 2> sum{};
    for (std::size_t v = begin; v < end; ++v) f(v, sum);
    part[begin / kGrain] = sum;
  });
  std::array<double, 2> total{};
  for (const auto& p : part) {
    total[0] += p[0];
    total[1] += p[1];
  }
  return total;
}

/// Solves (1 - d S) y = b with S = D^-1/2 A D^-1/2 and rank = D^1/2 y, D the strengths. All vectors
/// are kept divided by D^1/2 and in units of 1 / total strength (`y` is rank / D), so that S needs
/// one read per half-edge and values stay near 1.
class Solver {
 public:
  Solver(const Csr& graph, const PageRankOptions& options)
      : graph_(graph), options_(options), strength_(graph.n_nodes()) {
    for (Node v = 0; v < graph.n_nodes(); ++v) {
      std::int64_t strength = 0;
      for (const std::int32_t w : graph.weights(v)) {
        strength += std::max(w, 0);
        all_positive_ &= w > 0;
      }
      strength_[v] = static_cast<double>(strength);
      total_strength_ += strength_[v];
      n_alone_ += strength > 0 ? 0 : 1;
    }
    total_strength_ = std::max(total_strength_, 1.0);  // no edge at all: nothing to divide
  }

  std::vector<double> run() {
    const auto n = graph_.n_nodes();
    // Nodes alone receive only the jump and give all of it back: a closed form.
    jump_ = (1 - options_.damping) / (static_cast<double>(n) - options_.damping * n_alone_);
    start();
    for (int sweep = 0; sweep < options_.max_iterations && change_ > options_.tolerance; ++sweep)
      step();
    for (std::size_t v = 0; v < n; ++v)
      y_[v] = strength_[v] > 0 ? y_[v] * strength_[v] / total_strength_ : jump_;
    return std::move(y_);
  }

 private:
  /// Sum over v's edges of weight times x at the other end.
  [[nodiscard]] double pull(std::size_t v, const std::vector<float>& x) const {
    const auto neighbours = graph_.neighbours(static_cast<Node>(v));
    double sum = 0;
    // Positive weights that add up to the degree are all 1: most rows of most graphs.
    if (all_positive_ && strength_[v] == static_cast<double>(neighbours.size())) {
      for (const Node u : neighbours) sum += x[u];
      return sum;
    }
    const auto weights = graph_.weights(static_cast<Node>(v));
    for (std::size_t i = 0; i < neighbours.size(); ++i)
      sum += double{x[neighbours[i]]} * std::max(weights[i], 0);
    return sum;
  }

  /// Where the walk alone would stand: one more step of it needs no look at the edges.
  void start() {
    const auto n = graph_.n_nodes();
    const double walked = 1 - jump_ * n_alone_;
    y_.assign(n, walked);
    residual_.resize(n);
    const auto sums = ordered_sums(n, [&](std::size_t v, auto& sum) {
      const double d = strength_[v];
      residual_[v] = d > 0 ? jump_ * total_strength_ / d - (1 - options_.damping) * walked : 0;
      sum[0] += residual_[v] * residual_[v] * d;
      sum[1] += std::abs(residual_[v]) * d;
    });
    square_ = sums[0];
    change_ = sums[1] / total_strength_;
    direction_.assign(residual_.begin(), residual_.end());
    image_.resize(n);
  }

  void step() {
    const auto n = graph_.n_nodes();
    const auto bend = ordered_sums(n, [&](std::size_t v, auto& sum) {
      const double d = strength_[v];
      if (d <= 0) return;
      image_[v] = direction_[v] - options_.damping * pull(v, direction_) / d;
      sum[0] += direction_[v] * image_[v] * d;
    });
    const double alpha = square_ / bend[0];
    const auto sums = ordered_sums(n, [&](std::size_t v, auto& sum) {
      y_[v] += alpha * direction_[v];
      residual_[v] -= alpha * image_[v];
      const double part = residual_[v] * strength_[v];
      sum[0] += residual_[v] * part;
      sum[1] += std::abs(part);
    });
    const double beta = sums[0] / square_;
    square_ = sums[0];
    change_ = sums[1] / total_strength_;
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t v = begin; v < end; ++v) direction_[v] = residual_[v] + beta * direction_[v];
    });
  }

  const Csr& graph_;
  const PageRankOptions& options_;
  std::vector<double> strength_;
  bool all_positive_ = true;
  double total_strength_ = 0;
  double n_alone_ = 0;
  double jump_ = 0;  ///< what every node receives without any edge
  std::vector<double> y_;
  std::vector<double> residual_;
  /// Narrow, because reading it out of order is what a sweep costs. What is added to the answer and
  /// what is taken from the residual follow from the same rounded direction, so nothing is lost.
  std::vector<float> direction_;
  std::vector<double> image_;
  double square_ = 0;  ///< of the residual, in the norm of the strengths
  double change_ = 0;  ///< sum of |change| that one more step of the walk would make
};

}  // namespace

std::vector<double> pagerank(const Csr& graph, const PageRankOptions& options) {
  if (graph.n_nodes() == 0) return {};
  return Solver(graph, options).run();
}

}  // namespace ovillo::graph
