#include "ovillo/cluster/fold.hpp"

#include <string>

#include <gtest/gtest.h>

namespace ovillo::cluster {
namespace {

std::vector<std::uint32_t> folded(std::string_view text) {
  std::vector<Word> words;
  fold_words(text, words);
  std::vector<std::uint32_t> out;
  out.reserve(words.size());
  for (const Word& w : words) out.push_back(w.hash);
  return out;
}

struct Row {
  const char* name;
  const char* a;
  const char* b;
};

class ReadsAlike : public testing::TestWithParam<Row> {};

TEST_P(ReadsAlike, WhateverTheDisguise) { EXPECT_EQ(folded(GetParam().a), folded(GetParam().b)); }

INSTANTIATE_TEST_SUITE_P(
    Fold, ReadsAlike,
    testing::Values(
        Row{"case", "HOLA Amor", "hola amor"}, Row{"accents", "recién llegada", "recien llegada"},
        Row{"tilde", "señorita", "senorita"},
        Row{"cyrillic_in_latin", "сasa privаda", "casa privada"},
        Row{"whole_word_cyrillic", "а сасо", "a caco"}, Row{"greek_in_latin", "mαssage", "massage"},
        Row{"leet", "h0l@ c1ud@d", "hola ciudad"}, Row{"leet_dollar", "be$os", "besos"},
        Row{"leet_short", "h1 y0u", "hi you"}, Row{"full_width", "ｈｏｌａ", "hola"},
        Row{"mathematical", "𝐡𝐨𝐥𝐚", "hola"}, Row{"circled", "ⓗⓞⓛⓐ", "hola"},
        Row{"zero_width", "ho\u200Bla", "hola"}, Row{"soft_hyphen", "ho\u00ADla", "hola"},
        Row{"combining_strike", "h\u0336o\u0336la", "hola"}, Row{"stretched", "holaaaa", "hola"},
        Row{"punctuation", "piso privado, llama", "piso privado - llama"},
        Row{"emoji_between", "piso 🔥 privado", "piso privado"},
        Row{"emoji_joined", "piso💋privado", "piso privado"},
        Row{"number_shape", "llama 07700 900 123", "llama 07700.900.124"},
        Row{"keycap_digits", "tel 6️⃣0️⃣0️⃣", "tel 600"}, Row{"arabic_indic", "tel ٦٠٠", "tel 600"},
        Row{"age", "24 años", "39 años"}, Row{"unit_glued", "24h", "24 h"},
        Row{"minutes_glued", "30min", "45 min"}, Row{"price_sign", "$150", "200"},
        Row{"german_sharp_s", "Straße", "strase"}, Row{"broken_utf8", "ho\xFFla", "hola"}),
    [](const auto& row) { return std::string(row.param.name); });

class ReadsApart : public testing::TestWithParam<Row> {};

TEST_P(ReadsApart, WhenTheWordsDiffer) { EXPECT_NE(folded(GetParam().a), folded(GetParam().b)); }

INSTANTIATE_TEST_SUITE_P(
    Fold, ReadsApart,
    testing::Values(Row{"words", "piso privado", "piso publico"}, Row{"order", "a b", "b a"},
                    Row{"number_is_not_a_word", "24 horas", "o horas"},
                    Row{"russian_words", "девушка приехала", "женщина приехала"},
                    Row{"arabic_words", "شقة خاصة", "شقة عامة"},
                    Row{"chinese_words", "新来的女孩", "新来的工人"},
                    Row{"word_and_nothing", "hola", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Fold, KeepsEveryScript) {
  EXPECT_EQ(folded("новая девушка в городе").size(), 4u);
  EXPECT_EQ(folded("شقة خاصة").size(), 2u);
  EXPECT_EQ(folded("新来的").size(), 3u);  // written without spaces: a word per character
  EXPECT_EQ(folded("नया शहर").size(), 2u);
}

TEST(Fold, SpansPointAtTheRawWords) {
  const std::string text = "¡Recién llegada! 🔥 Llama al +44 7700 900123, sólo hoy";
  std::vector<Word> words;
  fold_words(text, words);
  std::vector<std::string> raw;
  raw.reserve(words.size());
  for (const Word& w : words) raw.push_back(text.substr(w.begin, w.end - w.begin));
  EXPECT_EQ(raw, (std::vector<std::string>{"Recién", "llegada", "Llama", "al", "44 7700 900123",
                                           "sólo", "hoy"}));
  EXPECT_EQ(words[4].hash, kNumber);
  EXPECT_EQ(words[4].n_digits, 12u);
}

TEST(Fold, HasNoWordsWhereThereAreNone) {
  EXPECT_TRUE(folded("").empty());
  EXPECT_TRUE(folded("🔥💋🌹 … !!! \xFF\xFE").empty());
}

TEST(Fold, IsBoundedOnHostileTexts) {
  EXPECT_LE(folded(std::string(1 << 20, 'x')).size(), kMaxWords);
  EXPECT_LE(folded(std::string(1 << 20, '1')).size(), kMaxWords);
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "a ";
  EXPECT_EQ(folded(many).size(), kMaxWords);
}

}  // namespace
}  // namespace ovillo::cluster
