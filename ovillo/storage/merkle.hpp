// Merkle trees over blocks and audit entries, hashed as RFC 6962 says.
//
// leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right), the root of n > 1 leaves
// splits at the largest power of two below n. A tree is read through a NodeReader: the hash of the
// complete subtree of 2^level leaves that starts at leaf position * 2^level. So a root or a proof
// over a million entries reads some twenty nodes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::storage {

using Digest = std::array<std::uint8_t, 32>;

/// 64 lower-case hex digits.
std::string hex(const Digest& digest);

Digest leaf_hash(std::string_view entry);
Digest node_hash(const Digest& left, const Digest& right);

using NodeReader = std::function<Result<Digest>(unsigned level, std::uint64_t position)>;

/// Root of the first n leaves; SHA-256 of nothing for n = 0. @cost O(log n) nodes.
Result<Digest> merkle_root(std::uint64_t n, const NodeReader& nodes);
/// The same over leaf hashes in memory. @cost O(n).
Digest merkle_root(std::span<const Digest> leaves);

/// Nodes that become complete when leaf number `index` is appended, level 1 upwards.
Result<std::vector<Digest>> completed_nodes(std::uint64_t index, const Digest& leaf,
                                            const NodeReader& nodes);

/// Audit path of leaf `index` in the tree of the first n leaves, leaf to root.
/// @param index  less than n. @source RFC 6962, section 2.1.1.
Result<std::vector<Digest>> inclusion_proof(std::uint64_t index, std::uint64_t n,
                                            const NodeReader& nodes);
/// That the tree of m leaves is a prefix of the tree of n. @param m  0 < m <= n.
/// @source RFC 6962, section 2.1.2.
Result<std::vector<Digest>> consistency_proof(std::uint64_t m, std::uint64_t n,
                                              const NodeReader& nodes);

/// @source RFC 9162, section 2.1.3.2.
bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t n,
                      std::span<const Digest> proof, const Digest& root);
/// @source RFC 9162, section 2.1.4.2.
bool verify_consistency(std::uint64_t m, std::uint64_t n, std::span<const Digest> proof,
                        const Digest& old_root, const Digest& new_root);

}  // namespace ovillo::storage
