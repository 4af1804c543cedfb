// What the command functions share: arguments, door, and a session opened on demand.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/commands.hpp"
#include "cli/verbs.hpp"
#include "ovillo/flow/resolve_files.hpp"

namespace ovillo::cli {

class CommandContext {
 public:
  CommandContext(const Arguments& typed, const Door& surroundings)
      : arguments(typed), door(surroundings) {}

  const Arguments& arguments;
  const Door& door;

  [[nodiscard]] bool json() const { return arguments.has("json"); }
  /// The session of the user who asks; opens the workspace (and its lock) on first use.
  Result<flow::Session*> session();
  Result<flow::Owner*> owner();
  /// The same on a workspace that the command opened itself.
  [[nodiscard]] Result<flow::Session> session_of(flow::Owner& owner) const;
  [[nodiscard]] flow::Asker asker() const;
  /// Of who asks, where users sign in. @error casework.sign_in_needed, base.cannot_read.
  [[nodiscard]] Result<std::string> password() const;

 private:
  std::optional<flow::Owner> own_;
  std::optional<flow::Session> session_;
};

/// A variable of the environment; empty: not set.
std::string environment(const char* name);
/// A whole number given as an option. @error base.bad_argument.
Result<std::uint64_t> number_option(const Arguments& arguments, const std::string& name,
                                    std::uint64_t otherwise);
/// Whether --format is one of `known`; the first is what holds without it. @error
/// base.bad_argument.
Result<void> check_format(const Arguments& arguments,
                          std::initializer_list<std::string_view> known);
/// A day given as an option, as UTC seconds. @error base.bad_argument.
Result<std::int64_t> day_option(const Arguments& arguments, const std::string& name,
                                std::int64_t otherwise);
/// The order that resolve and why-not share.
flow::ResolveOrder resolve_order(const Arguments& arguments);
/// Writes to --out, or to the terminal when there is none.
Result<void> write_out(CommandContext& context, const std::string& text,
                       const std::string& otherwise);

// set up
Result<void> do_init(CommandContext& context);
Result<void> do_copy(CommandContext& context);
Result<void> do_backup(CommandContext& context);
Result<void> do_restore(CommandContext& context);
Result<void> do_compartment(CommandContext& context);
Result<void> do_grant(CommandContext& context);
Result<void> do_revoke(CommandContext& context);
Result<void> do_source(CommandContext& context);
Result<void> do_user(CommandContext& context);
// bring in
Result<void> do_map(CommandContext& context);
Result<void> do_import(CommandContext& context);
Result<void> do_payers(CommandContext& context);
Result<void> do_add(CommandContext& context);
// work out
Result<void> do_run(CommandContext& context);
Result<void> do_train(CommandContext& context);
// look
Result<void> do_networks(CommandContext& context);
Result<void> do_urgent(CommandContext& context);
Result<void> do_show(CommandContext& context);
Result<void> do_why(CommandContext& context);
Result<void> do_search(CommandContext& context);
Result<void> do_identities(CommandContext& context);
Result<void> do_why_not(CommandContext& context);
Result<void> do_judge(CommandContext& context);
// decide
Result<void> do_case(CommandContext& context);
Result<void> do_decide(CommandContext& context);
Result<void> do_exhibit(CommandContext& context);
Result<void> do_custody(CommandContext& context);
Result<void> do_hold(CommandContext& context);
Result<void> do_excise(CommandContext& context);
Result<void> do_retention(CommandContext& context);
// hand on
Result<void> do_export(CommandContext& context);
Result<void> do_report(CommandContext& context);
Result<void> do_disclose(CommandContext& context);
Result<void> do_replay(CommandContext& context);
Result<void> do_serve(CommandContext& context);
Result<void> do_audit(CommandContext& context);
// plain files
Result<void> do_extract(CommandContext& context);
Result<void> do_cluster(CommandContext& context);
Result<void> do_resolve(CommandContext& context);
Result<void> do_names(CommandContext& context);
Result<void> do_network(CommandContext& context);
Result<void> do_flows(CommandContext& context);
Result<void> do_flags(CommandContext& context);
Result<void> do_employment(CommandContext& context);
Result<void> do_estimate(CommandContext& context);
Result<void> do_release(CommandContext& context);
Result<void> do_recommendations(CommandContext& context);
Result<void> do_trace(CommandContext& context);
Result<void> do_request(CommandContext& context);
Result<void> do_statements(CommandContext& context);
Result<void> do_what_if(CommandContext& context);
Result<void> do_routes(CommandContext& context);
// try out
Result<void> do_synth(CommandContext& context);
Result<void> do_score(CommandContext& context);
Result<void> do_demo(CommandContext& context);
Result<void> do_generate(CommandContext& context);

}  // namespace ovillo::cli
