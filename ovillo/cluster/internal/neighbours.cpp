#include "ovillo/cluster/internal/neighbours.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/cluster/fold.hpp"
#include "ovillo/cluster/internal/common_pairs.hpp"
#include "ovillo/cluster/internal/min_hash.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kAhead = 24;    // texts asked of memory before they are looked at
constexpr std::size_t kChunk = 4096;  // texts compared by one thread at a time
constexpr unsigned kAlikeAgree = 24;  // of 64: above a third

std::uint32_t text_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry); }

// Ascending by the upper 32 bits, equal ones left in order: three passes of eleven bits.
void sort_by_key(std::vector<std::uint64_t>& entries, std::vector<std::uint64_t>& scratch) {
  scratch.resize(entries.size());
  for (int shift = 32; shift < 64; shift += 11) {
    std::array<std::uint32_t, 2049> begin{};
    for (const std::uint64_t e : entries) ++begin[((e >> shift) & 2047) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    for (const std::uint64_t e : entries) scratch[begin[(e >> shift) & 2047]++] = e;
    entries.swap(scratch);
  }
}

}  // namespace

Neighbours::Neighbours(const Component& texts, const CommonPairs& common,
                       std::span<const std::uint32_t> among, Keep keep)
    : among_(among),
      signature_(among.size()),
      nearest_(among.size()),
      n_alike_(among.size(), 0),
      met_(among.size(), 0) {
  sign(texts, common);
  compare_all();
  if (keep == Keep::nearest) signature_ = {};
}

Neighbours::Neighbours(std::vector<Signature> signatures, std::span<const std::uint32_t> among)
    : among_(among),
      signature_(std::move(signatures)),
      nearest_(among.size()),
      n_alike_(among.size(), 0),
      met_(among.size(), 0) {
  compare_all();
  signature_ = {};
}

void Neighbours::compare_all() {
  constexpr std::size_t kAtOnce = 2;  // bands: sorting one takes one thread
  static_assert(kNearBands % kAtOnce == 0);
  std::array<Band, kAtOnce> bands;
  for (std::size_t b = 0; b < kNearBands; b += kAtOnce) {
    parallel_for(kAtOnce, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        sort_by_band(b + k, bands[k]);
        compare(bands[k]);
      }
    });
    for (const Band& band : bands) count_met(band);
    offer_all(bands);
  }
  count_alike();
  met_ = {};
}

void Neighbours::sign(const Component& texts, const CommonPairs& common) {
  parallel_for(among_.size(), 512, [&](std::size_t begin, std::size_t end) {
    std::vector<Feature> features;
    for (std::size_t i = begin; i < end; ++i) {
      signature_[i] = signature_of(texts.words(among_[i]), common, features);
    }
  });
}

// Sorts the texts by the band; texts that share it stand side by side, and among them those that
// share the next band too.
void Neighbours::sort_by_band(std::size_t number, Band& band) const {
  const std::size_t n = among_.size();
  std::vector<std::uint64_t>& entries = band.entries;
  entries.resize(n);
  parallel_for(n, 4096, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      entries[i] = band_entry(signature_[i], number, static_cast<std::uint32_t>(i));
    }
  });
  sort_by_key(entries, band.scratch);
}

// How many others share the band with each text.
void Neighbours::count_met(const Band& band) {
  const std::size_t n = band.entries.size();
  for (std::size_t p = 0, end = 0; p < n; p = end) {
    while (end < n && same_band(band.entries[p], band.entries[end])) ++end;
    for (std::size_t q = p; q < end; ++q) met_[text_of(band.entries[q])] += end - p - 1;
  }
}

// Each text is compared with the kBandWindow that stand behind it.
void Neighbours::compare(Band& band) const {
  const std::vector<std::uint64_t>& entries = band.entries;
  const std::size_t n = entries.size();
  band.met.resize((n + kChunk - 1) / kChunk);
  parallel_for(n, kChunk, [&](std::size_t begin, std::size_t end) {
    std::vector<Met>& met = band.met[begin / kChunk];
    met.clear();
    for (std::size_t p = begin; p < end; ++p) {
      if (p + kAhead < n) __builtin_prefetch(&signature_[text_of(entries[p + kAhead])]);
      const std::uint32_t own = text_of(entries[p]);
      const std::size_t last = std::min(n, p + 1 + kBandWindow);
      for (std::size_t q = p + 1; q < last && same_band(entries[p], entries[q]); ++q) {
        const std::uint32_t other = text_of(entries[q]);
        const unsigned agree = agreement(signature_[own], signature_[other]);
        if (agree >= kLeastAgree) met.push_back({own, other, agree});
      }
    }
  });
}

// Every part of the texts takes what is offered to it.
void Neighbours::offer_all(std::span<const Band> bands) {
  constexpr std::size_t kParts = 2;
  parallel_for(kParts, 1, [&](std::size_t part, std::size_t /*end*/) {
    const std::size_t first = among_.size() * part / kParts;
    const std::size_t n = among_.size() * (part + 1) / kParts - first;
    for (const Band& band : bands) {
      for (const std::vector<Met>& chunk : band.met) {
        for (std::size_t k = 0; k < chunk.size(); ++k) {
          const Met& m = chunk[k];
          if (k + kAhead < chunk.size()) {
            __builtin_prefetch(&nearest_[chunk[k + kAhead].a], 1);
            __builtin_prefetch(&nearest_[chunk[k + kAhead].b], 1);
          }
          if (m.a - first < n) offer(m.a, {m.b, m.agree});
          if (m.b - first < n) offer(m.b, {m.a, m.agree});
        }
      }
    }
  });
}

void Neighbours::offer(std::size_t i, Neighbour other) {
  auto& list = nearest_[i];
  if (other >= list.back()) return;
  std::size_t k = 0;
  while (list[k] < other) ++k;
  if (list[k] == other) return;
  std::copy_backward(list.begin() + static_cast<std::ptrdiff_t>(k), list.end() - 1, list.end());
  list[k] = other;
}

void Neighbours::count_alike() {
  for (std::size_t i = 0; i < among_.size(); ++i) {
    std::uint32_t n = 0;
    for (const Neighbour& near : of(i)) n += near.agree() >= kAlikeAgree;
    n_alike_[i] = n;
    if (n == kMost)
      n_alike_[i] = std::max(n, static_cast<std::uint32_t>(std::min<std::uint64_t>(
                                    4 * met_[i] / kNearBands, among_.size())));
  }
}

}  // namespace ovillo::cluster
