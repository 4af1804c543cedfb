#include "ovillo/resolve/match_index.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "ovillo/resolve/internal/candidates.hpp"
#include "ovillo/resolve/internal/evidence.hpp"
#include "ovillo/resolve/internal/standing.hpp"

namespace ovillo::resolve {

namespace {

using internal::Evidence;
using internal::kPerBit;

/// A row that falls short by more is no answer.
constexpr std::int32_t kNear = 10 * kPerBit;

}  // namespace

struct MatchIndex::Body {
  Body(std::span<const PartTable> tables, const MatchOptions& options)
      : rows(tables),
        model(internal::model_for(rows, options)),
        candidates(rows, model, options.pairs_per_row),
        judge(rows, model, 1),
        standing(rows, judge, options.margin_quarter_bits) {
    rows.index();
    candidates.index();
  }

  /// Rows worth judging, each once, ascending.
  std::vector<std::uint32_t> meet(std::uint32_t guest) {
    std::vector<std::uint32_t> met = candidates.rows_of_more_values(guest);
    meet_by_keys(guest, met);
    if (rows.has_more(guest)) {
      for (std::size_t c = 0; c < rows.parts().size(); ++c)
        for (std::size_t i = 0; i < rows.more(guest, c).size(); ++i) {
          rows.exchange_first(c, i);
          candidates.admit(guest);
          meet_by_keys(guest, met);
          rows.exchange_first(c, i);
        }
    }
    std::sort(met.begin(), met.end());
    met.erase(std::unique(met.begin(), met.end()), met.end());
    return met;
  }

  void meet_by_keys(std::uint32_t guest, std::vector<std::uint32_t>& met) const {
    candidates.meet(guest, [&](std::uint32_t row, std::uint32_t equal) {
      const std::uint32_t both = candidates.stated(guest) & candidates.stated(row);
      if (rows.has_more(guest) || rows.has_more(row) ||
          judge.may_reach(guest, row, equal, both, standing.needed() - kNear))
        met.push_back(row);
    });
  }

  [[nodiscard]] Likeness likeness(std::uint32_t guest, std::uint32_t row,
                                  const Evidence& evidence) const {
    Likeness out;
    out.row = row;
    out.report.outcome = standing.outcome(guest, row, evidence);
    internal::add_reasons(rows, evidence, out.report.reasons);
    out.report.quarter_bits = evidence.sum;
    out.report.needed_quarter_bits = standing.needed();
    out.report.relatives_quarter_bits = -evidence.relatives;
    return out;
  }

  internal::PartRows rows;
  MatchModel model;
  internal::Candidates candidates;
  internal::Judge judge;
  internal::Standing standing;
};

MatchIndex::MatchIndex(std::unique_ptr<Body> body) : body_(std::move(body)) {}
MatchIndex::MatchIndex(MatchIndex&&) noexcept = default;
MatchIndex& MatchIndex::operator=(MatchIndex&&) noexcept = default;
MatchIndex::~MatchIndex() = default;

Result<MatchIndex> MatchIndex::build(std::span<const PartTable> tables,
                                     const MatchOptions& options) {
  OVILLO_CHECK(internal::check_tables(tables));
  return MatchIndex(std::make_unique<Body>(tables, options));
}

Result<std::vector<Likeness>> MatchIndex::look_up(const PartTable& table, std::size_t row) {
  for (const PartColumn& column : table.columns)
    if (column.value.size() != table.size()) return Error(ErrorCode::resolve_ragged_table);
  const std::uint32_t guest = body_->rows.admit(table, row);
  body_->candidates.admit(guest);
  std::vector<Likeness> standing;
  std::vector<Likeness> short_of_it;
  for (const std::uint32_t other : body_->meet(guest)) {
    const Evidence evidence = body_->judge.judge(guest, other);
    if (evidence.sum + evidence.relatives < body_->standing.needed() - kNear) continue;
    Likeness found = body_->likeness(guest, other, evidence);
    (found.report.outcome == PairOutcome::stands ? standing : short_of_it)
        .push_back(std::move(found));
  }
  body_->candidates.dismiss();
  body_->rows.dismiss();
  const auto better = [](const Likeness& x, const Likeness& y) {
    return std::tuple(-x.report.quarter_bits, x.row) < std::tuple(-y.report.quarter_bits, y.row);
  };
  if (standing.empty() && !short_of_it.empty())
    standing.push_back(*std::min_element(short_of_it.begin(), short_of_it.end(), better));
  std::sort(standing.begin(), standing.end(), better);
  return standing;
}

const MatchModel& MatchIndex::model() const { return body_->model; }

}  // namespace ovillo::resolve
