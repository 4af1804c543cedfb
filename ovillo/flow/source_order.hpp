// A source as a person types it, checked word by word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/owner.hpp"

namespace ovillo::flow {

struct SourceWords {
  std::string name, authorisation_kind, authority, reference;
  std::string scope;        ///< record kinds with commas; empty: every kind
  std::string compartment;  ///< name
  std::string grade;        ///< "B2"
  std::string handling;     ///< "H1"
  std::string zone, region, procedure, purpose, document_sha256;
  std::int64_t valid_from_utc_s = 0;
  std::optional<std::int64_t> valid_to_utc_s, scope_from_utc_s, scope_to_utc_s;
  std::int64_t review_at_utc_s = 0;
  bool privileged = false;
};

/// @error base.bad_argument, naming the word that is not understood.
Result<SourceOrder> source_order(const SourceWords& words);

/// "B2" -> Grade. @error base.bad_argument.
Result<Grade> parse_grade(const std::string& text);
/// "H0" to "H3". @error base.bad_argument.
Result<std::uint8_t> parse_handling(const std::string& text);

}  // namespace ovillo::flow
