#include "ovillo/synth/cast.hpp"

#include <algorithm>
#include <tuple>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::synth {
namespace {

constexpr std::array<std::string_view, 5> kActorKinds{"independent", "organised", "accredited",
                                                      "labour", "employer"};
constexpr std::array<std::string_view, kPlantedSigns> kSignNames{"debt", "documents", "earnings",
                                                                 "control", "wages_returned"};
constexpr std::array<std::string_view, 5> kUrgentNames{"", "minority", "captivity", "suicide",
                                                       "violence"};

// Sizes of networks and of one person's adverts: many small, few large.
constexpr std::array<std::uint32_t, 16> kNetworkSizes{3,  4,  5,  6,  6,  8,  8,  10,
                                                      12, 14, 16, 20, 24, 30, 42, 60};
constexpr std::array<std::uint32_t, 20> kOwnAdverts{1, 1, 1, 1, 1, 1, 1, 1, 2, 2,
                                                    2, 2, 2, 3, 3, 4, 4, 5, 6, 8};

// Per language, twenty draws of a phone's country.
constexpr std::array<std::array<std::string_view, 20>, kLanguages> kPhoneCountries{{
    {"ES", "ES", "ES", "ES", "ES", "ES", "ES", "ES", "ES", "ES",
     "ES", "BE", "BE", "BE", "BE", "BE", "NL", "NL", "FR", "PT"},
    {"PT", "PT", "PT", "PT", "PT", "PT", "PT", "PT", "BR", "BR",
     "BR", "BE", "BE", "BE", "BE", "ES", "ES", "ES", "NL", "FR"},
    {"FR", "FR", "FR", "FR", "FR", "FR", "FR", "FR", "FR", "BE",
     "BE", "BE", "BE", "BE", "BE", "BE", "BE", "BE", "ES", "NL"},
    {"NL", "NL", "NL", "NL", "NL", "NL", "NL", "NL", "NL", "BE",
     "BE", "BE", "BE", "BE", "BE", "BE", "BE", "BE", "BE", "BE"},
    {"BE", "BE", "BE", "BE", "BE", "BE", "NL", "NL", "NL", "NL",
     "NL", "GB", "GB", "GB", "GB", "RO", "RO", "RO", "ES", "FR"},
}};

constexpr std::array<IbanCountry, 10> kAccountCountries{
    IbanCountry::BE, IbanCountry::BE, IbanCountry::BE, IbanCountry::BE, IbanCountry::NL,
    IbanCountry::NL, IbanCountry::ES, IbanCountry::ES, IbanCountry::FR, IbanCountry::PT};

// Accounts that belong to persons start here; those below are issued one by one.
constexpr std::uint32_t kFirstPersonAccount = 2'000'000;

Language draw_language(Rng& rng) {
  static constexpr std::array<unsigned, kLanguages> kShare{26, 20, 20, 18, 16};
  auto left = static_cast<unsigned>(rng.below(100));
  std::size_t i = 0;
  while (left >= kShare[i]) left -= kShare[i++];
  return static_cast<Language>(i);
}

std::string_view draw_site_country(Language language, Rng& rng) {
  static constexpr std::array<std::array<std::string_view, 10>, kLanguages> kSites{{
      {"BE", "BE", "BE", "ES", "ES", "ES", "ES", "NL", "FR", "PT"},
      {"BE", "BE", "BE", "BE", "PT", "PT", "PT", "ES", "NL", "FR"},
      {"BE", "BE", "BE", "BE", "BE", "FR", "FR", "FR", "FR", "BE"},
      {"BE", "BE", "BE", "BE", "BE", "BE", "NL", "NL", "NL", "NL"},
      {"BE", "BE", "BE", "NL", "NL", "NL", "GB", "GB", "GB", "ES"},
  }};
  return rng.pick(kSites[static_cast<std::size_t>(language)]);
}

class CastMaker {
 public:
  CastMaker(const SynthOptions& options, const Vocabulary& vocabulary, Issuer& issuer)
      : options_(options), vocabulary_(vocabulary), issuer_(issuer), rng_(options.seed) {}

