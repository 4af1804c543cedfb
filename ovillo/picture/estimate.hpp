// Every method on one table, side by side: the spread is the answer, no single figure.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/picture/bounds.hpp"
#include "ovillo/picture/decomposable.hpp"
#include "ovillo/picture/hierarchical.hpp"
#include "ovillo/picture/latent_classes.hpp"
#include "ovillo/picture/stepwise.hpp"
#include "ovillo/picture/thresholded.hpp"

namespace ovillo::picture {

enum class Method : std::uint8_t { stepwise, bic, aic, thresholded, decomposable, latent };

/// In the order they are shown: "stepwise", "bic", "aic", "thresholded", "decomposable", "latent".
std::vector<Method> all_methods();
std::string_view name(Method method);
std::optional<Method> method_named(std::string_view name);
/// What nobody can test and the figure rests on, in a sentence.
std::string_view assumption(Method method);

struct Settings {
  std::vector<Method> methods = all_methods();
  std::uint64_t n_replicates = 1000;
  std::uint64_t seed = 1;
  double threshold = kStepwiseThreshold;
  std::size_t order = 0;                   ///< of the search by BIC; 0: default_order
  std::size_t n_top = 100;                 ///< models among which the choice by BIC is repeated
  const Replicates* replicates = nullptr;  ///< given ones, in place of drawn ones
};

/// What one method says, or why it says nothing.
struct MethodResult {
  Method method = Method::stepwise;
  std::optional<double> total;  ///< empty: withheld
  std::optional<double> low;    ///< of the 95 % interval; empty: none can be given
  std::optional<double> high;
  std::string interval_kind;         ///< "BCa, the choice of the model repeated", ...
  std::string withheld;              ///< why there is no total
  std::vector<std::string> remarks;  ///< what a reader must know beside the figures
  std::vector<Term> terms;           ///< of the model chosen, where there is one
};

struct Estimate {
  std::vector<MethodResult> results;
  std::optional<double> least;  ///< of the totals that are not withheld
  std::optional<double> greatest;
  // What the methods left behind, for the diagnostics and the report.
  std::optional<Chosen> stepwise;
  std::optional<Bootstrap> stepwise_bootstrap;
  std::optional<Ranking> ranking;
  std::vector<TopModels> top;
  std::optional<Chosen> aic;
  std::optional<Thresholded> thresholded;
  std::optional<Posterior> decomposable;
  std::optional<Draws> latent;
};

/// Called with what is being done, before it is.
using Progress = std::function<void(std::string_view)>;

/// @cost  some 6 CPU s for five lists and all methods; 0.1 s without the latent classes.
Estimate estimate(const OverlapTable& table, const Settings& settings, const Progress& progress);

}  // namespace ovillo::picture
