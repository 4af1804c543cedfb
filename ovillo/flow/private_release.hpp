// release private on a plain file: differentially private counts and synthetic records.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/release/private_marginals.hpp"

namespace ovillo::flow {

/// Values of a column that are counted as one.
struct Pool {
  std::string column;
  std::vector<std::string> values;
  std::string name;
};

struct PrivateReleaseOrder {
  std::string file;             ///< a record a person
  std::vector<std::string> by;  ///< columns; empty: all but `id`
  std::string id;               ///< column that names the person; empty: each row is another one
  std::vector<Pool> pools;
  release::PrivacySetting setting;
  std::string ledger;
  std::string records;   ///< synthetic records are written there; empty: none
  std::string about;     ///< what readers must know, as JSON; empty: not written
  bool preview = false;  ///< only what would be erased; nothing is spent or published
  std::int64_t now_utc_s = 0;
};

/// Writes the counts of combinations as CSV: a column each ("Total" where it does not matter) and
/// `count`, "withheld" where two published values have no published count together. Longer
/// combinations that are not there are withheld too. The ledger is written first.
/// On `warn`, for whoever keeps the records: the groups that the setting is likely to erase, and
/// how they would stay. That is worked out from the true counts and must not be published.
/// @error release.over_budget, release.bad_ledger, release.too_large, release.bad_table (a person
///        with two rows), base.bad_argument, flow.no_such_column, intake.*.
Result<void> write_private(const PrivateReleaseOrder& order, std::ostream& out, std::ostream& warn);

struct BudgetOrder {
  std::string path;
  std::string of;
  double epsilon = 0;  ///< 0: an existing ledger is shown
  double delta = 0;
  std::int64_t now_utc_s = 0;
};

/// Makes a ledger, or writes what it says: CSV, a row a release.
Result<void> write_budget(const BudgetOrder& order, std::ostream& out);

}  // namespace ovillo::flow
