// Country plans: which numbers can exist, and how people write them.
//
// Loaded from data/phones/plans.toml and compiled: per plan, the lengths allowed after each three
// leading digits; per length and three leading digits, the plans a number may be of when nobody
// says the region. Looking a number up costs a few reads of memory.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::extract {

/// Best first: a mobile number says most about who holds it.
enum class LineKind : std::uint8_t { mobile, fixed, other };

struct PhoneNumber {
  std::string e164;  ///< "+447700900123"
  LineKind kind = LineKind::other;
  bool assumed = false;  ///< the country code was not written
};

class PhonePlans {
 public:
  /// A number of one plan, not yet written out. Valid with the digits it was read from.
  struct Match {
    std::uint16_t plan = 0;
    std::uint8_t skip = 0;  ///< leading digits that are code or trunk
    LineKind kind = LineKind::other;
  };
  /// A language people of a region speak, and how much it says for the region.
  struct Spoken {
    std::string language;  ///< ISO 639-1
    int weight = 0;        ///< 1 to 4
  };
  static constexpr std::size_t kMostGuessed = 32;

  /// Reads data/phones/plans.toml. @error base.cannot_read, base.bad_data_file.
  static Result<PhonePlans> open(const std::filesystem::path& file);

  /// A number written with its country code.
  /// @param digits  ASCII digits after "+" or "00"; a trunk zero after the code ("44 (0) 7700 ...")
  ///                is left out.
  /// @return        empty: no such code, or no such number in its plan.
  [[nodiscard]] std::optional<PhoneNumber> international(std::string_view digits) const;

  /// A number as dialled inside `region`, with the trunk prefix its plan wants.
  [[nodiscard]] std::optional<PhoneNumber> national(std::string_view digits,
                                                    std::string_view region) const;

  /// The two above without writing the number out; `plan` as given by plan_of().
  [[nodiscard]] std::optional<Match> match_international(std::string_view digits) const;
  [[nodiscard]] std::optional<Match> match_national(std::string_view digits,
                                                    std::size_t plan) const;
  /// @return  "+" code national number of a match.
  [[nodiscard]] std::string written_out(std::string_view digits, const Match& match) const;

  /// The plan of a region; empty when the region is unknown.
  [[nodiscard]] std::optional<std::size_t> plan_of(std::string_view region) const;
  /// Country code of a region, "" when unknown.
  [[nodiscard]] std::string_view code(std::string_view region) const;

  /// Plans a number without region may be of, as bits: bit i is plan guessed()[i]. A superset: a
  /// plan that is not in it does not hold the number.
  [[nodiscard]] std::uint32_t may_be_of(std::string_view digits) const;
  /// Plans that may be guessed at (those with a `prior`), at most kMostGuessed.
  [[nodiscard]] const std::vector<std::uint16_t>& guessed() const { return guessed_; }
  [[nodiscard]] std::string_view region(std::size_t plan) const { return plans_[plan].region; }
  [[nodiscard]] std::string_view code(std::size_t plan) const { return plans_[plan].code; }
  /// How common numbers of a plan are where nothing else is known, 0 to 4.
  [[nodiscard]] int prior(std::size_t plan) const { return plans_[plan].prior; }
  [[nodiscard]] const std::vector<Spoken>& spoken(std::size_t plan) const {
    return plans_[plan].spoken;
  }

  /// True when people of the plan group the digits of a number like `groups` (lengths, in order).
  [[nodiscard]] bool usual_grouping(std::size_t plan,
                                    const std::vector<std::uint8_t>& groups) const;

 private:
  // Allowed lengths of the national number as bits, per kind of line.
  using Lengths = std::array<std::uint16_t, 3>;
  struct Plan {
    std::string region;
    std::string code;
    std::string trunk;
    bool trunk_optional = false;
    int prior = -1;  // below zero: never guessed
    std::vector<Spoken> spoken;
    std::vector<std::vector<std::uint8_t>> written;
    std::vector<Lengths> leads;  // 1000, by the first three digits; one for all when size is 1
  };
  static std::optional<LineKind> match(const Plan& plan, std::string_view national);
  Result<void> load(const std::filesystem::path& file);
  void compile_guesses();

  std::vector<Plan> plans_;
  std::vector<std::vector<std::uint16_t>> by_code_;  // country code: plans that share it
  std::vector<std::int16_t> by_region_;              // two letters: plan, or -1
  std::vector<std::uint16_t> guessed_;
  std::vector<std::uint32_t> guesses_;  // by length and three leading digits: bits over guessed_
};

}  // namespace ovillo::extract
