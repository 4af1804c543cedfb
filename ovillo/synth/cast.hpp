// The cast: who is behind an invented case, before anything is written.
//
// A Cast holds actors (a network, an employer, one independent person) with their people, phones,
// accounts and rounds, and the plan of adverts in time order. Texts are not in it: they are written
// from the actor's seed when they are needed, so a million adverts take some 60 MB here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/synth/iban.hpp"
#include "ovillo/synth/options.hpp"
#include "ovillo/synth/vocabulary.hpp"

namespace ovillo::synth {

/// What an actor is in the truth. `organised` says only that several people stand behind the
/// adverts; whether signs of exploitation are planted is Actor::signs.
enum class ActorKind : std::uint8_t { independent, organised, accredited, labour, employer };
std::string_view actor_kind_name(ActorKind kind);

/// A sign of exploitation that an actor can show. Bits of Actor::signs.
enum class PlantedSign : std::uint8_t { debt, documents, earnings, control, wages_returned };
inline constexpr std::size_t kPlantedSigns = 5;
std::string_view planted_sign_name(PlantedSign sign);
constexpr std::uint8_t bit(PlantedSign sign) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(sign));
}

enum class UrgentKind : std::uint8_t { none, minority, captivity, suicide, violence };
std::string_view urgent_kind_name(UrgentKind kind);  ///< empty for none

struct PhoneRef {
  std::uint8_t country = 0;  ///< of FictionNumbers
  std::uint32_t position = 0;
};

struct AccountRef {
  IbanCountry country = IbanCountry::BE;
  std::uint32_t position = 0;
  bool operator==(const AccountRef&) const = default;
};

struct Actor {
  std::uint64_t seed = 0;
  ActorKind kind = ActorKind::independent;
  Language language = Language::es;
  std::uint8_t n_hands = 1;  ///< how many write the adverts
  std::uint8_t n_towns = 1;  ///< its round: towns[0..n_towns)
  std::array<std::uint8_t, 5> towns{};
  std::uint8_t signs = 0;        ///< bits of PlantedSign
  bool recruits = false;         ///< also places adverts for jobs that are not what they say
  bool pays_by_booking = false;  ///< pays through the booking platform's account
  std::uint16_t n_persons = 1;
  std::uint16_t n_phones = 1;
  std::uint16_t firm = 0;  ///< index into the firms of its kind
  std::uint16_t hidden_per_mille = 0;
  std::uint32_t first_person = 0;  ///< persons are numbered through the whole case
  std::uint32_t first_phone = 0;   ///< index into Cast::phones
  std::uint32_t n_adverts = 0;
  std::int32_t organiser = -1;  ///< number in the truth; -1 for one person alone
  std::int32_t flat = -1;       ///< index into Cast::flats
  AccountRef payer;             ///< pays for its adverts
};

/// A flat shared by independents: one address, one landlord.
struct Flat {
  std::uint8_t town = 0;
  std::uint16_t street = 0;
  std::uint16_t number = 1;
  AccountRef landlord;
};

struct AdvertPlan {
  std::int64_t time_utc_s = 0;
  std::uint32_t actor = 0;
  std::uint16_t k = 0;  ///< which of the actor's adverts, in time order
  UrgentKind urgent = UrgentKind::none;
};

struct Cast {
  std::vector<Actor> actors;
  std::vector<PhoneRef> phones;
  std::vector<Flat> flats;
  std::vector<AdvertPlan> adverts;              ///< by time, then actor, then k
  std::vector<std::uint32_t> organisers;        ///< organiser number -> actor
  std::vector<AccountRef> accredited_accounts;  ///< by firm
  std::vector<AccountRef> booking_accounts;     ///< one per country of the site, common to many
  std::vector<AccountRef> accountant_accounts;
  std::vector<AccountRef> platform_accounts;
  std::vector<PhoneRef> helplines;  ///< one per platform
  PhoneRef taxi;                    ///< everybody calls it
  std::uint32_t n_persons = 0;
};

/// Hands out phones and accounts, each once.
class Issuer {
 public:
  Issuer(const FictionNumbers& numbers, std::uint64_t seed)
      : numbers_(&numbers), seed_(seed), next_phone_(numbers.size(), 0) {}

  /// The next number of `country`, or of Spain when that country has none left.
  PhoneRef phone(std::string_view country);
  AccountRef account(IbanCountry country) {
    return {country, next_account_[static_cast<std::size_t>(country)]++};
  }
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  const FictionNumbers* numbers_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> next_phone_;
  std::array<std::uint32_t, kIbanCountries> next_account_{};
  bool exhausted_ = false;
};

/// The account of one person; never issued by anybody else.
AccountRef person_account(const Actor& actor, std::uint32_t person);

/// @error synth.no_numbers_left.
Result<Cast> make_cast(const SynthOptions& options, const Vocabulary& vocabulary, Issuer& issuer);

}  // namespace ovillo::synth
