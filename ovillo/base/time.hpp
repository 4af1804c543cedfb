// Time as files state it: an interval, how precise it is, and where its zone came from.
//
// A statement that says only "3 March 2026" is the interval of that day; "2026-03" is the month.
// The zone is stated in the value ("+01:00", "Z") or assumed from the source's zone; both are kept
// apart because "deposits between 22:00 and 06:00" is a question about local time. What was
// written stays beside it in the record's field.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo {

enum class TimePrecision : std::uint8_t { year, month, day, minute, second };
enum class ZoneBasis : std::uint8_t { stated, assumed };

/// [begin, end) in UTC seconds since 1970, with the local offset at `begin`.
struct Time {
  std::int64_t begin_utc_s = 0;
  std::int64_t end_utc_s = 0;
  std::int32_t offset_s = 0;  ///< local minus UTC at begin, seconds
  TimePrecision precision = TimePrecision::second;
  ZoneBasis zone = ZoneBasis::assumed;

  bool operator==(const Time&) const = default;
  auto operator<=>(const Time&) const = default;
};

/// A zone by IANA name ("Europe/Brussels"), read from the system's zone files (Debian: tzdata) with
/// the rule for the years after their last entry. Copyable, cheap, safe to share between threads.
class Zone {
 public:
  /// @error  base.unknown_zone; base.bad_data_file when the zone's file is damaged.
  /// @source RFC 8536 (TZif) and the TZ rule of POSIX.1-2017 8.3.
  static Result<Zone> open(std::string_view name);
  static Zone utc();
  /// Local minus UTC, seconds, for a local wall-clock time (seconds since 1970 as if UTC). In the
  /// hour that happens twice the first is meant; in the hour that does not exist, the one after:
  /// 02:30 then is 03:30, so the offset before the change is returned.
  [[nodiscard]] std::int32_t offset_at_local(std::int64_t local_s) const;
  /// Local minus UTC, seconds, at an instant.
  [[nodiscard]] std::int32_t offset_at_utc(std::int64_t utc_s) const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  friend class ZoneFile;
  struct Transition {
    std::int64_t at_utc_s;
    std::int32_t offset_s;
  };
  /// `transitions` ascending; an offset holds from at_utc_s on. The last 400 years of a table
  /// with a yearly rule stand for all later ones: the calendar repeats after 146,097 days.
  struct Table {
    std::vector<Transition> transitions;
    std::int32_t first_offset_s = 0;             ///< before the first transition
    std::optional<std::int64_t> repeats_from_s;  ///< UTC; empty: no yearly rule

    /// The instant of the table's years that stands for `t`.
    [[nodiscard]] std::int64_t within(std::int64_t t) const;
  };
  std::string name_ = "UTC";
  std::shared_ptr<const Table> table_;  ///< none: UTC
};

/// Order of day and month in numeric dates.
enum class DateOrder : std::uint8_t { day_first, month_first };

/// Reads one time as written: ISO 8601 (date, date and time, basic or extended, with or without
/// zone), "03/03/2026 14:05", "3.3.2026", "03-03-26" (69 to 99 are 19xx), "2/28/2026 2:05 PM",
/// "2026-03", "2026", "20260303140507", epoch seconds (10 digits) or milliseconds (13 digits).
///
/// A fraction of a second is read and dropped. "24:00" is the end of the day. An epoch number
/// states the instant but no zone: its offset is that of `zone`, assumed. A day is from midnight
/// to midnight of its zone: 23 or 25 hours where the clocks change.
/// @return  empty when the text is not a time in one of these forms, or names a day that never was.
/// @misses  week dates ("2026-W10"), ordinal dates, months in words.
std::optional<Time> parse_time(std::string_view text, const Zone& zone, DateOrder order);

/// ISO 8601 in local time as precise as the value: "2026-03-03T14:05:00+01:00", "2026-03-03".
std::string format_time(const Time& time);

/// ISO 8601 UTC, "2026-03-03T13:05:00Z".
std::string format_utc(std::int64_t utc_s);

/// Days since 1970-01-01 of a civil date (proleptic Gregorian).
std::int64_t days_from_civil(std::int64_t year, unsigned month, unsigned day);

/// The current time. The one clock; doors call it and pass the value on.
std::int64_t now_utc_s();

}  // namespace ovillo
