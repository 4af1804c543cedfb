#include "ovillo/flow/corpus.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "ovillo/base/parallel.hpp"
#include "ovillo/extract/extractor.hpp"
#include "ovillo/flow/photos.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

Corpus::Corpus(std::vector<Block> blocks) : blocks_(std::move(blocks)) {
  add_photo_finds(blocks_);
  std::size_t n = 0;
  for (const Block& block : blocks_) n += block.records.size();
  at_.reserve(n);
  for (std::size_t b = 0; b < blocks_.size(); ++b)
    for (std::size_t r = 0; r < blocks_[b].records.size(); ++r)
      at_.push_back({static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(r)});
  parallel_sort(at_, [this](const At& x, const At& y) {
    return blocks_[x.block].records.id[x.row] < blocks_[y.block].records.id[y.row];
  });
}

std::string_view Corpus::cell(Index i, std::uint16_t column) const {
  const RecordBatch& records = batch(i);
  const Range cells = records.fields[row(i)];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (records.cell_column[c] == column) return records.cell_value[c];
  return {};
}

std::optional<Corpus::Index> Corpus::find(const RecordId& id) const {
  const auto found =
      std::lower_bound(at_.begin(), at_.end(), id, [this](const At& x, const RecordId& want) {
        return blocks_[x.block].records.id[x.row] < want;
      });
  if (found == at_.end() || blocks_[found->block].records.id[found->row] != id) return std::nullopt;
  return static_cast<Index>(found - at_.begin());
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

}  // namespace

Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view) {
  // The hash of a file is known only when all of it was read: it stands with the import.
  OVILLO_TRY(const auto imports, workspace.imports());
  std::map<std::uint64_t, const storage::ImportRow*> import_of;
  for (const storage::ImportRow& row : imports) import_of[row.group] = &row;
  std::vector<Block> blocks;
  OVILLO_CHECK(workspace.read_blocks(
      view, storage::BlockKind::record,
      [&](const storage::BlockPlace& place, std::string_view bytes) -> Result<void> {
        OVILLO_TRY(auto records, storage::decode_records(bytes));
        if (const auto row = import_of.find(place.group); row != import_of.end())
          records.file_sha256 = row->second->file_sha256;
        blocks.push_back({place, std::move(records), {}, {}});
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
  share_out(std::move(sights), blocks);
  return Sensitive<std::vector<Block>>(std::move(blocks));
}

}  // namespace ovillo::flow
