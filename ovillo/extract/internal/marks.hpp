// Where something may begin: one pass over the tokens that spares every recogniser the rest.
//
// A mark on a token is a promise by omission: a recogniser finds nothing that begins at a token
// without its mark, so it walks from mark to mark. The tests here are the cheap part of the
// recogniser's own; it tests in full what it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ovillo::extract {

/// As bits; Vocabulary::Entry::marks holds those a word always has.
enum class Mark : std::uint8_t {
  link = 1U << 0,       ///< e-mail, host, link, handle (find_links)
  account = 1U << 1,    ///< IBAN, card, wallet (find_accounts)
  reference = 1U << 2,  ///< a cue for a number that is none of a phone (take_references)
  quantity = 1U << 3,   ///< a number, or what follows a spoken age (find_quantities)
  phone = 1U << 4,      ///< a run of digits and number words (find_phones)
  cue = 1U << 5,        ///< a word for phone or number
};

/// The marks of a text's tokens.
class Marks {
 public:
  /// No marks. @return  n_tokens bytes to write marks into, until close().
  std::uint8_t* reset(std::size_t n_tokens) {
    marks_.assign(n_tokens, 0);
    return marks_.data();
  }
  void close() {
    all_ = 0;
    for (const std::uint8_t marks : marks_) all_ |= marks;
  }
  [[nodiscard]] bool has(std::size_t i, Mark mark) const {
    return (marks_[i] & static_cast<std::uint8_t>(mark)) != 0;
  }
  /// The first token at or after i with the mark; the number of tokens when there is none.
  [[nodiscard]] std::size_t next(std::size_t i, Mark mark) const {
    if ((all_ & static_cast<std::uint8_t>(mark)) == 0) return marks_.size();
    while (i < marks_.size() && !has(i, mark)) ++i;
    return i;
  }

 private:
  std::vector<std::uint8_t> marks_;
  std::uint8_t all_ = 0;  // of all tokens
};

}  // namespace ovillo::extract
