// What an authorisation allows: which rows lie inside its scope, and which go to quarantine.
//
// The kinds are a closed list (data/authorisations.toml) with the rule behind each per country and
// since when it applies. Nothing here opens or decides anything about a person.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/record/provenance.hpp"

namespace ovillo::casework {

/// Why a row lies outside.
enum class Outside : std::uint8_t {
  no_authorisation,  ///< the source rests on another authorisation, or on none
  record_kind,       ///< a kind of record that it does not cover
  before_period,     ///< happened, at least in part, before the period it covers
  after_period,      ///< happened, at least in part, after it
  time_not_stated,   ///< it covers a period, and the row says no time
  privileged,        ///< a conversation with a lawyer, a doctor or a reception centre
};
std::span<const std::string_view> names(Outside);
/// For a person: "The authorisation does not cover this kind of record."
std::string_view sentence(Outside reason);

/// True from valid_from up to, not including, valid_to.
bool is_valid(const Authorisation& authorisation, std::int64_t at_utc_s);

/// @param time  of the recorded event; empty: not stated.
/// @return      empty: inside. A row counts as inside a period only when all of its interval is.
std::optional<Outside> check_authorisation(const Source& source, const Authorisation& authorisation,
                                           RecordKind kind, const std::optional<Time>& time);

/// As check_authorisation, for rows whose source is known to rest on `authorisation`.
std::optional<Outside> outside_reason(const Authorisation& authorisation, RecordKind kind,
                                      const std::optional<Time>& time);
inline bool lies_inside(const Authorisation& authorisation, RecordKind kind,
                        const std::optional<Time>& time) {
  return !outside_reason(authorisation, kind, time);
}

/// The rule of one country behind a kind of authorisation.
struct AuthorisationRule {
  std::string country;  ///< ISO 3166-1 alpha-2, "EU", or "ZZ" for no country
  std::string rule;
  std::int64_t valid_from_utc_s = 0;
  std::optional<std::int64_t> valid_to_utc_s;
  bool checked = false;  ///< false: named from memory, not to be quoted before a jurist checked it
};

struct AuthorisationKind {
  std::string id;
  std::string title;
  std::vector<RecordKind> covers;  ///< empty: every kind
  std::vector<AuthorisationRule> rules;
};

class AuthorisationKinds {
 public:
  /// @error base.bad_data_file, base.cannot_read.
  static Result<AuthorisationKinds> open(const std::filesystem::path& data);
  [[nodiscard]] const std::vector<AuthorisationKind>& all() const { return kinds_; }
  /// Null: not on the list.
  [[nodiscard]] const AuthorisationKind* find(std::string_view id) const;

  /// An authorisation as it is to be held: the kind is listed, somebody and a reference are named,
  /// a rule applied when it was given, and its scope is none the kind cannot reach. An empty scope
  /// becomes what the kind covers.
  /// @param country  empty: a rule of any country will do.
  /// @error casework.no_authorisation, casework.unknown_authorisation_kind,
  ///        casework.authorisation_not_valid.
  Result<Authorisation> accept(Authorisation authorisation, std::string_view country) const;

 private:
  std::vector<AuthorisationKind> kinds_;
};

}  // namespace ovillo::casework
