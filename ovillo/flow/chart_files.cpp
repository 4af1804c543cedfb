#include "ovillo/flow/chart_files.hpp"

#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

std::string xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        // Control characters but tab and line ends do not exist in XML 1.0.
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') out += c;
    }
  }
  return out;
}

std::pair<double, double> place_of(const ChartPlaces& places, const EntityId& id) {
  const auto found = places.find(id);
  return found == places.end() ? std::pair(0.0, 0.0) : found->second;
}

/// What i2 calls it: the type of an icon, which also says what its label is when it is read back.
std::string_view icon_of(EntityKind kind) {
  switch (kind) {
    case EntityKind::phone:
      return "Phone";
    case EntityKind::email:
      return "E-mail";
    case EntityKind::handle:
      return "Username";
    case EntityKind::url:
      return "URL";
    case EntityKind::iban:
      return "IBAN";
    case EntityKind::account:
    case EntityKind::card:
    case EntityKind::wallet:
      return "Account";
    case EntityKind::plate:
      return "Licence plate";
    case EntityKind::document_number:
      return "Document number";
    case EntityKind::person:
      return "Person";
    case EntityKind::company:
      return "Company";
    case EntityKind::template_:
    case EntityKind::thing:
    case EntityKind::photo:
    case EntityKind::photo_likeness:
      return "Thing";
  }
  return "Thing";
}

std::string link_words(const NetworkLink& link) {
  return fmt::format("{}, {:.2f} bits, {} records", name_of(statement_of(link.kind)),
                     link.weight_quarter_bits / 4.0, link.n_records);
}

}  // namespace

std::string graphml_of(const NetworkPage& page, const std::string& purpose) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
      "  <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
      "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
      "  <key id=\"n_records\" for=\"all\" attr.name=\"n_records\" attr.type=\"long\"/>\n"
      "  <key id=\"link\" for=\"edge\" attr.name=\"link\" attr.type=\"string\"/>\n"
      "  <key id=\"weight_bits\" for=\"edge\" attr.name=\"weight_bits\" attr.type=\"double\"/>\n"
      "  <key id=\"statement\" for=\"edge\" attr.name=\"statement\" attr.type=\"string\"/>\n"
      "  <key id=\"purpose\" for=\"graph\" attr.name=\"purpose\" attr.type=\"string\"/>\n";
  out += fmt::format(
      "  <graph id=\"{}\" edgedefault=\"undirected\">\n    <data key=\"purpose\">{}</data>\n",
      page.id.hex(), xml(purpose));
  for (const NetworkMember& member : page.members)
    out += fmt::format(
        "    <node id=\"{}\"><data key=\"kind\">{}</data><data key=\"label\">{}</data>"
        "<data key=\"n_records\">{}</data></node>\n",
        member.id.hex(), name_of(member.kind), xml(member.canonical), member.n_records);
  for (const NetworkLink& link : page.links)
    out += fmt::format(
        "    <edge source=\"{}\" target=\"{}\"><data key=\"link\">{}</data>"
        "<data key=\"weight_bits\">{:.2f}</data><data key=\"n_records\">{}</data>"
        "<data key=\"statement\">{}</data></edge>\n",
        page.members[link.a].id.hex(), page.members[link.b].id.hex(), name_of(link.kind),
        link.weight_quarter_bits / 4.0, link.n_records, name_of(statement_of(link.kind)));
  return out + "  </graph>\n</graphml>\n";
}

