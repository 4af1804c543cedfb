// Parties and banks of camt, from version 1 (PrvtId/IdntyCardNb) to 8 (Dbtr/Pty/Nm).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ovillo/bank/internal/xml_parts.hpp"

namespace ovillo::bank {

/// The bank in an element that holds FinInstnId: BIC, else a clearing number, else its name.
std::optional<std::string> camt_bank(const XmlNode& node);

/// A side of the transaction in TxDtls. @param role  "Dbtr" or "Cdtr": also <role>Acct, <role>Agt
/// and Ultmt<role> are read.
Party camt_party(const XmlNode& details, std::string_view role);

}  // namespace ovillo::bank
