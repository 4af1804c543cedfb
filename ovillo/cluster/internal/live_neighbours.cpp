#include "ovillo/cluster/internal/live_neighbours.hpp"

#include <algorithm>

#include "ovillo/base/parallel.hpp"

namespace ovillo::cluster {

namespace {

constexpr std::size_t kAhead = 16;  // texts asked of memory before they are looked at
constexpr std::size_t kFar = 24;    // the same in a long row

std::uint32_t text_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry); }
std::uint32_t key_of(std::uint64_t entry) { return static_cast<std::uint32_t>(entry >> 32); }

}  // namespace

bool LiveNeighbours::stands_before(Entry x, Entry y) const {
  if (key_of(x) != key_of(y)) return key_of(x) < key_of(y);
  return text_of(x) != text_of(y) && order_.before(text_of(x), text_of(y));
}

void LiveNeighbours::start(std::vector<Signature> signatures) {
  signature_ = std::move(signatures);
  near_.resize(signature_.size());
  is_cut_.resize(signature_.size(), 0);
  constexpr std::size_t kAtOnce = 2;  // bands
  static_assert(kNearBands % kAtOnce == 0);
  std::array<std::vector<Moved::Met>, kAtOnce> met;
  for (std::size_t first = 0; first < kNearBands; first += kAtOnce) {
    parallel_for(kAtOnce, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        std::vector<Entry>& entries = band_[first + k];
        entries.resize(signature_.size());
        for (std::uint32_t t = 0; t < signature_.size(); ++t)
          entries[t] = band_entry(signature_[t], first + k, t);
        std::sort(entries.begin(), entries.end());  // texts are numbered in their order yet
        index(first + k);
        met[k].clear();
        for (std::size_t p = 0; p < entries.size(); ++p) {
          if (p + kFar < entries.size())
            __builtin_prefetch(&signature_[text_of(entries[p + kFar])]);
          look_behind(entries, p, met[k]);
        }
      }
    });
    for (const auto& some : met) {
      for (std::size_t k = 0; k < some.size(); ++k) {
        if (k + kFar < some.size()) {
          __builtin_prefetch(&near_[some[k + kFar].a], 1);
          __builtin_prefetch(&near_[some[k + kFar].b], 1);
        }
        offer(some[k].a, some[k].b, some[k].agree);
        offer(some[k].b, some[k].a, some[k].agree);
      }
    }
  }
}

// Notes where each value of the band begins.
void LiveNeighbours::index(std::size_t band) {
  std::vector<std::uint32_t>& part = part_[band];
  part.assign(kParts + 1, 0);
  for (const Entry entry : band_[band]) ++part[(entry >> (64 - kBandBits)) + 1];
  for (std::size_t i = 1; i < part.size(); ++i) part[i] += part[i - 1];
}

std::vector<std::uint32_t> LiveNeighbours::add(std::span<const Signature> signatures) {
  const std::uint32_t first_new = size();
  signature_.insert(signature_.end(), signatures.begin(), signatures.end());
  near_.resize(signature_.size());
  is_cut_.resize(signature_.size(), 0);
  std::array<Moved, kNearBands> moved;
  parallel_for(kNearBands, 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b) merge(b, first_new, moved[b]);
  });

  std::vector<bool> changed(size(), false);
  for (std::uint32_t t = first_new; t < size(); ++t) changed[t] = true;
  for (const Moved& one : moved) {
    for (std::size_t k = 0; k < one.met.size(); ++k) {
      const Moved::Met& m = one.met[k];
      if (k + kAhead < one.met.size()) __builtin_prefetch(&near_[one.met[k + kAhead].b], 1);
      if (offer(m.a, m.b, m.agree) < kMostNear) changed[m.a] = true;
      if (offer(m.b, m.a, m.agree) < kMostNear) changed[m.b] = true;
    }
  }
  std::vector<Moved::Apart> apart;
  for (const Moved& one : moved) apart.insert(apart.end(), one.apart.begin(), one.apart.end());
  parallel_sort(apart, [](const Moved::Apart& x, const Moved::Apart& y) {
    return x.of != y.of ? x.of < y.of : x.other < y.other;
  });
  apart.erase(std::unique(apart.begin(), apart.end(),
                          [](const Moved::Apart& x, const Moved::Apart& y) {
                            return x.of == y.of && x.other == y.other;
                          }),
              apart.end());
  std::vector<std::uint8_t> is_lost(apart.size(), 0);
  parallel_for(apart.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      is_lost[i] =
          holds(apart[i].of, apart[i].other) && !still_met(apart[i].of, apart[i].other) ? 1 : 0;
  });
  std::vector<std::uint32_t> anew;
  for (std::size_t i = 0; i < apart.size(); ++i) {
    if (is_lost[i] == 0) continue;
    const std::uint32_t t = apart[i].of;
    if (take_out(t, apart[i].other)) changed[t] = true;
    const bool is_short = near_[t][kMostNear - 1] == Neighbour();
    if (is_short && is_cut_[t] != 0 && (anew.empty() || anew.back() != t)) anew.push_back(t);
  }
  parallel_for(anew.size(), 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) look_anew(anew[i]);
  });
  for (const std::uint32_t t : anew) changed[t] = true;
  std::vector<std::uint32_t> out;
  for (std::uint32_t t = 0; t < size(); ++t)
    if (changed[t]) out.push_back(t);
  return out;
}

