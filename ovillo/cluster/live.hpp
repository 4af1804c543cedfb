// LiveTexts: a large corpus held in memory, to which texts are added day by day.
//
// The hands are those that `decide` would find in all the texts together with the same Counts,
// whatever came in which order and in how many parts; a day costs what it touches, not what is
// held. Texts that an added one may be of one hand with are found in orders kept sorted
// (internal/live_neighbours.hpp). Only texts whose nearest changed, and those bonded with them, are
// judged again (internal/live_groups.hpp); parts of large hands are compared every time, by their
// delegates. Nothing is ever taken out: for that, start anew.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/cluster/background.hpp"
#include "ovillo/cluster/cluster.hpp"

namespace ovillo::cluster {

/// Texts of one hand.
struct Hand {
  std::vector<std::uint32_t> rows;  ///< in the caller's order
  Template written;
  std::vector<Reason> reasons;  ///< per row; `with` is a position in `rows`
};

class LiveTexts {
 public:
  /// Says whether row a stands before row b in the caller's order; may be asked by many threads.
  using Before = std::function<bool(std::uint32_t, std::uint32_t)>;
  /// Names a hand as it stands: members, reasons and template are the same while it is the same.
  using Stamp = std::uint64_t;

  /// @param background  copied. @param counts  empty: made from the first texts added.
  LiveTexts(const Background& background, std::optional<Counts> counts);
  LiveTexts(LiveTexts&&) noexcept;
  LiveTexts& operator=(LiveTexts&&) noexcept;
  ~LiveTexts();

  struct Change {
    std::vector<Stamp> gone;  ///< ascending
    std::vector<Stamp> made;  ///< ascending
    std::vector<Hand> hands;  ///< of `made`
  };
  /// Adds rows, numbered on. @param texts  read as long as this lives.
  /// @cost  for the first as `decide`, and 700 bytes a text of 40 words; then some 100 us per text
  /// added to a million, most of it for what it touches.
  Change add(std::span<const std::string_view> texts, const Before& before);

  /// Once texts were added. @return  what everybody writes, as given or as counted.
  [[nodiscard]] const Counts& counts() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::cluster
