#include "ovillo/intake/internal/shared_strings.hpp"

#include <algorithm>
#include <cstring>

namespace ovillo::intake {

bool SharedStrings::push_back(std::string_view text) {
  const auto length = static_cast<std::uint32_t>(text.size());
  const std::size_t need = text.size() + sizeof length;
  bytes_ += need + sizeof(std::uint64_t);
  if (bytes_ > kMaxBytes) return false;
  if (blocks_.empty() || capacity_ - used_ < need) {
    capacity_ = std::max(kBlock, need);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(capacity_));
    used_ = 0;
  }
  char* at = blocks_.back().get() + used_;
  std::memcpy(at, &length, sizeof length);
  if (!text.empty()) std::memcpy(at + sizeof length, text.data(), text.size());
  places_.push_back(static_cast<std::uint64_t>(blocks_.size() - 1) << 40 | used_);
  used_ += need;
  return true;
}

void SharedStrings::push_too_long() { places_.push_back(kTooLong); }

std::optional<std::string_view> SharedStrings::get(std::size_t index) const {
  if (index >= places_.size() || places_[index] == kTooLong) return std::nullopt;
  const char* at = blocks_[places_[index] >> 40].get() + (places_[index] & ((1ull << 40) - 1));
  std::uint32_t length = 0;
  std::memcpy(&length, at, sizeof length);
  return std::string_view(at + sizeof length, length);
}

}  // namespace ovillo::intake
