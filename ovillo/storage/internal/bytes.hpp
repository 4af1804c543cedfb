// Writing and reading the bytes of blocks and sealed rows: little-endian, varints, lengths checked.
//
// A Reader never reads past its end and never trusts a count: count() refuses more elements than
// bytes are left, so hostile bytes cannot ask for memory they do not bring. After any failure ok()
// is false and every further value is zero or empty; one check at the end suffices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ovillo::storage {

class Writer {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void u64(std::uint64_t value) {
    char raw[8];
    for (int i = 0; i < 8; ++i) raw[i] = static_cast<char>(value >> (8 * i));
    out_.append(raw, 8);
  }
  /// LEB128, shortest form.
  void varint(std::uint64_t value) {
    while (value >= 0x80) {
      out_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    out_.push_back(static_cast<char>(value));
  }
  void signed_varint(std::int64_t value) {
    varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void text(std::string_view value) {
    varint(value.size());
    out_.append(value);
  }
  void raw(std::string_view value) { out_.append(value); }
  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}

  std::uint8_t u8() {
    if (left_.empty()) return fail();
    const auto value = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return value;
  }
  std::uint64_t u64() {
    if (left_.size() < 8) return fail();
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(left_[i])) << (8 * i);
    left_.remove_prefix(8);
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (left_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(left_.front());
      left_.remove_prefix(1);
      if (shift == 63 && byte > 1) return fail();
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return fail();
  }
  /// A varint that must fit `Int`.
  template <class Int>
  Int number() {
    const std::uint64_t value = varint();
    if (static_cast<std::uint64_t>(static_cast<Int>(value)) != value) return Int(fail());
    return static_cast<Int>(value);
  }
  std::int64_t signed_varint() {
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  /// A number of elements, each of at least `bytes_each` bytes still to come.
  std::size_t count(std::size_t bytes_each = 1) {
    const std::uint64_t n = varint();
    if (n > left_.size() / bytes_each) return fail();
    return static_cast<std::size_t>(n);
  }
  std::string_view raw(std::uint64_t n) {
    if (n > left_.size()) {
      fail();
      return {};
    }
    const auto bytes = left_.substr(0, static_cast<std::size_t>(n));
    left_.remove_prefix(static_cast<std::size_t>(n));
    return bytes;
  }
  std::string_view text() { return raw(varint()); }
  /// An enumerator of which there are `n`.
  template <class Enum>
  Enum enumerator(std::size_t n) {
    const std::uint8_t value = u8();
    if (value >= n) return Enum(fail());
    return static_cast<Enum>(value);  // NOLINT(clang-analyzer-optin.core.EnumCastOutOfRange): < n
  }

  std::uint8_t fail() {
    ok_ = false;
    left_ = {};
    return 0;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  /// Everything read, and nothing left over.
  [[nodiscard]] bool at_end() const { return ok_ && left_.empty(); }

 private:
  std::string_view left_;
  bool ok_ = true;
};

}  // namespace ovillo::storage
