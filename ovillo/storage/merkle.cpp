#include "ovillo/storage/merkle.hpp"

#include <bit>
#include <memory>

#include <openssl/evp.h>
#include <sodium.h>

namespace ovillo::storage {

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// SHA-256 of two parts, one after the other. With the processor's own instructions, and without
/// looking the algorithm up each time: a log is millions of small hashes.
Digest digest_of(std::string_view first, std::string_view second) {
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context = [] {
    std::unique_ptr<EVP_MD_CTX, FreeContext> made(EVP_MD_CTX_new());
    EVP_DigestInit_ex(made.get(), EVP_sha256(), nullptr);
    return made;
  }();
  EVP_DigestInit_ex(context.get(), nullptr, nullptr);
  EVP_DigestUpdate(context.get(), first.data(), first.size());
  EVP_DigestUpdate(context.get(), second.data(), second.size());
  Digest out;
  EVP_DigestFinal_ex(context.get(), out.data(), nullptr);
  return out;
}

/// Largest power of two below n. @param n  at least 2.
std::uint64_t split_point(std::uint64_t n) { return std::bit_floor(n - 1); }

// The hashes of RFC 6962 are defined by halving [0, n): each call is on less than its n, so none
// of these goes deeper than 64.
// NOLINTBEGIN(misc-no-recursion)

/// Root of leaves [begin, begin + n); begin is a multiple of the power of two at or above n.
Result<Digest> range_root(std::uint64_t begin, std::uint64_t n, const NodeReader& nodes) {
  if (std::has_single_bit(n)) {
    const auto level = static_cast<unsigned>(std::countr_zero(n));
    return nodes(level, begin >> level);
  }
  const std::uint64_t k = split_point(n);
  OVILLO_TRY(const Digest left, range_root(begin, k, nodes));
  OVILLO_TRY(const Digest right, range_root(begin + k, n - k, nodes));
  return node_hash(left, right);
}

/// PATH(index, D[n]) over the range that starts at `begin`.
Result<void> path(std::uint64_t begin, std::uint64_t index, std::uint64_t n,
                  const NodeReader& nodes, std::vector<Digest>& proof) {
  if (n == 1) return {};
  const std::uint64_t k = split_point(n);
  if (index < k) {
    OVILLO_CHECK(path(begin, index, k, nodes, proof));
    OVILLO_TRY(const Digest right, range_root(begin + k, n - k, nodes));
    proof.push_back(right);
  } else {
    OVILLO_CHECK(path(begin + k, index - k, n - k, nodes, proof));
    OVILLO_TRY(const Digest left, range_root(begin, k, nodes));
    proof.push_back(left);
  }
  return {};
}

/// SUBPROOF(m, D[n], whole) over the range that starts at `begin`.
Result<void> subproof(std::uint64_t begin, std::uint64_t m, std::uint64_t n, bool whole,
                      const NodeReader& nodes, std::vector<Digest>& proof) {
  if (m == n) {
    if (whole) return {};
    OVILLO_TRY(const Digest root, range_root(begin, n, nodes));
    proof.push_back(root);
    return {};
  }
  const std::uint64_t k = split_point(n);
  if (m <= k) {
    OVILLO_CHECK(subproof(begin, m, k, whole, nodes, proof));
    OVILLO_TRY(const Digest right, range_root(begin + k, n - k, nodes));
    proof.push_back(right);
  } else {
    OVILLO_CHECK(subproof(begin + k, m - k, n - k, false, nodes, proof));
    OVILLO_TRY(const Digest left, range_root(begin, k, nodes));
    proof.push_back(left);
  }
  return {};
}

// NOLINTEND(misc-no-recursion)

}  // namespace

std::string hex(const Digest& digest) {
  std::string out(2 * digest.size() + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), digest.data(), digest.size());
  out.pop_back();
  return out;
}

Digest leaf_hash(std::string_view entry) {
  static constexpr char kMark = 0;
  return digest_of({&kMark, 1}, entry);
}

Digest node_hash(const Digest& left, const Digest& right) {
  std::array<char, 65> buffer;
  buffer[0] = 1;
  std::copy(left.begin(), left.end(), buffer.begin() + 1);
  std::copy(right.begin(), right.end(), buffer.begin() + 33);
  return digest_of({buffer.data(), buffer.size()}, {});
}

Result<Digest> merkle_root(std::uint64_t n, const NodeReader& nodes) {
  if (n == 0) return merkle_root({});
  return range_root(0, n, nodes);
}

// NOLINTNEXTLINE(misc-no-recursion): at most 64 deep, as above
Digest merkle_root(std::span<const Digest> leaves) {
  if (leaves.empty()) return digest_of({}, {});
  if (leaves.size() == 1) return leaves.front();
  const auto k = static_cast<std::size_t>(split_point(leaves.size()));
  return node_hash(merkle_root(leaves.first(k)), merkle_root(leaves.subspan(k)));
}

Result<std::vector<Digest>> completed_nodes(std::uint64_t index, const Digest& leaf,
                                            const NodeReader& nodes) {
  std::vector<Digest> completed;
  Digest right = leaf;
  // Each trailing one bit of the index closes the subtree whose left half is complete already.
  for (unsigned level = 0; (index >> level) & 1; ++level) {
    OVILLO_TRY(const Digest left, nodes(level, (index >> level) - 1));
    right = node_hash(left, right);
    completed.push_back(right);
  }
  return completed;
}

Result<std::vector<Digest>> inclusion_proof(std::uint64_t index, std::uint64_t n,
                                            const NodeReader& nodes) {
  std::vector<Digest> proof;
  OVILLO_CHECK(path(0, index, n, nodes, proof));
  return proof;
}

Result<std::vector<Digest>> consistency_proof(std::uint64_t m, std::uint64_t n,
                                              const NodeReader& nodes) {
  std::vector<Digest> proof;
  OVILLO_CHECK(subproof(0, m, n, true, nodes, proof));
  return proof;
}

bool verify_inclusion(const Digest& leaf, std::uint64_t index, std::uint64_t n,
                      std::span<const Digest> proof, const Digest& root) {
  if (index >= n) return false;
  std::uint64_t node = index;
  std::uint64_t last = n - 1;
  Digest hash = leaf;
  for (const Digest& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1) || node == last) {
      hash = node_hash(sibling, hash);
      while (!(node & 1) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t m, std::uint64_t n, std::span<const Digest> proof,
                        const Digest& old_root, const Digest& new_root) {
  if (m == 0 || m > n) return false;
  if (m == n) return proof.empty() && old_root == new_root;
  std::vector<Digest> hashes(proof.begin(), proof.end());
  if (std::has_single_bit(m)) hashes.insert(hashes.begin(), old_root);
  if (hashes.empty()) return false;
  std::uint64_t node = m - 1;
  std::uint64_t last = n - 1;
  while (node & 1) {
    node >>= 1;
    last >>= 1;
  }
  Digest old_hash = hashes.front();
  Digest new_hash = hashes.front();
  for (const Digest& sibling : std::span(hashes).subspan(1)) {
    if (last == 0) return false;
    if ((node & 1) || node == last) {
      old_hash = node_hash(sibling, old_hash);
      new_hash = node_hash(sibling, new_hash);
      while (!(node & 1) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace ovillo::storage
