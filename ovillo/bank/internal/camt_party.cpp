#include "ovillo/bank/internal/camt_party.hpp"

#include <fmt/format.h>

#include "ovillo/bank/internal/camt_entry.hpp"

namespace ovillo::bank {

namespace {

void join(std::string& out, const std::optional<std::string>& part, std::string_view between) {
  if (!part) return;
  if (!out.empty()) out += between;
  out += *part;
}

std::optional<std::string> address_of(const XmlNode& party) {
  const XmlNode* postal = party.find("PstlAdr");
  if (postal == nullptr) return std::nullopt;
  std::string street;
  for (const std::string_view part : {"Dept", "StrtNm", "BldgNb", "BldgNm", "Flr", "PstBx"})
    join(street, postal->value(part), " ");
  std::string town;
  join(town, postal->value("PstCd"), " ");
  join(town, postal->value("TwnNm"), " ");
  std::string out = street;
  if (!town.empty()) join(out, town, ", ");
  for (const XmlNode* line : postal->all("AdrLine"))
    if (!line->text.empty()) join(out, line->text, ", ");
  if (out.empty()) return std::nullopt;
  return out;
}

// Numbers of a person or organisation: an element with text is one, and so is the Id of an element
// that has one (Othr, PrtryId). Not the date and place of birth.
void add_ids(Party& out, const XmlNode& party) {
  for (const std::string_view kind : {"Id/OrgId", "Id/PrvtId"}) {
    for (const XmlNode* group : party.all(kind)) {
      for (const XmlNode& id : group->children) {
        if (id.name == "DtAndPlcOfBirth") continue;
        const auto number = id.children.empty() ? id.value("") : id.value("Id");
        if (number) out.ids.push_back(*number);
      }
    }
  }
  out.birth_date = party.value("Id/PrvtId/DtAndPlcOfBirth/BirthDt");
}

// From version 8 a party is wrapped in Pty, or is a bank in Agt.
const XmlNode* unwrapped(const XmlNode* party) {
  if (party == nullptr) return nullptr;
  if (const XmlNode* inner = party->find("Pty")) return inner;
  if (const XmlNode* inner = party->find("Agt/FinInstnId")) return inner;
  return party;
}

}  // namespace

std::optional<std::string> camt_bank(const XmlNode& node) {
  return node.value_of({"FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/CmbndId/BIC",
                        "FinInstnId/ClrSysMmbId/MmbId", "FinInstnId/ClrSysMmbId/Id",
                        "FinInstnId/Othr/Id", "FinInstnId/PrtryId/Id", "FinInstnId/Nm",
                        "FinInstnId/NmAndAdr/Nm", "FinInstnId/CmbndId/Nm"});
}

Party camt_party(const XmlNode& details, std::string_view role) {
  Party out;
  if (const XmlNode* party = unwrapped(details.find(fmt::format("RltdPties/{}", role)))) {
    out.name = party->value("Nm");
    out.address = address_of(*party);
    out.country = party->value_of({"PstlAdr/Ctry", "CtryOfRes"});
    add_ids(out, *party);
  }
  if (const XmlNode* account = details.find(fmt::format("RltdPties/{}Acct", role))) {
    const Account read = CamtEntryReader::account(*account);
    out.account = read.number();
    if (!out.name) out.name = read.name;
  }
  if (const XmlNode* agent = details.find(fmt::format("RltdAgts/{}Agt", role)))
    out.bank = camt_bank(*agent);
  if (const XmlNode* last = unwrapped(details.find(fmt::format("RltdPties/Ultmt{}", role)))) {
    Party ultimate;
    add_ids(ultimate, *last);
    out.ultimate_name = last->value("Nm");
    if (!ultimate.ids.empty()) out.ultimate_id = ultimate.ids.front();
  }
  return out;
}

}  // namespace ovillo::bank
