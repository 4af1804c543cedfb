#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ovillo/base/rng.hpp"
#include "ovillo/route/circuit.hpp"
#include "ovillo/route/co_travel.hpp"
#include "ovillo/route/gazetteer.hpp"
#include "ovillo/route/impossible.hpp"
#include "ovillo/route/next_place.hpp"
#include "ovillo/route/stay.hpp"

namespace ovillo::route {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

RouteGrant grant() { return *RouteGrant::open("GE-2026-12", "Insp. A. Vermeulen", "2026-03-01"); }

Stay stay(std::string entity, std::string place, std::int64_t begin_s, std::int64_t end_s,
          SightingKind kind = SightingKind::trip) {
  Stay out;
  out.entity = std::move(entity);
  out.place = std::move(place);
  out.begin_utc_s = begin_s;
  out.end_utc_s = end_s;
  out.kind = kind;
  return out;
}

GrantedStays granted(std::vector<Stay> stays) {
  return {grant(), join_sightings(std::move(stays))};
}

/// One stay of a day after the other, `gap` days apart.
std::vector<Stay> walk(const std::string& entity, const std::string& places,
                       std::int64_t gap_days = 7) {
  std::vector<Stay> out;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto begin = static_cast<std::int64_t>(i) * gap_days * kDay;
    out.push_back(stay(entity, std::string(1, places[i]), begin, begin + kDay));
  }
  return out;
}

// --- the rule of protection ----------------------------------------------------------------------

TEST(RouteGrant, NeedsACaseAnOfficerAndADate) {
  EXPECT_TRUE(RouteGrant::open("GE-2026-12", "Vermeulen", "2026-03-01").has_value());
  const std::vector<std::vector<std::string>> refused = {
      {"", "Vermeulen", "2026-03-01"},        {"-", "Vermeulen", "2026-03-01"},
      {"GE-2026-12", "", "2026-03-01"},       {"GE-2026-12", "?", "2026-03-01"},
      {"GE-2026-12", "42", "2026-03-01"},     {"GE-2026-12", "Vermeulen", ""},
      {"GE-2026-12", "Vermeulen", "some day"}};
  for (const auto& words : refused) {
    const auto one = RouteGrant::open(words[0], words[1], words[2]);
    ASSERT_FALSE(one.has_value()) << words[0] << words[1] << words[2];
    EXPECT_EQ(one.error().code(), ErrorCode::route_not_granted);
  }
  EXPECT_FALSE(std::is_default_constructible_v<RouteGrant>);
  EXPECT_FALSE(std::is_default_constructible_v<NextPlacePermit>);
  static_assert(!std::is_constructible_v<GrantedStays, std::vector<Stay>>);
}

TEST(NextPlacePermit, NeedsAnAuthorisationAndASecondPerson) {
  EXPECT_TRUE(NextPlacePermit::open(grant(), "order 7", "B. Maes").has_value());
  for (const auto& [reference, second] : std::vector<std::pair<std::string, std::string>>{
           {"", "B. Maes"}, {"order 7", ""}, {"order 7", "insp A Vermeulen"}}) {
    const auto permit = NextPlacePermit::open(grant(), reference, second);
    ASSERT_FALSE(permit.has_value()) << second;
    EXPECT_EQ(permit.error().code(), ErrorCode::route_not_authorised);
  }
}

TEST(GrantedStays, HoldsNoTrackOfWhomOnlyAdvertsSaw) {
  std::vector<Stay> stays = walk("advert-only", "ABCABCABC");
  for (Stay& one : stays) {
    one.kind = SightingKind::advert;
    one.network = "n1";
  }
  auto seen = walk("seen", "ABCABCA");
  seen[2].kind = SightingKind::advert;
  stays.insert(stays.end(), seen.begin(), seen.end());
  const GrantedStays kept = granted(stays);
  EXPECT_EQ(kept.n_adverts_only(), 1U);
  const auto names_it = [](const auto& list) {
    return std::any_of(list.begin(), list.end(), [](const auto& one) {
      if constexpr (requires { one.entity; }) {
        return one.entity == "advert-only";
      } else {
        return one.a == "advert-only" || one.b == "advert-only";
      }
    });
  };
  EXPECT_FALSE(names_it(playback(kept)));
  EXPECT_FALSE(names_it(*circuits(kept)));
  EXPECT_FALSE(names_it(*co_travel(kept)));
  EXPECT_FALSE(names_it(*impossible_journeys(kept)));
  EXPECT_FALSE(
      names_it(next_places(kept, *NextPlacePermit::open(grant(), "order 7", "B. Maes")).inferred));
  EXPECT_THAT(*circuits(kept), SizeIs(1));
  const auto towns = towns_per_network(stays);
  ASSERT_THAT(towns, SizeIs(2));
  EXPECT_EQ(towns[1].network, "n1");
  EXPECT_EQ(towns[1].n_towns, 3U);
}