std::string gexf_of(const NetworkPage& page, const ChartPlaces& places,
                    const std::string& purpose) {
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n"
      "  <meta><creator>Ovillo</creator><description>network {}; links are machine inferences; "
      "exported for: {}</description></meta>\n"
      "  <graph mode=\"static\" defaultedgetype=\"undirected\">\n"
      "    <attributes class=\"node\">\n"
      "      <attribute id=\"kind\" title=\"kind\" type=\"string\"/>\n"
      "      <attribute id=\"n_records\" title=\"n_records\" type=\"long\"/>\n"
      "    </attributes>\n"
      "    <attributes class=\"edge\">\n"
      "      <attribute id=\"link\" title=\"link\" type=\"string\"/>\n"
      "      <attribute id=\"weight_bits\" title=\"weight_bits\" type=\"double\"/>\n"
      "      <attribute id=\"n_records\" title=\"n_records\" type=\"long\"/>\n"
      "      <attribute id=\"statement\" title=\"statement\" type=\"string\"/>\n"
      "    </attributes>\n"
      "    <nodes>\n",
      page.id.hex(), xml(purpose));
  for (const NetworkMember& member : page.members) {
    const auto [x, y] = place_of(places, member.id);
    out += fmt::format(
        "      <node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"kind\" value=\"{}\"/>"
        "<attvalue for=\"n_records\" value=\"{}\"/></attvalues>"
        "<viz:position x=\"{:.2f}\" y=\"{:.2f}\"/></node>\n",
        member.id.hex(), xml(member.canonical), name_of(member.kind), member.n_records, x, y);
  }
  out += "    </nodes>\n    <edges>\n";
  for (const NetworkLink& link : page.links)
    out += fmt::format(
        "      <edge source=\"{}\" target=\"{}\"><attvalues><attvalue for=\"link\" value=\"{}\"/>"
        "<attvalue for=\"weight_bits\" value=\"{:.2f}\"/><attvalue for=\"n_records\" value=\"{}\"/>"
        "<attvalue for=\"statement\" value=\"{}\"/></attvalues></edge>\n",
        page.members[link.a].id.hex(), page.members[link.b].id.hex(), name_of(link.kind),
        link.weight_quarter_bits / 4.0, link.n_records, name_of(statement_of(link.kind)));
  return out + "    </edges>\n  </graph>\n</gexf>\n";
}

std::string anx_of(const NetworkPage& page, const ChartPlaces& places, const std::string& purpose) {
  constexpr double kUnit = 100;  // of an ANX chart, a link long
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<Chart>\n"
      "  <ApplicationVersion Major=\"9\" Minor=\"0\" Point=\"0\" Build=\"0\"/>\n"
      "  <StrengthCollection>\n"
      "    <Strength Id=\"S1\" Name=\"identity\" DotStyle=\"DotStyleSolid\"/>\n"
      "    <Strength Id=\"S2\" Name=\"association\" DotStyle=\"DotStyleDashed\"/>\n"
      "  </StrengthCollection>\n"
      "  <AttributeClassCollection>\n"
      "    <AttributeClass Id=\"A1\" Name=\"n_records\" Type=\"AttNumber\" IsUser=\"true\" "
      "UserCanAdd=\"true\" UserCanRemove=\"true\" ShowValue=\"true\"/>\n"
      "  </AttributeClassCollection>\n"
      "  <LinkTypeCollection>\n"
      "    <LinkType Id=\"T1\" Name=\"identity\"/>\n"
      "    <LinkType Id=\"T2\" Name=\"association\"/>\n"
      "  </LinkTypeCollection>\n"
      "  <ChartItemCollection>\n";
  for (std::size_t m = 0; m < page.members.size(); ++m) {
    const NetworkMember& member = page.members[m];
    const auto [x, y] = place_of(places, member.id);
    out += fmt::format(
        "    <ChartItem Id=\"E{0}\" Label=\"{1}\">\n"
        "      <End X=\"{2:.0f}\" Y=\"{3:.0f}\" Z=\"0\"><Entity EntityId=\"{0}\" Identity=\"{4}\" "
        "LabelIsIdentity=\"false\"><Icon><IconStyle Type=\"{5}\"/></Icon></Entity></End>\n"
        "      <AttributeCollection><Attribute AttributeClass=\"n_records\" "
        "AttributeClassReference=\"A1\" Value=\"{6}\"/></AttributeCollection>\n"
        "    </ChartItem>\n",
        m + 1, xml(member.canonical), std::round(x * kUnit), std::round(y * kUnit), member.id.hex(),
        icon_of(member.kind), member.n_records);
  }
  for (std::size_t l = 0; l < page.links.size(); ++l) {
    const NetworkLink& link = page.links[l];
    const bool is_identity = link.kind == LinkKind::identity;
    out += fmt::format(
        "    <ChartItem Id=\"L{}\" Label=\"\">\n"
        "      <Link End1Id=\"{}\" End2Id=\"{}\"><CardCollection><Card Summary=\"{}; exported for: "
        "{}\" SourceReference=\"network {}\" SourceType=\"Ovillo\"/></CardCollection>"
        "<LinkStyle Strength=\"{}\" ArrowStyle=\"ArrowNone\" Type=\"{}\" "
        "LinkTypeReference=\"{}\"/></Link>\n"
        "    </ChartItem>\n",
        l + 1, link.a + 1, link.b + 1, link_words(link), xml(purpose), page.id.hex(),
        name_of(link.kind), name_of(link.kind), is_identity ? "T1" : "T2");
  }
  return out + "  </ChartItemCollection>\n</Chart>\n";
}

}  // namespace ovillo::flow
