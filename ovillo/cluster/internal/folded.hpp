// The words of many texts, folded once for all that look at them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ovillo::cluster {

class Folded {
 public:
  /// @cost  O(bytes), in parallel; 4 bytes per word.
  explicit Folded(std::span<const std::string_view> texts);

  [[nodiscard]] std::span<const std::uint32_t> words(std::size_t i) const {
    const Chunk& chunk = chunks_[i / kGrain];
    const std::size_t at = i % kGrain;
    const std::size_t begin = at == 0 ? 0 : chunk.end[at - 1];
    return {chunk.word.data() + begin, chunk.end[at] - begin};
  }

 private:
  static constexpr std::size_t kGrain = 1024;
  struct Chunk {
    std::vector<std::uint32_t> word;
    std::vector<std::size_t> end;
  };
  std::vector<Chunk> chunks_;
};

}  // namespace ovillo::cluster
