#include "ovillo/bank/internal/line_reader.hpp"

namespace ovillo::bank {

namespace {
constexpr std::size_t kMaxLine = 64u << 10;
}

Result<bool> LineReader::next() {
  std::size_t searched = at_;
  std::uint64_t dropped = 0;  // of a line that is too long
  const std::uint64_t begin = held_begin_ + at_;
  std::size_t end = held_.find('\n', searched);
  std::string kept;
  while (end == std::string::npos && !ended_) {
    if (held_.size() - at_ > kMaxLine) {
      if (kept.empty()) kept = held_.substr(at_, kMaxLine);
      dropped += held_.size() - at_;
      held_begin_ += held_.size();
      held_.clear();
      at_ = 0;
    }
    held_begin_ += at_;
    held_.erase(0, at_);
    at_ = 0;
    searched = held_.size();
    OVILLO_TRY(const std::string_view bytes, stream_.next());
    ended_ = bytes.empty();
    held_.append(bytes);
    end = held_.find('\n', searched);
  }
  const bool last = end == std::string::npos;
  if (last) end = held_.size();
  if (last && at_ == end && dropped == 0) return false;
  line_.number += 1;
  line_.byte = begin;
  line_.too_long = dropped > 0 || end - at_ > kMaxLine;
  if (line_.too_long) {
    if (kept.empty()) kept = held_.substr(at_, kMaxLine);
    // Its first bytes take the place of the rest, so that the view stays valid.
    const std::size_t next_at = last ? end : end + 1;
    line_.end = held_begin_ + next_at;
    held_begin_ = line_.end - kept.size();
    held_.replace(0, next_at, kept);
    line_.text = std::string_view(held_).substr(0, kept.size());
    at_ = kept.size();
    return true;
  }
  line_.text = std::string_view(held_).substr(at_, end - at_);
  if (line_.text.ends_with('\r')) line_.text.remove_suffix(1);
  at_ = last ? end : end + 1;
  line_.end = held_begin_ + at_;
  return true;
}

}  // namespace ovillo::bank
