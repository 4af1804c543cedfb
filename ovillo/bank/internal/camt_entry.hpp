// Accounts, balances and movements of camt, from their elements.
#pragma once

#include <optional>
#include <vector>

#include "ovillo/bank/account_statement.hpp"
#include "ovillo/bank/internal/statement_fault.hpp"
#include "ovillo/bank/internal/xml_parts.hpp"

namespace ovillo::bank {

/// Reads one statement's elements; keeps the first fault.
class CamtEntryReader {
 public:
  explicit CamtEntryReader(const Zone& zone) : zone_(zone) {}

  static Account account(const XmlNode& acct);
  std::optional<Balance> balance(const XmlNode& bal);
  /// The movement and, behind it, its transactions where it has several. The details of a single
  /// one are the movement's own. @param raw  bytes of the element. @param first  index it will
  /// have.
  std::vector<Entry> entries(const XmlNode& ntry, std::string_view raw, std::size_t first,
                             const Account& own);
  /// A date that must be read where it is stated. @param choice  holds Dt or DtTm, or is text.
  std::optional<Moment> moment(const XmlNode* choice);

  [[nodiscard]] const std::optional<StatementFault>& fault() const { return fault_; }
  void fail(ErrorCode code, std::string reason, Place place);

 private:
  std::optional<Money> money(const XmlNode* amt, ErrorCode code);
  std::optional<Direction> direction(const XmlNode& node, ErrorCode code);
  void read_details(Entry& entry, const XmlNode& details);
  static void set_sides(Entry& entry, const XmlNode& details);

  const Zone& zone_;
  std::optional<StatementFault> fault_;
};

}  // namespace ovillo::bank
