// Some records of a view in a workspace of their own, with all that an answer about them rests on:
// sources and authorisations, pictures, the model, the ids of networks.
//
// A component depends on its records and the model alone (component.hpp), and a text of one hand on
// the texts it was compared with. So a copy of those gives the same answer, and nobody else has to
// be copied. Ids of records and networks stay; ids of things are the copy's own, because the key
// they are made with would let its holder try out phone numbers against other papers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

struct RecordSelection {
  std::vector<Corpus::Index> whole;  ///< ascending
  /// Texts that were compared with those and are of somebody else: ascending, none of `whole`.
  std::vector<Corpus::Index> words_only;
};

/// What components of an answer are worked out from.
/// @param compared  empty, or records_compared() where the answer rests on counts: then texts are
/// compared with their nearest among all, and what becomes of those depends on theirs. Their words
/// are taken over so many `steps`, with those of their hands.
RecordSelection records_behind(const Answer& answer, std::span<const std::size_t> components,
                               const std::vector<std::vector<Corpus::Index>>& compared = {},
                               int steps = 0);

/// Into the compartment "main" of a new workspace. Finds are left out: the next run makes them.
/// @error storage.*.
Result<void> copy_records(CaseFile& from, const RecordSelection& selection, storage::Workspace& to);

/// Background, counts and lawful payers, as `view` of `to` will use them; and the ids of the
/// networks that hold a record of the selection. @error storage.*, cluster.bad_background,
/// casework.damaged_ledger.
Result<void> copy_model(CaseFile& from, const RecordSelection& selection, storage::Workspace& to,
                        const View& view);

}  // namespace ovillo::flow
