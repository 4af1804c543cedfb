// What the pieces of a run look like, where the look says that they are no phone number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ovillo/extract/internal/phone_items.hpp"

namespace ovillo::extract {

/// Questions about pieces [first, end) of a run; each costs O(pieces).
class PhoneShape {
 public:
  /// @param text  the folded text the pieces lie in.
  PhoneShape(const std::vector<PhoneItem>& items, std::string_view text)
      : items_(items), text_(text) {}

  /// Lengths of the digit groups; empty when words are among them.
  void groups(std::size_t first, std::size_t end, std::vector<std::uint8_t>& out) const;
  /// "9000-17000": two round amounts.
  [[nodiscard]] bool round_range(std::size_t first, std::size_t end) const;
  /// "7, 13, 39, 20": plain groups with commas between.
  [[nodiscard]] bool listed(std::size_t first, std::size_t end) const;
  /// "7 14 23 31 42": five or more small numbers that only grow.
  [[nodiscard]] bool growing(std::size_t first, std::size_t end) const;
  /// "600.000.000": six zeros at the end.
  [[nodiscard]] bool round_sum(std::size_t first, std::size_t end) const;
  /// The furthest end of pieces [first, end), end <= last, that hold no run of digits long enough
  /// for a number together with a word: "0712603948 deux".
  [[nodiscard]] std::size_t end_without_word_beside_run(std::size_t first, std::size_t last) const;

 private:
  const std::vector<PhoneItem>& items_;
  std::string_view text_;
};

}  // namespace ovillo::extract
