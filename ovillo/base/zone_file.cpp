// Zone::open(): the zone files of the system, and the rule at their end.
//
// A TZif file (RFC 8536) holds the changes of the clock that are tabulated and, in its last line, a
// TZ rule of POSIX ("CET-1CEST,M3.5.0,M10.5.0/3") for all years after them. Version 1 blocks with
// 32-bit times are skipped; version 2 and later are read.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "ovillo/base/error.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo {

namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::string_view kZoneFolder = "/usr/share/zoneinfo";

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = (static_cast<unsigned char>(bytes[0]) & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(value);
}

/// The day of the year on which a POSIX rule changes the clock, and the local time of it.
struct ChangeRule {
  char form = 'M';  // 'M' month.week.day, 'J' 1..365 without 29 February, 'n' 0..365 with it
  int month = 0;
  int week = 0;
  int day = 0;
  std::int64_t time_s = 7200;

  [[nodiscard]] std::int64_t local_s(std::int64_t year) const {
    return day_number(year) * kDay + time_s;
  }

 private:
  [[nodiscard]] std::int64_t day_number(std::int64_t year) const {
    const std::int64_t new_year = days_from_civil(year, 1, 1);
    if (form == 'n') return new_year + day;
    const bool leap = days_from_civil(year + 1, 1, 1) - new_year == 366;
    if (form == 'J') return new_year + day - 1 + (leap && day >= 60 ? 1 : 0);
    const std::int64_t first = days_from_civil(year, static_cast<unsigned>(month), 1);
    const std::int64_t next_month =
        month == 12 ? days_from_civil(year + 1, 1, 1)
                    : days_from_civil(year, static_cast<unsigned>(month) + 1, 1);
    const std::int64_t weekday_of_first = ((first + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
    std::int64_t found = first + (day - weekday_of_first + 7) % 7 + std::int64_t{week - 1} * 7;
    if (found >= next_month) found -= 7;  // week 5 means the last
    return found;
  }
};

struct YearlyRule {
  std::int32_t standard_s = 0;  // local minus UTC
  std::int32_t summer_s = 0;
  bool has_summer = false;
  ChangeRule to_summer;
  ChangeRule to_standard;
};

/// Reads "CET-1CEST,M3.5.0,M10.5.0/3".
class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  std::optional<YearlyRule> read() {
    YearlyRule rule;
    const auto standard = name() ? offset() : std::nullopt;
    if (!standard) return std::nullopt;
    rule.standard_s = *standard;
    if (rest_.empty()) return rule;
    rule.has_summer = true;
    if (!name()) return std::nullopt;
    rule.summer_s = rule.standard_s + 3600;
    if (!rest_.empty() && rest_.front() != ',') {
      const auto summer = offset();
      if (!summer) return std::nullopt;
      rule.summer_s = *summer;
    }
    const bool whole = change(rule.to_summer) && change(rule.to_standard) && rest_.empty();
    return whole ? std::optional(rule) : std::nullopt;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool name() {
    const bool quoted = take('<');
    std::size_t n = 0;
    while (n < rest_.size() && is_name_char(rest_[n], quoted)) ++n;
    rest_.remove_prefix(n);
    return n >= 3 && (!quoted || take('>'));
  }
  static bool is_name_char(char c, bool quoted) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
  }
  std::optional<int> number() {
    int value = 0;
    std::size_t n = 0;
    for (; n < rest_.size() && n < 4 && rest_[n] >= '0' && rest_[n] <= '9'; ++n)
      value = value * 10 + (rest_[n] - '0');
    rest_.remove_prefix(n);
    return n > 0 ? std::optional(value) : std::nullopt;
  }
  // [+-]hh[:mm[:ss]] in seconds; hours run to 167 in the time of a change.
  std::optional<std::int64_t> clock() {
    const int sign = take('-') ? -1 : 1;
    if (sign > 0) take('+');
    const auto hours = number();
    if (!hours || *hours > 167) return std::nullopt;
    std::int64_t seconds = *hours * std::int64_t{3600};
    for (const int unit : {60, 1}) {
      if (!take(':')) break;
      const auto part = number();
      if (!part || *part > 59) return std::nullopt;
      seconds += *part * std::int64_t{unit};
    }
    return sign * seconds;
  }
  // POSIX counts west as positive; Ovillo counts local minus UTC.
  std::optional<std::int32_t> offset() {
    const auto west = clock();
    return west ? std::optional(static_cast<std::int32_t>(-*west)) : std::nullopt;
  }
  bool change(ChangeRule& out) {
    if (!take(',')) return false;
    if (!(take('M') ? month_form(out) : day_form(out))) return false;
    if (!take('/')) return true;
    const auto time = clock();
    if (time) out.time_s = *time;
    return time.has_value();
  }
  bool month_form(ChangeRule& out) {
    out.form = 'M';
    out.month = number().value_or(0);
    out.week = take('.') ? number().value_or(0) : 0;
    out.day = take('.') ? number().value_or(7) : 7;
    return out.month >= 1 && out.month <= 12 && out.week >= 1 && out.week <= 5 && out.day <= 6;
  }
  bool day_form(ChangeRule& out) {
    out.form = take('J') ? 'J' : 'n';
    const auto day = number();
    if (!day || *day > 365 || (out.form == 'J' && *day < 1)) return false;
    out.day = *day;
    return true;
  }

  std::string_view rest_;
};

// The counts in a TZif header, in the order of the file.
struct BlockSize {
  std::size_t isut = 0, isstd = 0, leap = 0, time = 0, type = 0, chars = 0;

