// export, report, audit.
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_context.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/flow/export.hpp"
#include "ovillo/flow/report_page.hpp"

namespace ovillo::cli {

Result<void> do_export(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_CHECK(session->exclude_sources(context.arguments.all("exclude-source")));
  const std::string network = context.arguments.get("network");
  OVILLO_TRY(auto* file, session->read("export", network));
  OVILLO_TRY(
      const auto text,
      flow::export_network(
          *file, {network, context.arguments.get("format", "ftm"), session->asker().purpose, {}}));
  return write_out(context, text, "");
}

Result<void> do_report(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_CHECK(session->exclude_sources(context.arguments.all("exclude-source")));
  const std::string network = context.arguments.get("network");
  OVILLO_TRY(auto* file, session->read("report", network));
  OVILLO_TRY(const auto page, flow::report_page(*file, network, session->asker()));
  return write_out(context, page, "network-" + network + ".html");
}

Result<void> do_audit(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto limit, number_option(context.arguments, "limit", 20));
  std::string kept;
  if (context.arguments.has("against")) {
    OVILLO_TRY(kept, read_file(context.arguments.get("against")));
    if (kept.empty())
      return Error(ErrorCode::base_bad_argument,
                   "no checkpoint in " + context.arguments.get("against") + ": it is empty");
  }
  OVILLO_TRY(const auto view, session->audit(limit, kept));
  if (context.json()) {
    nlohmann::ordered_json answer = {
        {"size", view.size}, {"verified", true}, {"checkpoint", view.checkpoint}};
    if (view.goes_on_from) answer["goes_on_from"] = *view.goes_on_from;
    answer["entries"] = view.entries;
    context.door.out << answer.dump() << '\n';
    return {};
  }
  for (const std::string& entry : view.entries) context.door.out << entry << '\n';
  if (view.goes_on_from)
    context.door.out << fmt::format(
        "The log goes on from the checkpoint kept: its {} entries are all here, unchanged.\n",
        *view.goes_on_from);
  context.door.out << fmt::format(
      "{} entries, verified. Keep this checkpoint elsewhere to check the log against it later "
      "(--against FILE):\n{}",
      view.size, view.checkpoint);
  return {};
}

}  // namespace ovillo::cli
