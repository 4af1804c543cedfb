#include "ovillo/intake/propose.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/header_words.hpp"
#include "ovillo/intake/internal/value_shape.hpp"

namespace ovillo::intake {
namespace {

class Propose : public testing::Test {
 protected:
  Proposal of(std::string_view bytes) {
    const auto path = std::filesystem::temp_directory_path() / "ovillo_propose_test.csv";
    std::ofstream(path, std::ios::binary) << bytes;
    auto proposal = propose(path.string());
    std::filesystem::remove(path);
    EXPECT_TRUE(proposal) << proposal.error().message();
    return proposal ? *proposal : Proposal();
  }
  static std::string fields(const Proposal& proposal) {
    std::string out;
    for (const ColumnProposal& column : proposal.columns)
      out += (out.empty() ? "" : " ") + std::string(name_of(column.field));
    return out;
  }
};

TEST_F(Propose, ReadsHeadersOfFiveLanguages) {
  const char* const files[] = {
      "Advert text;Telephone;Date posted;Price;Link\n"
      "new in town, call me;+44 7700 900123;03/03/2026;150;https://example.org/1\n",
      "Texto del anuncio;Tel\xc3\xa9"
      "fono;Fecha publicaci\xc3\xb3n;Precio;Enlace\n"
      "recien llegada, llama;+44 7700 900123;03/03/2026;150;https://example.org/1\n",
      "Texto do an\xc3\xbancio;Telem\xc3\xb3vel;Data de "
      "publica\xc3\xa7\xc3\xa3o;Pre\xc3\xa7o;P\xc3\xa1gina\n"
      "novidade, liga;+44 7700 900123;03/03/2026;150;https://example.org/1\n",
      "Texte de l'annonce;T\xc3\xa9l\xc3\xa9phone;Date de publication;Prix;Lien\n"
      "nouvelle en ville, appelle;+44 7700 900123;03/03/2026;150;https://example.org/1\n",
      "Advertentietekst;Telefoonnummer;Datum plaatsing;Prijs;Webpagina\n"
      "nieuw in de stad, bel;+44 7700 900123;03/03/2026;150;https://example.org/1\n"};
  for (const char* file : files) {
    const Proposal proposal = of(file);
    EXPECT_EQ(fields(proposal), "text phone time price url") << file;
    EXPECT_EQ(proposal.profile.kind, RecordKind::advert);
    EXPECT_EQ(proposal.format, "csv, separator ';', header, UTF-8");
  }
}

TEST_F(Propose, SaysWhy) {
  const Proposal proposal = of("Telefoon,Opm\n+44 7700 900123,x\n+44 7700 900124,y\nhidden,z\n");
  ASSERT_EQ(proposal.columns.size(), 2u);
  EXPECT_EQ(proposal.columns[0].field, Field::phone);
  EXPECT_EQ(proposal.columns[0].why,
            "header says \"telefoon\" (nl); 2 of 3 values read as numbers");
  EXPECT_EQ(proposal.columns[0].samples,
            (std::vector<std::string>{"+44 7700 900123", "+44 7700 900124", "hidden"}));
}

TEST_F(Propose, IsCautious) {
  // A header alone does not make a phone of words, nor an id of values that repeat.
  const Proposal proposal = of("phone,id,mystery\nblue,1,a\nred,1,b\ngreen,2,c\n");
  EXPECT_EQ(fields(proposal), "other other other");
  EXPECT_EQ(proposal.profile.kind, RecordKind::document);
  // Nor does a name make a person.
  EXPECT_EQ(of("name,city\nEjemplo,Gent\nMuestra,Gent\n").profile.kind, RecordKind::document);
}

TEST_F(Propose, KnowsValuesWithoutAHeader) {
  const Proposal proposal = of("+447700900123,a@example.org\n+447700900124,b@example.org\n");
  EXPECT_EQ(fields(proposal), "phone email");
}

TEST_F(Propose, SeesTheOrderOfDayAndMonth) {
  EXPECT_EQ(of("date,note\n08/24/2017,a\n01/02/2017,b\n").profile.date_order,
            DateOrder::month_first);
  EXPECT_EQ(of("date,note\n24/08/2017,a\n01/02/2017,b\n").profile.date_order, DateOrder::day_first);
}

TEST_F(Propose, RecognisesTransfersAndCalls) {
  EXPECT_EQ(of("Fecha,Cuenta origen,Cuenta destino,Importe\n"
               "03/03/2026,ES0000,ES0001,\"12,50\"\n04/03/2026,ES0000,ES0002,\"13,50\"\n")
                .profile.kind,
            RecordKind::transfer);
  EXPECT_EQ(of("Begintijd,Bellend nummer,Gebeld nummer,Gespreksduur\n"
               "2026-03-03 14:05,+447700900123,+447700900124,63\n")
                .profile.kind,
            RecordKind::call);
}

TEST_F(Propose, TakesATextWithATelephoneForAnAdvert) {
  const char* const rows = "new in town, call me soon;+44 7700 900123;03/03/2026;Gent\n";
  for (const char* header :
       {"Ad text;Tel.;Posted on;City\n", "text;tel;datum;stad\n", "Text;Telefon;Datum;Stadt\n",
        "Anzeigentext;Handynummer;Ver\xc3\xb6"
        "ffentlicht am;Ort\n",
        "Texte;T\xc3\xa9l.;Date;Ville\n", "Texto;M\xc3\xb3vil;Fecha;Ciudad\n",
        "Texto;Telem\xc3\xb3vel;Data;Cidade\n", "Tekst;Telefoon;Datum;Plaats\n"}) {
    const Proposal proposal = of(std::string(header) + rows);
    EXPECT_EQ(fields(proposal), "text phone time place") << header;
    EXPECT_EQ(proposal.profile.kind, RecordKind::advert) << header;
  }
}

TEST_F(Propose, TakesAHeaderThatSpeaksOfAdvertsAtItsWord) {
  const char* const rows = "7;lovely quiet flat near the old harbour, any day;Gent\n";
  for (const char* header :
       {"No;Ad;City\n", "No;Classified;City\n", "Nr;Anzeige;Stadt\n", "Nr;Inserat;Stadt\n",
        "No;Annonce;Ville\n", "No;Anuncio;Ciudad\n", "No;An\xc3\xbancio;Cidade\n",
        "Nr;Advertentie;Stad\n", "No;Annuncio;Citta\n", "Nr;Og\xc5\x82oszenie;Miasto\n"})
    EXPECT_EQ(of(std::string(header) + rows).profile.kind, RecordKind::advert) << header;
  EXPECT_EQ(of(std::string("No;Blah;City\n") + rows).profile.kind, RecordKind::document);
}

TEST_F(Propose, TakesTipsContactsAndMessagesForNoAdverts) {
  const char* const rows = "she asked for help at the old harbour;+44 7700 900123;Gent\n";
  for (const char* header :
       {"Crime narrative;Telephone;City\n", "Notes;Telephone;City\n", "Message text;Phone;City\n",
        "Text of the complaint;Phone;City\n", "Nachricht;Telefon;Stadt\n",
        "Texte du signalement;T\xc3\xa9l\xc3\xa9phone;Ville\n", "Opmerkingen;Telefoon;Stad\n"})
    EXPECT_EQ(of(std::string(header) + rows).profile.kind, RecordKind::document) << header;
  EXPECT_EQ(of("Name;Date of birth;Phone;Summary\nEjemplo;03/03/1990;+44 7700 900123;seen at the "
               "old harbour in the evening\n")
                .profile.kind,
            RecordKind::document);
}

TEST_F(Propose, WritesAProfileThatIsReadBack) {
  const Proposal proposal = of("Telefoon,Tekst\n+44 7700 900123,hallo\n");
  const auto again = parse_profile(write_profile(proposal.profile));
  ASSERT_TRUE(again) << again.error().message();
  EXPECT_EQ(*again, proposal.profile);
  EXPECT_EQ(again->columns.at("Telefoon"), Field::phone);
}

TEST(HeaderWordsOf, PutsWordsApart) {
  EXPECT_EQ(header_words_of("phoneNo"), "phone no");
  EXPECT_EQ(header_words_of("Phone_No."), "phone no");
  EXPECT_EQ(header_words_of("N\xc3\xbamero de TEL\xc3\x89"
                            "FONO"),
            "numero de telefono");
}

TEST(ShapeOf, SeesWhatAPersonSees) {
  const std::pair<std::string_view, Shape> cases[] = {
      {"", Shape::empty},
      {"12", Shape::integer},
      {"-12.50", Shape::number},
      {"150 EUR", Shape::money},
      {"R$ 9.001,00", Shape::money},
      {"EUR", Shape::currency},
      {"2026-03-03", Shape::date},
      {"24/08/2017 14:05", Shape::date},
      {"14:05", Shape::clock},
      {"a@example.org", Shape::email},
      {"https://example.org/x", Shape::url},
      {"+44 7700 900123", Shape::phone},
      {"5-(997)640-5104", Shape::phone},
      {"GB82 WEST 1234 5698 7654 32", Shape::iban},
      {"BE", Shape::country},
      {"A123", Shape::code},
      {"two words", Shape::words},
      {"this is a sentence of many words", Shape::sentence},
  };
  for (const auto& [value, shape] : cases) EXPECT_EQ(shape_of(value), shape) << value;
  EXPECT_FALSE(is_iban("GB83 WEST 1234 5698 7654 32"));
}

TEST(HeaderWords, KnowOneFieldForEveryPhrase) {
  const auto words = HeaderWords::open(data_folder());
  ASSERT_TRUE(words) << words.error().message();
  EXPECT_EQ(words->match("email_address")->field, Field::email);
  EXPECT_EQ(words->match("date of birth")->field, Field::birth_date);
  EXPECT_TRUE(words->match("Surname")->whole);
  EXPECT_FALSE(words->match("phone of the flat")->whole);
  EXPECT_FALSE(words->match("xyzzy"));
}

}  // namespace
}  // namespace ovillo::intake