  [[nodiscard]] std::size_t bytes(std::size_t time_bytes) const {
    return time * time_bytes + time + type * 6 + chars + leap * (time_bytes + 4) + isstd + isut;
  }
};

constexpr std::size_t kHeaderBytes = 44;

std::optional<BlockSize> read_header(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || !bytes.starts_with("TZif")) return std::nullopt;
  std::array<std::size_t, 6> counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::int64_t count = big_endian(bytes.substr(20 + 4 * i, 4));
    if (count < 0 || count > 1'000'000) return std::nullopt;
    counts[i] = static_cast<std::size_t>(count);
  }
  return BlockSize{counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]};
}

bool is_zone_name(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '+' || c == '-';
  };
  return !name.empty() && name.size() < 64 && name.front() != '/' && name.back() != '/' &&
         std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

/// Reads one zone file into a table of changes.
class ZoneFile {
 public:
  /// @return  empty when the file is damaged, of version 1, or counts leap seconds.
  static std::shared_ptr<const Zone::Table> read(std::string_view bytes) {
    const auto first = read_header(bytes);
    if (!first || bytes[4] < '2') return nullptr;
    if (bytes.size() < kHeaderBytes + first->bytes(4)) return nullptr;
    bytes.remove_prefix(kHeaderBytes + first->bytes(4));
    const auto second = read_header(bytes);
    if (!second || second->leap != 0 || second->type == 0) return nullptr;
    bytes.remove_prefix(kHeaderBytes);
    if (bytes.size() < second->bytes(8) + 2) return nullptr;

    auto table = std::make_shared<Zone::Table>();
    if (!read_changes(bytes, *second, *table)) return nullptr;
    bytes.remove_prefix(second->bytes(8));
    if (bytes.front() != '\n' || bytes.back() != '\n') return nullptr;
    const std::string_view footer = bytes.substr(1, bytes.size() - 2);
    if (!footer.empty()) {
      const auto rule = RuleReader(footer).read();
      if (!rule) return nullptr;
      apply(*rule, *table);
    }
    return table;
  }

 private:
  static bool read_changes(std::string_view bytes, const BlockSize& size, Zone::Table& table) {
    const std::string_view types = bytes.substr(size.time * 9, size.type * 6);
    const auto offset_of = [&](std::size_t type) {
      return static_cast<std::int32_t>(big_endian(types.substr(type * 6, 4)));
    };
    table.first_offset_s = offset_of(0);
    for (std::size_t i = 0; i < size.time; ++i) {
      const auto type = static_cast<unsigned char>(bytes[size.time * 8 + i]);
      if (type >= size.type) return false;
      const std::int64_t at = big_endian(bytes.substr(i * 8, 8));
      if (i > 0 && at <= table.transitions.back().at_utc_s) return false;
      table.transitions.push_back({at, offset_of(type)});
    }
    return true;
  }

  // Adds 402 years of changes after the tabulated ones, of which 400 stand for all years to come.
  static void apply(const YearlyRule& rule, Zone::Table& table) {
    auto& all = table.transitions;
    if (!rule.has_summer) {
      if (all.empty()) table.first_offset_s = rule.standard_s;
      return;
    }
    // Tables may begin with a change at the beginning of time; rules are younger than 1900.
    const std::int64_t last = all.empty() ? std::int64_t{-2'208'988'800} : all.back().at_utc_s;
    const std::int64_t year = 1970 + std::max<std::int64_t>(last, -2'208'988'800) / 31'556'952;
    std::vector<Zone::Transition> coming;
    for (std::int64_t y = year - 1; y <= year + 403; ++y) {
      const Zone::Transition standard{rule.to_standard.local_s(y) - rule.summer_s, rule.standard_s};
      const Zone::Transition summer{rule.to_summer.local_s(y) - rule.standard_s, rule.summer_s};
      for (const auto& change : {standard, summer})
        if (all.empty() || change.at_utc_s > last) coming.push_back(change);
    }
    // Where summer time never ends, its end and its next beginning are one instant: it goes on.
    const auto earlier = [](const auto& a, const auto& b) { return a.at_utc_s < b.at_utc_s; };
    std::stable_sort(coming.begin(), coming.end(), earlier);
    for (const auto& change : coming) {
      if (!all.empty() && all.back().at_utc_s == change.at_utc_s) {
        all.back() = change;
      } else {
        all.push_back(change);
      }
    }
    table.repeats_from_s = days_from_civil(year + 2, 1, 1) * kDay;
  }
};

Result<Zone> Zone::open(std::string_view name) {
  const auto path = std::filesystem::path(kZoneFolder) / name;
  std::error_code ignored;
  if (!is_zone_name(name) || !std::filesystem::is_regular_file(path, ignored))
    return Error(ErrorCode::base_unknown_zone, std::string(name));
  OVILLO_TRY(const std::string bytes, read_file(path));
  Zone zone;
  zone.name_ = name;
  zone.table_ = ZoneFile::read(bytes);
  if (!zone.table_) {
    Locus locus;
    locus.file = path.string();
    return Error(ErrorCode::base_bad_data_file, std::string(name), std::move(locus));
  }
  return zone;
}

}  // namespace ovillo
