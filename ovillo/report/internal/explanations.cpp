// Method, limits, how to contest, and the lines for the person who hands the report over.
#include <fmt/format.h>

#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

std::string method(const NetworkReport& report) {
  return fmt::format(
      R"(<section id="method"><h2><span class="number">9</span> Method</h2>
<p>Another examiner who holds the same files, the same build ({}) and the same model (<code>{}</code>) gets the same members, links and signs, whatever the order in which the files came in.</p>
<ol class="steps">
<li><strong>Reading.</strong> Each row of a file becomes a record; its raw values are kept untouched beside what is made of them. Rows that could not be read are listed as rejects, none is dropped in silence. Rows outside the authorisation go to quarantine and take no part.</li>
<li><strong>Finding values.</strong> In fields and texts the program looks for phones, e-mail addresses, accounts and the like, also where they are hidden in words, look-alike letters or pieces. Each find keeps its place in the text and how it was written (Annex B).</li>
<li><strong>Texts by one hand.</strong> Adverts whose wording is the same but for the parts that change (name, place, price, number) are put together under their common template (section 5). Phrases that everybody uses count for little (section 6): how common a phrase is stands in the model and in the texts themselves.</li>
<li><strong>Links.</strong> Two members are linked when they stand together in records. The weight in bits is the logarithm to base 2 of the odds that this is more than chance: a number seen in few records weighs much, one shared by thousands weighs nothing. <em>The same</em> (identity) and <em>seen together</em> (association) are two types of link and never mixed.</li>
<li><strong>Networks.</strong> Members that hold together more closely than with the rest form a network. Values shared by very many (an agency’s footer, a booking site’s account) join nobody.</li>
<li><strong>Signs.</strong> Each indicator of a public list is looked for by a stated rule. Organisation, signs of exploitation, signs against and what is not known are kept apart. Movement, nationality, language and ethnicity are not looked at for any sign.</li>
</ol>
<p>Weights, links, members, texts by one hand and signs are <span class="tag inference">machine inference</span>: conclusions of a program, not facts, and not opinions of an expert. No step uses pictures of faces, and no step contacts anybody or any other system.</p>
</section>
)",
      raw_words(report.build), raw_words(report.model));
}

std::string limits(const NetworkReport& report) {
  std::string out =
      "<section id=\"limits\"><h2><span class=\"number\">10</span> Limits, and what is not "
      "known</h2>\n<ul class=\"plainlist\">\n"
      "<li>The records are what was handed over, not everything there is. What was never written, "
      "or written elsewhere, is not here.</li>\n"
      "<li>A phone, account or text can be shared, lent, sold, copied or reused. A shared number "
      "shows that records belong together; it does not show which person stood behind each of "
      "them, nor that all of them knew each other.</li>\n"
      "<li>Names and ages in adverts are self-chosen or chosen by somebody else.</li>\n"
      "<li>The list of indicators rests on practice more than on tests with known outcomes; Annex "
      "A says so for each. It knows certain wordings in certain languages; other wordings are "
      "missed, and innocent ones are caught.</li>\n"
      "<li>Weights rest on how common values are in the data of the model; where those data are "
      "one-sided, so are the weights.</li>\n"
      "<li>What the people themselves say of it stands in no advert. Nobody has been asked for "
      "this report.</li>\n";
  for (const ReportSource& entry : report.sources)
    if (entry.source.grade.source == 'X' || entry.source.grade.information == '4')
      out += fmt::format("<li>The grade of {} is {}{}: {}; {}.</li>\n",
                         raw_words(entry.source.name), escaped({&entry.source.grade.source, 1}),
                         escaped({&entry.source.grade.information, 1}),
                         source_grade_word(entry.source.grade.source),
                         information_grade_word(entry.source.grade.information));
  out += "</ul>\n<h3>Not known</h3>\n<ul class=\"plainlist\">\n";
  std::size_t n = 0;
  for (const ReportSign& sign : report.signs)
    if (sign.side == SignSide::not_known) {
      out += fmt::format("<li>{}</li>\n", escaped(sign.sentence));
      ++n;
    }
  if (n == 0) out += "<li>Nothing was recorded as not known.</li>\n";
  return out + "</ul></section>\n";
}

std::string contest(const NetworkReport& report) {
  std::string out =
      "<section id=\"contest\"><h2><span class=\"number\">11</span> How to contest and replay this "
      "report</h2>\n<p>Everything here can be checked by someone who does not trust it. The "
      "defence may ask for the files, the build and the model.</p>\n<ol class=\"steps\">\n"
      "<li><strong>Is it the same file?</strong> Take the SHA-256 of the file as handed over and "
      "compare it with Table 4: <code>sha256sum FILE</code>.</li>\n";
  if (!report.records.empty()) {
    const ReportRecord& first = report.records.front();
    out += fmt::format(
        "<li><strong>Does the record say so?</strong> A record stands at its byte of the file (of "
        "the file inside, where it is packed). R1, for example, begins after {} and is {} long: "
        "<code>tail -c +{} FILE | head -c {}</code>.</li>\n",
        counted(first.byte, "byte", "bytes"), counted(first.length, "byte", "bytes"),
        first.byte + 1, first.length);
  }
  out += fmt::format(
      "<li><strong>Why are two things linked?</strong> <code>ovillo why A B</code> prints the "
      "chain of records between any two members, each step with raw words and weight.</li>\n"
      "<li><strong>Would it stand without a source?</strong> <code>ovillo run --exclude-source "
      "NAME</code> works everything out as if that source had never been; <code>ovillo networks "
      "--exclude-source NAME</code> shows what is left.</li>\n"
      "<li><strong>Does it come out again?</strong> Import the same files with the same build, "
      "model and id key, in any order; the network must carry the key <code>{}</code>. The same "
      "report made again with the same time differs in no byte.</li>\n"
      "<li><strong>Was this page changed?</strong> Note its own SHA-256 when it is handed over: "
      "<code>sha256sum</code> of the HTML file.</li>\n</ol>\n"
      "<p>Grounds to raise: a source without lawful authorisation or used outside its scope; a "
      "number that changed hands; a text copied by strangers; an indicator whose known bias "
      "applies; a lawful reason for the organisation; records that are missing.</p>\n</section>\n",
      escaped(report.network_key));
  return out;
}

std::string handing_over() {
  return R"(<section id="handing-over"><h2><span class="number">12</span> Statement of the person who hands this over</h2>
<p>To be filled in by hand. The program signs nothing: a person answers for what is handed over.</p>
<dl class="blanks">
<dt>Name and function</dt><dd></dd>
<dt>Question put to this person</dt><dd></dd>
<dt>Read and checked: which records, how</dt><dd></dd>
<dt>Assessment, with the reason</dt><dd></dd>
<dt>SHA-256 of this page</dt><dd></dd>
<dt>Place, date, signature</dt><dd></dd>
</dl>
</section>
)";
}

}  // namespace ovillo::report
