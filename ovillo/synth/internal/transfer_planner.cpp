#include "ovillo/synth/internal/transfer_planner.hpp"

#include <algorithm>
#include <array>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::synth {
namespace {

constexpr std::uint64_t kTransferSalt = 0x7472616e7366;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 86400;
// Families abroad of one actor: accounts of their own.
constexpr std::uint32_t kFirstFamilyAccount = 1'000'000;
constexpr std::size_t kShops = 120;

class TransferPlanner {
 public:
  TransferPlanner(const SynthOptions& options, const Cast& cast, Issuer& issuer,
                  std::vector<std::uint8_t>& seen)
      : options_(options), cast_(cast), seen_(seen), rng_(mix64(options.seed ^ kTransferSalt)) {
    for (std::uint32_t a = 0; a < cast.actors.size(); ++a)
      of_kind_[static_cast<std::size_t>(cast.actors[a].kind)].push_back(a);
    // Networks with planted signs come first, so that a small case shows them too.
    auto& networks = of_kind_[static_cast<std::size_t>(ActorKind::organised)];
    std::stable_partition(networks.begin(), networks.end(),
                          [&](std::uint32_t a) { return cast.actors[a].signs != 0; });
    for (std::size_t i = 0; i < kShops; ++i) shops_.push_back(issuer.account(IbanCountry::BE));
    social_security_ = issuer.account(IbanCountry::BE);
    for (std::size_t i = 0; i < 4; ++i) clients_.push_back(issuer.account(IbanCountry::BE));
    other_landlord_ = issuer.account(IbanCountry::FR);
  }

  std::vector<Transfer> plan() {
    while (out_.size() < options_.n_transfers) {
      const std::uint64_t what = rng_.below(1000);
      if (what < 260) {
        network();
      } else if (what < 350) {
        accredited();
      } else if (what < 430) {
        labour();
      } else if (what < 470) {
        employer();
      } else if (what < 760) {
        independent();
      } else if (what < 800) {
        cash();
      } else {
        daily();
      }
    }
    out_.resize(options_.n_transfers);
    for (const Transfer& row : out_)
      if (row.sign != 0) seen_[static_cast<std::size_t>(row.organiser)] |= row.sign;
    std::stable_sort(out_.begin(), out_.end(), [](const Transfer& a, const Transfer& b) {
      return a.time_utc_s < b.time_utc_s;
    });
    return std::move(out_);
  }

 private:
  // The next actor of a kind, each in turn; null when there is none.
  const Actor* next(ActorKind kind) {
    const auto& actors = of_kind_[static_cast<std::size_t>(kind)];
    std::size_t& turn = turn_[static_cast<std::size_t>(kind)];
    if (actors.empty()) return nullptr;
    return &cast_.actors[actors[turn++ % actors.size()]];
  }

  std::int64_t some_time() {
    const std::int64_t day = rng_.between(0, std::int64_t{options_.n_days} - 1);
    return options_.start_utc_s + day * kDay + rng_.between(420, 1320) * 60;  // 7 to 22 h
  }
  std::int64_t euros(std::int64_t low, std::int64_t high) { return rng_.between(low, high) * 100; }
  std::int64_t cents(std::int64_t low, std::int64_t high) {
    return rng_.between(low * 100, high * 100);
  }
  AccountRef person(const Actor& actor, std::uint64_t which) {
    return person_account(actor, actor.first_person + static_cast<std::uint32_t>(which));
  }
  AccountRef family(const Actor& actor, std::uint64_t which) {
    const std::uint64_t draw = mix64(actor.seed + which);
    return {draw % 2 == 0 ? IbanCountry::PT : IbanCountry::BR,
            kFirstFamilyAccount + actor.first_person * 2 + static_cast<std::uint32_t>(which)};
  }

  Transfer& add(std::int64_t time, AccountRef from, AccountRef to, std::int64_t amount_cents,
                Purpose purpose, const Actor* actor) {
    Transfer row;
    row.time_utc_s = time;
    row.from = from;
    row.to = to;
    row.amount_cents = amount_cents;
    row.purpose = purpose;
    row.channel = rng_.below(4) == 0 ? Channel::instant : Channel::bank;
    row.wording = static_cast<std::uint32_t>(rng_.next());
    if (actor != nullptr) row.organiser = actor->organiser;
    return out_.emplace_back(row);
  }

  void pay_adverts(const Actor& actor, std::int64_t time) {
    add(time, actor.payer, rng_.pick(cast_.platform_accounts), cents(15, 90), Purpose::advert,
        &actor);
  }

  // Earnings handed over, then sent on to Portugal or Brazil; or, where no sign is planted, shares
  // paid out to the people and something sent home.
  void network() {
    const Actor* actor = next(ActorKind::organised);
    if (actor == nullptr) return daily();
    const std::int64_t time = some_time();
    pay_adverts(*actor, time);
    const std::uint64_t n = 1 + rng_.below(std::min<std::uint64_t>(3, actor->n_persons));
    if ((actor->signs & bit(PlantedSign::earnings)) != 0) {
      std::int64_t total = 0;
      for (std::uint64_t i = 0; i < n; ++i) {
        const std::int64_t amount = euros(20, 90) * 10;
        total += amount;
        add(time + rng_.between(1, 20) * kHour, person(*actor, i), actor->payer, amount,
            Purpose::handed_over, actor)
            .sign = bit(PlantedSign::earnings);
      }
      send_abroad(*actor, time + rng_.between(24, 60) * kHour, total * 7 / 10);
    } else {
      for (std::uint64_t i = 0; i < n; ++i)
        add(time + rng_.between(1, 20) * kHour, actor->payer, person(*actor, i), cents(300, 900),
            Purpose::wage, actor);
      if (rng_.below(2) == 0) send_abroad(*actor, time + 2 * kDay, cents(100, 500));
    }
    if ((actor->signs & bit(PlantedSign::debt)) != 0)
      add(time + 3 * kDay, person(*actor, rng_.below(actor->n_persons)), actor->payer,
          euros(15, 30) * 10, Purpose::debt, actor)
          .sign = bit(PlantedSign::debt);
  }

