// The report of one network: one self-contained HTML page for a file, a court, a defence.
//
// DESCRIPTION
//   NetworkReport is everything the page says; draw() only writes it out. The page has no script,
//   asks nothing of the outside (a Content-Security-Policy says so), opens without the program and
//   prints on A4 with page numbers. Facts stand apart from machine inference; exhibits are numbered
//   E1, E2, ... in the order of `records`; explicit text is folded.
//
// IMPLEMENTATION
//   A pure function: no clock, locale or file. Same report, same bytes. The chart's layout is
//   integer-rounded after a fixed number of steps (internal/layout.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/base/time.hpp"
#include "ovillo/record/assessment.hpp"
#include "ovillo/record/entity.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/record/provenance.hpp"
#include "ovillo/record/statement.hpp"

namespace ovillo::report {

/// One hand-over the network rests on.
struct ReportSource {
  std::string name;
  std::string authorisation_kind;  ///< "platform_report"
  std::string authority;
  std::string reference;  ///< of the authorisation
  std::string purpose;
  std::string procedure;  ///< procedure reference and folio; may be empty
  Grade grade;
  std::uint8_t handling = 0;  ///< H0 to H3
  std::string file_name;
  std::string file_sha256;
  std::uint64_t n_records = 0;                  ///< records of this network from this file
  std::optional<std::int64_t> review_at_utc_s;  ///< retention
};

/// One entity of the network.
struct ReportMember {
  EntityKind kind = EntityKind::phone;
  std::string canonical;
  std::uint64_t n_records = 0;
};

struct ReportLink {
  std::size_t a = 0;  ///< positions in NetworkReport::members
  std::size_t b = 0;
  LinkKind kind = LinkKind::association;
  std::int32_t weight_quarter_bits = 0;
  std::uint64_t n_records = 0;
  std::vector<std::size_t> records;  ///< positions in NetworkReport::records; may be a part
};

/// Raw words that were read as something, in one field of a record.
struct ReportMark {
  Span span;          ///< bytes of the field's value
  std::string label;  ///< "phone +447700900123", "debt"
};

struct ReportField {
  std::string column;  ///< as the file calls it
  Field field = Field::other;
  std::string value;
  std::vector<ReportMark> marks;  ///< any order; overlapping ones are joined
};

/// One record, an exhibit of the report.
struct ReportRecord {
  std::string id;  ///< record id, hex
  RecordKind kind = RecordKind::advert;
  std::optional<Time> time;
  std::size_t source = 0;     ///< position in NetworkReport::sources
  Provenance provenance;
  Grade grade;
  StatementType statement = StatementType::claim;
  std::vector<ReportField> fields;  ///< in the file's order
};

/// A sign with where its evidence lies.
struct ReportSign {
  std::string indicator;  ///< id
  std::string name;
  SignSide side = SignSide::not_known;
  std::string family;
  std::string sentence;
  std::string source, evidence_known, known_bias, reviewed_by, objections;
  struct Evidence {
    std::size_t record = 0;  ///< position in NetworkReport::records
    std::string raw;         ///< raw words; empty: the record as a whole
  };
  std::vector<Evidence> evidence;
  std::uint64_t n_evidence = 0;  ///< all of it, when `evidence` is a part
};

/// A decision that a person recorded.
struct ReportDecision {
  std::string time;  ///< as format_time
  std::string who, what, reason;
};

struct NetworkReport {
  std::string language = "en";  ///< of the page itself, ISO 639-1
  std::string title;
  std::string network_id, network_key;  ///< hex
  std::int64_t made_at_utc_s = 0;
  std::string made_by;                  ///< who asked for it; may be empty
  std::string build, model;
  std::string view;     ///< which records could be seen, in words
  std::string purpose;  ///< under which it was opened
  std::string request;  ///< question put by the magistrate; may be empty
  std::uint64_t n_records = 0;  ///< of the network; `records` may hold a part
  std::vector<ReportSource> sources;
  std::vector<ReportMember> members;
  std::vector<ReportLink> links;
  std::vector<ReportSign> signs;
  std::vector<ReportDecision> decisions;
  std::vector<ReportRecord> records;  ///< in the order of the exhibits
};

/// Most entities drawn on the chart; beyond it the ones with most records, and the page says so.
inline constexpr std::size_t kMaxDrawn = 60;

/// The page. Positions outside their table are left out, never read.
/// @return  UTF-8 HTML; ill-formed bytes of the input become U+FFFD.
/// @cost    linear in the records; the chart at most kMaxDrawn^2 steps per iteration.
std::string draw(const NetworkReport& report);

}  // namespace ovillo::report
