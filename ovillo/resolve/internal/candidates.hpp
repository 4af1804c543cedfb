// Which pairs of rows are worth comparing: those that share a key.
//
// A key is one or two features of a row (a whole value, the sound of a name, the year of a date).
// Which keys are used is worked out from the tables: each is priced by the pairs it proposes and
// praised by the share of true pairs it should catch that the keys before it miss. Every pair is
// met once, whatever the number of keys it shares.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ovillo/resolve/internal/part_rows.hpp"
#include "ovillo/resolve/internal/shared_values.hpp"

namespace ovillo::resolve::internal {

/// A feature of a row that two rows of one person often share.
struct Feature {
  enum class Kind : std::uint8_t { whole, initial, sound, year, day, area, names, sounds };
  Kind kind = Kind::whole;
  std::size_t column = 0;  ///< of PartRows; `names` and `sounds` are of given name and surname
};

class Candidates {
 public:
  /// @param pairs_per_row  about how many pairs may be met for each row.
  Candidates(const PartRows& rows, const MatchModel& model, std::uint64_t pairs_per_row);

  [[nodiscard]] std::size_t n_keys() const { return need_.size(); }
  /// Columns whose whole value, or a feature of it, key `k` rests on; a bit each.
  [[nodiscard]] std::uint32_t columns_of(std::size_t k) const { return columns_[k]; }
  /// Per key, the share of true pairs that it is expected to catch where `model` holds.
  [[nodiscard]] std::vector<double> expected_shares(const MatchModel& model) const;
  /// Rows that were left out of a key because too many share it, summed over the keys.
  [[nodiscard]] std::uint64_t n_left_out() const { return n_left_out_; }

  /// A row under a key. Entries of one key are neighbours.
  struct Entry {
    std::uint32_t key;
    std::uint32_t row;
  };
  /// Rows by key `k`, ascending by (key, row); those that too many share are left out.
  [[nodiscard]] std::vector<Entry> entries(std::size_t k);
  /// The entries of so many of the keys of `k` as propose about `n_pairs` pairs.
  /// @return  them, and the share of keys that they are.
  [[nodiscard]] std::pair<std::vector<Entry>, double> sample(std::size_t k, double n_pairs) const;

  /// Calls visit(a, b, equal) for the pairs of entries [begin, end) that share key `k` and none
  /// before it; equal has a bit per column whose first values are the same. The ends are moved on
  /// to the next border between keys.
  template <class Visit>
  void pairs(std::size_t k, std::span<const Entry> entries, std::size_t begin, std::size_t end,
             bool skip_known, const Visit& visit) const {
    const auto border = [&](std::size_t i) {
      while (i > 0 && i < entries.size() && entries[i].key == entries[i - 1].key) ++i;
      return i;
    };
    const std::size_t last = border(end);
    std::size_t fetched = begin;
    for (std::size_t i = border(begin); i < last;) {
      for (; fetched < std::min(i + 24, entries.size()); ++fetched)
        __builtin_prefetch(feature_.data() + std::size_t{entries[fetched].row} * stride_);
      std::size_t next = i + 1;
      while (next < entries.size() && entries[next].key == entries[i].key) ++next;
      for (std::size_t x = i; x < next; ++x)
        for (std::size_t y = x + 1; y < next; ++y) {
          const std::uint32_t a = entries[x].row;
          const std::uint32_t b = entries[y].row;
          const std::uint32_t same = features_shared(a, b);
          if ((same & need_[k]) != need_[k]) continue;  // two keys of one hash
          if (skip_known && known(k, a, same)) continue;
          visit(a, b, same & column_mask_);
        }
      i = next;
    }
  }

