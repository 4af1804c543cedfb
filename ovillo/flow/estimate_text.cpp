#include <algorithm>
#include <cmath>
#include <ostream>

#include <fmt/format.h>

#include "ovillo/flow/estimate_report.hpp"

namespace ovillo::flow {

namespace {

using picture::OverlapTable;

/// "12,345"; "-" where there is none.
std::string people(std::optional<double> value) {
  if (!value || !std::isfinite(*value)) return "-";
  std::string digits = fmt::format("{:.0f}", *value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string percent(double share) {
  return std::isnan(share) ? "-" : fmt::format("{:.1f} %", 100 * share);
}

std::string range(double low, double high) { return people(low) + " to " + people(high); }

void write_head(const EstimateReport& report, std::ostream& out) {
  const OverlapTable& table = *report.table;
  const picture::TableHealth health = picture::table_health(table);
  std::string sizes;
  for (std::size_t l = 0; l < table.n_lists(); ++l)
    sizes +=
        fmt::format("{}{} {}", l == 0 ? "" : ", ", table.lists[l], people(health.list_size[l]));
  out << fmt::format("{}: {} people on {} lists ({}), {} of them on two or more.\n\n", report.file,
                     people(health.n_observed), table.n_lists(), sizes,
                     people(health.on_two_or_more));
  const picture::Estimate& estimate = *report.estimate;
  std::size_t n_with = 0;
  for (const picture::MethodResult& one : estimate.results) n_with += one.total.has_value();
  if (n_with == 0) {
    out << "No method has an estimate for this table. The number of people stays unknown.\n";
  } else if (estimate.results.size() == 1) {
    out << "One method was asked. Others may differ from it by several times: run all of them\n"
           "before a figure is quoted.\n";
  } else {
    out << fmt::format(
        "The {} methods that have an answer place the number of people, the hidden ones\n"
        "included, between {} and {}. The spread is the result: each figure rests on an\n"
        "assumption about people whom no list knows, which nobody can test.\n",
        n_with, people(estimate.least), people(estimate.greatest));
  }
}

/// Breaks a sentence into lines that begin at `margin`.
std::string wrapped(std::string_view text, std::size_t margin) {
  constexpr std::size_t kWidth = 96;
  std::string out;
  std::size_t column = margin;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > margin && column + end > kWidth) {
      out += '\n' + std::string(margin, ' ');
      column = margin;
    } else if (column > margin) {
      out += ' ';
      ++column;
    }
    out += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void write_methods(const EstimateReport& report, std::ostream& out) {
  constexpr std::size_t kMargin = 4;
  const std::string margin(kMargin, ' ');
  for (const picture::MethodResult& one : report.estimate->results) {
    if (one.total) {
      out << fmt::format("\n{:<13}{:>10}", picture::name(one.method), people(one.total));
      if (one.low || one.high)
        out << fmt::format("   95 %: {} to {}", people(one.low), people(one.high));
      out << '\n';
      if (!one.interval_kind.empty() && (one.low || one.high))
        out << margin << "Interval: " << one.interval_kind << ".\n";
      const bool has_model =
          one.method != picture::Method::decomposable && one.method != picture::Method::latent;
      if (has_model)
        out << margin << wrapped("Ties: " + picture::model_name(*report.table, one.terms), kMargin)
            << '\n';
    } else {
      out << fmt::format("\n{:<13}{:>10}\n", picture::name(one.method), "withheld") << margin
          << wrapped(one.withheld, kMargin) << '\n';
    }
    out << margin << wrapped("Assumes: " + std::string(picture::assumption(one.method)), kMargin)
        << '\n';
    for (const std::string& remark : one.remarks) out << margin << wrapped(remark, kMargin) << '\n';
  }
  if (report.with_linkage)
    out << fmt::format(
        "\nWith {} of the links missed and {} of them wrong, sampling included: {} (stepwise,\n"
        "median {}).\n",
        percent(report.with_linkage->missed), percent(report.with_linkage->false_links),
        range(report.with_linkage->low, report.with_linkage->high),
        people(report.with_linkage->median));
}

void write_variants(const std::vector<picture::Variant>& variants, std::ostream& out) {
  for (const picture::Variant& one : variants)
    out << fmt::format("    {:<40}{:>12}\n", one.what,
                       one.total ? people(one.total) : std::string("no estimate"));
}

class Diagnostics {
 public:
  Diagnostics(const EstimateReport& report, std::ostream& out)
      : report_(report), d_(*report.diagnosis), out_(out) {}

  void write() {
    out_ << "\nWhat to look at before a figure is quoted\n";
    of_table();
    of_existence();
    of_assumption();
    of_close_models();
    of_selection();
    of_lists();
    of_consistency();
    of_samples();
    of_chains();
    of_linkage();
    of_premises();
    of_coverage();
  }

 private:
  void head(std::string_view text) { out_ << fmt::format("\n{:>2}. {}\n", ++number_, text); }

  void of_table() {
    head("The table");
    const picture::TableHealth& h = d_.health;
    out_ << fmt::format(
        "    {} of {} people are on two lists or more ({}). {} of {} pairs of lists share nobody;\n"
        "    {} triples share somebody on all three. {} cells hold one person and {} fewer than "
        "five: the "
        "table\n"
        "    itself may tell of persons and is not for publication as it is.\n",
        people(h.on_two_or_more), people(h.n_observed), percent(h.on_two_or_more / h.n_observed),
        h.empty_pairs.size(), h.n_pairs, h.n_triples_sharing, h.cells_of_one, h.cells_below_five);
  }
  void of_existence() {
    head("Models that have an estimate");
    const auto& ranking = report_.estimate->ranking;
    if (!ranking) {
      out_ << "    Not all models were tried; those of the methods above are told there.\n";
      return;
    }
    out_ << fmt::format(
        "    Of {} hierarchical models {} have one; {} have no maximum, {} are not identified, {}\n"
        "    neither. Of these no number is given.\n",
        ranking->n_models, ranking->n_by_existence[0], ranking->n_by_existence[1],
        ranking->n_by_existence[2], ranking->n_by_existence[3]);
  }
  void of_assumption() {
    head("The assumption that settles the total");
    out_
        << "    Every model here takes it that all lists at once are tied by nothing beyond their\n"
           "    smaller ties. Were that tie not 0 (logarithm), the stepwise total would be:\n";
    write_variants(d_.ties, out_);
    out_ << fmt::format(
        "    Without a model, and with odds of at most {} between any two lists among people on "
        "no\n"
        "    third: {}.",
        d_.bounds.odds,
        d_.bounds.pairs.empty() ? "nothing can be said"
                                : range(d_.bounds.lowest, d_.bounds.highest));
    if (!std::isnan(d_.bounds.least_if_people_differ))
      out_ << fmt::format(" If people differ in how easily they are found,\n    at least {}.",
                          people(d_.bounds.least_if_people_differ));
    out_ << '\n';
  }
  void of_close_models() {
    head("Models as good as the best");
    if (d_.close)
      out_ << fmt::format("    {} models lie within 10 of the best BIC: {}.\n", d_.close->n_models,
                          range(d_.close->least, d_.close->greatest));
    else
      out_ << "    Not all models were tried.\n";
  }
  void of_selection() {
    head("What choosing the model costs");
    for (const picture::TopModels& top : report_.estimate->top)
      out_ << fmt::format("    best {:<4} of the models: {}\n", top.k,
                          range(top.bootstrap.widest().low, top.bootstrap.widest().high));
    const auto& results = report_.estimate->results;
    for (const picture::MethodResult& one : results)
      if (one.low &&
          (one.method == picture::Method::stepwise || one.method == picture::Method::aic))
        out_ << fmt::format("    {}: {} ({})\n", picture::name(one.method),
                            people(one.low) + " to " + people(one.high), one.interval_kind);
  }
  void of_lists() {
    head("Lists left out, and two as one (stepwise)");
    write_variants(d_.without, out_);
    write_variants(d_.merged, out_);
    out_ << "    Thresholds, from no ties to all that can be:\n";
    write_variants(d_.thresholds, out_);
  }
  void of_consistency() {
    head("Can the method find a number that is known?");
    if (d_.consistency.empty()) out_ << "    With two lists it cannot be tried.\n";
    for (const picture::Consistency& one : d_.consistency) {
      if (!one.estimated)
        out_ << fmt::format("    {}: {} are known; the other lists give no estimate\n", one.list,
                            people(one.known));
      else
        out_ << fmt::format(
            "    {}: {} are known; the other lists say {} (logarithm of the ratio "
            "{:+.2f}), {}\n",
            one.list, people(one.known), people(one.estimated), *one.log_relative_bias,
            !one.covered   ? "no interval"
            : *one.covered ? "within the interval"
                           : "outside the interval");
    }
  }
  void of_samples() {
    head("Has the figure settled? Samples of the table, each scaled up");
    for (const picture::SamplePoint& one : d_.trajectory)
      out_ << fmt::format("    {:>3.0f} % of the people: median {}, half of them {}{}\n",
                          100 * one.share, people(one.median), range(one.low, one.high),
                          one.n_no_estimate == 0
                              ? std::string()
                              : fmt::format("; {} of 100 have none", one.n_no_estimate));
  }
  void of_chains() {
    head("Chains of draws");
    const auto tell = [&](std::string_view method, const picture::Mixing& mixing) {
      out_ << fmt::format(
          "    {}: R-hat {:.3f}, {:.0f} effective draws, {} of proposals taken: {}\n", method,
          mixing.r_hat, mixing.effective_draws, percent(mixing.accepted),
          mixing.mixed ? "mixed" : "NOT mixed, no figure is given");
    };
    const picture::Estimate& estimate = *report_.estimate;
    if (estimate.thresholded) tell("thresholded", estimate.thresholded->draws.mixing);
    if (estimate.latent) tell("latent", estimate.latent->mixing);
    if (!estimate.thresholded && !estimate.latent) out_ << "    No method that draws was asked.\n";
    if (estimate.decomposable && estimate.decomposable->peaks.size() > 1)
      out_ << "    decomposable: the posterior has several peaks (told above)\n";
  }
  void of_linkage() {
    head("If the links between lists are wrong (stepwise, 200 mended tables each)");
    for (const picture::LinkageEffect& one : d_.linkage)
      out_ << fmt::format("    {:>6} missed, {:>6} wrong: median {}, {}\n", percent(one.missed),
                          percent(one.false_links), people(one.median), range(one.low, one.high));
  }
  void of_premises() {
    head("What the counts cannot show and somebody must answer for");
    for (const picture::Premise& one : picture::premises()) {
      const bool stated = std::find(d_.stated.begin(), d_.stated.end(), one.key) != d_.stated.end();
      out_ << fmt::format("    [{}] {}\n", stated ? "stated" : "NOT STATED",
                          wrapped(one.sentence, 4));
    }
  }
  void of_coverage() {
    head("How often such intervals hold the truth, if the stepwise model were true");
    if (d_.coverage.empty()) out_ << "    Not simulated.\n";
    for (const picture::Coverage& one : d_.coverage)
      out_ << fmt::format(
          "    {}: the nominal 95 % interval in {}{} of {} tables\n", picture::name(one.method),
          percent(one.of_95),
          std::isnan(one.of_80) ? std::string() : ", the nominal 80 % in " + percent(one.of_80),
          one.n_tables);
  }

  const EstimateReport& report_;
  const Diagnosis& d_;
  std::ostream& out_;
  int number_ = 0;
};

}  // namespace

void write_estimate_text(const EstimateReport& report, std::ostream& out) {
  write_head(report, out);
  write_methods(report, out);
  if (report.diagnosis) Diagnostics(report, out).write();
}

}  // namespace ovillo::flow
