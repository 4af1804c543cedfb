#include "ovillo/bank/internal/goaml_party.hpp"

#include <fmt/format.h>

namespace ovillo::bank {

namespace {

std::optional<std::string> joined(const XmlNode& node,
                                  std::initializer_list<std::string_view> paths,
                                  std::string_view between) {
  std::string out;
  for (const std::string_view path : paths)
    if (const auto part = goaml_value(node, path))
      out += (out.empty() ? std::string() : std::string(between)) + *part;
  if (out.empty()) return std::nullopt;
  return out;
}

void add_contacts(Party& out, const XmlNode& node) {
  for (const XmlNode* phone : node.all("phones/phone"))
    if (const auto number = joined(*phone, {"tph_country_prefix", "tph_number"}, " "))
      out.phones.push_back(*number);
  const XmlNode* address = node.find("addresses/address");
  if (address == nullptr) return;
  out.address = joined(*address, {"address", "house_number", "town", "zip", "city", "state"}, ", ");
  if (!out.country) out.country = goaml_value(*address, "country_code");
}

void add_id(Party& out, const XmlNode& node, std::string_view path) {
  for (const XmlNode* id : node.all(path))
    if (!id->text.empty() && id->text != "-") out.ids.push_back(id->text);
}

std::optional<std::string> name_of_person(const XmlNode& person) {
  return joined(person, {"first_name", "middle_name", "prefix", "last_name"}, " ");
}

void read_person(Party& out, const XmlNode& person) {
  out.name = name_of_person(person);
  if (const auto birth = goaml_value(person, "birthdate")) out.birth_date = birth->substr(0, 10);
  for (const std::string_view id : {"ssn", "passport_number", "id_number", "identification/number",
                                    "identifications/identification/number", "tax_number"})
    add_id(out, person, id);
  add_contacts(out, person);
}

void read_entity(Party& out, const XmlNode& entity) {
  out.name = goaml_value(entity, "name");
  if (!out.name) out.name = goaml_value(entity, "commercial_name");
  add_id(out, entity, "incorporation_number");
  add_id(out, entity, "tax_number");
  add_contacts(out, entity);
}

void read_account(Party& out, const XmlNode& account) {
  out.account = goaml_value(account, "iban");
  if (!out.account) out.account = goaml_value(account, "account");
  for (const std::string_view bank : {"swift", "institution_code", "institution_name"})
    if (!out.bank) out.bank = goaml_value(account, bank);
  // Who holds it: the entity, else the signatory; the account's own name only where neither is.
  if (const XmlNode* entity = account.find("t_entity")) {
    read_entity(out, *entity);
  } else if (const XmlNode* person = account.find("signatory/t_person")) {
    read_person(out, *person);
  } else if (const XmlNode* related =
                 account.find("related_persons/account_related_person/t_person")) {
    read_person(out, *related);
  }
  if (!out.name) out.name = goaml_value(account, "account_name");
  add_id(out, account, "client_number");
}

}  // namespace

std::optional<std::string> goaml_value(const XmlNode& node, std::string_view path) {
  auto text = node.value(path);
  if (text && *text == "-") text.reset();
  return text;
}

Party goaml_party(const XmlNode& side, std::string_view prefix) {
  Party out;
  for (const std::string_view client : {"", "_my_client"}) {
    if (const XmlNode* account = side.find(fmt::format("{}account{}", prefix, client)))
      read_account(out, *account);
    if (const XmlNode* person = side.find(fmt::format("{}person{}", prefix, client)))
      read_person(out, *person);
    if (const XmlNode* entity = side.find(fmt::format("{}entity{}", prefix, client)))
      read_entity(out, *entity);
  }
  if (const auto country = goaml_value(side, fmt::format("{}country", prefix)))
    out.country = country;
  return out;
}

}  // namespace ovillo::bank
