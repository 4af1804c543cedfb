// Clusters out of pairs: the strongest pair first, where the two sides go together as a whole.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ovillo/graph/union_find.hpp"
#include "ovillo/resolve/internal/evidence.hpp"
#include "ovillo/resolve/judgement.hpp"

namespace ovillo::resolve::internal {

struct Pair {
  std::uint32_t a;  ///< a < b
  std::uint32_t b;
  std::int32_t sum;  ///< quarter bits
};

class Clusters {
 public:
  /// @param pairs  those that stand, each once.
  Clusters(const PartRows& rows, const Judge& judge, const std::vector<Pair>& pairs,
           std::span<const RowJudgement> judgements);

  /// Per row the smallest row of its cluster.
  [[nodiscard]] std::vector<std::uint32_t> labels() { return sets_.labels(); }
  [[nodiscard]] const std::vector<RowJudgement>& contradicted() const { return contradicted_; }

 private:
  void find_clean_tables(const std::vector<Pair>& pairs);
  void find_partners(const std::vector<Pair>& pairs);
  void follow(std::span<const RowJudgement> judgements);
  [[nodiscard]] bool is_torn(const Pair& pair) const;
  [[nodiscard]] bool judged_apart(std::span<const std::uint32_t> left, std::uint32_t right_root);
  [[nodiscard]] bool go_together(std::span<const std::uint32_t> left,
                                 std::span<const std::uint32_t> right, const Pair& pair) const;
  void join(const Pair& pair);
  void unite(std::uint32_t x, std::uint32_t y);
  std::span<const std::uint32_t> members_of(std::uint32_t root);

  const PartRows& rows_;
  const Judge& judge_;
  graph::UnionFind sets_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<Pair> partners_;  ///< each pair from both ends, ascending
  std::vector<bool> clean_;     ///< per table: holds nobody twice
  /// Pairs judged "not the same" or "unsure", from both ends, ascending.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> unsure_;
  std::vector<RowJudgement> contradicted_;
};

}  // namespace ovillo::resolve::internal