  Cast make() {
    common_accounts();
    const std::uint32_t n = options_.n_adverts;
    const auto share = [n](unsigned per_mille) {
      return static_cast<std::uint32_t>(std::uint64_t{n} * per_mille / 1000);
    };
    std::uint32_t left = n;
    for (const auto& [kind, budget] :
         {std::pair{ActorKind::organised, share(options_.organised_per_mille)},
          std::pair{ActorKind::accredited, share(options_.accredited_per_mille)},
          std::pair{ActorKind::labour, share(options_.labour_per_mille)},
          std::pair{ActorKind::employer, share(options_.ordinary_job_per_mille)}}) {
      left -= add_kind(kind, std::min(budget, left));
    }
    add_independents(left);
    share_flats();
    plan_adverts();
    plant_urgent();
    return std::move(cast_);
  }

 private:
  void common_accounts() {
    for (std::size_t i = 0; i < vocabulary_.accredited_firms.size(); ++i)
      cast_.accredited_accounts.push_back(issuer_.account(rng_.pick(kAccountCountries)));
    for (std::size_t i = 0; i < 6; ++i)
      cast_.booking_accounts.push_back(issuer_.account(static_cast<IbanCountry>(i % 4)));
    for (std::size_t i = 0; i < vocabulary_.accountants.size(); ++i)
      cast_.accountant_accounts.push_back(issuer_.account(rng_.pick(kAccountCountries)));
    for (std::size_t i = 0; i < vocabulary_.platforms.size(); ++i) {
      cast_.platform_accounts.push_back(issuer_.account(IbanCountry::NL));
      cast_.helplines.push_back(issuer_.phone("IE"));
    }
    cast_.taxi = issuer_.phone("IE");
  }

  // Adds actors of one kind until their adverts fill the budget. @return how many adverts.
  std::uint32_t add_kind(ActorKind kind, std::uint32_t budget) {
    const std::uint32_t smallest = kind == ActorKind::employer ? 1 : 3;
    std::uint32_t used = 0;
    while (budget - used >= smallest) {
      const std::uint32_t rest = budget - used;
      std::uint32_t size = 0;
      switch (kind) {
        case ActorKind::accredited:
          size = 8 + static_cast<std::uint32_t>(rng_.below(33));
          break;
        case ActorKind::labour:
          size = 6 + static_cast<std::uint32_t>(rng_.below(12));
          break;
        case ActorKind::employer:
          size = 1 + static_cast<std::uint32_t>(rng_.below(4));
          break;
        default:
          size = options_.network_size > 0 ? options_.network_size : rng_.pick(kNetworkSizes);
      }
      size = std::min(size, rest);
      add_actor(kind, size);
      used += size;
    }
    return used;
  }

  void add_independents(std::uint32_t budget) {
    while (budget > 0) {
      const std::uint32_t size = std::min(budget, rng_.pick(kOwnAdverts));
      add_actor(ActorKind::independent, size);
      budget -= size;
    }
  }

  void add_actor(ActorKind kind, std::uint32_t n_adverts) {
    Actor actor;
    actor.seed = rng_.next();
    actor.kind = kind;
    actor.n_adverts = n_adverts;
    actor.language = draw_language(rng_);
    people(actor);
    round_of_towns(actor);
    phones(actor);
    accounts(actor);
    signs(actor);
    if (kind == ActorKind::organised || kind == ActorKind::accredited ||
        kind == ActorKind::labour) {
      actor.organiser = static_cast<std::int32_t>(cast_.organisers.size());
      cast_.organisers.push_back(static_cast<std::uint32_t>(cast_.actors.size()));
    }
    cast_.actors.push_back(actor);
  }

  void people(Actor& actor) {
    switch (actor.kind) {
      case ActorKind::organised:
        actor.n_persons = static_cast<std::uint16_t>(
            std::min<std::uint64_t>(12, 2 + actor.n_adverts / 6 + rng_.below(2)));
        actor.n_hands = actor.n_adverts < 8 ? 1 : static_cast<std::uint8_t>(1 + rng_.below(3));
        break;
      case ActorKind::accredited:
        actor.n_persons = static_cast<std::uint16_t>(4 + actor.n_adverts / 3);
        break;
      case ActorKind::labour:
        actor.n_persons = static_cast<std::uint16_t>(8 + rng_.below(13));
        break;
      default:
        actor.n_persons = 1;
    }
    actor.first_person = cast_.n_persons;
    cast_.n_persons += actor.n_persons;
  }

