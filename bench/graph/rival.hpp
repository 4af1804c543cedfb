// igraph's answers to the same questions; seconds below 0: not measured here.
#pragma once

#include <memory>
#include <vector>

#include "ovillo/graph/csr.hpp"

namespace ovillo::bench {

double cpu_seconds();

class Rival {
 public:
  struct Answer {
    double seconds = -1;
    double answer = 0;
    std::vector<double> values;
  };

#ifdef OVILLO_BENCH_IGRAPH
  Rival(std::size_t n, const std::vector<graph::Edge>& edges);
  ~Rival();
  double build_seconds() const;
  long n_edges() const;
  Answer components();
  Answer coreness();
  Answer articulation_points();
  Answer pagerank();
  Answer betweenness();
  Answer leiden(unsigned long seed);

 private:
  struct State;
  std::unique_ptr<State> state_;
#else
  Rival(std::size_t, const std::vector<graph::Edge>&) {}
  double build_seconds() const { return -1; }
  long n_edges() const { return -1; }
  Answer components() { return {}; }
  Answer coreness() { return {}; }
  Answer articulation_points() { return {}; }
  Answer pagerank() { return {}; }
  Answer betweenness() { return {}; }
  Answer leiden(unsigned long) { return {}; }
#endif
};

}  // namespace ovillo::bench
