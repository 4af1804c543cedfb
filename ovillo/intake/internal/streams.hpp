// Streams around a stream: one whose first bytes can be looked at, one that hashes what passes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::intake {

/// Bytes already taken from a stream, then the rest of it.
class Replayed final : public ByteStream {
 public:
  /// @param rest  outlives it.
  explicit Replayed(ByteStream& rest) : rest_(rest) {}

  /// Takes the first n bytes (fewer at the end) and keeps them.
  Result<std::string_view> head(std::size_t n) {
    while (held_.size() < n && !ended_) {
      OVILLO_TRY(const std::string_view block, rest_.next());
      ended_ = block.empty();
      held_.append(block);
    }
    return std::string_view(held_);
  }

  Result<std::string_view> next() override {
    if (!given_) {
      given_ = true;
      if (!held_.empty()) return std::string_view(held_);
    }
    if (ended_) return std::string_view();
    held_ = std::string();
    return rest_.next();
  }

 private:
  ByteStream& rest_;
  std::string held_;
  bool given_ = false;
  bool ended_ = false;
};

/// Passes a stream on and hashes it.
class Hashed final : public ByteStream {
 public:
  /// @param rest  outlives it.
  explicit Hashed(ByteStream& rest) : rest_(rest) {}

  Result<std::string_view> next() override {
    OVILLO_TRY(const std::string_view block, rest_.next());
    hash_.update(block);
    bytes_ += block.size();
    return block;
  }
  /// Takes the rest.
  Result<void> drain() {
    while (true) {
      OVILLO_TRY(const std::string_view block, next());
      if (block.empty()) return {};
    }
  }
  /// Of the bytes that passed.
  [[nodiscard]] std::string sha256() const { return hash_.hex(); }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  ByteStream& rest_;
  Sha256 hash_;
  std::uint64_t bytes_ = 0;
};

}  // namespace ovillo::intake
