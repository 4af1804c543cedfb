// What folding, tokens, number words and the language guess promise.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/utf8.hpp"
#include "ovillo/text/fold.hpp"
#include "ovillo/text/language.hpp"
#include "ovillo/text/number_words.hpp"
#include "ovillo/text/tokens.hpp"

namespace ovillo::text {
namespace {

struct FoldRow {
  const char* name;
  const char* raw;
  const char* folded;
};

TEST(Fold, GivesThePlainFormOfEveryRow) {
  const FoldRow rows[] = {
      {"case", "Hola AMOR", "hola amor"},
      {"accents", "Málaga señorita çà Ünï", "malaga senorita ca uni"},
      {"decomposed accents", "Ma\u0301laga", "malaga"},
      {"full-width", "６１２ＡＢ", "612ab"},
      {"circled", "①②⓪", "120"},
      {"negative circled", "❶➊➐", "117"},
      {"superscript", "⁶¹²", "612"},
      {"mathematical", "𝟔𝟏𝟐 𝓱𝓸𝓵𝓪", "612 hola"},
      {"arabic-indic", "٦١٢", "612"},
      {"devanagari digits", "६१२", "612"},
      {"keycap", "6️⃣", "6"},
      {"zero width", "se\u200Bis", "seis"},
      {"soft hyphen", "se\u00ADis", "seis"},
      {"strike-through", "6\u03361\u0336", "61"},
      {"cyrillic look-alikes", "сом раrking", "com parking"},
      {"greek look-alikes", "ο0", "o0"},
      {"sharp s", "straße", "strasse"},
      {"fraction stays", "½ hora", "½ hora"},
      {"ordinal stays", "1º", "1º"},
      {"emoji stays", "🔥", "🔥"},
      {"han stays", "里斯本", "里斯本"},
      {"override is mirrored", "\u202E321\u202C x", "123 x"},
      {"ill-formed byte", "a\xFF", "a\uFFFD"},
      {"empty", "", ""},
  };
  for (const FoldRow& row : rows) EXPECT_EQ(folded(row.raw), row.folded) << row.name;
}

TEST(Fold, LeavesAnOverrideAsStoredWhenAsked) {
  Folded out;
  fold("\u202E321\u202C", out, Order::stored);
  EXPECT_EQ(out.text, "321");
  EXPECT_TRUE(out.has_override);
}

TEST(Fold, GivesBackTheRawBytesOfEveryFoldedByte) {
  const std::string raw = "Tel 6️⃣1️⃣ Málaga";
  Folded out;
  fold(raw, out);
  ASSERT_EQ(out.text, "tel 61 malaga");
  const ByteRange digits = out.raw(4, 6);
  EXPECT_EQ(raw.substr(digits.begin, digits.end - digits.begin), "6️⃣1️⃣");
  const ByteRange town = out.raw(7, 13);
  EXPECT_EQ(raw.substr(town.begin, town.end - town.begin), "Málaga");
}

// For any text: the map has one range per folded byte, inside the raw text and on characters.
TEST(Fold, MapsInsideTheTextForAnyText) {
  Rng rng(7);
  for (int round = 0; round < 2000; ++round) {
    std::string raw;
    for (std::uint64_t n = rng.below(20); n > 0; --n) {
      const char32_t pools[] = {static_cast<char32_t>(rng.below(0x80)),
                                static_cast<char32_t>(rng.below(0x3400)),
                                static_cast<char32_t>(0xFE00 + rng.below(0x200)),
                                static_cast<char32_t>(0x1D400 + rng.below(0x400)),
                                static_cast<char32_t>(0x202A + rng.below(5))};
      append_utf8(raw, pools[rng.below(5)]);
    }
    Folded out;
    fold(raw, out);
    ASSERT_EQ(out.raw_begin.size(), out.text.size());
    ASSERT_EQ(out.raw_end.size(), out.text.size());
    ASSERT_TRUE(is_valid_utf8(out.text));
    for (std::size_t i = 0; i < out.text.size(); ++i) {
      ASSERT_LT(out.raw_begin[i], out.raw_end[i]);
      ASSERT_LE(out.raw_end[i], raw.size());
      ASSERT_NE(static_cast<unsigned char>(raw[out.raw_begin[i]]) & 0xC0, 0x80);
    }
  }
}

TEST(Tokens, CutsWordsNumbersAndSymbolsAndSaysWhatTouches) {
  const std::string text = "seis1dos 3-4\nфото";
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::string seen;
  for (const Token& token : tokens) {
    seen += token.new_line ? "^" : token.glued ? "+" : " ";
    seen += token.of(text);
  }
  EXPECT_EQ(seen, " seis+1+dos 3+-+4^фото");
  EXPECT_EQ(tokens[0].hash, token_hash("seis"));
}

// The hash of a token does not depend on what stands behind it.
TEST(Tokens, HashAWordAlikeAtTheEndAndBeforeMoreText) {
  const std::string text = "o as seis telefono veinticinco veinticuatrohoras 00000000000000";
  std::vector<Token> tokens;
  tokenize(text + "  and more than eight bytes", tokens);
  std::vector<Token> cut;
  tokenize(text, cut);
  for (std::size_t i = 0; i < cut.size(); ++i) {
    EXPECT_EQ(cut[i].hash, tokens[i].hash) << cut[i].of(text);
    EXPECT_EQ(cut[i].hash, token_hash(cut[i].of(text)));
  }
}

struct SplitRow {
  const char* word;
  const char* pieces;  // values, "-" for none
};

TEST(NumberWords, CutsGluedWordsOfEveryLanguage) {
  const auto words = NumberWords::open(data_folder() / "words/numbers.tsv");
  ASSERT_TRUE(words.has_value()) << words.error().message();
  const SplitRow rows[] = {
      {"seis", "6"},
      {"seisdos", "6 2"},
      {"vierendertig", "4 0 30"},
      {"sixseveneight", "6 7 8"},
      {"zeshonderdtwaalf", "6 100 12"},
      {"einundzwanzig", "1 0 20"},
      {"quatrevingtdix", "4 20 10"},
      {"seiscientos", "600"},
      {"hola", "-"},
      {"seisx", "-"},
      {"xseis", "-"},
      {"once", "11"},
      {"unico", "-"},
      {"doscientosamigos", "-"},
      {"", "-"},
  };
  std::vector<NumberPiece> pieces;
  for (const SplitRow& row : rows) {
    words->split(row.word, pieces);
    std::string values;
    for (const NumberPiece& piece : pieces)
      values += (values.empty() ? "" : " ") + std::to_string(piece.word.value);
    EXPECT_EQ(values.empty() ? "-" : values, row.pieces) << row.word;
  }
}

// The letters a word ends in are looked at first: they must refuse no pair.
TEST(NumberWords, CutsAnyTwoGluedDigitsApart) {
  const auto words = NumberWords::open(data_folder() / "words/numbers.tsv");
  ASSERT_TRUE(words.has_value()) << words.error().message();
  const char* digits[] = {"cero",  "uno",  "dos",  "tres",  "quatro", "cinco", "seis", "sete",
                          "huit",  "neuf", "six",  "seven", "eight",  "nine",  "two",  "zwei",
                          "twee",  "drie", "vier", "vijf",  "zes",    "acht",  "neun", "sieben",
                          "trois", "oito", "zero", "ten",   "onze",   "doze"};
  std::vector<NumberPiece> pieces;
  for (const std::string first : digits) {
    for (const char* second : digits) {
      const std::string glued = first + second;
      words->split(glued, pieces);
      EXPECT_FALSE(pieces.empty()) << glued;
      EXPECT_TRUE(words->may_split(glued)) << glued;
    }
    EXPECT_FALSE(words->may_split(first + "xq")) << first;
  }
}

TEST(NumberWords, SaysWhichLineOfTheFileIsWrong) {
  const auto path = std::filesystem::temp_directory_path() / "ovillo_bad_numbers.tsv";
  ASSERT_TRUE(write_file(path, "# head\nes\tunit\tsix\tstrong\tseis\n").has_value());
  const auto words = NumberWords::open(path);
  ASSERT_FALSE(words.has_value());
  EXPECT_EQ(words.error().name(), "base.bad_data_file");
  EXPECT_EQ(words.error().locus().row, 2U);
  std::filesystem::remove(path);
}

TEST(Language, TellsTheSixLanguagesOrSaysItCannot) {
  const std::pair<const char*, const char*> rows[] = {
      {"es", "Hola, acabo de llegar a la ciudad y atiendo en piso privado todos los días"},
      {"pt", "Olá, acabei de chegar à cidade e atendo em apartamento privado todos os dias"},
      {"en", "Hello, I have just arrived in the city and receive in a private flat every day"},
      {"fr", "Bonjour, je viens d'arriver dans la ville et je reçois tous les jours"},
      {"nl", "Hallo, ik ben net aangekomen in de stad en ontvang elke dag in mijn appartement"},
      {"de", "Hallo, ich bin gerade in der Stadt angekommen und empfange jeden Tag"},
  };
  for (const auto& [code, text] : rows) {
    const auto language = guess_language(text);
    ASSERT_TRUE(language.has_value()) << text;
    EXPECT_EQ(language->code, code);
  }
  EXPECT_FALSE(guess_language("Ana 24").has_value());
  EXPECT_FALSE(guess_language("12345 67890 12345 67890 12345").has_value());
  EXPECT_FALSE(guess_language("").has_value());
}

TEST(Language, LooksAtNoMoreThanTwoHundredBytes) {
  std::string text = "Hello, I have just arrived in the city and receive every day. ";
  for (int i = 0; i < 200; ++i) text += "Hola, acabo de llegar a la ciudad y atiendo en piso. ";
  EXPECT_EQ(guess_language(text)->code, "es");
}

}  // namespace
}  // namespace ovillo::text
