#include "ovillo/resolve/name_pair.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::resolve {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;

const NameVocabulary& vocabulary() {
  static const auto instance = NameVocabulary::open(data_folder());
  return *instance;
}

NameMatch person(std::string_view a, std::string_view b) {
  return compare_names(a, b, NameKind::person, vocabulary());
}

NameMatch company(std::string_view a, std::string_view b) {
  return compare_names(a, b, NameKind::company, vocabulary());
}

struct Row {
  const char* rule;
  const char* a;
  const char* b;
  bool same;
};

const Row kPersons[] = {
    {"order with a comma", "Lindqvist, Marta Elin", "Marta Elin Lindqvist", true},
    {"marks", "Łukasz Żądło", "Lukasz Zadlo", true},
    {"missing middle name", "Marta Lindqvist", "Marta Elin Lindqvist", true},
    {"another middle name", "Marta Sofie Lindqvist", "Marta Elin Lindqvist", false},
    {"initial of the middle name", "Marta E. Lindqvist", "Marta Elin Lindqvist", true},
    {"another initial", "Marta O. Lindqvist", "Marta Elin Lindqvist", false},
    {"initial and surname", "M. Lindqvist", "Marta Lindqvist", true},
    {"initials of a double name", "M.-E. Lindqvist", "Marta-Elin Lindqvist", true},
    {"initials alone", "M.L.", "Marta Lindqvist", false},
    {"nickname", "Ted Brannigan", "Theodore Brannigan", true},
    {"one name in two languages", "Guillermo Brannigan", "William Brannigan", true},
    {"two given names that look alike", "Daniel Brannigan", "Donald Brannigan", false},
    {"misspelt surname", "Ted Branigan", "Ted Brannigan", true},
    {"letters exchanged", "Ted Brangnian", "Ted Branngian", true},
    {"another surname", "Ted Brannock", "Ted Brannigan", false},
    {"title", "Dr. Ted Brannigan", "Ted Brannigan", true},
    {"title and surname", "Minister Okonjuwa", "Ifeoma Adaeze Okonjuwa", true},
    {"a given name alone", "Adaeze", "Ifeoma Adaeze Okonjuwa", false},
    {"particles", "Joost van der Meulenbelt", "Meulenbelt, Joost", true},
    {"particle glued", "Joost Vandermeulenbelt", "Joost van der Meulenbelt", true},
    {"split by a slip", "Joost Meulen belt", "Joost Meulenbelt", true},
    {"nothing between", "JoostMeulenbelt", "Joost Meulenbelt", true},
    {"letters as digits", "J00st Meu1enbelt", "Joost Meulenbelt", true},
    {"said twice", "Joost Joost Meulenbelt", "Joost Meulenbelt", true},
    {"servant of", "Abd al-Latif Zwayni", "Abdellatif Zwayni", true},
    {"the spelling of bin", "Yusuf ibn Tarek Zwayni", "Youssef bin Tariq Zwayni", true},
    {"father and son exchanged", "Yusuf bin Tariq Zwayni", "Tariq bin Yusuf Zwayni", false},
    {"patronymic left out", "Arkadi Velinov", "Arkady Borisovich Velinov", true},
    {"another patronymic", "Arkady Semyonovich Velinov", "Arkady Borisovich Velinov", false},
    {"surname of a woman", "Galina Velinova", "Galina Velinov", true},
    {"Cyrillic", "Аркадий Велинов", "Arkady Velinov", true},
    {"Ukrainian", "Юлія Шевчишин", "Yulia Shevchyshyn", true},
    {"Greek", "Γιώργος Παπαλουκάς", "Giorgos Papaloukas", true},
    {"Arabic", "سليم الحداد", "Salim al-Haddad", true},
    {"Arabic, another name", "سليم الحداد", "Karim al-Haddad", false},
    {"Arabic among itself", "سليم الحداد", "سمير الحداد", false},
    {"Hebrew", "רונן ברגמן", "Ronen Bergman", true},
    {"Georgian", "მარიამ კობახიძე", "Mariam Kobakhidze", true},
    {"Armenian", "Արամ Սարգսյան", "Aram Sargsyan", true},
    {"kana", "マルタ・ロペス", "Marta Lopez", true},
    {"Han as pinyin", "王小明", "Wang Xiaoming", true},
    {"Han, one character differs", "王小明", "王小红", false},
    {"Hangul, one syllable differs", "박민수", "박민호", false},
    {"Yoruba marks", "Ọlábísí Adéwálé", "Olabisi Adewale", true},
    {"Vietnamese marks", "Nguyễn Thị Hồng", "Nguyen Thi Hong", true},
    {"Turkish", "Ayşe Çağlayan", "Ayse Caglayan", true},
    {"French and English sounds", "Rachid Bouchama", "Rashid Bushama", true},
    {"Germanised", "Schtscherbakow", "Shcherbakov", true},
    {"a slip among many words", "Efosa Osaretin Igbinedo Aghama Ehiz",
     "Efosa Osaretin Igbinedo Aghama Bhiz", true},
    {"Pinyin for beginners", "Shu Lianying", "Xu Lianying", true},
    {"written backwards", "Joost tlebneluem", "Joost Meulenbelt", true},
    {"nothing in common", "Marta Lindqvist", "Joost Meulenbelt", false},
};

