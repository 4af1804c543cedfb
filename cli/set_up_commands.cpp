// init, compartment, grant, revoke, source.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/flow/source_order.hpp"

namespace ovillo::cli {

Result<void> do_init(CommandContext& context) {
  const std::string folder =
      context.arguments.get("folder", workspace_folder(context.arguments).string());
  std::string key;
  if (context.arguments.has("id-key")) {
    OVILLO_TRY(key, read_file(context.arguments.get("id-key")));
  }
  OVILLO_TRY(const auto owner,
             flow::Owner::create(folder, vocabulary_folder(context.arguments), key,
                                 context.arguments.get("store", environment("OVILLO_STORE"))));
  (void)owner;
  if (context.json()) {
    context.door.out << "{\"workspace\":\"" << folder << "\"}\n";
  } else {
    context.door.out << fmt::format(
        "Workspace made: {0}\nKeep a copy of {0}/master.key elsewhere: without it nothing can be "
        "opened.\n"
        "Next: ovillo source add NAME --authorisation KIND --authority WHO --reference NUMBER "
        "--workspace {0}\n",
        folder);
  }
  return {};
}

Result<void> do_copy(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string from = a.get("from", workspace_folder(a).string());
  const std::string to = a.get("to");
  if (to.empty()) return Error(ErrorCode::base_bad_argument, "--to FOLDER");
  {
    // The entry is in the log before the log is copied; the workspace is closed again then.
    OVILLO_TRY(auto owner, flow::Owner::open(from, vocabulary_folder(a)));
    OVILLO_TRY(auto session, context.session_of(owner));
    OVILLO_CHECK(session.note_copy(to));
  }
  OVILLO_TRY(const auto report, flow::copy_workspace(from, to, a.get("store")));
  if (context.json()) {
    context.door.out << fmt::format("{{\"n_rows\":{},\"n_imports\":{},\"n_verified\":{}}}\n",
                                    report.n_rows, report.n_imports, report.n_verified);
    return {};
  }
  context.door.out << fmt::format(
      "{0} rows copied to {1}. The originals of {2} of {3} imports were opened and give their "
      "Merkle "
      "root (what was shredded has none).\nBoth are workspaces now: put one of them away, or they "
      "go apart.\n",
      report.n_rows, to, report.n_verified, report.n_imports);
  return {};
}

Result<void> do_compartment(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  const std::string action = context.arguments.get("action");
  if (action == "add" && context.arguments.has("name"))
    return session->add_compartment(context.arguments.get("name"));
  if (action != "list")
    return Error(ErrorCode::base_bad_argument, "compartment add NAME, or compartment list");
  OVILLO_TRY(const auto names, session->compartments());
  for (const std::string& name : names) context.door.out << name << '\n';
  return {};
}

Result<void> do_grant(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  std::optional<std::int64_t> until;
  if (context.arguments.has("until")) {
    OVILLO_TRY(until, day_option(context.arguments, "until", 0));
  }
  return session->grant(context.arguments.get("user-name"), context.arguments.get("compartment"),
                        until);
}

Result<void> do_revoke(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  return session->revoke(context.arguments.get("user-name"), context.arguments.get("compartment"));
}

namespace {

Result<void> add_source(CommandContext& context, flow::Session& session) {
  const Arguments& a = context.arguments;
  flow::SourceWords words;
  words.name = a.get("name");
  words.authorisation_kind = a.get("authorisation");
  words.authority = a.get("authority");
  words.reference = a.get("reference");
  words.scope = a.get("scope");
  words.compartment = a.get("compartment", "main");
  words.grade = a.get("grade", "X4");
  words.handling = a.get("handling", "H0");
  words.zone = a.get("zone", "UTC");
  words.region = a.get("region");
  words.procedure = a.get("procedure");
  words.purpose = a.get("purpose", "investigation");
  words.privileged = a.has("privileged");
  if (a.has("document")) {
    OVILLO_TRY(const auto document, read_file(a.get("document")));
    words.document_sha256 = sha256_hex(document);
  }
  constexpr std::int64_t kDay = 86400;
  constexpr std::int64_t kReviewDays = 90;
  const std::int64_t today = context.door.now_utc_s / kDay * kDay;
  OVILLO_TRY(words.valid_from_utc_s, day_option(a, "valid-from", today));
  OVILLO_TRY(words.review_at_utc_s, day_option(a, "review", today + kReviewDays * kDay));
  const auto optional_day = [&](const char* name,
                                std::optional<std::int64_t>& into) -> Result<void> {
    if (!a.has(name)) return {};
    OVILLO_TRY(into, day_option(a, name, 0));
    return {};
  };
  OVILLO_CHECK(optional_day("valid-to", words.valid_to_utc_s));
  OVILLO_CHECK(optional_day("scope-from", words.scope_from_utc_s));
  OVILLO_CHECK(optional_day("scope-to", words.scope_to_utc_s));
  OVILLO_TRY(auto order, flow::source_order(words));
  return session.add_source(std::move(order));
}

}  // namespace

Result<void> do_source(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  const std::string action = context.arguments.get("action");
  if (action == "add" && context.arguments.has("name")) return add_source(context, *session);
  if (action != "list")
    return Error(ErrorCode::base_bad_argument,
                 "source add NAME --authorisation KIND, or source list");
  OVILLO_TRY(const auto lines, session->sources());
  for (const auto& line : lines)
    context.door.out << fmt::format(
        "{}  {}{}  H{}  {}  {} {}  compartment {}\n", line.source.name, line.source.grade.source,
        line.source.grade.information, line.source.handling, line.authorisation.kind,
        line.authorisation.authority, line.authorisation.reference, line.compartment);
  return {};
}

}  // namespace ovillo::cli
