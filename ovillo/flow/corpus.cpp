#include "ovillo/flow/corpus.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <tuple>

#include "ovillo/base/parallel.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/flow/photos.hpp"
#include "ovillo/flow/row_selection.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

Corpus::Corpus(std::vector<Block> blocks) : blocks_(std::move(blocks)) {
  add_photo_finds(blocks_);
  at_ = at_of(0);
  id_.reserve(at_.size());
  for (const At& at : at_) id_.push_back(blocks_[at.block].records.id[at.row]);
}

void Corpus::add(std::vector<Block> blocks) {
  const std::size_t first_block = blocks_.size();
  std::move(blocks.begin(), blocks.end(), std::back_inserter(blocks_));
  const std::vector<At> added = at_of(first_block);
  std::vector<At> at;
  std::vector<RecordId> id;
  at.reserve(at_.size() + added.size());
  id.reserve(at_.size() + added.size());
  std::size_t held = 0;
  const auto take_held = [&](std::size_t end) {
    at.insert(at.end(), at_.begin() + static_cast<std::ptrdiff_t>(held),
              at_.begin() + static_cast<std::ptrdiff_t>(end));
    id.insert(id.end(), id_.begin() + static_cast<std::ptrdiff_t>(held),
              id_.begin() + static_cast<std::ptrdiff_t>(end));
    held = end;
  };
  for (const At& one : added) {
    const auto behind =
        std::lower_bound(at_.begin() + static_cast<std::ptrdiff_t>(held), at_.end(), one,
                         [this](const At& x, const At& y) { return comes_before(x, y); });
    take_held(static_cast<std::size_t>(behind - at_.begin()));
    at.push_back(one);
    id.push_back(blocks_[one.block].records.id[one.row]);
  }
  take_held(at_.size());
  at_ = std::move(at);
  id_ = std::move(id);
}

// The records of the blocks from `first_block` on, sorted; numbers them.
std::vector<Corpus::At> Corpus::at_of(std::size_t first_block) {
  std::vector<At> out;
  std::size_t n = 0;
  for (std::size_t b = first_block; b < blocks_.size(); ++b) n += blocks_[b].records.size();
  out.reserve(n);
  for (std::size_t b = first_block; b < blocks_.size(); ++b) {
    const RecordBatch& records = blocks_[b].records;
    first_number_.push_back(n_rows_);
    n_rows_ += static_cast<std::uint32_t>(records.size());
    for (std::size_t r = 0; r < records.size(); ++r)
      out.push_back({static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(r),
                     !comparable_text(records, r).empty()});
  }
  parallel_sort(out, [this](const At& x, const At& y) { return comes_before(x, y); });
  return out;
}

// Two compartments may hold the same row, under the same id.
bool Corpus::comes_before(const At& x, const At& y) const {
  const RecordId& a = blocks_[x.block].records.id[x.row];
  const RecordId& b = blocks_[y.block].records.id[y.row];
  if (a != b) return a < b;
  const storage::BlockPlace& p = blocks_[x.block].place;
  const storage::BlockPlace& q = blocks_[y.block].place;
  return std::tuple(p.group, p.part, x.block, x.row + 0U) <
         std::tuple(q.group, q.part, y.block, y.row + 0U);
}

std::string_view Corpus::cell(Index i, std::uint16_t column) const {
  const RecordBatch& records = batch(i);
  const Range cells = records.fields[row(i)];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (records.cell_column[c] == column) return records.cell_value[c];
  return {};
}

std::optional<Corpus::Index> Corpus::find(const RecordId& id) const {
  const auto found = std::lower_bound(id_.begin(), id_.end(), id);
  if (found == id_.end() || *found != id) return std::nullopt;
  return static_cast<Index>(found - id_.begin());
}

std::string_view comparable_text(const RecordBatch& batch, std::size_t row) {
  switch (batch.kind[row]) {
    case RecordKind::advert:
    case RecordKind::message:
    case RecordKind::notice: {
      const std::string_view text = batch.value(row, Field::text);
      return text.empty() ? batch.value(row, Field::title) : text;
    }
    default:
      return {};
  }
}