const Row kCompanies[] = {
    {"form in full", "Norvella Aktiengesellschaft", "Norvella AG", true},
    {"form with a slip", "Norvella Aktiengeselschaft", "Norvella AG", true},
    {"form with dots", "Norvella S.à r.l.", "Norvella SARL", true},
    {"form left out", "Norvella", "Norvella GmbH", true},
    {"forms of two kinds", "Norvella AG", "Norvella GmbH", false},
    {"Russian form", "ООО \"Норвелла\"", "Norvella LLC", true},
    {"form before and after", "JSC Norvella Kombinat", "Norvella Kombinat Joint Stock Company",
     true},
    {"only the form in common", "Norvella AG", "Tulmeira AG", false},
    {"only a common word in common", "Norvella Trading Ltd", "Tulmeira Trading Ltd", false},
    {"another branch of trade", "Norvella Systems", "Norvella Mining", false},
    {"light words", "The Norvella Group", "Norvella Holding", true},
    {"a word of its own more", "Norvella", "Norvella Tulmeira", false},
    {"branch in a country", "Norvella Bank (Schweiz) AG", "Norvella Bank AG", true},
    {"branches in two countries", "Norvella (Chile) SA", "Norvella (China) SA", false},
    {"numbers agree", "Norvella Fund II", "Norvella Fund 2", true},
    {"numbers differ", "Norvella Fund II", "Norvella Fund III", false},
    {"numbers in words", "Brigada Forty-Two", "Brigada 42", true},
    {"ordinals", "1st Norvella Bank", "First Norvella Bank", true},
    {"and", "Norvella & Tulmeira", "Norvella and Tulmeira", true},
    {"dots between letters", "N.V.K. Trading", "NVK Trading", true},
    {"letters of another order", "NKV Trading", "NVK Trading", false},
    {"initials", "Norvella Workers Front", "NWF", true},
    {"glued", "Nor Vella GmbH", "Norvella GmbH", true},
    {"glued to the form", "NorvellaAG", "Norvella AG", true},
    {"misspelt", "Norvela Shipping", "Norvella Shipping", true},
    {"two spellings of a word", "Norvella Labour Organisation", "Norvella Labor Organization",
     true},
    {"nothing but common words", "Management Company", "Tulmeira Management Company", false},
};

TEST(CompareNames, ReadsThePersonsOfTheTable) {
  for (const Row& row : kPersons) {
    const NameMatch match = person(row.a, row.b);
    EXPECT_EQ(match.same, row.same) << row.rule << ": " << row.a << " | " << row.b;
  }
}

TEST(CompareNames, ReadsTheCompaniesOfTheTable) {
  for (const Row& row : kCompanies) {
    const NameMatch match = company(row.a, row.b);
    EXPECT_EQ(match.same, row.same) << row.rule << ": " << row.a << " | " << row.b;
  }
}

TEST(CompareNames, IsSymmetricButForTheSides) {
  const auto check = [](const Row& row, NameKind kind) {
    const NameMatch ab = compare_names(row.a, row.b, kind, vocabulary());
    NameMatch ba = compare_names(row.b, row.a, kind, vocabulary());
    for (NameReason& reason : ba.reasons) std::swap(reason.a, reason.b);
    EXPECT_EQ(ab.same, ba.same) << row.a << " | " << row.b;
    EXPECT_EQ(ab.quarter_bits, ba.quarter_bits) << row.a << " | " << row.b;
    EXPECT_EQ(ab.reasons, ba.reasons) << row.a << " | " << row.b;
  };
  for (const Row& row : kPersons) check(row, NameKind::person);
  for (const Row& row : kCompanies) check(row, NameKind::company);
}

TEST(CompareNames, FindsEachNameTheSameAsItself) {
  for (const Row& row : kPersons)
    for (const char* name : {row.a, row.b}) EXPECT_TRUE(person(name, name).same) << name;
  for (const Row& row : kCompanies)
    for (const char* name : {row.a, row.b}) EXPECT_TRUE(company(name, name).same) << name;
}

TEST(CompareNames, AddsUpItsReasons) {
  for (const Row& row : kPersons) {
    const NameMatch match = person(row.a, row.b);
    std::int32_t sum = 0;
    for (const NameReason& reason : match.reasons) sum += reason.quarter_bits;
    EXPECT_EQ(sum, match.quarter_bits) << row.rule;
  }
}

