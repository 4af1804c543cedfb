// Purposes: the closed list of reasons for which anything is opened, and those that are refused.
//
// The list is data/purposes.toml. A refused purpose says why; a purpose on neither list is unknown.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::casework {

struct Purpose {
  std::string id;        ///< "investigation"
  std::string sentence;  ///< for a person
  bool needs_case = false;
};

struct RefusedPurpose {
  std::string id;
  std::string why;
};

class Purposes {
 public:
  /// @param data  folder of the vocabulary. @error base.bad_data_file, base.cannot_read.
  static Result<Purposes> open(const std::filesystem::path& data);

  /// @param case_reference  empty: no case named.
  /// @error casework.refused_purpose (with why), casework.unknown_purpose, casework.case_needed.
  Result<void> check(std::string_view purpose, std::string_view case_reference) const;

  [[nodiscard]] const std::vector<Purpose>& allowed() const { return allowed_; }  ///< by id
  [[nodiscard]] const std::vector<RefusedPurpose>& refused() const { return refused_; }

 private:
  std::vector<Purpose> allowed_;
  std::vector<RefusedPurpose> refused_;
};

}  // namespace ovillo::casework
