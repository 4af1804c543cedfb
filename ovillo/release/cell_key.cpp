#include "ovillo/release/cell_key.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace ovillo::release {

namespace {

constexpr std::uint32_t kMostMove = 50;
constexpr int kHalvings = 64;  // of a range below 1,000: to the last bit

/// Moves that share one chance, because it may not fall towards no move.
struct Block {
  double n = 0;       ///< moves in it
  double by = 0;      ///< their mean
  double square = 0;  ///< mean of their squares
};

/// Chances exp(a + b by + c square) of blocks.
struct Shape {
  double b = 0;
  double c = 0;
};

struct Sums {
  double mean = 0;
  double variance = 0;
  std::vector<double> chance;  ///< of one move of each block
};

Sums sums_of(const std::vector<Block>& blocks, const Shape& shape) {
  Sums out;
  double largest = -INFINITY;
  for (const Block& one : blocks)
    largest = std::max(largest, shape.b * one.by + shape.c * one.square);
  double all = 0;
  for (const Block& one : blocks) {
    out.chance.push_back(std::exp(shape.b * one.by + shape.c * one.square - largest));
    all += one.n * out.chance.back();
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    out.chance[i] /= all;
    out.mean += blocks[i].n * out.chance[i] * blocks[i].by;
    out.variance += blocks[i].n * out.chance[i] * blocks[i].square;
  }
  return out;
}

/// b for which the mean is 0; it rises with b. @param c  held.
double without_drift(const std::vector<Block>& blocks, double c) {
  double low = -200;
  double high = 200;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (sums_of(blocks, {middle, c}).mean < 0 ? low : high) = middle;
  }
  return (low + high) / 2;
}

/// The most even chances of blocks with mean 0 and at most that variance; empty: there are none.
std::optional<Sums> most_even(const std::vector<Block>& blocks, double variance) {
  constexpr double kNearly = 1e-9;
  const auto at = [&](double c) { return sums_of(blocks, {without_drift(blocks, c), c}); };
  Sums found = at(0);
  if (found.variance > variance) {
    double low = -100;
    double high = 0;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = (low + high) / 2;
      (at(middle).variance < variance ? low : high) = middle;
    }
    found = at((low + high) / 2);
  }
  if (std::abs(found.mean) > kNearly || found.variance > variance + kNearly) return std::nullopt;
  return found;
}

/// The row of a count.
std::optional<std::vector<Move>> row_of(std::uint32_t count, const NoiseRule& rule) {
  std::vector<Move> out;
  const auto most = static_cast<std::int32_t>(rule.most);
  const auto i = static_cast<std::int32_t>(count);
  for (std::int32_t by = std::max(-i, -most); by <= most; ++by) {
    const bool is_blocked = i + by > 0 && i + by <= static_cast<std::int32_t>(rule.smallest_shown);
    if (!is_blocked) out.push_back({by, 0});
  }
  const bool may_stay =
      std::any_of(out.begin(), out.end(), [](const Move& one) { return one.by == 0; });
  // Neighbours of falling chance below no move are put together until none is left.
  std::vector<std::size_t> first;  // move that each block begins with
  for (std::size_t m = 0; m < out.size(); ++m) first.push_back(m);
  for (;;) {
    std::vector<Block> blocks;
    for (std::size_t b = 0; b < first.size(); ++b) {
      const std::size_t end = b + 1 < first.size() ? first[b + 1] : out.size();
      Block one;
      for (std::size_t m = first[b]; m < end; ++m) {
        one.n += 1;
        one.by += out[m].by;
        one.square += static_cast<double>(out[m].by) * out[m].by;
      }
      one.by /= one.n;
      one.square /= one.n;
      blocks.push_back(one);
    }
    const std::optional<Sums> found = most_even(blocks, rule.variance);
    if (!found) return std::nullopt;
    bool falls = false;
    for (std::size_t b = 0; may_stay && b + 1 < first.size() && !falls; ++b)
      if (out[first[b + 1]].by <= 0 && found->chance[b] > found->chance[b + 1] * (1 + 1e-12)) {
        first.erase(first.begin() + static_cast<std::ptrdiff_t>(b) + 1);
        falls = true;
      }
    if (falls) continue;
    for (std::size_t b = 0; b < first.size(); ++b) {
      const std::size_t end = b + 1 < first.size() ? first[b + 1] : out.size();
      for (std::size_t m = first[b]; m < end; ++m) out[m].chance = found->chance[b];
    }
    return out;
  }
}

}  // namespace

Result<std::vector<std::vector<Move>>> noise_table(const NoiseRule& rule) {
  if (rule.most < 1 || rule.most > kMostMove || rule.smallest_shown >= rule.most ||
      !(rule.variance > 0) || !std::isfinite(rule.variance))
    return Error(ErrorCode::release_bad_rule,
                 fmt::format("moves of 1 to {}, a variance above 0, and fewer blocked counts than "
                             "the furthest move",
                             kMostMove));
  std::vector<std::vector<Move>> out = {{{0, 1}}};  // nobody stays nobody
  for (std::uint32_t count = 1; count <= rule.most + rule.smallest_shown; ++count) {
    auto row = row_of(count, rule);
    if (!row)
      return Error(ErrorCode::release_bad_rule,
                   fmt::format("a count of {} cannot be moved by {} at most with variance {}",
                               count, rule.most, rule.variance));
    out.push_back(std::move(*row));
  }
  return out;
}

std::int32_t move_of(const std::vector<std::vector<Move>>& table, std::uint64_t count, double key) {
  const std::vector<Move>& row = table[std::min<std::uint64_t>(count, table.size() - 1)];
  double below = 0;
  for (const Move& one : row) {
    below += one.chance;
    if (key < below) return one.by;
  }
  return row.back().by;
}

}  // namespace ovillo::release
