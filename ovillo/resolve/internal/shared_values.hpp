// Which rows share a value beyond the first of each, or a rare word of a text: what keys, which see
// the first value only, do not propose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ovillo/resolve/internal/part_rows.hpp"

namespace ovillo::resolve::internal {

/// What more rows share proposes nothing for them: something rarer, or another key, will.
inline constexpr std::size_t kMostRows = 1000;

class SharedValues {
 public:
  /// Of one column. A column of texts is read by its words, too.
  /// @param nothing  the column proposes nothing.
  SharedValues(const PartRows& rows, std::size_t column, bool nothing);

  /// Pairs of rows of which one holds what they share as a further value, or as a word.
  void add_pairs(std::vector<std::pair<std::uint32_t, std::uint32_t>>& out) const;

  /// Rows that hold a value of the guest which some row holds as a further one; and those that hold
  /// a rare word of its text.
  void add_rows_like(std::uint32_t guest, std::vector<std::uint32_t>& out) const;

 private:
  using Holders = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;
  void read_words();

  const PartRows& rows_;
  std::size_t column_;
  bool nothing_;
  Holders holders_;          ///< of values that some row holds as a further one; all their rows
  Holders holders_of_word_;  ///< by hash of the word
};

}  // namespace ovillo::resolve::internal