TEST(GrantedStays, HoldsOnlyTheSuspectsThatAGrantIsFor) {
  std::vector<Stay> stays = walk("suspect", "ABCABCA");
  const auto other = walk("somebody", "ABCABCA");
  stays.insert(stays.end(), other.begin(), other.end());
  const auto grant_of_one = RouteGrant::of_suspects({"suspect", "another"});
  ASSERT_TRUE(grant_of_one.has_value());
  const GrantedStays kept(*grant_of_one, stays);
  EXPECT_EQ(kept.n_not_covered(), 1U);
  for (const Stay& one : playback(kept)) EXPECT_EQ(one.entity, "suspect");
  EXPECT_THAT(*circuits(kept), SizeIs(1));
  EXPECT_EQ(RouteGrant::of_suspects({}).error().code(), ErrorCode::route_not_granted);
  // Where a suspect may go next is asked inside a case only.
  EXPECT_EQ(NextPlacePermit::open(*grant_of_one, "order 7", "B. Maes").error().code(),
            ErrorCode::route_not_authorised);
}

// --- stays ---------------------------------------------------------------------------------------

TEST(JoinSightings, JoinsUntilSomewhereElseOrTooLong) {
  std::vector<Stay> sightings = {stay("p", "Gent", 0, 0),
                                 stay("p", "Gent", 2 * kDay, 2 * kDay),
                                 stay("p", "Brugge", 3 * kDay, 3 * kDay),
                                 stay("p", "Gent", 4 * kDay, 4 * kDay),
                                 stay("p", "Gent", 40 * kDay, 40 * kDay),
                                 stay("q", "Gent", 40 * kDay, 40 * kDay)};
  const auto joined = join_sightings(sightings);
  ASSERT_THAT(joined, SizeIs(5));
  EXPECT_EQ(joined[0].end_utc_s, 2 * kDay);
  EXPECT_EQ(joined[0].n_sightings, 2U);
  Rng rng(1);
  for (int round = 0; round < 10; ++round) {
    rng.shuffle(sightings);
    EXPECT_EQ(join_sightings(sightings), joined);
  }
}

// --- circuits ------------------------------------------------------------------------------------

TEST(Circuits, FindsARoundTravelledAgain) {
  const auto found = circuits(granted(walk("p", "XABCABCABCAY")));
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_THAT(found->front().places, ElementsAre("A", "B", "C"));
  EXPECT_EQ(found->front().n_rounds, 3U);
  EXPECT_EQ(found->front().period_s, 21 * kDay);
  EXPECT_EQ(found->front().spread_s, 0);
}

TEST(Circuits, AsksForTwoClosedRoundsOfLikeLength) {
  for (const char* places : {"ABCA", "ABCABC", "ABCACBA", "AAAAAA", "ABCDEFG"})
    EXPECT_THAT(*circuits(granted(walk("p", places))), IsEmpty()) << places;
  EXPECT_THAT(*circuits(granted(walk("p", "ABABA"))), SizeIs(1));
  EXPECT_THAT(*circuits(granted(walk("p", "ABABABABA"))), SizeIs(1)) << "not ABAB as well";
  // The second round takes four times as long.
  auto uneven = walk("p", "ABCABCA");
  for (std::size_t i = 4; i < uneven.size(); ++i) {
    uneven[i].begin_utc_s += 60 * kDay;
    uneven[i].end_utc_s += 60 * kDay;
  }
  EXPECT_THAT(*circuits(granted(uneven)), IsEmpty());
  EXPECT_THAT(*circuits(granted(uneven), {.tolerance_percent = 80}), SizeIs(1)) << "21 against 81";
  const auto refused = circuits(granted(uneven), {.tolerance_percent = 101});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), ErrorCode::route_bad_limit);
}

