// Which columns of a plain table hold which part of a register, a declaration, a payroll or an
// attendance list, by their headers; and which of these the table is.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"

namespace ovillo::flow {

enum class EmploymentPart : std::uint8_t {
  worker,
  worker_id,
  employer,
  company,
  director,
  contractor,
  subcontractor,
  site,
  start,
  end,
  date,
  period,
  hours,
  pay,
  rate,
  account,
  employer_account,
};
std::span<const std::string_view> names(EmploymentPart);

enum class EmploymentTable : std::uint8_t {
  register_,
  contracts,
  declarations,
  payroll,
  attendance
};

struct EmploymentColumns {
  EmploymentTable table = EmploymentTable::register_;
  std::array<std::uint16_t, 17> at{};  ///< by part; kNoColumn: not there

  [[nodiscard]] std::uint16_t of(EmploymentPart part) const {
    return at[static_cast<std::size_t>(part)];
  }
};

class EmploymentHeaders {
 public:
  /// From data/employment/headers.toml. @error base.cannot_read, base.bad_data_file.
  static Result<EmploymentHeaders> open(const std::filesystem::path& data);

  /// A table with contractor and subcontractor is one of contracts; with director and company a
  /// register; with worker and pay a payroll; with worker and start or end one of declarations;
  /// with worker and date attendance. @error flow.no_such_column: none of these.
  [[nodiscard]] Result<EmploymentColumns> match(const RecordBatch& batch) const;

 private:
  std::map<std::string, EmploymentPart, std::less<>> part_;  ///< by header, in words
};

}  // namespace ovillo::flow
