#include "ovillo/bank/internal/mt940_details.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ovillo/bank/internal/values.hpp"

namespace ovillo::bank {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_tag_letter(char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); }

std::string without_line_ends(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '\n' && c != '\r') out.push_back(c);
  return out;
}

void set(std::optional<std::string>& field, std::string_view value) {
  if (auto said = stated(value)) field = std::move(said);
}

Party& counterparty_of(Entry& entry) {
  return entry.direction == Direction::credit ? entry.from : entry.to;
}

Party& own_of(Entry& entry) { return entry.direction == Direction::credit ? entry.to : entry.from; }

// --- ?nn -----------------------------------------------------------------------------------------

// Three digits, then a separator that two digits follow: 166?00..., 000>10...
bool is_subfielded(std::string_view text) {
  return text.size() >= 6 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         !is_tag_letter(text[3]) && text[3] != ' ' && is_digit(text[4]) && is_digit(text[5]);
}

// SEPA words inside ?20 to ?29. @source DK, annex 3 of the DFUe agreement, "SEPA-Belegung".
constexpr std::string_view kSepaWords[] = {"EREF", "KREF", "MREF", "CRED", "DEBT", "COAM", "OAMT",
                                           "SVWZ", "ABWA", "ABWE", "IBAN", "BIC",  "PURP", "RREF"};

struct Tagged {
  std::string tag;
  std::string value;
};

std::vector<Tagged> sepa_parts(std::string_view text) {
  std::vector<Tagged> parts{{"", ""}};
  for (std::size_t i = 0; i < text.size();) {
    const auto word =
        std::find_if(std::begin(kSepaWords), std::end(kSepaWords), [&](std::string_view candidate) {
          return text.substr(i).starts_with(candidate) &&
                 text.substr(i + candidate.size()).starts_with('+');
        });
    if (word == std::end(kSepaWords)) {
      parts.back().value.push_back(text[i++]);
      continue;
    }
    parts.push_back({std::string(*word), ""});
    i += word->size() + 1;
  }
  return parts;
}

void read_sepa(std::string_view text, Entry& entry) {
  Party& other = counterparty_of(entry);
  for (const auto& [tag, value] : sepa_parts(text)) {
    if (tag.empty() || tag == "SVWZ") {
      if (auto said = stated(value)) entry.remittance.push_back(*said);
    } else if (tag == "EREF") {
      set(entry.references.end_to_end, value);
    } else if (tag == "KREF") {
      set(entry.references.customer, value);
    } else if (tag == "MREF") {
      set(entry.references.mandate, value);
    } else if (tag == "CRED" || tag == "DEBT") {
      set(entry.references.creditor_id, value);
    } else if (tag == "ABWA" || tag == "ABWE") {
      // The one who acts through the counterparty: payer (ABWA) of a credit, payee of a debit.
      const bool others = (tag == "ABWA") == (entry.direction == Direction::credit);
      set((others ? other : own_of(entry)).ultimate_name, value);
    } else if (tag == "IBAN") {
      set(other.account, value);
    } else if (tag == "BIC") {
      set(other.bank, value);
    } else if (tag == "PURP") {
      set(entry.purpose, value);
    }
  }
}

void read_subfields(std::string_view raw, Entry& entry) {
  const std::string text = without_line_ends(raw);
  const char separator = text[3];
  entry.proprietary_code = text.substr(0, 3);
  std::map<int, std::string> fields;
  int open = -1;
  for (std::size_t i = 3; i < text.size();) {
    const bool begins = text[i] == separator && i + 2 < text.size() + 0 && is_digit(text[i + 1]) &&
                        is_digit(text[i + 2]);
    if (begins) {
      open = small_number(std::string_view(text).substr(i + 1, 2));
      fields[open];
      i += 3;
    } else {
      if (open >= 0) fields[open].push_back(text[i]);
      ++i;
    }
  }
  Party& other = counterparty_of(entry);
  std::string purpose;
  std::string name;
  for (const auto& [number, value] : fields) {
    if ((number >= 20 && number <= 29) || (number >= 60 && number <= 63)) purpose += value;
    if (number == 32 || number == 33) name += value;
  }
  if (fields.contains(0)) set(entry.information, fields[0]);
  if (fields.contains(30)) set(other.bank, fields[30]);
  if (fields.contains(31)) set(other.account, fields[31]);
  set(other.name, name);
  if (fields.contains(34)) set(entry.return_reason, fields[34]);
  read_sepa(purpose, entry);
}

// --- /TAG/ ---------------------------------------------------------------------------------------

// Tags of the Dutch and Belgian banks. A name inside /BENM//NAME/ belongs to the tag before it.
constexpr std::string_view kSlashTags[] = {
    "EREF", "PREF", "IREF",  "KREF", "MARF", "CSID", "BENM", "ORDP", "NAME",
    "ADDR", "IBAN", "BIC",   "ID",   "REMI", "ISDT", "TRTP", "RTRN", "NRTX",
    "UDTR", "UCRD", "PURP",  "SVCL", "EXCH", "CHGS", "OCMT", "TRCD", "SUBA",
    "CNTP", "BUSP", "CHGS1", "CREF", "NTRX", "ULTC", "ULTD", "OAMT", "COMM"};

