#include "ovillo/flow/export.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/show.hpp"

namespace ovillo::flow {

namespace {

// Who says that a link is there.
std::string_view in_words(LinkKind kind) {
  return kind == LinkKind::identity ? "judged the same by a person" : "machine inference";
}

using Json = nlohmann::ordered_json;

// FollowTheMoney schema and property that hold an entity of this kind.
struct FtmShape {
  std::string_view schema;
  std::string_view property;
};

FtmShape ftm_shape(EntityKind kind) {
  switch (kind) {
    case EntityKind::phone:
      return {"LegalEntity", "phone"};
    case EntityKind::email:
      return {"LegalEntity", "email"};
    case EntityKind::handle:
      return {"UserAccount", "username"};
    case EntityKind::url:
      return {"LegalEntity", "website"};
    case EntityKind::iban:
      return {"BankAccount", "iban"};
    case EntityKind::account:
    case EntityKind::card:
      return {"BankAccount", "accountNumber"};
    case EntityKind::wallet:
      return {"CryptoWallet", "publicKey"};
    case EntityKind::plate:
      return {"Vehicle", "registrationNumber"};
    case EntityKind::document_number:
      return {"LegalEntity", "idNumber"};
    case EntityKind::person:
      return {"Person", "name"};
    case EntityKind::company:
      return {"Company", "name"};
    case EntityKind::photo:
    case EntityKind::photo_likeness:
      return {"Image", "contentHash"};
    case EntityKind::template_:
    case EntityKind::thing:
      return {"Thing", "name"};
  }
  return {"Thing", "name"};
}

std::string lines_of(const NetworkPage& page, const std::string& purpose) {
  std::string out;
  const auto add = [&out](const Json& json) {
    out += json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  };
  for (const NetworkMember& member : page.members) {
    const FtmShape shape = ftm_shape(member.kind);
    Json properties = {{std::string(shape.property), {member.canonical}}};
    if (shape.property != "name") properties["name"] = {member.canonical};
    properties["notes"] = {fmt::format("{} records of network {}; exported for: {}",
                                       member.n_records, page.id.hex(), purpose)};
    add({{"id", member.id.hex()}, {"schema", shape.schema}, {"properties", properties}});
  }
  for (const NetworkLink& link : page.links) {
    const NetworkMember& a = page.members[link.a];
    const NetworkMember& b = page.members[link.b];
    add({{"id", a.id.hex() + "-" + b.id.hex()},
         {"schema", "UnknownLink"},
         {"properties",
          {{"subject", {a.id.hex()}},
           {"object", {b.id.hex()}},
           {"role", {std::string(name_of(link.kind))}},
           {"description",
            {fmt::format("{}, {:.2f} bits, {} records; exported for: {}", in_words(link.kind),
                         link.weight_quarter_bits / 4.0, link.n_records, purpose)}}}}});
  }
  return out;
}

std::string table_of(const NetworkPage& page, const std::string& purpose) {
  std::string out = "a_kind,a,b_kind,b,link,weight_bits,n_records,statement,network,purpose\n";
  for (const NetworkLink& link : page.links) {
    const NetworkMember& a = page.members[link.a];
    const NetworkMember& b = page.members[link.b];
    out += fmt::format("{},{},{},{},{},{:.2f},{},{},{},{}\n", name_of(a.kind),
                       csv_cell(a.canonical), name_of(b.kind), csv_cell(b.canonical),
                       name_of(link.kind), link.weight_quarter_bits / 4.0, link.n_records,
                       name_of(statement_of(link.kind)), page.id.hex(), csv_cell(purpose));
  }
  return out;
}

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
        "<data key=\"statement\">inference</data></edge>\n",
        page.members[link.a].id.hex(), page.members[link.b].id.hex(), name_of(link.kind),
        link.weight_quarter_bits / 4.0, link.n_records);
  return out + "  </graph>\n</graphml>\n";
}

}  // namespace

Result<std::string> export_network(CaseFile& file, std::string_view id_or_key,
                                   const std::string& format, const std::string& purpose) {
  OVILLO_TRY(const auto page, network_page(file, id_or_key));
  if (format == "ftm") return lines_of(page, purpose);
  if (format == "csv") return table_of(page, purpose);
  if (format == "graphml") return graphml_of(page, purpose);
  return Error(ErrorCode::base_bad_argument,
               "--format is ftm, csv or graphml, not \"" + format + "\"");
}

}  // namespace ovillo::flow
