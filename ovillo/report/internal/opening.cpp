// Title, what this page is, and the section that says who asked for what.
#include <fmt/format.h>

#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ", ") + raw_words(value);
  return out.empty() ? "none" : out;
}

std::string row(std::string_view name, const std::string& html) {
  return fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", name, html);
}

std::string or_not_stated(const std::string& html) { return html.empty() ? "not stated" : html; }

std::string code(std::string_view value) {
  return fmt::format("<code>{}</code>", raw_words(value));
}

constexpr std::string_view kContents =
    R"(<nav aria-label="Contents"><h2 class="plain">Contents</h2>
<ol>
<li><a href="#about">What was asked, by whom, and how to read this report</a></li>
<li><a href="#summary">What the records show</a></li>
<li><a href="#chart">Chart of links</a></li>
<li><a href="#members">Members</a></li>
<li><a href="#texts">Texts of one hand</a></li>
<li><a href="#stock">Texts that everybody uses</a></li>
<li><a href="#timeline">Timeline</a></li>
<li><a href="#origin">Sources, authorisations and files</a></li>
<li><a href="#method">Method</a></li>
<li><a href="#limits">Limits, and what is not known</a></li>
<li><a href="#contest">How to contest and replay this report</a></li>
<li><a href="#handing-over">Statement of the person who hands this over</a></li>
</ol>
<ul>
<li><a href="#indicators">Annex A. Indicators, their sources and known bias</a></li>
<li><a href="#exhibits">Annex B. Every record</a></li>
</ul></nav>
)";

constexpr std::string_view kStatementTypes =
    R"(<h3 id="statement-types">1.2 The four types of statement</h3>
<p>They never mix on this page. The tag stands beside each heading.</p>
<table class="reading"><thead><tr><th scope="col">Type</th><th scope="col">What it means</th><th scope="col">Where it stands here</th></tr></thead>
<tbody>
<tr><th scope="row"><span class="tag fact">fact</span></th><td>A person has verified it and says so.</td><td>Nowhere by itself. Where a record was entered by hand, its field <code>statement_type</code> says what that person called it.</td></tr>
<tr><th scope="row"><span class="tag claim">source’s claim</span></th><td>A source says it. It may be wrong, incomplete or untrue.</td><td>The words and values of every record (Annex B), and the raw words quoted elsewhere.</td></tr>
<tr><th scope="row"><span class="tag assessment">assessment</span></th><td>A named person’s judgement, with the reason.</td><td>Nowhere: this page holds no decision by a person.</td></tr>
<tr><th scope="row"><span class="tag inference">machine inference</span></th><td>A program concludes it from the records by a stated rule.</td><td>Members, links, texts by one hand, and which indicators were seen (sections 2 to 6).</td></tr>
</tbody></table>
</section>
)";

}  // namespace

std::string opening(const NetworkReport& report) {
  const std::uint8_t handling = handling_of(report);
  std::string out = fmt::format(
      "<header>\n<p class=\"handling\"><strong>Handling code H{}</strong> {}</p>\n"
      "<p class=\"kicker\">Report on a network of linked records</p>\n"
      "<h1>Network {}</h1>\n<p class=\"standfirst\">{} from {}, {} and {} between them. Made {} "
      "for the purpose <em>{}</em>{}.</p>\n",
      handling, handling_word(handling), escaped(report.network_id.substr(0, 12)),
      counted(report.records.size(), "record", "records"),
      counted(report.sources.size(), "source", "sources"),
      counted(report.members.size(), "member", "members"),
      counted(report.links.size(), "link", "links"),
      or_not_stated(readable_utc(report.made_at_utc_s)), escaped(report.purpose),
      report.case_reference.empty()
          ? std::string(", no case named")
          : fmt::format(", case <em>{}</em>", raw_words(report.case_reference)));
  out +=
      "<div class=\"notice\"><p><strong>What this report is not.</strong> It identifies nobody as "
      "a victim, a suspect or an exploiter. A program joined records that share numbers, accounts "
      "or texts, and lists what those records say. More than one person behind adverts is "
      "organisation, which may be lawful; it is not a sign of exploitation. The default reading of "
      "an advert is an adult who works for themself. People seen only in adverts are "
      "bystanders.</p>\n<p>Every statement names the record it rests on (R1, R2, …), and Annex B "
      "gives for each record the file, row, byte and SHA-256. There is no score.</p></div>\n";
  out += kContents;
  out += "</header>\n";
  return out;
}

std::string about(const NetworkReport& report) {
  std::string out =
      "<section id=\"about\"><h2><span class=\"number\">1</span> What was asked, by whom, and how "
      "to read this report</h2>\n<h3>1.1 The request</h3>\n<table class=\"reading\"><tbody>\n";
  out += row("Network",
             code(report.network_id) + " <span class=\"aside\">stable id: what people cite</span>");
  out +=
      row("Key", code(report.network_key) +
                     " <span class=\"aside\">keyed hash of its member records: changes when they "
                     "change</span>");
  out += row("Made at", or_not_stated(readable_utc(report.made_at_utc_s)));
  out += row("Asked by", or_not_stated(raw_words(report.user)));
  out += row("Purpose", fmt::format("<em>{}</em> {}", raw_words(report.purpose),
                                    raw_words(report.purpose_sentence)));
  out +=
      row("Case", report.case_reference.empty() ? "none named" : raw_words(report.case_reference));
  std::string view = fmt::format("compartments {}; handling codes up to H{}",
                                 joined(report.compartments), report.max_handling);
  if (!report.sources_left_out.empty())
    view += "; sources left out on request: " + joined(report.sources_left_out);
  out += row("View", view +
                         " <span class=\"aside\">What lies outside the view had no part in this "
                         "report and is not hinted at.</span>");
  out += row("Made with", raw_words(report.build));
  out += row("Model", code(report.model) +
                          " <span class=\"aside\">background counts, weights and indicators in "
                          "use</span>");
  if (report.n_waiting > 0)
    out += row("Not yet read", counted(report.n_waiting, "record has", "records have") +
                                   " come in since the networks were worked out, and may change "
                                   "this one.");
  out += "</tbody></table>\n";
  out += kStatementTypes;
  return out;
}

}  // namespace ovillo::report
