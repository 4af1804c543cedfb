// How well found networks match the truth of an invented case.
//
// The figures are measured on invented data and say nothing about trafficking; format_score() says
// so first. The order of what is printed is the order of what matters: people wrongly linked, then
// planted urgent texts, then organised adverts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::synth {

/// One row of truth.csv.
struct TruthRow {
  std::string id;         ///< of the advert or tip
  std::string kind;       ///< "advert", "report", "sealed"
  std::string organiser;  ///< empty: nobody but the person
  std::string person;     ///< who is in the advert; empty for tips
  std::string role;       ///< "independent", "organised", "accredited", "labour", ...
  std::string urgent;     ///< "", "minority", "captivity", "suicide", "violence"
  bool decoy = false;     ///< everyday wording that only looks urgent
};

/// One row of truth_networks.csv.
struct TruthNetwork {
  std::string organiser;
  std::string kind;
  std::vector<std::string> signs_seen;  ///< planted signs that some record shows
};

/// @error synth.bad_truth with the row.
Result<std::vector<TruthRow>> read_truth(std::string_view csv);
Result<std::vector<TruthNetwork>> read_truth_networks(std::string_view csv);

/// A network that a run found, with the ids of the adverts in it. Ids of other records are
/// passed over.
struct FoundNetwork {
  std::string key;
  std::vector<std::string> advert_ids;
};

struct Score {
  // People wrongly linked: independents in one network with an advert of somebody else.
  std::uint64_t n_independents = 0;
  std::uint64_t n_wrongly_linked = 0;
  std::vector<std::string> wrongly_linked;  ///< person ids, ascending

  // Planted urgent texts, adverts and tips.
  std::uint64_t n_urgent = 0;
  std::uint64_t n_urgent_found = 0;
  std::vector<std::string> urgent_missed;  ///< record ids, ascending
  std::uint64_t n_false_alarms = 0;        ///< flagged, not planted
  std::uint64_t n_decoys = 0;
  std::uint64_t n_decoys_flagged = 0;

  // Organised adverts: found when in a network of two people or more.
  std::uint64_t n_organised = 0;        ///< adverts with an organiser in the truth
  std::uint64_t n_found_organised = 0;  ///< adverts in a network of two people or more
  std::uint64_t n_right = 0;            ///< both

  // How whole the networks are.
  std::uint64_t n_organisers = 0;         ///< with two adverts or more
  std::uint64_t n_organisers_whole = 0;   ///< all adverts in one network
  std::uint64_t n_organisers_welded = 0;  ///< share a network with another organiser
  std::uint64_t n_sign_organisers = 0;    ///< planted signs that a record shows
  std::uint64_t n_sign_organisers_first =
      0;  ///< of them, met among as many first-ranked organisers
};

/// Compares.
///
/// @param truth     all rows of truth.csv.
/// @param networks  in the order they were ranked.
/// @param urgent    ids of the records that the run put before a person at once.
/// @param truth_networks  may be empty; only for the last two figures.
/// @cost  O(rows log rows).
Score score(const std::vector<TruthRow>& truth, const std::vector<FoundNetwork>& networks,
            const std::vector<std::string>& urgent,
            const std::vector<TruthNetwork>& truth_networks = {});

/// The block of text the demo prints, headed "measured on invented data; says nothing about
/// trafficking". Shares are in per cent, rounded down to a tenth, so that 100.0 % means all.
std::string format_score(const Score& score);

}  // namespace ovillo::synth
