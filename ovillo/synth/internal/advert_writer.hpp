// Writes one planned advert: its text in the hand of its actor, and the fields beside it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/rng.hpp"
#include "ovillo/synth/cast.hpp"
#include "ovillo/synth/phone_writing.hpp"
#include "ovillo/synth/vocabulary.hpp"

namespace ovillo::synth {

struct WrittenAdvert {
  std::string platform, account, country, title, text, phone, place, price, payer;
  std::uint32_t person = 0;
  std::string_view role;
  bool decoy = false;  ///< everyday wording that only looks urgent
};

class AdvertWriter {
 public:
  AdvertWriter(const SynthOptions& options, const Vocabulary& vocabulary, const Cast& cast)
      : options_(options), vocabulary_(vocabulary), cast_(cast) {}

  /// The same plan always gives the same advert.
  [[nodiscard]] WrittenAdvert write(const AdvertPlan& plan) const;

  /// An advert outside the plan (the second compartment): text of a hand that nobody else has, one
  /// phone in the field, another in the text.
  [[nodiscard]] WrittenAdvert write_bridge(const Actor& from, const Actor& to,
                                           std::uint64_t seed) const;

  [[nodiscard]] PhoneNumber number(PhoneRef phone) const {
    return vocabulary_.numbers.number(phone.country, phone.position, options_.seed);
  }
  [[nodiscard]] std::string iban(AccountRef account) const;
  /// Where an actor works from: its flat's address, or its own.
  [[nodiscard]] std::string street(const Actor& actor) const;
  [[nodiscard]] const std::string& town(const Actor& actor, std::int64_t time_utc_s,
                                        Language language) const;
  /// The name a person goes by. @param turn  another name may be used in another turn.
  [[nodiscard]] const std::string& name(const Actor& actor, std::uint32_t person,
                                        std::uint64_t turn) const;

 private:
  struct Sentence {
    const Phrase* phrase;
    std::uint64_t seed;
  };
  struct Draft;

  [[nodiscard]] std::size_t town_at(const Actor& actor, std::int64_t time_utc_s) const;
  void choose_person(Draft& draft) const;
  void choose_phone(Draft& draft) const;
  [[nodiscard]] std::size_t next_town(const Draft& draft) const;
  void fill_slots(Draft& draft) const;
  void choose_account(Draft& draft) const;
  void choose_payer(Draft& draft) const;
  [[nodiscard]] std::vector<Sentence> sentences(const Draft& draft) const;
  void add_own_sentences(const Draft& draft, Rng& hand, std::vector<Sentence>& out) const;
  void write_text(Draft& draft) const;
  void edit(const Draft& draft, std::vector<Sentence>& sentences, Rng& draw) const;

  const SynthOptions& options_;
  const Vocabulary& vocabulary_;
  const Cast& cast_;
};

}  // namespace ovillo::synth
