#include <igraph/igraph.h>

#include "rival.hpp"

namespace ovillo::bench {

struct Rival::State {
  igraph_t graph;
  igraph_vector_t weight;
  double build = 0;
};

namespace {

std::vector<double> values_of(const igraph_vector_t& v) {
  return {VECTOR(v), VECTOR(v) + igraph_vector_size(&v)};
}

}  // namespace

Rival::Rival(std::size_t n, const std::vector<graph::Edge>& edges)
    : state_(std::make_unique<State>()) {
  igraph_set_attribute_table(&igraph_cattribute_table);
  const double begin = cpu_seconds();
  igraph_vector_int_t ends;
  igraph_vector_int_init(&ends, 0);
  igraph_vector_int_reserve(&ends, static_cast<igraph_integer_t>(2 * edges.size()));
  for (const graph::Edge& e : edges) {
    igraph_vector_int_push_back(&ends, e.a);
    igraph_vector_int_push_back(&ends, e.b);
  }
  igraph_create(&state_->graph, &ends, static_cast<igraph_integer_t>(n), IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy(&ends);
  // Ours adds parallel edges up into weights; the weights are kept beside the simple graph.
  const igraph_integer_t drawn = igraph_ecount(&state_->graph);
  igraph_vector_t ones;
  igraph_vector_init(&ones, drawn);
  igraph_vector_fill(&ones, 1);
  SETEANV(&state_->graph, "weight", &ones);
  igraph_vector_destroy(&ones);
  igraph_attribute_combination_t combine;
  igraph_attribute_combination(&combine, "weight", IGRAPH_ATTRIBUTE_COMBINE_SUM,
                               IGRAPH_NO_MORE_ATTRIBUTES);
  igraph_simplify(&state_->graph, true, true, &combine);
  igraph_attribute_combination_destroy(&combine);
  igraph_vector_init(&state_->weight, 0);
  EANV(&state_->graph, "weight", &state_->weight);
  state_->build = cpu_seconds() - begin;
}

Rival::~Rival() {
  igraph_vector_destroy(&state_->weight);
  igraph_destroy(&state_->graph);
}

double Rival::build_seconds() const { return state_->build; }
long Rival::n_edges() const { return static_cast<long>(igraph_ecount(&state_->graph)); }

Rival::Answer Rival::components() {
  Answer out;
  const double begin = cpu_seconds();
  igraph_integer_t n = 0;
  igraph_connected_components(&state_->graph, nullptr, nullptr, &n, IGRAPH_WEAK);
  out.seconds = cpu_seconds() - begin;
  out.answer = static_cast<double>(n);
  return out;
}

Rival::Answer Rival::coreness() {
  Answer out;
  igraph_vector_int_t core;
  igraph_vector_int_init(&core, 0);
  const double begin = cpu_seconds();
  igraph_coreness(&state_->graph, &core, IGRAPH_ALL);
  out.seconds = cpu_seconds() - begin;
  out.values.assign(VECTOR(core), VECTOR(core) + igraph_vector_int_size(&core));
  igraph_vector_int_destroy(&core);
  return out;
}

Rival::Answer Rival::articulation_points() {
  Answer out;
  igraph_vector_int_t points;
  igraph_vector_int_init(&points, 0);
  const double begin = cpu_seconds();
  igraph_articulation_points(&state_->graph, &points);
  out.seconds = cpu_seconds() - begin;
  out.answer = static_cast<double>(igraph_vector_int_size(&points));
  igraph_vector_int_destroy(&points);
  return out;
}

Rival::Answer Rival::pagerank() {
  Answer out;
  igraph_vector_t rank;
  igraph_vector_init(&rank, 0);
  igraph_real_t value = 0;
  const double begin = cpu_seconds();
  igraph_pagerank(&state_->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &rank, &value, igraph_vss_all(),
                  IGRAPH_UNDIRECTED, 0.85, &state_->weight, nullptr);
  out.seconds = cpu_seconds() - begin;
  out.values = values_of(rank);
  igraph_vector_destroy(&rank);
  return out;
}

Rival::Answer Rival::betweenness() {
  Answer out;
  igraph_vector_t between;
  igraph_vector_init(&between, 0);
  const double begin = cpu_seconds();
  igraph_betweenness(&state_->graph, &between, igraph_vss_all(), IGRAPH_UNDIRECTED, nullptr);
  out.seconds = cpu_seconds() - begin;
  out.values = values_of(between);
  igraph_vector_destroy(&between);
  return out;
}

Rival::Answer Rival::leiden(unsigned long seed) {
  Answer out;
  igraph_rng_seed(igraph_rng_default(), seed);
  const igraph_integer_t n = igraph_vcount(&state_->graph);
  igraph_vector_t strength;
  igraph_vector_init(&strength, n);
  igraph_strength(&state_->graph, &strength, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS,
                  &state_->weight);
  const double total = igraph_vector_sum(&strength);
  igraph_vector_int_t membership;
  igraph_vector_int_init(&membership, n);
  igraph_integer_t n_clusters = 0;
  const double begin = cpu_seconds();
  igraph_community_leiden(&state_->graph, &state_->weight, &strength, 1 / total, 0.01, false, 2,
                          &membership, &n_clusters, nullptr);
  out.seconds = cpu_seconds() - begin;
  igraph_modularity(&state_->graph, &membership, &state_->weight, 1, false, &out.answer);
  igraph_vector_int_destroy(&membership);
  igraph_vector_destroy(&strength);
  return out;
}

}  // namespace ovillo::bench
