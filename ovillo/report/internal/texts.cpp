// Texts of one hand: what is fixed in them and what varies, when they were written, why each record
// is counted among them. And stock texts, which count for little.
#include <algorithm>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "ovillo/report/internal/day.hpp"
#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

constexpr std::size_t kUnfolded = 12;  // rows of a table that stand open on the page

std::string_view slot_word(std::string_view kind) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"name", "name"}, {"place", "town or place"}, {"phone", "phone number"},
      {"age", "age"},   {"price", "price"},         {"hour", "hour"}};
  for (const auto& [name, word] : kWords)
    if (name == kind) return word;
  return "other";
}

// Empty lines are left out: a template is no quotation.
std::string without_empty_lines(std::string_view words) {
  std::string out;
  for (const char c : words)
    if (c != '\r' && !(c == '\n' && out.ends_with('\n'))) out += c;
  return out;
}

std::string template_html(const ReportText& text) {
  std::string out = "<p class=\"template text\" lang=\"\" dir=\"auto\">";
  std::size_t slot = 0;
  for (const ReportTextPart& part : text.parts)
    out += part.is_slot ? fmt::format("<span class=\"slot\" lang=\"en\"><b>{}</b> {}</span>",
                                      ++slot, slot_word(part.text))
                        : raw_words(without_empty_lines(part.text));
  return out + "</p>\n";
}

std::size_t n_slots(const ReportText& text) {
  return static_cast<std::size_t>(
      std::count_if(text.parts.begin(), text.parts.end(),
                    [](const ReportTextPart& part) { return part.is_slot; }));
}