  void round_of_towns(Actor& actor) {
    const std::string_view country = draw_site_country(actor.language, rng_);
    bool tours = rng_.chance_per_mille(actor.kind == ActorKind::organised ? 700 : 350);
    if (actor.kind == ActorKind::accredited || actor.kind == ActorKind::employer) tours = false;
    actor.n_towns = tours ? static_cast<std::uint8_t>(2 + rng_.below(4)) : std::uint8_t{1};
    for (std::size_t i = 0; i < actor.n_towns; ++i) {
      // One town in six of a round lies abroad.
      const bool abroad = i > 0 && rng_.below(6) == 0;
      actor.towns[i] = draw_town(abroad ? draw_site_country(actor.language, rng_) : country);
    }
  }

  std::uint8_t draw_town(std::string_view country) {
    for (;;) {
      const std::uint64_t at = rng_.below(vocabulary_.towns.size());
      if (vocabulary_.towns[at].country == country) return static_cast<std::uint8_t>(at);
    }
  }

  void phones(Actor& actor) {
    switch (actor.kind) {
      case ActorKind::organised:
        actor.n_phones = static_cast<std::uint16_t>(
            1 + rng_.below(std::min<std::uint32_t>(6, 1 + actor.n_adverts / 3)));
        actor.hidden_per_mille = static_cast<std::uint16_t>(options_.hidden_organised_per_mille);
        break;
      case ActorKind::independent:
        actor.n_phones = actor.n_adverts > 2 && rng_.below(10) == 0 ? 2 : 1;
        actor.hidden_per_mille = static_cast<std::uint16_t>(options_.hidden_phone_per_mille);
        break;
      default:
        actor.n_phones = 1;
    }
    actor.first_phone = static_cast<std::uint32_t>(cast_.phones.size());
    const auto& countries = kPhoneCountries[static_cast<std::size_t>(actor.language)];
    for (std::size_t i = 0; i < actor.n_phones; ++i)
      cast_.phones.push_back(issuer_.phone(rng_.pick(countries)));
  }

  void accounts(Actor& actor) {
    switch (actor.kind) {
      case ActorKind::accredited:
        // The firms of the list first, then further ones that come after them in the list.
        actor.firm = static_cast<std::uint16_t>(n_accredited_++);
        actor.payer = actor.firm < cast_.accredited_accounts.size()
                          ? cast_.accredited_accounts[actor.firm]
                          : issuer_.account(rng_.pick(kAccountCountries));
        if (actor.firm >= cast_.accredited_accounts.size())
          cast_.accredited_accounts.push_back(actor.payer);
        break;
      case ActorKind::independent:
        actor.pays_by_booking = rng_.chance_per_mille(options_.booking_per_mille);
        actor.payer = actor.pays_by_booking ? rng_.pick(cast_.booking_accounts)
                                            : person_account(actor, actor.first_person);
        break;
      case ActorKind::labour:
        actor.firm = static_cast<std::uint16_t>(rng_.below(vocabulary_.building_firms.size()));
        actor.payer = issuer_.account(IbanCountry::BE);
        break;
      case ActorKind::employer:
        actor.firm = static_cast<std::uint16_t>(rng_.below(vocabulary_.ordinary_firms.size()));
        actor.payer = issuer_.account(rng_.pick(kAccountCountries));
        break;
      case ActorKind::organised:
        actor.payer = issuer_.account(rng_.pick(kAccountCountries));
    }
  }

  void signs(Actor& actor) {
    if (actor.kind == ActorKind::labour) actor.signs = bit(PlantedSign::wages_returned);
    if (actor.kind != ActorKind::organised ||
        !rng_.chance_per_mille(options_.exploitative_per_mille))
      return;
    while (actor.signs == 0)
      for (const PlantedSign sign :
           {PlantedSign::debt, PlantedSign::documents, PlantedSign::earnings, PlantedSign::control})
        if (rng_.chance_per_mille(450)) actor.signs |= bit(sign);
    actor.recruits = rng_.chance_per_mille(300);
  }

