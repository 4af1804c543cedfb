// disclose, replay.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/command_context.hpp"
#include "ovillo/flow/replay.hpp"

namespace ovillo::cli {

Result<void> do_disclose(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string reference = a.get("reference");
  OVILLO_TRY(auto* session, context.session());
  std::string named = "disclosure-" + reference;
  std::replace(named.begin(), named.end(), '/', '-');
  const std::string folder = a.get("out", named);
  OVILLO_TRY(const auto report, session->disclose_case(reference, folder, !a.has("no-program")));
  if (context.json()) {
    context.door.out << nlohmann::ordered_json{{"folder", folder},
                                               {"networks", report.networks},
                                               {"n_records", report.n_records},
                                               {"n_words_only", report.n_words_only},
                                               {"n_originals", report.n_originals},
                                               {"sums_sha256", report.sums_sha256}}
                            .dump()
                     << '\n';
    return {};
  }
  context.door.out << fmt::format(
      "Package written: {}\n"
      "{} networks with {} records; of {} texts by others only the words; {} original files.\n"
      "It was worked out again and gives what the case file shows.\n"
      "SHA-256 of SHA256SUMS, for the hand-over note: {}\n",
      folder, report.networks.size(), report.n_records, report.n_words_only, report.n_originals,
      report.sums_sha256);
  return {};
}

Result<void> do_replay(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_TRY(const auto report, flow::replay(a.get("package"), a.get("data")));
  if (context.json()) {
    context.door.out << nlohmann::ordered_json{{"same", true},
                                               {"n_files", report.n_files},
                                               {"case", report.manifest.case_reference},
                                               {"networks", report.manifest.networks},
                                               {"model", report.manifest.model}}
                            .dump()
                     << '\n';
    return {};
  }
  context.door.out << fmt::format(
      "The package is as it was made, and its {} answers come out the same, byte for byte.\n"
      "Case {}, {} networks, {} records; model {}.\n",
      report.n_files, report.manifest.case_reference, report.manifest.networks.size(),
      report.manifest.n_records, report.manifest.model);
  return {};
}

}  // namespace ovillo::cli
