// Figure 1: the chart of links as SVG, its legend, and the tables that say the same in words.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "ovillo/report/internal/chart_layout.hpp"
#include "ovillo/report/internal/markup.hpp"
#include "ovillo/report/internal/sections.hpp"

namespace ovillo::report {

namespace {

constexpr std::size_t kMostDrawn = 60;   // members; more cannot be read on paper
constexpr std::size_t kMostLines = 150;  // links
constexpr double kRadius = 15;
constexpr double kSpacing = 42;
constexpr double kWidth = 860;

enum class Shape { circle, diamond, square, hexagon, sheet, person, pentagon, octagon };

Shape shape_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::phone:
      return Shape::circle;
    case EntityKind::email:
    case EntityKind::handle:
    case EntityKind::url:
      return Shape::diamond;
    case EntityKind::iban:
    case EntityKind::card:
    case EntityKind::wallet:
      return Shape::square;
    case EntityKind::account:
      return Shape::hexagon;
    case EntityKind::template_:
      return Shape::sheet;
    case EntityKind::person:
      return Shape::person;
    case EntityKind::company:
      return Shape::pentagon;
    case EntityKind::plate:
    case EntityKind::document_number:
    case EntityKind::thing:
    case EntityKind::photo:
    case EntityKind::photo_likeness:
      return Shape::octagon;
  }
  return Shape::octagon;
}

struct ShapeLook {
  Shape shape;
  std::string_view css;
  std::string_view word;
  std::string_view corners;  ///< of the unit shape, times kRadius / 15; empty: circle
};

// Corners are written out: no sine in a drawing that must be the same everywhere.
constexpr ShapeLook kShapes[] = {
    {Shape::circle, "phone", "phone", ""},
    {Shape::diamond, "online", "e-mail, handle, web address", "0,-19 19,0 0,19 -19,0"},
    {Shape::square, "money", "bank account, card, wallet", "-14,-14 14,-14 14,14 -14,14"},
    {Shape::hexagon, "account", "account (of a site or a bank)",
     "-16,0 -8,-14 8,-14 16,0 8,14 -8,14"},
    {Shape::sheet, "hand", "text by one hand", "-14,-17 8,-17 14,-11 14,17 -14,17"},
    {Shape::person, "person", "person named in a record", ""},
    {Shape::pentagon, "company", "company", "0,-18 17,-5.5 11,15 -11,15 -17,-5.5"},
    {Shape::octagon, "thing", "number plate, document, picture, thing",
     "-6.5,-16 6.5,-16 16,-6.5 16,6.5 6.5,16 -6.5,16 -16,6.5 -16,-6.5"},
};

const ShapeLook& look_of(Shape shape) { return kShapes[static_cast<std::size_t>(shape)]; }

std::string node_shape(const ShapeLook& look) {
  if (!look.corners.empty())
    return fmt::format("<polygon class=\"node {}\" points=\"{}\"/>", look.css, look.corners);
  std::string out = fmt::format("<circle class=\"node {}\" r=\"{}\"/>", look.css, kRadius);
  if (look.shape == Shape::person)
    out += fmt::format("<circle class=\"ring\" r=\"{}\"/>", kRadius - 3);
  return out;
}

// Thin, middle, thick: under 4, 4 to 8, 8 bits and more.
std::string_view line_class(const ReportLink& link) {
  constexpr std::int32_t kMiddle = 16;  // quarter bits
  constexpr std::int32_t kThick = 32;
  if (link.kind == LinkKind::identity) return "identity";
  if (link.weight_quarter_bits >= kThick) return "thick";
  return link.weight_quarter_bits >= kMiddle ? "middle" : "thin";
}

struct Drawn {
  std::vector<std::size_t> members;  ///< positions in the report
  std::vector<std::size_t> links;    ///< positions in the report, among drawn members
  std::size_t n_links_between = 0;   ///< links there are between drawn members
  ChartPlaces places;
};