  // Two to four independents who work in the same town share an address and a landlord.
  void share_flats() {
    std::vector<std::vector<std::uint32_t>> waiting(vocabulary_.towns.size());
    std::vector<AccountRef> landlords;
    for (std::uint32_t i = 0; i < cast_.actors.size(); ++i) {
      const Actor& actor = cast_.actors[i];
      if (actor.kind != ActorKind::independent ||
          !rng_.chance_per_mille(options_.flat_share_per_mille))
        continue;
      auto& group = waiting[actor.towns[0]];
      group.push_back(i);
      if (group.size() < 2 + rng_.below(3)) continue;
      if (landlords.empty() || rng_.below(3) == 0)
        landlords.push_back(issuer_.account(IbanCountry::BE));
      for (const std::uint32_t member : group)
        cast_.actors[member].flat = static_cast<std::int32_t>(cast_.flats.size());
      cast_.flats.push_back(
          {actor.towns[0], static_cast<std::uint16_t>(rng_.below(vocabulary_.streets.size())),
           static_cast<std::uint16_t>(1 + rng_.below(180)), rng_.pick(landlords)});
      group.clear();
    }
  }

  // The adverts of one actor keep their order; they are spread over a stretch of the period.
  void plan_adverts() {
    const std::int64_t period_s = std::int64_t{options_.n_days} * 86400;
    cast_.adverts.reserve(options_.n_adverts);
    for (std::uint32_t a = 0; a < cast_.actors.size(); ++a) {
      const Actor& actor = cast_.actors[a];
      const std::int64_t longest = std::int64_t{actor.n_adverts} * 6 * 86400;
      const std::int64_t span_s = std::max<std::int64_t>(3600, std::min(period_s, longest));
      const std::int64_t begin_s =
          options_.start_utc_s + rng_.between(0, std::max<std::int64_t>(0, period_s - span_s));
      for (std::uint32_t k = 0; k < actor.n_adverts; ++k) {
        const std::int64_t step_s = span_s / actor.n_adverts;
        const std::int64_t at =
            begin_s + step_s * k + rng_.between(0, std::max<std::int64_t>(0, step_s - 1));
        cast_.adverts.push_back({at - at % 60, a, static_cast<std::uint16_t>(k), UrgentKind::none});
      }
    }
    std::sort(cast_.adverts.begin(), cast_.adverts.end(),
              [](const AdvertPlan& x, const AdvertPlan& y) {
                return std::tie(x.time_utc_s, x.actor, x.k) < std::tie(y.time_utc_s, y.actor, y.k);
              });
  }

  void plant_urgent() {
    std::uint32_t left = std::min<std::uint32_t>(options_.n_urgent_adverts, options_.n_adverts / 4);
    for (unsigned turn = 0; left > 0; ++turn) {
      AdvertPlan& plan = cast_.adverts[rng_.below(cast_.adverts.size())];
      if (plan.urgent != UrgentKind::none) continue;
      plan.urgent = static_cast<UrgentKind>(1 + turn % 4);
      --left;
    }
  }

  const SynthOptions& options_;
  const Vocabulary& vocabulary_;
  Issuer& issuer_;
  Rng rng_;
  Cast cast_;
  std::uint32_t n_accredited_ = 0;
};

}  // namespace

std::string_view actor_kind_name(ActorKind kind) {
  return kActorKinds[static_cast<std::size_t>(kind)];
}
std::string_view planted_sign_name(PlantedSign sign) {
  return kSignNames[static_cast<std::size_t>(sign)];
}
std::string_view urgent_kind_name(UrgentKind kind) {
  return kUrgentNames[static_cast<std::size_t>(kind)];
}

PhoneRef Issuer::phone(std::string_view code) {
  std::size_t country = numbers_->country(code);
  if (country == numbers_->size() || next_phone_[country] >= numbers_->capacity(country))
    country = numbers_->country("ES");
  if (country == numbers_->size() || next_phone_[country] >= numbers_->capacity(country)) {
    exhausted_ = true;
    return {};
  }
  return {static_cast<std::uint8_t>(country), static_cast<std::uint32_t>(next_phone_[country]++)};
}

AccountRef person_account(const Actor& actor, std::uint32_t person) {
  const std::uint64_t draw = mix64(actor.seed ^ person);
  return {kAccountCountries[draw % kAccountCountries.size()], kFirstPersonAccount + person};
}

Result<Cast> make_cast(const SynthOptions& options, const Vocabulary& vocabulary, Issuer& issuer) {
  Cast cast = CastMaker(options, vocabulary, issuer).make();
  if (issuer.exhausted()) return Error(ErrorCode::synth_no_numbers_left);
  return cast;
}

}  // namespace ovillo::synth
