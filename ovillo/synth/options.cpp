#include "ovillo/synth/options.hpp"

#include <algorithm>

namespace ovillo::synth {

SynthOptions SynthOptions::demo(std::uint64_t seed) {
  SynthOptions options;
  options.seed = seed;
  options.n_sealed_adverts = 400;
  options.n_sealed_transfers = 60;
  return options;
}

SynthOptions SynthOptions::million(std::uint64_t seed) {
  SynthOptions options;
  options.seed = seed;
  options.n_adverts = 1'000'000;
  options.n_transfers = 100'000;
  options.n_reports = 5'000;
  options.n_calls = 50'000;
  options.n_urgent_adverts = 200;
  options.n_urgent_reports = 200;
  return options;
}

SynthOptions SynthOptions::small_hand_over(std::uint64_t seed) {
  SynthOptions options;
  options.seed = seed;
  options.n_adverts = 14;
  options.n_transfers = 24;
  options.n_reports = 3;
  options.n_calls = 12;
  options.n_urgent_adverts = 0;
  options.n_urgent_reports = 1;
  options.organised_per_mille = 650;
  options.network_size = 9;
  options.accredited_per_mille = options.labour_per_mille = options.ordinary_job_per_mille = 0;
  options.exploitative_per_mille = 1000;
  options.n_days = 14;
  options.two_statements = true;
  return options;
}

SynthOptions SynthOptions::grey_zone(std::uint32_t n_adverts, std::uint64_t seed) {
  SynthOptions options;
  options.seed = seed;
  options.n_adverts = n_adverts;
  options.n_transfers = options.n_reports = options.n_calls = 0;
  options.n_urgent_adverts = options.n_urgent_reports = 0;
  options.organised_per_mille = 300;
  options.accredited_per_mille = n_adverts >= 100 ? 60 : 0;
  options.labour_per_mille = options.ordinary_job_per_mille = 0;
  options.flat_share_per_mille = 250;
  options.common_wording_per_mille = 650;
  options.n_days = std::clamp(n_adverts / 8, 7U, 30U);
  return options;
}

}  // namespace ovillo::synth
