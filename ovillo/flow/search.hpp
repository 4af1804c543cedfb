// search: records that hold an identifier, or all of some words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

struct SearchHit {
  Citation citation;
  std::string excerpt;  ///< the words around the first match, at most kExcerptBytes
};

struct SearchResult {
  std::uint64_t n_found = 0;
  std::vector<SearchHit> hits;  ///< newest first, then by record id; at most `limit`
  std::string read_as;          ///< "phone +34..." when the query was read as an identifier
};

/// @param query  words that must all occur (letters folded, accents kept), or an identifier.
/// @cost one pass over the texts the view admits.
Result<SearchResult> search(CaseFile& file, std::string_view query, std::size_t limit);

}  // namespace ovillo::flow
