// Fields, batches, spans, and texts made to hurt.
#include "ovillo/extract/extractor.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/base/utf8.hpp"

namespace ovillo::extract {
namespace {

const Extractor& extractor() {
  static const auto instance = Extractor::open(data_folder());
  return instance.value();
}

// A batch of one column per field; each row has one cell per field.
RecordBatch batch_of(RecordKind kind, const std::vector<Field>& fields,
                     const std::vector<std::vector<std::string>>& rows) {
  RecordBatch batch;
  batch.source_key = "platform-x";
  batch.region = "BE";
  for (const Field field : fields) batch.columns.push_back({std::string(name_of(field)), field});
  for (const auto& row : rows) {
    batch.id.push_back({batch.id.size() + 1, 1});
    batch.kind.push_back(kind);
    batch.time.emplace_back();
    batch.row.push_back(batch.row.size() + 1);
    batch.byte.push_back(0);
    batch.length.push_back(0);
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (row[c].empty()) continue;
      batch.cell_column.push_back(static_cast<std::uint16_t>(c));
      batch.cell_value.push_back(row[c]);
    }
    batch.fields.close_row(batch.cell_value.size());
  }
  return batch;
}

std::string described(const FindBatch& finds) {
  std::string out;
  for (std::size_t i = 0; i < finds.size(); ++i) {
    if (i > 0) out += " | ";
    out += std::string(name_of(finds.kind[i])) + " " + std::string(name_of(finds.role[i])) + " " +
           std::string(finds.canonical[i]);
  }
  return out;
}

struct FieldRow {
  const char* name;
  Field field;
  const char* value;
  const char* expected;
};

TEST(Extractor, ReadsFieldsOfTheirOwnWithTheirRole) {
  const FieldRow rows[] = {
      {"phone national", Field::phone, "0452 12 34 56", "phone subject +32452123456"},
      {"phone with code", Field::phone, "+44 7700 900123", "phone subject +447700900123"},
      {"phone code without plus", Field::phone, "447700900123", "phone subject +447700900123"},
      {"phone full-width", Field::phone, "０４５２１２３４５６", "phone subject +32452123456"},
      {"two phones", Field::phone, "0452123456; 0459123456",
       "phone subject +32452123456 | phone subject +32459123456"},
      {"phone no plan", Field::phone, "12345", "phone subject raw:12345"},
      {"phone withheld", Field::phone, "anonymous", "phone subject raw:anonymous"},
      {"caller", Field::from_phone, "0452123456", "phone from +32452123456"},
      {"called", Field::to_phone, "0452123456", "phone to +32452123456"},
      {"email", Field::email, "Ana@Example.org", "email subject ana@example.org"},
      {"handle", Field::handle, "@Maria_X", "handle subject unknown:maria_x"},
      {"handle with service", Field::handle, "Telegram:@maria", "handle subject telegram:maria"},
      {"handle link", Field::handle, "https://t.me/maria", "handle subject telegram:maria"},
      {"url", Field::url, "https://www.example.org/a", "url subject example.org/a"},
      {"iban", Field::iban, "BE71 0961 2345 6769", "iban subject BE71096123456769"},
      {"payer iban", Field::payer, "be71096123456769", "iban payer BE71096123456769"},
      {"payer card", Field::payer, "4111 1111 1111 1111", "card payer 411111******1111"},
      {"payer account", Field::payer, "acct 77a", "account payer ACCT77A"},
      {"payer email", Field::payer, "p@example.org", "email payer p@example.org"},
      {"author", Field::author, "user_77", "account author USER_77"},
      {"sender", Field::from_account, "BE71096123456769", "iban from BE71096123456769"},
      {"receiver no iban", Field::to_account, "000-111-222", "account to 000-111-222"},
      {"iban wrong check", Field::iban, "BE72096123456769", "account subject BE72096123456769"},
      {"wallet", Field::wallet, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
       "wallet subject eth:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
      {"plate", Field::plate, "1-abc-234", "plate subject 1ABC234"},
      {"document", Field::document_number, "x 123.456", "document_number subject X123456"},
      {"local id", Field::local_id, "ad-9", "local_ref subject platform-x#ad-9"},
      {"from ref", Field::from_ref, "p1", "local_ref from platform-x#p1"},
      {"to ref", Field::to_ref, "p2", "local_ref to platform-x#p2"},
      {"name", Field::name, " Camila ", "name subject Camila"},
      {"place", Field::place, "Gante", "place subject BE/Gent"},
      {"place unknown", Field::place, "Nowhere Hamlet", "place subject /Nowhere Hamlet"},
      {"age", Field::age, "24", "age subject 24"},
      {"language", Field::language, "pt-BR", "language subject pt"},
      {"price", Field::price, "150 €", "price subject 150 EUR"},
      {"amount", Field::amount, "1.234,56 EUR", "price subject 1234.56 EUR"},
      {"other is not read", Field::other, "0452123456", ""},
      {"blank", Field::phone, "  ", ""},
  };
  for (const FieldRow& row : rows) {
    const RecordBatch batch = batch_of(RecordKind::advert, {row.field}, {{row.value}});
    const FindBatch finds = extractor().find(batch);
    EXPECT_EQ(described(finds), row.expected) << row.name;
    for (const WrittenAs how : finds.written_as) EXPECT_EQ(how, WrittenAs::field) << row.name;
  }
}

TEST(Extractor, SearchesTitleAndTextAndKeepsTheColumnOfEachFind) {
  const RecordBatch batch =
      batch_of(RecordKind::transfer, {Field::title, Field::from_account, Field::text},
               {{"tel 0452123456", "BE71096123456769", "for ana@example.org"}});
  const FindBatch finds = extractor().find(batch);
  ASSERT_EQ(described(finds),
            "phone mentioned +32452123456 | iban from BE71096123456769 | email mentioned "
            "ana@example.org");
  EXPECT_EQ(finds.column, (std::vector<std::uint16_t>{0, 1, 2}));
}

TEST(Extractor, MarksWhatOwesADigitToADoubtAsACandidate) {
  const std::string text = "call +44 7700 900123 or +44 7700 900456";
  const auto batch = batch_of(
      RecordKind::document, {Field::text, Field::doubtful, Field::phone},
      {{text, "10-11:410 13-14:700 nonsense 9-2:1", "+447700900123"}, {text, "21-23:300", ""}});
  const FindBatch finds = extractor().find(batch);
  std::map<std::string, std::pair<WrittenAs, int>> of_text;
  for (std::size_t f = finds.records[0].begin; f < finds.records[0].end; ++f) {
    if (finds.kind[f] != FindKind::phone) continue;
    if (finds.column[f] != 0) continue;
    of_text[std::string(finds.canonical[f])] = {finds.written_as[f], finds.confidence_per_mille[f]};
  }
  EXPECT_EQ(of_text["+447700900123"], std::pair(WrittenAs::doubtful, 410));
  EXPECT_NE(of_text["+447700900456"].first, WrittenAs::doubtful);
  for (std::size_t f = finds.records[1].begin; f < finds.records[1].end; ++f)
    EXPECT_NE(finds.written_as[f], WrittenAs::doubtful);
}

TEST(Extractor, TakesTheCurrencyOfTheRecordForItsAmount) {
  const RecordBatch batch =
      batch_of(RecordKind::transfer, {Field::amount, Field::currency}, {{"12,50", "EUR"}});
  EXPECT_EQ(described(extractor().find(batch)), "price subject 12.50 EUR");
}

TEST(Extractor, LetsTheRegionOfARowOverrideThatOfTheBatch) {
  const RecordBatch batch = batch_of(RecordKind::advert, {Field::phone, Field::region},
                                     {{"0639981234", "FR"}, {"0452123456", ""}});
  EXPECT_EQ(described(extractor().find(batch)),
            "phone subject +33639981234 | phone subject +32452123456");
}

TEST(Extractor, GivesOneRowOfFindsPerRecordAndTheSameWithAnyNumberOfThreads) {
  std::vector<std::vector<std::string>> rows;
  rows.reserve(3000);
  for (int i = 0; i < 3000; ++i) {
    rows.push_back({"tel 0452 12 " + std::to_string(10 + i % 90) + " 56, " +
                        std::to_string(18 + i % 50) + " jaar in Gent",
                    i % 3 == 0 ? "" : "p" + std::to_string(i)});
  }
  const RecordBatch batch = batch_of(RecordKind::advert, {Field::text, Field::payer}, rows);
  set_thread_count(1);
  const FindBatch one = extractor().find(batch);
  set_thread_count(4);
  const FindBatch four = extractor().find(batch);
  set_thread_count(0);
  EXPECT_EQ(one, four);
  ASSERT_EQ(one.records.size(), rows.size());
  EXPECT_EQ(one.records[0].size(), 3U);  // phone, age, place; too short for a language
}

TEST(Extractor, SaysWhichVocabularyFileIsMissing) {
  const auto opened = Extractor::open("/nowhere");
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().name(), "base.cannot_read");
}

struct WrittenRow {
  const char* text;
  WrittenAs how;
};

TEST(Extractor, KeepsTheWayANumberWasWritten) {
  const WrittenRow rows[] = {
      {"751234567", WrittenAs::plain},
      {"751 234 567", WrittenAs::separated},
      {"siete cinco uno dos tres cuatro cinco seis siete", WrittenAs::words},
      {"siete5uno 2-3-4 cinco6siete", WrittenAs::mixed},
      {"７５１２３４５６７", WrittenAs::lookalike},
      {"75l234567", WrittenAs::lookalike},
      {"7️⃣5️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", WrittenAs::emoji},
      {"llama al 751 luego 234 y acaba en 567", WrittenAs::split},
      {"wa.me/34751234567", WrittenAs::link},
      {"tel:+34751234567", WrittenAs::link},
  };
  for (const WrittenRow& row : rows) {
    const auto finds = extractor().find(row.text, "ES");
    const auto phone = std::find_if(finds.begin(), finds.end(),
                                    [](const Find& f) { return f.kind == FindKind::phone; });
    ASSERT_NE(phone, finds.end()) << row.text;
    EXPECT_EQ(phone->canonical, "+34751234567") << row.text;
    EXPECT_EQ(name_of(phone->written_as), name_of(row.how)) << row.text;
  }
}

// Any text: spans lie in it, on characters, ascending; finds of one kind do not overlap.
TEST(Extractor, KeepsSpansInsideTheTextForAnyText) {
  const std::vector<std::string> parts = {
      "751", "seis", " ", "@", "+34", "€", "6️⃣",
      // NOLINTNEXTLINE(misc-misleading-bidirectional): any text
      "\u202E", "\u200B", "\n", "/", "-", "(0)", "wa.me/", "t.me/", "example", ".org", "BE71",
      "0961", "2345", "6769", "treinta", " y ", "cuatro", "años", "Gante", "en ", "soy ", "Ana",
      "ref ", "tel ", "o", "l", "meia", "100", "horas", "🔥", "http://", "٦", "\u0301", "½", "IV",
      "0", "00", "doble ", "vieren", "dertig", "10 a ", "22h", "sueldo ", " al mes", "alojamiento",
      "ask for ", "Leeds", " here", "siben ", "zwai ", "amor ", "(", "60-", "90", "x", "1h ",
      "noche ", "1.000 ", ",", ".", "\xFF"};
  Rng rng(11);
  for (int round = 0; round < 12000; ++round) {
    std::string text;
    for (std::uint64_t n = rng.below(24); n > 0; --n) text += parts[rng.below(parts.size())];
    std::map<FindKind, std::uint32_t> last_end;
    std::uint32_t last_begin = 0;
    for (const Find& find : extractor().find(text, round % 2 == 0 ? "ES" : "")) {
      ASSERT_LT(find.span.begin, find.span.end) << text;
      ASSERT_LE(find.span.end, text.size()) << text;
      ASSERT_GE(find.span.begin, last_begin) << text;
      last_begin = find.span.begin;
      ASSERT_FALSE(find.canonical.empty()) << text;
      ASSERT_NE(static_cast<unsigned char>(text[find.span.begin]) & 0xC0, 0x80) << text;
      auto& end = last_end[find.kind];
      ASSERT_GE(find.span.begin, end) << text << " " << name_of(find.kind);
      end = find.span.end;
    }
  }
}

double seconds_for(const std::string& text) {
  const std::clock_t start = std::clock();
  (void)extractor().find(text, "ES");
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& part, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

// Four times the text may cost about four times the time: a quadratic reader would take sixteen.
TEST(Extractor, StaysLinearOnTextsMadeToHurt) {
  const std::vector<std::string> parts = {
      "7", "7 ", "seis", "seis ", "veinte uno ", "@", "@a", "a@", "a.", "\u0301", "\u200B", "+34 ",
      "+", "0 ", "Gante ", "la ", "http://a", "o", "o ", "treinta y ", "100/", "telegram ",
      "ref 1 ", "BE71 ", "4111 ",
      // NOLINTNEXTLINE(misc-misleading-bidirectional)
      "\u202E1", "1.", "1,5 ", "seisdos x ", "soy Ana ", "Hola Ana, 24 años ", "10 a 12 h ",
      "1 000 ", "sevin siben ", "x@x.com ", "doble ", "quatrevingt", "751 luego ", "1a", "(",
      "a\u0336"};
  for (const std::string& part : parts) {
    const std::string small = repeated(part, 15'000);
    const std::string large = repeated(part, 60'000);
    const double first = std::min(seconds_for(small), seconds_for(small));
    const double second = std::min(seconds_for(large), seconds_for(large));
    EXPECT_LT(second, 9 * first + 0.02) << "\"" << part << "\": " << first << " s, " << second;
    EXPECT_LT(second, 5.0) << "\"" << part << "\"";
  }
}

// A megabyte of digits and number words is one run of half a million pieces.
TEST(Extractor, StaysLinearOnAMegabyteOfDigitsAndNumberWords) {
  const std::vector<std::string> parts = {"one two 1 2 ",       "uno 2 ", "seis siete 8️⃣ ",
                                          "7 5 1 2 3 4 5 6 7 ", "0 one ", "treinta y "};
  for (const std::string& part : parts) {
    const double first = seconds_for(repeated(part, 250'000));
    const double second = seconds_for(repeated(part, 1'000'000));
    EXPECT_LT(second, 9 * first + 0.02) << "\"" << part << "\": " << first << " s, " << second;
  }
}

TEST(Extractor, ReadsAMegabyteOfDigitsWithoutANumber) {
  for (const Find& find : extractor().find(std::string(1'000'000, '7'), "ES"))
    EXPECT_EQ(find.kind, FindKind::language);
}

}  // namespace
}  // namespace ovillo::extract