Drawn draw(const NetworkReport& report) {
  std::vector<std::uint64_t> weight(report.members.size(), 0);
  std::vector<std::size_t> n_records;
  n_records.reserve(report.members.size());
  for (const ReportMember& member : report.members) n_records.push_back(member.records.size());
  for (const ReportLink& link : report.links) {
    const auto pull = static_cast<std::uint64_t>(std::max(link.weight_quarter_bits, 0));
    weight[link.a] += pull;
    weight[link.b] += pull;
  }
  Drawn drawn;
  drawn.members = chosen_members(weight, n_records, kMostDrawn);
  constexpr std::size_t kAbsent = ~std::size_t{0};
  std::vector<std::size_t> place(report.members.size(), kAbsent);
  for (std::size_t i = 0; i < drawn.members.size(); ++i) place[drawn.members[i]] = i;
  std::vector<ChartEdge> edges;
  std::vector<std::size_t> edge_link;
  for (std::size_t l = 0; l < report.links.size(); ++l) {
    const ReportLink& link = report.links[l];
    if (place[link.a] == kAbsent || place[link.b] == kAbsent) continue;
    edges.push_back({place[link.a], place[link.b], link.weight_quarter_bits});
    edge_link.push_back(l);
  }
  drawn.n_links_between = edges.size();
  const auto chosen = chosen_edges(drawn.members.size(), edges, kMostLines);
  std::vector<ChartEdge> lines;
  for (const std::size_t e : chosen) {
    lines.push_back(edges[e]);
    drawn.links.push_back(edge_link[e]);
  }
  drawn.places = lay_out(drawn.members.size(), lines, kSpacing, kWidth);
  return drawn;
}

std::string lines_svg(const NetworkReport& report, const Drawn& drawn) {
  std::vector<ChartPoint> at(report.members.size());
  for (std::size_t i = 0; i < drawn.members.size(); ++i)
    at[drawn.members[i]] = drawn.places.points[i];
  std::string out;
  // The lightest first, so that the heavy ones lie above.
  for (auto l = drawn.links.rbegin(); l != drawn.links.rend(); ++l) {
    const ReportLink& link = report.links[*l];
    const std::string ends = fmt::format("x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"",
                                         at[link.a].x, at[link.a].y, at[link.b].x, at[link.b].y);
    out += fmt::format("<line class=\"link {}\" {}/>\n", line_class(link), ends);
    if (link.kind == LinkKind::identity)
      out += fmt::format("<line class=\"link gap\" {}/>\n", ends);
  }
  return out;
}

// Values short enough to stand in the drawing, of the members that most lines meet.
std::vector<bool> labelled(const NetworkReport& report, const Drawn& drawn) {
  constexpr std::size_t kMostLabels = 8;
  constexpr std::size_t kFewestLines = 4;
  constexpr std::size_t kLongest = 26;
  std::vector<std::size_t> lines(report.members.size(), 0);
  for (const std::size_t l : drawn.links) {
    ++lines[report.links[l].a];
    ++lines[report.links[l].b];
  }
  std::vector<std::size_t> order;
  for (const std::size_t m : drawn.members)
    if ((lines[m] >= kFewestLines || drawn.members.size() <= kMostLabels) &&
        report.members[m].kind != EntityKind::template_ &&
        report.members[m].value.size() <= kLongest)
      order.push_back(m);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t x, std::size_t y) { return lines[x] > lines[y]; });
  if (order.size() > kMostLabels) order.resize(kMostLabels);
  std::vector<bool> out(report.members.size(), false);
  for (const std::size_t m : order) out[m] = true;
  return out;
}

struct LabelBox {
  double left, top, right, bottom;
};

bool overlap(const LabelBox& x, const LabelBox& y) {
  return x.left < y.right && y.left < x.right && x.top < y.bottom && y.top < x.bottom;
}

// Under, over, right or left of the member: the first that covers no member and no other label.
// Empty: there is none, and the number alone stands.
std::optional<LabelBox> label_place(const ChartPoint& at, std::size_t letters, double width,
                                    const std::vector<LabelBox>& taken) {
  constexpr double kLetter = 7.2;
  constexpr double kLine = 15;
  constexpr double kGap = 18;
  const double half = kLetter * static_cast<double>(letters) / 2;
  const ChartPoint middles[] = {{at.x, at.y + kGap + kLine / 2},
                                {at.x, at.y - kGap - kLine / 2},
                                {at.x + kGap + half, at.y},
                                {at.x - kGap - half, at.y}};
  for (const ChartPoint& middle : middles) {
    const LabelBox box{middle.x - half, middle.y - kLine / 2, middle.x + half,
                       middle.y + kLine / 2};
    if (box.left >= 0 && box.right <= width && box.top >= 0 &&
        std::none_of(taken.begin(), taken.end(),
                     [&](const LabelBox& other) { return overlap(box, other); }))
      return box;
  }
  return std::nullopt;
}

