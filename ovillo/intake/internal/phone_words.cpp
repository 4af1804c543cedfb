#include "ovillo/intake/internal/phone_words.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/word_file.hpp"

namespace ovillo::intake {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  return digits >= 3 && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || c == '+' || c == ' ' || c == '-' || c == '.' || c == '(' ||
                  c == ')' || c == '*' || c == '#';
         });
}

template <class Enum>
Result<std::map<std::string, Enum, std::less<>>> named(const std::filesystem::path& path,
                                                       const toml::table* table) {
  std::map<std::string, Enum, std::less<>> out;
  if (table == nullptr) return out;
  for (const auto& [key, node] : *table) {
    const auto value = from_name<Enum>(node.value_or(std::string()));
    if (!value) return bad_data_file(path, fmt::format("'{}' has an unknown value", key.str()));
    out.emplace(key.str(), *value);
  }
  return out;
}

std::set<std::string, std::less<>> words(const toml::array* list) {
  std::set<std::string, std::less<>> out;
  if (list != nullptr)
    for (const auto& node : *list) out.insert(node.value_or(std::string()));
  return out;
}

}  // namespace

Result<PhoneWords> PhoneWords::open() {
  const std::filesystem::path path = data_folder() / "profiles" / "phone_report.toml";
  OVILLO_TRY(const toml::table table, read_toml(path));
  PhoneWords out;
  out.secret = words(table["secret"].as_array());
  out.around = words(table["around"].as_array());
  OVILLO_TRY(out.rows, named<RecordKind>(path, table["rows"].as_table()));
  OVILLO_TRY(out.fields, named<Field>(path, table["fields"].as_table()));
  if (const toml::table* models = table["fields_of"].as_table()) {
    for (const auto& [model, node] : *models) {
      OVILLO_TRY(auto fields, named<Field>(path, node.as_table()));
      out.fields_of.emplace(model.str(), std::move(fields));
    }
  }
  return out;
}

Field PhoneWords::field(std::string_view model, std::string_view path) const {
  if (const auto own = fields_of.find(model); own != fields_of.end())
    if (const auto found = own->second.find(path); found != own->second.end()) return found->second;
  const auto found = fields.find(path);
  return found == fields.end() ? Field::other : found->second;
}

std::string phone_of_identifier(std::string_view identifier) {
  const std::size_t at = identifier.find('@');
  if (at == std::string_view::npos)
    return is_number(identifier) ? std::string(identifier) : std::string();
  const std::string_view before = identifier.substr(0, at);
  if (identifier.substr(at + 1) != "s.whatsapp.net") return {};
  const bool digits = !before.empty() && std::all_of(before.begin(), before.end(), is_digit);
  return digits ? "+" + std::string(before) : std::string();
}

std::string seconds_of(std::string_view clock) {
  std::uint64_t seconds = 0;
  std::uint64_t part = 0;
  int colons = 0;
  for (const char c : clock.substr(0, clock.find('.'))) {
    if (c == ':') {
      seconds = (seconds + part) * 60;
      part = 0;
      ++colons;
    } else if (is_digit(c) && part < 1'000'000) {
      part = part * 10 + static_cast<std::uint64_t>(c - '0');
    } else {
      return std::string(clock);
    }
  }
  return colons == 2 ? fmt::format("{}", seconds + part) : std::string(clock);
}

}  // namespace ovillo::intake
