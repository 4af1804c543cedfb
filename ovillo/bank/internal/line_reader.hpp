// Lines of a stream, with their place. A line end is LF or CR LF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::bank {

struct Line {
  std::string_view text;     ///< without its end; valid until the next call
  std::uint64_t number = 0;  ///< 1-based
  std::uint64_t byte = 0;
  std::uint64_t end = 0;  ///< behind its line end
  bool too_long = false;  ///< cut to the limit
};

class LineReader {
 public:
  explicit LineReader(ByteStream& stream) : stream_(stream) {}

  /// Moves to the next line; false at the end of the stream. @error of the stream.
  Result<bool> next();
  [[nodiscard]] const Line& line() const { return line_; }

 private:
  ByteStream& stream_;
  std::string held_;
  std::size_t at_ = 0;
  std::uint64_t held_begin_ = 0;
  bool ended_ = false;
  Line line_;
};

}  // namespace ovillo::bank
