// Where one JSON value ends, found without reading it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace ovillo::intake {

inline bool is_json_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The first place from `at` on that is no blank; the size of the text where there is none.
inline std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_json_space(text[at])) ++at;
  return at;
}

/// Finds the end. Goes on where it stopped when more text comes.
class ValueEnd {
 public:
  /// Position after the value, or npos: it goes on past the text.
  std::size_t find(std::string_view text) {
    for (; at_ < text.size(); ++at_) {
      const char c = text[at_];
      if (in_string_) {
        if (escaped_) {
          escaped_ = false;
        } else if (c == '\\') {
          escaped_ = true;
        } else if (c == '"') {
          in_string_ = false;
          if (depth_ == 0) return ++at_;
        }
        continue;
      }
      switch (c) {
        case '"':
          in_string_ = true;
          break;
        case '{':
        case '[':
          ++depth_;
          break;
        case '}':
        case ']':
          if (depth_ == 0) return at_;  // closes what is around the value
          if (--depth_ == 0) return ++at_;
          break;
        case ',':
        case ' ':
        case '\t':
        case '\r':
        case '\n':
          if (depth_ == 0) return at_;
          break;
        default:
          break;
      }
    }
    return std::string_view::npos;
  }
  /// The first n bytes of the text are gone.
  void rebase(std::size_t n) { at_ -= std::min(n, at_); }

 private:
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace ovillo::intake
