#include "ovillo/flow/export.hpp"

#include <optional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "ovillo/flow/chart_files.hpp"
#include "ovillo/flow/network_map.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/flow/workbench.hpp"

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

/// The page as if only these members were in it. @error flow.no_such_thing.
Result<NetworkPage> part_of(NetworkPage page, const std::vector<EntityId>& only) {
  if (only.empty()) return page;
  const std::set<EntityId> chosen(only.begin(), only.end());
  std::vector<std::optional<std::size_t>> position(page.members.size());
  std::vector<NetworkMember> members;
  for (std::size_t m = 0; m < page.members.size(); ++m) {
    if (!chosen.contains(page.members[m].id)) continue;
    position[m] = members.size();
    members.push_back(std::move(page.members[m]));
  }
  if (members.size() != chosen.size())
    return Error(ErrorCode::flow_no_such_thing, "a member that the network does not have");
  std::vector<NetworkLink> links;
  for (NetworkLink link : page.links) {
    if (!position[link.a] || !position[link.b]) continue;
    link.a = *position[link.a];
    link.b = *position[link.b];
    links.push_back(link);
  }
  page.members = std::move(members);
  page.links = std::move(links);
  return page;
}

ChartPlaces places_in(const NetworkChart& chart) {
  ChartPlaces out;
  for (const ChartPlace& place : chart.places) out[place.entity] = {place.x, place.y};
  return out;
}

}  // namespace

std::span<const std::string_view> names(ExportFormat) {
  static constexpr std::string_view kNames[] = {"ftm", "csv", "graphml", "gexf", "anx", "geojson"};
  return kNames;
}

Result<std::string> export_network(CaseFile& file, const ExportOrder& order) {
  const auto format = from_name<ExportFormat>(order.format);
  if (!format)
    return Error(ErrorCode::base_bad_argument,
                 fmt::format("the format is one of {}, not \"{}\"",
                             fmt::join(names(ExportFormat{}), ", "), order.format));
  if (*format == ExportFormat::geojson) {
    OVILLO_TRY(const auto map, network_map(file, order.network));
    return geojson_of(map, order.purpose);
  }
  OVILLO_TRY(auto whole, network_page(file, order.network));
  OVILLO_TRY(const auto page, part_of(std::move(whole), order.only));
  if (*format == ExportFormat::ftm) return lines_of(page, order.purpose);
  if (*format == ExportFormat::csv) return table_of(page, order.purpose);
  if (*format == ExportFormat::graphml) return graphml_of(page, order.purpose);
  OVILLO_TRY(const auto chart, network_chart(file, order.network));
  const ChartPlaces places = places_in(chart);
  return *format == ExportFormat::gexf ? gexf_of(page, places, order.purpose)
                                       : anx_of(page, places, order.purpose);
}

}  // namespace ovillo::flow
