// export, report, audit.
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_context.hpp"
#include "ovillo/flow/export.hpp"
#include "ovillo/flow/report_page.hpp"

namespace ovillo::cli {

Result<void> do_export(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_CHECK(session->exclude_sources(context.arguments.all("exclude-source")));
  const std::string network = context.arguments.get("network");
  OVILLO_TRY(auto* file, session->read("export", network));
  OVILLO_TRY(const auto text,
             flow::export_network(*file, network, context.arguments.get("format", "ftm"),
                                  session->asker().purpose));
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
  OVILLO_TRY(const auto view, session->audit(limit));
  if (context.json()) {
    context.door.out << nlohmann::ordered_json{{"size", view.size},
                                               {"verified", true},
                                               {"checkpoint", view.checkpoint},
                                               {"entries", view.entries}}
                            .dump()
                     << '\n';
    return {};
  }
  for (const std::string& entry : view.entries) context.door.out << entry << '\n';
  context.door.out << fmt::format(
      "{} entries, verified. Keep this checkpoint elsewhere to check the log against it later:\n{}",
      view.size, view.checkpoint);
  return {};
}

}  // namespace ovillo::cli
