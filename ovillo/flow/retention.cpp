#include "ovillo/flow/retention.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/row_selection.hpp"
#include "ovillo/flow/show.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

namespace {

using casework::CaseFolder;
using casework::Entry;
using casework::EventKind;

/// What cases need, of everything the view admits.
struct Needed {
  std::map<RecordId, std::set<std::size_t>> records;           ///< to positions in `cases`
  std::map<std::string, std::vector<std::string>> held_files;  ///< SHA-256 to exhibits on hold
  std::vector<CaseFolder> cases;
  std::vector<std::string> unresolved;  ///< cases whose network the last answer does not have
};

Result<void> need_network(CaseFile& file, const std::string& network, std::size_t of,
                          Needed& needed) {
  const auto page = network_page(file, network);
  if (!page) {
    if (page.error().code() != ErrorCode::flow_no_such_network &&
        page.error().code() != ErrorCode::flow_run_first)
      return Error(page.error());
    needed.unresolved.push_back(needed.cases[of].reference);
    return {};
  }
  OVILLO_TRY(const auto* corpus, file.corpus());
  for (const std::uint32_t record : page->records) needed.records[corpus->id(record)].insert(of);
  return {};
}

Result<Needed> what_cases_need(CaseFile& file) {
  Needed needed;
  OVILLO_TRY(needed.cases, casework::cases(file.workspace(), file.view()));
  for (std::size_t c = 0; c < needed.cases.size(); ++c) {
    const CaseFolder& folder = needed.cases[c];
    for (const casework::Exhibit& exhibit : folder.exhibits)
      if (exhibit.held)
        for (const std::string& part : exhibit.rests_on)
          needed.held_files[part].push_back(exhibit.number);
    for (const Entry& entry : folder.entries) {
      if (entry.withdrawn_by) continue;
      for (const std::string& part : entry.event.rests_on)
        if (const auto id = RecordId::from_hex(part)) needed.records[*id].insert(c);
    }
    for (const std::string& network : casework::networks_of(folder))
      OVILLO_CHECK(need_network(file, network, c, needed));
  }
  return needed;
}

Result<std::vector<storage::BlockPlace>> blocks_of(CaseFile& file, SourceId source) {
  OVILLO_TRY(auto places, file.workspace().block_places(file.view(), storage::BlockKind::record));
  std::erase_if(places, [&](const auto& place) { return place.source != source; });
  return places;
}

/// The blocks that are left when only needed records stay.
Result<storage::ShredOrder> order_for(CaseFile& file, const RetentionLine& line,
                                      const Needed& needed, std::int64_t now_utc_s) {
  storage::ShredOrder order;
  order.source = line.source.id;
  order.at_utc_s = now_utc_s;
  order.kept_until_utc_s = line.kept_until_utc_s;
  if (line.n_kept == 0) return order;
  OVILLO_TRY(const auto places, blocks_of(file, line.source.id));
  for (storage::BlockPlace place : places) {
    OVILLO_TRY(const auto bytes, file.workspace().read_block(place));
    OVILLO_TRY(const auto batch, storage::decode_records(bytes));
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < batch.size(); ++i)
      if (needed.records.contains(batch.id[i])) {
        rows.push_back(i);
        order.kept_ids.push_back(batch.id[i]);
      }
    if (rows.empty()) continue;
    place.n_rows = static_cast<std::uint32_t>(rows.size());
    order.kept.push_back({place, storage::encode(only_rows(batch, rows))});
  }
  return order;
}

Result<void> count_kept(CaseFile& file, const Needed& needed, RetentionLine& line) {
  std::set<std::size_t> of;
  OVILLO_TRY(const auto places, blocks_of(file, line.source.id));
  for (const storage::BlockPlace& place : places) {
    line.n_records += place.n_rows;
    if (needed.records.empty() || line.state == RetentionState::later) continue;
    OVILLO_TRY(const auto bytes, file.workspace().read_block(place));
    OVILLO_TRY(const auto batch, storage::decode_records(bytes));
    for (const RecordId& id : batch.id) {
      const auto found = needed.records.find(id);
      if (found == needed.records.end()) continue;
      ++line.n_kept;
      of.insert(found->second.begin(), found->second.end());
    }
  }
  for (const std::size_t c : of) {
    line.because.push_back(needed.cases[c].reference);
    line.kept_until_utc_s = std::max(line.kept_until_utc_s, needed.cases[c].review_at_utc_s);
  }
  return {};
}

