// What an invented case holds: how many of what, and with which mixture.
#pragma once

#include <cstdint>
#include <string>

namespace ovillo::synth {

struct SynthOptions {
  std::uint64_t seed = 1;
  std::uint32_t n_adverts = 20'000;
  std::uint32_t n_transfers = 3'000;
  std::uint32_t n_reports = 300;
  std::uint32_t n_calls = 1'500;
  std::uint32_t mean_text_bytes = 600;

  // Shares of all adverts; what is left is by independents.
  unsigned organised_per_mille = 150;    ///< networks behind several people
  unsigned accredited_per_mille = 40;    ///< accredited employers, lawful
  unsigned labour_per_mille = 4;         ///< building firms that take wages back
  unsigned ordinary_job_per_mille = 30;  ///< real jobs by ordinary firms

  unsigned exploitative_per_mille = 350;  ///< of the organised networks: signs are planted
  unsigned flat_share_per_mille = 120;    ///< of the independents: share a flat for safety
  unsigned booking_per_mille = 80;        ///< of the independents: pay through a booking platform
  unsigned hidden_phone_per_mille = 250;  ///< of the independents: hide their number
  unsigned hidden_organised_per_mille = 450;
  unsigned common_wording_per_mille = 250;  ///< how often a hand takes the commonest wording

  std::uint32_t n_urgent_adverts = 20;  ///< planted texts that a person must read at once
  std::uint32_t n_urgent_reports = 20;
  std::uint32_t n_sealed_adverts = 0;  ///< of a second compartment that shares phones and accounts
  std::uint32_t n_sealed_transfers = 0;
  std::uint32_t network_size = 0;  ///< adverts per network; 0: many small, few large
  bool two_statements = false;     ///< transfers come as two account statements

  std::int64_t start_utc_s = 1'767'571'200;  ///< 2026-01-05
  std::uint32_t n_days = 77;

  /// The demo: some 20,000 adverts, 3,000 transfers, 300 reports, and a second compartment.
  static SynthOptions demo(std::uint64_t seed = 1);
  /// A million adverts of 600 bytes and what belongs to them.
  static SynthOptions million(std::uint64_t seed = 1);
  /// A real hand-over in its size: 14 adverts (9 by one network), two statements, one call list,
  /// three tips.
  static SynthOptions small_hand_over(std::uint64_t seed = 1);
  /// n adverts alone, where independents write the commonest phrases as often as the organised.
  static SynthOptions grey_zone(std::uint32_t n_adverts, std::uint64_t seed = 1);
};

}  // namespace ovillo::synth
