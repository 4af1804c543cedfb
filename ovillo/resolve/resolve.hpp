// resolve: Find, Record -> Entity and Link.
//
// Identifier entities are values: every find of one kind and canonical form is one entity. Persons,
// companies and things are entities only where a record says so (a record of that kind with a local
// id); what a source asserts between its own references becomes an association. Nothing here merges
// two persons: a record of kind judgement does, by a named person, and makes an `identity` link.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/record/entity.hpp"
#include "ovillo/record/find.hpp"

namespace ovillo::resolve {

/// One record of the view, as resolve sees it.
struct Row {
  RecordId id;
  RecordKind kind = RecordKind::advert;
  std::span<const FindKind> find_kind;
  std::span<const Role> find_role;
  std::vector<std::string_view> find_canonical;
  std::string_view display_name;   ///< for persons, companies, things; may be empty
  std::string_view template_text;  ///< of its cluster; empty: alone
};

/// Entities of `rows` (record index = position in `rows`), in ascending id order.
///
/// local_ref finds with role subject define a person, company or thing; with role from or to they
/// point at one. A reference that no row defines becomes a `thing` of its own.
/// A photo find that its likeness follows stands by the likeness alone, and a picture becomes an
/// entity only where two records or more hold it.
/// @param key  the installation's id key: entity ids are keyed hashes of kind and canonical form.
EntityTable entities(std::span<const Row> rows, const IdKey& key);

/// Association links between entities that share records, weight falling with how common both are.
///
/// weight = 4 * log2 odds of being tied against sharing records by chance, from the number of
/// shared records, both postings' lengths and the kind of tie (payer of an advert > same advert >
/// relation > transfer or call); common values lose weight instead of gluing everything. Links at
/// or below zero are left out, but for what a source says outright (a transfer, a relation, what
/// somebody owns), which is kept with the least weight. A record with more than `kMaxFan` entities
/// ties none of them pairwise; pictures are counted apart, so that many of them weaken nothing
/// else.
inline constexpr std::size_t kMaxFan = 64;
LinkTable links(const EntityTable& entities, std::span<const RecordKind> record_kind);

/// Two entities that a person said are the same.
struct Identity {
  std::uint32_t a = 0;  ///< a < b
  std::uint32_t b = 0;
  std::uint32_t record = 0;  ///< that says so
};

/// What an identity link weighs: a person's word is no matter of odds.
inline constexpr std::int32_t kIdentityQuarterBits = 400;

/// The links, and one of kind identity for each identity. @param identities  ascending by (a, b).
LinkTable with_identities(const LinkTable& links, std::span<const Identity> identities);

}  // namespace ovillo::resolve
