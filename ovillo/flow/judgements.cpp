#include "ovillo/flow/judgements.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "ovillo/graph/union_find.hpp"
#include "ovillo/resolve/identifier.hpp"

namespace ovillo::flow {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// The two references of a judgement, ascending; empty where it has not two.
Pair references_of(const Corpus& corpus, std::uint32_t record) {
  const FindBatch& finds = corpus.block(record).finds;
  if (finds.records.size() == 0)  // judged since the last run: as judgement_entry() wrote them
    return std::minmax(corpus.value(record, Field::from_ref), corpus.value(record, Field::to_ref));
  const Range range = corpus.finds(record);
  Pair out;
  for (std::size_t f = range.begin; f < range.end; ++f) {
    if (finds.kind[f] != FindKind::local_ref) continue;
    (finds.role[f] == Role::from ? out.first : out.second) = finds.canonical[f];
  }
  if (out.second < out.first) std::swap(out.first, out.second);
  return out;
}

std::uint64_t number_of(const Corpus& corpus, std::uint32_t record) {
  const std::string_view text = corpus.value(record, Field::reference);
  std::uint64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

/// The entity of a reference; kNoThing: none.
std::uint32_t entity_of(const EntityTable& entities, std::string_view reference, const IdKey& key) {
  for (const EntityId& id : resolve::entity_ids(FindKind::local_ref, reference, key)) {
    const auto at = std::lower_bound(entities.id.begin(), entities.id.end(), id);
    if (at != entities.id.end() && *at == id)
      return static_cast<std::uint32_t>(at - entities.id.begin());
  }
  return kNoThing;
}

}  // namespace

namespace {

/// The last judgement on each pair.
class LastWords {
 public:
  void take(const Corpus& corpus, std::uint32_t record) {
    if (corpus.kind(record) != RecordKind::judgement) return;
    const Pair pair = references_of(corpus, record);
    const auto verdict = from_name<resolve::Verdict>(corpus.value(record, Field::predicate));
    if (pair.first.empty() || pair.first == pair.second || !verdict) return;
    const StandingJudgement one{pair.first, pair.second, *verdict,
                                &corpus,    record,      number_of(corpus, record)};
    const auto [at, is_new] = last_.emplace(pair, one);
    // Two of one number: the same in any order of import.
    if (!is_new && order_of(at->second) < order_of(one)) at->second = one;
  }

  [[nodiscard]] std::vector<StandingJudgement> standing() const {
    std::vector<StandingJudgement> out;
    for (const auto& [pair, one] : last_)
      if (one.verdict != resolve::Verdict::taken_back) out.push_back(one);
    return out;
  }

 private:
  static std::pair<std::uint64_t, RecordId> order_of(const StandingJudgement& one) {
    return {one.n_before, one.corpus->id(one.record)};
  }

  std::map<Pair, StandingJudgement> last_;
};

}  // namespace

std::vector<StandingJudgement> standing_judgements(const Corpus& corpus,
                                                   std::span<const std::uint32_t> records) {
  LastWords last;
  for (const std::uint32_t record : records) last.take(corpus, record);
  return last.standing();
}

std::vector<StandingJudgement> standing_judgements(const Corpus& answered, const Corpus& waiting) {
  LastWords last;
  for (const Corpus* corpus : {&answered, &waiting})
    for (Corpus::Index record = 0; record < corpus->size(); ++record) last.take(*corpus, record);
  return last.standing();
}

std::uint64_t n_judgements(const Corpus& corpus, std::string_view a, std::string_view b) {
  const Pair wanted{std::min(a, b), std::max(a, b)};
  std::uint64_t n = 0;
  for (Corpus::Index i = 0; i < corpus.size(); ++i)
    n += corpus.kind(i) == RecordKind::judgement && references_of(corpus, i) == wanted;
  return n;
}

FollowedJudgements follow(std::span<const StandingJudgement> judgements,
                          std::span<const JudgedThings> things) {
  FollowedJudgements out;
  std::uint32_t n = 0;
  const auto is_here = [&](std::size_t j) {
    return things[j].a != kNoThing && things[j].b != kNoThing;
  };
  for (std::size_t j = 0; j < judgements.size(); ++j)
    if (is_here(j)) n = std::max({n, things[j].a + 1, things[j].b + 1});
  graph::UnionFind sets(n);
  const auto splits = [&](std::uint32_t x, std::uint32_t y) {
    for (std::size_t j = 0; j < judgements.size(); ++j) {
      if (!is_here(j) || judgements[j].verdict != resolve::Verdict::not_same) continue;
      const std::uint32_t p = sets.find(things[j].a);
      const std::uint32_t q = sets.find(things[j].b);
      if ((p == x && q == y) || (p == y && q == x)) return true;
    }
    return false;
  };
  for (std::size_t j = 0; j < judgements.size(); ++j) {
    if (!is_here(j) || judgements[j].verdict != resolve::Verdict::same) continue;
    const std::uint32_t x = sets.find(things[j].a);
    const std::uint32_t y = sets.find(things[j].b);
    if (x != y && splits(x, y)) {
      out.contradicted.push_back(j);
      continue;
    }
    sets.join(x, y);
    out.followed.push_back(j);
  }
  return out;
}

std::vector<resolve::Identity> identities_among(const EntityTable& entities,
                                                std::span<const std::uint32_t> records,
                                                std::span<const StandingJudgement> judgements,
                                                const IdKey& key) {
  std::vector<JudgedThings> things;
  for (const StandingJudgement& one : judgements)
    things.push_back({entity_of(entities, one.a, key), entity_of(entities, one.b, key)});
  std::vector<resolve::Identity> out;
  for (const std::size_t j : follow(judgements, things).followed) {
    if (things[j].a == things[j].b) continue;
    const auto at = std::lower_bound(records.begin(), records.end(), judgements[j].record);
    out.push_back({std::min(things[j].a, things[j].b), std::max(things[j].a, things[j].b),
                   static_cast<std::uint32_t>(at - records.begin())});
  }
  std::sort(out.begin(), out.end(), [](const resolve::Identity& x, const resolve::Identity& y) {
    return std::tie(x.a, x.b, x.record) < std::tie(y.a, y.b, y.record);
  });
  return out;
}

}  // namespace ovillo::flow
