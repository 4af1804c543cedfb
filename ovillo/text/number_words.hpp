// Number words of several languages, also glued together ("seisdos", "vierendertig").
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::text {

enum class NumberKind : std::uint8_t {
  unit,      ///< 0 to 9
  teen,      ///< two digits that take no unit: 10 to 19, "veintidos"
  ten,       ///< 20, 30 ... 90
  twenty,    ///< French vingt: 20, or times 20 after four
  hundred,   ///< multiplies by 100: "hundred", "honderd"
  hundreds,  ///< 100, 200 ... 900 in one word: "seiscientos"
  and_,      ///< joins: "y", "et", "und"
  times2,
  times3,  ///< "double", "triple"
  plus,    ///< the plus sign in words
};

/// How sure the word is a number: `weak` ones are everyday words too ("un", "meia"), `sound` ones
/// only sound like it ("ate" for 8).
enum class Strength : std::uint8_t { strong, weak, sound };

struct NumberWord {
  NumberKind kind = NumberKind::unit;
  std::uint16_t value = 0;
  Strength strength = Strength::strong;
};

/// A number word inside a longer word; offsets are bytes from the word's start.
struct NumberPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  NumberWord word;
};

class NumberWords {
 public:
  /// Reads data/words/numbers.tsv. @error base.cannot_read, base.bad_data_file.
  static Result<NumberWords> open(const std::filesystem::path& file);

  /// Cuts a folded word into number words that cover it wholly, fewest pieces first.
  /// @param word    letters a-z, folded.
  /// @param pieces  cleared, then filled in order; left empty when `word` is not all numbers.
  ///                Weak words and joins count only between strong ones or alone; words that only
  ///                sound like a number count only alone.
  /// @cost          O(word) with the longest number word as factor; mostly decided by the first two
  ///                letters.
  void split(std::string_view word, std::vector<NumberPiece>& pieces) const;

  /// False: split() leaves `pieces` empty, which the last three letters tell of most words.
  /// @cost  O(1) mostly, O(longest number word) else.
  [[nodiscard]] bool may_split(std::string_view word) const {
    return !word.empty() && may_end(word) && may_begin(word);
  }

 private:
  static constexpr std::size_t kLetters = 26;
  struct Node {
    std::array<std::int32_t, kLetters> next;
    std::int32_t word = -1;  // index into words_
  };
  Result<void> add(std::string_view letters, NumberWord word);
  [[nodiscard]] std::int32_t step(std::int32_t node, char letter) const {
    if (letter < 'a' || letter > 'z') return -1;
    return nodes_[static_cast<std::size_t>(node)].next[static_cast<std::size_t>(letter - 'a')];
  }
  /// The last `n` letters as a number in base 26.
  static std::size_t last_letters(std::string_view word, std::size_t n) {
    std::size_t value = 0;
    for (std::size_t i = word.size() - n; i < word.size(); ++i)
      value = value * kLetters + static_cast<std::size_t>(word[i] - 'a');
    return value;
  }
  [[nodiscard]] bool may_end(std::string_view word) const {
    const auto letter = [&](std::size_t back) {
      return word[word.size() - back] >= 'a' && word[word.size() - back] <= 'z';
    };
    if (word.size() == 1) return true;
    if (!letter(1) || !letter(2)) return false;
    if (word.size() == 2) return ends_[last_letters(word, 2)];
    return letter(3) && long_ends_[last_letters(word, 3)];
  }
  [[nodiscard]] bool may_begin(std::string_view word) const;
  void end_in_single_letters();
  [[nodiscard]] bool split_glued(std::string_view word, std::vector<NumberPiece>& pieces) const;

  std::vector<Node> nodes_;
  std::array<bool, kLetters> single_letters_{};                   // words of one letter
  std::array<bool, kLetters * kLetters> ends_{};                  // last two letters of longer ones
  std::array<bool, kLetters * kLetters * kLetters> long_ends_{};  // last three, glued ones too
  std::vector<NumberWord> words_;
};

}  // namespace ovillo::text
