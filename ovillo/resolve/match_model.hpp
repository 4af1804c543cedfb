// What agreement between two rows is worth: the model of Fellegi and Sunter.
//
// For each part (surname, birth date ...) the chance of each level of agreement among rows of one
// person (m) and among rows of two (u). Evidence in bits is log2(m / u); how rare an equal value is
// comes from the tables themselves. A model is learnt without labels by expectation-maximisation
// and can be kept as a file, so that tomorrow's rows are judged as today's.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ovillo::resolve {

/// What a column holds. Several columns of one type in a table are read together: given, surname
/// and address columns as one value in the order given; the rest as several values.
enum class Part : std::uint8_t {
  name,         ///< whole name; read as given name, surname and other names
  given_name,   ///< first given name
  surname,      ///< as one value, particles included
  other_names,  ///< further given names, titles, second surnames
  birth_date,   ///< 1956-04-09, 19560409 or 09/04/1956 (day first); a year alone
  phone,        ///< compared by its last nine digits; canonical form is better
  email,
  document,  ///< identity document or registration number: one person's alone
  account,   ///< bank account, wallet
  plate,     ///< of a vehicle
  alias,     ///< nickname, advertised name, user name
  address,   ///< street, number, anything finer than the place
  postcode,
  place,
  region,  ///< state, province, country
  gender,
  occupation,
  text,  ///< title or description, compared by its words
};
std::span<const std::string_view> names(Part);
inline constexpr std::size_t kParts = 18;
constexpr std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }

/// How far two values of a part agree, best first. A part uses those that make sense for it.
enum class Agreement : std::uint8_t {
  equal,
  swapped,  ///< given name and surname, or day and month, the other way round
  typo,     ///< one letter or digit wrong, missing, too many, or two neighbours exchanged
  variant,  ///< another form of it: nickname, initial, other spelling of the same sound
  similar,  ///< alike (Jaro-Winkler, shared words, same year, same postal area)
  differs,
};
std::span<const std::string_view> names(Agreement);
inline constexpr std::size_t kAgreements = 6;

/// Chances of each level, given that both rows state the part; each sums to 1.
struct PartModel {
  std::array<double, kAgreements> m{};
  std::array<double, kAgreements> u{};
};

struct MatchModel {
  std::array<PartModel, kParts> part{};
  /// Expected rows of the same person that one row has in the tables.
  double repeats_per_row = 0.2;
  /// Expected rows of relatives under the same roof that one row has in the tables.
  double relatives_per_row = 0.3;

  [[nodiscard]] const PartModel& of(Part p) const { return part[index_of(p)]; }
};

/// What is assumed of lists in general, before any rows are seen: error rates as in registers typed
/// by hand. Small tables are judged by it; large ones move it.
const MatchModel& general_model();

}  // namespace ovillo::resolve
