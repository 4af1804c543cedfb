// Corpus: every record a View admits, with its finds, in memory.
//
// Records are numbered by their rank in ascending record id, so no answer can depend on the order
// of import. Batches of personal data are Sensitive: load_blocks() gives them closed, the
// Disclosure of one audit entry opens them, and from there the stages see plain views.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/sensitive.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/photo.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

/// Rows of one record block, with what was derived from them.
struct Block {
  storage::BlockPlace place;
  RecordBatch records;
  FindBatch finds;
  std::vector<PhotoSight> photos;  ///< what its records name, in order of the records
  bool is_partial = false;         ///< the view leaves out some of its records
};

class Corpus {
 public:
  /// Index of a record in the view: its rank by id.
  using Index = std::uint32_t;

  Corpus() = default;
  /// Adds the finds of the blocks' pictures: what near-equal ones are called depends on all of
  /// them.
  explicit Corpus(std::vector<Block> blocks);
  /// Adds blocks without pictures to a corpus without: as if all had been given at once.
  /// @cost  O(m log n) for m records added to n, and a copy of the order.
  void add(std::vector<Block> blocks);

  [[nodiscard]] std::size_t size() const { return at_.size(); }
  [[nodiscard]] const RecordId& id(Index i) const { return id_[i]; }
  [[nodiscard]] std::span<const RecordId> ids() const { return id_; }
  /// Number of a record in the order of blocks and rows: stays while blocks are added.
  [[nodiscard]] std::uint32_t number(Index i) const {
    return first_number_[at_[i].block] + at_[i].row;
  }
  /// Whether it holds a text to compare with others: comparable_text() is not empty.
  [[nodiscard]] bool is_comparable(Index i) const { return at_[i].is_comparable; }
  [[nodiscard]] const RecordBatch& batch(Index i) const { return blocks_[at_[i].block].records; }
  [[nodiscard]] const Block& block(Index i) const { return blocks_[at_[i].block]; }
  [[nodiscard]] std::size_t row(Index i) const { return at_[i].row; }
  [[nodiscard]] RecordKind kind(Index i) const { return batch(i).kind[at_[i].row]; }
  [[nodiscard]] const std::optional<Time>& time(Index i) const { return batch(i).time[at_[i].row]; }
  [[nodiscard]] std::string_view value(Index i, Field field) const {
    return batch(i).value(at_[i].row, field);
  }
  /// The cell of `column` in record i; empty when absent.
  [[nodiscard]] std::string_view cell(Index i, std::uint16_t column) const;
  /// Finds of record i, as a range into block(i).finds.
  [[nodiscard]] Range finds(Index i) const { return block(i).finds.records[at_[i].row]; }
  [[nodiscard]] std::optional<Index> find(const RecordId& id) const;
  [[nodiscard]] const std::vector<Block>& blocks() const { return blocks_; }

 private:
  struct At {
    std::uint32_t block;
    std::uint32_t row : 31;
    bool is_comparable : 1;
  };
  std::vector<At> at_of(std::size_t first_block);
  [[nodiscard]] bool comes_before(const At& x, const At& y) const;
  std::vector<Block> blocks_;
  std::vector<std::uint32_t> first_number_;  // per block
  std::uint32_t n_rows_ = 0;
  std::vector<At> at_;        // ascending by record id, then place
  std::vector<RecordId> id_;  // per record: close together, for passes over all
};

/// The text by which a record is compared with others: its text, else its title. Only what a hand
/// writes for the public is compared (adverts, messages, notices).
std::string_view comparable_text(const RecordBatch& batch, std::size_t row);

/// Loads the blocks `view` admits. Blocks without finds of the current rules come
/// with none; `run` (pipeline.hpp) makes them.
Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view);
/// Only those blocks of records, by places that block_places gave, with their finds. Not their
/// pictures. @cost  one at a time: for few.
Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view,
                                                  std::span<const storage::BlockPlace> places);

}  // namespace ovillo::flow
