#include "ovillo/resolve/judgement.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <utility>

namespace ovillo::resolve {

namespace {
constexpr std::array<std::string_view, 4> kVerdictNames = {"same", "not_same", "unsure",
                                                           "taken_back"};
}

std::span<const std::string_view> names(Verdict) { return kVerdictNames; }

std::vector<RowJudgement> judgements_in_force(std::span<const Judgement> ledger,
                                              std::span<const std::string> ids) {
  std::unordered_map<std::string_view, std::uint32_t> row;
  for (const Judgement& j : ledger) {
    row.emplace(j.a, UINT32_MAX);
    row.emplace(j.b, UINT32_MAX);
  }
  for (std::uint32_t r = 0; r < ids.size(); ++r)
    if (const auto at = row.find(ids[r]); at != row.end()) at->second = std::min(at->second, r);
  std::map<std::pair<std::uint32_t, std::uint32_t>, Verdict> last;
  for (const Judgement& j : ledger) {
    const std::uint32_t a = row.at(j.a);
    const std::uint32_t b = row.at(j.b);
    if (a == UINT32_MAX || b == UINT32_MAX || a == b) continue;
    last[{std::min(a, b), std::max(a, b)}] = j.verdict;
  }
  std::vector<RowJudgement> out;
  for (const auto& [pair, verdict] : last)
    if (verdict != Verdict::taken_back) out.push_back({pair.first, pair.second, verdict});
  return out;
}

}  // namespace ovillo::resolve