// --- travelling together -------------------------------------------------------------------------

/// `n` people who each spend 20 weeks in a random town of 5; `pairs` of them go together.
std::vector<Stay> travellers(Rng& rng, int n, int n_pairs) {
  std::vector<Stay> out;
  for (int week = 0; week < 20; ++week)
    for (int who = 0; who < n; ++who) {
      const std::string town(1, static_cast<char>('A' + rng.below(5)));
      const auto begin = week * 7 * kDay + static_cast<std::int64_t>(rng.below(3)) * kDay;
      out.push_back(stay("p" + std::to_string(who), town, begin, begin + 2 * kDay));
      if (who < n_pairs)
        out.push_back(
            stay("together" + std::to_string(who), town, begin + kHour, begin + 2 * kDay));
    }
  return out;
}

TEST(CoTravel, TellsTravellingTogetherFromChance) {
  Rng rng(7);
  const auto found = co_travel(granted(travellers(rng, 12, 2)));
  ASSERT_TRUE(found.has_value());
  ASSERT_GT(found->size(), 20U);
  for (const auto& pair : *found) {
    const bool together = pair.b == "together" + pair.a.substr(1);
    EXPECT_EQ(pair.p_holm < 0.05, together) << pair.a << ' ' << pair.b << ' ' << pair.p_value;
    EXPECT_TRUE(!together || static_cast<double>(pair.n_meetings) > 2 * pair.expected);
  }
}

TEST(CoTravel, IsRightAboutHowOftenChanceLooksLikeIt) {
  int n_small = 0;
  int n = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    Rng rng(seed);
    const auto found =
        co_travel(granted(travellers(rng, 10, 0)), {.n_permutations = 199, .min_meetings = 1});
    ASSERT_TRUE(found.has_value());
    for (const auto& pair : *found) {
      ++n;
      n_small += pair.p_value <= 0.05;
    }
  }
  ASSERT_GT(n, 400);
  EXPECT_LT(n_small, n * 8 / 100);
}

TEST(CoTravel, GivesTheSameForAnyOrderOfRowsAndSaysNothingOfTwoAlone) {
  Rng rng(9);
  auto stays = travellers(rng, 8, 1);
  const auto first = co_travel(granted(stays), {.seed = 4});
  rng.shuffle(stays);
  const auto again = co_travel(granted(stays), {.seed = 4});
  ASSERT_EQ(first->size(), again->size());
  for (std::size_t i = 0; i < first->size(); ++i)
    EXPECT_EQ((*first)[i].p_value, (*again)[i].p_value);
  auto two = walk("p", "ABCDE");
  const auto other = walk("q", "ABCDE");
  two.insert(two.end(), other.begin(), other.end());
  const auto alone = co_travel(granted(two));
  ASSERT_THAT(*alone, SizeIs(1));
  EXPECT_EQ(alone->front().n_meetings, 5U);
  EXPECT_GT(alone->front().p_value, 0.9);
}

// --- impossible journeys -------------------------------------------------------------------------

