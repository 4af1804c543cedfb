// The flow, once, top to bottom: the file to read first.
//
//   load -> extract what is new -> texts of one hand -> components -> entities, links,
//   networks, assessment of each component -> urgent texts -> ranked answer, kept for the view
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/sensitive.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/live_hands.hpp"
#include "ovillo/flow/vocabulary.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// What one stage cost.
struct StageCost {
  std::string stage;
  std::uint64_t n = 0;  ///< records, texts or components worked on
  double wall_s = 0;
  double cpu_s = 0;  ///< all threads
};

struct RunReport {
  std::uint64_t n_records = 0;
  std::uint64_t n_new_records = 0;  ///< extracted in this run
  std::uint64_t n_components = 0;
  /// Taken over unchanged from an earlier answer, of this view or a wider one. Told to owners only:
  /// to others it would tell of what they do not see.
  std::optional<std::uint64_t> n_reused_components;
  std::uint64_t n_networks = 0;  ///< listed
  std::uint64_t n_urgent = 0;
  std::string model;
  std::vector<StageCost> stages;
};

using Progress =
    std::function<void(std::string_view stage, std::uint64_t done, std::uint64_t total)>;

/// Extracts what is new, works out what changed, keeps the answer for `view`.
/// @param live  of a process that stays: what it holds of the texts; changes no answer.
/// Everything of a run is one transaction: after a crash it is there or not.
Result<RunReport> run(storage::Workspace& workspace, const View& view, const Vocabulary& vocabulary,
                      const Disclosure& disclosure, const Progress& progress,
                      LiveHands* live = nullptr);

/// The pure part: corpus in, answer out. `previous` may be any
/// earlier answer at the same model; components it holds under the same key are taken over. The
/// result depends neither on it nor on `live`.
Answer analyse(const Corpus& corpus, const Vocabulary& vocabulary, const CountedModel& model,
               const IdKey& key, const Answer* previous, LiveHands* live, const Progress& progress,
               RunReport& report);

/// What assess sees of one record. Points into the corpus.
assess::RecordFacts facts(const Corpus& corpus, Corpus::Index record);

}  // namespace ovillo::flow
