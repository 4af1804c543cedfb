#include "ovillo/flow/record_copy.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "ovillo/casework/ledger.hpp"
#include "ovillo/flow/live_hands.hpp"
#include "ovillo/flow/payers.hpp"
#include "ovillo/flow/row_selection.hpp"
#include "ovillo/flow/train.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

namespace {

/// Of one block: which of its rows go along, ascending; and which of those with their words alone.
struct BlockRows {
  std::vector<std::size_t> rows;
  std::set<std::size_t> words_only;
};

std::map<std::size_t, BlockRows> rows_by_block(const Corpus& corpus,
                                               const RecordSelection& selection) {
  std::map<std::size_t, BlockRows> out;
  const auto block_of = [&](Corpus::Index i) {
    return static_cast<std::size_t>(&corpus.block(i) - corpus.blocks().data());
  };
  for (const Corpus::Index i : selection.whole) out[block_of(i)].rows.push_back(corpus.row(i));
  for (const Corpus::Index i : selection.words_only) {
    BlockRows& block = out[block_of(i)];
    block.rows.push_back(corpus.row(i));
    block.words_only.insert(corpus.row(i));
  }
  for (auto& [number, block] : out) std::sort(block.rows.begin(), block.rows.end());
  return out;
}

/// Leaves of a row only the cell by which it is compared.
void keep_words_alone(const RecordBatch& batch, std::size_t row, RecordBatch& out) {
  const std::string_view words = comparable_text(batch, row);
  const Range cells = batch.fields[row];
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    if (batch.cell_value[c].data() != words.data()) continue;
    out.cell_column.push_back(batch.cell_column[c]);
    out.cell_value.push_back(batch.cell_value[c]);
  }
  out.fields.close_row(out.cell_column.size());
}

RecordBatch selected(const RecordBatch& batch, const BlockRows& block) {
  RecordBatch out = only_rows(batch, block.rows);
  if (block.words_only.empty()) return out;
  RecordBatch thin = only_rows(batch, {});
  for (std::size_t i = 0; i < block.rows.size(); ++i) {
    const std::size_t row = block.rows[i];
    if (block.words_only.contains(row)) {
      keep_words_alone(batch, row, thin);
      out.time[i].reset();
      continue;
    }
    const Range cells = batch.fields[row];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      thin.cell_column.push_back(batch.cell_column[c]);
      thin.cell_value.push_back(batch.cell_value[c]);
    }
    thin.fields.close_row(thin.cell_column.size());
  }
  out.fields = std::move(thin.fields);
  out.cell_column = std::move(thin.cell_column);
  out.cell_value = std::move(thin.cell_value);
  return out;
}

/// The sources of what is copied, and where they went.
class SourceCopy {
 public:
  SourceCopy(const storage::Workspace& from, storage::Workspace& to) : from_(from), to_(to) {}

  Result<void> add(const std::set<SourceId>& wanted) {
    OVILLO_TRY(const auto authorisations, from_.authorisations());
    std::map<AuthorisationId, AuthorisationId> moved;
    OVILLO_TRY(const auto sources, from_.sources());
    std::set<std::string> names;
    for (Source source : sources) {
      if (!wanted.contains(source.id)) continue;
      for (const Authorisation& one : authorisations)
        if (one.id == source.authorisation) {
          OVILLO_TRY(moved[one.id], to_.add_authorisation(one));
        }
      const SourceId before = source.id;
      source.authorisation = moved[source.authorisation];
      source.compartment = storage::Workspace::kMainCompartment;
      // Two compartments may have called two sources the same; one name is taken once here.
      const std::string name = source.name;
      for (int n = 2; !names.insert(source.name).second; ++n)
        source.name = name + " (" + std::to_string(n) + ")";
      OVILLO_TRY(source.id, to_.add_source(source));
      source_[before] = source;
    }
    return {};
  }
  [[nodiscard]] const Source& at(SourceId id) const { return source_.at(id); }

 private:
  const storage::Workspace& from_;
  storage::Workspace& to_;
  std::map<SourceId, Source> source_;
};

/// The blocks of one import of the old workspace, under a number of the new one.
class BlockCopy {
 public:
  BlockCopy(const SourceCopy& sources, storage::Transaction& transaction)
      : sources_(sources), transaction_(transaction) {}

  Result<void> add(const Block& block, const BlockRows& rows) {
    const Source& source = sources_.at(block.place.source);
    RecordBatch batch = selected(block.records, rows);
    batch.source = source.id;
    batch.compartment = source.compartment;
    batch.authorisation = source.authorisation;
    storage::BlockPlace place = block.place;
    place.source = source.id;
    place.compartment = source.compartment;
    OVILLO_TRY(place.group, group_of(block.place.group));
    place.n_rows = static_cast<std::uint32_t>(batch.size());
    OVILLO_CHECK(transaction_.put_record_ids(place.compartment, place.group, batch.id));
    OVILLO_CHECK(transaction_.put_block(place, storage::encode(batch)));
    return add_photos(block, rows, place);
  }
  [[nodiscard]] const std::map<std::uint64_t, std::uint64_t>& groups() const { return groups_; }

