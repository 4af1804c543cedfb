// What registers, declarations, payrolls and attendance lists state about work, row by row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/decimal.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::employment {

/// Where a statement stands: file (position in Tables::file) and its 1-based row.
struct Source {
  std::uint32_t file = 0;
  std::uint64_t row = 0;
  auto operator<=>(const Source&) const = default;
};

/// A person as a row names them. Either may be empty.
struct Mention {
  std::string name;
  std::string id;
};

/// Company register: who directs a company.
struct Directorship {
  Source source;
  std::string company;
  std::string director;
};

/// Who gave work on a site to whom. An empty site: every site of the contractor.
struct Contract {
  Source source;
  std::string contractor, subcontractor, site;
};

/// An employment or posting declared to an authority. An empty site: any; no end: it goes on.
struct Declaration {
  Source source;
  Mention worker;
  std::string employer, site;
  std::optional<Time> start, end;
  std::optional<Decimal> rate;  ///< pay per hour
};

/// One line of a payroll: what was paid for a period.
struct PayLine {
  Source source;
  Mention worker;
  std::string employer;
  std::optional<Time> period;
  std::optional<Decimal> hours, pay, rate;
  std::string account, employer_account;
};

/// Somebody was on a site on a day.
struct Attendance {
  Source source;
  Mention worker;
  std::string site, employer;
  std::optional<Time> date;
  std::optional<Decimal> hours;
};

struct Tables {
  std::vector<std::string> file;  ///< names as given
  std::vector<Directorship> directorships;
  std::vector<Contract> contracts;
  std::vector<Declaration> declarations;
  std::vector<PayLine> payroll;
  std::vector<Attendance> attendance;
};

}  // namespace ovillo::employment
