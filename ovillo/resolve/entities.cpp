// entities(): mentions are bucketed by the hash of their value, sorted inside the bucket and read
// off in runs. No string is copied before its entity is known.
#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/resolve/identifier.hpp"
#include "ovillo/resolve/resolve.hpp"

namespace ovillo::resolve {

namespace {

constexpr std::size_t kGrain = 16384;
/// Buckets by the top bits of the hash; a component of a few rows is one bucket.
constexpr std::size_t kManyBuckets = 256;
constexpr std::uint32_t kTemplateFind = std::numeric_limits<std::uint32_t>::max();
/// What a reference is becomes known only when its run is read.
constexpr std::uint8_t kReferenceTag = 0xff;

struct Mention {
  std::uint64_t hash;
  std::uint32_t row;
  std::uint32_t find;  ///< index in the row's finds, or kTemplateFind
  std::uint8_t tag;    ///< EntityKind, or kReferenceTag
  Role role;
};

/// One entity before the table is put together: postings[begin, end) of its bucket.
struct Group {
  EntityId id;
  EntityKind kind;
  std::string_view canonical;
  std::uint32_t bucket;
  std::uint32_t begin;
  std::uint32_t end;
};

/// The tag under which a find is grouped; empty: never an entity.
std::optional<std::uint8_t> entity_tag(FindKind kind, std::string_view canonical) {
  if (!is_identifier(kind, canonical)) return std::nullopt;
  const auto value = value_kind(kind);
  return value ? static_cast<std::uint8_t>(*value) : kReferenceTag;
}

/// Where an entity stands twice in one record, the role that says most.
int role_rank(Role role) {
  switch (role) {
    case Role::payer:
      return 0;
    case Role::author:
      return 1;
    case Role::subject:
      return 2;
    case Role::from:
      return 3;
    case Role::to:
      return 4;
    case Role::mentioned:
      return 5;
  }
  return 5;
}

class EntityBuilder {
 public:
  EntityBuilder(std::span<const Row> rows, const IdKey& key)
      : rows_(rows),
        key_(key),
        bucket_(rows.size() < kGrain ? 1 : kManyBuckets),
        groups_(bucket_.size()) {}

  EntityTable run() {
    scatter();
    parallel_for(bucket_.size(), 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t b = begin; b < end; ++b) group_bucket(static_cast<std::uint32_t>(b));
    });
    return table();
  }

 private:
  using BucketCounts = std::vector<std::uint32_t>;

  [[nodiscard]] std::size_t bucket_of(const Mention& m) const {
    return bucket_.size() == 1 ? 0 : m.hash >> 56;
  }

  [[nodiscard]] std::string_view value(const Mention& m) const {
    const Row& row = rows_[m.row];
    return m.find == kTemplateFind ? row.template_text : row.find_canonical[m.find];
  }

  /// The file of a picture, where what it looks like follows: one picture, one entity.
  static bool stands_by_likeness(const Row& row, std::uint32_t f) {
    return row.find_kind[f] == FindKind::photo && f + 1 < row.find_kind.size() &&
           row.find_kind[f + 1] == FindKind::photo_likeness;
  }

  /// Calls take(mention) for each value of a row that may become an entity.
  template <class F>
  void for_each_mention(std::uint32_t r, const F& take) const {
    const Row& row = rows_[r];
    const auto mention = [&](std::uint8_t tag, Role role, std::uint32_t find,
                             std::string_view text) {
      take(Mention{hash64(text, tag), r, find, tag, role});
    };
    for (std::uint32_t f = 0; f < row.find_kind.size(); ++f) {
      const std::string_view canonical = row.find_canonical[f];
      if (stands_by_likeness(row, f)) continue;
      if (const auto tag = entity_tag(row.find_kind[f], canonical))
        mention(*tag, row.find_role[f], f, canonical);
    }
    if (!row.template_text.empty())
      mention(static_cast<std::uint8_t>(EntityKind::template_), Role::mentioned, kTemplateFind,
              row.template_text);
  }

