// The shared strings of a workbook: blocks of bytes, one word per string.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ovillo::intake {

class SharedStrings {
 public:
  /// @return  false: more than kMaxBytes are held.
  bool push_back(std::string_view text);
  /// A string that was too long to keep stands as empty optional.
  void push_too_long();
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  /// Empty: no such string, or one too long to keep.
  [[nodiscard]] std::optional<std::string_view> get(std::size_t index) const;

  static constexpr std::uint64_t kMaxBytes = 1ull << 30;

 private:
  // A place is block (24 bits), offset in it (40 bits); a string begins with its length.
  static constexpr std::size_t kBlock = 1u << 20;
  static constexpr std::uint64_t kTooLong = ~std::uint64_t{0};
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<std::uint64_t> places_;
  std::size_t used_ = kBlock;
  std::size_t capacity_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace ovillo::intake
