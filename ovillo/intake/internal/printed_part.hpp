// The part of what a program prints that is markup: a document type, a title or an end around it
// is left out, and bytes that no XML may hold become spaces.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ovillo/base/byte_stream.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::intake {

class PrintedPart final : public ByteStream {
 public:
  /// @param printed  outlives it. @param begin, end  tags as printed, both part of what is given.
  PrintedPart(ByteStream& printed, std::string_view begin, std::string_view end)
      : printed_(printed), begin_(begin), end_(end) {}

  /// The next bytes of the part; what lies behind it is taken and dropped. @error of the stream.
  Result<std::string_view> next() override;

 private:
  enum class State : std::uint8_t { before, inside, behind };
  bool found_begin();
  void take();

  ByteStream& printed_;
  std::string begin_, end_;
  State state_ = State::before;
  std::string held_;
  std::string given_;
};

}  // namespace ovillo::intake
