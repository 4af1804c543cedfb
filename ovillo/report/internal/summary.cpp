// What the records show, kept apart by side; and annex A, the indicators behind it.
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

struct Part {
  SignSide side;
  std::string_view heading;
  std::string_view explained;
  std::string_view none;  ///< empty: the part is left out when nothing was seen
};

constexpr Part kParts[] = {
    {SignSide::urgent, "Urgent: a person must read these texts now",
     "Words that may speak of minority, captivity, suicide or violence. They are not weighed "
     "against anything and count in no comparison. The words are folded.",
     ""},
    {SignSide::organisation, "Organisation",
     "More than one hand behind the adverts. It may be lawful: accredited employers, agencies, "
     "people who share a flat or a phone for safety. Organisation alone is never a sign of "
     "exploitation.",
     "None seen in these records."},
    {SignSide::sign_for, "Signs of exploitation",
     "Something in the records speaks of earnings taken, debt, threats, documents kept or the "
     "like. Somebody wrote it; whether it is true is for a person to find out.",
     "None seen in these records. That is not the same as none."},
    {SignSide::sign_against, "Against",
     "What speaks for people who work for themselves, on their own terms. None of it clears "
     "anybody: a person under control can be made to write it.",
     "None seen in these records. That is not the same as none."},
    {SignSide::not_known, "Not known",
     "What nobody could see in these records. Not known is neither for nor against.",
     "Nothing was recorded as not known."},
};

// The same words are quoted once, with every record they were quoted from.
struct Wording {
  std::string_view raw;
  std::string_view column;
  std::vector<std::size_t> records;
};

std::vector<Wording> wordings_of(const ReportSign& sign) {
  std::vector<Wording> wordings;
  for (const ReportQuote& quote : sign.quotes) {
    auto at = std::find_if(wordings.begin(), wordings.end(), [&](const Wording& wording) {
      return wording.raw == quote.raw && wording.column == quote.column;
    });
    if (at == wordings.end()) at = wordings.insert(at, {quote.raw, quote.column, {}});
    at->records.push_back(quote.record);
  }
  for (Wording& wording : wordings) {
    std::sort(wording.records.begin(), wording.records.end());
    wording.records.erase(std::unique(wording.records.begin(), wording.records.end()),
                          wording.records.end());
  }
  std::stable_sort(wordings.begin(), wordings.end(), [](const Wording& x, const Wording& y) {
    return x.records.front() < y.records.front();
  });
  return wordings;
}

std::string quoted(const Wording& wording) {
  if (wording.raw.empty())
    return fmt::format("<li>{}, as a whole</li>\n", record_links(wording.records));
  return fmt::format(
      "<li><q><bdi lang=\"\">{}</bdi></q> {} <span class=\"aside\">in the field {}</span></li>\n",
      raw_words(wording.raw), record_links(wording.records), raw_words(wording.column));
}

std::string quotes(const ReportSign& sign) {
  if (sign.quotes.empty()) return {};
  std::string list = "<ul class=\"quotes\">\n";
  for (const Wording& wording : wordings_of(sign)) list += quoted(wording);
  list += "</ul>\n";
  if (sign.side != SignSide::urgent) return list;
  return "<details><summary>Show the words</summary>\n" + list + "</details>\n";
}

std::size_t n_quoted(const ReportSign& sign) {
  std::set<std::size_t> records;
  for (const ReportQuote& quote : sign.quotes) records.insert(quote.record);
  return records.size();
}

std::string one_sign(const ReportSign& sign) {
  std::string out =
      fmt::format("<li class=\"sign\"><p class=\"sentence\">{}</p>\n", escaped(sign.sentence));
  out += quotes(sign);
  out += "<p class=\"basis\">";
  if (!sign.records.empty()) {
    out += fmt::format("Rests on {}: {}. ", counted(sign.records.size(), "record", "records"),
                       record_links(sign.records));
    if (!sign.quotes.empty() && n_quoted(sign) < sign.records.size())
      out += fmt::format("Quoted here: {} of them. ", n_quoted(sign));
  }
  if (sign.known_bias.size() > 1)
    out += fmt::format("<span class=\"bias\">Known bias: {}</span> ", escaped(sign.known_bias));
  out += fmt::format("<a href=\"#indicator-{0}\">{0}</a></p></li>\n", escaped(sign.indicator));
  return out;
}

}  // namespace

std::string summary(const NetworkReport& report) {
  std::string out =
      "<section id=\"summary\"><h2><span class=\"number\">2</span> What the records show <span "
      "class=\"tag inference\">machine inference</span></h2>\n"
      "<p>That an indicator was seen is a machine inference; the words in quotation marks are the "
      "<span class=\"tag claim\">source’s claim</span>, as written. The order says nothing about "
      "weight.</p>\n";
  int number = 0;
  for (const Part& part : kParts) {
    std::string signs;
    for (const ReportSign& sign : report.signs)
      if (sign.side == part.side) signs += one_sign(sign);
    if (signs.empty() && part.none.empty()) continue;
    out += fmt::format("<div class=\"side {}\"><h3>2.{} {}</h3>\n<p class=\"explained\">{}</p>\n",
                       name_of(part.side), ++number, part.heading, part.explained);
    out += signs.empty() ? fmt::format("<p class=\"none\">{}</p>\n", part.none)
                         : "<ul class=\"signs\">\n" + signs + "</ul>\n";
    out += "</div>\n";
  }
  out += "</section>\n";
  return out;
}

std::string indicators(const NetworkReport& report) {
  std::string out =
      "<section id=\"indicators\"><h2><span class=\"number\">A</span> Annex A. Indicators, their "
      "sources and known bias</h2>\n<p>Indicators are a public list that comes with the program. "
      "Those that were seen above, in the order of section 2:</p>\n";
  std::set<std::string_view> told;
  for (const ReportSign& sign : report.signs) {
    if (!told.insert(sign.indicator).second) continue;
    out += fmt::format(
        "<article class=\"indicator\" id=\"indicator-{0}\"><h3>{1} <code>{0}</code></h3>\n<dl>\n",
        escaped(sign.indicator), escaped(sign.name));
    const std::pair<std::string_view, std::string_view> lines[] = {
        {"Source", sign.source},
        {"Evidence for it", sign.evidence},
        {"Known bias", sign.known_bias},
        {"Reviewed by", sign.reviewed_by},
        {"Objections", sign.objections}};
    for (const auto& [name, value] : lines)
      out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", name,
                         value.empty() || value == "-" ? "not stated" : escaped(value));
    out += "</dl></article>\n";
  }
  out += "</section>\n";
  return out;
}

}  // namespace ovillo::report
