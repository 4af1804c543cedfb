// The bytes of the row that is open, out of a stream that a parser takes block by block.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::intake {

class RowBytes {
 public:
  /// Takes the next block. @param keep_from  place in the stream from which on bytes may be asked
  /// for. @param limit  above so many bytes all are let go of.
  void take(std::string_view block, std::uint64_t keep_from, std::uint64_t limit) {
    const std::uint64_t drop =
        std::min<std::uint64_t>(keep_from > begin_ ? keep_from - begin_ : 0, held_.size());
    held_.erase(0, drop);
    begin_ += drop;
    held_.append(block);
    if (held_.size() <= limit) return;
    begin_ += held_.size();
    held_.clear();
  }
  /// Bytes [begin, begin + length) of the stream; fewer where they were let go of.
  [[nodiscard]] std::string_view of(std::uint64_t begin, std::uint64_t length) const {
    if (begin < begin_) return {};
    return std::string_view(held_).substr(std::min<std::uint64_t>(begin - begin_, held_.size()),
                                          length);
  }

 private:
  std::string held_;
  std::uint64_t begin_ = 0;
};

}  // namespace ovillo::intake
