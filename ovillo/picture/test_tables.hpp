// Published tables of overlaps for the tests, written as pattern:count.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "ovillo/picture/overlap_table.hpp"

namespace ovillo::picture {

/// "1001:5" is five people on the first and the last list.
inline OverlapTable table_of(std::vector<std::string> lists, const std::string& cells) {
  OverlapTable out{std::move(lists), {}};
  out.count.assign(std::size_t{1} << out.n_lists(), 0);
  std::istringstream words(cells);
  for (std::string word; words >> word;) {
    std::size_t pattern = 0;
    for (std::size_t l = 0; l < out.n_lists(); ++l)
      pattern |= static_cast<std::size_t>(word[l] == '1') << l;
    out.count[pattern] += std::stod(word.substr(out.n_lists() + 1));
  }
  return out;
}

inline OverlapTable korea() {
  return table_of({"b", "c", "d"}, "001:41 010:5 100:5 110:54 101:6 111:12");
}
inline OverlapTable artificial() { return table_of({"A", "B", "C"}, "100:40 010:30 001:20 110:6"); }
inline OverlapTable united_kingdom() {
  return table_of({"LA", "NG", "PFNCA", "GO", "GP"},
                  "10000:54 01000:463 00100:995 00010:695 00001:316 11000:15 10100:19 10010:3 "
                  "01100:62 01010:19 01001:1 00110:76 00101:11 00011:8 11100:1 11010:1 01110:4 "
                  "11110:1");
}
inline OverlapTable western_states() {
  return table_of({"A", "B", "C", "D", "E"},
                  "10000:52 01000:90 00100:114 00010:45 00001:21 10100:4 10010:2 10001:5 01100:6 "
                  "01010:1 00011:3 10101:1 01110:1");
}

}  // namespace ovillo::picture
