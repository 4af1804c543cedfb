#include "ovillo/casework/privileged_parties.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/casework/internal/vocabulary_file.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::casework {

namespace {

constexpr std::size_t kLeastDigits = 8;  // below it numbers of different countries end alike
constexpr std::size_t kMostSigns = 64;   // of a number with its marks
constexpr std::array<std::string_view, 3> kKinds = {"lawyer", "doctor", "reception_centre"};
// A column of the WhatsApp reader alone: one file is one conversation there.
constexpr std::string_view kOneChat = "sender_name_is";

bool names_a_side(Field field) {
  switch (field) {
    case Field::phone:
    case Field::from_phone:
    case Field::to_phone:
    case Field::email:
    case Field::handle:
    case Field::author:
    case Field::account:
    case Field::name:
    case Field::from_name:
    case Field::to_name:
      return true;
    default:
      return false;
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Its digits from the last to the first, without zeros before the number; empty: no number.
std::string from_its_end(std::string_view value) {
  std::string out;
  if (value.size() > kMostSigns) return out;
  // "+44 (0) 7700": the zero is dialled at home alone.
  if (const std::size_t trunk = value.find("(0)"); trunk != value.npos)
    return from_its_end(fmt::format("{}{}", value.substr(0, trunk), value.substr(trunk + 3)));
  for (const char c : value) {
    if (is_digit(c))
      out += c;
    else if (std::string_view(" +-./()\xc2\xa0").find(c) == std::string_view::npos)
      return {};
  }
  out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
  std::reverse(out.begin(), out.end());
  return out;
}

std::string plain(std::string_view value) {
  std::string out;
  for (const char c : text::folded(value)) {
    const bool is_blank = c == ' ' || c == '\t' || c == '\n';
    if (!is_blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string_view cell_named(const RecordBatch& batch, std::size_t i, std::string_view name) {
  const Range cells = batch.fields[i];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (text::folded(batch.columns[batch.cell_column[c]].name) == name) return batch.cell_value[c];
  return {};
}

std::optional<std::vector<std::string>> strings(const toml::table& table, std::string_view name) {
  std::vector<std::string> out;
  if (!table.contains(name)) return out;
  const auto* list = table[name].as_array();
  if (list == nullptr) return std::nullopt;
  for (const auto& node : *list) {
    const auto one = node.value<std::string>();
    if (!one || one->empty()) return std::nullopt;
    out.push_back(*one);
  }
  return out;
}

}  // namespace

Result<PrivilegedParties> PrivilegedParties::open(const std::filesystem::path& data,
                                                  const std::filesystem::path& workspace) {
  PrivilegedParties out;
  OVILLO_CHECK(out.read(data / "privileged.toml"));
  if (out.conversation_columns_.empty()) return bad_entry(data / "privileged.toml", "conversation");
  const auto own = workspace / "privileged.toml";
  std::error_code unknown;
  const bool is_there = std::filesystem::exists(own, unknown);
  if (is_there || unknown) OVILLO_CHECK(out.read(own));
  return out;
}

Result<void> PrivilegedParties::read(const std::filesystem::path& path) {
  OVILLO_TRY(const auto file, read_vocabulary(path));
  const auto columns = strings(file, "conversation");
  if (!columns) return bad_entry(path, "conversation");
  for (const std::string& column : *columns) conversation_columns_.push_back(text::folded(column));
  const auto* parties = file["party"].as_array();
  if (parties == nullptr) return bad_entry(path, "party");
  for (std::size_t i = 0; i < parties->size(); ++i) {
    const auto bad = [&](std::string_view what) {
      return bad_entry(path, fmt::format("party number {}: {}", i + 1, what));
    };
    const auto* party = parties->get(i)->as_table();
    if (party == nullptr) return bad("no table");
    if (std::ranges::find(kKinds, (*party)["kind"].value_or(std::string_view())) == kKinds.end())
      return bad("kind");
    if ((*party)["source"].value_or(std::string_view()).empty()) return bad("source");
    if (!(*party)["checked"].value<toml::date>()) return bad("checked");
    const auto phones = strings(*party, "phones");
    const auto emails = strings(*party, "emails");
    const auto names = strings(*party, "names");
    if (!phones || !emails || !names) return bad("phones, emails or names");
    if (phones->empty() && emails->empty() && names->empty())
      return bad("no phone, e-mail or name");
    for (const std::string& phone : *phones) {
      const std::string digits = from_its_end(phone);
      if (digits.size() < kLeastDigits) return bad(phone);
      digits_.insert(digits);
    }
    for (const std::string& email : *emails) {
      const std::string folded = text::folded(email);
      if (folded.find('@') == folded.npos) return bad(email);
      if (folded.front() == '@')
        domains_.insert(folded.substr(1));
      else
        emails_.insert(folded);
    }
    for (const std::string& name : *names) names_.insert(plain(name));
    ++n_parties_;
  }
  return {};
}

bool PrivilegedParties::has_phone(std::string_view value) const {
  const std::string digits = from_its_end(value);
  if (digits.size() < kLeastDigits) return false;
  // Those that `digits` is the end of follow it; those that are its own end are its beginnings.
  const auto at = digits_.lower_bound(digits);
  if (at != digits_.end() && at->starts_with(digits)) return true;
  for (std::size_t n = kLeastDigits; n < digits.size(); ++n)
    if (digits_.contains(std::string_view(digits).substr(0, n))) return true;
  return false;
}

bool PrivilegedParties::has_email(std::string_view value) const {
  const std::string email = text::folded(value);
  if (emails_.contains(email)) return true;
  std::string_view domain = std::string_view(email).substr(email.find('@') + 1);
  while (!domain.empty()) {
    if (domains_.contains(domain)) return true;
    const std::size_t dot = domain.find('.');
    domain = dot == domain.npos ? std::string_view() : domain.substr(dot + 1);
  }
  return false;
}

bool PrivilegedParties::has(std::string_view value) const {
  const std::size_t at = value.find('@');
  // "447700900123@s.whatsapp.net" is a number written as an address.
  if (at != value.npos && at > 0) return has_email(value) || has_phone(value.substr(0, at));
  return has_phone(value) || names_.contains(plain(value));
}

bool PrivilegedParties::is_side(const RecordBatch& batch, std::size_t i) const {
  if (batch.kind[i] != RecordKind::message && batch.kind[i] != RecordKind::call) return false;
  const Range cells = batch.fields[i];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (names_a_side(batch.columns[batch.cell_column[c]].field) && has(batch.cell_value[c]))
      return true;
  return false;
}

std::string PrivilegedParties::conversation(const RecordBatch& batch, std::size_t i) const {
  if (batch.kind[i] != RecordKind::message && batch.kind[i] != RecordKind::call) return {};
  for (const std::string& column : conversation_columns_)
    if (const std::string_view value = cell_named(batch, i, column); !value.empty())
      return fmt::format("{}\n{}\n{}", batch.member, column, value);
  const bool is_one_chat = std::ranges::any_of(
      batch.columns, [](const ColumnInfo& column) { return column.name == kOneChat; });
  return is_one_chat ? batch.member + "\n" : std::string();
}

void SealedConversations::note(const RecordBatch& batch) {
  if (parties_.empty()) return;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (!parties_.is_side(batch, i) && !mails_.contains(cell_named(batch, i, "attached_to")))
      continue;
    if (std::string key = parties_.conversation(batch, i); !key.empty())
      conversations_.insert(std::move(key));
    if (const std::string_view id = cell_named(batch, i, "message-id"); !id.empty())
      mails_.emplace(id);
  }
}

bool SealedConversations::is_sealed(const RecordBatch& batch, std::size_t i) const {
  if (parties_.empty()) return false;
  return parties_.is_side(batch, i) || mails_.contains(cell_named(batch, i, "attached_to")) ||
         conversations_.contains(parties_.conversation(batch, i));
}

}  // namespace ovillo::casework
