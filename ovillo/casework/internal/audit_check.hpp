// Whether an audit log is whole: every entry opened, every stored hash of its tree computed anew.
#pragma once

#include <cstdint>
#include <optional>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/audit_store.hpp"

namespace ovillo::casework {

/// Compares each stored node with the one computed from the entries below it: nodes are what roots
/// and proofs are made of.
/// @return  position of the first entry that does not open, or under which a node is not the one
///          that follows from the entries; none: the log is whole.
/// @error   storage.* when the log cannot be read.
/// @cost    O(n) time on all threads; memory for about 16 thousand entries a thread and 4 kB per
///          million entries.
/// @misses  a log cut off at its end: only an older checkpoint shows it.
Result<std::optional<std::uint64_t>> first_damage(const storage::AuditStore& store);

}  // namespace ovillo::casework