std::string nodes_svg(const NetworkReport& report, const Drawn& drawn) {
  const std::vector<bool> label = labelled(report, drawn);
  std::vector<LabelBox> taken;
  taken.reserve(drawn.places.points.size());
  for (const ChartPoint& at : drawn.places.points)
    taken.push_back({at.x - kRadius, at.y - kRadius, at.x + kRadius, at.y + kRadius});
  std::string out;
  std::string labels;
  for (std::size_t i = 0; i < drawn.members.size(); ++i) {
    const std::size_t m = drawn.members[i];
    const ReportMember& member = report.members[m];
    const ChartPoint& at = drawn.places.points[i];
    out += fmt::format(
        "<g transform=\"translate({:.1f} {:.1f})\"><title>{}: {} {}</title>{}<text "
        "class=\"digit\" y=\"4.5\">{}</text></g>\n",
        at.x, at.y, m + 1, member_word(member.kind), escaped(member.value),
        node_shape(look_of(shape_of(member.kind))), m + 1);
    if (!label[m]) continue;
    const auto box = label_place(at, member.value.size(), drawn.places.width, taken);
    if (!box) continue;
    taken.push_back(*box);
    labels += fmt::format("<text class=\"label\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                          (box->left + box->right) / 2, box->bottom - 3, escaped(member.value));
  }
  return out + labels;
}

std::string svg(const NetworkReport& report, const Drawn& drawn) {
  constexpr double kBelow = 20;  // room for a label under the lowest member
  return fmt::format(
             "<svg class=\"chart\" role=\"img\" aria-labelledby=\"chart-title chart-description\" "
             "viewBox=\"0 0 {:.0f} {:.1f}\" xmlns=\"http://www.w3.org/2000/svg\">\n<title "
             "id=\"chart-title\">Chart of links of network {}</title>\n<desc "
             "id=\"chart-description\">{} as numbered shapes, {} as lines. Tables 1 and 2 say the "
             "same in words. Nearness and place have no meaning of their own.</desc>\n",
             drawn.places.width, drawn.places.height + kBelow,
             escaped(report.network_id.substr(0, 12)),
             counted(drawn.members.size(), "member", "members"),
             counted(drawn.links.size(), "link", "links")) +
         lines_svg(report, drawn) + nodes_svg(report, drawn) + "</svg>\n";
}

std::string legend(const NetworkReport& report, const Drawn& drawn) {
  std::array<bool, std::size(kShapes)> used{};
  for (const std::size_t m : drawn.members)
    used[static_cast<std::size_t>(shape_of(report.members[m].kind))] = true;
  std::string out = "<ul class=\"legend\" aria-label=\"Legend\">\n";
  for (std::size_t s = 0; s < std::size(kShapes); ++s)
    if (used[s])
      out +=
          fmt::format("<li><svg viewBox=\"-20 -20 40 40\" aria-hidden=\"true\">{}</svg>{}</li>\n",
                      node_shape(kShapes[s]), kShapes[s].word);
  const std::pair<std::string_view, std::string_view> lines[] = {
      {"thin", "seen together, under 4 bits"},
      {"middle", "seen together, 4 to 8 bits"},
      {"thick", "seen together, 8 bits and more"},
      {"identity", "inferred to be the same"}};
  for (const auto& [css, word] : lines) {
    if (std::none_of(drawn.links.begin(), drawn.links.end(), [&, name = css](std::size_t l) {
          return line_class(report.links[l]) == name;
        }))
      continue;
    out += fmt::format(
        "<li><svg viewBox=\"-20 -20 40 40\" aria-hidden=\"true\"><line class=\"link "
        "{0}\" x1=\"-18\" y1=\"0\" x2=\"18\" y2=\"0\"/>{1}</svg>{2}</li>\n",
        css,
        css == "identity" ? "<line class=\"link gap\" x1=\"-18\" y1=\"0\" x2=\"18\" y2=\"0\"/>"
                          : "",
        word);
  }
  return out + "</ul>\n";
}

std::string left_out(const NetworkReport& report, const Drawn& drawn) {
  std::string out;
  if (drawn.members.size() < report.members.size())
    out += fmt::format(
        " Of {} members the {} with the heaviest links are drawn; the others stand in the tables "
        "only.",
        grouped(report.members.size()), drawn.members.size());
  if (drawn.links.size() < drawn.n_links_between)
    out += fmt::format(
        " Of {} links between them {} are drawn: those that hold the chart together and the "
        "heaviest.",
        grouped(drawn.n_links_between), drawn.links.size());
  return out;
}

std::string end_of(const NetworkReport& report, std::size_t member) {
  constexpr std::size_t kLongest = 60;
  std::string_view value = report.members[member].value;
  std::string_view more;
  if (value.size() > kLongest) {
    value = value.substr(0, kLongest);
    while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xC0) == 0x80)
      value.remove_suffix(1);
    if (!value.empty() && (static_cast<unsigned char>(value.back()) & 0x80) != 0)
      value.remove_suffix(1);
    more = "…";
  }
  return fmt::format("<a href=\"#M{0}\">{0}</a> <bdi lang=\"\">{1}{2}</bdi>", member + 1,
                     raw_words(value), more);
}

