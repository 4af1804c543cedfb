#include "ovillo/cluster/internal/in_order.hpp"

#include <algorithm>
#include <vector>

namespace ovillo::cluster {

namespace {

constexpr std::size_t kFewest = 8;  // words in common that tell anything about order

struct Place {
  std::uint32_t word;
  std::uint32_t at;
  auto operator<=>(const Place&) const = default;
};

// The words that stand once, ascending.
void find_single(std::span<const std::uint32_t> words, std::vector<Place>& out) {
  out.clear();
  for (std::uint32_t w = 0; w < words.size(); ++w) out.push_back({words[w], w});
  std::sort(out.begin(), out.end());
  std::size_t kept = 0;
  for (std::size_t i = 0, j = 0; i < out.size(); i = j) {
    while (j < out.size() && out[j].word == out[i].word) ++j;
    if (j == i + 1) out[kept++] = out[i];
  }
  out.resize(kept);
}

// Walks through both side by side, looking a few words ahead in b: what most copies pass.
bool walks_along(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  constexpr std::size_t kAhead = 6;
  std::size_t n_met = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size(); ++i) {
    const std::size_t end = std::min(b.size(), j + kAhead);
    for (std::size_t k = j; k < end; ++k) {
      if (b[k] != a[i]) continue;
      ++n_met;
      j = k + 1;
      break;
    }
  }
  return 4 * n_met >= 3 * std::min(a.size(), b.size());
}

}  // namespace

bool in_same_order(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (walks_along(a, b)) return true;
  static thread_local std::vector<Place> single_a;
  static thread_local std::vector<Place> single_b;
  find_single(a, single_a);
  find_single(b, single_b);
  static thread_local std::vector<Place> both;  // place in a, place in b
  both.clear();
  for (std::size_t i = 0, j = 0; i < single_a.size() && j < single_b.size();) {
    if (single_a[i].word < single_b[j].word) {
      ++i;
    } else if (single_b[j].word < single_a[i].word) {
      ++j;
    } else {
      both.push_back({single_a[i++].at, single_b[j++].at});
    }
  }
  if (both.size() < kFewest) return true;
  std::sort(both.begin(), both.end());
  // The longest ascending run of places in b, by the least end of a run of each length.
  static thread_local std::vector<std::uint32_t> least_end;
  least_end.clear();
  for (const Place& p : both) {
    const auto end = std::lower_bound(least_end.begin(), least_end.end(), p.at);
    if (end == least_end.end()) {
      least_end.push_back(p.at);
    } else {
      *end = p.at;
    }
  }
  return 4 * least_end.size() >= 3 * both.size();
}

}  // namespace ovillo::cluster
