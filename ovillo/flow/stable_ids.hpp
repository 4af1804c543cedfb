// Stable ids for the networks of an answer, from the ledger of its view.
#pragma once

#include "ovillo/base/result.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// Gives every network of `answer` its id and keeps the ledger, in the run's transaction.
/// @error casework.damaged_ledger, storage.*.
Result<void> give_stable_ids(const storage::Workspace& workspace, storage::Transaction& transaction,
                             const View& view, Answer& answer);

}  // namespace ovillo::flow
