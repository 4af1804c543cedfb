// Where everything comes from: sources with their authorisation and grade, files with their hash.
#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

std::string date(std::int64_t utc_s) { return format_utc(utc_s).substr(0, 10); }

std::string validity(const Authorisation& authorisation) {
  std::string out = "valid from " + date(authorisation.valid_from_utc_s);
  if (authorisation.valid_to_utc_s)
    out += ", until before " + date(*authorisation.valid_to_utc_s);
  else
    out += ", no end stated";
  return out;
}

std::string scope(const Authorisation& authorisation) {
  std::string out;
  for (const RecordKind kind : authorisation.scope)
    out += (out.empty() ? "" : ", ") + std::string(name_of(kind));
  out = out.empty() ? "every kind of record" : out;
  if (authorisation.scope_from_utc_s)
    out += "; events from " + date(*authorisation.scope_from_utc_s);
  if (authorisation.scope_to_utc_s) out += "; events before " + date(*authorisation.scope_to_utc_s);
  return out;
}

std::string line(std::string_view name, const std::string& html) {
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, html.empty() ? "not stated" : html);
}

std::string one_source(const ReportSource& entry, std::size_t number) {
  const Source& source = entry.source;
  const Authorisation& authorisation = entry.authorisation;
  std::string out = fmt::format(
      "<article class=\"source\" id=\"S{0}\"><h4><span class=\"exhibit\">S{0}</span> "
      "{1}</h4>\n<dl>\n",
      number, raw_words(source.name));
  out += line("Authorisation",
              fmt::format("{}; {}", raw_words(authorisation.kind), validity(authorisation)));
  out += line("Authority", raw_words(authorisation.authority));
  out += line("Reference", raw_words(authorisation.reference));
  out += line("Its document",
              authorisation.document_sha256.empty()
                  ? "not held here"
                  : "SHA-256 <code>" + escaped(authorisation.document_sha256) + "</code>");
  out += line("Scope", scope(authorisation));
  out += line(
      "Grade (4x4)",
      fmt::format("<strong>{}{}</strong> — {}; {}", escaped({&source.grade.source, 1}),
                  escaped({&source.grade.information, 1}), source_grade_word(source.grade.source),
                  information_grade_word(source.grade.information)));
  out += line("Handling code", fmt::format("<strong>H{}</strong> — {}", source.handling,
                                           handling_word(source.handling)));
  out += line("Handed over for", raw_words(source.purpose));
  out += line("Procedure", raw_words(source.procedure));
  out += line("Compartment", raw_words(entry.compartment));
  out += line("Time zone assumed", raw_words(source.zone));
  out += line("Review date", source.review_at_utc_s == 0 ? "" : date(source.review_at_utc_s));
  return out + "</dl></article>\n";
}

std::string or_not_stated(const std::optional<std::uint64_t>& n) {
  return n ? grouped(*n) : "not stated";
}

std::string one_file(const ReportFile& file, std::size_t number) {
  std::string out = fmt::format(
      "<tbody id=\"F{0}\"><tr><th scope=\"row\" rowspan=\"2\"><span "
      "class=\"exhibit\">F{0}</span></th><td>{1}</td><td><a href=\"#S{2}\">S{2}</a></td><td "
      "class=\"right\">{3}</td><td class=\"right\">{4}</td><td>{5}</td></tr>\n",
      number, raw_words(file.name), file.source + 1, or_not_stated(file.rows),
      grouped(file.n_records),
      file.imported_at_utc_s ? readable_utc(*file.imported_at_utc_s) : "not stated");
  out += "<tr><td colspan=\"5\" class=\"hashes\"><span class=\"term\">SHA-256</span> <code>" +
         escaped(file.sha256) + "</code>";
  if (file.bytes) out += ", " + counted(*file.bytes, "byte", "bytes");
  if (!file.merkle_root.empty())
    out += "<br><span class=\"term\">Merkle root of the kept original</span> <code>" +
           escaped(file.merkle_root) + "</code>";
  return out + "</td></tr></tbody>\n";
}

}  // namespace

std::string origin(const NetworkReport& report) {
  std::string out =
      "<section id=\"origin\"><h2><span class=\"number\">8</span> Sources, authorisations and "
      "files</h2>\n<h3>6.1 Sources</h3>\n";
  for (std::size_t s = 0; s < report.sources.size(); ++s)
    out += one_source(report.sources[s], s + 1);
  out +=
      "<h3>6.2 Files as handed over</h3>\n<p>The SHA-256 is that of the whole file as it was "
      "handed over, taken at import. The files hold more than this network; only its records "
      "stand in Annex B.</p>\n<table class=\"data\"><caption><strong>Table 4.</strong> Files that "
      "hold records of this network.</caption><thead><tr><th scope=\"col\">No.</th><th "
      "scope=\"col\">File</th><th scope=\"col\">Source</th><th scope=\"col\" class=\"right\">Rows "
      "read</th><th scope=\"col\" class=\"right\">In this network</th><th scope=\"col\">Brought "
      "in</th></tr></thead>\n";
  for (std::size_t f = 0; f < report.files.size(); ++f) out += one_file(report.files[f], f + 1);
  return out + "</table></section>\n";
}

}  // namespace ovillo::report
