// Entities, the links between them, and the networks they form.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/record/ids.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/record/statement.hpp"

namespace ovillo {

/// What an entity is. Identifier entities are values (a phone is an entity); `template_` is a text
/// written by one hand; persons exist only where a record says person.
enum class EntityKind : std::uint8_t {
  phone,
  email,
  handle,
  url,
  iban,
  account,
  card,
  wallet,
  plate,
  document_number,
  template_,
  person,
  company,
  thing,
  photo,
  photo_likeness,
};
std::span<const std::string_view> names(EntityKind);

/// Identity: the same entity. Association: seen together. They never mix.
enum class LinkKind : std::uint8_t { identity, association };
std::span<const std::string_view> names(LinkKind);
/// Two things are the same where a person says so; that they belong together a machine concludes.
constexpr StatementType statement_of(LinkKind kind) {
  return kind == LinkKind::identity ? StatementType::assessment : StatementType::inference;
}

/// Entities in ascending id order, with the records each rests on.
struct EntityTable {
  std::vector<EntityId> id;
  std::vector<EntityKind> kind;
  StringColumn canonical;  ///< for persons and things: display name; for templates: template text
  ListIndex records;       ///< entity e rests on postings records[e]
  std::vector<std::uint32_t>
      record;              ///< posting: index of a record in the view, ascending per entity
  std::vector<Role> role;  ///< posting: what the entity does there

  [[nodiscard]] std::size_t size() const { return kind.size(); }
};

/// Links between entities of one EntityTable: ascending by (a, b, kind), a < b.
struct LinkTable {
  std::vector<std::uint32_t> a;
  std::vector<std::uint32_t> b;
  std::vector<LinkKind> kind;
  std::vector<std::int32_t> weight_quarter_bits;  ///< log2 odds times four, rounded
  ListIndex records;                              ///< link l rests on postings records[l]
  std::vector<std::uint32_t> record;              ///< ascending record indices

  [[nodiscard]] std::size_t size() const { return a.size(); }
};

}  // namespace ovillo
