#include "cli/commands.hpp"

#include <charconv>
#include <cstdlib>
#include <exception>
#include <functional>
#include <map>
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "cli/forward.hpp"
#include "cli/password_prompt.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/json.hpp"

namespace ovillo::cli {

namespace {

// The words to send to a serving owner: who asks is said there, not left to the environment of
// the process that serves.
std::vector<std::string> words_for_owner(const Arguments& arguments,
                                         std::vector<std::string> argv) {
  if (const std::string user = environment("OVILLO_USER"); !arguments.has("user")) {
    argv.emplace_back("--user");
    argv.push_back(user.empty() ? std::string(flow::Asker{}.user) : user);
  }
  if (const std::string path = environment("OVILLO_PASSWORD_FILE");
      !path.empty() && !arguments.has("password-file")) {
    argv.emplace_back("--password-file");
    argv.push_back(path);
  }
  return argv;
}

using Command = Result<void> (*)(CommandContext&);

const std::map<std::string, Command>& commands() {
  static const std::map<std::string, Command> table = {{"init", do_init},
                                                       {"copy", do_copy},
                                                       {"backup", do_backup},
                                                       {"restore", do_restore},
                                                       {"compartment", do_compartment},
                                                       {"grant", do_grant},
                                                       {"revoke", do_revoke},
                                                       {"source", do_source},
                                                       {"user", do_user},
                                                       {"case", do_case},
                                                       {"decide", do_decide},
                                                       {"exhibit", do_exhibit},
                                                       {"custody", do_custody},
                                                       {"hold", do_hold},
                                                       {"excise", do_excise},
                                                       {"retention", do_retention},
                                                       {"map", do_map},
                                                       {"import", do_import},
                                                       {"payers", do_payers},
                                                       {"add", do_add},
                                                       {"run", do_run},
                                                       {"train", do_train},
                                                       {"networks", do_networks},
                                                       {"urgent", do_urgent},
                                                       {"show", do_show},
                                                       {"why", do_why},
                                                       {"search", do_search},
                                                       {"identities", do_identities},
                                                       {"export", do_export},
                                                       {"report", do_report},
                                                       {"disclose", do_disclose},
                                                       {"replay", do_replay},
                                                       {"serve", do_serve},
                                                       {"audit", do_audit},
                                                       {"extract", do_extract},
                                                       {"cluster", do_cluster},
                                                       {"resolve", do_resolve},
                                                       {"why-not", do_why_not},
                                                       {"judge", do_judge},
                                                       {"names", do_names},
                                                       {"network", do_network},
                                                       {"what-if", do_what_if},
                                                       {"routes", do_routes},
                                                       {"flows", do_flows},
                                                       {"flags", do_flags},
                                                       {"employment", do_employment},
                                                       {"trace", do_trace},
                                                       {"estimate", do_estimate},
                                                       {"release", do_release},
                                                       {"recommendations", do_recommendations},
                                                       {"statements", do_statements},
                                                       {"request", do_request},
                                                       {"synth", do_synth},
                                                       {"demo", do_demo},
                                                       {"score", do_score},
                                                       {"generate", do_generate}};
  return table;
}

int fail(const Error& error, const Arguments& arguments, const Door& door) {
  if (arguments.has("json")) {
    door.out << flow::to_json(error) << '\n';
  } else {
    door.err << "ovillo: " << error.message() << '\n';
  }
  return info(error.code()).exit_code;
}

}  // namespace

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

std::filesystem::path workspace_folder(const Arguments& arguments) {
  const std::string named = arguments.get("workspace", environment("OVILLO_WORKSPACE"));
  return named.empty() ? "ovillo-workspace" : named;
}

std::filesystem::path vocabulary_folder(const Arguments& arguments) {
  const std::string named = arguments.get("data");
  return named.empty() ? data_folder() : std::filesystem::path(named);
}

flow::Asker CommandContext::asker() const {
  flow::Asker asker;
  const std::string user = arguments.get("user", environment("OVILLO_USER"));
  if (!user.empty()) asker.user = user;
  asker.purpose = arguments.get("purpose", asker.purpose);
  asker.case_reference = arguments.get("case");
  asker.now_utc_s = door.now_utc_s;
  return asker;
}

Result<std::string> CommandContext::password() const {
  const std::string path = arguments.get("password-file", environment("OVILLO_PASSWORD_FILE"));
  if (!path.empty()) return first_line_of(path);
  return ask_password(fmt::format("Password of {}: ", asker().user));
}

Result<flow::Owner*> CommandContext::owner() {
  if (door.owner != nullptr) return door.owner;
  if (!own_) {
    OVILLO_TRY(own_, flow::Owner::open(workspace_folder(arguments), vocabulary_folder(arguments)));
  }
  return &*own_;
}

Result<flow::Session*> CommandContext::session() {
  if (!session_) {
    OVILLO_TRY(auto* opened, owner());
    OVILLO_TRY(session_, session_of(*opened));
  }
  return &*session_;
}

Result<flow::Session> CommandContext::session_of(flow::Owner& owner) const {
  flow::Asker who = asker();
  OVILLO_TRY(const bool doors, owner.has_doors());
  if (doors) {
    OVILLO_TRY(who.password, password());
  }
  return flow::Session::open(owner, std::move(who));
}

Result<std::uint64_t> number_option(const Arguments& arguments, const std::string& name,
                                    std::uint64_t otherwise) {
  if (!arguments.has(name)) return otherwise;
  const std::string text = arguments.get(name);
  std::uint64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size())
    return Error(ErrorCode::base_bad_argument,
                 "--" + name + " takes a whole number, not \"" + text + "\"");
  return number;
}

