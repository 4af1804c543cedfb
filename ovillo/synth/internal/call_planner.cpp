#include "ovillo/synth/internal/call_planner.hpp"

#include <algorithm>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/rng.hpp"

namespace ovillo::synth {
namespace {

constexpr std::uint64_t kCallSalt = 0x63616c6c;

class CallPlanner {
 public:
  CallPlanner(const SynthOptions& options, const Cast& cast, Issuer& issuer)
      : options_(options), cast_(cast), issuer_(issuer), rng_(mix64(options.seed ^ kCallSalt)) {
    for (std::uint32_t a = 0; a < cast.actors.size(); ++a) {
      const Actor& actor = cast.actors[a];
      if (actor.kind == ActorKind::organised && actor.n_phones > 1) networks_.push_back(a);
      if (actor.kind == ActorKind::independent) alone_.push_back(a);
    }
  }

  std::vector<Call> plan() {
    while (out_.size() < options_.n_calls) {
      const std::uint64_t what = rng_.below(100);
      if (what < 30 && !networks_.empty()) {
        inside_network();
      } else if (what < 45 && !alone_.empty()) {
        add(phone(rng_.pick(alone_)), cast_.taxi);
      } else if (what < 58 && alone_.size() > 1) {
        // A colleague who knows where she is: always the same one.
        const std::size_t i = rng_.below(alone_.size());
        add(phone(alone_[i]),
            phone(alone_[i % 2 == 0 && i + 1 < alone_.size() ? i + 1 : i - i % 2]));
      } else {
        const auto a = static_cast<std::uint32_t>(rng_.below(cast_.actors.size()));
        add(issuer_.phone(rng_.below(2) == 0 ? "BE" : "NL"), phone(a));
      }
    }
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Call& a, const Call& b) { return a.time_utc_s < b.time_utc_s; });
    return std::move(out_);
  }

 private:
  PhoneRef phone(std::uint32_t actor) {
    const Actor& who = cast_.actors[actor];
    return cast_.phones[who.first_phone + rng_.below(who.n_phones)];
  }

  void inside_network() {
    const Actor& actor = cast_.actors[rng_.pick(networks_)];
    const std::uint64_t other = 1 + rng_.below(actor.n_phones - 1U);
    PhoneRef from = cast_.phones[actor.first_phone];
    PhoneRef to = cast_.phones[actor.first_phone + other];
    if (rng_.below(3) == 0) std::swap(from, to);
    add(from, to);
  }

  void add(PhoneRef from, PhoneRef to) {
    if (from.country == to.country && from.position == to.position) return;
    const auto minute =
        static_cast<std::int64_t>(rng_.below(std::uint64_t{options_.n_days} * 86400));
    out_.push_back({options_.start_utc_s + minute, from, to,
                    static_cast<std::uint32_t>(5 + rng_.below(rng_.below(4) == 0 ? 1200 : 180))});
  }

  const SynthOptions& options_;
  const Cast& cast_;
  Issuer& issuer_;
  Rng rng_;
  std::vector<std::uint32_t> networks_, alone_;
  std::vector<Call> out_;
};

}  // namespace

std::vector<Call> plan_calls(const SynthOptions& options, const Cast& cast, Issuer& issuer) {
  return CallPlanner(options, cast, issuer).plan();
}

}  // namespace ovillo::synth