struct Days {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

std::optional<Days> days_of(const NetworkReport& report, const std::vector<std::size_t>& records) {
  std::optional<Days> days;
  for (const std::size_t record : records) {
    const auto& local_s = report.records[record].local_s;
    if (!local_s) continue;
    const std::int64_t day = day_of(*local_s);
    days = days ? Days{std::min(days->first, day), std::max(days->last, day)} : Days{day, day};
  }
  return days;
}

std::vector<std::size_t> records_of(const ReportText& text) {
  std::vector<std::size_t> records;
  for (const ReportTextMember& member : text.members) records.push_back(member.record);
  return records;
}

std::string span_of(const std::optional<Days>& days) {
  if (!days) return "not dated";
  if (days->first == days->last) return date_of_day(days->first);
  return date_of_day(days->first) + " to " + date_of_day(days->last);
}

// A strip from the first to the last day of the network, so that the strips of its texts can be
// laid one under the other.
std::string strip(const NetworkReport& report, const ReportText& text, std::size_t number,
                  const Days& all) {
  constexpr double kWidth = 860;
  constexpr double kSide = 44;
  constexpr double kHeight = 34;
  constexpr double kTop = 6;
  constexpr std::int64_t kMostBars = 190;
  constexpr double kWidestBar = 14;
  const std::int64_t n_days = all.last - all.first + 1;
  const std::int64_t n_bars = std::min(n_days, kMostBars);
  std::map<std::int64_t, std::size_t> bars;
  for (const ReportTextMember& member : text.members)
    if (const auto& local_s = report.records[member.record].local_s)
      ++bars[(day_of(*local_s) - all.first) * n_bars / n_days];
  if (bars.empty()) return {};
  std::size_t most = 0;
  for (const auto& [bar, n] : bars) most = std::max(most, n);
  const double step = (kWidth - 2 * kSide) / static_cast<double>(n_bars);
  const double width = std::min(step * 0.8, kWidestBar);
  std::string out = fmt::format(
      "<svg class=\"strip\" role=\"img\" aria-labelledby=\"T{0}-title\" viewBox=\"0 0 {1:.0f} "
      "{2:.0f}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"T{0}-title\">When the records "
      "with T{0} were written: {3}, between the first and last day of the network</title>\n",
      number, kWidth, kTop + kHeight + 22, span_of(days_of(report, records_of(text))));
  for (const auto& [bar, n] : bars) {
    const double height = kHeight * static_cast<double>(n) / static_cast<double>(most);
    const std::int64_t day = all.first + (bar * n_days + n_bars - 1) / n_bars;
    out += fmt::format(
        "<rect class=\"bar\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\">"
        "<title>{}{}: {}</title></rect>\n",
        kSide + step * (static_cast<double>(bar) + 0.5) - width / 2, kTop + kHeight - height, width,
        height, n_days > n_bars ? "from " : "", date_of_day(day), counted(n, "record", "records"));
  }
  out += fmt::format(
      "<line class=\"base\" x1=\"{0}\" y1=\"{1}\" x2=\"{2}\" y2=\"{1}\"/><text class=\"axis\" "
      "x=\"{0}\" y=\"{3}\">{4}</text>",
      kSide, kTop + kHeight, kWidth - kSide, kTop + kHeight + 16, date_of_day(all.first));
  if (n_days > 1)
    out += fmt::format("<text class=\"axis\" x=\"{}\" y=\"{}\">{}</text>", kWidth - kSide,
                       kTop + kHeight + 16, date_of_day(all.last));
  return out + "</svg>\n";
}

std::string reason_html(const ReportTextMember& member) {
  if (!member.joined_with && member.joined_with_id.empty())
    return "The reasons of the others lead back to this record.";
  const std::string with = member.joined_with
                               ? fmt::format("<a href=\"#R{0}\">R{0}</a>", *member.joined_with + 1)
                               : fmt::format("record <code>{}</code>, outside this network",
                                             escaped(member.joined_with_id));
  if (member.is_copy) return "The same words as " + with + ".";
  return fmt::format("Joined with {}: saves {} bits, {} were asked.", with, member.bits,
                     member.bits_asked);
}

// The first words that fit a table.
std::string short_words(std::string_view words) {
  constexpr std::size_t kMostBytes = 60;
  if (words.size() <= kMostBytes) return raw_words(words);
  std::size_t end = kMostBytes;
  while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;
  return raw_words(words.substr(0, end)) + "…";
}

std::string slots_html(const ReportTextMember& member) {
  std::string out;
  for (std::size_t s = 0; s < member.slots.size(); ++s) {
    const auto& words = member.slots[s];
    const std::string shown = !words           ? "–"
                              : words->empty() ? "<span class=\"none\">nothing</span>"
                                               : "<bdi lang=\"\">" + short_words(*words) + "</bdi>";
    out += fmt::format("{}<b>{}</b> {}", s == 0 ? "" : " · ", s + 1, shown);
  }
  return out;
}

std::string members_html(const NetworkReport& report, const ReportText& text, std::size_t number) {
  // "2026-03-02 14:05": seconds and zone stand with the record.
  const auto minutes = [](std::string time) {
    constexpr std::size_t kMinutes = 16;
    if (time.size() <= kMinutes) return time;
    std::replace(time.begin(), time.end(), 'T', ' ');
    return time.substr(0, kMinutes);
  };
  const bool has_slots = n_slots(text) > 0;
  std::string table = fmt::format(
      "<table class=\"data\"><thead><tr><th scope=\"col\">Record</th><th "
      "scope=\"col\">Time</th>{}<th scope=\"col\">Why it is here</th></tr></thead><tbody>\n",
      has_slots ? "<th scope=\"col\">In the boxes</th>" : "");
  for (const ReportTextMember& member : text.members) {
    const ReportRecord& record = report.records[member.record];
    table += fmt::format(
        "<tr><td><a href=\"#R{0}\">R{0}</a></td><td class=\"when\">{1}</td>{2}<td>{3}</td></tr>\n",
        member.record + 1, record.time.empty() ? "not stated" : escaped(minutes(record.time)),
        has_slots ? "<td class=\"value\">" + slots_html(member) + "</td>" : "",
        reason_html(member));
  }
  table += "</tbody></table>\n";
  if (text.members.size() <= kUnfolded) return table;
  return fmt::format(
      "<details class=\"table\"><summary>The {} with T{}, and why</summary>\n{}"
      "</details>\n",
      counted(text.members.size(), "record", "records"), number, table);
}

std::string one_text(const NetworkReport& report, const ReportText& text, std::size_t number,
                     const std::optional<Days>& all) {
  const std::vector<std::size_t> records = records_of(text);
  std::string out = fmt::format(
      "<article class=\"one-text\" id=\"T{0}\"><h3><span class=\"exhibit\">T{0}</span> {1}, "
      "{2}</h3>\n{3}<p class=\"basis\">{4}, {5}.",
      number, counted(records.size(), "record", "records"), span_of(days_of(report, records)),
      template_html(text), counted(text.n_fixed_words, "word is fixed", "words are fixed"),
      n_slots(text) == 0 ? "nothing varies" : counted(n_slots(text), "box varies", "boxes vary"));
  if (text.n_elsewhere > 0)
    out += fmt::format(
        " {} outside this network.",
        counted(text.n_elsewhere, "more record has this text", "more records have this text"));
  out += "</p>\n";
  if (all) out += strip(report, text, number, *all);
  return out + members_html(report, text, number) + "</article>\n";
}

}  // namespace

