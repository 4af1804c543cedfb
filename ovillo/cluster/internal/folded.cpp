#include "ovillo/cluster/internal/folded.hpp"

#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::cluster {

Folded::Folded(std::span<const std::string_view> texts)
    : chunks_((texts.size() + kGrain - 1) / kGrain) {
  parallel_for(texts.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    Chunk& chunk = chunks_[begin / kGrain];
    std::vector<Word> words;
    for (std::size_t i = begin; i < end; ++i) {
      fold_words(texts[i], words);
      for (const Word& w : words) chunk.word.push_back(w.hash);
      chunk.end.push_back(chunk.word.size());
    }
    chunk.word.shrink_to_fit();
  });
}

}  // namespace ovillo::cluster
