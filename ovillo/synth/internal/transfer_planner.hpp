// Money: what networks, employers, building firms and independents pay and receive.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/synth/cast.hpp"

namespace ovillo::synth {

enum class Channel : std::uint8_t { bank, instant, remittance, cash };
std::string_view channel_name(Channel channel);

struct Transfer {
  std::int64_t time_utc_s = 0;
  AccountRef from, to;
  bool has_from = true;       ///< cash paid in has no account it comes from
  bool has_reference = true;  ///< cash machines give none
  std::int64_t amount_cents = 0;
  Purpose purpose = Purpose::daily;
  Channel channel = Channel::bank;
  std::uint32_t wording = 0;    ///< which wording of the purpose
  std::int32_t organiser = -1;  ///< who is behind it, for the truth
  std::uint8_t sign = 0;        ///< bit of the planted sign it shows
};

/// Exactly options.n_transfers, by time.
/// @param seen  per organiser: bits of the planted signs that some tip or transfer shows; added to.
std::vector<Transfer> plan_transfers(const SynthOptions& options, const Cast& cast, Issuer& issuer,
                                     std::vector<std::uint8_t>& seen);

}  // namespace ovillo::synth
