// Tips from clients, neighbours and colleagues: most of them noise, some about a network, some
// that cannot wait.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/synth/internal/advert_writer.hpp"

namespace ovillo::synth {

struct Report {
  std::int64_t time_utc_s = 0;
  std::string text;
  Language language = Language::es;
  std::int32_t organiser = -1;  ///< whom it speaks of; -1: nobody, or one person alone
  UrgentKind urgent = UrgentKind::none;
  bool decoy = false;
};

/// All tips of the case, by time.
/// @param seen  per organiser: bits of the planted signs that some tip or transfer shows; added to.
std::vector<Report> write_reports(const SynthOptions& options, const Vocabulary& vocabulary,
                                  const Cast& cast, const AdvertWriter& adverts, Issuer& issuer,
                                  std::vector<std::uint8_t>& seen);

}  // namespace ovillo::synth
