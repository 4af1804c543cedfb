// Mapping profile: which column of a file is what.
//
// A TOML file that a person can read and correct; data/profiles ships common shapes; `propose`
// (propose.hpp) writes one by looking at the data. Format: docs/formats/profile.md.
//
//   name = "adverts"
//   kind = "advert"            # or: kind_column = "type", with [kinds] value = "person"
//   date_order = "day_first"
//   decimal = "infer"
//   [columns]
//   "Ad text" = "text"
//   "Tel." = "phone"
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::intake {

struct Profile {
  std::string name;
  RecordKind kind = RecordKind::document;
  std::string kind_column;                  ///< empty: every row is of `kind`
  std::map<std::string, RecordKind> kinds;  ///< value in kind_column -> kind
  DateOrder date_order = DateOrder::day_first;
  DecimalMark decimal = DecimalMark::infer;
  std::optional<char> delimiter;         ///< between the cells of a CSV; empty: guessed
  std::map<std::string, Field> columns;  ///< by column name; the rest are Field::other
  std::string default_currency;          ///< assumed when no currency column; may be empty

  bool operator==(const Profile&) const = default;
};

/// @error intake.bad_profile with line and key.
Result<Profile> parse_profile(std::string_view toml);
/// Reads one from a file. @error intake.bad_profile with file, line and key; base.cannot_read.
Result<Profile> read_profile(const std::filesystem::path& path);
std::string write_profile(const Profile& profile);

/// The profiles of `data`/profiles, by file name. @error intake.bad_profile, base.cannot_read.
Result<std::vector<Profile>> shipped_profiles(const std::filesystem::path& data);

/// The profile that names most columns of a header, at least four fifths of them and those that a
/// record of its kind cannot do without; none where two kinds fit equally well.
/// @param header     names as the reader gives them.
/// @param file_name  decides between kinds that fit equally well: "reports.csv" is the profile
///                   "reports". May be empty.
/// @return  empty: none fits.
std::optional<Profile> best_profile(const std::vector<Profile>& profiles,
                                    const std::vector<std::string>& header,
                                    std::string_view file_name = {});

}  // namespace ovillo::intake
