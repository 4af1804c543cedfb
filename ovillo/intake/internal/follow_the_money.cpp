#include "ovillo/intake/internal/follow_the_money.hpp"

#include <algorithm>

#include "ovillo/base/file.hpp"

namespace ovillo::intake {

namespace {

constexpr std::string_view kProperties = "properties.";

std::string_view first_of(const std::vector<FlatValue>& values, std::string_view path) {
  for (const FlatValue& value : values)
    if (value.path == path) return value.value;
  return {};
}

// "owner" of "properties.owner" and of "properties.owner.id" (an entity written out in place);
// empty for anything else.
std::string_view property_of(std::string_view path) {
  if (!path.starts_with(kProperties)) return {};
  path.remove_prefix(kProperties.size());
  if (path.ends_with(".id")) path.remove_suffix(3);
  return path.find('.') == path.npos ? path : std::string_view();
}

}  // namespace

bool is_entity(const std::vector<FlatValue>& values, bool has_properties) {
  return has_properties && !first_of(values, "id").empty() && !first_of(values, "schema").empty();
}

Result<FollowTheMoney> FollowTheMoney::open() {
  FollowTheMoney out;
  OVILLO_TRY(out.words_, read_follow_the_money(data_folder() / "profiles" / "followthemoney.toml"));
  return out;
}

Result<void> FollowTheMoney::add_row(const std::vector<FlatValue>& values, RowPlace place,
                                     std::string_view raw, BatchBuilder& builder) const {
  OVILLO_CHECK(builder.begin_row());
  const std::string_view schema = first_of(values, "schema");
  const auto edge = words_.edges.find(schema);
  const bool is_edge = edge != words_.edges.end();
  const auto mapped = [&](std::string_view property) {
    if (is_edge && property == edge->second.source) return Field::from_ref;
    if (is_edge && property == edge->second.target) return Field::to_ref;
    return words_.field(schema, property);
  };
  // "amountEur" is an amount where nothing else states one, and states its currency.
  const bool has_amount = !first_of(values, "properties.amount").empty();
  for (const FlatValue& value : values) {
    const std::string_view property = property_of(value.path);
    if (value.path == "id") {
      builder.add(builder.column("id", Field::local_id), value.value);
    } else if (value.path == "schema") {
      builder.add(builder.column("schema", is_edge ? Field::predicate : Field::kind), value.value);
    } else if (property == "amountEur" && !has_amount) {
      builder.add(builder.column("amountEur", Field::amount), value.value);
      builder.add(builder.column("currency of amountEur", Field::currency), "EUR");
    } else if (!property.empty()) {
      const auto own = builder.profile().columns.find(std::string(property));
      const Field field = own == builder.profile().columns.end() ? mapped(property) : own->second;
      builder.add(builder.column(property, field), value.value);
    } else {
      builder.add(builder.column(value.path, Field::other), value.value);
    }
  }
  RecordKind kind = RecordKind::document;
  if (is_edge) {
    kind = RecordKind::relation;
  } else if (const auto found = words_.kinds.find(schema); found != words_.kinds.end()) {
    kind = found->second;
  }
  return builder.finish_row(kind, place, raw);
}

}  // namespace ovillo::intake
