#include "ovillo/flow/live_hands.hpp"

#include <algorithm>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/casework/view_digest.hpp"

namespace ovillo::flow {

namespace {

std::string_view text_of(const Corpus& corpus, Corpus::Index record) {
  return comparable_text(corpus.batch(record), corpus.row(record));
}

// The view as if it left out no source and no time. What it may not see by compartment, handling
// code or privilege stays out: counts made of that would tell of it.
View whole_of(View view) {
  view.excluded_sources.clear();
  view.excluded_authorisations.clear();
  view.imported_before_utc_s.reset();
  return view;
}

// One pointer for each such view, to the counts that its first large run made.
std::string pointer_name(const View& view, const IdKey& key) {
  return "model/counts/of/" + casework::view_digest(whole_of(view), key).hex();
}
std::string counts_name(const std::string& texts) { return "model/counts/" + texts; }

template <class Members>
ComponentKey key_of(const IdKey& key, std::string_view what, std::string_view model,
                    const Members& each) {
  KeyedHasher hasher(key);
  hasher.add(what).add(model);
  each([&](const RecordId& id) { hasher.add(id.hi).add(id.lo); });
  return hasher.finish<ComponentKey::TagType>();
}

// The component of one hand; its records are what `rows` says.
TextComponent component_of(cluster::Hand hand) {
  TextComponent out;
  out.records = std::move(hand.rows);
  out.cluster.assign(out.records.size(), 0);
  out.reasons = std::move(hand.reasons);
  out.templates.push_back(hand.written.text);
  out.shapes.push_back({hand.written.n_slots, hand.written.n_fixed_words});
  return out;
}

TextComponent component_of_all(const Corpus& corpus, std::span<const Corpus::Index> comparable,
                               const CountedModel& model, const IdKey& key) {
  TextComponent out;
  out.key = key_of_all_texts(corpus, comparable, model.name, key);
  out.records.assign(comparable.begin(), comparable.end());
  out.cluster.assign(comparable.size(), -1);
  out.stock = model.counts->stock();
  return out;
}

constexpr std::string_view kCountsMark = "-counts:";
constexpr std::string_view kPinnedCounts = "model/counts/pinned";

/// Counts as a run uses them.
struct HeldCounts {
  std::optional<cluster::Counts> counts;
  std::string bytes;        ///< the same, serialised
  std::string texts;        ///< key of the texts that they were made of; empty: pinned
  bool is_pinned = false;   ///< carried here from elsewhere
  bool is_pointed = false;  ///< an earlier run of the view chose them
  bool is_kept = false;     ///< they lie in the workspace
  std::shared_ptr<const cluster::Decision> decision = nullptr;  ///< where they were just made
};

Result<std::optional<HeldCounts>> held_counts(const storage::Workspace& workspace, const View& view,
                                              const Vocabulary& vocabulary, const Corpus& corpus) {
  HeldCounts out;
  OVILLO_TRY(auto bytes, workspace.get(kPinnedCounts));
  out.is_pinned = bytes.has_value();
  const std::vector<Corpus::Index> comparable = comparable_records(corpus);
  if (!out.is_pinned) {
    if (comparable.size() <= vocabulary.most_in_one_go) return std::optional<HeldCounts>();
    OVILLO_TRY(const auto pointed, workspace.get(pointer_name(view, workspace.id_key())));
    out.is_pointed = pointed && !pointed->empty();
    out.texts =
        out.is_pointed
            ? *pointed
            : key_of_all_texts(corpus, comparable, vocabulary.model, workspace.id_key()).hex();
    OVILLO_TRY(bytes, workspace.get(counts_name(out.texts)));
  }
  out.is_kept = bytes.has_value();
  if (out.is_kept) {
    OVILLO_TRY(out.counts, cluster::Counts::parse(*bytes));
    out.bytes = std::move(*bytes);
  } else {
    std::vector<std::string_view> views;
    views.reserve(comparable.size());
    for (const Corpus::Index i : comparable) views.push_back(text_of(corpus, i));
    out.decision = std::make_shared<const cluster::Decision>(
        cluster::decide(views, vocabulary.background, out.counts));
    out.bytes = out.counts->serialise();
  }
  return std::optional(std::move(out));
}

}  // namespace

std::vector<Corpus::Index> comparable_records(const Corpus& corpus) {
  std::vector<Corpus::Index> out;
  for (Corpus::Index i = 0; i < corpus.size(); ++i)
    if (corpus.is_comparable(i)) out.push_back(i);
  return out;
}

ComponentKey key_of_all_texts(const Corpus& corpus, std::span<const Corpus::Index> comparable,
                              const std::string& model, const IdKey& key) {
  return key_of(key, "texts", model, [&](const auto& add) {
    for (const Corpus::Index i : comparable) add(corpus.id(i));
  });
}

bool rests_on_counts(std::string_view model) { return model.find(kCountsMark) != model.npos; }

Result<CountedModel> counted_model(const storage::Workspace& workspace,
                                   storage::Transaction& transaction, const View& view,
                                   const Vocabulary& vocabulary, const Corpus& corpus) {
  OVILLO_TRY(auto held, held_counts(workspace, view, vocabulary, corpus));
  if (!held) return CountedModel{std::nullopt, vocabulary.model};
  const std::string name =
      vocabulary.model + std::string(kCountsMark) + sha256_hex(held->bytes).substr(0, 12);
  if (view == whole_of(view) && !held->is_pinned && !held->is_pointed) {
    OVILLO_CHECK(transaction.put(pointer_name(view, workspace.id_key()), held->texts));
    if (!held->is_kept) OVILLO_CHECK(transaction.put(counts_name(held->texts), held->bytes));
  }
  return CountedModel{std::move(held->counts), name, std::move(held->decision)};
}

Result<std::optional<std::string>> counts_of(const storage::Workspace& workspace, const View& view,
                                             const Vocabulary& vocabulary, const Corpus& corpus) {
  OVILLO_TRY(auto held, held_counts(workspace, view, vocabulary, corpus));
  return held ? std::optional(std::move(held->bytes)) : std::nullopt;
}

Result<std::vector<std::vector<Corpus::Index>>> records_compared(const Corpus& corpus,
                                                                 std::string_view counts) {
  OVILLO_TRY(const auto parsed, cluster::Counts::parse(counts));
  const std::vector<Corpus::Index> comparable = comparable_records(corpus);
  std::vector<std::string_view> texts;
  texts.reserve(comparable.size());
  for (const Corpus::Index i : comparable) texts.push_back(text_of(corpus, i));
  const auto others = cluster::compared_with(texts, parsed);
  std::vector<std::vector<Corpus::Index>> out(corpus.size());
  for (std::size_t t = 0; t < others.size(); ++t)
    for (const std::uint32_t other : others[t]) out[comparable[t]].push_back(comparable[other]);
  return out;
}

Result<void> pin_counts(storage::Workspace& workspace, std::string_view counts) {
  return workspace.put(kPinnedCounts, counts);
}

Result<void> forget_counts(storage::Workspace& workspace, const View& view) {
  return workspace.put(pointer_name(view, workspace.id_key()), "");
}

std::vector<TextComponent> all_hands(const Corpus& corpus, const Vocabulary& vocabulary,
                                     const CountedModel& model, const IdKey& key) {
  const std::vector<Corpus::Index> comparable = comparable_records(corpus);
  std::shared_ptr<const cluster::Decision> decided = model.decision;
  if (!decided) {
    std::vector<std::string_view> views;
    views.reserve(comparable.size());
    for (const Corpus::Index i : comparable) views.push_back(text_of(corpus, i));
    std::optional<cluster::Counts> counts = model.counts;
    decided = std::make_shared<const cluster::Decision>(
        cluster::decide(views, vocabulary.background, counts));
  }
  const cluster::Decision& decision = *decided;

  std::vector<cluster::Hand> hands(decision.templates.size());
  std::vector<std::int32_t> place(comparable.size(), -1);
  for (std::size_t i = 0; i < comparable.size(); ++i) {
    if (decision.cluster[i] < 0) continue;
    cluster::Hand& hand = hands[static_cast<std::size_t>(decision.cluster[i])];
    place[i] = static_cast<std::int32_t>(hand.rows.size());
    hand.rows.push_back(comparable[i]);
    hand.reasons.push_back(decision.reasons[i]);
  }
  std::vector<TextComponent> out;
  out.reserve(hands.size() + 1);
  for (std::size_t h = 0; h < hands.size(); ++h) {
    for (cluster::Reason& reason : hands[h].reasons)
      if (reason.with >= 0) reason.with = place[static_cast<std::size_t>(reason.with)];
    hands[h].written = decision.templates[h];
    out.push_back(component_of(std::move(hands[h])));
    out.back().key = key_of(key, "text", model.name, [&](const auto& add) {
      for (const std::uint32_t record : out.back().records) add(corpus.id(record));
    });
  }
  out.push_back(component_of_all(corpus, comparable, model, key));
  return out;
}

void LiveHands::start_anew(const Vocabulary& vocabulary, const CountedModel& model) {
  live_.reset();  // reads texts_
  texts_.clear();
  id_.clear();
  by_id_.clear();
  hands_.clear();
  model_ = model.name;
  live_.emplace(vocabulary.background, model.counts);
}

std::vector<TextComponent> LiveHands::renew(const Corpus& corpus, const Vocabulary& vocabulary,
                                            const CountedModel& model, const IdKey& key) {
  const std::vector<Corpus::Index> comparable = comparable_records(corpus);
  std::vector<Corpus::Index> fresh;
  const auto find_fresh = [&] {  // what is held and what is here both ascend by id
    fresh.clear();
    std::size_t held = 0;
    bool is_twin = false;  // of two records of one id, nothing tells which is held
    for (const Corpus::Index i : comparable) {
      if (held < by_id_.size() && by_id_[held].id == corpus.id(i)) {
        ++held;
      } else {
        is_twin = is_twin || (held > 0 && by_id_[held - 1].id == corpus.id(i));
        fresh.push_back(i);
      }
    }
    return held == by_id_.size() && !is_twin;  // nothing is gone
  };
  if (!live_ || model_ != model.name || !find_fresh()) {
    start_anew(vocabulary, model);
    find_fresh();
  }

  auto texts = std::make_unique<StringColumn>();
  for (const Corpus::Index i : fresh) {
    by_id_.push_back({corpus.id(i), static_cast<std::uint32_t>(id_.size())});
    id_.push_back(corpus.id(i));
    texts->push_back(text_of(corpus, i));
  }
  std::inplace_merge(by_id_.begin(), by_id_.end() - static_cast<std::ptrdiff_t>(fresh.size()),
                     by_id_.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < texts->size(); ++i) views.push_back((*texts)[i]);
  texts_.push_back(std::move(texts));
  auto change =
      live_->add(views, [this](std::uint32_t a, std::uint32_t b) { return id_[a] < id_[b]; });
  for (const auto stamp : change.gone) hands_.erase(stamp);
  for (std::size_t h = 0; h < change.made.size(); ++h) {
    TextComponent component = component_of(std::move(change.hands[h]));
    component.key = key_of(key, "text", model_, [&](const auto& add) {
      for (const std::uint32_t row : component.records) add(id_[row]);
    });
    hands_.emplace(change.made[h], std::move(component));
  }

  std::vector<Corpus::Index> record_of_row(id_.size());
  for (std::size_t i = 0; i < by_id_.size(); ++i) record_of_row[by_id_[i].row] = comparable[i];
  std::vector<TextComponent> out;
  out.reserve(hands_.size() + 1);
  for (const auto& [stamp, hand] : hands_) {
    out.push_back(hand);
    for (std::uint32_t& record : out.back().records) record = record_of_row[record];
  }
  out.push_back(component_of_all(corpus, comparable, model, key));
  return out;
}

}  // namespace ovillo::flow
