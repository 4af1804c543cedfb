#include "ovillo/casework/internal/audit_check.hpp"

#include <algorithm>
#include <vector>

#include "ovillo/base/parallel.hpp"

namespace ovillo::casework {

namespace {

using storage::AuditStore;
using storage::Digest;

// Entries are checked in runs of 2^13, each a subtree of its own, so that runs need nothing of each
// other; their roots are the leaves of what is left.
constexpr unsigned kRunLevel = 13;
constexpr std::uint64_t kRun = std::uint64_t{1} << kRunLevel;

/// What came of one run, or of the part of the tree over all runs.
struct Checked {
  std::optional<std::uint64_t> damage;  ///< position of an entry
  std::vector<Digest> roots;            ///< of complete subtrees, at the level checked last

  void damaged_at(std::uint64_t position) {
    damage = std::min(damage.value_or(position), position);
  }
};

/// Compares the stored nodes of a level, from `begin` on, with computed ones. Damage is told at the
/// last entry below the node: the one it was written with.
Result<void> compare(const AuditStore& store, unsigned level, std::uint64_t begin,
                     const std::vector<Digest>& computed, Checked& out) {
  OVILLO_TRY(const auto stored, store.stored_nodes(level, begin, begin + computed.size()));
  const auto [kept, right] = std::mismatch(stored.begin(), stored.end(), computed.begin());
  if (kept == stored.end()) return {};
  const auto position = begin + static_cast<std::uint64_t>(kept - stored.begin());
  out.damaged_at(((position + 1) << level) - 1);
  return {};
}

/// Compares a row of nodes and all complete ones above it, up to level `top`.
Result<void> compare_upwards(const AuditStore& store, unsigned level, unsigned top,
                             std::uint64_t begin, std::vector<Digest> row, Checked& out) {
  while (true) {
    OVILLO_CHECK(compare(store, level, begin, row, out));
    if (level == top || row.size() < 2) break;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2)
      row[i / 2] = storage::node_hash(row[i], row[i + 1]);
    row.resize(row.size() / 2);
    begin /= 2;
    ++level;
  }
  if (level == top) out.roots = std::move(row);
  return {};
}

Result<Checked> check_run(const AuditStore& store, std::uint64_t begin, std::uint64_t end) {
  Checked out;
  OVILLO_TRY(const auto sealed, store.sealed_entries(begin, end));
  std::vector<Digest> leaves;
  leaves.reserve(sealed.size());
  for (std::uint64_t position = begin; position < end; ++position) {
    const auto entry = store.open_entry(position, sealed[position - begin]);
    if (!entry) {
      out.damaged_at(position);
      break;
    }
    leaves.push_back(storage::leaf_hash(*entry));
  }
  if (!leaves.empty())
    OVILLO_CHECK(compare_upwards(store, 0, kRunLevel, begin, std::move(leaves), out));
  return out;
}

}  // namespace

Result<std::optional<std::uint64_t>> first_damage(const AuditStore& store) {
  const std::uint64_t n = store.size();
  std::vector<Result<Checked>> runs((n + kRun - 1) / kRun, Checked());
  parallel_for(runs.size(), 1, [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      runs[i] = check_run(store, i * kRun, std::min(n, (i + 1) * kRun));
  });
  Checked all;
  std::vector<Digest> roots;
  for (const Result<Checked>& run : runs) {
    if (!run) return run.error();
    if (run->damage) all.damaged_at(*run->damage);
    roots.insert(roots.end(), run->roots.begin(), run->roots.end());
  }
  // Where a run is damaged the roots do not say what lies above.
  if (!all.damage && !roots.empty())
    OVILLO_CHECK(compare_upwards(store, kRunLevel, 64, 0, std::move(roots), all));
  return all.damage;
}

}  // namespace ovillo::casework
