#include <algorithm>
#include <cmath>
#include <ostream>

#include <nlohmann/json.hpp>

#include "ovillo/flow/estimate_report.hpp"

namespace ovillo::flow {

namespace {

using Json = nlohmann::ordered_json;
using picture::OverlapTable;
using picture::Term;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json number(const std::optional<double>& value) { return value ? number(*value) : Json(nullptr); }

Json lists_of(const OverlapTable& table, Term term) {
  Json out = Json::array();
  for (std::size_t l = 0; l < table.n_lists(); ++l)
    if ((term >> l & 1U) != 0) out.push_back(table.lists[l]);
  return out;
}

Json terms_of(const OverlapTable& table, const std::vector<Term>& terms) {
  Json out = Json::array();
  for (const Term term : terms) out.push_back(lists_of(table, term));
  return out;
}

Json json_of(const picture::Bootstrap& bootstrap) {
  Json intervals = Json::array();
  for (const picture::Interval& one : bootstrap.bca)
    intervals.push_back({{"level", one.level},
                         {"low", number(one.low)},
                         {"high", number(one.high)},
                         {"share_below_low", number(one.level_low)},
                         {"share_below_high", number(one.level_high)},
                         {"low_is_sure", one.sure_low},
                         {"high_is_sure", one.sure_high}});
  return {{"no_estimate", bootstrap.n_no_estimate},
          {"ties", bootstrap.n_ties},
          {"acceleration", number(bootstrap.acceleration)},
          {"bias_correction", number(bootstrap.bias_correction)},
          {"bca", std::move(intervals)}};
}

Json json_of(const picture::Mixing& mixing) {
  return {{"mixed", mixing.mixed},
          {"r_hat", number(mixing.r_hat)},
          {"effective_draws", number(mixing.effective_draws)},
          {"accepted", number(mixing.accepted)},
          {"medians", mixing.medians}};
}

/// What one method knows beside its figure.
Json details_of(const EstimateReport& report, picture::Method method) {
  const picture::Estimate& estimate = *report.estimate;
  const OverlapTable& table = *report.table;
  Json out = Json::object();
  switch (method) {
    case picture::Method::stepwise:
      out["existence"] = static_cast<int>(estimate.stepwise->fit.existence);
      if (estimate.stepwise_bootstrap) out["bootstrap"] = json_of(*estimate.stepwise_bootstrap);
      break;
    case picture::Method::bic: {
      if (!estimate.ranking) break;
      out["models"] = estimate.ranking->n_models;
      out["models_by_existence"] = estimate.ranking->n_by_existence;
      constexpr std::size_t kShown = 10;
      for (std::size_t i = 0; i < estimate.ranking->models.size() && i < kShown; ++i) {
        const picture::RankedModel& model = estimate.ranking->models[i];
        out["ranking"].push_back({{"model", terms_of(table, picture::largest_terms(model.terms))},
                                  {"total", model.total},
                                  {"bic", model.bic}});
      }
      for (const picture::TopModels& top : estimate.top) {
        Json one = json_of(top.bootstrap);
        one["models"] = top.k;
        out["by_models_chosen_from"].push_back(std::move(one));
      }
      break;
    }
    case picture::Method::aic:
      out["existence"] = static_cast<int>(estimate.aic->fit.existence);
      break;
    case picture::Method::thresholded:
      out["mixing"] = json_of(estimate.thresholded->draws.mixing);
      out["ratios"] = estimate.thresholded->ratio;
      if (const auto& near = estimate.thresholded->borderline)
        out["borderline"] = {{"lists", lists_of(table, near->pair)},
                             {"ratio", near->ratio},
                             {"total_otherwise", number(near->otherwise.median)}};
      break;
    case picture::Method::decomposable: {
      if (!estimate.decomposable) break;
      out["mean"] = estimate.decomposable->mean;
      out["peaks"] = estimate.decomposable->peaks;
      constexpr std::size_t kShown = 5;
      for (std::size_t i = 0; i < estimate.decomposable->graphs.size() && i < kShown; ++i)
        out["graphs"].push_back(
            {{"ties", terms_of(table, estimate.decomposable->graphs[i].graph.edges)},
             {"probability", estimate.decomposable->graphs[i].probability}});
      break;
    }
    case picture::Method::latent:
      out["mixing"] = json_of(estimate.latent->mixing);
      break;
  }
  return out;
}

Json json_of(const std::vector<picture::Variant>& variants) {
  Json out = Json::array();
  for (const picture::Variant& one : variants)
    out.push_back({{"what", one.what}, {"total", number(one.total)}});
  return out;
}

Json json_of(const picture::LinkageEffect& effect) {
  return {{"missed", effect.missed},     {"false_links", effect.false_links},
          {"low", number(effect.low)},   {"median", number(effect.median)},
          {"high", number(effect.high)}, {"no_estimate", effect.n_no_estimate}};
}

Json json_of(const OverlapTable& table, const picture::Bounds& bounds) {
  Json pairs = Json::array();
  for (const picture::PairBounds& one : bounds.pairs)
    pairs.push_back({{"lists", lists_of(table, one.pair)},
                     {"independent", one.independent},
                     {"low", one.low},
                     {"high", one.high}});
  return {{"odds", bounds.odds},
          {"lowest", bounds.lowest},
          {"highest", bounds.highest},
          {"least_if_people_differ", number(bounds.least_if_people_differ)},
          {"pairs", std::move(pairs)}};
}

Json json_of(const OverlapTable& table, const Diagnosis& d) {
  Json health = {{"observed", d.health.n_observed},
                 {"on_two_or_more", d.health.on_two_or_more},
                 {"list_sizes", d.health.list_size},
                 {"pairs", d.health.n_pairs},
                 {"empty_pairs", terms_of(table, d.health.empty_pairs)},
                 {"triples_overlapping", d.health.n_triples_overlapping},
                 {"triples_sharing", d.health.n_triples_sharing},
                 {"cells_of_one", d.health.cells_of_one},
                 {"cells_below_five", d.health.cells_below_five}};
  Json consistency = Json::array();
  for (const picture::Consistency& one : d.consistency)
    consistency.push_back({{"list", one.list},
                           {"known", one.known},
                           {"estimated", number(one.estimated)},
                           {"log_relative_bias", number(one.log_relative_bias)},
                           {"covered", one.covered ? Json(*one.covered) : Json(nullptr)}});
  Json trajectory = Json::array();
  for (const picture::SamplePoint& one : d.trajectory)
    trajectory.push_back({{"share", one.share},
                          {"low", number(one.low)},
                          {"median", number(one.median)},
                          {"high", number(one.high)},
                          {"no_estimate", one.n_no_estimate}});
  Json linkage = Json::array();
  for (const picture::LinkageEffect& one : d.linkage) linkage.push_back(json_of(one));
  Json coverage = Json::array();
  for (const picture::Coverage& one : d.coverage)
    coverage.push_back({{"method", picture::name(one.method)},
                        {"tables", one.n_tables},
                        {"no_estimate", one.n_no_estimate},
                        {"of_nominal_95", number(one.of_95)},
                        {"of_nominal_80", number(one.of_80)}});
  Json premises = Json::array();
  for (const picture::Premise& one : picture::premises())
    premises.push_back(
        {{"key", one.key},
         {"sentence", one.sentence},
         {"stated", std::find(d.stated.begin(), d.stated.end(), one.key) != d.stated.end()}});
  Json out = {{"table", std::move(health)},
              {"bounds", json_of(table, d.bounds)},
              {"tie_of_all_lists", json_of(d.ties)},
              {"without_a_list", json_of(d.without)},
              {"two_lists_as_one", json_of(d.merged)},
              {"thresholds", json_of(d.thresholds)},
              {"internal_consistency", std::move(consistency)},
              {"samples", std::move(trajectory)},
              {"linkage", std::move(linkage)},
              {"coverage", std::move(coverage)},
              {"premises", std::move(premises)}};
  if (d.close)
    out["models_within_10_bic"] = {
        {"models", d.close->n_models}, {"least", d.close->least}, {"greatest", d.close->greatest}};
  return out;
}

}  // namespace

void write_estimate_json(const EstimateReport& report, std::ostream& out) {
  const OverlapTable& table = *report.table;
  Json methods = Json::array();
  for (const picture::MethodResult& one : report.estimate->results) {
    Json interval = nullptr;
    if (one.low || one.high)
      interval = {{"level", 0.95},
                  {"low", number(one.low)},
                  {"high", number(one.high)},
                  {"kind", one.interval_kind}};
    methods.push_back({{"method", picture::name(one.method)},
                       {"total", number(one.total)},
                       {"interval", std::move(interval)},
                       {"withheld", one.withheld.empty() ? Json(nullptr) : Json(one.withheld)},
                       {"model", terms_of(table, one.terms)},
                       {"assumption", picture::assumption(one.method)},
                       {"remarks", one.remarks},
                       {"details", details_of(report, one.method)}});
  }
  Json answer = {
      {"file", report.file},
      {"lists", table.lists},
      {"observed", table.n_observed()},
      {"replicates", report.settings->replicates != nullptr ? report.settings->replicates->size()
                                                            : report.settings->n_replicates},
      {"seed", report.settings->seed},
      {"least", number(report.estimate->least)},
      {"greatest", number(report.estimate->greatest)},
      {"methods", std::move(methods)}};
  if (report.with_linkage) answer["with_linkage"] = json_of(*report.with_linkage);
  if (report.diagnosis) answer["diagnostics"] = json_of(table, *report.diagnosis);
  out << answer.dump(2) << '\n';
}

}  // namespace ovillo::flow
