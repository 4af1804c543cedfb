// Positions of towns by name, from data/places/places.tsv.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/route/stay.hpp"

namespace ovillo::route {

class Gazetteer {
 public:
  /// @param rows  the file's text: country, name, other names (with |), admin, latitude, longitude,
  ///              population, separated by tabs; lines with # are comments.
  /// @error base.bad_data_file, with the row.
  static Result<Gazetteer> read(std::string_view rows);

  /// @param name     as in the file or one of the other names; ASCII letters in any case.
  /// @param country  ISO 3166-1 alpha-2, or empty: the town of that name with most people.
  [[nodiscard]] std::optional<Position> find(std::string_view name, std::string_view country) const;

  struct Town {
    std::string country;
    std::uint64_t population = 0;
    Position position;
  };
  /// The same with how many live there; null: not known. Belongs to the gazetteer.
  [[nodiscard]] const Town* find_town(std::string_view name, std::string_view country) const;

 private:
  std::multimap<std::string, Town> towns_;
};

}  // namespace ovillo::route
