// How much a tie between two entities weighs, in quarter bits of log2 odds.
//
// The question: a source shows two entities together; how much likelier is that if one hand holds
// both than if not? Every quantity comes from the two entities' own records, so the answer for a
// component does not move when another component grows. All integer arithmetic (base/log2.hpp).
//
//   bits = base(tie)
//        + log2 of the share of a's records that hold b
//        + log2 of the share of b's records that hold a
//        + log2(n / (n + 1))            one shared record is weaker than ten
//        - 2 log2(fan / allowance)      where fan > allowance
//        - 2 log2(crowd / 8)            where the smallest shared record ties more than 8 entities
//
// A picture starts lower and has less allowance: pictures are copied from strangers' adverts, so
// one seen under many hands says less than a phone would.
//
// A share is (n_ab + 1/2) / (n + 1). `fan` is how many times over the commoner of the two could be
// shared out at this rate: n_common / n_ab. A phone below 900 adverts of 300 hands has a fan of
// 300; a payer of 38 adverts under 9 phones one of about 9. What is asserted by a source (owned,
// stated) counts only the commoner's share: that a person has ten ties does not weaken each.
//
// The numbers below are the model (design.md 3b.2): chosen by the scenarios of
// tests/network_scenarios, changed only with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ovillo/record/entity.hpp"

namespace ovillo::resolve {

/// How a record ties two of its entities, weakest claim last to be trusted with a crowd.
enum class Tie : std::uint8_t {
  seen,    ///< in the same advert, report, message or document
  paid,    ///< one paid for or published an advert that holds the other
  moved,   ///< money or a call went from one to the other
  owned,   ///< a record of a person, company or thing gives it this identifier; or same side of a
           ///< transfer or call
  stated,  ///< a source asserts a relation between them
};
inline constexpr std::size_t kTies = 5;

/// Counts over the records in which such a tie could have shown.
struct TieCounts {
  std::uint32_t n_ab = 0;   ///< records that tie both; at least 1
  std::uint32_t n_a = 0;    ///< records of a; at least n_ab
  std::uint32_t n_b = 0;    ///< records of b; at least n_ab
  std::uint32_t crowd = 2;  ///< entities in the smallest record that ties both
  EntityKind kind_a = EntityKind::phone;
  EntityKind kind_b = EntityKind::phone;
};

/// @return quarter bits; at or below 0: no better than chance.
std::int32_t tie_quarter_bits(Tie tie, const TieCounts& counts);

/// One weight out of several kinds of tie between the same two: the strongest, and one bit more for
/// each further kind that is above chance. @param quarter_bits  per kind of tie; 0 where none.
std::int32_t combined_quarter_bits(std::span<const std::int32_t> quarter_bits);

}  // namespace ovillo::resolve
