// Tables for tests: written out, or a register of invented people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/rng.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::resolve {

using Cells = std::vector<std::string>;

/// A table from rows of cells, one column a part.
inline PartTable part_table(const std::vector<Part>& parts, const std::vector<Cells>& rows) {
  PartTable out;
  for (std::size_t c = 0; c < parts.size(); ++c) {
    out.columns.push_back({parts[c], {}});
    for (const Cells& row : rows) out.columns[c].value.push_back(row[c]);
  }
  return out;
}

/// A register of `n` people, one in four of them twice, the second time with slips of the pen.
inline PartTable made_register(std::uint64_t seed, int n, std::vector<int>& person) {
  Rng rng(seed);
  const auto word = [&](std::uint64_t kinds) {
    Rng letters(rng.below(kinds) + 77);
    std::string out;
    for (int i = 0; i < 7; ++i) out += static_cast<char>('a' + letters.below(26));
    return out;
  };
  const auto slip = [&](std::string text) {
    if (rng.below(4) == 0) text[rng.below(text.size())] = 'q';
    return text;
  };
  std::vector<Cells> rows;
  for (int p = 0; p < n; ++p) {
    const std::string given = word(60);
    const std::string surname = word(800);
    const std::string birth =
        std::to_string(19500101 + rng.below(50) * 10000 + rng.below(12) * 100 + rng.below(28));
    const std::string postcode = std::to_string(10000 + rng.below(900));
    const int copies = rng.below(4) == 0 ? 2 : 1;
    for (int c = 0; c < copies; ++c) {
      person.push_back(p);
      rows.push_back({slip(given), slip(surname), rng.below(10) == 0 ? "" : birth,
                      rng.below(3) == 0 ? std::to_string(10000 + rng.below(900)) : postcode});
    }
  }
  return part_table({Part::given_name, Part::surname, Part::birth_date, Part::postcode}, rows);
}

}  // namespace ovillo::resolve
