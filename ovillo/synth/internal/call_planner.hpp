// Calls: within networks, between colleagues, with clients, and to the taxi that everybody calls.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/synth/cast.hpp"

namespace ovillo::synth {

struct Call {
  std::int64_t time_utc_s = 0;
  PhoneRef from, to;
  std::uint32_t duration_s = 0;
};

/// Exactly options.n_calls, by time.
std::vector<Call> plan_calls(const SynthOptions& options, const Cast& cast, Issuer& issuer);

}  // namespace ovillo::synth
