// synth, demo, generate.
#include <chrono>
#include <filesystem>
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "cli/progress.hpp"
#include "cli/serving.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/flow/invented_case.hpp"
#include "ovillo/flow/show.hpp"

namespace ovillo::cli {

Result<void> do_synth(CommandContext& context) {
  flow::InventOrder order;
  order.folder = context.arguments.get("folder");
  order.shape = context.arguments.get("shape", order.shape);
  OVILLO_TRY(order.seed, number_option(context.arguments, "seed", 1));
  OVILLO_TRY(order.n_adverts, number_option(context.arguments, "adverts", 0));
  OVILLO_TRY(const auto told, flow::invent(order, vocabulary_folder(context.arguments)));
  context.door.out << told;
  return {};
}

Result<void> do_score(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto text, flow::compare_with_truth(*session, context.arguments.get("folder")));
  context.door.out << text;
  return {};
}

Result<void> do_generate(CommandContext& context) {
  const std::string text = generate(context.arguments.get("what"));
  if (text.empty())
    return Error(ErrorCode::base_bad_argument, "generate takes man, bash, zsh, fish or markdown");
  context.door.out << text;
  return {};
}

namespace {

// A folder of the demo's own making may be replaced; any other is left alone.
Result<void> clear_demo(const std::filesystem::path& folder) {
  const auto mark = folder / "made-by-ovillo-demo";
  std::error_code failed;
  if (std::filesystem::exists(folder, failed) && !std::filesystem::exists(mark, failed))
    return Error(ErrorCode::base_bad_argument,
                 folder.string() + " exists and was not made by the demo: choose another --folder");
  std::filesystem::remove_all(folder, failed);
  std::filesystem::create_directories(folder, failed);
  return write_file(mark,
                    "This folder was made by `ovillo demo` and is replaced by the next one.\n");
}

Result<void> show_first_networks(CommandContext& context, flow::Session& session) {
  OVILLO_TRY(auto* file, session.read("networks", ""));
  constexpr std::size_t kShown = 3;
  OVILLO_TRY(const auto lines, flow::network_lines(*file, kShown));
  context.door.out << "\nThe networks to look into first:\n";
  for (const auto& line : lines) {
    context.door.out << fmt::format("  {}  {} records, {} members\n", line.id.hex().substr(0, 12),
                                    line.n_records, line.n_entities);
    for (const Sign& sign : line.assessment->signs)
      if (sign.side == SignSide::sign_for || sign.side == SignSide::organisation)
        context.door.out << "    " << name_of(sign.side) << ": " << sign.sentence << '\n';
  }
  return {};
}

}  // namespace

Result<void> do_demo(CommandContext& context) {
  const std::filesystem::path folder = context.arguments.get("folder", "demo");
  const std::filesystem::path data = vocabulary_folder(context.arguments);
  std::ostream& out = context.door.out;
  const auto start = std::chrono::steady_clock::now();
  OVILLO_CHECK(clear_demo(folder));
  OVILLO_TRY(const auto invented, flow::invent({folder / "case", "case", 1, 0}, data));
  out << invented << std::flush;
  OVILLO_TRY(auto owner, flow::Owner::create(folder / "workspace", data, ""));
  OVILLO_TRY(auto session, flow::Session::open(owner, context.asker()));
  out << "\nImport:\n" << std::flush;
  OVILLO_CHECK(flow::bring_in_invented(session, folder / "case", data, out));

  // An analyst of one compartment: what lies in the other must not touch a byte of what they see.
  OVILLO_CHECK(session.grant("analyst", "ghent-thb", {}));
  flow::Asker asker = context.asker();
  asker.user = "analyst";
  OVILLO_TRY(auto analyst, flow::Session::open(owner, asker));
  ProgressBar bar(context.door.err, context.door.interactive);
  OVILLO_TRY(const auto report,
             analyst.run([&bar](std::string_view stage, std::uint64_t done, std::uint64_t total) {
               bar.show(stage, done, total, "blocks");
             }));
  bar.clear();
  out << fmt::format(
      "\nRun: {} records, {} networks, {} urgent texts, {:.1f} s in all\n", report.n_records,
      report.n_networks, report.n_urgent,
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  OVILLO_CHECK(show_first_networks(context, analyst));
  OVILLO_TRY(const auto score, flow::compare_with_truth(analyst, folder / "case"));
  out << '\n' << score;
  out << fmt::format("\nTo look further: ovillo networks --workspace {} --user analyst\n",
                     (folder / "workspace").string())
      << std::flush;
  OVILLO_TRY(const auto port,
             number_option(context.arguments, "port", context.arguments.has("once") ? 0 : 8437));
  ServeOptions options;
  options.port = static_cast<std::uint16_t>(port);
  options.once = context.arguments.has("once");
  return serve(context, owner, analyst, options);
}

}  // namespace ovillo::cli