void LiveNeighbours::merge(std::size_t band, std::uint32_t first_new, Moved& moved) {
  const auto less = [this](Entry x, Entry y) { return stands_before(x, y); };
  std::vector<Entry> fresh;
  for (std::uint32_t t = first_new; t < size(); ++t)
    fresh.push_back(band_entry(signature_[t], band, t));
  std::sort(fresh.begin(), fresh.end(), less);

  // Run by run: the old ones up to where a new one stands, then the new ones that stand together.
  std::vector<Entry> old;
  old.swap(band_[band]);
  std::vector<Entry>& entries = band_[band];
  entries.reserve(old.size() + fresh.size());
  struct Run {
    std::size_t begin;         // place of its first new text
    std::size_t end;           // behind its last
    std::size_t first_behind;  // the old text behind it
  };
  std::vector<Run> runs;
  std::size_t o = 0;
  for (std::size_t f = 0; f < fresh.size();) {
    const auto to =
        std::lower_bound(old.begin() + static_cast<std::ptrdiff_t>(o), old.end(), fresh[f], less);
    entries.insert(entries.end(), old.begin() + static_cast<std::ptrdiff_t>(o), to);
    o = static_cast<std::size_t>(to - old.begin());
    const std::size_t begin = entries.size();
    while (f < fresh.size() && (o == old.size() || less(fresh[f], old[o])))
      entries.push_back(fresh[f++]);
    runs.push_back({begin, entries.size(), o});
  }
  entries.insert(entries.end(), old.begin() + static_cast<std::ptrdiff_t>(o), old.end());
  index(band);

  for (std::size_t r = 0; r < runs.size(); ++r) {
    for (std::size_t p = runs[r].begin; p < runs[r].end; ++p) {
      if (p + 1 < runs[r].end) __builtin_prefetch(&signature_[text_of(entries[p + 1])]);
      look_around(entries, p, first_new, moved.met);
    }
  }
  // Where an old text stands now: its number among the old, and the new ones before it.
  std::vector<std::uint32_t> n_before(runs.size() + 1, 0);
  for (std::size_t r = 0; r < runs.size(); ++r)
    n_before[r + 1] = n_before[r] + static_cast<std::uint32_t>(runs[r].end - runs[r].begin);
  std::vector<std::uint32_t> around;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const std::size_t behind = runs[r].first_behind;
    const std::size_t first = behind > kBandWindow ? behind - kBandWindow : 0;
    const std::size_t last = std::min(old.size(), behind + kBandWindow);
    around.clear();
    std::size_t before_run = r;  // runs that stand before an old text
    while (before_run > 0 && runs[before_run - 1].first_behind > first) --before_run;
    for (std::size_t k = first; k < last; ++k) {
      while (before_run < runs.size() && runs[before_run].first_behind <= k) ++before_run;
      around.push_back(static_cast<std::uint32_t>(k) + n_before[before_run]);
    }
    find_apart(entries, around, behind - first, moved.apart);
  }
}

// Compares the text at a place with those around it; two new ones meet once.
void LiveNeighbours::look_around(const std::vector<Entry>& entries, std::size_t at,
                                 std::uint32_t first_new, std::vector<Moved::Met>& met) const {
  look_behind(entries, at, met);
  const std::uint32_t own = text_of(entries[at]);
  for (std::size_t d = 1; d <= std::min(at, kBandWindow); ++d) {
    if (!same_band(entries[at], entries[at - d])) break;
    const std::uint32_t other = text_of(entries[at - d]);
    if (other >= first_new) continue;
    const unsigned agree = agreement(signature_[own], signature_[other]);
    if (agree >= kLeastAgree) met.push_back({own, other, agree});
  }
}

void LiveNeighbours::look_behind(const std::vector<Entry>& entries, std::size_t at,
                                 std::vector<Moved::Met>& met) const {
  const std::uint32_t own = text_of(entries[at]);
  for (std::size_t q = at + 1; q < std::min(entries.size(), at + 1 + kBandWindow); ++q) {
    if (!same_band(entries[at], entries[q])) break;
    const std::uint32_t other = text_of(entries[q]);
    const unsigned agree = agreement(signature_[own], signature_[other]);
    if (agree >= kLeastAgree) met.push_back({own, other, agree});
  }
}

