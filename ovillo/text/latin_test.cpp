#include "ovillo/text/latin.hpp"

#include <string>

#include <gtest/gtest.h>

namespace ovillo::text {
namespace {

struct Row {
  const char* word;
  const char* latin;
  Script script;
};

TEST(ToLatin, ReadsTheScriptsOfTheTable) {
  const Row rows[] = {
      {"Lindqvist", "lindqvist", Script::latin},
      {"O'Neill-7", "oneill7", Script::latin},
      {"Łukasz", "lukasz", Script::latin},
      {"Ọlábísí", "olabisi", Script::latin},
      {"Nguyễn", "nguyen", Script::latin},
      {"Groß", "gross", Script::latin},
      {"ÇELİK", "celik", Script::latin},
      {"Щукина", "shchukina", Script::letters},
      {"Юлія", "yuliya", Script::letters},
      {"Đorđević", "dordevic", Script::latin},
      {"Παπαδόπουλος", "papadopoulos", Script::letters},
      {"მარიამ", "mariam", Script::letters},
      {"سليم", "slym", Script::abjad},
      {"サクラ", "sakura", Script::kana},
      {"王", "wang", Script::syllables},
      {"សុខា", "សុខា", Script::unread},
      {"", "", Script::latin},
      {"\xff\xfe", "", Script::latin},
  };
  for (const Row& row : rows) {
    const LatinWord word = to_latin(row.word);
    EXPECT_EQ(word.text, row.latin) << row.word;
    EXPECT_EQ(word.script, row.script) << row.word;
  }
}

TEST(IsWordPart, TakesLettersDigitsAndMarks) {
  EXPECT_TRUE(is_word_part(U'é'));
  EXPECT_TRUE(is_word_part(U'7'));
  EXPECT_TRUE(is_word_part(0x17CB));  // a Khmer sign
  EXPECT_FALSE(is_word_part(U'·'));
  EXPECT_FALSE(is_word_part(U'・'));
  EXPECT_FALSE(is_word_part(U' '));
}

}  // namespace
}  // namespace ovillo::text
