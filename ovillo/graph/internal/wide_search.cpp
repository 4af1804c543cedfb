#include "ovillo/graph/internal/wide_search.hpp"

#include <algorithm>
#include <cmath>

namespace ovillo::graph::internal {

Wide Wide::of(double value, std::int64_t exponent) {
  int shift = 0;
  const double mantissa = std::frexp(value, &shift);
  return {mantissa, mantissa == 0 ? 0 : exponent + shift};
}

double Wide::value() const {
  return std::ldexp(mantissa, static_cast<int>(std::clamp<std::int64_t>(exponent, -5000, 5000)));
}

Wide operator+(const Wide& a, const Wide& b) {
  if (a.mantissa == 0) return b;
  if (b.mantissa == 0) return a;
  const Wide& large = a.exponent >= b.exponent ? a : b;
  const Wide& small = a.exponent >= b.exponent ? b : a;
  const std::int64_t apart = std::min<std::int64_t>(large.exponent - small.exponent, 2000);
  return Wide::of(large.mantissa + std::ldexp(small.mantissa, -static_cast<int>(apart)),
                  large.exponent);
}

Wide operator*(const Wide& a, const Wide& b) {
  return Wide::of(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

Wide operator/(const Wide& a, const Wide& b) {
  return Wide::of(a.mantissa / b.mantissa, a.exponent - b.exponent);
}

WideSearch::WideSearch(const Csr& graph)
    : graph_(graph), level_(graph.n_nodes(), 0), paths_(graph.n_nodes()), share_(graph.n_nodes()) {}

void WideSearch::walk_down(Node source) {
  order_.assign(1, source);
  level_[source] = 1;
  paths_[source] = Wide::of(1);
  for (std::size_t head = 0; head < order_.size(); ++head) {
    const Node v = order_[head];
    for (const Node u : graph_.neighbours(v)) {
      if (level_[u] == 0) {
        level_[u] = level_[v] + 1;
        order_.push_back(u);
      }
      if (level_[u] == level_[v] + 1) paths_[u] = paths_[u] + paths_[v];
    }
  }
}

void WideSearch::add(const Source& source, Dependency& out) {
  walk_down(source.node);
  for (std::size_t i = order_.size(); i-- > 1;) {
    const Node v = order_[i];
    Wide shares;
    for (const Node u : graph_.neighbours(v))
      if (level_[u] == level_[v] + 1) shares = shares + share_[u];
    const double depends = (shares * paths_[v]).value();
    share_[v] = Wide::of(1 + depends) / paths_[v];
    out.sum[v] += depends * source.times;
    if (!out.squares.empty()) out.squares[v] += depends * depends * source.times;
  }
  for (const Node v : order_) {
    level_[v] = 0;
    paths_[v] = Wide{};
  }
}

}  // namespace ovillo::graph::internal