 private:
  Result<std::uint64_t> group_of(std::uint64_t group) {
    const auto known = groups_.find(group);
    if (known != groups_.end()) return known->second;
    OVILLO_TRY(const auto made, transaction_.new_group());
    groups_[group] = made;
    return made;
  }

  Result<void> add_photos(const Block& block, const BlockRows& rows, storage::BlockPlace place) {
    std::set<RecordId> whole;
    for (const std::size_t row : rows.rows)
      if (!rows.words_only.contains(row)) whole.insert(block.records.id[row]);
    std::vector<PhotoSight> photos;
    for (const PhotoSight& sight : block.photos)
      if (whole.contains(sight.record)) photos.push_back(sight);
    if (photos.empty()) return {};
    place.kind = storage::BlockKind::photo;
    return transaction_.put_block(place, storage::encode(photos));
  }

  const SourceCopy& sources_;
  storage::Transaction& transaction_;
  std::map<std::uint64_t, std::uint64_t> groups_;
};

Result<void> copy_imports(const storage::Workspace& from, const SourceCopy& sources,
                          const std::map<std::uint64_t, std::uint64_t>& groups,
                          storage::Transaction& transaction) {
  OVILLO_TRY(const auto imports, from.imports());
  for (storage::ImportRow row : imports) {
    const auto group = groups.find(row.group);
    if (group == groups.end()) continue;
    row.group = group->second;
    row.source = sources.at(row.source).id;
    row.compartment = storage::Workspace::kMainCompartment;
    OVILLO_CHECK(transaction.put_import(row));
  }
  return {};
}

/// Of each set of texts that were decided on together and of which one is taken: all.
void add_whole_sets(const Answer& answer, std::vector<bool>& taken) {
  const bool counted = rests_on_counts(answer.model);
  for (const TextComponent& text : answer.texts) {
    const auto is_taken = [&](std::uint32_t record) { return taken[record]; };
    const auto is_alone = [](std::int32_t cluster) { return cluster < 0; };
    // The one of all texts, which stands beside counts: it joins nobody.
    if (counted && std::all_of(text.cluster.begin(), text.cluster.end(), is_alone)) continue;
    if (std::any_of(text.records.begin(), text.records.end(), is_taken))
      for (const std::uint32_t record : text.records) taken[record] = true;
  }
}

}  // namespace

RecordSelection records_behind(const Answer& answer, std::span<const std::size_t> components,
                               const std::vector<std::vector<Corpus::Index>>& compared, int steps) {
  std::vector<bool> whole(answer.records.size());
  for (const std::size_t c : components)
    for (const std::uint32_t record : answer.components[c].records) whole[record] = true;
  std::vector<bool> words = whole;
  for (int step = 0; step < steps && !compared.empty(); ++step) {
    const std::vector<bool> before = words;
    for (std::size_t i = 0; i < before.size(); ++i)
      if (before[i])
        for (const Corpus::Index other : compared[i]) words[other] = true;
    add_whole_sets(answer, words);
  }
  add_whole_sets(answer, words);
  RecordSelection out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i])
      out.whole.push_back(static_cast<Corpus::Index>(i));
    else if (words[i])
      out.words_only.push_back(static_cast<Corpus::Index>(i));
  }
  return out;
}

Result<void> copy_records(CaseFile& from, const RecordSelection& selection,
                          storage::Workspace& to) {
  OVILLO_TRY(const auto* corpus, from.corpus());
  const auto blocks = rows_by_block(*corpus, selection);
  std::set<SourceId> wanted;
  for (const auto& [number, rows] : blocks) wanted.insert(corpus->blocks()[number].place.source);
  SourceCopy sources(from.workspace(), to);
  OVILLO_CHECK(sources.add(wanted));
  OVILLO_TRY(auto transaction, to.begin());
  BlockCopy copy(sources, transaction);
  for (const auto& [number, rows] : blocks) OVILLO_CHECK(copy.add(corpus->blocks()[number], rows));
  OVILLO_CHECK(copy_imports(from.workspace(), sources, copy.groups(), transaction));
  return transaction.commit();
}

Result<void> copy_model(CaseFile& from, const RecordSelection& selection, storage::Workspace& to,
                        const View& view) {
  OVILLO_TRY(const auto* corpus, from.corpus());
  OVILLO_CHECK(copy_payers(from.workspace(), to));
  OVILLO_CHECK(copy_background(from.workspace(), from.view(), to, view));
  OVILLO_TRY(const auto counts,
             counts_of(from.workspace(), from.view(), from.vocabulary(), *corpus));
  if (counts) OVILLO_CHECK(pin_counts(to, *counts));
  OVILLO_TRY(auto ledger, casework::load_ledger(from.workspace(), from.view()));
  std::set<RecordId> whole;
  for (const Corpus::Index i : selection.whole) whole.insert(corpus->id(i));
  std::erase_if(ledger.networks, [&](const casework::LedgerNetwork& network) {
    return std::none_of(network.records.begin(), network.records.end(),
                        [&](const RecordId& id) { return whole.contains(id); });
  });
  ledger.history.clear();
  OVILLO_TRY(auto transaction, to.begin());
  OVILLO_CHECK(casework::store_ledger(transaction, view, to.id_key(), ledger));
  return transaction.commit();
}

}  // namespace ovillo::flow
