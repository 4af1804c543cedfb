// What releases of the same people have spent of their privacy, in a file that refuses more.
//
// A line of JSON each: first the budget, then the releases, each naming the hash of the line before
// it, so that a line that was changed or taken out is noticed. It does not stop somebody who writes
// the whole file anew.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::flow {

struct PrivacyBudget {
  std::string of;  ///< whose data
  double epsilon = 0;
  double delta = 0;
};

struct PrivacySpent {
  std::int64_t at_utc_s = 0;
  std::string what;         ///< for readers
  std::string data_sha256;  ///< of the file released from
  double epsilon = 0;
  double delta = 0;
  double rho = 0;
};

class PrivacyLedger {
 public:
  /// Writes a new one. @error base.bad_argument: there is a file already, or a budget that cannot
  /// be; base.cannot_write.
  static Result<void> create(const std::string& path, const PrivacyBudget& budget,
                             std::int64_t now_utc_s);
  /// @error base.cannot_read, release.bad_ledger: a line that cannot be read or does not follow.
  static Result<PrivacyLedger> open(const std::string& path);

  [[nodiscard]] const PrivacyBudget& budget() const { return budget_; }
  [[nodiscard]] const std::vector<PrivacySpent>& spent() const { return spent_; }
  /// Of all releases together, at the budget's delta.
  [[nodiscard]] double epsilon_spent() const;

  /// Enters a release and writes the file, before anything is published. Losses are added as rho,
  /// and deltas as they are.
  /// @error release.over_budget, and nothing was entered; release.bad_ledger: somebody else is
  ///        releasing, or the file changed since it was opened; base.cannot_write.
  Result<void> spend(const PrivacySpent& release);

 private:
  PrivacyLedger() = default;
  [[nodiscard]] bool allows(const PrivacySpent& one) const;

  std::string path_;
  std::string text_;
  std::string last_line_;
  PrivacyBudget budget_;
  std::vector<PrivacySpent> spent_;
};

}  // namespace ovillo::flow
