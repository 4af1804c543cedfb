// Excisions: what may no longer be used, as if it had never been held.
//
// A court nullifies a search, an authorisation turns out invalid, a record is of the wrong person:
// from then on no view of anybody admits it. What was held stays sealed where it is (a higher court
// may think otherwise), and an excision can be taken back. Views carry excisions, so an answer made
// after one is that of an installation that never had it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

struct Excision {
  std::vector<SourceId> sources;
  std::vector<AuthorisationId> authorisations;
  std::vector<RecordId> records;
  std::vector<CompartmentId> compartments;  ///< in which they lie: who sees all of them sees this
  std::string what;                         ///< as the person named it
  std::string by;
  std::string reason;
  std::int64_t at_utc_s = 0;

  bool operator==(const Excision&) const = default;
};

/// In the order in which they were made; those taken back are not among them.
/// @error storage.damaged_block.
Result<std::vector<Excision>> excisions(const storage::Workspace& workspace);
/// Durable when it returns. @error casework.reason_needed.
Result<void> add_excision(storage::Workspace& workspace, const Excision& excision);
/// Takes one back. @error casework.nothing_to_undo when it is not (any more) there.
Result<void> take_back_excision(storage::Workspace& workspace, const Excision& excision);
/// Those that a view may know of.
std::vector<Excision> seen_by(const View& view, std::vector<Excision> all);

/// The view without what was excised.
View without(View view, const std::vector<Excision>& excisions);

}  // namespace ovillo::casework