std::string texts_of_one_hand(const NetworkReport& report) {
  std::string out =
      "<section id=\"texts\"><h2><span class=\"number\">5</span> Texts of one hand <span "
      "class=\"tag inference\">machine inference</span></h2>\n";
  if (report.texts.empty())
    return out +
           "<p>No wording comes back in these records that chance would not explain.</p>"
           "</section>\n";
  out +=
      "<p>A wording that comes back in several records, too long and too unusual for chance, has "
      "one origin: one writer, one agency, or somebody who copied it. Which of these it was, the "
      "texts do not say. A text is not a person, and to share one is no offence.</p>\n"
      "<p>Plain words are the same in at least seven of ten of the records. A <span "
      "class=\"slot\">box</span> is what varies, with what kind of thing stands there as far as "
      "the words beside it tell; a dash in the table says that it could not be told what a "
      "record has there. The strip shows how many were written when, on the days of the "
      "whole network.</p>\n"
      "<p><strong>Why a record is here.</strong> It was compared with those most like it. "
      "“The same words” means: but for capitals, accents, signs and digits. “Saves 84 bits, 31 "
      "were asked” means: as a changed copy of the other record’s text it is 84 bits shorter to "
      "write down than anew from what everybody writes, and fewer than 31 would have been put down "
      "to chance and stock phrases. It is not the probability that one person wrote both.</p>\n";
  std::vector<std::size_t> every(report.records.size());
  for (std::size_t r = 0; r < every.size(); ++r) every[r] = r;
  const std::optional<Days> all = days_of(report, every);
  for (std::size_t t = 0; t < report.texts.size(); ++t)
    out += one_text(report, report.texts[t], t + 1, all);
  return out + "</section>\n";
}

std::string stock_texts(const NetworkReport& report) {
  std::string out =
      "<section id=\"stock\"><h2><span class=\"number\">6</span> Texts that everybody uses <span "
      "class=\"tag inference\">machine inference</span></h2>\n";
  if (report.stock.empty())
    return out +
           "<p>None was found in these records: no site notice, footer or stock sentence that many "
           "of the texts hold.</p></section>\n";
  out +=
      "<p>Words of these records that so many texts hold, also outside this network (site notices, "
      "footers, stock sentences), that to share them says little. They were given little weight "
      "when texts were compared. Digits stand as #.</p>\n";
  std::string table =
      "<table class=\"data\"><thead><tr><th scope=\"col\">Words</th><th scope=\"col\" "
      "class=\"right\">Texts with them, about</th><th scope=\"col\">In these "
      "records</th></tr></thead><tbody>\n";
  for (const ReportStock& stock : report.stock)
    table += fmt::format(
        "<tr><td class=\"words\" lang=\"\" dir=\"auto\">{}</td><td class=\"right\">{}</td><td>{}"
        "</td></tr>\n",
        raw_words(stock.text), grouped(stock.n_texts), record_links(stock.records));
  table += "</tbody></table>\n";
  if (report.stock.size() > kUnfolded)
    table = fmt::format("<details class=\"table\"><summary>{}</summary>\n{}</details>\n",
                        counted(report.stock.size(), "stock text", "stock texts"), table);
  return out + table + "</section>\n";
}

}  // namespace ovillo::report
