#include "ovillo/picture/chains.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ovillo/picture/bootstrap.hpp"

namespace ovillo::picture {

namespace {

constexpr double kLargestRHat = 1.05;
constexpr double kFewestDraws = 400;

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(const double* draws, std::size_t n) {
  Moments out;
  out.mean = std::accumulate(draws, draws + n, 0.0) / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) out.variance += (draws[i] - out.mean) * (draws[i] - out.mean);
  out.variance /= static_cast<double>(n - 1);
  return out;
}

/// Covariance of draws `lag` apart, the mean over chains.
double autocovariance(const std::vector<std::vector<double>>& chains,
                      const std::vector<Moments>& of_chain, std::size_t lag) {
  double sum = 0;
  for (std::size_t c = 0; c < chains.size(); ++c) {
    const std::vector<double>& draws = chains[c];
    double here = 0;
    for (std::size_t i = 0; i + lag < draws.size(); ++i)
      here += (draws[i] - of_chain[c].mean) * (draws[i + lag] - of_chain[c].mean);
    sum += here / static_cast<double>(draws.size());
  }
  return sum / static_cast<double>(chains.size());
}

/// Totals are skewed: their logarithms are looked at.
std::vector<std::vector<double>> logarithms(const std::vector<std::vector<double>>& chains) {
  std::vector<std::vector<double>> out = chains;
  for (auto& chain : out)
    for (double& draw : chain) draw = std::log(draw);
  return out;
}

double split_r_hat(const std::vector<std::vector<double>>& chains) {
  const std::size_t half = chains[0].size() / 2;
  std::vector<Moments> halves;
  for (const auto& chain : chains) {
    halves.push_back(moments(chain.data(), half));
    halves.push_back(moments(chain.data() + chain.size() - half, half));
  }
  const auto m = static_cast<double>(halves.size());
  const auto n = static_cast<double>(half);
  double mean = 0;
  double within = 0;
  for (const Moments& one : halves) {
    mean += one.mean / m;
    within += one.variance / m;
  }
  double between = 0;
  for (const Moments& one : halves) between += (one.mean - mean) * (one.mean - mean) / (m - 1);
  // A chain that never moved has no spread to compare with.
  if (within <= 0) return INFINITY;
  return std::sqrt((n - 1) / n + between / within);
}

double effective_draws(const std::vector<std::vector<double>>& chains) {
  std::vector<Moments> of_chain;
  double mean = 0;
  for (const auto& chain : chains) {
    of_chain.push_back(moments(chain.data(), chain.size()));
    mean += of_chain.back().mean / static_cast<double>(chains.size());
  }
  const auto n = static_cast<double>(chains[0].size());
  const double within = autocovariance(chains, of_chain, 0);
  double between = 0;
  for (const Moments& one : of_chain)
    between += (one.mean - mean) * (one.mean - mean) / static_cast<double>(of_chain.size() - 1);
  const double whole = within + between;
  if (whole <= 0) return 0;
  // Pairs of neighbouring lags fall and stay above zero; what follows is noise.
  double sum = 0;
  double last = INFINITY;
  for (std::size_t lag = 0; lag + 1 < chains[0].size() / 2; lag += 2) {
    const auto correlation = [&](std::size_t at) {
      return 1 - (within - autocovariance(chains, of_chain, at)) / whole;
    };
    const double pair = std::min(last, correlation(lag) + correlation(lag + 1));
    if (pair <= 0) break;
    sum += pair;
    last = pair;
  }
  return static_cast<double>(chains.size()) * n / std::max(1.0, 2 * sum - 1);
}

}  // namespace

Draws summed_up(std::vector<std::vector<double>> chains, double accepted) {
  Draws out;
  const std::vector<std::vector<double>> logs = logarithms(chains);
  out.mixing.accepted = accepted;
  out.mixing.r_hat = split_r_hat(logs);
  out.mixing.effective_draws = effective_draws(logs);
  out.mixing.mixed = out.mixing.r_hat < kLargestRHat && out.mixing.effective_draws >= kFewestDraws;
  std::vector<double> all;
  for (const auto& chain : chains) {
    std::vector<double> sorted = chain;
    std::sort(sorted.begin(), sorted.end());
    out.mixing.medians.push_back(quantile(sorted, 0.5));
    all.insert(all.end(), chain.begin(), chain.end());
  }
  std::sort(all.begin(), all.end());
  out.low = quantile(all, 0.025);
  out.median = quantile(all, 0.5);
  out.high = quantile(all, 0.975);
  out.chain = std::move(chains);
  return out;
}

}  // namespace ovillo::picture
