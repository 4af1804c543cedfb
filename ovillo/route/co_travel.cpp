#include "ovillo/route/co_travel.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "ovillo/base/rng.hpp"

namespace ovillo::route {

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

constexpr std::size_t kMostMeetings = 10'000'000;

/// Stays by place, their owners as numbers in byte order of names.
struct Places {
  std::vector<std::string> who;
  std::vector<std::uint32_t> owner;  ///< per stay
  std::vector<std::vector<std::uint32_t>> stays;
};

Places places_of(std::span<const Stay> stays) {
  Places out;
  std::map<std::string, std::vector<std::uint32_t>> at;
  for (std::uint32_t i = 0; i < stays.size(); ++i) {
    // Stays come in order of their entities.
    if (out.who.empty() || out.who.back() != stays[i].entity) out.who.push_back(stays[i].entity);
    out.owner.push_back(static_cast<std::uint32_t>(out.who.size() - 1));
    at[stays[i].place].push_back(i);
  }
  for (auto& [place, list] : at) out.stays.push_back(std::move(list));
  return out;
}

/// Pairs of stays at one place that may have been at one time.
Result<std::vector<Pair>> meetings_of(const Places& places, std::span<const Stay> stays) {
  std::vector<Pair> out;
  const auto from = [&](std::uint32_t i) { return stays[i].begin_utc_s - stays[i].uncertainty_s; };
  const auto until = [&](std::uint32_t i) { return stays[i].end_utc_s + stays[i].uncertainty_s; };
  for (std::vector<std::uint32_t> here : places.stays) {
    std::sort(here.begin(), here.end(), [&](std::uint32_t x, std::uint32_t y) {
      return from(x) != from(y) ? from(x) < from(y) : x < y;
    });
    std::vector<std::uint32_t> present;
    for (const std::uint32_t next : here) {
      std::erase_if(present, [&](std::uint32_t one) { return until(one) < from(next); });
      for (const std::uint32_t one : present) out.emplace_back(one, next);
      if (out.size() > kMostMeetings)
        return Error(ErrorCode::route_bad_limit,
                     "above ten million stays at the same place and time");
      present.push_back(next);
    }
  }
  return out;
}

Pair pair_of(std::uint32_t a, std::uint32_t b) { return std::minmax(a, b); }

void correct_for_many(std::vector<CoTravel>& tested) {
  double so_far = 0;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const double corrected = tested[i].p_value * static_cast<double>(tested.size() - i);
    so_far = std::max(so_far, std::min(1.0, corrected));
    tested[i].p_holm = so_far;
  }
}

}  // namespace

Result<std::vector<CoTravel>> co_travel(const GrantedStays& stays, const CoTravelOptions& options) {
  if (options.n_permutations < 99 || options.n_permutations > 99'999)
    return Error(ErrorCode::route_bad_limit, "from 99 to 99,999 permutations");
  const Places places = places_of(stays.all());
  OVILLO_TRY(const auto meetings, meetings_of(places, stays.all()));
  std::map<Pair, std::pair<std::uint64_t, std::set<std::string_view>>> met;
  for (const auto& [x, y] : meetings) {
    if (places.owner[x] == places.owner[y]) continue;
    auto& [n, where] = met[pair_of(places.owner[x], places.owner[y])];
    ++n;
    where.insert(stays.all()[x].place);
  }
  std::vector<CoTravel> out;
  std::map<Pair, std::size_t> tested;
  for (const auto& [pair, what] : met) {
    if (what.first < options.min_meetings) continue;
    tested.emplace(pair, out.size());
    CoTravel one;
    one.a = places.who[pair.first];
    one.b = places.who[pair.second];
    one.n_meetings = what.first;
    one.n_places = what.second.size();
    out.push_back(std::move(one));
  }
  std::vector<std::uint64_t> sum(out.size(), 0);
  std::vector<std::uint64_t> as_many(out.size(), 1);
  std::vector<std::uint64_t> n(out.size());
  Rng rng(options.seed);
  std::vector<std::uint32_t> dealt = places.owner;
  for (unsigned round = 0; round < options.n_permutations && !out.empty(); ++round) {
    for (const auto& here : places.stays)
      for (std::size_t i = here.size(); i > 1; --i)
        std::swap(dealt[here[i - 1]], dealt[here[rng.below(i)]]);
    std::fill(n.begin(), n.end(), 0);
    for (const auto& [x, y] : meetings)
      if (const auto at = tested.find(pair_of(dealt[x], dealt[y])); at != tested.end())
        ++n[at->second];
    for (std::size_t i = 0; i < out.size(); ++i) {
      sum[i] += n[i];
      as_many[i] += n[i] >= out[i].n_meetings;
    }
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].expected = static_cast<double>(sum[i]) / options.n_permutations;
    out[i].p_value = static_cast<double>(as_many[i]) / (options.n_permutations + 1);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const CoTravel& a, const CoTravel& b) { return a.p_value < b.p_value; });
  correct_for_many(out);
  return out;
}

}  // namespace ovillo::route
