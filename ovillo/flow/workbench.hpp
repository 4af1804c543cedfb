// What only a page asks for: places of a chart, facts beside a lead, when files came in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/casework/case_event.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// Where each member of a network stands in its chart.
struct ChartPlace {
  EntityId entity;
  double x = 0;  ///< in lengths of a link, see graph/layout.hpp
  double y = 0;
};
/// When a dated record of a network was, and whom it touches.
struct ChartMoment {
  std::uint32_t record = 0;            ///< position in NetworkPage::records
  Time time;                           ///< as stated: its day is the local one
  std::vector<std::uint32_t> members;  ///< positions in NetworkChart::places, ascending
};
struct NetworkChart {
  NetworkId id;
  std::vector<ChartPlace> places;  ///< ascending by entity: the same for the same members and links
  std::vector<ChartMoment> moments;  ///< ascending by time, then record; none of what is not dated
};
/// @error flow.no_such_network. @cost  graph::layout() over the network and one pass over what its
///        members rest on, not its texts or signs.
Result<NetworkChart> network_chart(CaseFile& file, std::string_view id_or_key);

/// What a list of leads shows beside the reasons. Counts of records, not of people: no movement of
/// anybody is told from it.
struct LeadTown {
  std::string place;  ///< "BE/Gent", as in Find
  std::uint64_t n_records = 0;
};
struct LeadFacts {
  NetworkId id;
  std::int64_t oldest_utc_s = 0;  ///< 0: no record is dated
  std::int64_t newest_utc_s = 0;
  std::uint64_t n_not_dated = 0;
  std::vector<LeadTown> towns;                 ///< at most kTowns, most records first, then by name
  std::uint64_t n_towns = 0;                   ///< all of them
  std::optional<casework::CaseEvent> decided;  ///< the last decision on it that still counts
  static constexpr std::size_t kTowns = 5;
};
/// In the order of network_lines(). @cost  one pass over the finds of all networks' records.
Result<std::vector<LeadFacts>> lead_facts(CaseFile& file);

/// A file as it came in.
struct ReceivedFile {
  std::string source;
  std::string grade;          ///< of the source, 4x4: "B2"
  std::uint8_t handling = 0;  ///< H0 to H3
  std::string file;
  std::string sha256;
  std::int64_t at_utc_s = 0;
  std::uint64_t n_rows = 0, n_records = 0, n_repeats = 0, n_rejects = 0, n_held = 0;
};
/// Of the sources the view admits, newest first.
Result<std::vector<ReceivedFile>> received_files(CaseFile& file);

std::string to_json(const NetworkChart& chart);
std::string to_json(const std::vector<LeadFacts>& leads);
std::string to_json(const std::vector<ReceivedFile>& files);

}  // namespace ovillo::flow
