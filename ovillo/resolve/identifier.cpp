#include "ovillo/resolve/identifier.hpp"

#include <optional>

namespace ovillo::resolve {

namespace {

bool is_site_root(std::string_view url) {
  const std::size_t slash = url.find('/');
  return slash == std::string_view::npos || slash + 1 == url.size();
}

// The kinds of entity a find may stand for.
std::vector<EntityKind> entity_kinds(FindKind kind) {
  switch (kind) {
    case FindKind::phone:
      return {EntityKind::phone};
    case FindKind::email:
      return {EntityKind::email};
    case FindKind::handle:
      return {EntityKind::handle};
    case FindKind::url:
      return {EntityKind::url};
    case FindKind::iban:
      return {EntityKind::iban};
    case FindKind::account:
      return {EntityKind::account};
    case FindKind::card:
      return {EntityKind::card};
    case FindKind::wallet:
      return {EntityKind::wallet};
    case FindKind::plate:
      return {EntityKind::plate};
    case FindKind::document_number:
      return {EntityKind::document_number};
    case FindKind::local_ref:
      return {EntityKind::person, EntityKind::company, EntityKind::thing};
    default:
      return {};
  }
}

}  // namespace

bool is_identifier(FindKind kind, std::string_view canonical) {
  if (canonical.empty() || kind > FindKind::local_ref) return false;
  return kind != FindKind::url || !is_site_root(canonical);
}

std::vector<EntityId> entity_ids(FindKind kind, std::string_view canonical, const IdKey& key) {
  std::vector<EntityId> ids;
  for (const EntityKind one : entity_kinds(kind))
    ids.push_back(KeyedHasher(key).add("id_rule 1").add(name_of(one)).add(canonical).finish<EntityTag>());
  return ids;
}

}  // namespace ovillo::resolve
