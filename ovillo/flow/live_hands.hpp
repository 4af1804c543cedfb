// Texts of one hand in a large view: worked out by counts made once, at once or day by day.
//
// Above Vocabulary::most_in_one_go texts what everybody writes is counted once, by the first run
// (or `train`), and kept with the workspace: docs/adr/0006. Then the hands depend on the texts and
// those counts, and a process that stays can add a day's texts to what it holds. Both ways give the
// same bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/cluster/live.hpp"
#include "ovillo/flow/answer.hpp"
#include "ovillo/flow/corpus.hpp"
#include "ovillo/flow/vocabulary.hpp"

namespace ovillo::flow {

/// Records of a corpus that hold a text to compare, ascending.
std::vector<Corpus::Index> comparable_records(const Corpus& corpus);

/// What everybody writes, and the model that it makes of the vocabulary's.
struct CountedModel {
  std::optional<cluster::Counts> counts;  ///< empty: few texts, each component counts its own
  std::string name;                       ///< as Answer::model
  /// Of the comparable records, where the counts were just made: the one comes with the other.
  std::shared_ptr<const cluster::Decision> decision = nullptr;
};

/// The counts kept for the view's compartments; else those kept of the very same texts; else made
/// of them, and kept when the view leaves nothing out. @error cluster.bad_background, storage.*.
Result<CountedModel> counted_model(const storage::Workspace& workspace,
                                   storage::Transaction& transaction, const View& view,
                                   const Vocabulary& vocabulary, const Corpus& corpus);
/// Whether an answer of that model rests on counts made once.
bool rests_on_counts(std::string_view model);
/// The counts that a run of this view uses, to be carried elsewhere; empty: it uses none.
/// @error cluster.bad_background, storage.*. @cost  that of a first run, where none are kept.
Result<std::optional<std::string>> counts_of(const storage::Workspace& workspace, const View& view,
                                             const Vocabulary& vocabulary, const Corpus& corpus);
/// Per record of the corpus, ascending: those whose texts its text is compared with by these
/// counts.
/// @error cluster.bad_background. @cost  that of comparing all texts of the view.
Result<std::vector<std::vector<Corpus::Index>>> records_compared(const Corpus& corpus,
                                                                 std::string_view counts);

/// From now on every run of the workspace uses these, however few texts it holds.
Result<void> pin_counts(storage::Workspace& workspace, std::string_view counts);

/// The next run counts anew.
Result<void> forget_counts(storage::Workspace& workspace, const View& view);

/// The hands of all texts at once. One component per hand, and one of all texts that were compared,
/// which holds what everybody writes; in no order.
std::vector<TextComponent> all_hands(const Corpus& corpus, const Vocabulary& vocabulary,
                                     const CountedModel& model, const IdKey& key);
/// What the component of all texts is known by.
ComponentKey key_of_all_texts(const Corpus& corpus, std::span<const Corpus::Index> comparable,
                              const std::string& model, const IdKey& key);

/// The same, held in memory from run to run. Holds a copy of every text.
class LiveHands {
 public:
  /// Adds what is new since the last call; starts anew when something is gone or the model is
  /// another.
  std::vector<TextComponent> renew(const Corpus& corpus, const Vocabulary& vocabulary,
                                   const CountedModel& model, const IdKey& key);

 private:
  struct Row {
    RecordId id;
    std::uint32_t row;
  };
  void start_anew(const Vocabulary& vocabulary, const CountedModel& model);

  std::string model_;
  std::optional<cluster::LiveTexts> live_;
  std::vector<std::unique_ptr<StringColumn>> texts_;
  std::vector<RecordId> id_;                                            // per row
  std::vector<Row> by_id_;                                              // ascending
  std::unordered_map<cluster::LiveTexts::Stamp, TextComponent> hands_;  // records: rows
};

}  // namespace ovillo::flow