TEST(ImpossibleJourneys, GivesTheTravellerEveryDoubt) {
  // Brussels to Madrid: 1,316 km.
  auto brussels = stay("p", "Brussels", 0, 8 * kHour);
  brussels.position = Position{50.8505, 4.3488};
  auto madrid = stay("p", "Madrid", 0, 0);
  madrid.position = Position{40.4165, -3.7026};
  const auto found_after = [&](std::int64_t arrive_s, std::int64_t uncertainty_s,
                               TravelLimits limits) {
    madrid.begin_utc_s = madrid.end_utc_s = 8 * kHour + arrive_s;
    madrid.uncertainty_s = uncertainty_s;
    const auto found = impossible_journeys(granted({brussels, madrid}), limits);
    EXPECT_TRUE(found.has_value());
    return *found;
  };
  EXPECT_THAT(found_after(14 * kHour, 0, {}), IsEmpty());
  const auto fast = found_after(3 * kHour, 0, {});
  ASSERT_THAT(fast, SizeIs(1));
  EXPECT_NEAR(fast[0].distance_km, 1316 - 20, 5);
  EXPECT_NEAR(fast[0].speed_kmh.value(), 1296 / (3 + 1.0 / 3), 5);
  EXPECT_THAT(found_after(3 * kHour, 3 * kHour, {}), IsEmpty()) << "6 h 20 at most";
  EXPECT_THAT(found_after(3 * kHour, 0, {.max_speed_kmh = 900}), IsEmpty()) << "by air";
  EXPECT_THAT(found_after(3 * kHour, 0, {.clock_error_s = 2 * kHour}), IsEmpty());
  const auto both = found_after(-2 * kHour, 0, {});
  ASSERT_THAT(both, SizeIs(1));
  EXPECT_FALSE(both[0].speed_kmh.has_value());
  EXPECT_FALSE(impossible_journeys(granted({brussels}), {.max_speed_kmh = 0}).has_value());
  madrid.position.reset();
  EXPECT_THAT(*impossible_journeys(granted({brussels, madrid})), IsEmpty());
}

TEST(ImpossibleJourneys, ComparesALongStayWithAllThatFallIntoIt) {
  std::vector<Stay> stays = {stay("p", "Here", 0, 100 * kHour),
                             stay("p", "Nearby", 1 * kHour, 2 * kHour),
                             stay("p", "Far", 50 * kHour, 51 * kHour)};
  stays[0].position = stays[1].position = Position{50.85, 4.35};
  stays[2].position = Position{40.42, -3.70};
  const auto found = impossible_journeys(granted(stays));
  ASSERT_TRUE(found.has_value());
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ(found->front().from, "Here");
  EXPECT_EQ(found->front().to, "Far");
}

// --- next place ----------------------------------------------------------------------------------

TEST(NextPlaces, LearnsRoundsAndSaysHowOftenItIsRight) {
  std::vector<Stay> stays;
  for (int who = 0; who < 6; ++who) {
    // Rounds of four among twelve towns; what is near says nothing.
    std::string places;
    for (int i = 0; i < 13; ++i) places += static_cast<char>('A' + who % 3 * 4 + i % 4);
    auto more = walk("p" + std::to_string(who), places);
    stays.insert(stays.end(), more.begin(), more.end());
  }
  const auto next =
      next_places(granted(stays), *NextPlacePermit::open(grant(), "order 7", "B. Maes"));
  EXPECT_EQ(next.n_tested, 6U);
  EXPECT_EQ(next.n_hits, 6U);
  EXPECT_LT(next.n_hits_by_distance, next.n_hits);
  ASSERT_THAT(next.inferred, SizeIs(6));
  EXPECT_EQ(next.inferred[0].last_place, "A");
  ASSERT_THAT(next.inferred[0].places, SizeIs(3));
  EXPECT_EQ(next.inferred[0].places[0], "B");
}

// --- positions -----------------------------------------------------------------------------------

TEST(Gazetteer, FindsTownsByTheirNames) {
  const auto towns = Gazetteer::read(
      "# a comment\nBE\tAntwerp\tAmberes|Anvers\tVLG\t51.2205\t4.4003\t529247\n"
      "GB\tBoston\t\tENG\t52.9789\t-0.0266\t35124\nUS\tBoston\t\tMA\t42.3584\t-71.0598\t653833\n");
  ASSERT_TRUE(towns.has_value());
  EXPECT_EQ(towns->find("ANVERS", "BE"), (Position{51.2205, 4.4003}));
  EXPECT_EQ(towns->find("Boston", ""), (Position{42.3584, -71.0598}));
  EXPECT_EQ(towns->find("Boston", "gb"), (Position{52.9789, -0.0266}));
  EXPECT_FALSE(towns->find("Atlantis", "").has_value());
  const auto bad = Gazetteer::read("BE\tAntwerp\n");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().code(), ErrorCode::base_bad_data_file);
}

}  // namespace
}  // namespace ovillo::route
