// Phrases with holes: how invented texts are written.
//
//   "{Hello|Hi} dear, I am <name>, <age>, $origin."
//
// {a|b} and $list are settled by the hand that writes: one hand always takes the same way. <slot>
// is filled anew in each text. The file format is docs/formats/synth.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::synth {

/// What a <slot> can stand for.
enum class Slot : std::uint8_t {
  name,
  age,
  place,
  place2,
  street,
  phone,
  price,
  price2,
  from,
  to,
  n,
  firm,
  email,
  salary,
  platform,
  helpline,
  month,
};
inline constexpr std::size_t kSlots = 17;

/// The words for the slots of one text.
struct SlotValues {
  std::array<std::string, kSlots> value;
  std::string& operator[](Slot slot) { return value[static_cast<std::size_t>(slot)]; }
  const std::string& operator[](Slot slot) const { return value[static_cast<std::size_t>(slot)]; }
};

using WordLists = std::vector<std::pair<std::string, std::vector<std::string>>>;

class Phrase {
 public:
  /// @param lists  what $list may name. @error base.bad_data_file with the phrase.
  static Result<Phrase> parse(std::string_view text, const WordLists& lists);

  /// Appends the phrase as the hand writes it.
  /// @param hand                 seeded by the hand; the same seed takes the same choices.
  /// @param common_per_mille     how often the hand takes the commonest wording (the first).
  void append(std::string& out, Rng& hand, unsigned common_per_mille,
              const SlotValues& slots) const;

  [[nodiscard]] bool has(Slot slot) const;

 private:
  struct Part {
    std::vector<std::string> options;  // one: literal; several: a choice; none: a slot
    Slot slot = Slot::name;
    bool word_list = false;  // no commonest word in a list
  };
  std::vector<Part> parts_;
};

}  // namespace ovillo::synth
