// The phone numbers that invented cases may use: data/fiction_numbers.toml.
//
// Every number lies in a block that a regulator reserves for fiction or keeps closed. Numbers of a
// country are handed out by position, so that a case never gives one number twice by accident.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::synth {

/// A phone number in its parts: +34 751234567 is {"34", "", "751234567"}.
struct PhoneNumber {
  std::string calling;   ///< country calling code, digits
  std::string trunk;     ///< written before the national number inside the country; may be empty
  std::string national;  ///< national significant number, digits

  [[nodiscard]] std::string e164() const { return "+" + calling + national; }
  bool operator==(const PhoneNumber&) const = default;
};

class FictionNumbers {
 public:
  /// @param data  the data folder.
  /// @error base.cannot_read, base.bad_data_file.
  static Result<FictionNumbers> open(const std::filesystem::path& data);

  /// True when the number lies in one of the blocks, whatever its use. @param e164  "+34751234567".
  [[nodiscard]] bool contains(std::string_view e164) const;

  /// Positions of the countries in the file; size() when there is none of that code.
  [[nodiscard]] std::size_t country(std::string_view code) const;
  [[nodiscard]] std::size_t size() const { return countries_.size(); }
  [[nodiscard]] const std::string& code(std::size_t country) const {
    return countries_[country].code;
  }

  /// How many numbers of that country may be handed out (blocks with use = true).
  [[nodiscard]] std::uint64_t capacity(std::size_t country) const {
    return countries_[country].capacity;
  }

  /// The number at a position: blocks in the order of the file, inside a block in an order mixed by
  /// `salt`; different positions give different numbers.
  /// @param position  less than capacity(country).
  [[nodiscard]] PhoneNumber number(std::size_t country, std::uint64_t position,
                                   std::uint64_t salt) const;

 private:
  struct Block {
    std::string pattern;  // "+3475xxxxxxx"; a range has no x
    std::string first, last;
    std::uint64_t capacity = 0;
    bool use = false;
    [[nodiscard]] bool contains(std::string_view e164) const;
    [[nodiscard]] std::string at(std::uint64_t index) const;
  };
  struct Country {
    std::string code, calling, trunk;
    std::vector<Block> blocks;
    std::uint64_t capacity = 0;
  };
  std::vector<Country> countries_;
};

}  // namespace ovillo::synth