// Old texts around a run of new ones that stood in each other's window and do no longer.
// @param place_of_old  where the old ones around stand. @param first_behind  of these, the first
// behind the run.
void LiveNeighbours::find_apart(const std::vector<Entry>& entries,
                                std::span<const std::uint32_t> place_of_old,
                                std::size_t first_behind, std::vector<Moved::Apart>& apart) const {
  for (std::size_t x = 0; x < first_behind; ++x) {
    for (std::size_t y = first_behind; y < place_of_old.size() && y - x <= kBandWindow; ++y) {
      if (place_of_old[y] - place_of_old[x] <= kBandWindow) continue;
      const Entry one = entries[place_of_old[x]];
      const Entry other = entries[place_of_old[y]];
      if (!same_band(one, other)) break;
      if (holds(text_of(one), text_of(other))) apart.push_back({text_of(one), text_of(other)});
      if (holds(text_of(other), text_of(one))) apart.push_back({text_of(other), text_of(one)});
    }
  }
}

bool LiveNeighbours::holds(std::uint32_t t, std::uint32_t other) const {
  for (const Neighbour& near : near_[t])
    if (near.text() == other) return near != Neighbour();
  return false;
}

// Where a text stands in a band.
std::size_t LiveNeighbours::place(std::size_t band, std::uint32_t t) const {
  const Entry wanted = band_entry(signature_[t], band, t);
  const auto begin = band_[band].begin();
  const std::vector<std::uint32_t>& part = part_[band];
  const std::size_t value = wanted >> (64 - kBandBits);
  const auto at = std::lower_bound(begin + part[value], begin + part[value + 1], wanted,
                                   [this](Entry x, Entry y) { return stands_before(x, y); });
  return static_cast<std::size_t>(at - begin);
}

// Whether some band has both within a window.
bool LiveNeighbours::still_met(std::uint32_t s, std::uint32_t t) const {
  for (std::size_t b = 0; b < kNearBands; ++b) {
    if (!same_band(band_entry(signature_[s], b, s), band_entry(signature_[t], b, t))) continue;
    const std::size_t x = place(b, s);
    const std::size_t first = x > kBandWindow ? x - kBandWindow : 0;
    const std::size_t last = std::min(band_[b].size(), x + kBandWindow + 1);
    for (std::size_t p = first; p < last; ++p)
      if (text_of(band_[b][p]) == t) return true;
  }
  return false;
}

// @return  the place it took in the list; kKept when it took none.
std::size_t LiveNeighbours::offer(std::uint32_t t, std::uint32_t other, unsigned agree) {
  LongList& list = near_[t];
  const auto nearer = [&](const Neighbour& held) {  // than what is offered
    if (held == Neighbour() || held.agree() != agree)
      return held != Neighbour() && held.agree() > agree;
    return held.text() != other && order_.before(held.text(), other);
  };
  std::size_t k = 0;
  while (k < kKept && nearer(list[k])) ++k;
  if (k == kKept) is_cut_[t] = 1;
  // Behind the last of a list that was cut something unknown may stand.
  if (k < kKept && is_cut_[t] != 0 && list[k] == Neighbour()) return kKept;
  if (k == kKept || list[k] == Neighbour(other, agree)) return kKept;
  if (list.back() != Neighbour()) is_cut_[t] = 1;
  std::copy_backward(list.begin() + static_cast<std::ptrdiff_t>(k), list.end() - 1, list.end());
  list[k] = Neighbour(other, agree);
  return k;
}

// @return  whether it was among those that are asked for.
bool LiveNeighbours::take_out(std::uint32_t t, std::uint32_t other) {
  LongList& list = near_[t];
  std::size_t k = 0;
  while (k < kKept && (list[k] == Neighbour() || list[k].text() != other)) ++k;
  if (k == kKept) return false;
  std::copy(list.begin() + static_cast<std::ptrdiff_t>(k) + 1, list.end(),
            list.begin() + static_cast<std::ptrdiff_t>(k));
  list.back() = Neighbour();
  return k < kMostNear;
}

void LiveNeighbours::look_anew(std::uint32_t t) {
  near_[t] = {};
  is_cut_[t] = 0;
  for (std::size_t b = 0; b < kNearBands; ++b) {
    const std::vector<Entry>& entries = band_[b];
    const std::size_t at = place(b, t);
    const std::size_t first = at > kBandWindow ? at - kBandWindow : 0;
    const std::size_t last = std::min(entries.size(), at + kBandWindow + 1);
    for (std::size_t q = first; q < last; ++q)
      if (q != at) __builtin_prefetch(&signature_[text_of(entries[q])]);
    for (std::size_t q = first; q < last; ++q) {
      if (q == at || !same_band(entries[at], entries[q])) continue;
      const std::uint32_t other = text_of(entries[q]);
      const unsigned agree = agreement(signature_[t], signature_[other]);
      if (agree >= kLeastAgree) offer(t, other, agree);
    }
  }
}

}  // namespace ovillo::cluster
