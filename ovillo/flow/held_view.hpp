// HeldView: what a process that stays keeps in memory of a view, from run to run.
//
// It changes no answer, only what one costs: the records and the finds, the last answer, the texts
// as they are compared, what they say. What is gone from the workspace or from the view is gone
// from here with the next run, which starts anew then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/sensitive.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/components.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/live_hands.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

class HeldView {
 public:
  /// Whether it holds this view: it does for the first that asks, and from then on for the last
  /// that asked twice running.
  bool is_for(const View& view, const IdKey& key);

  /// What is held of the view, when all of it is still there; and the blocks to be added.
  struct Held {
    std::optional<Sensitive<Corpus>> corpus;
    std::optional<Answer> answer;
    Sensitive<std::vector<Block>> added;
  };
  /// Hands it over: whoever takes it keeps it again when the run is durable.
  Result<Held> take(const storage::Workspace& workspace, const View& view);
  void keep(Corpus corpus, Answer answer);

  /// Of the model of the last call; none yet where it was another.
  Readings& readings(const std::string& model);

  LiveHands hands;

 private:
  void forget();

  std::string view_;                         // digest
  std::string asked_last_;                   // digest
  std::vector<storage::BlockPlace> places_;  // of the corpus; ascending by group and part
  std::optional<Sensitive<Corpus>> corpus_;
  std::optional<Answer> answer_;
  std::string model_;
  Readings readings_;
};

}  // namespace ovillo::flow
