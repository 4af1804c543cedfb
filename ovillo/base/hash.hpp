// Hashes and 128-bit identifiers.
//
// Three hashes, three uses: SHA-256 for evidence (files, blocks; what a court can recompute),
// keyed BLAKE2b-128 for ids (holds no value in clear; the key is the installation's), and hash64
// for tables in memory. hash64 is stable across builds and processors, so it may decide order.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace ovillo {

/// 128-bit identifier of one noun; `Tag` keeps a RecordId from being passed as an EntityId.
template <class Tag>
struct Id128 {
  using TagType = Tag;
  std::uint64_t hi = 0;
  std::uint64_t lo = 0;

  auto operator<=>(const Id128&) const = default;
  [[nodiscard]] bool is_null() const { return hi == 0 && lo == 0; }

  /// 32 lower-case hex digits.
  [[nodiscard]] std::string hex() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out(32, '0');
    for (int i = 0; i < 16; ++i) {
      out[15 - i] = kDigits[(hi >> (4 * i)) & 15];
      out[31 - i] = kDigits[(lo >> (4 * i)) & 15];
    }
    return out;
  }
  /// Reads 32 hex digits. Empty optional: not an id.
  static std::optional<Id128> from_hex(std::string_view text) {
    if (text.size() != 32) return std::nullopt;
    Id128 id;
    for (std::size_t i = 0; i < 32; ++i) {
      const char c = text[i];
      std::uint64_t digit = 0;
      if (c >= '0' && c <= '9') {
        digit = static_cast<std::uint64_t>(c) - '0';
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint64_t>(c) - 'a' + 10;
      } else {
        return std::nullopt;
      }
      std::uint64_t& half = i < 16 ? id.hi : id.lo;
      half = (half << 4) | digit;
    }
    return id;
  }
};

template <class Tag>
struct Id128Hash {
  std::size_t operator()(const Id128<Tag>& id) const noexcept {
    return id.hi ^ (id.lo * 0x9e3779b97f4a7c15ULL);
  }
};

/// The installation's id key. Never written to an answer, log or export.
struct IdKey {
  std::array<std::uint8_t, 32> bytes{};
};

/// Keyed BLAKE2b-128 over length-prefixed parts, so that ("ab","c") and ("a","bc") differ.
class KeyedHasher {
 public:
  explicit KeyedHasher(const IdKey& key);
  KeyedHasher& add(std::string_view part);
  KeyedHasher& add(std::uint64_t number);
  template <class Tag>
  Id128<Tag> finish() {
    const auto [hi, lo] = finish_words();
    return {hi, lo};
  }

 private:
  std::pair<std::uint64_t, std::uint64_t> finish_words();
  IdKey key_;
  std::string buffer_;
};

/// Streaming SHA-256.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void update(std::string_view bytes);
  /// 64 lower-case hex digits of everything seen so far; the stream may go on afterwards.
  [[nodiscard]] std::string hex() const;

 private:
  struct State;  // OpenSSL's: it uses the processor's SHA instructions
  std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);

/// 64-bit hash (wyhash-like mixing), stable across builds. Not for secrets.
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// Finaliser of splitmix64: a bijection that spreads bits.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace ovillo
