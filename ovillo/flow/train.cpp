#include "ovillo/flow/train.hpp"

#include <vector>

#include "ovillo/base/hash.hpp"
#include "ovillo/casework/view_digest.hpp"
#include "ovillo/flow/live_hands.hpp"

namespace ovillo::flow {

namespace {
// One model for each set of compartments, whatever a view leaves out of them.
std::string model_name(const View& view, const IdKey& key) {
  View whole;
  whole.compartments = view.compartments;
  return "model/background/" + casework::view_digest(whole, key).hex();
}
}  // namespace

Result<std::optional<cluster::Background>> trained_background(const storage::Workspace& workspace,
                                                              const View& view) {
  OVILLO_TRY(const auto bytes, workspace.get(model_name(view, workspace.id_key())));
  if (!bytes) return std::optional<cluster::Background>();
  OVILLO_TRY(auto background, cluster::Background::parse(*bytes));
  return std::optional<cluster::Background>(std::move(background));
}

Result<void> copy_background(const storage::Workspace& from, const View& view,
                             storage::Workspace& to, const View& to_view) {
  OVILLO_TRY(const auto bytes, from.get(model_name(view, from.id_key())));
  return bytes ? to.put(model_name(to_view, to.id_key()), *bytes) : Result<void>();
}

Result<TrainReport> train(storage::Workspace& workspace, const std::filesystem::path& data,
                          const View& view, const Corpus& corpus) {
  OVILLO_TRY(auto before, trained_background(workspace, view));
  OVILLO_TRY(auto background, cluster::Background::open(data));
  TrainReport report;
  report.model_before =
      sha256_hex(before ? before->serialise() : background.serialise()).substr(0, 12);
  std::vector<std::string_view> texts;
  for (Corpus::Index i = 0; i < corpus.size(); ++i) {
    const std::string_view text = comparable_text(corpus.batch(i), corpus.row(i));
    if (!text.empty()) texts.push_back(text);
  }
  background.add(texts);
  report.n_texts = texts.size();
  const std::string bytes = background.serialise();
  report.model_after = sha256_hex(bytes).substr(0, 12);
  OVILLO_CHECK(forget_counts(workspace, view));
  OVILLO_CHECK(workspace.put(model_name(view, workspace.id_key()), bytes));
  return report;
}

}  // namespace ovillo::flow
