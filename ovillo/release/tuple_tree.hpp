// Combinations of values and how many people have them, by their common beginnings.
//
// An attribute is a value of a column; attributes are numbered column by column. A combination is a
// path of attributes of later and later columns. A node's children stand in one row, a place per
// attribute of the later columns, so that counting is one step of memory per combination.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ovillo::release {

class TupleTree {
 public:
  static constexpr std::uint32_t kNone = 0;
  using Attribute = std::uint16_t;

  struct Level {
    std::vector<std::uint32_t> parent;  ///< in the level before; 0 on the first
    std::vector<Attribute> last;
    std::vector<std::int64_t> people;
    std::vector<std::uint64_t> row;    ///< where the children's places begin
    std::vector<std::uint32_t> child;  ///< kNone, or the node's number + 1 in the next level
  };

  /// @param column_of  of each attribute, ascending.
  explicit TupleTree(std::vector<std::uint16_t> column_of);

  [[nodiscard]] std::size_t n_attributes() const { return column_of_.size(); }
  [[nodiscard]] std::uint16_t column_of(Attribute attribute) const { return column_of_[attribute]; }
  /// The first attribute of a later column.
  [[nodiscard]] Attribute after(Attribute attribute) const { return after_[attribute]; }
  /// Levels by length - 1.
  [[nodiscard]] std::span<const Level> levels() const { return levels_; }

  /// Combinations of one attribute; in order, all of them.
  void begin(std::vector<std::int64_t> people);
  /// Places of children of the last level. @return how many: 4 bytes each.
  std::uint64_t make_rows();
  /// Adds a node under one of the last level but one; nodes come in the order of their parents.
  void add(std::uint32_t parent, Attribute last, std::int64_t people);
  void begin_level() { levels_.emplace_back(); }
  void set_people(std::size_t length, std::uint32_t node, std::int64_t people) {
    levels_[length - 1].people[node] = people;
  }

  /// Where the child of a node stands among its level's places.
  [[nodiscard]] std::uint64_t place(const Level& level, std::uint32_t node, Attribute next) const {
    return level.row[node] + (next - after_[level.last[node]]);
  }
  /// Its node in the next level + 1, or kNone.
  [[nodiscard]] std::uint32_t child(std::size_t length, std::uint32_t node, Attribute next) const {
    const Level& level = levels_[length - 1];
    return level.child.empty() ? kNone : level.child[place(level, node, next)];
  }
  /// The node + 1 of a combination, or kNone. @param attributes  ascending, of different columns.
  [[nodiscard]] std::uint32_t find(std::span<const Attribute> attributes) const;
  /// Its people, or nothing (0) where it is not in the tree.
  [[nodiscard]] std::int64_t people(std::span<const Attribute> attributes) const;
  /// The combination of a node.
  [[nodiscard]] std::vector<Attribute> attributes(std::size_t length, std::uint32_t node) const;
  /// Whether every combination of these attributes that the tree could hold is in it, as far as it
  /// goes through `with`.
  [[nodiscard]] bool holds_all(std::span<const Attribute> attributes, Attribute with) const;

 private:
  bool holds_below(std::span<const Attribute> rest, Attribute with, bool has_with,
                   std::size_t length, std::uint32_t node) const;

  std::vector<std::uint16_t> column_of_;
  std::vector<Attribute> after_;
  std::vector<Level> levels_;
};

}  // namespace ovillo::release
