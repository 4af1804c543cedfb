#include "ovillo/picture/hierarchical.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "ovillo/base/parallel.hpp"
#include "ovillo/picture/internal/newton.hpp"

namespace ovillo::picture {

namespace {

using internal::Newton;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::size_t size_of(Term term) { return static_cast<std::size_t>(std::popcount(term)); }

/// Sets of `order` lists all of whose parts of one list fewer are in the model.
std::vector<Term> eligible(const std::vector<Term>& model, std::size_t n_lists, std::size_t order) {
  std::vector<Term> out;
  for (Term term = 1; term < (1U << n_lists); ++term) {
    if (size_of(term) != order) continue;
    bool all = true;
    for (Term left = term; all && left != 0 && order > 2; left &= left - 1)
      all = std::binary_search(model.begin(), model.end(), term & ~(left & -left));
    if (all) out.push_back(term);
  }
  return out;
}

void grow(const std::vector<Term>& model, std::size_t n_lists, std::size_t next_order,
          std::size_t order, std::vector<std::vector<Term>>& out) {
  // A term of all lists would need the cell that nobody sees.
  const std::size_t largest = std::min(order, n_lists - 1);
  const std::vector<Term> more =
      next_order > largest ? std::vector<Term>{} : eligible(model, n_lists, next_order);
  for (std::uint64_t chosen = 0; chosen < (std::uint64_t{1} << more.size()); ++chosen) {
    std::vector<Term> larger = model;
    for (std::size_t i = 0; i < more.size(); ++i)
      if ((chosen >> i & 1U) != 0) larger.push_back(more[i]);
    std::sort(larger.begin(), larger.end());
    if (chosen == 0)
      out.push_back(std::move(larger));
    else
      grow(larger, n_lists, next_order + 1, order, out);
  }
}

double bic_of(const Newton& newton) {
  return -2 * newton.log_likelihood() +
         static_cast<double>(newton.n_parameters()) * std::log(newton.n_on(0));
}

/// The models in one thread's hands, each with the coefficients that fit the table itself.
class Chooser {
 public:
  Chooser(const OverlapTable& table, std::span<const RankedModel> models)
      : newton_(table.n_lists()), models_(models) {
    newton_.count(table.count);
    for (const RankedModel& model : models_) {
      newton_.fit(model.terms);
      start_.push_back(newton_.start(model.terms));
    }
  }

  /// total[i] of the best of the first ks[i] models; NaN: none of them has an estimate.
  void choose(std::span<const double> count, const std::vector<std::size_t>& ks,
              std::span<double> total) {
    newton_.count(count);
    double best_bic = std::numeric_limits<double>::infinity();
    double best_total = kNone;
    std::size_t i = 0;
    for (std::size_t m = 0; m < models_.size(); ++m) {
      // Without a maximum within reach there is no figure to rank.
      if (newton_.fit_from(start_[m]) == Newton::End::inside) {
        const double bic = bic_of(newton_);
        if (bic < best_bic) {
          best_bic = bic;
          best_total = newton_.n_on(0) + std::exp(newton_.coefficients()[0]);
        }
      }
      for (; i < ks.size() && ks[i] == m + 1; ++i) total[i] = best_total;
    }
  }

 private:
  Newton newton_;
  std::span<const RankedModel> models_;
  std::vector<Newton::Start> start_;
};

}  // namespace

std::size_t default_order(std::size_t n_lists) { return n_lists == 4 || n_lists == 5 ? 3 : 2; }

std::vector<Term> largest_terms(const std::vector<Term>& terms) {
  std::vector<Term> out;
  for (const Term term : terms)
    if (std::none_of(terms.begin(), terms.end(),
                     [&](Term other) { return other != term && (other & term) == term; }))
      out.push_back(term);
  return out;
}

std::vector<std::vector<Term>> hierarchical_models(std::size_t n_lists, std::size_t order) {
  std::vector<std::vector<Term>> out;
  grow({}, n_lists, 2, order, out);
  return out;
}

Ranking rank_by_bic(const OverlapTable& table, std::size_t order) {
  const std::vector<std::vector<Term>> models = hierarchical_models(table.n_lists(), order);
  struct Tried {
    Existence existence = Existence::exists;
    double total = 0;
    double bic = 0;
  };
  std::vector<Tried> tried(models.size());
  parallel_for(models.size(), 64, [&](std::size_t begin, std::size_t end) {
    Newton newton(table.n_lists());
    newton.count(table.count);
    for (std::size_t m = begin; m < end; ++m) {
      // Neighbours in the list share most terms: the last fit is a good start.
      tried[m].existence = internal::fit_or_tell(newton, models[m], table.count, m != begin);
      if (tried[m].existence != Existence::exists) continue;
      tried[m].total = newton.n_on(0) + std::exp(newton.coefficients()[0]);
      tried[m].bic = bic_of(newton);
    }
  });
  Ranking out;
  out.n_models = models.size();
  for (std::size_t m = 0; m < models.size(); ++m) {
    ++out.n_by_existence[static_cast<std::size_t>(tried[m].existence)];
    if (tried[m].existence == Existence::exists)
      out.models.push_back({models[m], tried[m].total, tried[m].bic});
    else
      out.withheld.push_back({models[m], tried[m].existence});
  }
  std::stable_sort(out.models.begin(), out.models.end(),
                   [](const RankedModel& a, const RankedModel& b) { return a.bic < b.bic; });
  return out;
}

std::vector<TopModels> bootstrap_top_models(const OverlapTable& table, const Ranking& ranking,
                                            const std::vector<std::size_t>& ks,
                                            const Replicates& replicates) {
  std::vector<std::size_t> cut;
  for (const std::size_t k : ks) {
    const std::size_t here = std::min(k, ranking.models.size());
    if (here > 0 && (cut.empty() || cut.back() != here)) cut.push_back(here);
  }
  if (cut.empty()) return {};
  const std::span models = std::span(ranking.models).first(cut.back());
  const std::size_t n = replicates.size();
  std::vector<std::vector<double>> totals(cut.size(), std::vector<double>(n));
  parallel_for(n, 64, [&](std::size_t begin, std::size_t end) {
    Chooser chooser(table, models);
    std::vector<double> total(cut.size());
    for (std::size_t r = begin; r < end; ++r) {
      chooser.choose(replicates[r], cut, total);
      for (std::size_t i = 0; i < cut.size(); ++i) totals[i][r] = total[i];
    }
  });
  std::vector<std::vector<double>> without(cut.size());
  std::vector<double> weight;
  Chooser chooser(table, models);
  std::vector<double> fewer = table.count;
  std::vector<double> total(cut.size());
  for (std::size_t p = 1; p < fewer.size(); ++p) {
    if (fewer[p] <= 0) continue;
    weight.push_back(fewer[p]);
    fewer[p] -= 1;
    chooser.choose(fewer, cut, total);
    for (std::size_t i = 0; i < cut.size(); ++i) without[i].push_back(total[i]);
    fewer[p] += 1;
  }
  std::vector<TopModels> out;
  for (std::size_t i = 0; i < cut.size(); ++i) {
    out.push_back({cut[i], bca_of(models[0].total, std::move(totals[i]), without[i], weight)});
    if (i + 1 < cut.size()) out.back().bootstrap.totals.clear();
  }
  return out;
}

}  // namespace ovillo::picture
