#include "ovillo/picture/latent_classes.hpp"

#include <algorithm>
#include <cmath>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/picture/internal/random.hpp"

namespace ovillo::picture {

namespace {

/// Of the concentration: a vague gamma.
constexpr double kShape = 0.25;
constexpr double kRate = 0.25;
/// Hidden people at most, so that a chain that runs away stays a number.
constexpr double kMostHidden = 1e12;

class Chain {
 public:
  /// @param thinning  share of each class of the one before it, at the start.
  Chain(const OverlapTable& table, std::size_t n_classes, double thinning, std::uint64_t seed)
      : rng_(seed), n_lists_(table.n_lists()), n_classes_(n_classes), n_(table.n_observed()) {
    for (std::size_t p = 1; p < table.count.size(); ++p)
      if (table.count[p] > 0) {
        pattern_.push_back(p);
        count_.push_back(static_cast<std::uint64_t>(table.count[p]));
      }
    double left = 1;
    for (std::size_t k = 0; k + 1 < n_classes_; ++k, left *= thinning)
      share_.push_back(left * (1 - thinning));
    share_.push_back(left);
    // Around lists that find one in eight of those they could: not at the modes where every list
    // has a class of its own and nobody is hidden.
    found_.resize(n_classes_ * n_lists_);
    for (std::size_t l = 0; l < n_lists_; ++l) {
      double on = 0;
      for (std::size_t i = 0; i < pattern_.size(); ++i)
        if ((pattern_[i] >> l & 1U) != 0) on += static_cast<double>(count_[i]);
      for (std::size_t k = 0; k < n_classes_; ++k)
        found_[k * n_lists_ + l] =
            std::clamp(on / n_ / 8 * std::exp(0.5 * internal::normal(rng_)), 1e-6, 0.9);
    }
    weight_.resize(n_classes_);
    in_class_.resize(n_classes_);
    on_list_.resize(n_classes_ * n_lists_);
  }

  void step() {
    std::fill(in_class_.begin(), in_class_.end(), 0);
    std::fill(on_list_.begin(), on_list_.end(), 0);
    for (std::size_t i = 0; i < pattern_.size(); ++i) {
      weigh(pattern_[i]);
      hand_out(pattern_[i], count_[i]);
    }
    const double unseen = std::min(weigh(0), 1 - 1e-12);
    // As many failures before n successes: a Poisson number whose mean is gamma.
    const double mean = std::min(internal::gamma(rng_, n_) * unseen / (1 - unseen), kMostHidden);
    hidden_ = static_cast<double>(internal::poisson(rng_, mean));
    hand_out(0, static_cast<std::uint64_t>(hidden_));
    draw_chances();
    draw_shares();
    swap_classes();
  }

  [[nodiscard]] double hidden() const { return hidden_; }

 private:
  /// weight_: of each class for a pattern. @return  their sum.
  double weigh(std::size_t pattern) {
    double sum = 0;
    for (std::size_t k = 0; k < n_classes_; ++k) {
      double weight = share_[k];
      for (std::size_t l = 0; l < n_lists_; ++l) {
        const double chance = found_[k * n_lists_ + l];
        weight *= (pattern >> l & 1U) != 0 ? chance : 1 - chance;
      }
      weight_[k] = weight;
      sum += weight;
    }
    return sum;
  }

  void hand_out(std::size_t pattern, std::uint64_t people) {
    double left = 0;
    for (const double weight : weight_) left += weight;
    for (std::size_t k = 0; k < n_classes_ && people > 0; ++k) {
      const bool last = k + 1 == n_classes_ || weight_[k] >= left;
      const std::uint64_t here =
          last ? people : internal::binomial(rng_, people, std::min(1.0, weight_[k] / left));
      left -= weight_[k];
      people -= here;
      in_class_[k] += here;
      for (std::size_t l = 0; l < n_lists_; ++l)
        if ((pattern >> l & 1U) != 0) on_list_[k * n_lists_ + l] += here;
    }
  }