bool is_slash_tag(std::string_view word) {
  return std::find(std::begin(kSlashTags), std::end(kSlashTags), word) != std::end(kSlashTags);
}

std::vector<Tagged> slash_parts(std::string_view text) {
  std::vector<Tagged> parts;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '/') {
      const std::size_t end = text.find('/', i + 1);
      if (end != std::string_view::npos && is_slash_tag(text.substr(i + 1, end - i - 1))) {
        parts.push_back({std::string(text.substr(i + 1, end - i - 1)), ""});
        i = end + 1;
        continue;
      }
    }
    if (!parts.empty()) parts.back().value.push_back(text[i]);
    ++i;
  }
  for (auto& [tag, value] : parts)
    while (value.ends_with('/')) value.pop_back();
  return parts;
}

// "/CNTP/account/BIC/name/city": four values in a row.
void read_counterparty(std::string_view value, Party& other) {
  std::optional<std::string>* const fields[] = {&other.account, &other.bank, &other.name,
                                                &other.address};
  for (auto* field : fields) {
    const std::size_t end = std::min(value.find('/'), value.size());
    set(*field, value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
}

void read_slash_tags(std::string_view raw, Entry& entry) {
  Party& other = counterparty_of(entry);
  for (auto& [tag, value] : slash_parts(without_line_ends(raw))) {
    if (tag == "EREF" || tag == "CREF") {
      set(entry.references.end_to_end, value);
    } else if (tag == "MARF") {
      set(entry.references.mandate, value);
    } else if (tag == "CSID") {
      set(entry.references.creditor_id, value);
    } else if (tag == "PREF") {
      set(entry.references.payment_information, value);
    } else if (tag == "IREF") {
      set(entry.references.instruction, value);
    } else if (tag == "NAME") {
      set(other.name, value);
    } else if (tag == "ADDR") {
      set(other.address, value);
    } else if (tag == "IBAN") {
      set(other.account, value);
    } else if (tag == "BIC") {
      set(other.bank, value);
    } else if (tag == "CNTP") {
      read_counterparty(value, other);
    } else if (tag == "UDTR" || tag == "ULTD") {
      set(entry.from.ultimate_name, value);
    } else if (tag == "UCRD" || tag == "ULTC") {
      set(entry.to.ultimate_name, value);
    } else if (tag == "PURP") {
      set(entry.purpose, value);
    } else if (tag == "RTRN") {
      set(entry.return_reason, value);
    } else if (tag == "REMI") {
      for (const std::string_view form : {"USTD//", "STRD/CUR/"})
        if (value.starts_with(form)) value.erase(0, form.size());
      if (auto said = stated(value)) entry.remittance.push_back(*said);
    }
  }
}

// --- words ---------------------------------------------------------------------------------------

// Words of banks that write labels into free text: Knab (nl), mBank (pl).
enum class Meaning { account, name, remittance, reference };
constexpr std::pair<std::string_view, Meaning> kLabels[] = {
    {"REK: ", Meaning::account},       {"/NAAM: ", Meaning::name},
    {"; Z RACH.: ", Meaning::account}, {"; NA RACH.: ", Meaning::account},
    {"; OD: ", Meaning::name},         {"; DLA: ", Meaning::name},
    {"; TYT.: ", Meaning::remittance}, {"; TNR: ", Meaning::reference},
};

bool read_labels(std::string_view text, Entry& entry) {
  struct Found {
    std::size_t at, end;
    Meaning meaning;
  };
  std::vector<Found> found;
  for (const auto& [label, meaning] : kLabels) {
    // A line may end within the label's last space.
    const std::size_t at = text.find(label.substr(0, label.size() - 1));
    if (at != std::string_view::npos) found.push_back({at, at + label.size() - 1, meaning});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.at < b.at; });
  Party& other = counterparty_of(entry);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t end = i + 1 < found.size() ? found[i + 1].at : text.size();
    std::string value(text.substr(found[i].end, end - found[i].end));
    std::replace(value.begin(), value.end(), '\n', ' ');
    switch (found[i].meaning) {
      case Meaning::account:
        set(other.account, value);
        break;
      case Meaning::name:
        set(other.name, value);
        break;
      case Meaning::remittance:
        if (auto said = stated(value)) entry.remittance.push_back(*said);
        break;
      case Meaning::reference:
        set(entry.references.transaction, value);
        break;
    }
  }
  return !found.empty();
}

void read_free(std::string_view text, Entry& entry) {
  const std::size_t line_end = std::min(text.find('\n'), text.size());
  const std::string_view first = text.substr(0, line_end);
  const std::size_t space = std::min(first.find(' '), first.size());
  if (is_iban(first.substr(0, space))) {
    Party& other = counterparty_of(entry);
    set(other.account, first.substr(0, space));
    set(other.name, first.substr(space));
    text.remove_prefix(line_end);
  } else if (read_labels(text, entry) && !entry.remittance.empty()) {
    return;
  }
  if (auto said = stated(text)) entry.remittance.push_back(*said);
}

}  // namespace

void read_details(std::string_view text, Entry& entry) {
  set(entry.information, text);
  if (is_subfielded(text)) return read_subfields(text, entry);
  const std::string joined = without_line_ends(text);
  if (!slash_parts(joined).empty() && joined.starts_with('/')) return read_slash_tags(text, entry);
  read_free(text, entry);
}

}  // namespace ovillo::bank
