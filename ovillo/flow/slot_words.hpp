// What a text puts in the slots of its template.
//
// A template is written with its slots in it ("ask for ⟨name⟩, ⟨price⟩ €",
// docs/formats/cluster.md). Here it is taken apart again and laid beside a text, so that a reader
// sees what varies.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/cluster/fold.hpp"

namespace ovillo::flow {

struct TemplatePart {
  std::string text;  ///< fixed words as written; of a slot its kind: "name", "price", "…"
  bool is_slot = false;
};

/// @param text  as cluster::Template::text. Joined again, with brackets around the slots, the parts
///              are `text`.
std::vector<TemplatePart> template_parts(std::string_view text);

/// The texts of one template, as laid beside it.
class SlotReader {
 public:
  explicit SlotReader(const std::vector<TemplatePart>& parts);

  /// @return  per slot the words of `text` there, as written; empty: nothing stands there; nullopt:
  ///          the fixed words beside the slot are not in the text, or several slots stand side by
  ///          side and cannot be told apart, or the text is too long to lay beside the template.
  /// @cost    O(words of the template times words of the text), at most kMostCells.
  [[nodiscard]] std::vector<std::optional<std::string>> read(std::string_view text) const;

  [[nodiscard]] std::size_t n_slots() const { return kinds_.size(); }

  static constexpr std::size_t kMostCells = 1'000'000;

 private:
  // Slots between the same two fixed words.
  struct Gap {
    std::size_t before = 0;  // fixed words before it
    std::vector<std::size_t> slots;
  };
  void fill(const Gap& gap, std::span<const cluster::Word> words, std::string_view text,
            std::vector<std::optional<std::string>>& out) const;
  [[nodiscard]] bool fits(const Gap& gap, const std::vector<Range>& pieces,
                          std::span<const cluster::Word> words) const;

  std::vector<std::string> kinds_;    // per slot
  std::vector<std::uint32_t> fixed_;  // fixed words, folded
  std::vector<bool> goes_on_;         // per fixed word: no slot stands before it
  std::vector<Gap> gaps_;             // ascending
};

}  // namespace ovillo::flow
