#include "ovillo/casework/roles.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ovillo/casework/internal/vocabulary_file.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

// Ascending by name: act_of() searches by halves.
constexpr std::pair<std::string_view, Act> kActions[] = {
    {"add", Act::bring_in},        {"audit", Act::audit},
    {"backup", Act::install},      {"case", Act::look},
    {"case.keep", Act::keep_case}, {"categorise", Act::categorise},
    {"chart", Act::look},          {"compare", Act::look},
    {"compartment", Act::grant},   {"compartments", Act::look},
    {"copy", Act::install},        {"decide", Act::decide},
    {"disclose", Act::export_out}, {"excise", Act::hold},
    {"export", Act::export_out},   {"flows", Act::look},
    {"grant", Act::grant},         {"hold", Act::hold},
    {"identities", Act::look},     {"import", Act::bring_in},
    {"judge", Act::judge},         {"networks", Act::look},
    {"password", Act::sign_in},    {"payers", Act::install},
    {"report", Act::export_out},   {"restore", Act::install},
    {"retention", Act::hold},      {"retention.apply", Act::hold},
    {"revoke", Act::grant},        {"run", Act::compute},
    {"search", Act::search},       {"serve", Act::sign_in},
    {"show", Act::look},           {"source", Act::bring_in},
    {"sources", Act::look},        {"trace", Act::look},
    {"train", Act::train},         {"urgent", Act::look},
    {"user", Act::accounts},       {"users", Act::accounts},
    {"what-if", Act::look},        {"why", Act::look},
    {"why-not", Act::look},
};

}  // namespace

std::span<const std::string_view> names(Act) {
  static constexpr std::string_view kNames[] = {
      "look",       "search",  "bring_in", "compute",    "judge",         "keep_case",
      "categorise", "decide",  "hold",     "export",     "train",         "grant",
      "accounts",   "install", "audit",    "statistics", "personal_data", "sign_in"};
  static_assert(std::size(kNames) == kActs);
  return kNames;
}

std::span<const std::string_view> names(UserRole) {
  static constexpr std::string_view kNames[] = {
      "analyst", "investigator",           "social_inspector", "case_officer",
      "liaison", "statistician",           "supervisor",       "administrator",
      "auditor", "data_protection_officer"};
  static_assert(std::size(kNames) == kRoles);
  return kNames;
}

std::span<const std::pair<std::string_view, Act>> actions() { return kActions; }

std::optional<Act> act_of(std::string_view action) {
  const auto* found =
      std::lower_bound(std::begin(kActions), std::end(kActions), action,
                       [](const auto& entry, std::string_view name) { return entry.first < name; });
  if (found == std::end(kActions) || found->first != action) return std::nullopt;
  return found->second;
}

/// data/roles.toml, parsed, with its path for errors.
class RolesFile {
 public:
  RolesFile(std::filesystem::path path, toml::table table)
      : path_(std::move(path)), table_(std::move(table)) {}
  [[nodiscard]] const toml::table& table() const { return table_; }
  [[nodiscard]] Error bad(std::string_view entry) const { return bad_entry(path_, entry); }

  template <class T>
  Result<std::vector<T>> list(const toml::table& of, std::string_view key) const {
    std::vector<T> out;
    const auto* items = of[key].as_array();
    if (items == nullptr) return bad(key);
    for (const toml::node& item : *items) {
      const auto value = from_name<T>(item.value_or(std::string_view()));
      if (!value) return bad(fmt::format("{}: {}", key, item.value_or(std::string())));
      out.push_back(*value);
    }
    return out;
  }

 private:
  std::filesystem::path path_;
  toml::table table_;
};

Result<void> Roles::read_acts(const RolesFile& file) {
  for (std::size_t i = 0; i < kActs; ++i) {
    const std::string_view name = name_of(static_cast<Act>(i));
    const auto sentence = file.table()["act"][name].value<std::string>();
    if (!sentence) return file.bad(name);
    sentences_[i] = *sentence;
  }
  const auto* all = file.table()["act"].as_table();
  if (all == nullptr || all->size() != kActs) return file.bad("act");
  return {};
}

Result<void> Roles::read_roles(const RolesFile& file) {
  for (std::size_t i = 0; i < kRoles; ++i) {
    const std::string_view name = name_of(static_cast<UserRole>(i));
    const auto* role = file.table()["role"][name].as_table();
    if (role == nullptr) return file.bad(name);
    const auto title = (*role)["title"].value<std::string>();
    const auto sees_cases = (*role)["sees_cases"].value<bool>();
    if (!title || !sees_cases) return file.bad(name);
    titles_[i] = *title;
    rights_[i].sees_cases = *sees_cases;
    OVILLO_TRY(const auto acts, file.list<Act>(*role, "acts"));
    for (const Act act : acts) rights_[i].acts.set(static_cast<std::size_t>(act));
  }
  const auto* all = file.table()["role"].as_table();
  if (all == nullptr || all->size() != kRoles) return file.bad("role");
  return {};
}

Result<void> Roles::read_pairs(const RolesFile& file) {
  const auto* pairs = file.table()["never_together"].as_array();
  if (pairs == nullptr) return file.bad("never_together");
  for (const toml::node& node : *pairs) {
    const auto* entry = node.as_table();
    if (entry == nullptr) return file.bad("never_together");
    const auto role = from_name<UserRole>((*entry)["role"].value_or(std::string_view()));
    const auto why = (*entry)["why"].value<std::string>();
    if (!role || !why) return file.bad("never_together");
    OVILLO_TRY(const auto others, file.list<UserRole>(*entry, "with"));
    for (const UserRole other : others) never_together_.push_back({*role, other, *why});
  }
  return {};
}

Result<Roles> Roles::open(const std::filesystem::path& data) {
  const auto path = data / "roles.toml";
  OVILLO_TRY(auto table, read_vocabulary(path));
  const RolesFile file(path, std::move(table));
  Roles out;
  OVILLO_CHECK(out.read_acts(file));
  OVILLO_CHECK(out.read_roles(file));
  OVILLO_CHECK(out.read_pairs(file));
  return out;
}

Rights Roles::rights_of(std::span<const UserRole> roles) const {
  Rights out;
  if (!roles.empty()) out.acts.set(static_cast<std::size_t>(Act::sign_in));
  for (const UserRole role : roles) {
    const Rights& one = rights_[static_cast<std::size_t>(role)];
    out.acts |= one.acts;
    out.sees_cases = out.sees_cases || one.sees_cases;
  }
  return out;
}

Result<void> Roles::check_together(std::span<const UserRole> roles) const {
  const auto has = [&](UserRole role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  for (const Pair& pair : never_together_)
    if (has(pair.a) && has(pair.b))
      return Error(ErrorCode::casework_roles_not_together,
                   fmt::format("{} and {}: {}", title(pair.a), title(pair.b), pair.why));
  return {};
}

}  // namespace ovillo::casework