  /// Pairs that further values of a row propose (a second phone), and rare words of texts; may
  /// repeat pairs met by keys.
  [[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_of_more_values() const;

  /// Holds all keys ready for meet(). @cost  8 bytes a row and key.
  void index();
  /// The features of the row that PartRows let in last.
  void admit(std::uint32_t guest);
  void dismiss();
  /// Calls visit(row, equal) for each row that shares a key with the guest, once; equal as for
  /// pairs(). Needs index().
  template <class Visit>
  void meet(std::uint32_t guest, const Visit& visit) const {
    for (std::size_t k = 0; k < need_.size(); ++k) {
      if ((stated_[guest] & need_[k]) != need_[k]) continue;
      const std::uint32_t wanted = key(guest, need_[k]);
      auto at = std::lower_bound(index_[k].begin(), index_[k].end(), wanted,
                                 [](const Entry& entry, std::uint32_t w) { return entry.key < w; });
      for (; at != index_[k].end() && at->key == wanted; ++at) {
        const std::uint32_t same = features_shared(guest, at->row);
        if ((same & need_[k]) == need_[k] && !known(k, at->row, same))
          visit(at->row, same & column_mask_);
      }
    }
  }
  /// Rows that share a further value, or a rare word of a text, with the guest; ascending, and may
  /// repeat what meet() gives. Needs index().
  [[nodiscard]] std::vector<std::uint32_t> rows_of_more_values(std::uint32_t guest) const;

  /// Bit per column that the row states.
  [[nodiscard]] std::uint32_t stated(std::uint32_t row) const {
    return stated_[row] & column_mask_;
  }

 private:
  [[nodiscard]] std::uint32_t features_shared(std::uint32_t a, std::uint32_t b) const {
    const std::uint32_t* x = feature_.data() + std::size_t{a} * stride_;
    const std::uint32_t* y = feature_.data() + std::size_t{b} * stride_;
    std::uint32_t same = 0;
    for (std::size_t f = 0; f < stride_; ++f) same |= std::uint32_t{x[f] == y[f]} << f;
    return same & stated_[a];
  }
  [[nodiscard]] bool known(std::size_t k, std::uint32_t a, std::uint32_t same) const {
    for (std::size_t j = 0; j < k; ++j)
      if ((same & need_[j]) == need_[j] && (left_out_[a] >> j & 1U) == 0) return true;
    return false;
  }
  void list_features();
  void fill_features();
  /// @param of_value  gives the feature of a value by feature, for those of one value.
  template <class OfValue>
  void fill_row(std::uint32_t row, const OfValue& of_value);
  /// Pairs that each choice of a key would propose, and the share of rows that it reaches.
  struct Choice {
    std::uint32_t need;
    double pairs;
    double kept;
  };
  [[nodiscard]] std::vector<Choice> choices() const;
  void choose_keys(const MatchModel& model, std::uint64_t pairs_per_row);
  [[nodiscard]] std::uint32_t key(std::uint32_t row, std::uint32_t need) const;
  /// Sorted entries whose key is a multiple of `step`.
  [[nodiscard]] std::vector<Entry> sorted(std::size_t k, std::uint32_t step) const;
  /// Leaves out of `all` the keys that fewer than `least` or more than kMostRows rows share.
  void thin_out(std::size_t k, std::size_t least, std::vector<Entry>& all);

  const PartRows& rows_;
  std::vector<Feature> features_;  ///< the first are the whole values of each column
  std::size_t stride_ = 0;
  std::uint32_t column_mask_ = 0;
  std::vector<std::uint32_t> feature_;   ///< row by row
  std::vector<std::uint32_t> stated_;    ///< per row, a bit per feature
  std::vector<std::uint32_t> left_out_;  ///< per row, a bit per key
  std::vector<std::uint32_t> need_;      ///< per key, its features
  std::vector<std::uint32_t> columns_;
  std::vector<double> n_pairs_;
  std::uint64_t n_left_out_ = 0;
  std::vector<std::vector<Entry>> index_;  ///< per key
  std::vector<SharedValues> shared_;       ///< per column
  std::size_t given_sound_ = 0;            ///< features of names
  std::size_t surname_sound_ = 0;
};

}  // namespace ovillo::resolve::internal
