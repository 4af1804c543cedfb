// links(): for each entity, the partners its records give it, sorted and counted on the spot; no
// list of all pairs is ever held.
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "ovillo/base/parallel.hpp"
#include "ovillo/resolve/identifier.hpp"
#include "ovillo/resolve/link_weight.hpp"
#include "ovillo/resolve/resolve.hpp"

namespace ovillo::resolve {

namespace {

bool publishes(Role role) { return role == Role::payer || role == Role::author; }
bool is_side(Role role) { return role == Role::from || role == Role::to; }

bool is_text(RecordKind kind) {
  switch (kind) {
    case RecordKind::advert:
    case RecordKind::report:
    case RecordKind::notice:
    case RecordKind::message:
    case RecordKind::trip:
    case RecordKind::document:
      return true;
    default:
      return false;
  }
}

bool is_definition(RecordKind kind) {
  return kind == RecordKind::person || kind == RecordKind::company || kind == RecordKind::thing;
}

bool is_movement(RecordKind kind) {
  return kind == RecordKind::transfer || kind == RecordKind::call;
}

/// In a message the sender moves something to whoever else stands in it.
bool speaks(RecordKind kind, Role role) {
  return kind == RecordKind::message && (is_side(role) || role == Role::author);
}

Tie tie_between(RecordKind kind, Role a, Role b) {
  if (is_definition(kind)) return is_side(a) && is_side(b) && a != b ? Tie::stated : Tie::owned;
  if (a == b && is_side(a) && !is_text(kind)) return Tie::owned;
  if (kind == RecordKind::relation) return Tie::stated;
  if (is_movement(kind) || speaks(kind, a) || speaks(kind, b)) return Tie::moved;
  return publishes(a) || publishes(b) ? Tie::paid : Tie::seen;
}

/// The entities of each record, ascending, and what roles stand in it.
struct RecordIndex {
  std::vector<std::uint32_t> offset;
  std::vector<std::uint32_t> entity;
  std::vector<Role> role;
  std::vector<std::uint32_t> n_pictures;  ///< of its entities
  std::vector<std::uint8_t> roles_once;   ///< bit r: role r stands in it
  std::vector<std::uint8_t> roles_twice;  ///< bit r: at least twice

  RecordIndex(const EntityTable& entities, std::size_t n_records)
      : offset(n_records + 1, 0),
        entity(entities.record.size()),
        role(entities.record.size()),
        n_pictures(n_records, 0),
        roles_once(n_records, 0),
        roles_twice(n_records, 0) {
    for (const std::uint32_t r : entities.record) ++offset[r + 1];
    for (std::size_t r = 0; r < n_records; ++r) offset[r + 1] += offset[r];
    std::vector<std::uint32_t> cursor(offset.begin(), offset.end() - 1);
    for (std::uint32_t e = 0; e < entities.size(); ++e) {
      const Range postings = entities.records[e];
      for (std::size_t p = postings.begin; p < postings.end; ++p) {
        const std::uint32_t r = entities.record[p];
        entity[cursor[r]] = e;
        n_pictures[r] += is_picture(entities.kind[e]);
        role[cursor[r]++] = entities.role[p];
        const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(entities.role[p]));
        roles_twice[r] |= roles_once[r] & bit;
        roles_once[r] |= bit;
      }
    }
  }

  /// Entities that are no pictures.
  [[nodiscard]] std::uint32_t n_others(std::uint32_t r) const {
    return offset[r + 1] - offset[r] - n_pictures[r];
  }
  [[nodiscard]] bool has(std::uint32_t r, Role x) const {
    return (roles_once[r] >> static_cast<unsigned>(x)) & 1;
  }
  [[nodiscard]] bool has_two(std::uint32_t r, Role x) const {
    return (roles_twice[r] >> static_cast<unsigned>(x)) & 1;
  }
};

using PerTie = std::array<std::uint32_t, kTies>;

class LinkBuilder {
 public:
  LinkBuilder(const EntityTable& entities, std::span<const RecordKind> record_kind)
      : entities_(entities),
        record_kind_(record_kind),
        index_(entities, record_kind.size()),
        n_records_(entities.size(), PerTie{}) {}

