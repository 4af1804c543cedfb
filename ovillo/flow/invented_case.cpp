#include "ovillo/flow/invented_case.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/choose_profile.hpp"
#include "ovillo/flow/source_order.hpp"
#include "ovillo/synth/score.hpp"
#include "ovillo/synth/synth.hpp"

namespace ovillo::flow {

namespace {

struct Shape {
  std::string_view name;
  synth::SynthOptions (*options)(std::uint64_t seed);
};

constexpr std::array<Shape, 6> kShapes = {{
    {"case", synth::SynthOptions::demo},
    {"small", synth::SynthOptions::small_hand_over},
    {"grey30", [](std::uint64_t seed) { return synth::SynthOptions::grey_zone(30, seed); }},
    {"grey100", [](std::uint64_t seed) { return synth::SynthOptions::grey_zone(100, seed); }},
    {"grey500", [](std::uint64_t seed) { return synth::SynthOptions::grey_zone(500, seed); }},
    {"million", synth::SynthOptions::million},
}};

Result<synth::SynthOptions> options_of(const InventOrder& order) {
  const auto* const shape = std::find_if(kShapes.begin(), kShapes.end(),
                                         [&](const Shape& one) { return one.name == order.shape; });
  if (shape == kShapes.end())
    return Error(ErrorCode::base_bad_argument, "--shape is one of " + shape_names());
  synth::SynthOptions options = shape->options(order.seed);
  if (order.shape == "case" && order.n_adverts > 0) {
    const auto scaled = [&](std::uint32_t n) {
      return static_cast<std::uint32_t>(n * order.n_adverts / options.n_adverts);
    };
    options.n_transfers = scaled(options.n_transfers);
    options.n_reports = scaled(options.n_reports);
    options.n_calls = scaled(options.n_calls);
    options.n_sealed_adverts = scaled(options.n_sealed_adverts);
    options.n_sealed_transfers = scaled(options.n_sealed_transfers);
    options.n_adverts = static_cast<std::uint32_t>(order.n_adverts);
  }
  return options;
}

// The sources of an invented case: which file is whose, and what allows us to hold it.
struct InventedSource {
  synth::SynthFile file;
  std::string_view name;
  std::string_view authorisation;
  std::string_view authority;
  std::string_view compartment;
};

constexpr InventedSource kSources[] = {
    {synth::SynthFile::adverts, "platform-notice", "platform_report", "Platform X", "ghent-thb"},
    {synth::SynthFile::transfers, "bank-transfers", "judicial_order", "Investigating judge",
     "ghent-thb"},
    {synth::SynthFile::statement_1, "bank-statement-1", "judicial_order", "Investigating judge",
     "ghent-thb"},
    {synth::SynthFile::statement_2, "bank-statement-2", "judicial_order", "Investigating judge",
     "ghent-thb"},
    {synth::SynthFile::reports, "tip-line", "public_tip", "Tip line", "ghent-thb"},
    {synth::SynthFile::calls, "operator-calls", "judicial_order", "Investigating judge",
     "ghent-thb"},
    {synth::SynthFile::sealed_adverts, "sealed-notice", "platform_report", "Platform Y",
     "antwerp-sealed"},
    {synth::SynthFile::sealed_transfers, "sealed-transfers", "judicial_order",
     "Investigating judge", "antwerp-sealed"},
};

Result<void> need_compartment(Session& session, const std::string& name) {
  OVILLO_TRY(const auto held, session.compartments());
  if (std::find(held.begin(), held.end(), name) != held.end()) return {};
  return session.add_compartment(name);
}

Result<void> add_source(Session& session, const InventedSource& one) {
  SourceWords words;
  words.name = one.name;
  words.authorisation_kind = one.authorisation;
  words.authority = one.authority;
  words.reference = "invented-1";
  words.compartment = one.compartment;
  words.grade = "B3";
  words.handling = "H0";
  words.zone = "Europe/Brussels";
  words.region = "BE";
  words.purpose = "investigation";
  constexpr std::int64_t kYear = std::int64_t{365} * 86400;
  words.valid_from_utc_s = session.asker().now_utc_s - kYear;
  words.review_at_utc_s = session.asker().now_utc_s + kYear;
  OVILLO_TRY(auto order, source_order(words));
  return session.add_source(std::move(order));
}

}  // namespace

std::string shape_names() {
  std::string out;
  for (const Shape& shape : kShapes) out += (out.empty() ? "" : ", ") + std::string(shape.name);
  return out;
}

Result<std::string> invent(const InventOrder& order, const std::filesystem::path& data) {
  OVILLO_TRY(const auto options, options_of(order));
  OVILLO_TRY(const auto vocabulary, synth::Vocabulary::open(data));
  OVILLO_TRY(const auto count, synth::write_case(options, vocabulary, order.folder));
  return fmt::format(
      "{}: an invented case of {} adverts, {} transfers, {} reports, {} calls (seed {}). Nobody in "
      "it exists.\n",
      order.folder.string(), count.n_adverts, count.n_transfers, count.n_reports, count.n_calls,
      order.seed);
}

Result<void> bring_in_invented(Session& session, const std::filesystem::path& folder,
                               const std::filesystem::path& data, std::ostream& told) {
  const auto payers = folder / synth::file_path(synth::SynthFile::employers);
  if (std::error_code absent; std::filesystem::exists(payers, absent)) {
    OVILLO_TRY(const auto n, session.keep_payers(payers.string()));
    told << fmt::format("  {} payers on the list of accredited employers and booking platforms\n",
                        n);
  }
  for (const InventedSource& one : kSources) {
    const std::filesystem::path path = folder / synth::file_path(one.file);
    std::error_code absent;
    if (!std::filesystem::exists(path, absent)) continue;
    OVILLO_CHECK(need_compartment(session, std::string(one.compartment)));
    OVILLO_CHECK(add_source(session, one));
    ImportOrder order;
    order.files = {path.string()};
    order.source = one.name;
    order.data = data;
    OVILLO_TRY(const auto report, session.import(std::move(order)));
    for (const ImportedFile& file : report.files)
      told << fmt::format("  {:<16} {:>8} rows = {} records + {} repeats + {} rejects\n", one.name,
                          file.row.rows, file.row.records, file.row.repeats, file.row.rejects);
  }
  return {};
}

Result<std::string> compare_with_truth(Session& session, const std::filesystem::path& folder) {
  OVILLO_TRY(const auto truth_csv, read_file(folder / synth::file_path(synth::SynthFile::truth)));
  OVILLO_TRY(const auto truth, synth::read_truth(truth_csv));
  std::vector<synth::TruthNetwork> truth_networks;
  if (const auto csv = read_file(folder / synth::file_path(synth::SynthFile::truth_networks))) {
    OVILLO_TRY(truth_networks, synth::read_truth_networks(*csv));
  }
  OVILLO_TRY(auto* file, session.read("compare", ""));
  OVILLO_TRY(const auto* answer, file->answer());
  OVILLO_TRY(const auto* corpus, file->corpus());
  std::vector<synth::FoundNetwork> found;
  for (const NetworkAt& at : ranked(*answer)) {
    const Component& component = answer->components[at.component];
    const Network& network = component.networks[at.network];
    synth::FoundNetwork one{network.key.hex(), {}};
    for (const std::uint32_t local : network.records) {
      const std::uint32_t record = component.records[local];
      if (corpus->kind(record) == RecordKind::advert)
        one.advert_ids.emplace_back(corpus->value(record, Field::local_id));
    }
    found.push_back(std::move(one));
  }
  std::vector<std::string> urgent;
  urgent.reserve(answer->urgent.size());
  for (const UrgentText& text : answer->urgent)
    urgent.emplace_back(corpus->value(text.record, Field::local_id));
  std::sort(urgent.begin(), urgent.end());
  urgent.erase(std::unique(urgent.begin(), urgent.end()), urgent.end());
  return synth::format_score(synth::score(truth, found, urgent, truth_networks));
}

}  // namespace ovillo::flow
