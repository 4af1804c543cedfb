// What can be said without an assumption that settles the total: a range, not a point.
//
// Two lists found n10, n01 and n11 of the people on no other list. Those on neither of the two are
// odds * n10 n01 / n11, where `odds` is by how much being on one makes being on the other likelier.
// Nobody can know it for the hidden; a range of odds gives a range of totals.
// Source: the identification bounds of Aleshin-Guendel, Sadinle and Wakefield 2021; Chao 1987.
#pragma once

#include <limits>
#include <vector>

#include "ovillo/picture/log_linear.hpp"

namespace ovillo::picture {

struct PairBounds {
  Term pair = 0;
  double independent = 0;  ///< total where the two lists do not influence one another
  double low = 0;          ///< where being on one makes the other less likely, by the odds
  double high = 0;         ///< where it makes it likelier
};

struct Bounds {
  double odds = 2;                ///< largest odds allowed, either way
  std::vector<PairBounds> pairs;  ///< those that share somebody who is on no third list
  double lowest = 0;              ///< over all pairs
  double highest = 0;
  /// No total below this fits people who differ in how easily they are found: n + f1^2 / (2 f2),
  /// f1 and f2 the people on one list and on two (Chao). NaN: nobody is on two.
  double least_if_people_differ = std::numeric_limits<double>::quiet_NaN();
};

/// @param odds  at least 1.
Bounds bounds(const OverlapTable& table, double odds = 2);

/// The total when the tie of all lists at once is not 1, as every model here has it, but exp(tie):
/// the hidden people are so many times more. @param hidden  of a fitted model.
double with_tie_of_all(const OverlapTable& table, double hidden, double tie);

}  // namespace ovillo::picture
