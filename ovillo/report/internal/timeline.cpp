// Figure 2: how many records fall in each day, week, month or year. No places: a track of movements
// is not drawn from adverts.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "ovillo/report/internal/day.hpp"
#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

enum class Period { day, week, month, year };

Period period_for(std::int64_t days) {
  if (days <= 45) return Period::day;
  if (days <= 400) return Period::week;
  if (days <= 2'000) return Period::month;
  return Period::year;
}

std::string_view period_word(Period period) {
  static constexpr std::string_view kWords[] = {"day", "week", "month", "year"};
  return kWords[static_cast<std::size_t>(period)];
}

// Number of the period a day falls in; periods that follow each other have numbers that do.
std::int64_t number_of(Period period, std::int64_t day) {
  if (period == Period::day) return day;
  constexpr std::int64_t kMondayShift = 3;  // 1970-01-01 was a Thursday
  if (period == Period::week) return floor_division(day + kMondayShift, 7);
  const std::string date = date_of_day(day);
  const std::int64_t year = std::stoll(date.substr(0, 4));
  return period == Period::year ? year : year * 12 + std::stoll(date.substr(5, 2)) - 1;
}

std::string name_of_period(Period period, std::int64_t number) {
  switch (period) {
    case Period::day:
      return date_of_day(number);
    case Period::week:
      return "from " + date_of_day(number * 7 - 3);
    case Period::month:
      return fmt::format("{:04}-{:02}", number / 12, number % 12 + 1);
    case Period::year:
      return fmt::format("{:04}", number);
  }
  return {};
}

struct Strip {
  Period period = Period::day;
  std::map<std::int64_t, std::vector<std::size_t>> bins;  ///< number of period -> records
  std::vector<std::size_t> undated;
};

Strip strip_of(const NetworkReport& report) {
  Strip strip;
  std::optional<std::int64_t> first;
  std::optional<std::int64_t> last;
  for (const ReportRecord& record : report.records) {
    if (!record.local_s) continue;
    const std::int64_t day = day_of(*record.local_s);
    first = std::min(first.value_or(day), day);
    last = std::max(last.value_or(day), day);
  }
  if (first && last) strip.period = period_for(*last - *first + 1);
  for (std::size_t r = 0; r < report.records.size(); ++r) {
    const auto& local_s = report.records[r].local_s;
    if (local_s)
      strip.bins[number_of(strip.period, day_of(*local_s))].push_back(r);
    else
      strip.undated.push_back(r);
  }
  return strip;
}

std::string svg(const Strip& strip) {
  constexpr double kWidth = 860;
  constexpr double kLeft = 44;
  constexpr double kHeight = 120;
  constexpr double kTop = 16;
  constexpr double kWidest = 80;
  const std::int64_t first = strip.bins.begin()->first;
  const std::int64_t last = strip.bins.rbegin()->first;
  const auto n = static_cast<double>(last - first + 1);
  const double step = std::min((kWidth - kLeft - 10) / n, kWidest);
  std::size_t most = 0;
  for (const auto& [number, records] : strip.bins) most = std::max(most, records.size());
  std::string out = fmt::format(
      "<svg class=\"strip\" role=\"img\" aria-labelledby=\"strip-title strip-description\" "
      "viewBox=\"0 0 {:.0f} {:.0f}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title "
      "id=\"strip-title\">Records per {}</title>\n<desc id=\"strip-description\">From {} to {}; at "
      "most {} in one {}. Table 3 says the same in words.</desc>\n",
      kWidth, kTop + kHeight + 34, period_word(strip.period), name_of_period(strip.period, first),
      name_of_period(strip.period, last), counted(most, "record", "records"),
      period_word(strip.period));
  out += fmt::format(
      "<line class=\"grid\" x1=\"{0}\" y1=\"{1}\" x2=\"{2:.1f}\" y2=\"{1}\"/><text class=\"axis "
      "end\" x=\"{3}\" y=\"{4}\">{5}</text>\n<text class=\"axis end\" x=\"{3}\" "
      "y=\"{6}\">0</text>\n",
      kLeft, kTop, kLeft + step * n, kLeft - 6, kTop + 4, most, kTop + kHeight + 4);
  // At most some seven dates fit under the strip.
  const double label_room = 120;
  const auto every = static_cast<std::int64_t>(label_room / step) + 1;
  for (const auto& [number, records] : strip.bins) {
    const double height = kHeight * static_cast<double>(records.size()) / static_cast<double>(most);
    out += fmt::format(
        "<rect class=\"bar\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\">"
        "<title>{}: {}</title></rect>\n",
        kLeft + step * static_cast<double>(number - first) + step * 0.1, kTop + kHeight - height,
        step * 0.8, height, name_of_period(strip.period, number),
        counted(records.size(), "record", "records"));
  }
  out += fmt::format("<line class=\"base\" x1=\"{0}\" y1=\"{1}\" x2=\"{2:.1f}\" y2=\"{1}\"/>\n",
                     kLeft, kTop + kHeight, kLeft + step * n);
  for (std::int64_t number = first; number <= last; number += every) {
    const double x = kLeft + step * (static_cast<double>(number - first) + 0.5);
    out += fmt::format(
        "<line class=\"base\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/><text "
        "class=\"axis\" x=\"{3:.1f}\" y=\"{4}\">{5}</text>\n",
        x, kTop + kHeight, kTop + kHeight + 5, std::max(x, kLeft + 20), kTop + kHeight + 22,
        strip.period == Period::week ? date_of_day(number * 7 - 3)
                                     : name_of_period(strip.period, number));
  }
  return out + "</svg>\n";
}

// The kinds of record there are, in the vocabulary's order.
std::vector<RecordKind> kinds_of(const NetworkReport& report) {
  std::vector<RecordKind> kinds;
  for (std::size_t k = 0; k < names(RecordKind{}).size(); ++k) {
    const auto kind = static_cast<RecordKind>(k);
    if (std::any_of(report.records.begin(), report.records.end(),
                    [&](const ReportRecord& record) { return record.kind == kind; }))
      kinds.push_back(kind);
  }
  return kinds;
}

std::string table_row(const NetworkReport& report, const std::vector<RecordKind>& kinds,
                      std::string_view name, const std::vector<std::size_t>& records) {
  std::string out = fmt::format("<tr><th scope=\"row\">{}</th>", name);
  for (const RecordKind kind : kinds)
    out += fmt::format("<td class=\"right\">{}</td>",
                       std::count_if(records.begin(), records.end(), [&](std::size_t r) {
                         return report.records[r].kind == kind;
                       }));
  return out + fmt::format("<td>{}</td></tr>\n", record_links(records));
}

std::string table(const NetworkReport& report, const Strip& strip) {
  const std::vector<RecordKind> kinds = kinds_of(report);
  std::string out = fmt::format(
      "<table class=\"data\"><caption><strong>Table 3.</strong> Records per {0}; a {0} without "
      "records is left out.</caption><thead><tr><th scope=\"col\">{0}</th>",
      period_word(strip.period));
  for (const RecordKind kind : kinds)
    out += fmt::format("<th scope=\"col\" class=\"right\">{}</th>", name_of(kind));
  out += "<th scope=\"col\">Records</th></tr></thead><tbody>\n";
  for (const auto& [number, records] : strip.bins)
    out += table_row(report, kinds, name_of_period(strip.period, number), records);
  if (!strip.undated.empty()) out += table_row(report, kinds, "time not stated", strip.undated);
  return out + "</tbody></table>\n";
}

}  // namespace

std::string timeline(const NetworkReport& report) {
  std::string out =
      "<section id=\"timeline\"><h2><span class=\"number\">7</span> Timeline <span class=\"tag "
      "claim\">source’s claim</span></h2>\n<p>Days are those of the clock of the place, as the "
      "files state or their source assumes it. Records are numbered in order of time. Places are "
      "left out on purpose: no track of anybody’s movements is drawn from adverts.</p>\n";
  if (report.records.empty()) return out + "<p>There are no records.</p></section>\n";
  const Strip strip = strip_of(report);
  if (!strip.bins.empty())
    out += fmt::format(
        "<figure>\n{}<figcaption><strong>Figure 2.</strong> Records per {}. It shows when records "
        "were written or captured, not when anything happened to anybody.</figcaption>\n"
        "</figure>\n",
        svg(strip), period_word(strip.period));
  out += table(report, strip);
  return out + "</section>\n";
}

}  // namespace ovillo::report
