// A run of bytes that is read once, front to back.
#pragma once

#include <string_view>

#include "ovillo/base/result.hpp"

namespace ovillo {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// The next bytes, valid until the next call. Empty: the end was reached.
  virtual Result<std::string_view> next() = 0;
};

}  // namespace ovillo
