#include "ovillo/flow/slot_words.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ovillo::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

std::string joined(const std::vector<TemplatePart>& parts) {
  std::string out;
  for (const TemplatePart& part : parts) out += part.is_slot ? "⟨" + part.text + "⟩" : part.text;
  return out;
}

std::vector<std::optional<std::string>> read(std::string_view text_of_template,
                                             std::string_view text) {
  return SlotReader(template_parts(text_of_template)).read(text);
}

TEST(TemplateParts, AreTheTemplateWhenJoinedAgain) {
  for (const std::string text : {"", "no slots", "⟨name⟩", "ask for ⟨name⟩, ⟨price⟩€", "⟨…⟩⟨phone⟩",
                                 "⟨nothing⟩ of the kind ⟨", "⟨⟨name⟩⟩", "⟨na"})
    EXPECT_EQ(joined(template_parts(text)), text);
  const auto parts = template_parts("ask for ⟨name⟩, ⟨price⟩€");
  ASSERT_EQ(parts.size(), 5U);
  EXPECT_EQ(parts[1].text, "name");
  EXPECT_TRUE(parts[1].is_slot);
  EXPECT_FALSE(template_parts("⟨nothing⟩ of the kind")[0].is_slot);
}

TEST(SlotReader, GivesTheWordsAsWritten) {
  EXPECT_THAT(
      read("Ask for ⟨name⟩, tea and ⟨price⟩€ an hour", "ASK FOR Lía María!! tea and 150€ an hour"),
      ElementsAre(Optional(std::string("Lía María")), Optional(std::string("150"))));
}

TEST(SlotReader, TellsNothingFromCannotBeTold) {
  EXPECT_THAT(read("tea and ⟨…⟩ cake daily", "tea and cake daily"),
              ElementsAre(Optional(std::string())));
  EXPECT_THAT(read("tea and ⟨…⟩ cake daily", "tea with lemon daily"), ElementsAre(std::nullopt));
  EXPECT_THAT(read("tea and ⟨…⟩ cake daily", ""), ElementsAre(std::nullopt));
}

TEST(SlotReader, ReadsSlotsAtBothEnds) {
  EXPECT_THAT(read("⟨name⟩ waits in ⟨place⟩", "Noa waits in Ghent centre"),
              ElementsAre(Optional(std::string("Noa")), Optional(std::string("Ghent centre"))));
}

TEST(SlotReader, TellsNeighboursApartBySignsOrNumbers) {
  EXPECT_THAT(read("photos: ⟨…⟩, ⟨…⟩, English", "photos: Ana Bel, new face, English"),
              ElementsAre(Optional(std::string("Ana Bel")), Optional(std::string("new face"))));
  EXPECT_THAT(read("call ⟨name⟩ ⟨phone⟩ now", "call Ana Bel 07700 900123 now"),
              ElementsAre(Optional(std::string("Ana Bel")), Optional(std::string("07700 900123"))));
  EXPECT_THAT(read("call ⟨name⟩ ⟨…⟩ now", "call Ana Bel now"),
              ElementsAre(std::nullopt, std::nullopt));
  // The other way round than the template has it.
  EXPECT_THAT(read("call ⟨phone⟩, ⟨name⟩ now", "call Ana, 07700 900123 now"),
              ElementsAre(std::nullopt, std::nullopt));
}

TEST(SlotReader, PrefersTheRunOfFixedWordsToALoneOne) {
  // "and" stands in the slot too.
  EXPECT_THAT(read("ask for ⟨name⟩ and her friend", "ask for Ana and Bel and her friend"),
              ElementsAre(Optional(std::string("Ana and Bel"))));
}

TEST(SlotReader, LeavesTextsThatAreTooLong) {
  std::string fixed = "⟨name⟩";
  std::string text = "Noa";
  for (int i = 0; i < 1'100; ++i) {
    fixed += " word" + std::string(1, static_cast<char>('a' + i % 26));
    text += " other" + std::string(1, static_cast<char>('a' + i % 26));
  }
  EXPECT_THAT(read(fixed, text), ElementsAre(std::nullopt));
}

}  // namespace
}  // namespace ovillo::flow
