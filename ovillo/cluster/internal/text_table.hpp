// The distinct texts of a corpus that grows, with the rows that read like each.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/cluster/internal/component.hpp"
#include "ovillo/cluster/internal/folded.hpp"
#include "ovillo/cluster/internal/live_neighbours.hpp"
#include "ovillo/cluster/internal/surprise.hpp"

namespace ovillo::cluster {

/// Texts are numbered as they come; those of the first batch in their order. Texts of fewer words
/// than tell anything about a hand have no number.
class TextTable final : public LiveNeighbours::Order {
 public:
  struct Text {
    std::span<const std::uint32_t> words;
    std::uint64_t hash = 0;
    std::uint32_t copies = 0;
    std::uint32_t last_row = 0;  // of its rows; the others by `row_before`
    std::string_view raw;        // of the raw texts, the least in byte order
    std::string_view last_raw;   // and the greatest
  };

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(texts_.size()); }
  [[nodiscard]] const Text& operator[](std::uint32_t t) const { return texts_[t]; }
  /// By hash, then by words: as Component has it.
  [[nodiscard]] bool before(std::uint32_t s, std::uint32_t t) const override;
  /// Appends the rows of text t.
  void rows_of(std::uint32_t t, std::vector<std::uint32_t>& rows) const;

  /// Takes a batch. @param batch  of `folded`, which is kept. @param raw  the batch as it came.
  /// @return  texts known before that have more copies now.
  std::vector<std::uint32_t> add(std::unique_ptr<Folded> folded, const Component& batch,
                                 std::span<const std::string_view> raw);

  /// Weighs those of the texts that were not weighed yet.
  void weigh(std::span<const std::uint32_t> texts, const Weigher& weigher);
  [[nodiscard]] const Weighed& weighed(std::uint32_t t) const { return weighed_[t]; }

  /// These texts as a component of their own. @param texts  in order.
  [[nodiscard]] Component component(std::span<const std::uint32_t> texts) const;
  [[nodiscard]] std::vector<Weighed> weighed(std::span<const std::uint32_t> texts) const;
  /// Sorts texts into their order.
  void sort(std::vector<std::uint32_t>& texts) const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  [[nodiscard]] std::uint32_t find(const Text& text) const;
  void enter(std::uint32_t t);
  void grow();

  std::vector<std::unique_ptr<Folded>> folded_;
  std::vector<Text> texts_;
  std::vector<std::uint32_t> row_before_;  // per row: the one before that reads like it, or kNone
  std::vector<std::uint32_t> slot_;        // open addressing by hash: texts, or kNone
  std::vector<Weighed> weighed_;
  std::vector<std::vector<std::uint8_t>> bytes_;
};

}  // namespace ovillo::cluster
