// The groups of a corpus that grows: judged again where something changed, and nowhere else.
//
// Two texts are bonded when they were compared and found of one hand. What becomes of a text
// depends on the texts that bonds lead to, and on their nearest (join_nearest). So a set of texts
// can be judged by itself when no bond leads out of it; where one turns out to lead out, what it
// leads to is judged with it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/counts_body.hpp"
#include "ovillo/cluster/internal/hands.hpp"
#include "ovillo/cluster/internal/live_neighbours.hpp"
#include "ovillo/cluster/internal/text_table.hpp"

namespace ovillo::cluster {

class LiveGroups {
 public:
  /// A hand of two different texts or more.
  struct Group {
    std::vector<std::uint32_t> members;  // in order
    std::vector<Pair> joins;             // along which it grew; a and b in order
  };

  /// Judges texts anew, with all that bonds lead to. @param changed  texts whose nearest changed.
  void judge(std::vector<std::uint32_t> changed, TextTable& texts, const LiveNeighbours& near,
             const Weigher& weigher);
  /// The groups, with parts of one hand joined that do not know each other. @cost  O(members).
  [[nodiscard]] std::vector<Group> joined(TextTable& texts, const LiveNeighbours& near,
                                          const Weigher& weigher) const;

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  // Numbered sets of texts, each text in one or none.
  template <class Set>
  struct Sets {
    std::vector<Set> set;
    std::vector<std::uint32_t> of;    // per text
    std::vector<std::uint32_t> free;  // numbers
    std::vector<std::uint32_t> left;  // free from the next judgement on
    std::uint32_t open();
    void leave(std::uint32_t text);
  };
  void add_bonded(std::uint32_t t, std::vector<std::uint32_t>& texts) const;
  std::vector<std::uint32_t> judge_once(const std::vector<std::uint32_t>& asking, TextTable& texts,
                                        const LiveNeighbours& near, const Weigher& weigher);

  Sets<std::vector<std::uint32_t>> bonds_;
  Sets<Group> groups_;
  std::vector<std::uint32_t> local_;  // scratch, per text
};

}  // namespace ovillo::cluster
