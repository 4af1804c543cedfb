// HandIndex: which texts of one hand each record of a view belongs to.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/flow/answer.hpp"

namespace ovillo::flow {

/// Numbers the clusters of all text components of an answer. Refers to them.
class HandIndex {
 public:
  HandIndex(std::span<const TextComponent> texts, std::size_t n_records);

  /// Number of the record's cluster among all of the view, or -1: alone, or no text.
  [[nodiscard]] std::int32_t of(std::uint32_t record) const { return of_record_[record]; }
  /// The template of cluster `hand`.
  [[nodiscard]] std::string_view template_text(std::int32_t hand) const;

 private:
  std::span<const TextComponent> texts_;
  std::vector<std::int32_t> first_;  // per text component: number of its first cluster
  std::vector<std::int32_t> of_record_;
};

}  // namespace ovillo::flow