Result<void> check_format(const Arguments& arguments,
                          std::initializer_list<std::string_view> known) {
  const std::string format = arguments.get("format", std::string(*known.begin()));
  std::string list;
  for (const std::string_view one : known) {
    if (one == format) return {};
    list += (list.empty() ? "" : " or ") + std::string(one);
  }
  return Error(ErrorCode::base_bad_argument, "--format is " + list + ", not \"" + format + "\"");
}

Result<std::int64_t> day_option(const Arguments& arguments, const std::string& name,
                                std::int64_t otherwise) {
  if (!arguments.has(name)) return otherwise;
  const auto time = parse_time(arguments.get(name), Zone::utc(), DateOrder::day_first);
  if (!time)
    return Error(
        ErrorCode::base_bad_argument,
        "--" + name + " takes a day such as 2026-11-22, not \"" + arguments.get(name) + "\"");
  return time->begin_utc_s;
}

Result<void> write_out(CommandContext& context, const std::string& text,
                       const std::string& otherwise) {
  const std::string path = context.arguments.get("out", otherwise);
  if (path.empty() || path == "-") {
    context.door.out << text;
    return {};
  }
  OVILLO_CHECK(write_file(path, text));
  context.door.err << "written: " << path << '\n';
  return {};
}

int run_command(const Arguments& arguments, const Door& door) {
  const auto threads = number_option(arguments, "threads", 0);
  if (!threads) return fail(threads.error(), arguments, door);
  if (*threads > 0) set_thread_count(static_cast<unsigned>(*threads));
  CommandContext context(arguments, door);
  try {
    const Result<void> done = commands().at(arguments.verb)(context);
    if (!done) return fail(done.error(), arguments, door);
  } catch (const std::exception& fault) {
    return fail(Error(ErrorCode::base_internal, fault.what()), arguments, door);
  }
  return 0;
}

int run_parsed(const Parsed& parsed, const Door& door) {
  if (parsed.error) return fail(*parsed.error, parsed.arguments, door);
  if (!parsed.message) return run_command(parsed.arguments, door);
  door.out << *parsed.message;
  return 0;
}

int run_program(const std::vector<std::string>& argv, const Door& door) {
  const Parsed parsed = parse(argv);
  if (parsed.error || parsed.message) return run_parsed(parsed, door);
  if (const auto status =
          forward_to_owner(workspace_folder(parsed.arguments), parsed.arguments.verb,
                           words_for_owner(parsed.arguments, argv), door))
    return *status;
  return run_command(parsed.arguments, door);
}

}  // namespace ovillo::cli
