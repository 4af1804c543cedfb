// Numbers told in pieces: "empieza por 751, sigue 234 y acaba en 567", "751 amor 234 cielo 567".
//
// The decoder hands in every run of digits that held no number. Two pieces belong together when
// what lies between says so ("then", "luego"), or says nothing: words that only part, words in
// brackets, the same words again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/extract/internal/phone_items.hpp"
#include "ovillo/extract/internal/phone_region.hpp"
#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

class PhonePieces {
 public:
  /// Forgets the pieces of the text before.
  void clear() { pieces_.clear(); }
  /// A run that held no number.
  /// @param cue  a word for "phone" stands near.
  void note(const Scan& scan, const std::vector<PhoneItem>& items, bool cue);
  /// Adds the numbers the pieces make to `scan`, each with one span over all its pieces.
  /// @cost  linear in the pieces and the words between them.
  void join(Scan& scan, PhoneRegion& region, const PhonePlans& plans) const;

 private:
  struct Piece {
    std::size_t token_begin = 0;
    std::size_t token_end = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string digits;
    bool cue = false;
    bool one_word = false;  // a single number word: it may count something
  };
  // What lies between two pieces.
  struct Gap {
    bool open = false;   // they may belong together at all
    bool told = false;   // it says that the number goes on
    bool quiet = false;  // it says nothing
    std::uint64_t words = 0;
  };
  [[nodiscard]] static Gap gap(const Scan& scan, const Piece& a, const Piece& b);
  [[nodiscard]] std::size_t join_from(Scan& scan, PhoneRegion& region, const PhonePlans& plans,
                                      std::size_t p) const;

  std::vector<Piece> pieces_;
};

}  // namespace ovillo::extract
