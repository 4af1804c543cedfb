// The components of a view: records joined by an identifier they share or by one hand, and what
// each shows. What an earlier answer says of a component that nothing touched is taken over as it
// is.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "ovillo/assess/assess.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/hand_index.hpp"
#include "ovillo/flow/run_report.hpp"
#include "ovillo/flow/vocabulary.hpp"

namespace ovillo::flow {

/// What the texts of each record say, by Corpus::number; null: not read yet.
using Readings = std::vector<std::unique_ptr<const assess::Reading>>;

/// Members of each set of a labelling (label[i]: smallest member of i's set), sets of two or more,
/// ascending by smallest member.
std::vector<std::vector<std::uint32_t>> sets_of(const std::vector<std::uint32_t>& label);

inline constexpr std::uint32_t kNew = ~std::uint32_t{0};
/// Where each record of `corpus` stands in an earlier answer, or kNew.
std::vector<std::uint32_t> places_in(const Answer& earlier, const Corpus& corpus);
/// The other way round: where each record of the earlier answer stands now, or kNew: gone.
/// @param places  as places_in gave. @param n_earlier  records of that answer.
std::vector<std::uint32_t> places_now(const std::vector<std::uint32_t>& places,
                                      std::size_t n_earlier);

/// Records joined by an identifier they share or by one hand; of two or more.
std::vector<std::vector<std::uint32_t>> join_records(const Corpus& corpus,
                                                     const SharedPayers& shared_payers,
                                                     const HandIndex& hands, RunReport& report);

/// Each component on its own: entities, links, networks, what they show. Ascending by key.
/// @param answer    with its records and texts. @param sets  as join_records gave.
/// @param readings  those of records that are looked at are filled in.
/// @param previous  an earlier answer at the same model, or null; what is taken over leaves it.
std::vector<Component> work_out(const Corpus& corpus, const Vocabulary& vocabulary,
                                const IdKey& key, const Answer& answer, const HandIndex& hands,
                                const std::vector<std::vector<std::uint32_t>>& sets,
                                Readings& readings, Answer* previous, const Progress& progress,
                                RunReport& report);

}  // namespace ovillo::flow