  /// Fills bucket_ with the mentions, each bucket in row order.
  void scatter() {
    const std::size_t n_chunks = (rows_.size() + kGrain - 1) / kGrain;
    std::vector<BucketCounts> place(n_chunks, BucketCounts(bucket_.size(), 0));
    const auto each_row = [&](const auto& body) {
      parallel_for(rows_.size(), kGrain, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r)
          for_each_mention(static_cast<std::uint32_t>(r),
                           [&](const Mention& m) { body(place[begin / kGrain], m); });
      });
    };
    each_row([&](BucketCounts& counts, const Mention& m) { ++counts[bucket_of(m)]; });
    for (std::size_t b = 0; b < bucket_.size(); ++b) {
      std::uint32_t total = 0;
      for (BucketCounts& counts : place) total += std::exchange(counts[b], total);
      bucket_[b].resize(total);
    }
    each_row([&](BucketCounts& cursor, const Mention& m) {
      bucket_[bucket_of(m)][cursor[bucket_of(m)]++] = m;
    });
  }

  void group_bucket(std::uint32_t b) {
    auto& mentions = bucket_[b];
    std::sort(mentions.begin(), mentions.end(), [](const Mention& x, const Mention& y) {
      return std::tuple(x.hash, x.tag, x.row, role_rank(x.role), x.find) <
             std::tuple(y.hash, y.tag, y.row, role_rank(y.role), y.find);
    });
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < mentions.size();) {
      std::size_t end = begin + 1;
      while (end < mentions.size() && mentions[end].hash == mentions[begin].hash &&
             mentions[end].tag == mentions[begin].tag)
        ++end;
      separate_collisions(mentions, begin, end);
      while (begin < end) {
        std::size_t run_end = begin + 1;
        while (run_end < end && value(mentions[run_end]) == value(mentions[begin])) ++run_end;
        kept = add_group(b, begin, run_end, kept);
        begin = run_end;
      }
    }
    mentions.resize(kept);
  }

  /// Two values of one 64-bit hash: order the run by value, keeping rows ascending inside.
  void separate_collisions(std::vector<Mention>& mentions, std::size_t begin, std::size_t end) {
    const std::string_view first = value(mentions[begin]);
    bool all_equal = true;
    for (std::size_t i = begin + 1; i < end && all_equal; ++i)
      all_equal = value(mentions[i]) == first;
    if (all_equal) return;
    const auto from = mentions.begin() + static_cast<std::ptrdiff_t>(begin);
    std::stable_sort(from, from + static_cast<std::ptrdiff_t>(end - begin),
                     [&](const Mention& x, const Mention& y) { return value(x) < value(y); });
  }

  /// Turns one run of equal values into an entity; its postings move down to `kept`.
  std::size_t add_group(std::uint32_t b, std::size_t begin, std::size_t end, std::size_t kept) {
    auto& mentions = bucket_[b];
    const std::span<const Mention> run(mentions.data() + begin, end - begin);
    const std::string_view text = value(run.front());
    Group group{{}, EntityKind::thing, text, b, static_cast<std::uint32_t>(kept), 0};
    if (run.front().tag == kReferenceTag) {
      const auto kind = reference_kind(run);
      if (!kind) return kept;
      group.kind = *kind;
      group.id = value_id(*kind, text, key_);
      group.canonical = display_name(run, text);
    } else {
      group.kind = static_cast<EntityKind>(run.front().tag);
      if (is_picture(group.kind) && run.front().row == run.back().row) return kept;
      group.id = group.kind == EntityKind::template_ ? id_of_template(run)
                                                     : value_id(group.kind, text, key_);
    }
    for (std::size_t i = begin; i < end; ++i) {
      // Sorted by row and then by role: the first mention of a row carries the role that counts.
      if (kept > group.begin && mentions[kept - 1].row == mentions[i].row) continue;
      mentions[kept++] = mentions[i];
    }
    group.end = static_cast<std::uint32_t>(kept);
    groups_[b].push_back(group);
    return kept;
  }

  static std::optional<EntityKind> defined_kind(RecordKind kind) {
    switch (kind) {
      case RecordKind::person:
        return EntityKind::person;
      case RecordKind::company:
        return EntityKind::company;
      case RecordKind::thing:
        return EntityKind::thing;
      default:
        return std::nullopt;
    }
  }

  /// What a reference is: what defines it says so. A row of another kind (a report with a number of
  /// its own) is an entity only where something points at it; empty: nothing does.
  [[nodiscard]] std::optional<EntityKind> reference_kind(std::span<const Mention> run) const {
    std::optional<EntityKind> kind;
    bool pointed_at = false;
    for (const Mention& m : run) {
      if (m.role != Role::subject) {
        // A judgement about something that is not in the view makes nothing of it.
        pointed_at = pointed_at || rows_[m.row].kind != RecordKind::judgement;
        continue;
      }
      const auto defined = defined_kind(rows_[m.row].kind);
      if (defined && (!kind || *defined < *kind)) kind = defined;
    }
    if (!kind && pointed_at) kind = EntityKind::thing;
    return kind;
  }

  /// The first name in dictionary order that a defining row gives; else the reference itself.
  [[nodiscard]] std::string_view display_name(std::span<const Mention> run,
                                              std::string_view reference) const {
    std::string_view best;
    for (const Mention& m : run) {
      const std::string_view name = rows_[m.row].display_name;
      if (m.role != Role::subject || name.empty()) continue;
      if (best.empty() || name < best) best = name;
    }
    return best.empty() ? reference : best;
  }

  [[nodiscard]] EntityId id_of_template(std::span<const Mention> run) const {
    std::vector<RecordId> members;
    members.reserve(run.size());
    for (const Mention& m : run) members.push_back(rows_[m.row].id);
    std::sort(members.begin(), members.end());
    return template_id(members, key_);
  }

  [[nodiscard]] EntityTable table() const {
    std::vector<Group> all;
    std::size_t n_postings = 0;
    std::size_t n_bytes = 0;
    for (std::size_t b = 0; b < bucket_.size(); ++b) {
      all.insert(all.end(), groups_[b].begin(), groups_[b].end());
      n_postings += bucket_[b].size();
    }
    std::sort(all.begin(), all.end(), [](const Group& x, const Group& y) { return x.id < y.id; });
    for (const Group& g : all) n_bytes += g.canonical.size();
    EntityTable out;
    out.id.reserve(all.size());
    out.kind.reserve(all.size());
    out.canonical.reserve(all.size(), n_bytes);
    out.record.reserve(n_postings);
    out.role.reserve(n_postings);
    for (const Group& g : all) {
      out.id.push_back(g.id);
      out.kind.push_back(g.kind);
      out.canonical.push_back(g.canonical);
      for (std::uint32_t i = g.begin; i < g.end; ++i) {
        out.record.push_back(bucket_[g.bucket][i].row);
        out.role.push_back(bucket_[g.bucket][i].role);
      }
      out.records.close_row(out.record.size());
    }
    return out;
  }

  std::span<const Row> rows_;
  const IdKey& key_;
  std::vector<std::vector<Mention>> bucket_;
  std::vector<std::vector<Group>> groups_;
};

}  // namespace

EntityTable entities(std::span<const Row> rows, const IdKey& key) {
  return EntityBuilder(rows, key).run();
}

}  // namespace ovillo::resolve
