#include "ovillo/flow/hand_index.hpp"

#include <algorithm>

namespace ovillo::flow {

HandIndex::HandIndex(std::span<const TextComponent> texts, std::size_t n_records)
    : texts_(texts), of_record_(n_records, -1) {
  std::int32_t next = 0;
  for (const TextComponent& text : texts) {
    first_.push_back(next);
    for (std::size_t m = 0; m < text.records.size(); ++m)
      if (text.cluster[m] >= 0) of_record_[text.records[m]] = next + text.cluster[m];
    next += static_cast<std::int32_t>(text.templates.size());
  }
}

std::string_view HandIndex::template_text(std::int32_t hand) const {
  const auto after = std::upper_bound(first_.begin(), first_.end(), hand);
  const auto text = static_cast<std::size_t>(after - first_.begin() - 1);
  return texts_[text].templates[static_cast<std::size_t>(hand - first_[text])];
}

}  // namespace ovillo::flow