Result<RetentionLine> line_of(CaseFile& file, const Source& source, const Needed& needed,
                              const std::vector<storage::ImportRow>& imports,
                              std::int64_t now_utc_s) {
  RetentionLine line;
  line.source = source;
  if (source.review_at_utc_s <= now_utc_s) line.state = RetentionState::goes;
  OVILLO_CHECK(count_kept(file, needed, line));
  if (line.state == RetentionState::later) return line;
  std::set<std::string> exhibits;
  for (const storage::ImportRow& row : imports) {
    if (row.source != source.id) continue;
    const auto held = needed.held_files.find(row.file_sha256);
    if (held != needed.held_files.end()) exhibits.insert(held->second.begin(), held->second.end());
  }
  if (!exhibits.empty()) {
    line.state = RetentionState::held;
    line.because.assign(exhibits.begin(), exhibits.end());
  } else if (!needed.unresolved.empty()) {
    line.state = RetentionState::unknown;
    line.because = needed.unresolved;
  } else if (line.n_kept > 0 && line.kept_until_utc_s > now_utc_s) {
    line.state = RetentionState::goes_partly;
  } else {
    line.n_kept = 0;  // the cases that needed them are past their own review
    line.because.clear();
  }
  return line;
}

Result<std::vector<RetentionLine>> lines_of(CaseFile& file, const Needed& needed,
                                            std::int64_t now_utc_s) {
  OVILLO_TRY(const auto sources, file.workspace().sources());
  OVILLO_TRY(const auto imports, file.workspace().imports());
  std::vector<RetentionLine> out;
  for (const Source& source : sources) {
    if (!file.view().admits(source)) continue;
    OVILLO_TRY(auto line, line_of(file, source, needed, imports, now_utc_s));
    out.push_back(std::move(line));
  }
  return out;
}

std::string sentence(const RetentionLine& line) {
  switch (line.state) {
    case RetentionState::later:
      return "stays until then";
    case RetentionState::goes:
      return "goes";
    case RetentionState::goes_partly:
      return fmt::format("goes but for {} records of {}", line.n_kept,
                         fmt::join(line.because, ", "));
    case RetentionState::held:
      return fmt::format(
          "ALARM: past its review, held by {}; only a judicial decision lifts a hold",
          fmt::join(line.because, ", "));
    case RetentionState::unknown:
      return fmt::format("waits: a network of {} is not in the last answer; `ovillo run` first",
                         fmt::join(line.because, ", "));
  }
  return {};
}

std::string day_of(std::int64_t at_utc_s) { return format_utc(at_utc_s).substr(0, 10); }

}  // namespace

std::span<const std::string_view> names(RetentionState) {
  static constexpr std::string_view kNames[] = {"later", "goes", "goes_partly", "held", "unknown"};
  return kNames;
}

Result<std::vector<RetentionLine>> retention_lines(CaseFile& file, std::int64_t now_utc_s) {
  OVILLO_TRY(const auto needed, what_cases_need(file));
  return lines_of(file, needed, now_utc_s);
}

Result<RetentionReport> apply_retention(storage::Workspace& workspace, CaseFile& file,
                                        std::int64_t now_utc_s) {
  OVILLO_TRY(const auto needed, what_cases_need(file));
  OVILLO_TRY(const auto lines, lines_of(file, needed, now_utc_s));
  RetentionReport report;
  for (const RetentionLine& line : lines) {
    const bool goes =
        line.state == RetentionState::goes || line.state == RetentionState::goes_partly;
    // An empty source has nothing left to go, and says so once only.
    if (line.state == RetentionState::later || (goes && line.n_records == 0)) continue;
    report.lines.push_back(line);
    if (!goes) continue;
    OVILLO_TRY(const auto order, order_for(file, line, needed, now_utc_s));
    OVILLO_TRY(const auto gone, workspace.shred(order));
    report.gone.n_blocks += gone.n_blocks;
    report.gone.n_keys += gone.n_keys;
    report.gone.n_answers += gone.n_answers;
    report.gone.n_shared_keys += gone.n_shared_keys;
  }
  return report;
}

std::string to_json(const std::vector<RetentionLine>& lines) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const RetentionLine& line : lines)
    list.push_back({{"source", line.source.name},
                    {"review", format_utc(line.source.review_at_utc_s)},
                    {"state", std::string(name_of(line.state))},
                    {"n_records", line.n_records},
                    {"n_kept", line.n_kept},
                    {"because", line.because}});
  return Json{{"sources", std::move(list)}}.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_text(const std::vector<RetentionLine>& lines) {
  std::string out;
  for (const RetentionLine& line : lines)
    out += fmt::format("{}  review {}  {} records: {}\n", line.source.name,
                       day_of(line.source.review_at_utc_s), line.n_records, sentence(line));
  return out;
}

}  // namespace ovillo::flow
