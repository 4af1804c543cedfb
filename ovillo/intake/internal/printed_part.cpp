#include "ovillo/intake/internal/printed_part.hpp"

#include <algorithm>
#include <utility>

namespace ovillo::intake {

Result<std::string_view> PrintedPart::next() {
  given_.clear();
  while (given_.empty()) {
    OVILLO_TRY(const std::string_view block, printed_.next());
    if (block.empty()) {
      given_ = state_ == State::inside ? std::exchange(held_, {}) : "";
      state_ = State::behind;
      break;
    }
    if (state_ == State::behind) continue;
    held_ += block;
    if (state_ == State::before && !found_begin()) continue;
    take();
  }
  return std::string_view(given_);
}

bool PrintedPart::found_begin() {
  const std::size_t at = held_.find(begin_);
  if (at == std::string::npos) {
    held_.erase(0, held_.size() - std::min(held_.size(), begin_.size() - 1));
    return false;
  }
  held_.erase(0, at);
  state_ = State::inside;
  return true;
}

void PrintedPart::take() {
  const std::size_t at = held_.find(end_);
  if (at != std::string::npos) {
    given_ = held_.substr(0, at + end_.size());
    held_.clear();
    state_ = State::behind;
  } else if (held_.size() >= end_.size()) {
    // The end may be cut by the block, as may a letter of three bytes.
    const std::size_t n = held_.size() - (end_.size() - 1);
    given_ = held_.substr(0, n);
    held_.erase(0, n);
  }
  for (char& c : given_)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') c = ' ';
}

}  // namespace ovillo::intake
