#include "ovillo/synth/internal/report_writer.hpp"

#include <algorithm>

#include "ovillo/base/hash.hpp"

namespace ovillo::synth {
namespace {

constexpr std::uint64_t kReportSalt = 0x7265706f7274;

class ReportWriter {
 public:
  ReportWriter(const SynthOptions& options, const Vocabulary& vocabulary, const Cast& cast,
               const AdvertWriter& adverts, Issuer& issuer, std::vector<std::uint8_t>& seen)
      : options_(options),
        vocabulary_(vocabulary),
        cast_(cast),
        adverts_(adverts),
        issuer_(issuer),
        seen_(seen),
        rng_(mix64(options.seed ^ kReportSalt)) {
    for (std::uint32_t a = 0; a < cast.actors.size(); ++a) {
      const ActorKind kind = cast.actors[a].kind;
      if (kind == ActorKind::organised) networks_.push_back(a);
      if (kind == ActorKind::independent) alone_.push_back(a);
    }
  }

  std::vector<Report> write() {
    const std::uint32_t n = options_.n_reports;
    // At most a quarter is urgent and a fifth shows signs; of three tips, one each.
    const std::uint32_t n_urgent = std::min(options_.n_urgent_reports, (n + 3) / 4);
    for (std::uint32_t i = 0; i < n_urgent; ++i) urgent(static_cast<UrgentKind>(1 + i % 4));
    signs((n + 4) / 5);
    while (out_.size() < n) {
      const std::uint64_t what = rng_.below(100);
      if (what < 25 && !networks_.empty()) {
        about(Section::tip_network, cast_.actors[rng_.pick(networks_)]);
      } else if (what < 45) {
        tell(Section::decoy_report, anybody());
        out_.back().decoy = true;
      } else {
        tell(Section::tip_neutral, anybody());
      }
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Report& a, const Report& b) { return a.time_utc_s < b.time_utc_s; });
    return std::move(out_);
  }

 private:
  const Actor& anybody() {
    return cast_.actors[alone_.empty() ? rng_.below(cast_.actors.size()) : rng_.pick(alone_)];
  }

  void urgent(UrgentKind kind) {
    const bool network = !networks_.empty() && (alone_.empty() || rng_.below(5) < 3);
    const Actor& actor = network ? cast_.actors[rng_.pick(networks_)] : anybody();
    about(static_cast<Section>(static_cast<std::size_t>(Section::minority_report) +
                               static_cast<std::size_t>(kind) - 1),
          actor);
    out_.back().urgent = kind;
  }

  // Every planted sign gets a tip, in mixed order, as far as there is room. Wages taken back are
  // seen in transfers alone.
  void signs(std::uint32_t room) {
    struct Planted {
      std::uint32_t actor;
      PlantedSign sign;
    };
    std::vector<Planted> planted;
    for (const std::uint32_t a : networks_)
      for (std::size_t s = 0; s + 1 < kPlantedSigns; ++s)
        if ((cast_.actors[a].signs & bit(static_cast<PlantedSign>(s))) != 0)
          planted.push_back({a, static_cast<PlantedSign>(s)});
    rng_.shuffle(planted);
    for (const Planted& tip : planted) {
      if (room == 0 || out_.size() >= options_.n_reports) return;
      --room;
      const Actor& actor = cast_.actors[tip.actor];
      about(static_cast<Section>(static_cast<std::size_t>(Section::tip_debt) +
                                 static_cast<std::size_t>(tip.sign)),
            actor);
      seen_[static_cast<std::size_t>(actor.organiser)] |= bit(tip.sign);
    }
  }

  // A tip that names the actor's phone.
  void about(Section section, const Actor& actor) {
    const std::size_t which = rng_.below(actor.n_phones);
    write(section, actor, cast_.phones[actor.first_phone + which]);
    out_.back().organiser = actor.organiser;
  }

  // A tip that has nothing to do with anybody here.
  void tell(Section section, const Actor& teller) { write(section, teller, issuer_.phone("BE")); }

  void write(Section section, const Actor& actor, PhoneRef phone) {
    Report report;
    report.time_utc_s =
        options_.start_utc_s +
        static_cast<std::int64_t>(rng_.below(std::uint64_t{options_.n_days} * 1440)) * 60;
    report.language = actor.language;
    const LanguageVocabulary& words = vocabulary_[actor.language];
    SlotValues slots;
    slots[Slot::place] = adverts_.town(actor, report.time_utc_s, actor.language);
    slots[Slot::street] = adverts_.street(actor);
    slots[Slot::phone] =
        write_phone(adverts_.number(phone), rng_.below(2) == 0 ? PhoneWay::run : PhoneWay::grouped,
                    true, words, rng_);
    rng_.pick(words[section]).append(report.text, rng_, 300, slots);
    out_.push_back(std::move(report));
  }

  const SynthOptions& options_;
  const Vocabulary& vocabulary_;
  const Cast& cast_;
  const AdvertWriter& adverts_;
  Issuer& issuer_;
  std::vector<std::uint8_t>& seen_;
  Rng rng_;
  std::vector<std::uint32_t> networks_, alone_;
  std::vector<Report> out_;
};

}  // namespace

std::vector<Report> write_reports(const SynthOptions& options, const Vocabulary& vocabulary,
                                  const Cast& cast, const AdvertWriter& adverts, Issuer& issuer,
                                  std::vector<std::uint8_t>& seen) {
  return ReportWriter(options, vocabulary, cast, adverts, issuer, seen).write();
}

}  // namespace ovillo::synth
