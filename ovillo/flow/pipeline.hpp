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
#include "ovillo/flow/held_view.hpp"
#include "ovillo/flow/live_hands.hpp"
#include "ovillo/flow/run_report.hpp"
#include "ovillo/flow/vocabulary.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// Extracts what is new, works out what changed, keeps the answer for `view`.
/// @param held  of a process that stays: what it holds of the view; changes no answer.
/// Everything of a run is one transaction: after a crash it is there or not.
Result<RunReport> run(storage::Workspace& workspace, const View& view, const Vocabulary& vocabulary,
                      const Disclosure& disclosure, const Progress& progress,
                      HeldView* held = nullptr);

/// The pure part: corpus in, answer out. `previous` may be any earlier answer; what it says of
/// components that nothing touched is taken over when the model is the same. The result depends
/// neither on it nor on `held`.
Answer analyse(const Corpus& corpus, const Vocabulary& vocabulary, const CountedModel& model,
               const IdKey& key, std::optional<Answer> previous, HeldView* held,
               const Progress& progress, RunReport& report);

/// What assess sees of one record. Points into the corpus.
assess::RecordFacts facts(const Corpus& corpus, Corpus::Index record);

}  // namespace ovillo::flow
