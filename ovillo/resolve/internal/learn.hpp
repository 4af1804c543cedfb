// Learning a model from rows without labels.
#pragma once

#include "ovillo/resolve/internal/candidates.hpp"

namespace ovillo::resolve::internal {

/// Expectation-maximisation over how often each vector of agreement levels occurs.
///
/// u comes from pairs of rows taken at random (a fixed seed) and, for equal values, from how common
/// each value is. m is learnt key by key among the pairs that share the key, for the columns that
/// the key does not rest on (those that it rests on agree by construction), and the keys' answers
/// are weighed by the matches each expects. `start` counts as some hundred pairs seen before, so
/// that a small table hardly moves it.
/// @cost  up to some 100,000 comparisons a key.
/// @source Winkler 2000; Linacre et al. 2022 for the use of one estimate per blocking key.
MatchModel learn(const PartRows& rows, const Candidates& candidates, const MatchModel& start);

}  // namespace ovillo::resolve::internal
