// What persons wrote down about whether two things are the same: records of kind judgement.
//
// A judgement names two references ("police#12", "clinic#7"), a verdict, who, when and why. The
// last one on a pair holds; `taken_back` is as if nothing had been said. Being records, judgements
// follow the view: whoever does not see one of the two, or the judgement, gets the answer of a
// workspace that never held it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/flow/corpus.hpp"
#include "ovillo/record/entity.hpp"
#include "ovillo/resolve/judgement.hpp"
#include "ovillo/resolve/resolve.hpp"

namespace ovillo::flow {

/// The last word on a pair of references.
struct StandingJudgement {
  std::string_view a;  ///< canonical references, a < b; point into the corpus
  std::string_view b;
  resolve::Verdict verdict = resolve::Verdict::unsure;  ///< never taken_back
  const Corpus* corpus = nullptr;                       ///< that `record` is of
  std::uint32_t record = 0;
  std::uint64_t n_before = 0;  ///< judgements on the pair before this one
};

/// Columns of a judgement beside its fields.
inline constexpr std::string_view kJudgedBy = "by";
inline constexpr std::string_view kJudgedBecause = "reason";

/// Ascending by (a, b). @param records  indices of the view; those that are no judgements are
/// passed over.
std::vector<StandingJudgement> standing_judgements(const Corpus& corpus,
                                                   std::span<const std::uint32_t> records);
/// Of all records of both: `waiting` are those that came in since the last run.
std::vector<StandingJudgement> standing_judgements(const Corpus& answered, const Corpus& waiting);

/// How many judgements there are on a pair, taken back or not.
std::uint64_t n_judgements(const Corpus& corpus, std::string_view a, std::string_view b);

/// The two things of a judgement, as the caller counts things; kNoThing: not there.
struct JudgedThings {
  std::uint32_t a;
  std::uint32_t b;
};
inline constexpr std::uint32_t kNoThing = ~std::uint32_t{0};

/// Positions of judgements "same".
struct FollowedJudgements {
  std::vector<std::size_t> followed;
  std::vector<std::size_t> contradicted;  ///< others rule it out: "same" as one that is "not_same"
};

/// "Not the same" goes before "same", so that a contradiction leaves two apart rather than
/// together. Judgements on what is not there are passed over.
/// @param things  per judgement, its two.
FollowedJudgements follow(std::span<const StandingJudgement> judgements,
                          std::span<const JudgedThings> things);

/// The identities that judgements make among entities, ascending by (a, b).
/// @param records  of the component, ascending; Identity::record is a position in it.
std::vector<resolve::Identity> identities_among(const EntityTable& entities,
                                                std::span<const std::uint32_t> records,
                                                std::span<const StandingJudgement> judgements,
                                                const IdKey& key);

}  // namespace ovillo::flow
