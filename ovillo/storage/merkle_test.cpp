#include "ovillo/storage/merkle.hpp"

#include <gtest/gtest.h>

namespace ovillo::storage {
namespace {

std::string unhex(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return out;
}

// Leaves and roots of the Certificate Transparency reference implementation's tests.
const std::vector<std::string> kLeaves = {"",
                                          "00",
                                          "10",
                                          "2021",
                                          "3031",
                                          "40414243",
                                          "5051525354555657",
                                          "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

/// Levels of complete subtrees, grown as the audit store grows them.
struct Tree {
  std::vector<std::vector<Digest>> levels{1};
  NodeReader reader() {
    return [this](unsigned level, std::uint64_t position) -> Result<Digest> {
      return levels.at(level).at(position);
    };
  }
  void append(const Digest& leaf) {
    const std::uint64_t index = levels[0].size();
    const auto completed = completed_nodes(index, leaf, reader());
    levels[0].push_back(leaf);
    for (std::size_t i = 0; i < completed->size(); ++i) {
      if (levels.size() <= i + 1) levels.emplace_back();
      levels[i + 1].push_back((*completed)[i]);
    }
  }
};

TEST(MerkleTree, GivesThePublishedRoots) {
  Tree tree;
  for (std::size_t n = 0; n <= kLeaves.size(); ++n) {
    EXPECT_EQ(hex(*merkle_root(n, tree.reader())), kRoots[n]) << n;
    EXPECT_EQ(hex(merkle_root(tree.levels[0])), kRoots[n]) << n;
    if (n < kLeaves.size()) tree.append(leaf_hash(unhex(kLeaves[n])));
  }
}

TEST(MerkleTree, ProvesEveryLeafOfEveryTreeAndNothingElse) {
  Tree tree;
  for (std::uint64_t n = 1; n <= 70; ++n) {
    tree.append(leaf_hash("entry " + std::to_string(n)));
    const Digest root = *merkle_root(n, tree.reader());
    for (std::uint64_t i = 0; i < n; ++i) {
      auto proof = *inclusion_proof(i, n, tree.reader());
      EXPECT_TRUE(verify_inclusion(tree.levels[0][i], i, n, proof, root));
      EXPECT_FALSE(verify_inclusion(leaf_hash("other"), i, n, proof, root));
      if (n > 1) {
        EXPECT_FALSE(verify_inclusion(tree.levels[0][i], (i + 1) % n, n, proof, root));
      }
      if (!proof.empty()) {
        proof.back()[3] ^= 1;
        EXPECT_FALSE(verify_inclusion(tree.levels[0][i], i, n, proof, root));
        proof.pop_back();
        EXPECT_FALSE(verify_inclusion(tree.levels[0][i], i, n, proof, root));
      }
    }
  }
}

TEST(MerkleTree, ProvesThatOldTreesArePrefixesAndRefusesRewrittenOnes) {
  Tree tree;
  Tree rewritten;
  for (std::uint64_t i = 0; i < 40; ++i) {
    tree.append(leaf_hash("entry " + std::to_string(i)));
    rewritten.append(leaf_hash(i == 2 ? "another" : "entry " + std::to_string(i)));
  }
  for (std::uint64_t n = 1; n <= 40; ++n) {
    const Digest root = *merkle_root(n, tree.reader());
    for (std::uint64_t m = 1; m <= n; ++m) {
      const Digest old_root = *merkle_root(m, tree.reader());
      const auto proof = *consistency_proof(m, n, tree.reader());
      EXPECT_TRUE(verify_consistency(m, n, proof, old_root, root)) << m << " of " << n;
      if (m < 3) continue;
      const auto false_proof = *consistency_proof(m, n, rewritten.reader());
      EXPECT_FALSE(
          verify_consistency(m, n, false_proof, old_root, *merkle_root(n, rewritten.reader())));
    }
  }
}

}  // namespace
}  // namespace ovillo::storage
