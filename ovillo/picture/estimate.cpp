#include "ovillo/picture/estimate.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace ovillo::picture {

namespace {

struct MethodText {
  Method method;
  std::string_view name;
  std::string_view assumption;
};

constexpr std::array<MethodText, 6> kMethods = {{
    {Method::stepwise, "stepwise",
     "Two lists are tied only where their overlap shows it, and no three lists are tied beyond "
     "their pairs; the same holds for the people on no list."},
    {Method::bic, "bic",
     "The ties of the lists are those of the hierarchical model that the counts favour most; it "
     "holds for the people on no list too."},
    {Method::aic, "aic",
     "Two lists are tied only where that lowers AIC and is significant; the interval takes the "
     "chosen model as if it had been known beforehand."},
    {Method::thresholded, "thresholded",
     "Pairs of lists are tied weakly unless the counts say otherwise, and no three lists are tied "
     "beyond their pairs."},
    {Method::decomposable, "decomposable",
     "The ties of the lists form a decomposable graph, each graph as likely as another, and a "
     "total twice as large is half as likely beforehand."},
    {Method::latent, "latent",
     "People are of a few kinds; within a kind no list depends on another, and the people on no "
     "list are of the same kinds as the others."},
}};

const MethodText& text_of(Method method) {
  return *std::find_if(kMethods.begin(), kMethods.end(),
                       [&](const MethodText& one) { return one.method == method; });
}

void take_interval(const Interval& interval, MethodResult& out) {
  if (std::isnan(interval.low)) return;
  out.low = interval.low;
  out.high = interval.high;
  const auto too_few = [&](std::string_view end) {
    out.remarks.push_back(
        fmt::format("Fewer than ten replicates lie beyond the {} end: ask for more of them, or do "
                    "not quote it.",
                    end));
  };
  if (!interval.sure_low) too_few("lower");
  if (!interval.sure_high) too_few("upper");
}

void take_bootstrap(const Bootstrap& bootstrap, MethodResult& out) {
  take_interval(bootstrap.widest(), out);
  out.interval_kind = "BCa, the choice of the model repeated on each replicate";
  if (bootstrap.n_no_estimate > 0)
    out.remarks.push_back(fmt::format("{} of {} replicates have no estimate and are left out.",
                                      bootstrap.n_no_estimate, bootstrap.totals.size()));
  if (bootstrap.n_ties > 0)
    out.remarks.push_back(fmt::format(
        "{} replicates equal the estimate; they count as not below it.", bootstrap.n_ties));
}

void take_draws(const Draws& draws, MethodResult& out) {
  out.interval_kind = "95 of 100 draws of the posterior";
  const Mixing& mixing = draws.mixing;
  if (!mixing.mixed) {
    std::string medians;
    for (const double median : mixing.medians)
      medians += fmt::format("{}{:.0f}", medians.empty() ? "" : ", ", median);
    out.withheld = fmt::format(
        "The chains did not mix: R-hat {:.3f}, {:.0f} effective draws, medians {}. The posterior "
        "has not been sampled, so there is no figure.",
        mixing.r_hat, mixing.effective_draws, medians);
    return;
  }
  out.total = draws.median;
  out.low = draws.low;
  out.high = draws.high;
  out.remarks.push_back(fmt::format("{} chains: R-hat {:.4f}, {:.0f} effective draws.",
                                    mixing.medians.size(), mixing.r_hat, mixing.effective_draws));
}

/// The methods on one table; each leaves its part of the estimate.
class Maker {
 public:
  Maker(const OverlapTable& table, const Settings& settings) : table_(table), settings_(settings) {}

  Estimate make(const Progress& progress) {
    for (const Method method : settings_.methods) {
      if (progress) progress(name(method));
      MethodResult result;
      result.method = method;
      switch (method) {
        case Method::stepwise:
          by_stepwise(result);
          break;
        case Method::bic:
          by_bic(result);
          break;
        case Method::aic:
          by_aic(result);
          break;
        case Method::thresholded:
          by_thresholded(result);
          break;
        case Method::decomposable:
          by_decomposable(result);
          break;
        case Method::latent:
          by_latent(result);
          break;
      }
      if (result.total) {
        out_.least = std::min(out_.least.value_or(*result.total), *result.total);
        out_.greatest = std::max(out_.greatest.value_or(*result.total), *result.total);
      }
      out_.results.push_back(std::move(result));
    }
    return std::move(out_);
  }

 private:
  const Replicates& replicates() {
    if (settings_.replicates != nullptr) return *settings_.replicates;
    if (drawn_.n_cells == 0) drawn_ = resample(table_, settings_.n_replicates, settings_.seed);
    return drawn_;
  }

