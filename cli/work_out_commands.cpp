// run, train.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "cli/progress.hpp"
#include "ovillo/flow/json.hpp"

namespace ovillo::cli {

Result<void> do_run(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_CHECK(session->exclude_sources(context.arguments.all("exclude-source")));
  ProgressBar bar(context.door.err, context.door.interactive);
  OVILLO_TRY(const auto report,
             session->run([&bar](std::string_view stage, std::uint64_t done, std::uint64_t total) {
               bar.show(stage, done, total, "blocks");
             }));
  bar.clear();
  if (context.json()) {
    context.door.out << flow::to_json(report) << '\n';
    return {};
  }
  context.door.out << fmt::format("{} records ({} new), {} groups of joined records{}\n",
                                  report.n_records, report.n_new_records, report.n_components,
                                  report.n_reused_components
                                      ? fmt::format(" ({} unchanged)", *report.n_reused_components)
                                      : "");
  context.door.out << fmt::format("{} networks: `ovillo networks`\n", report.n_networks);
  context.door.out << fmt::format("{} urgent texts{}\n", report.n_urgent,
                                  report.n_urgent > 0 ? ": read them first, `ovillo urgent`" : "");
  return {};
}

Result<void> do_train(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto report, session->train());
  if (context.json()) {
    context.door.out << fmt::format(
        "{{\"model_before\":\"{}\",\"model_after\":\"{}\",\"n_texts\":{}}}\n", report.model_before,
        report.model_after, report.n_texts);
  } else {
    context.door.out << fmt::format(
        "Phrases of {} texts counted. Background {} -> {}.\nThe next `ovillo run` works everything "
        "out anew.\n",
        report.n_texts, report.model_before, report.model_after);
  }
  return {};
}

}  // namespace ovillo::cli