namespace {

using Key = std::pair<std::uint64_t, std::uint32_t>;  // group, part

std::map<Key, std::size_t> index_of(const std::vector<Block>& blocks) {
  std::map<Key, std::size_t> index;
  for (std::size_t b = 0; b < blocks.size(); ++b)
    index[{blocks[b].place.group, blocks[b].place.part}] = b;
  return index;
}

// The hash of a file is known only when all of it was read: it stands with the import.
void set_file_sha256(const std::map<std::uint64_t, const storage::ImportRow*>& import_of,
                     std::uint64_t group, RecordBatch& records) {
  if (const auto row = import_of.find(group); row != import_of.end())
    records.file_sha256 = row->second->file_sha256;
}

std::map<std::uint64_t, const storage::ImportRow*> by_group(
    const std::vector<storage::ImportRow>& imports) {
  std::map<std::uint64_t, const storage::ImportRow*> out;
  for (const storage::ImportRow& row : imports) out[row.group] = &row;
  return out;
}

/// Takes the records that the view leaves out from a block and its finds.
void leave_out(const View& view, Block& block) {
  if (view.excluded_records.empty()) return;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < block.records.size(); ++i)
    if (!std::binary_search(view.excluded_records.begin(), view.excluded_records.end(),
                            block.records.id[i]))
      rows.push_back(i);
  if (rows.size() == block.records.size()) return;
  block.finds = only_rows(block.finds, rows);
  block.records = only_rows(block.records, rows);
  block.is_partial = true;
}

}  // namespace

Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view) {
  OVILLO_TRY(const auto imports, workspace.imports());
  const auto import_of = by_group(imports);
  std::vector<Block> blocks;
  OVILLO_CHECK(workspace.read_blocks(
      view, storage::BlockKind::record,
      [&](const storage::BlockPlace& place, std::string_view bytes) -> Result<void> {
        OVILLO_TRY(auto records, storage::decode_records(bytes));
        set_file_sha256(import_of, place.group, records);
        blocks.push_back({place, std::move(records), {}, {}, false});
        return {};
      }));
  const auto index = index_of(blocks);
  OVILLO_CHECK(workspace.read_blocks(
      view, storage::BlockKind::find,
      [&](const storage::BlockPlace& place, std::string_view bytes) -> Result<void> {
        const auto at = index.find({place.group, place.part});
        if (at == index.end() || place.version != extract::kRulesVersion) return {};
        OVILLO_TRY(blocks[at->second].finds, storage::decode_finds(bytes));
        return {};
      }));
  std::vector<PhotoSight> sights;
  OVILLO_CHECK(workspace.read_blocks(
      view, storage::BlockKind::photo,
      [&](const storage::BlockPlace&, std::string_view bytes) -> Result<void> {
        OVILLO_TRY(auto some, storage::decode_photos(bytes));
        std::move(some.begin(), some.end(), std::back_inserter(sights));
        return {};
      }));
  for (Block& block : blocks) leave_out(view, block);
  share_out(std::move(sights), blocks);
  return Sensitive<std::vector<Block>>(std::move(blocks));
}

Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view,
                                                  std::span<const storage::BlockPlace> places) {
  OVILLO_TRY(const auto imports, workspace.imports());
  const auto import_of = by_group(imports);
  std::vector<Block> blocks;
  for (const storage::BlockPlace& place : places) {
    OVILLO_TRY(const auto bytes, workspace.read_block(place));
    OVILLO_TRY(auto records, storage::decode_records(bytes));
    set_file_sha256(import_of, place.group, records);
    blocks.push_back({place, std::move(records), {}, {}, false});
  }
  if (blocks.empty()) return Sensitive<std::vector<Block>>(std::move(blocks));
  const auto index = index_of(blocks);
  OVILLO_TRY(const auto found, workspace.block_places(view, storage::BlockKind::find));
  for (const storage::BlockPlace& place : found) {
    const auto at = index.find({place.group, place.part});
    if (at == index.end() || place.version != extract::kRulesVersion) continue;
    OVILLO_TRY(const auto bytes, workspace.read_block(place));
    OVILLO_TRY(blocks[at->second].finds, storage::decode_finds(bytes));
  }
  for (Block& block : blocks) leave_out(view, block);
  return Sensitive<std::vector<Block>>(std::move(blocks));
}

}  // namespace ovillo::flow
