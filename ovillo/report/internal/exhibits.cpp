// Annex B: every record, with its place in the file and its words.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

bool is_text(Field field) { return field == Field::text || field == Field::title; }

std::string field_html(const ReportField& field) {
  const std::string words = marked_words(field.value, field.marks);
  if (is_text(field.field))
    return fmt::format("<dt>{}</dt><dd class=\"text\" lang=\"\" dir=\"auto\">{}</dd>\n",
                       raw_words(field.column), words);
  return fmt::format("<dt>{}</dt><dd><bdi lang=\"\">{}</bdi></dd>\n", raw_words(field.column),
                     words);
}

// Table 4 has the whole name as given at import.
std::string_view last_part(std::string_view file_name) {
  return file_name.substr(file_name.find_last_of('/') + 1);
}

// What was found in the texts, and how it was written there.
std::string finds_html(const ReportRecord& record) {
  std::string out;
  std::set<std::string> told;
  for (const ReportField& field : record.fields)
    for (const ReportMark& mark : field.marks) {
      if (mark.written_as == WrittenAs::field) continue;
      std::string one = fmt::format("{} <bdi>{}</bdi> ({})", name_of(mark.kind),
                                    raw_words(mark.canonical), name_of(mark.written_as));
      if (told.insert(one).second) out += (out.empty() ? "" : "; ") + one;
    }
  if (out.empty()) return {};
  return "<dt class=\"found\">found, and how written <span class=\"tag inference\">machine "
         "inference</span></dt><dd>" +
         out + "</dd>\n";
}

// A few words that tell the record's fields without showing them.
std::string fields_summary(const ReportRecord& record) {
  std::size_t letters = 0;
  for (const ReportField& field : record.fields)
    if (is_text(field.field))
      letters += static_cast<std::size_t>(
          std::count_if(field.value.begin(), field.value.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
  std::string out = "Its words: " + counted(record.fields.size(), "field", "fields");
  if (letters > 0) out += ", text of " + counted(letters, "character", "characters");
  return out;
}

std::string one_record(const NetworkReport& report, const ReportRecord& record,
                       std::size_t number) {
  const ReportFile& file = report.files[record.file];
  const ReportSource& source = report.sources[file.source];
  std::string out = fmt::format(
      "<article class=\"record\" id=\"R{0}\"><h3><span class=\"exhibit\">R{0}</span> {1}, "
      "{2}</h3>\n",
      number, name_of(record.kind),
      record.time.empty() ? std::string("time not stated")
                          : "<time>" + escaped(record.time) + "</time>");
  out += fmt::format(
      "<p class=\"place\"><a href=\"#S{0}\">S{0}</a> {1} · grade {2}{3} · H{4} · <a "
      "href=\"#F{5}\">F{5}</a> {6}{7} · row {8} · byte {9} ({10})<br>file SHA-256 "
      "<code>{11}</code><br>record <code>{12}</code></p>\n",
      file.source + 1, raw_words(source.source.name), escaped({&source.source.grade.source, 1}),
      escaped({&source.source.grade.information, 1}), source.source.handling, record.file + 1,
      raw_words(last_part(file.name)),
      record.member.empty() ? "" : " › " + raw_words(record.member), grouped(record.row),
      grouped(record.byte), counted(record.length, "byte", "bytes"), escaped(file.sha256),
      escaped(record.id));
  out += "<details><summary>" + fields_summary(record) + "</summary>\n<dl>\n";
  for (const ReportField& field : record.fields) out += field_html(field);
  out += finds_html(record);
  return out + "</dl></details></article>\n";
}

}  // namespace

std::string exhibits(const NetworkReport& report) {
  std::string out =
      "<section id=\"exhibits\"><h2><span class=\"number\">B</span> Annex B. Every record <span "
      "class=\"tag claim\">source’s claim</span></h2>\n<p>In order of time; records without a time "
      "come last. The words are folded and open with a click; on paper they are printed. They "
      "stand as they were handed over. <mark>Marked</mark> is what the program found in them; a "
      "character that cannot be seen stands as <span class=\"hidden-character\">U+200B</span>. The "
      "byte is that of the row’s beginning, counted from 0, in the file once unpacked.</p>\n";
  for (std::size_t r = 0; r < report.records.size(); ++r)
    out += one_record(report, report.records[r], r + 1);
  return out + "</section>\n";
}

}  // namespace ovillo::report
