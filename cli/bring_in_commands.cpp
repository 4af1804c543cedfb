// map, import, add.
#include <filesystem>
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "cli/progress.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/flow/choose_profile.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/flow/map_file.hpp"
#include "ovillo/flow/source_order.hpp"

namespace ovillo::cli {

namespace {

constexpr std::string_view kSourceNeeded =
    "--source NAME is needed: `ovillo source list` shows the sources";

// What is read is evidence: nothing may be written over it.
Result<void> is_no_input(const std::string& output, const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) {
    std::error_code unknown;
    if (!output.empty() && input != "-" && std::filesystem::equivalent(output, input, unknown))
      return Error(ErrorCode::base_bad_argument,
                   "\"" + output + "\" is the file that is read: choose another name");
  }
  return {};
}

void say_outside(std::ostream& out, std::uint64_t n_quarantined,
                 const std::vector<flow::OutsideCount>& reasons) {
  out << fmt::format(
      "  {} of the records lie outside the authorisation's scope: in quarantine, nobody sees "
      "them\n",
      n_quarantined);
  for (const flow::OutsideCount& each : reasons) {
    out << fmt::format("    {}, read as {}: {}\n", each.n, name_of(each.kind),
                       casework::sentence(each.reason));
    if (each.reason == casework::Outside::record_kind)
      out << "    If they are something else: `ovillo map FILE --write PROFILE`, correct `kind` "
             "there, "
             "then import with --profile PROFILE.\n";
  }
}

}  // namespace

Result<void> do_map(CommandContext& context) {
  OVILLO_TRY(const auto map, flow::map_file(context.arguments.get("file")));
  if (context.json()) {
    context.door.out << map.json << '\n';
    return {};
  }
  context.door.err << map.description;
  if (!context.arguments.has("write")) {
    context.door.out << map.toml;
    return {};
  }
  OVILLO_CHECK(is_no_input(context.arguments.get("write"), {context.arguments.get("file")}));
  OVILLO_CHECK(write_file(context.arguments.get("write"), map.toml));
  context.door.err << "written: " << context.arguments.get("write")
                   << "\nCorrect it where it is wrong, then: ovillo import "
                   << context.arguments.get("file") << " --source NAME --profile "
                   << context.arguments.get("write") << '\n';
  return {};
}

Result<void> do_import(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  const Arguments& a = context.arguments;
  if (!a.has("source")) return Error(ErrorCode::base_bad_argument, std::string(kSourceNeeded));
  flow::ImportOrder order;
  order.files = a.all("file");
  order.source = a.get("source");
  order.compartment = a.get("compartment");
  order.handover = a.get("handover");
  order.rejects_file = a.get("rejects");
  OVILLO_CHECK(is_no_input(order.rejects_file, order.files));
  order.data = vocabulary_folder(a);
  if (a.has("profile")) {
    OVILLO_TRY(order.profile, flow::open_profile(order.data, a.get("profile")));
  }
  ProgressBar bar(context.door.err, context.door.interactive);
  order.progress = [&bar](std::uint64_t done, std::uint64_t total) {
    bar.show("import", done, total, "bytes");
  };
  OVILLO_TRY(const auto report, session->import(std::move(order)));
  bar.clear();
  if (context.json()) {
    context.door.out << flow::to_json(report) << '\n';
    return {};
  }
  for (const flow::ImportedFile& file : report.files) {
    const auto& row = file.row;
    context.door.out << fmt::format(
        "{}: {} rows = {} records + {} repeats + {} rejects{} ({})\n", row.file_name, row.rows,
        row.records, row.repeats, row.rejects,
        row.held > 0 ? fmt::format(" + {} held, not read", row.held) : "",
        file.proposed          ? fmt::format("columns read as proposed, kind {}; `ovillo map FILE "
                                                      "--write PROFILE` to correct",
                                             name_of(*file.proposed))
        : file.profile.empty() ? "this part came before"
                               : "profile " + file.profile);
    if (row.quarantined > 0) say_outside(context.door.out, row.quarantined, file.outside);
    if (const flow::PhotoCount& photos = file.photos; photos.in_file + photos.missing > 0)
      context.door.out << fmt::format(
          "  {} pictures: {} read ({} too flat or small to compare), {} held, not read; {} named "
          "by "
          "records, {} named and not there\n",
          photos.in_file, photos.read, photos.plain, photos.held, photos.named, photos.missing);
  }
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 0; i < std::min(kShown, report.rejects.size()); ++i) {
    const Reject& reject = report.rejects[i];
    context.door.out << fmt::format(
        "  reject: row {}, byte {}{}: {} [{}]\n", reject.row, reject.byte,
        reject.column.empty() ? "" : ", column " + reject.column, reject.sentence, reject.code);
  }
  for (std::size_t i = 0; i < std::min(kShown, report.held.size()); ++i)
    context.door.out << fmt::format(
        "  held, not read: {}: {}\n",
        report.held[i].member.empty()
            ? std::filesystem::path(report.held[i].file).filename().string()
            : report.held[i].member,
        report.held[i].sentence);
  for (std::size_t i = 0; i < std::min(kShown, report.held_photos.size()); ++i)
    context.door.out << fmt::format("  held, not read: {}: {}\n", report.held_photos[i].member,
                                    report.held_photos[i].reason.message());
  if (!report.rejects_file.empty())
    context.door.out << "  every reject: " << report.rejects_file << '\n';
  return {};
}

Result<void> do_payers(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto n, session->keep_payers(context.arguments.get("file")));
  context.door.out << (context.json()
                           ? fmt::format("{{\"payers\":{}}}\n", n)
                           : fmt::format("{} payers held; `ovillo run` takes them in\n", n));
  return {};
}

Result<void> do_add(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  const Arguments& a = context.arguments;
  if (!a.has("source")) return Error(ErrorCode::base_bad_argument, std::string(kSourceNeeded));
  flow::HandEntry entry;
  entry.source = a.get("source");
  entry.compartment = a.get("compartment");
  entry.exhibit_path = a.get("exhibit");
  const auto kind = from_name<RecordKind>(a.get("kind", "document"));
  if (!kind)
    return Error(ErrorCode::base_bad_argument, "\"" + a.get("kind") + "\" is not a kind of record");
  entry.kind = *kind;
  const auto statement = from_name<StatementType>(a.get("statement", "claim"));
  if (!statement || *statement == StatementType::inference)
    return Error(ErrorCode::base_bad_argument,
                 "--statement is fact, claim or assessment; an inference is a machine's");
  entry.statement_type = *statement;
  if (a.has("grade")) {
    OVILLO_TRY(entry.grade, flow::parse_grade(a.get("grade")));
  }
  for (const std::string& pair : a.all("fields")) {
    const std::size_t equals = pair.find('=');
    const auto field = from_name<Field>(std::string_view(pair).substr(0, equals));
    if (equals == std::string::npos || !field)
      return Error(
          ErrorCode::base_bad_argument,
          "\"" + pair + "\" is not FIELD=VALUE with a known field (text, phone, name ...)");
    entry.fields.emplace_back(*field, pair.substr(equals + 1));
  }
  OVILLO_TRY(const auto id, session->add(std::move(entry)));
  context.door.out << (context.json() ? "{\"record\":\"" + id.hex() + "\"}" : "record " + id.hex())
                   << '\n';
  return {};
}

}  // namespace ovillo::cli
