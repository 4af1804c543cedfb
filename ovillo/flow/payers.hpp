// The list of payers known to be lawful, held by this installation: accredited employers, who are
// one organisation and say so, and booking platforms, whose account pays for people who have
// nothing to do with one another. A platform's account never ties anybody to anybody.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::flow {

enum class PayerKind : std::uint8_t { accredited_employer, booking_platform };
std::span<const std::string_view> names(PayerKind);

struct Payer {
  PayerKind kind = PayerKind::accredited_employer;
  std::string canonical;  ///< account or IBAN as a find has it
  std::string name;
};

using SharedPayers = std::set<std::string, std::less<>>;

/// Reads a CSV with the columns name, kind, account and keeps it as the list of this workspace; the
/// list before is replaced, and the next run works out what it changes.
/// @return  how many payers. @error flow.no_such_column, base.bad_argument with row, intake.*.
Result<std::size_t> keep_payers(storage::Workspace& workspace, const std::string& path);

/// The list of `from` becomes that of `to`.
Result<void> copy_payers(const storage::Workspace& from, storage::Workspace& to);

/// The list held; empty: none. @error flow.damaged_answer.
Result<std::vector<Payer>> held_payers(const storage::Workspace& workspace);

}  // namespace ovillo::flow