  void by_stepwise(MethodResult& result) {
    out_.stepwise = picture::stepwise(table_, settings_.threshold);
    result.terms = out_.stepwise->terms;
    result.total = out_.stepwise->total();
    if (!result.total) {
      result.withheld = sentence(out_.stepwise->fit.existence);
      return;
    }
    out_.stepwise_bootstrap = bootstrap(table_, *result.total, replicates(),
                                        stepwise_total(table_.n_lists(), settings_.threshold));
    take_bootstrap(*out_.stepwise_bootstrap, result);
  }

  void by_bic(MethodResult& result) {
    if (table_.n_lists() > kMostListsSearched) {
      result.withheld =
          fmt::format("{} lists have too many models to try all of them; up to {} can be searched.",
                      table_.n_lists(), kMostListsSearched);
      return;
    }
    const std::size_t order = settings_.order == 0 ? default_order(table_.n_lists())
                              : table_.n_lists() == kMostListsSearched
                                  ? std::min<std::size_t>(settings_.order, 2)
                                  : settings_.order;
    out_.ranking = rank_by_bic(table_, order);
    if (out_.ranking->models.empty()) {
      result.withheld = "None of the models has an estimate.";
      return;
    }
    const RankedModel& best = out_.ranking->models[0];
    result.terms = largest_terms(best.terms);
    result.total = best.total;
    std::vector<std::size_t> ks;
    for (const std::size_t k : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000})
      if (k < settings_.n_top) ks.push_back(k);
    ks.push_back(settings_.n_top);
    out_.top = bootstrap_top_models(table_, *out_.ranking, ks, replicates());
    take_bootstrap(out_.top.back().bootstrap, result);
    result.remarks.push_back(fmt::format("The best of {} models, {} of which have an estimate.",
                                         out_.ranking->n_models, out_.ranking->models.size()));
  }

  void by_aic(MethodResult& result) {
    out_.aic = stepwise_by_aic(table_);
    result.terms = out_.aic->terms;
    result.total = out_.aic->total();
    if (!result.total) {
      result.withheld = sentence(out_.aic->fit.existence);
      return;
    }
    const Interval profile = profile_interval(table_, out_.aic->terms);
    if (!std::isnan(profile.low)) result.low = profile.low;
    if (!std::isnan(profile.high)) result.high = profile.high;
    result.interval_kind = "profile of the likelihood, the model taken as given (too short)";
  }

  void by_thresholded(MethodResult& result) {
    out_.thresholded = estimate_thresholded(table_, settings_.seed);
    result.terms = out_.thresholded->retained;
    take_draws(out_.thresholded->draws, result);
    if (const auto& near = out_.thresholded->borderline)
      result.remarks.push_back(fmt::format(
          "{} stands at the threshold ({:.2f}): were it {}, the total would be {:.0f}.",
          term_name(table_, near->pair), near->ratio,
          std::find(result.terms.begin(), result.terms.end(), near->pair) == result.terms.end()
              ? "retained"
              : "dropped",
          near->otherwise.median));
  }

  void by_decomposable(MethodResult& result) {
    if (table_.n_lists() > kMostListsDecomposable) {
      result.withheld = fmt::format("{} lists have too many graphs; up to {} can be averaged.",
                                    table_.n_lists(), kMostListsDecomposable);
      return;
    }
    constexpr double kMostPeople = 1e6;
    if (table_.n_observed() > kMostPeople) {
      result.withheld =
          "Every total is looked at, which takes too long for more than a million "
          "people.";
      return;
    }
    out_.decomposable = average_decomposable(table_);
    const Posterior& posterior = *out_.decomposable;
    result.total = posterior.median;
    result.low = posterior.low;
    result.high = posterior.high;
    result.interval_kind = "95 of 100 of the posterior, exactly";
    if (posterior.peaks.size() > 1) {
      std::string peaks;
      for (const double peak : posterior.peaks)
        peaks += fmt::format("{}{:.0f}", peaks.empty() ? "" : " and ", peak);
      result.remarks.push_back("The posterior has several peaks: " + peaks +
                               ". The median lies where few totals are likely.");
    }
  }

  void by_latent(MethodResult& result) {
    out_.latent = estimate_latent_classes(table_, settings_.seed);
    take_draws(*out_.latent, result);
  }

  const OverlapTable& table_;
  const Settings& settings_;
  Replicates drawn_;
  Estimate out_;
};

}  // namespace

std::vector<Method> all_methods() {
  std::vector<Method> out;
  for (const MethodText& one : kMethods) out.push_back(one.method);
  return out;
}

std::string_view name(Method method) { return text_of(method).name; }

std::optional<Method> method_named(std::string_view name) {
  for (const MethodText& one : kMethods)
    if (one.name == name) return one.method;
  return std::nullopt;
}

std::string_view assumption(Method method) { return text_of(method).assumption; }

Estimate estimate(const OverlapTable& table, const Settings& settings, const Progress& progress) {
  return Maker(table, settings).make(progress);
}

}  // namespace ovillo::picture