  void draw_chances() {
    for (std::size_t k = 0; k < n_classes_; ++k)
      for (std::size_t l = 0; l < n_lists_; ++l) {
        const auto on = static_cast<double>(on_list_[k * n_lists_ + l]);
        found_[k * n_lists_ + l] =
            internal::beta(rng_, 1 + on, 1 + static_cast<double>(in_class_[k]) - on);
      }
  }

  void draw_shares() {
    draw_concentration();
    double after = 0;
    for (const std::uint64_t people : in_class_) after += static_cast<double>(people);
    double log_left = 0;
    for (std::size_t k = 0; k < n_classes_; ++k) {
      const auto here = static_cast<double>(in_class_[k]);
      after -= here;
      if (k + 1 == n_classes_) {
        share_[k] = std::exp(log_left);
        break;
      }
      const double piece =
          std::clamp(internal::beta(rng_, 1 + here, concentration_ + after), 1e-12, 1 - 1e-12);
      share_[k] = std::exp(log_left) * piece;
      log_left += std::log1p(-piece);
    }
  }

  /// How readily people found classes of their own, with the shares summed out: drawn given the
  /// shares it would hold on to them.
  void draw_concentration() {
    constexpr int kTries = 3;
    for (int i = 0; i < kTries; ++i) {
      const double to = concentration_ * std::exp(1.2 * internal::normal(rng_));
      const double gain = log_chance(to) - log_chance(concentration_);
      if (to > 1e-8 && std::log(internal::uniform(rng_)) < gain) concentration_ = to;
    }
  }
  [[nodiscard]] double log_chance(double concentration) const {
    double after = n_ + hidden_;
    double sum = kShape * std::log(concentration) - kRate * concentration;
    for (std::size_t k = 0; k + 1 < n_classes_; ++k) {
      const double from_here = after;
      after -= static_cast<double>(in_class_[k]);
      sum += std::log(concentration) + std::lgamma(concentration + after) -
             std::lgamma(1 + concentration + from_here);
    }
    return sum;
  }

  /// Exchanges the places of two classes: the order of the pieces matters to the process, and one
  /// that grew behind an empty one would stay there.
  void swap_classes() {
    const std::size_t a = rng_.below(n_classes_);
    const std::size_t b = rng_.below(n_classes_);
    const double gain = (static_cast<double>(in_class_[b]) - static_cast<double>(in_class_[a])) *
                        (std::log(share_[a]) - std::log(share_[b]));
    if (a == b || std::log(internal::uniform(rng_)) >= gain) return;
    std::swap(in_class_[a], in_class_[b]);
    for (std::size_t l = 0; l < n_lists_; ++l)
      std::swap(found_[a * n_lists_ + l], found_[b * n_lists_ + l]);
  }

  Rng rng_;
  std::size_t n_lists_;
  std::size_t n_classes_;
  double n_;
  std::vector<std::size_t> pattern_;
  std::vector<std::uint64_t> count_;
  std::vector<double> share_;
  std::vector<double> found_;  ///< class by list
  std::vector<double> weight_;
  std::vector<std::uint64_t> in_class_;
  std::vector<std::uint64_t> on_list_;  ///< class by list
  double concentration_ = 0.25;
  double hidden_ = 0;
};

}  // namespace

Draws estimate_latent_classes(const OverlapTable& table, std::uint64_t seed,
                              const LatentSettings& settings) {
  std::vector<std::vector<double>> totals(settings.n_chains);
  parallel_for(settings.n_chains, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      // Starts from one large class to many small ones.
      const double thinning = 0.5 * static_cast<double>(c + 1) / settings.n_chains;
      Chain chain(table, settings.n_classes, thinning, mix64(seed) + c);
      for (std::uint32_t draw = 0; draw < settings.n_draws / 5; ++draw) chain.step();
      for (std::uint32_t draw = 0; draw < settings.n_draws; ++draw) {
        chain.step();
        totals[c].push_back(table.n_observed() + chain.hidden());
      }
    }
  });
  return summed_up(std::move(totals), 1);
}

}  // namespace ovillo::picture
