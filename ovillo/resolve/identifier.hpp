// Which finds stand for an entity, and by which id.
#pragma once

#include <string_view>
#include <vector>

#include "ovillo/record/entity.hpp"

namespace ovillo::resolve {

/// True when finds of this kind and value become entities: a phone does, a price never; a page
/// below a site's root does, the root itself is where everybody advertises.
bool is_identifier(FindKind kind, std::string_view canonical);

/// Ids the entity of this find may have, by id_rule 1. A reference may be a person, a company or a
/// thing, which only the records decide; any other find has one id, or none.
std::vector<EntityId> entity_ids(FindKind kind, std::string_view canonical, const IdKey& key);

}  // namespace ovillo::resolve
