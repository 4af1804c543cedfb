// What a rapporteur recommended, to whom, and what became of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::picture {

enum class RecommendationStatus : std::uint8_t { open, partly, followed, refused, lapsed };
/// "open", "partly", "followed", "refused", "lapsed".
std::span<const std::string_view> names(RecommendationStatus);

struct Recommendation {
  std::string number;  ///< as the report gives it: "2024/1"
  std::string text;
  std::vector<std::string> recipients;
  std::int32_t year = 0;
  std::string topic;
  std::string legal_basis;
  RecommendationStatus status = RecommendationStatus::open;
  std::optional<Time> status_date;
  std::string evidence;
  std::string answer;  ///< empty: nobody answered
  std::uint64_t row = 0;
};

struct Register {
  std::vector<Recommendation> recommendations;
};

/// A doubt about the register itself, for whoever keeps it.
struct RegisterDoubt {
  std::uint64_t row = 0;
  std::string number;
  std::string_view code;  ///< "followed_without_evidence", "settled_without_date",
                          ///< "settled_before_made", "same_number"
  std::string sentence;
};
std::vector<RegisterDoubt> doubts(const Register& all);

/// A recommendation that its recipient still owes.
struct Owed {
  std::string recipient;
  const Recommendation* recommendation = nullptr;
  std::int32_t years = 0;  ///< since it was made, in full calendar years
};

/// Open and partly followed ones, by recipient (as written), the oldest first. A recommendation to
/// several is owed by each. @param year  of the day asked for.
std::vector<Owed> owed(const Register& all, std::int32_t year);

/// Calendar year of a time. @param utc_s  seconds.
std::int32_t year_of(std::int64_t utc_s);

}  // namespace ovillo::picture
