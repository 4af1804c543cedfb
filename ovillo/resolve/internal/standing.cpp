#include "ovillo/resolve/internal/standing.hpp"

#include <algorithm>
#include <array>

#include "ovillo/resolve/internal/candidates.hpp"
#include "ovillo/resolve/internal/learn.hpp"

namespace ovillo::resolve::internal {

namespace {

/// Families that count as one voice.
enum class Family : std::uint8_t { name, birth_date, contact, document, address, other };
constexpr std::array<Family, kParts> kFamily = {
    Family::name,    Family::name,    Family::name,     Family::name,    Family::birth_date,
    Family::contact, Family::contact, Family::document, Family::contact, Family::contact,
    Family::name,    Family::address, Family::address,  Family::address, Family::address,
    Family::other,   Family::other,   Family::other};

/// A family speaks for a pair with at least this much.
constexpr std::int32_t kVoice = 3 * kPerBit;

/// How many families must speak for a pair: two, but for lists of things that are known by their
/// description alone.
int needed_voices(const PartRows& rows) {
  const bool things = std::all_of(rows.parts().begin(), rows.parts().end(), [](Part part) {
    return kFamily[index_of(part)] == Family::other;
  });
  return things ? 1 : 2;
}

}  // namespace

Standing::Standing(const PartRows& rows, const Judge& judge, std::int32_t margin)
    : rows_(rows),
      judge_(judge),
      needed_(judge.even_odds() + margin),
      voices_(needed_voices(rows)) {}

bool Standing::has_voices(const Evidence& evidence) const {
  std::array<std::int32_t, 6> family{};
  for (std::size_t c = 0; c < rows_.parts().size(); ++c)
    family[static_cast<std::size_t>(kFamily[index_of(rows_.parts()[c])])] += evidence.weight[c];
  return std::count_if(family.begin(), family.end(),
                       [](std::int32_t bits) { return bits >= kVoice; }) >= voices_;
}

PairOutcome Standing::outcome(std::uint32_t a, std::uint32_t b, const Evidence& evidence) const {
  if (evidence.sum < needed_)
    return evidence.sum + evidence.relatives >= needed_ ? PairOutcome::relatives
                                                        : PairOutcome::too_little;
  if (!has_voices(evidence)) return PairOutcome::one_family;
  return judge_.rules_out(a, b) ? PairOutcome::ruled_out : PairOutcome::stands;
}

void add_reasons(const PartRows& rows, const Evidence& evidence, std::vector<Reason>& out) {
  for (std::size_t c = 0; c < rows.parts().size(); ++c)
    if (evidence.level[c] != kNoLevel)
      out.push_back(
          {rows.parts()[c], static_cast<Agreement>(evidence.level[c]), evidence.weight[c]});
}

MatchModel model_for(const PartRows& rows, const MatchOptions& options) {
  if (options.model != nullptr) return *options.model;
  const Candidates candidates(rows, general_model(), options.pairs_per_row);
  return learn(rows, candidates, general_model());
}

Result<void> check_tables(std::span<const PartTable> tables) {
  bool any = false;
  for (const PartTable& table : tables) {
    for (const PartColumn& column : table.columns) {
      any = true;
      if (column.value.size() != table.size()) return Error(ErrorCode::resolve_ragged_table);
    }
  }
  if (!any) return Error(ErrorCode::resolve_no_columns);
  return {};
}

}  // namespace ovillo::resolve::internal
