// The file as handed over: its bytes in order, its SHA-256, and (for zip) any place in it.
//
// Bytes read in order pass through the hash. A zip is read by place: make_seekable() first passes
// the whole file through the hash, and spools standard input to a temporary file without a name.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::intake {

using Progress = std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)>;

class Input final : public ByteStream {
 public:
  /// @param path  a file, or "-". @error base.cannot_read.
  static Result<Input> open(const std::string& path);
  /// Over bytes that outlive it.
  static Input over(std::string_view bytes, std::string name);
  /// Everything `stream` has left, in a temporary file without a name.
  /// @error base.cannot_write.
  static Result<Input> spool(ByteStream& stream, std::string name);
  Input(Input&& other) noexcept;
  Input& operator=(Input&&) = delete;
  ~Input() override;

  void set_progress(Progress progress) { progress_ = std::move(progress); }

  /// The first bytes (64 KiB or the whole file) without taking them.
  Result<std::string_view> head();
  Result<std::string_view> next() override;
  /// Begins anew, for one that is spooled; its hash and bytes go on counting.
  Result<void> rewind();
  /// Reads whatever is left, for the hash.
  Result<void> drain();

  Result<void> make_seekable();
  /// @return  bytes read, fewer than n only at the end.
  Result<std::size_t> read_at(std::uint64_t offset, char* to, std::size_t n);

  [[nodiscard]] const std::string& name() const { return name_; }
  /// Bytes taken so far; the size of the file once it was drained or made seekable.
  [[nodiscard]] std::uint64_t bytes_taken() const { return taken_; }
  /// Of all bytes taken.
  [[nodiscard]] std::string sha256() const { return hash_.hex(); }

 private:
  Input() = default;
  Result<std::size_t> read_some(char* to, std::size_t n);
  Error failed(ErrorCode code) const;

  int fd_ = -1;
  bool owned_ = false;
  bool memory_ = false;
  std::string_view bytes_;      // when in memory
  std::uint64_t position_ = 0;  // in memory
  std::string name_;
  std::uint64_t total_ = 0;  // 0: not known
  std::uint64_t taken_ = 0;
  std::string block_;
  bool head_held_ = false;
  Sha256 hash_;
  Progress progress_;
};

}  // namespace ovillo::intake