  void send_abroad(const Actor& actor, std::int64_t time, std::int64_t amount) {
    Transfer& row =
        add(time, actor.payer, family(actor, rng_.below(2)), amount, Purpose::remittance, &actor);
    if (rng_.below(3) == 0) row.channel = Channel::remittance;
  }

  void accredited() {
    const Actor* actor = next(ActorKind::accredited);
    if (actor == nullptr) return daily();
    const std::int64_t time = some_time();
    for (std::uint64_t i = 0; i < 3; ++i)
      add(time + static_cast<std::int64_t>(i), actor->payer,
          person(*actor, rng_.below(actor->n_persons)), cents(1500, 2600), Purpose::wage, actor);
    add(time + kDay, actor->payer, social_security_, cents(2000, 6000), Purpose::contribution,
        actor);
    pay_adverts(*actor, time + 2 * kDay);
    add(time + 3 * kDay, actor->payer, rng_.pick(cast_.accountant_accounts), cents(120, 400),
        Purpose::accountant, actor);
  }

  // Wages go out, part of them comes back to the foreman within three days, and nothing is ever
  // paid for social security.
  void labour() {
    const Actor* actor = next(ActorKind::labour);
    if (actor == nullptr) return daily();
    const std::int64_t time = some_time();
    add(time, rng_.pick(clients_), actor->payer, cents(9000, 40000), Purpose::project, actor);
    const AccountRef foreman = person(*actor, 0);
    for (std::uint64_t i = 0; i < 3; ++i) {
      const AccountRef worker = person(*actor, 1 + rng_.below(actor->n_persons - 1U));
      const std::int64_t wage = cents(1600, 2100);
      add(time + kDay, actor->payer, worker, wage, Purpose::wage, actor);
      add(time + kDay + rng_.between(20, 70) * kHour, worker, foreman,
          wage * rng_.between(40, 60) / 10000 * 100, Purpose::wage_back, actor)
          .sign = bit(PlantedSign::wages_returned);
    }
  }

  void employer() {
    const Actor* actor = next(ActorKind::employer);
    if (actor == nullptr) return daily();
    const std::int64_t time = some_time();
    for (std::uint64_t i = 0; i < 2; ++i)
      add(time, actor->payer, family(*actor, i), cents(1500, 2400), Purpose::wage, actor);
    add(time + kDay, actor->payer, social_security_, cents(900, 2500), Purpose::contribution,
        actor);
  }

  void independent() {
    const Actor* actor = next(ActorKind::independent);
    if (actor == nullptr) return daily();
    const AccountRef own = person(*actor, 0);
    const std::int64_t time = some_time();
    if (actor->pays_by_booking)
      add(time, actor->payer, own, cents(80, 700), Purpose::advert, actor);
    if (actor->flat >= 0) {
      add(time, own, cast_.flats[static_cast<std::size_t>(actor->flat)].landlord,
          euros(40, 90) * 10, Purpose::rent, actor);
    } else if (rng_.below(4) == 0) {
      add(time, own, other_landlord_, euros(50, 120) * 10, Purpose::rent, actor);
    }
    if (rng_.below(3) == 0)
      add(time + kDay, own, rng_.pick(cast_.accountant_accounts), cents(60, 130),
          Purpose::accountant, actor);
    if (rng_.below(3) == 0) {
      add(time + 2 * kDay, own, family(*actor, 0), cents(50, 400), Purpose::family, actor);
    } else {
      add(time + 2 * kDay, own, rng_.pick(cast_.platform_accounts), cents(10, 60), Purpose::advert,
          actor);
    }
  }

  // Cash paid in at a machine: no account it comes from and no reference; now and then the same
  // amount twice in the same minute. Two equal rows are two deposits.
  void cash() {
    const Actor& actor = cast_.actors[rng_.below(cast_.actors.size())];
    Transfer row;
    row.time_utc_s = some_time();
    row.to = person(actor, rng_.below(actor.n_persons));
    row.has_from = row.has_reference = false;
    row.amount_cents = euros(5, 60) * 10;
    row.purpose = Purpose::cash;
    row.channel = Channel::cash;
    row.organiser = actor.organiser;
    out_.push_back(row);
    if (rng_.below(3) == 0) out_.push_back(row);
  }

  void daily() {
    const Actor& actor = cast_.actors[rng_.below(cast_.actors.size())];
    add(some_time(), person(actor, rng_.below(actor.n_persons)), rng_.pick(shops_), cents(4, 180),
        Purpose::daily, &actor);
  }

  const SynthOptions& options_;
  const Cast& cast_;
  std::vector<std::uint8_t>& seen_;
  Rng rng_;
  std::array<std::vector<std::uint32_t>, 5> of_kind_;
  std::array<std::size_t, 5> turn_{};
  std::vector<AccountRef> shops_, clients_;
  AccountRef social_security_, other_landlord_;
  std::vector<Transfer> out_;
};

}  // namespace

std::string_view channel_name(Channel channel) {
  static constexpr std::array<std::string_view, 4> kNames{"bank", "instant", "remittance", "cash"};
  return kNames[static_cast<std::size_t>(channel)];
}

std::vector<Transfer> plan_transfers(const SynthOptions& options, const Cast& cast, Issuer& issuer,
                                     std::vector<std::uint8_t>& seen) {
  return TransferPlanner(options, cast, issuer, seen).plan();
}

}  // namespace ovillo::synth
