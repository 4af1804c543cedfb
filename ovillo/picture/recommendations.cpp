#include "ovillo/picture/recommendations.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

#include <fmt/format.h>

namespace ovillo::picture {

namespace {

constexpr std::array<std::string_view, 5> kStatuses = {"open", "partly", "followed", "refused",
                                                       "lapsed"};

bool is_settled(RecommendationStatus status) {
  return status != RecommendationStatus::open && status != RecommendationStatus::partly;
}

}  // namespace

std::span<const std::string_view> names(RecommendationStatus) { return kStatuses; }

std::int32_t year_of(std::int64_t utc_s) {
  const auto day =
      std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(utc_s)));
  return static_cast<int>(std::chrono::year_month_day(day).year());
}

std::vector<RegisterDoubt> doubts(const Register& all) {
  std::vector<RegisterDoubt> out;
  std::map<std::string, std::uint64_t> row_of;
  for (const Recommendation& one : all.recommendations) {
    const auto [before, is_new] = row_of.try_emplace(one.number, one.row);
    if (!is_new)
      out.push_back({one.row, one.number, "same_number",
                     fmt::format("row {} has the same number", before->second)});
    if (one.status == RecommendationStatus::followed && one.evidence.empty())
      out.push_back({one.row, one.number, "followed_without_evidence",
                     "it counts as followed and nothing shows it"});
    if (is_settled(one.status) && !one.status_date)
      out.push_back({one.row, one.number, "settled_without_date",
                     "it is settled and no date says since when"});
    if (one.status_date && year_of(one.status_date->end_utc_s - 1) < one.year)
      out.push_back({one.row, one.number, "settled_before_made",
                     "its status is older than the recommendation"});
  }
  return out;
}

std::vector<Owed> owed(const Register& all, std::int32_t year) {
  std::vector<Owed> out;
  for (const Recommendation& one : all.recommendations) {
    if (is_settled(one.status) || one.year > year) continue;
    for (const std::string& recipient : one.recipients)
      out.push_back({recipient, &one, year - one.year});
  }
  std::stable_sort(out.begin(), out.end(), [](const Owed& a, const Owed& b) {
    if (a.recipient != b.recipient) return a.recipient < b.recipient;
    return a.recommendation->year < b.recommendation->year;
  });
  return out;
}

}  // namespace ovillo::picture
