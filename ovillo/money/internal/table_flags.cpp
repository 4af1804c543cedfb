// Flags that the tables beside the transfers can raise: holders of accounts, contacts in adverts.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "ovillo/money/internal/flag_facts.hpp"

namespace ovillo::money {

namespace {

// One form of a phone, an e-mail, a handle or an account, however it is written. Phones are the
// same when their last nine digits are.
std::string contact_key(std::string_view text) {
  constexpr std::size_t kPhoneDigits = 9;
  constexpr std::size_t kLeastDigits = 7;
  std::string digits;
  std::string plain;
  bool phone = true;
  for (char c : text) {
    if (c >= '0' && c <= '9') digits += c;
    if (std::string_view("0123456789+()-./ ").find(c) == std::string_view::npos) phone = false;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c != ' ' && !(c == '@' && plain.empty())) plain += c;
  }
  if (!phone || digits.size() < kLeastDigits) return plain;
  return "tel:" +
         (digits.size() > kPhoneDigits ? digits.substr(digits.size() - kPhoneDigits) : digits);
}

}  // namespace

void see_pays_for_many_adverts(FlagRun& run) {
  const FlagInput& input = run.facts.input;
  if (input.adverts.empty()) return run.not_looked_for("no table of adverts is given (--adverts)");
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_payer;
  for (std::uint32_t i = 0; i < input.adverts.size(); ++i)
    if (!input.adverts[i].paid_by.empty() && !input.adverts[i].contact.empty() &&
        !input.lawful_payers.contains(input.adverts[i].paid_by))
      by_payer[input.adverts[i].paid_by].push_back(i);
  for (const auto& [payer, adverts] : by_payer) {
    std::set<std::string> contacts;
    std::vector<FlagRow> rows;
    for (const std::uint32_t i : adverts) {
      contacts.insert(contact_key(input.adverts[i].contact));
      rows.push_back({FlagTable::adverts, i});
    }
    if (static_cast<std::int64_t>(contacts.size()) >= run["min_contacts"])
      run.hit(payer, std::move(rows), {{"n_others", std::to_string(contacts.size())}});
  }
}

void see_holder_in_adverts(FlagRun& run) {
  const FlagInput& input = run.facts.input;
  if (input.adverts.empty() || input.holders.empty())
    return run.not_looked_for("tables of holders and of adverts are needed (--holders, --adverts)");
  std::map<std::string, std::vector<std::uint32_t>> adverts;  // by contact
  for (std::uint32_t i = 0; i < input.adverts.size(); ++i)
    if (!input.adverts[i].contact.empty())
      adverts[contact_key(input.adverts[i].contact)].push_back(i);
  struct Detail {
    std::string_view kind;
    const std::string Holder::* value;
  };
  constexpr std::array<Detail, 3> kDetails = {{{"the phone", &Holder::phone},
                                               {"the e-mail", &Holder::email},
                                               {"the account", &Holder::account}}};
  std::map<std::string, std::set<std::string>> accounts;  // by detail
  for (const Holder& holder : input.holders)
    for (const Detail& detail : kDetails)
      if (!(holder.*detail.value).empty())
        accounts[contact_key(holder.*detail.value)].insert(holder.account);
  std::map<std::string, std::pair<std::set<FlagRow>, std::set<std::string_view>>> hits;
  for (std::uint32_t h = 0; h < input.holders.size(); ++h) {
    const Holder& holder = input.holders[h];
    for (const Detail& detail : kDetails) {
      if ((holder.*detail.value).empty()) continue;
      const std::string key = contact_key(holder.*detail.value);
      const auto in_adverts = adverts.find(key);
      if (in_adverts == adverts.end() ||
          static_cast<std::int64_t>(accounts[key].size()) > run["max_accounts"])
        continue;
      auto& [rows, details] = hits[holder.account];
      rows.insert({FlagTable::holders, h});
      for (const std::uint32_t i : in_adverts->second) rows.insert({FlagTable::adverts, i});
      details.insert(detail.kind);
    }
  }
  for (const auto& [account, hit] : hits) {
    const auto& [rows, details] = hit;
    const auto n_adverts = std::count_if(rows.begin(), rows.end(), [](const FlagRow& row) {
      return row.table == FlagTable::adverts;
    });
    run.hit(account, {rows.begin(), rows.end()},
            {{"details", fmt::format("{}", fmt::join(details, ", "))},
             {"n_rows", std::to_string(n_adverts)}});
  }
}

void see_shared_details(FlagRun& run) {
  const FlagInput& input = run.facts.input;
  if (input.holders.empty()) return run.not_looked_for("no table of holders is given (--holders)");
  struct Detail {
    std::string_view kind;
    const std::string Holder::* value;
  };
  constexpr std::array<Detail, 4> kDetails = {{{"phone", &Holder::phone},
                                               {"e-mail", &Holder::email},
                                               {"address", &Holder::address},
                                               {"device", &Holder::device}}};
  struct Shared {
    std::set<FlagRow> rows;
    std::set<std::string_view> details;
    std::set<std::string> others;
  };
  std::map<std::string, Shared> hits;  // by account
  for (const Detail& detail : kDetails) {
    std::map<std::string, std::vector<std::uint32_t>> by_value;
    for (std::uint32_t h = 0; h < input.holders.size(); ++h) {
      const std::string& value = input.holders[h].*detail.value;
      if (!value.empty())
        by_value[detail.kind == "phone" ? contact_key(value) : spaced_words(value)].push_back(h);
    }
    for (const auto& [value, holders] : by_value) {
      std::set<std::string> people;
      std::set<std::string_view> accounts;
      for (const std::uint32_t h : holders) {
        people.insert(spaced_words(input.holders[h].name));
        accounts.insert(input.holders[h].account);
      }
      if (static_cast<std::int64_t>(people.size()) < run["min_people"] ||
          static_cast<std::int64_t>(accounts.size()) > run["max_accounts"])
        continue;
      for (const std::uint32_t h : holders) {
        Shared& shared = hits[input.holders[h].account];
        shared.details.insert(detail.kind);
        for (const std::uint32_t other : holders) shared.rows.insert({FlagTable::holders, other});
        shared.others.insert(people.begin(), people.end());
        shared.others.erase(spaced_words(input.holders[h].name));
      }
    }
  }
  for (const auto& [account, shared] : hits)
    run.hit(account, {shared.rows.begin(), shared.rows.end()},
            {{"details", fmt::format("{}", fmt::join(shared.details, ", "))},
             {"n_others", std::to_string(shared.others.size())}});
}

}  // namespace ovillo::money
