// Excise: takes something out of every answer, and says what rested on it.
#pragma once

#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/cases.hpp"
#include "ovillo/casework/excisions.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// What is to be taken out, as a person names it; one of the three.
struct ExciseOrder {
  std::string source;         ///< by name
  std::string authorisation;  ///< by its reference
  std::string record;         ///< by id
  std::string reason;
};

/// A network of the last answer that held one of its records.
struct TouchedNetwork {
  NetworkId id;
  std::uint64_t n_records = 0;        ///< before
  std::uint64_t n_excised = 0;        ///< of them taken out
  std::vector<std::string> signs;     ///< sentences of signs that cite one of them
  std::uint64_t n_links = 0;          ///< links that rest on one of them
  std::uint64_t n_links_lost = 0;     ///< of them on nothing else
  std::uint64_t n_entities_lost = 0;  ///< known from nothing else
};

struct ExciseReport {
  casework::Excision excision;
  std::uint64_t n_records = 0;
  std::vector<TouchedNetwork> networks;  ///< as the answer before ranks them
  std::vector<std::string> judgements;   ///< ids of records in which a person judged one of its
  /// Entries of cases that cite one of its records or files, or speak of a touched network.
  std::vector<std::pair<std::string, casework::CaseEvent>> entries;  ///< with the case's reference
};

/// Works out what rests on it. Changes nothing.
/// @error flow.no_such_source, flow.no_such_thing, base.bad_argument (not exactly one named).
Result<ExciseReport> what_rests_on(CaseFile& file, const ExciseOrder& order);

std::string to_json(const ExciseReport& report);
std::string to_text(const ExciseReport& report);

}  // namespace ovillo::flow
