// Case work at the doors: what a user wrote down about cases and networks, as text and JSON, and
// the order in which it is written.
#pragma once

#include <string>
#include <vector>

#include "ovillo/casework/cases.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// A decision on a network, as a door takes it.
struct DecisionOrder {
  std::string network;      ///< id or key
  std::string disposition;  ///< a casework::Disposition
  std::string reason;
  std::string of;           ///< duplicate: of which network or case; referred: to whom
  std::string compartment;  ///< in which it is kept; empty: the only one granted, else `main`
  std::optional<std::int64_t> until_utc_s;
};

/// The event that keeps a decision together with what was shown: the SHA-256 of the network's page
/// as JSON, the view and the model. @error flow.no_such_network.
Result<casework::CaseEvent> decision_event(CaseFile& file, const DecisionOrder& order,
                                           const std::string& view_digest);

/// Files and records by what a person calls them, as an exhibit rests on them: each file's SHA-256,
/// each record's id. @param named  file name or SHA-256 of a file that was imported, or a record
/// id. @error flow.no_such_thing.
Result<std::vector<std::string>> exhibit_parts(CaseFile& file,
                                               const std::vector<storage::ImportRow>& imports,
                                               const std::vector<std::string>& named);

std::string to_json(const std::vector<casework::CaseFolder>& folders);
std::string to_json(const casework::CaseFolder& folder);
/// What a disclosure package tells of a case: its exhibits with their custody, and what was decided
/// about these networks. Notes, tasks and hypotheses are the office's own.
std::string disclosed_json(const casework::CaseFolder& folder,
                           const std::vector<std::string>& networks);
std::string to_json(const casework::CaseEvent& event);
/// For a person: members, persons with their categories, hypotheses, tasks, exhibits, timeline.
std::string to_text(const casework::CaseFolder& folder);
std::string to_text(const std::vector<casework::CaseFolder>& folders);

}  // namespace ovillo::flow
