#include "ovillo/flow/estimate_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <ostream>

#include <fmt/format.h>

#include "ovillo/flow/estimate_report.hpp"
#include "ovillo/flow/overlap_file.hpp"

namespace ovillo::flow {

namespace {

using picture::Method;

Result<void> check(const EstimateOrder& order) {
  const auto premises = picture::premises();
  for (const std::string& key : order.stated) {
    if (std::any_of(premises.begin(), premises.end(),
                    [&](const picture::Premise& one) { return one.key == key; }))
      continue;
    std::string known;
    for (const picture::Premise& one : premises)
      known += (known.empty() ? "" : ", ") + std::string(one.key);
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("--stated: no premise \"{}\"; they are: {}", key, known));
  }
  return {};
}

Result<std::ofstream> opened(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  if (!file) return Error(ErrorCode::base_bad_argument, fmt::format("cannot write \"{}\"", path));
  return file;
}

Result<void> write_totals(const std::string& path, const picture::Estimate& estimate) {
  if (!estimate.stepwise_bootstrap)
    return Error(ErrorCode::base_bad_argument,
                 "--totals: the method stepwise has no replicates to write");
  OVILLO_TRY(std::ofstream file, opened(path));
  file << "replicate,total\n";
  const std::vector<double>& totals = estimate.stepwise_bootstrap->totals;
  for (std::size_t r = 0; r < totals.size(); ++r)
    file << (std::isnan(totals[r]) ? fmt::format("{},\n", r + 1)
                                   : fmt::format("{},{:.17g}\n", r + 1, totals[r]));
  return {};
}

Result<void> write_models(const std::string& path, const picture::OverlapTable& table,
                          const picture::Estimate& estimate) {
  if (!estimate.ranking)
    return Error(ErrorCode::base_bad_argument, "--models: the method bic tried no models");
  OVILLO_TRY(std::ofstream file, opened(path));
  file << "rank,model,existence,total,bic\n";
  std::size_t rank = 0;
  for (const picture::RankedModel& model : estimate.ranking->models)
    file << fmt::format("{},{},0,{:.17g},{:.17g}\n", ++rank,
                        picture::model_name(table, picture::largest_terms(model.terms)),
                        model.total, model.bic);
  for (const picture::WithheldModel& model : estimate.ranking->withheld)
    file << fmt::format(",{},{},,\n",
                        picture::model_name(table, picture::largest_terms(model.terms)),
                        static_cast<int>(model.existence));
  return {};
}

Diagnosis diagnosed(const EstimateOrder& order, const picture::OverlapTable& table,
                    const picture::Estimate& estimate, const picture::Progress& progress) {
  constexpr std::uint64_t kReplicatesOfCoverage = 200;
  const picture::Settings& settings = order.settings;
  const auto say = [&](std::string_view what) {
    if (progress) progress(what);
  };
  Diagnosis out;
  out.stated = order.stated;
  out.health = picture::table_health(table);
  out.bounds = picture::bounds(table, order.odds);
  if (estimate.ranking && !estimate.ranking->models.empty())
    out.close = picture::close_models(*estimate.ranking);
  say("lists left out, merged and compared");
  out.without = picture::without_each_list(table, settings.threshold);
  out.merged = picture::with_each_pair_merged(table, settings.threshold);
  out.thresholds = picture::along_thresholds(table);
  out.consistency = picture::internal_consistency(table, settings.threshold, settings.seed);
  out.trajectory = picture::sample_trajectory(table, settings.threshold, settings.seed);
  out.linkage = picture::linkage_effects(table, settings.threshold, settings.seed);
  if (!estimate.stepwise || !estimate.stepwise->total()) return out;
  const picture::LogLinearFit& fit = estimate.stepwise->fit;
  out.ties = picture::ties_of_all(table, fit.hidden);
  for (const Method method : settings.methods) {
    const bool simulated = method == Method::stepwise || method == Method::aic ||
                           (method == Method::bic && table.n_lists() <= 5);
    if (order.n_tables == 0 || !simulated) continue;
    say(fmt::format("coverage of {}", picture::name(method)));
    out.coverage.push_back(
        picture::coverage(table, fit, method, settings, order.n_tables, kReplicatesOfCoverage));
  }
  return out;
}

}  // namespace

Result<void> write_estimate(const EstimateOrder& order, const picture::Progress& progress,
                            std::ostream& out) {
  OVILLO_CHECK(check(order));
  OVILLO_TRY(const picture::OverlapTable table, read_overlaps(order.path));
  picture::Settings settings = order.settings;
  picture::Replicates given;
  if (!order.counts.empty()) {
    OVILLO_TRY(given, read_replicates(order.counts, table));
    settings.replicates = &given;
  }
  const picture::Estimate estimate = picture::estimate(table, settings, progress);
  EstimateReport report{order.path, &table, &settings, &estimate, {}, {}};
  if (order.missed > 0 || order.false_links > 0)
    report.with_linkage =
        picture::with_linkage(table, order.missed, order.false_links, settings.threshold,
                              settings.n_replicates, settings.seed);
  if (order.diagnostics) report.diagnosis = diagnosed(order, table, estimate, progress);
  if (!order.totals.empty()) OVILLO_CHECK(write_totals(order.totals, estimate));
  if (!order.models.empty()) OVILLO_CHECK(write_models(order.models, table, estimate));
  if (order.json)
    write_estimate_json(report, out);
  else
    write_estimate_text(report, out);
  return {};
}

}  // namespace ovillo::flow
