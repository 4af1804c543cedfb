// What went wrong, said so that a person can act on it.
//
// An Error has a stable code from data/errors, one sentence, and where the fault lies (file,
// archive member, row, column, byte). Codes exist once: data/errors/*.toml; the enum, exit codes
// and HTTP statuses are generated from there at build time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/error_codes.hpp"  // generated: enum class ErrorCode

namespace ovillo {

/// Where in the input a fault lies. Anything unknown is left empty.
struct Locus {
  std::string file;                   ///< as the user named it; "-" is standard input
  std::string member;                 ///< path inside an archive or workbook
  std::optional<std::uint64_t> row;   ///< 1-based, header not counted
  std::string column;                 ///< column name, when one is to blame
  std::optional<std::uint64_t> byte;  ///< 0-based offset into the decompressed file

  bool operator==(const Locus&) const = default;
};

/// One catalogue entry, as written in data/errors.
struct ErrorInfo {
  ErrorCode code;
  std::string_view name;  ///< "intake.bad_row"
  int exit_code;          ///< process exit status
  int http_status;
  std::string_view sentence;  ///< default sentence, in plain English
};

/// The catalogue entry of a code. @cost O(1).
const ErrorInfo& info(ErrorCode code);

/// All entries, in code order.
const std::vector<ErrorInfo>& error_catalogue();

class Error {
 public:
  /// @param detail  what this case adds to the catalogue's sentence; may be empty.
  explicit Error(ErrorCode code, std::string detail = {}, Locus locus = {})
      : code_(code), detail_(std::move(detail)), locus_(std::move(locus)) {}

  [[nodiscard]] ErrorCode code() const { return code_; }
  [[nodiscard]] std::string_view name() const { return info(code_).name; }
  [[nodiscard]] const std::string& detail() const { return detail_; }
  [[nodiscard]] const Locus& locus() const { return locus_; }
  [[nodiscard]] Error at(Locus locus) const { return Error(code_, detail_, std::move(locus)); }

  /// "adverts.csv, row 12, column phone: The row has more cells than the header (9 for 8)
  /// [intake.bad_row]".
  [[nodiscard]] std::string message() const;

 private:
  ErrorCode code_;
  std::string detail_;
  Locus locus_;
};

}  // namespace ovillo
