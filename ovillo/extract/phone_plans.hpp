// Country plans: whether digits can be a phone number, and of which country.
//
// "Can be" is leading digits and length; whether a number is in service is not decided here, so
// that numbers of blocks opened next year, and those reserved for fiction, are read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::extract {

enum class LineKind : std::uint8_t { mobile, fixed, other };

struct PhoneNumber {
  std::string e164;  ///< "+447700900123"
  LineKind kind = LineKind::other;
  bool assumed = false;  ///< the country code was not written
};

class PhonePlans {
 public:
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

  /// Country code of a region, "" when unknown.
  [[nodiscard]] std::string_view code(std::string_view region) const;

  /// True when people of `region` group the digits of a number like `groups` (lengths, in order).
  [[nodiscard]] bool usual_grouping(std::string_view region,
                                    const std::vector<std::uint8_t>& groups) const;

 private:
  struct Lead {
    std::string digits;  // '?' is any digit
    std::uint8_t shortest;
    std::uint8_t longest;
    LineKind kind;
  };
  struct Plan {
    std::string region;
    std::string code;
    std::string trunk;
    bool trunk_optional = false;
    std::vector<Lead> leads;
    std::vector<std::vector<std::uint8_t>> written;
  };
  [[nodiscard]] static std::optional<LineKind> match(const Plan& plan, std::string_view national);
  [[nodiscard]] const Plan* plan_of(std::string_view region) const;
  Result<void> load(const std::filesystem::path& file);

  std::vector<Plan> plans_;
  std::vector<std::vector<std::size_t>> by_code_;  // country code: plans that share it
  std::vector<std::int16_t> by_region_;            // two letters: plan, or -1
};

}  // namespace ovillo::extract