TEST(CompareNames, SaysWhichWordStoodAgainstWhich) {
  const auto relation = [](NameRelation one) { return Field(&NameReason::relation, one); };
  EXPECT_THAT(person("Ted Brannigan", "Theodore Brannigan").reasons,
              Contains(NameReason{"ted", "theodore", NameRelation::nickname, 18}));
  EXPECT_THAT(person("Marta O. Lindqvist", "Marta Elin Lindqvist").reasons,
              Contains(NameReason{"o", "elin", NameRelation::contradicts, -48}));
  EXPECT_THAT(person("Marta Lindqvist", "Marta Elin Lindqvist").reasons,
              Contains(NameReason{"", "elin", NameRelation::missing, -6}));
  EXPECT_THAT(person("Joost van der Meulenbelt", "Joost Meulenbelt").reasons,
              Contains(NameReason{"van", "", NameRelation::left_out, 0}));
  EXPECT_THAT(person("רונן ברגנשטיין", "Ronen Bergenstein").reasons,
              Contains(relation(NameRelation::sound)));
  EXPECT_THAT(company("Norvella Workers Front", "NWF").reasons,
              Contains(Field(&NameReason::a, "norvella workers front")));
}

TEST(CompareNames, SaysLessOfCommonWordsThanOfRareOnes) {
  EXPECT_LT(person("Maria", "Maria").quarter_bits, person("Zwayni", "Zwayni").quarter_bits);
  EXPECT_LT(company("Trading", "Trading").quarter_bits,
            company("Norvella", "Norvella").quarter_bits);
}

TEST(CompareNames, FindsNoNameTheSameAsNothing) {
  for (const char* name : {"", " ", "...", "\xff\xfe", "Marta"}) {
    EXPECT_FALSE(person(name, "").same) << name;
    EXPECT_FALSE(company("-", name).same) << name;
  }
}

TEST(CompareNames, BearsNamesOfAnyLengthAndBytes) {
  std::string words;
  for (int i = 0; i < 20000; ++i) words += "ab" + std::to_string(i % 97) + " ";
  std::string letters(200000, 'x');
  EXPECT_TRUE(person(words, words).same);
  EXPECT_FALSE(person(words, words + "y").same && person(letters, letters + "y").same);
  EXPECT_TRUE(company(letters, letters).same);
  Rng rng(7);
  for (int round = 0; round < 2000; ++round) {
    std::string a;
    std::string b;
    for (std::size_t n = rng.below(40); n > 0; --n) a += static_cast<char>(rng.below(256));
    for (std::size_t n = rng.below(40); n > 0; --n) b += static_cast<char>(rng.below(256));
    for (const NameKind kind : {NameKind::person, NameKind::company})
      EXPECT_EQ(compare_names(a, b, kind, vocabulary()).same,
                compare_names(b, a, kind, vocabulary()).same);
  }
}

class NameVocabularyTest : public ::testing::Test {
 protected:
  NameVocabularyTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    std::filesystem::copy(data_folder() / "names", folder_ / "names");
  }
  ~NameVocabularyTest() override { std::filesystem::remove_all(folder_); }
  std::string error_with(const char* file, const std::string& from, const std::string& to) {
    std::string text = *read_file(folder_ / "names" / file);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / "names" / file) << text;
    const auto opened = NameVocabulary::open(folder_);
    return opened ? "" : opened.error().message();
  }
  std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("name_vocabulary_" + std::to_string(::getpid()));
};

TEST_F(NameVocabularyTest, NamesTheListThatIsMissing) {
  EXPECT_THAT(error_with("people.toml", "honorific =", "honorifics ="), HasSubstr("honorific"));
}

TEST_F(NameVocabularyTest, NamesTheWordThatIsNotFolded) {
  EXPECT_THAT(error_with("companies.toml", "\"gmbh\"", "\"GmbH\""), HasSubstr("GmbH"));
}

TEST_F(NameVocabularyTest, NamesTheLineThatIsNotToml) {
  EXPECT_THAT(error_with("companies.toml", "[numbers]", "[numbers"), HasSubstr("companies.toml"));
}

// Written for this project's own use of a published benchmark; see docs/formats/names.md.
TEST(CompareNames, AgreesWithTheReferencePairs) {
  const auto file = reference_data_folder() / "people/name_bench/cases_dev.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no " << file;
  std::ifstream rows(file);
  std::string line;
  std::getline(rows, line);
  ASSERT_TRUE(line.starts_with("case_group,schema,name1,name2,is_match"));
  int hit = 0;
  int wrong = 0;
  while (std::getline(rows, line)) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
      if (c == '"')
        quoted = !quoted;
      else if (c == ',' && !quoted)
        cells.emplace_back();
      else
        cells.back() += c;
    }
    ASSERT_GE(cells.size(), 5U) << line;
    const NameKind kind = cells[1] == "Person"   ? NameKind::person
                          : cells[1] == "Vessel" ? NameKind::other
                                                 : NameKind::company;
    const bool same = compare_names(cells[2], cells[3], kind, vocabulary()).same;
    const bool truth = cells[4] == "true";
    hit += same && truth ? 1 : 0;
    wrong += same != truth ? 1 : 0;
  }
  EXPECT_GE(2.0 * hit / (2.0 * hit + wrong), 0.87);
}

}  // namespace
}  // namespace ovillo::resolve