  LinkTable run() {
    constexpr std::size_t kGrain = 1024;
    const std::size_t n = entities_.size();
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      for (std::size_t e = begin; e < end; ++e) count_records(static_cast<std::uint32_t>(e));
    });
    std::vector<LinkTable> part((n + kGrain - 1) / kGrain);
    parallel_for(n, kGrain, [&](std::size_t begin, std::size_t end) {
      std::vector<Partner> partners;
      for (std::size_t e = begin; e < end; ++e)
        add_links(static_cast<std::uint32_t>(e), partners, part[begin / kGrain]);
    });
    return joined(part);
  }

 private:
  struct Partner {
    std::uint32_t entity;
    std::uint32_t record;
    Tie tie;
  };

  /// In how many records each kind of tie could have shown.
  void count_records(std::uint32_t e) {
    PerTie& n = n_records_[e];
    const auto add = [&](Tie tie) { ++n[static_cast<std::size_t>(tie)]; };
    const Range postings = entities_.records[e];
    for (std::size_t p = postings.begin; p < postings.end; ++p) {
      const std::uint32_t r = entities_.record[p];
      const Role role = entities_.role[p];
      const RecordKind kind = record_kind_[r];
      if (is_text(kind)) {
        if (!publishes(role) && !speaks(kind, role)) add(Tie::seen);
        if (index_.has(r, Role::payer) || index_.has(r, Role::author)) add(Tie::paid);
      }
      if (is_movement(kind) || kind == RecordKind::message) add(Tie::moved);
      if (is_definition(kind) || (!is_text(kind) && is_side(role) && index_.has_two(r, role)))
        add(Tie::owned);
      if (kind == RecordKind::relation || is_definition(kind)) add(Tie::stated);
    }
  }

  /// Links of `a` with the entities after it.
  void add_links(std::uint32_t a, std::vector<Partner>& partners, LinkTable& out) const {
    partners.clear();
    const Range postings = entities_.records[a];
    for (std::size_t p = postings.begin; p < postings.end; ++p) {
      const std::uint32_t r = entities_.record[p];
      if (index_.n_others(r) > kMaxFan || record_kind_[r] == RecordKind::judgement) continue;
      const bool too_many_pictures = index_.n_pictures[r] > kMaxFan;
      if (too_many_pictures && is_picture(entities_.kind[a])) continue;
      for (std::uint32_t i = index_.offset[r]; i < index_.offset[r + 1]; ++i) {
        const std::uint32_t b = index_.entity[i];
        if (b > a && !(too_many_pictures && is_picture(entities_.kind[b])))
          partners.push_back(
              {b, r, tie_between(record_kind_[r], entities_.role[p], index_.role[i])});
      }
    }
    std::sort(partners.begin(), partners.end(), [](const Partner& x, const Partner& y) {
      return x.entity != y.entity ? x.entity < y.entity : x.record < y.record;
    });
    for (std::size_t begin = 0; begin < partners.size();) {
      std::size_t end = begin + 1;
      while (end < partners.size() && partners[end].entity == partners[begin].entity) ++end;
      add_link(a, {partners.data() + begin, end - begin}, out);
      begin = end;
    }
  }

  void add_link(std::uint32_t a, std::span<const Partner> shared, LinkTable& out) const {
    const std::uint32_t b = shared.front().entity;
    const std::int32_t weight = weigh(a, b, shared);
    if (weight <= 0) return;
    out.a.push_back(a);
    out.b.push_back(b);
    out.kind.push_back(LinkKind::association);
    out.weight_quarter_bits.push_back(weight);
    for (const Partner& s : shared) out.record.push_back(s.record);
    out.records.close_row(out.record.size());
  }

  [[nodiscard]] std::int32_t weigh(std::uint32_t a, std::uint32_t b,
                                   std::span<const Partner> shared) const {
    std::array<TieCounts, kTies> counts{};
    const auto n_of_pictures = static_cast<std::uint32_t>(is_picture(entities_.kind[a])) +
                               static_cast<std::uint32_t>(is_picture(entities_.kind[b]));
    for (const Partner& s : shared) {
      TieCounts& c = counts[static_cast<std::size_t>(s.tie)];
      const std::uint32_t crowd = index_.n_others(s.record) + n_of_pictures;
      c.crowd = c.n_ab == 0 ? crowd : std::min(c.crowd, crowd);
      ++c.n_ab;
    }
    std::array<std::int32_t, kTies> bits{};
    for (std::size_t t = 0; t < kTies; ++t) {
      TieCounts& c = counts[t];
      if (c.n_ab == 0) continue;
      c.n_a = n_records_[a][t];
      c.n_b = n_records_[b][t];
      c.kind_a = entities_.kind[a];
      c.kind_b = entities_.kind[b];
      bits[t] = tie_quarter_bits(static_cast<Tie>(t), c);
    }
    // What a source says outright is shown however little it weighs; it joins nothing by that.
    const bool is_said = counts[static_cast<std::size_t>(Tie::moved)].n_ab > 0 ||
                         counts[static_cast<std::size_t>(Tie::owned)].n_ab > 0 ||
                         counts[static_cast<std::size_t>(Tie::stated)].n_ab > 0;
    return std::max(combined_quarter_bits(bits), is_said ? 1 : 0);
  }

  static LinkTable joined(const std::vector<LinkTable>& part) {
    LinkTable out;
    for (const LinkTable& p : part) {
      out.a.insert(out.a.end(), p.a.begin(), p.a.end());
      out.b.insert(out.b.end(), p.b.begin(), p.b.end());
      out.kind.insert(out.kind.end(), p.kind.begin(), p.kind.end());
      out.weight_quarter_bits.insert(out.weight_quarter_bits.end(), p.weight_quarter_bits.begin(),
                                     p.weight_quarter_bits.end());
      const std::size_t base = out.record.size();
      out.record.insert(out.record.end(), p.record.begin(), p.record.end());
      for (std::size_t l = 0; l < p.size(); ++l) out.records.close_row(base + p.records[l].end);
    }
    return out;
  }

  const EntityTable& entities_;
  std::span<const RecordKind> record_kind_;
  RecordIndex index_;
  std::vector<PerTie> n_records_;
};

}  // namespace

