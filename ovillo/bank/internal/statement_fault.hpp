// The first thing that kept a statement from being read.
#pragma once

#include <optional>
#include <string>

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/base/error.hpp"

namespace ovillo::bank {

struct StatementFault {
  ErrorCode code;
  std::string reason;
  Place place;
};

/// A reject for a statement with that fault. @param statement  its id, where one was read.
inline StatementReject reject_for(const StatementFault& fault,
                                  std::optional<std::string> statement) {
  StatementReject out;
  out.code = fault.code;
  out.reason = fault.reason;
  out.place_in_file = fault.place;
  out.statement = std::move(statement);
  return out;
}

}  // namespace ovillo::bank
