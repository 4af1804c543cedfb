// Which finds stand for an entity, and by which id.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ovillo/record/entity.hpp"

namespace ovillo::resolve {

/// True when finds of this kind and value become entities: a phone does, a price never; a page
/// below a site's root does, the root itself is where everybody advertises.
bool is_identifier(FindKind kind, std::string_view canonical);

/// What a find of this kind is an entity of. Empty: of nothing; or, for local_ref, of what the
/// records say.
std::optional<EntityKind> value_kind(FindKind kind);

/// Pictures differ from other identifiers: an advert shows many, copies of them wander, and one
/// that no other record holds says nothing. See entities() and links().
bool is_picture(EntityKind kind);

/// Ids the entity of this find may have, by id_rule 1. A reference may be a person, a company or a
/// thing, which only the records decide; any other find has one id, or none.
std::vector<EntityId> entity_ids(FindKind kind, std::string_view canonical, const IdKey& key);

/// id_rule 1: a keyed hash of the rule, the kind's name and the canonical form (for a reference:
/// the reference). Pinned by a test; a change of it would orphan every citation.
EntityId value_id(EntityKind kind, std::string_view canonical, const IdKey& key);

/// id_rule 1 for a template: a keyed hash of its members, so that the same texts of one hand have
/// the same id whatever words their alignment leaves standing. @param members  ascending.
EntityId template_id(std::span<const RecordId> members, const IdKey& key);

}  // namespace ovillo::resolve