LinkTable with_identities(const LinkTable& links, std::span<const Identity> identities) {
  LinkTable out;
  std::size_t next = 0;
  const auto add = [&](std::uint32_t a, std::uint32_t b, LinkKind kind, std::int32_t weight) {
    out.a.push_back(a);
    out.b.push_back(b);
    out.kind.push_back(kind);
    out.weight_quarter_bits.push_back(weight);
  };
  const auto add_until = [&](std::uint32_t a, std::uint32_t b) {
    for (; next < identities.size() &&
           std::pair(identities[next].a, identities[next].b) <= std::pair(a, b);
         ++next) {
      const Identity& one = identities[next];
      add(one.a, one.b, LinkKind::identity, kIdentityQuarterBits);
      out.record.push_back(one.record);
      out.records.close_row(out.record.size());
    }
  };
  for (std::size_t l = 0; l < links.size(); ++l) {
    add_until(links.a[l], links.b[l]);
    add(links.a[l], links.b[l], links.kind[l], links.weight_quarter_bits[l]);
    const Range postings = links.records[l];
    for (std::size_t p = postings.begin; p < postings.end; ++p)
      out.record.push_back(links.record[p]);
    out.records.close_row(out.record.size());
  }
  constexpr std::uint32_t kLast = ~std::uint32_t{0};
  add_until(kLast, kLast);
  return out;
}

LinkTable links(const EntityTable& entities, std::span<const RecordKind> record_kind) {
  return LinkBuilder(entities, record_kind).run();
}

}  // namespace ovillo::resolve
