// train: the only act that changes the model. It says what moved.
#pragma once

#include <optional>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/cluster/cluster.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// The background that `train` has made from what these compartments hold, when it has. The model
/// belongs to the compartments it was counted from: what a user may not see teaches them nothing.
Result<std::optional<cluster::Background>> trained_background(const storage::Workspace& workspace,
                                                              const View& view);

/// What was trained for a view of `from` becomes the model of `to_view` of `to`.
Result<void> copy_background(const storage::Workspace& from, const View& view,
                             storage::Workspace& to, const View& to_view);

struct TrainReport {
  std::string model_before;
  std::string model_after;
  std::uint64_t n_texts = 0;  ///< texts counted
};

/// Counts the phrases of every comparable text of the corpus on top of the shipped background and
/// keeps the result as the model of this workspace. The next run works everything out anew.
Result<TrainReport> train(storage::Workspace& workspace, const std::filesystem::path& data,
                          const View& view, const Corpus& corpus);

}  // namespace ovillo::flow
