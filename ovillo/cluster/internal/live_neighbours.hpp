// The nearest few of every text, kept while texts are added: the same as if all were compared anew.
//
// In each of kNearBands orders the texts stand sorted, and each is compared with the kBandWindow
// behind it. A text more moves those windows: it is compared with the few around it, and two texts
// that it pushed apart are near only while some other order holds them together. Twice as many are
// kept of each text as are asked for, so that one lost is made good from what is known.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "ovillo/cluster/internal/neighbours.hpp"

namespace ovillo::cluster {

class LiveNeighbours {
 public:
  /// Says which of two different texts comes first, whoever came first.
  class Order {
   public:
    Order() = default;
    Order(const Order&) = delete;
    Order& operator=(const Order&) = delete;
    virtual ~Order() = default;
    [[nodiscard]] virtual bool before(std::uint32_t s, std::uint32_t t) const = 0;
  };

  /// @param order  read as long as this lives.
  explicit LiveNeighbours(const Order& order) : order_(order) {}

  /// The first texts, in the order of `order`.
  void start(std::vector<Signature> signatures);
  /// Adds the texts from number size() on. @return  texts whose list changed, the new ones among
  /// them, ascending. @cost  O(kNearBands * (n + m log m)), n held, m added: a merge per order.
  std::vector<std::uint32_t> add(std::span<const Signature> signatures);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(near_.size()); }
  [[nodiscard]] const Signature& signature(std::uint32_t t) const { return signature_[t]; }
  [[nodiscard]] NearList of(std::uint32_t t) const {
    NearList out;
    std::copy_n(near_[t].begin(), out.size(), out.begin());
    return out;
  }

 private:
  static constexpr std::size_t kKept = 2 * kMostNear;
  static constexpr std::size_t kParts = std::size_t{1} << kBandBits;  // of a band
  using Entry = std::uint64_t;
  using LongList = std::array<Neighbour, kKept>;
  // What adding did in one order.
  struct Moved {
    struct Met {
      std::uint32_t a;
      std::uint32_t b;
      std::uint32_t agree;
    };
    struct Apart {
      std::uint32_t of;     // in its list
      std::uint32_t other;  // stands this one
    };
    std::vector<Met> met;
    std::vector<Apart> apart;
  };
  [[nodiscard]] bool stands_before(Entry x, Entry y) const;
  [[nodiscard]] std::size_t place(std::size_t band, std::uint32_t t) const;
  [[nodiscard]] bool still_met(std::uint32_t s, std::uint32_t t) const;
  [[nodiscard]] bool holds(std::uint32_t t, std::uint32_t other) const;
  void merge(std::size_t band, std::uint32_t first_new, Moved& moved);
  void look_around(const std::vector<Entry>& entries, std::size_t at, std::uint32_t first_new,
                   std::vector<Moved::Met>& met) const;
  void look_behind(const std::vector<Entry>& entries, std::size_t at,
                   std::vector<Moved::Met>& met) const;
  void find_apart(const std::vector<Entry>& entries, std::span<const std::uint32_t> place_of_old,
                  std::size_t first_behind, std::vector<Moved::Apart>& apart) const;
  void index(std::size_t band);
  std::size_t offer(std::uint32_t t, std::uint32_t other, unsigned agree);
  bool take_out(std::uint32_t t, std::uint32_t other);
  void look_anew(std::uint32_t t);

  const Order& order_;
  std::vector<Signature> signature_;
  std::vector<LongList> near_;
  std::vector<std::uint8_t> is_cut_;                 // per text: more were met than its list holds
  std::array<std::vector<Entry>, kNearBands> band_;  // by (key, order)
  std::array<std::vector<std::uint32_t>, kNearBands> part_;  // where each value of the band begins
};

}  // namespace ovillo::cluster
