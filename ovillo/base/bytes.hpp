// Little-endian bytes of plain values, written and read back with every length checked.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ovillo/base/column.hpp"

namespace ovillo {

class ByteWriter {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void put_text(std::string_view text) {
    put(static_cast<std::uint64_t>(text.size()));
    bytes_.append(text);
  }
  template <class T>
  void put_vector(const std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(static_cast<std::uint64_t>(values.size()));
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  }
  void put_column(const StringColumn& column) {
    put_text(column.arena());
    put_vector(std::vector<std::int64_t>(column.offsets().begin(), column.offsets().end()));
  }
  void put_list(const ListIndex& list) {
    put_vector(std::vector<std::int64_t>(list.offsets().begin(), list.offsets().end()));
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote. After damage `ok()` is false and every get returns an empty value.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
  T get() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value{};
    if (rest_.size() < sizeof value) {
      ok_ = false;
      rest_ = {};
      return value;
    }
    std::memcpy(static_cast<void*>(&value), rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view get_text() {
    const auto n = get<std::uint64_t>();
    if (n > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view text = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return text;
  }
  template <class T>
  std::vector<T> get_vector() {
    const auto n = get<std::uint64_t>();
    if (n > rest_.size() / sizeof(T)) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    std::vector<T> values(n);
    if (n > 0) std::memcpy(static_cast<void*>(values.data()), rest_.data(), n * sizeof(T));
    rest_.remove_prefix(n * sizeof(T));
    return values;
  }
  StringColumn get_column() {
    std::string arena(get_text());
    auto offsets = get_vector<std::int64_t>();
    if (!ascending_to(offsets, arena.size())) return {};
    return StringColumn::from_parts(std::move(arena), std::move(offsets));
  }
  /// @param n_children  size of the column the list points into.
  ListIndex get_list(std::size_t n_children) {
    auto offsets = get_vector<std::int64_t>();
    if (!ascending_to(offsets, n_children)) return {};
    return ListIndex::from_offsets(std::move(offsets));
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  bool ascending_to(const std::vector<std::int64_t>& offsets, std::size_t end) {
    bool fits = !offsets.empty() && offsets.front() == 0 &&
                offsets.back() == static_cast<std::int64_t>(end);
    for (std::size_t i = 1; fits && i < offsets.size(); ++i) fits = offsets[i - 1] <= offsets[i];
    if (!fits) ok_ = false;
    return fits;
  }
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace ovillo
