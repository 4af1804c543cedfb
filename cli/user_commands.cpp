// user.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_context.hpp"
#include "cli/password_prompt.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::cli {

namespace {

using casework::Act;
using casework::UserRole;

std::vector<std::string> names_of(const std::vector<UserRole>& roles) {
  std::vector<std::string> out;
  for (const UserRole role : roles) out.emplace_back(name_of(role));
  return out;
}

Result<std::vector<UserRole>> roles_option(const Arguments& arguments) {
  std::vector<UserRole> out;
  for (const std::string& name : arguments.all("role")) {
    const auto role = from_name<UserRole>(name);
    if (!role) return Error(ErrorCode::casework_unknown_role, name);
    out.push_back(*role);
  }
  return out;
}

Result<void> list_users(CommandContext& context, flow::Session& session) {
  OVILLO_TRY(const auto lines, session.accounts());
  if (context.json()) {
    context.door.out << flow::to_json(lines) << '\n';
    return {};
  }
  for (const auto& line : lines) {
    std::string roles = line.owner ? "owner" : "";
    for (const std::string& role : names_of(line.roles))
      roles += (roles.empty() ? "" : ", ") + role;
    context.door.out << fmt::format("{:<20} {}{}{}\n", line.name, roles.empty() ? "no role" : roles,
                                    line.has_password ? "" : "; no password",
                                    line.ended ? "; ended" : "");
  }
  return {};
}

/// What each role may do: the table of data/roles.toml in words.
Result<void> list_roles(CommandContext& context) {
  OVILLO_TRY(const auto table, casework::Roles::open(vocabulary_folder(context.arguments)));
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (std::size_t r = 0; r < casework::kRoles; ++r) {
    const auto role = static_cast<UserRole>(r);
    const auto rights = table.rights_of({&role, 1});
    std::vector<std::string> acts;
    std::string sentences;
    for (std::size_t a = 0; a < casework::kActs; ++a) {
      const auto act = static_cast<Act>(a);
      if (!rights.may(act)) continue;
      acts.emplace_back(name_of(act));
      if (act != Act::sign_in) sentences += "  " + table.sentence(act) + "\n";
    }
    out.push_back({{"role", std::string(name_of(role))},
                   {"title", table.title(role)},
                   {"sees_cases", rights.sees_cases},
                   {"acts", acts}});
    if (!context.json())
      context.door.out << fmt::format("{} ({}){}\n{}", table.title(role), name_of(role),
                                      rights.sees_cases ? "" : ", sees no case", sentences);
  }
  if (context.json()) context.door.out << nlohmann::ordered_json{{"roles", out}}.dump() << '\n';
  return {};
}

Result<std::string> new_password(CommandContext& context, const std::string& name) {
  if (context.arguments.has("new-password-file"))
    return first_line_of(context.arguments.get("new-password-file"));
  OVILLO_TRY(const auto once, ask_password(fmt::format("New password of {}: ", name)));
  OVILLO_TRY(const auto twice, ask_password("The same again: "));
  if (once != twice) return Error(ErrorCode::base_bad_argument, "the two were not the same");
  return once;
}

}  // namespace

Result<void> do_user(CommandContext& context) {
  const std::string action = context.arguments.get("action");
  const std::string name = context.arguments.get("user-name");
  if (action == "roles") return list_roles(context);
  OVILLO_TRY(auto* session, context.session());
  if (action == "list") return list_users(context, *session);
  if (!name.empty() && (action == "add" || action == "role")) {
    OVILLO_TRY(auto roles, roles_option(context.arguments));
    if (roles.empty()) return Error(ErrorCode::base_bad_argument, "--role is missing");
    return action == "add" ? session->add_account(name, std::move(roles))
                           : session->set_roles(name, std::move(roles));
  }
  if (!name.empty() && action == "end") return session->end_account(name);
  if (!name.empty() && action == "password") {
    OVILLO_TRY(const auto password, new_password(context, name));
    return session->set_password(name, password);
  }
  return Error(ErrorCode::base_bad_argument,
               "user list, user roles, or user add, role, password or end with a NAME");
}

}  // namespace ovillo::cli
