// Places named in a text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/extract/internal/hash_index.hpp"
#include "ovillo/extract/internal/scan.hpp"

namespace ovillo::extract {

class Gazetteer {
 public:
  /// Reads data/places/places.tsv and common.txt. @error base.cannot_read, base.bad_data_file.
  static Result<Gazetteer> open(const std::filesystem::path& folder);

  /// Adds the places of `scan`: names with a capital (always, when the town is large and the name
  /// no everyday word; after "in", "en", "a" ... otherwise), and in lower case only large towns
  /// after a preposition. Of towns with one name the one of the region, else of a country where the
  /// text's language is spoken, else the largest.
  /// @misses  neighbourhoods; towns below the cut; people called like a town, after "de".
  void find(Scan& scan) const;

  /// The place a field of its own names: "BE/Gent", or empty when it is in no list.
  [[nodiscard]] std::optional<std::string> value(std::string_view raw,
                                                 std::string_view region) const;

 private:
  struct Place {
    std::uint32_t population = 0;
    std::string canonical;  // "BE/Gent"
  };
  struct Name {
    std::string folded;
    std::vector<std::uint32_t> places;  // largest first
    bool common = false;                // an everyday word or first name too
  };
  struct Hit {
    std::size_t end = 0;  // token
    const Name* name = nullptr;
  };
  void add_name(std::string_view name, std::uint32_t place);
  [[nodiscard]] Hit longest(const Scan& scan, std::size_t i) const;
  void match(const Scan& scan, std::size_t i, std::uint64_t key, Hit& best) const;
  [[nodiscard]] const Place& choose(const Name& name, std::string_view region,
                                    std::string_view language) const;
  [[nodiscard]] std::optional<std::uint16_t> confidence(const Scan& scan, std::size_t i,
                                                        const Hit& hit) const;

  std::vector<Place> places_;
  std::vector<Name> names_;
  HashIndex by_first_;  // names by their first words
  std::unordered_map<std::string, std::uint32_t> by_name_;
};

}  // namespace ovillo::extract
