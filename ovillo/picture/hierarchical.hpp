// Overlap estimation by BIC over all hierarchical log-linear models.
//
// A hierarchical model that ties three lists ties each pair of them too. The best by BIC gives the
// estimate; the interval repeats the choice among the models that were best on the table itself.
// Assumption: none of the people on no list know a tie that the model does not have.
// Source: Silverman, Chan and Vincent 2024.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/picture/bootstrap.hpp"
#include "ovillo/picture/log_linear.hpp"

namespace ovillo::picture {

/// Lists at most for a search of all models: 32,768 for six with pairs only.
inline constexpr std::size_t kMostListsSearched = 6;

/// Terms of at most so many lists by default: 2 for two, three and six lists, 3 for four and five.
std::size_t default_order(std::size_t n_lists);

struct RankedModel {
  /// All terms of two and more lists, ascending.
  std::vector<Term> terms;
  double total = 0;
  double bic = 0;
};

struct WithheldModel {
  std::vector<Term> terms;
  Existence existence = Existence::no_maximum;
};

struct Ranking {
  std::vector<RankedModel> models;  ///< those with an estimate, the least BIC first; may be empty
  std::vector<WithheldModel> withheld;  ///< those without
  std::uint64_t n_models = 0;           ///< tried
  /// How many of each existence code, 0 to 3.
  std::array<std::uint64_t, 4> n_by_existence{};
};

/// The terms that say the most: those that no other of the model holds, as the literature writes
/// it.
std::vector<Term> largest_terms(const std::vector<Term>& terms);

/// All hierarchical models with terms of at most `order` lists. @param n_lists  up to 6; with 6
/// lists order 2 at most. @cost  memory and time by their number: 8, 113, 6,893, 32,768.
std::vector<std::vector<Term>> hierarchical_models(std::size_t n_lists, std::size_t order);

/// Fits every one and ranks them. @cost  some 10 us a model of six lists; in parallel.
Ranking rank_by_bic(const OverlapTable& table, std::size_t order);

/// The intervals when the choice is repeated among the best k models, for several k at once.
struct TopModels {
  std::size_t k = 0;
  Bootstrap bootstrap;
};

/// @param ks  ascending; each is cut to the number of models there are. The replicates' totals are
/// kept for the last only. @cost  5 us a replicate and model of five lists; in parallel.
std::vector<TopModels> bootstrap_top_models(const OverlapTable& table, const Ranking& ranking,
                                            const std::vector<std::size_t>& ks,
                                            const Replicates& replicates);

}  // namespace ovillo::picture
