// Corpus: every record a View admits, with its finds, in memory.
//
// Records are numbered by their rank in ascending record id, so no answer can depend on the order
// of import. Batches of personal data are Sensitive: load_blocks() gives them closed, the
// Disclosure of one audit entry opens them, and from there the stages see plain views.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
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
};

class Corpus {
 public:
  /// Index of a record in the view: its rank by id.
  using Index = std::uint32_t;

  Corpus() = default;
  /// Adds the finds of the blocks' pictures: what near-equal ones are called depends on all of
  /// them.
  explicit Corpus(std::vector<Block> blocks);

  [[nodiscard]] std::size_t size() const { return at_.size(); }
  [[nodiscard]] const RecordId& id(Index i) const { return batch(i).id[at_[i].row]; }
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
    std::uint32_t row;
  };
  std::vector<Block> blocks_;
  std::vector<At> at_;  // ascending by record id
};

/// The text by which a record is compared with others: its text, else its title. Only what a hand
/// writes for the public is compared (adverts, messages, notices).
std::string_view comparable_text(const RecordBatch& batch, std::size_t row);

/// Loads the blocks `view` admits. Blocks without finds of the current rules come
/// with none; `run` (pipeline.hpp) makes them.
Result<Sensitive<std::vector<Block>>> load_blocks(const storage::Workspace& workspace,
                                                  const View& view);
}  // namespace ovillo::flow
