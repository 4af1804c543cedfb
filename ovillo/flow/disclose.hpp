// Disclose: the networks of a case as a folder that the defence, a court or another expert can open
// and work out again without an installation of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/cases.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::casework {
class AuditLog;
}

namespace ovillo::flow {

struct Asker;

struct DiscloseOrder {
  std::filesystem::path folder;  ///< must not exist
  std::filesystem::path data;    ///< the vocabulary that goes along
  bool with_program = true;      ///< the running program goes along too
};

struct DiscloseReport {
  std::vector<std::string> networks;  ///< ids, ascending
  std::uint64_t n_records = 0;        ///< whole ones
  std::uint64_t n_words_only = 0;     ///< texts of somebody else, compared with theirs
  std::size_t n_originals = 0;        ///< files of exhibits
  std::string sums_sha256;            ///< of SHA256SUMS: what the hand-over note quotes
};

/// Writes the package of a case: the folder is there whole, or not at all. Before it is there what
/// is in it is run, and what comes out compared with the case file: the same networks with the same
/// records and signs.
/// @error flow.nothing_to_disclose, flow.replay_differs, base.cannot_write, base.bad_argument (the
/// folder exists), storage.*.
Result<DiscloseReport> write_package(CaseFile& file, const casework::CaseFolder& folder,
                                     const casework::AuditLog& log, const Asker& asker,
                                     const DiscloseOrder& order);

}  // namespace ovillo::flow
