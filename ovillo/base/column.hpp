// Columns with Arrow's memory layout.
//
// StringColumn is Arrow `large_utf8`: one arena and n + 1 int64 offsets. ListIndex is the offsets
// of an Arrow `large_list`. A stage reads them as a tight loop over string_views.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ovillo {

class StringColumn {
 public:
  StringColumn() : offsets_{0} {}

  void push_back(std::string_view value) {
    arena_.append(value);
    offsets_.push_back(static_cast<std::int64_t>(arena_.size()));
  }
  void append(const StringColumn& other) {
    const auto base = static_cast<std::int64_t>(arena_.size());
    arena_.append(other.arena_);
    offsets_.reserve(offsets_.size() + other.size());
    for (std::size_t i = 1; i < other.offsets_.size(); ++i)
      offsets_.push_back(base + other.offsets_[i]);
  }
  void reserve(std::size_t n, std::size_t bytes) {
    offsets_.reserve(n + 1);
    arena_.reserve(bytes);
  }
  void clear() {
    arena_.clear();
    offsets_.assign(1, 0);
  }

  [[nodiscard]] std::size_t size() const { return offsets_.size() - 1; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    return {arena_.data() + offsets_[i], static_cast<std::size_t>(offsets_[i + 1] - offsets_[i])};
  }
  [[nodiscard]] const std::string& arena() const { return arena_; }
  [[nodiscard]] std::span<const std::int64_t> offsets() const { return offsets_; }

  /// A column from its parts. @param offsets  n + 1 ascending, first 0, last arena.size().
  static StringColumn from_parts(std::string arena, std::vector<std::int64_t> offsets) {
    StringColumn out;
    out.arena_ = std::move(arena);
    out.offsets_ = std::move(offsets);
    return out;
  }

  bool operator==(const StringColumn&) const = default;

 private:
  std::string arena_;
  std::vector<std::int64_t> offsets_;
};

/// Half-open range of child rows that belong to one parent row.
struct Range {
  std::size_t begin;
  std::size_t end;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

/// Offsets of a list column: parent row i owns children [offsets[i], offsets[i + 1]).
class ListIndex {
 public:
  ListIndex() : offsets_{0} {}

  /// Ends the current parent row at child `n_children` (the child column's size by now).
  void close_row(std::size_t n_children) {
    offsets_.push_back(static_cast<std::int64_t>(n_children));
  }
  void clear() { offsets_.assign(1, 0); }

  [[nodiscard]] std::size_t size() const { return offsets_.size() - 1; }
  [[nodiscard]] Range operator[](std::size_t i) const {
    return {static_cast<std::size_t>(offsets_[i]), static_cast<std::size_t>(offsets_[i + 1])};
  }
  [[nodiscard]] std::span<const std::int64_t> offsets() const { return offsets_; }
  static ListIndex from_offsets(std::vector<std::int64_t> offsets) {
    ListIndex out;
    out.offsets_ = std::move(offsets);
    return out;
  }

  bool operator==(const ListIndex&) const = default;

 private:
  std::vector<std::int64_t> offsets_;
};

}  // namespace ovillo
