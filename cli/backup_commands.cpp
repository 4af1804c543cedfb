// backup, restore.
#include <ostream>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_context.hpp"

namespace ovillo::cli {

Result<void> do_backup(CommandContext& context) {
  const Arguments& a = context.arguments;
  if (!a.has("out")) return Error(ErrorCode::base_bad_argument, "--out FILE");
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto report, session->back_up({a.get("out"), a.get("keys")}));
  if (context.json()) {
    context.door.out << nlohmann::ordered_json{{"file", a.get("out")},
                                               {"n_bytes", report.n_bytes},
                                               {"audit_size", report.audit_size},
                                               {"contents_sha256", report.contents}}
                            .dump()
                     << '\n';
    return {};
  }
  context.door.out << fmt::format(
      "{}: {} bytes, with {} entries of the audit log. The keys are not in it.\n", a.get("out"),
      report.n_bytes, report.audit_size);
  context.door.out << (a.has("keys")
                           ? fmt::format(
                                 "{}: the keys of now, in place of those before. Move it to "
                                 "other media; with it and master.key the backup opens.\n",
                                 a.get("keys"))
                           : "Without --keys FILE no copy of the keys was made: a backup made "
                             "before this one's keys were copied cannot be restored.\n");
  return {};
}

Result<void> do_restore(CommandContext& context) {
  const Arguments& a = context.arguments;
  const auto folder = workspace_folder(a);
  if (!a.has("keys") || !a.has("master-key"))
    return Error(ErrorCode::base_bad_argument, "--keys FILE and --master-key FILE");
  OVILLO_TRY(const auto report,
             flow::restore_workspace({a.get("file"), a.get("keys"), a.get("master-key"), folder},
                                     vocabulary_folder(a), context.door.now_utc_s));
  const auto note = [&]() -> Result<void> {
    OVILLO_TRY(auto owner, flow::Owner::open(folder, vocabulary_folder(a)));
    OVILLO_TRY(auto session, context.session_of(owner));
    return session.note_restore(a.get("file"));
  };
  if (const auto noted = note(); !noted) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    return Error(noted.error());
  }
  if (context.json()) {
    context.door.out << nlohmann::ordered_json{{"made", report.made},
                                               {"n_imports", report.n_imports},
                                               {"n_verified", report.n_verified},
                                               {"n_shredded_since", report.n_shredded_since},
                                               {"audit_size", report.audit_size}}
                            .dump()
                     << '\n';
    return {};
  }
  context.door.out << fmt::format(
      "{}: as it was on {}. The originals of {} of {} imports were opened and give their Merkle "
      "root (what was shredded has none); {} entries of the audit log, verified.\n",
      folder.string(), report.made, report.n_verified, report.n_imports, report.audit_size);
  if (report.n_shredded_since > 0)
    context.door.out << fmt::format(
        "{} sources were shredded after the backup was made. They went again: answers are worked "
        "out anew by the next run.\n",
        report.n_shredded_since);
  return {};
}

}  // namespace ovillo::cli
