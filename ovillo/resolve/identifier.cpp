#include "ovillo/resolve/identifier.hpp"

#include "ovillo/base/hash.hpp"

namespace ovillo::resolve {

namespace {

constexpr std::string_view kIdRule = "id_rule 1";

bool is_site_root(std::string_view url) {
  const std::size_t slash = url.find('/');
  return slash == std::string_view::npos || slash + 1 == url.size();
}

}  // namespace

std::optional<EntityKind> value_kind(FindKind kind) {
  switch (kind) {
    case FindKind::phone:
      return EntityKind::phone;
    case FindKind::email:
      return EntityKind::email;
    case FindKind::handle:
      return EntityKind::handle;
    case FindKind::url:
      return EntityKind::url;
    case FindKind::iban:
      return EntityKind::iban;
    case FindKind::account:
      return EntityKind::account;
    case FindKind::card:
      return EntityKind::card;
    case FindKind::wallet:
      return EntityKind::wallet;
    case FindKind::plate:
      return EntityKind::plate;
    case FindKind::document_number:
      return EntityKind::document_number;
    case FindKind::photo:
      return EntityKind::photo;
    case FindKind::photo_likeness:
      return EntityKind::photo_likeness;
    case FindKind::local_ref:
    case FindKind::price:
    case FindKind::place:
    case FindKind::age:
    case FindKind::name:
    case FindKind::language:
    case FindKind::time:
    case FindKind::wage:
    case FindKind::hours:
    case FindKind::promise:
    case FindKind::voice:
      return std::nullopt;
  }
  return std::nullopt;
}

bool is_identifier(FindKind kind, std::string_view canonical) {
  if (canonical.empty()) return false;
  if (kind == FindKind::url) return !is_site_root(canonical);
  return kind == FindKind::local_ref || value_kind(kind).has_value();
}

bool is_picture(EntityKind kind) {
  return kind == EntityKind::photo || kind == EntityKind::photo_likeness;
}

std::vector<EntityId> entity_ids(FindKind kind, std::string_view canonical, const IdKey& key) {
  if (!is_identifier(kind, canonical)) return {};
  if (const auto one = value_kind(kind)) return {value_id(*one, canonical, key)};
  return {value_id(EntityKind::person, canonical, key),
          value_id(EntityKind::company, canonical, key),
          value_id(EntityKind::thing, canonical, key)};
}

EntityId value_id(EntityKind kind, std::string_view canonical, const IdKey& key) {
  return KeyedHasher(key).add(kIdRule).add(name_of(kind)).add(canonical).finish<EntityTag>();
}

EntityId template_id(std::span<const RecordId> members, const IdKey& key) {
  KeyedHasher hasher(key);
  hasher.add(kIdRule).add(name_of(EntityKind::template_));
  for (const RecordId& member : members) hasher.add(member.hi).add(member.lo);
  return hasher.finish<EntityTag>();
}

}  // namespace ovillo::resolve