std::string links_table(const NetworkReport& report, const std::vector<std::size_t>& links,
                        std::string_view caption) {
  std::string out = fmt::format(
      "<table class=\"data\"><caption>{}</caption><thead><tr><th scope=\"col\">Between</th><th "
      "scope=\"col\">and</th><th scope=\"col\">Link</th><th scope=\"col\" class=\"right\">Weight, "
      "bits</th><th scope=\"col\">Rests on</th></tr></thead><tbody>\n",
      caption);
  for (const std::size_t l : links) {
    const ReportLink& link = report.links[l];
    out += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"right\">{}</td><td>{}</td></tr>\n",
        end_of(report, link.a), end_of(report, link.b),
        link.kind == LinkKind::identity ? "the same" : "seen together",
        bits(link.weight_quarter_bits), record_links(link.records));
  }
  return out + "</tbody></table>\n";
}

// " (T2)": where the text stands with its boxes and reasons.
std::string link_to_text(const NetworkReport& report, const ReportMember& member) {
  if (member.kind != EntityKind::template_) return {};
  for (std::size_t t = 0; t < report.texts.size(); ++t)
    if (report.texts[t].template_text == member.value)
      return fmt::format(" (<a href=\"#T{0}\">T{0}</a>)", t + 1);
  return {};
}

}  // namespace

std::string chart_of_links(const NetworkReport& report) {
  std::string out =
      "<section id=\"chart\"><h2><span class=\"number\">3</span> Chart of links <span class=\"tag "
      "inference\">machine inference</span></h2>\n";
  if (report.members.empty()) return out + "<p>This network has no members.</p></section>\n";
  const Drawn drawn = draw(report);
  out += "<figure>\n" + svg(report, drawn) + legend(report, drawn);
  out += fmt::format(
      "<figcaption><strong>Figure 1.</strong> Who and what is linked. Each number is that of Table "
      "2; the links are those of Table 1. Nearness and place have no meaning of their own. Made "
      "{} from the sources of section 8.{}</figcaption>\n</figure>\n",
      readable_utc(report.made_at_utc_s), left_out(report, drawn));
  std::vector<std::size_t> rest;
  for (std::size_t l = 0; l < report.links.size(); ++l)
    if (!std::binary_search(drawn.links.begin(), drawn.links.end(), l)) rest.push_back(l);
  out +=
      "<p>A weight is the logarithm to base 2 of the odds that the two belong together, by the "
      "rule of section 9: 3 bits are odds of 8 to 1, 10 bits of about 1,000 to 1, if the "
      "model’s counts hold. It is a machine inference, not a fact, and says nothing about "
      "guilt.</p>\n";
  out += fmt::format(
      "<details class=\"table\"><summary>Table 1: {} of Figure 1</summary>\n{}"
      "</details>\n",
      counted(drawn.links.size(), "link", "links"),
      links_table(report, drawn.links,
                  "<strong>Table 1.</strong> Links drawn in Figure 1, heaviest "
                  "first."));
  if (!rest.empty())
    out += fmt::format(
        "<details class=\"table\"><summary>Table 1a: {} not drawn</summary>\n{}"
        "</details>\n",
        counted(rest.size(), "link", "links"),
        links_table(report, rest, "<strong>Table 1a.</strong> Links not drawn, heaviest first."));
  return out + "</section>\n";
}

std::string members_table(const NetworkReport& report) {
  std::string out =
      "<section id=\"members\"><h2><span class=\"number\">4</span> Members <span class=\"tag "
      "inference\">machine inference</span></h2>\n<p>A member is a value that stands in the "
      "records (a phone, an account), a text by one hand, or a person or company where a record "
      "names one as such. It is not a role, and a number or account does not show who uses "
      "it.</p>\n<table class=\"data members\"><caption><strong>Table 2.</strong> Members of the "
      "network, "
      "those in most records first.</caption><thead><tr><th scope=\"col\" "
      "class=\"right\">No.</th><th scope=\"col\">Kind</th><th scope=\"col\">Value</th><th "
      "scope=\"col\">Stands in</th></tr></thead><tbody>\n";
  for (std::size_t m = 0; m < report.members.size(); ++m) {
    const ReportMember& member = report.members[m];
    out += fmt::format(
        "<tr id=\"M{0}\"><th scope=\"row\" class=\"right\">{0}</th><td>{1}</td><td class=\"{2}\">"
        "<bdi lang=\"\">{3}</bdi></td><td>{4}</td></tr>\n",
        m + 1, member_word(member.kind), member.kind == EntityKind::template_ ? "words" : "value",
        raw_words(member.value) + link_to_text(report, member), record_links(member.records));
  }
  return out + "</tbody></table></section>\n";
}

}  // namespace ovillo::report
