// What the searches for single shapes share: the transfers as a graph, chance, the limit of work.
#pragma once

#include <cstdint>
#include <vector>

#include "ovillo/money/chance.hpp"
#include "ovillo/money/shapes.hpp"
#include "ovillo/money/timeline.hpp"

namespace ovillo::money {

/// Steps of work left. Each transfer brings some along, so that work is linear in the file.
class WorkLimit {
 public:
  explicit WorkLimit(std::uint64_t at_once) : left_(at_once) {}
  void bring(std::uint64_t steps) { left_ += steps; }
  /// False: none is left.
  bool spend() {
    if (left_ == 0) return false;
    --left_;
    return true;
  }

 private:
  std::uint64_t left_;
};

struct ShapeSearch {
  ShapeSearch(const Transfers& t, const ShapeOptions& o);

  const Transfers& transfers;
  const ShapeOptions& options;
  const Timeline out;
  const Timeline in;
  const Chance chance;
  std::int32_t most_loss;  ///< max_loss in log2 steps of chance.hpp

  /// Whether `next` may be `first` paid on: same currency, not more, not much less.
  [[nodiscard]] bool paid_on(std::uint32_t first, std::uint32_t next) const;
  /// How many transfers at least as soon and as close in amount the account in between would make
  /// by chance.
  [[nodiscard]] double expected_paid_on(std::uint32_t first, std::uint32_t next) const;
  /// How many transfers chance offers that paid_on() would take.
  [[nodiscard]] double offered_on(std::uint32_t first, std::uint32_t account) const;
};

/// Of shapes that share half of their transfers with a less likely one, keeps the less likely.
std::vector<Shape> least_likely(std::vector<Shape> shapes, std::size_t n_transfers);

/// Cycles of three or more transfers in which a sum is paid on and on. Adds to `n_cut`.
std::vector<Shape> find_preserved_cycles(const ShapeSearch& search, std::uint64_t& n_cut);

std::vector<Shape> find_scatter_gather(const ShapeSearch& search, std::uint64_t& n_cut);

struct Layers {
  std::vector<Shape> bipartite;  ///< one layer
  std::vector<Shape> stack;      ///< a layer whose payees pay on like sums; it may be in both lists
};
Layers find_layers(const ShapeSearch& search, std::uint64_t& n_cut);

/// Transfers of one account, in one direction, of like sums and with different accounts, in a
/// shorter time than chance explains.
struct Burst {
  double tail = 1;  ///< chance of as many, given the first
  std::int64_t begin_s = 0;
  std::int64_t end_s = 0;
  std::vector<std::uint32_t> transfer;  ///< in order of time
};

/// Bursts of one account that share no transfer, least likely first; at most 64.
std::vector<Burst> find_bursts(const ShapeSearch& search, std::uint32_t account,
                               Timeline::Direction direction, WorkLimit& work,
                               std::uint64_t& n_cut);

}  // namespace ovillo::money
