#include "ovillo/flow/held_view.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "ovillo/casework/view_digest.hpp"

namespace ovillo::flow {

namespace {

bool comes_before(const storage::BlockPlace& a, const storage::BlockPlace& b) {
  return std::tie(a.group, a.part) < std::tie(b.group, b.part);
}

}  // namespace

bool HeldView::is_for(const View& view, const IdKey& key) {
  const std::string digest = casework::view_digest(view, key).hex();
  const bool is_new = view_.empty() || (view_ != digest && asked_last_ == digest);
  asked_last_ = digest;
  if (is_new) {
    view_ = digest;
    forget();
  }
  return view_ == digest;
}

void HeldView::forget() {
  places_.clear();
  corpus_.reset();
  answer_.reset();
  readings_.clear();
}

Result<HeldView::Held> HeldView::take(const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(const auto places, workspace.block_places(view, storage::BlockKind::record));
  OVILLO_TRY(const auto photos, workspace.block_places(view, storage::BlockKind::photo));
  const bool all_there = std::all_of(places_.begin(), places_.end(), [&](const auto& held) {
    const auto at = std::lower_bound(places.begin(), places.end(), held, comes_before);
    return at != places.end() && *at == held;
  });
  // What near-equal pictures are called depends on all of them: then the whole view is read.
  if (!corpus_ || !all_there || !photos.empty()) {
    std::optional<Answer> answer = std::exchange(answer_, std::nullopt);
    forget();
    OVILLO_TRY(auto blocks, load_blocks(workspace, view));
    return Held{std::nullopt, std::move(answer), std::move(blocks)};
  }
  std::vector<storage::BlockPlace> lacking;
  std::set_difference(places.begin(), places.end(), places_.begin(), places_.end(),
                      std::back_inserter(lacking), comes_before);
  OVILLO_TRY(auto blocks, load_blocks(workspace, view, lacking));
  return Held{std::exchange(corpus_, std::nullopt), std::exchange(answer_, std::nullopt),
              std::move(blocks)};
}

void HeldView::keep(Corpus corpus, Answer answer) {
  places_.clear();
  for (const Block& block : corpus.blocks()) places_.push_back(block.place);
  std::sort(places_.begin(), places_.end(), comes_before);
  corpus_.emplace(std::move(corpus));
  answer_.emplace(std::move(answer));
}

Readings& HeldView::readings(const std::string& model) {
  if (model_ != model) readings_.clear();
  model_ = model;
  return readings_;
}

}  // namespace ovillo::flow
