// Invented transfers with planted shapes: other seeds, sizes, shares and amounts than any file that
// the searches were looked at with.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/money/transfers.hpp"

namespace ovillo::bench {

struct Invention {
  const char* name;
  std::uint64_t seed;
  std::uint32_t n_accounts;
  std::uint32_t n_transfers;  ///< besides the planted ones
  std::uint32_t n_days;
  unsigned n_per_shape;
  unsigned spread_percent;  ///< like sums differ by up to this much
  unsigned loss_percent;    ///< most that stays behind at a hop
  unsigned custom_percent;  ///< share of transfers that repeat an earlier pair and amount
  unsigned hop_hours;       ///< longest rest of money in an account
};

/// Small to large, equal to spread sums, few to many standing orders.
std::vector<Invention> inventions();

/// Transfers, and the pattern of each planted one by its id.
std::pair<Result<money::Transfers>, std::map<std::string, std::string>> generate(
    const Invention& invention);

}  // namespace ovillo::bench
