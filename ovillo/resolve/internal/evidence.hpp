// What two rows say for and against being one person.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/resolve/internal/part_rows.hpp"

namespace ovillo::resolve::internal {

/// Weights are integers, quarter bits, so that the same rows give the same answer everywhere.
inline constexpr std::int32_t kPerBit = 4;

/// Level of one part for one pair; kNoLevel: one of the rows does not state it.
inline constexpr std::uint8_t kNoLevel = 7;
using Levels = std::array<std::uint8_t, kParts>;  ///< by column of PartRows

struct Evidence {
  Levels level{};
  std::array<std::int32_t, kParts> weight{};  ///< by column, quarter bits
  std::int32_t sum = 0;
  /// How much better the pair is explained by two relatives under one roof (parents, brothers,
  /// twins); taken off the sum. Zero: not at all.
  std::int32_t relatives = 0;
};

/// Levels of agreement of every column.
void compare(const PartRows& rows, std::uint32_t a, std::uint32_t b, Levels& out);

class Judge {
 public:
  /// @param guests  1 where the pairs to judge are of a row that PartRows let in, which does not
  ///                count among the rows that hold a value; else 0.
  Judge(const PartRows& rows, const MatchModel& model, std::uint32_t guests = 0);

  [[nodiscard]] Evidence judge(std::uint32_t a, std::uint32_t b) const;

  /// Sum that a pair must reach to be likelier one person than two.
  [[nodiscard]] std::int32_t even_odds() const { return against_; }

  /// Whether a pair may reach `least`: false as soon as the columns seen so far rule it out.
  /// @param equal, stated  a bit per column: first values are the same; both rows state it.
  /// @cost  some 10 ns for most pairs that share a key by chance.
  [[nodiscard]] bool may_reach(std::uint32_t a, std::uint32_t b, std::uint32_t equal,
                               std::uint32_t stated, std::int32_t least) const;

  /// Whether two rows cannot be one person, whatever else speaks for it: two documents and two
  /// birth dates, unless the tables themselves show that both are often wrong.
  [[nodiscard]] bool can_rule_out() const;
  [[nodiscard]] bool rules_out(std::uint32_t a, std::uint32_t b) const;

 private:
  [[nodiscard]] std::int32_t weight(std::size_t column, std::uint8_t level, std::uint32_t value_a,
                                    std::uint32_t value_b) const;
  [[nodiscard]] std::int32_t relatives(const Evidence& evidence) const;

  const PartRows& rows_;
  std::int32_t against_ = 0;
  std::int32_t relatives_ = 0;  ///< log2 of relatives for each repeat
  /// -log2 of how frequent a value is; of one that no row holds, as of one that a single row holds.
  [[nodiscard]] std::int32_t rarity(std::size_t column, std::uint32_t value) const {
    return value < rarity_[column].size() ? rarity_[column][value] : rarest_[column];
  }
  std::vector<std::vector<std::int32_t>> rarity_;  ///< by column and value
  std::vector<std::int32_t> rarest_;
  std::vector<std::array<std::int32_t, kAgreements>> log_m_;
  std::vector<std::array<std::int32_t, kAgreements>> log_u_;
  std::vector<std::int32_t> best_unequal_;  ///< of the levels that do not look at the value
  std::vector<std::size_t> by_cost_;        ///< columns, those cheap to compare first
};

}  // namespace ovillo::resolve::internal
