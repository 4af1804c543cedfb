// What users may do, kept from request to request.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/accounts.hpp"

namespace ovillo::casework {

/// The answers of standing_of() and has_doors() about one workspace, worked out again when a user,
/// a compartment or an excision changed, or when a grant ends. Thread-safe.
class Standings {
 public:
  /// @error as standing_of().
  Result<Standing> of(const storage::Workspace& workspace, const Roles& roles,
                      std::string_view user, std::int64_t now_utc_s);
  /// @error as has_doors().
  Result<bool> doors(const storage::Workspace& workspace);

 private:
  struct Held {
    Standing standing;
    std::int64_t from_utc_s = 0;
    std::int64_t until_utc_s = 0;
  };
  void forget_what_changed(const storage::Workspace& workspace);

  std::mutex mutex_;
  std::uint64_t n_changes_ = 0;
  std::map<std::string, Held, std::less<>> held_;
  std::optional<bool> doors_;
};

}  // namespace ovillo::casework
