// Roles: which acts a user may do, and which roles one person may not have together.
//
// The lists are data/roles.toml. Deny by default: an act that none of a user's roles names is
// refused, and an action of the program that act_of() does not know is no act at all.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::casework {

enum class Act : std::uint8_t {
  look,
  search,
  bring_in,
  compute,
  judge,
  keep_case,
  categorise,
  decide,
  hold,
  export_out,  ///< written "export"
  train,
  grant,
  accounts,
  install,
  audit,
  statistics,
  personal_data,
  sign_in,  ///< what everybody with an account may do
};
inline constexpr std::size_t kActs = 18;
std::span<const std::string_view> names(Act);

/// The act behind an action of the audit log ("networks", "import" ...); empty: no such action.
std::optional<Act> act_of(std::string_view action);
/// Every action that the program knows, with its act; ascending by name.
std::span<const std::pair<std::string_view, Act>> actions();

enum class UserRole : std::uint8_t {
  analyst,
  investigator,
  social_inspector,
  case_officer,
  liaison,
  statistician,
  supervisor,
  administrator,
  auditor,
  data_protection_officer,
};
inline constexpr std::size_t kRoles = 10;
std::span<const std::string_view> names(UserRole);

/// What a user may do, by all roles together.
struct Rights {
  std::bitset<kActs> acts;
  bool sees_cases = false;

  [[nodiscard]] bool may(Act act) const { return acts.test(static_cast<std::size_t>(act)); }
  static Rights all() {
    Rights out;
    out.acts.set();
    out.sees_cases = true;
    return out;
  }
};

class Roles {
 public:
  /// @param data  folder of the vocabulary. @error base.bad_data_file (a role or act missing or
  ///              unknown), base.cannot_read.
  static Result<Roles> open(const std::filesystem::path& data);

  [[nodiscard]] Rights rights_of(std::span<const UserRole> roles) const;
  /// @error casework.roles_not_together, with why.
  Result<void> check_together(std::span<const UserRole> roles) const;
  [[nodiscard]] const std::string& sentence(Act act) const {
    return sentences_[static_cast<std::size_t>(act)];
  }
  [[nodiscard]] const std::string& title(UserRole role) const {
    return titles_[static_cast<std::size_t>(role)];
  }

 private:
  struct Pair {
    UserRole a{}, b{};
    std::string why;
  };
  Result<void> read_acts(const class RolesFile& file);
  Result<void> read_roles(const class RolesFile& file);
  Result<void> read_pairs(const class RolesFile& file);

  std::array<std::string, kActs> sentences_;
  std::array<std::string, kRoles> titles_;
  std::array<Rights, kRoles> rights_;
  std::vector<Pair> never_together_;
};

}  // namespace ovillo::casework
