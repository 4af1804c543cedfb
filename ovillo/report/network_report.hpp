// NetworkReport: everything the report of one network says, as plain values; and the page itself.
//
// The page is for a magistrate, a prosecutor and the defence. It keeps apart what a source claims
// and what a machine concludes; organisation, signs of exploitation, signs against and what is not
// known; and it cites file, row, byte and raw words for each. It holds no score and no rank.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ovillo/record/assessment.hpp"
#include "ovillo/record/entity.hpp"
#include "ovillo/record/find.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/record/provenance.hpp"

namespace ovillo::report {

/// Who handed something over, under which authorisation. Shown as S1, S2, ...
struct ReportSource {
  Source source;
  Authorisation authorisation;
  std::string compartment;
};

/// One file as handed over. Shown as F1, F2, ...
struct ReportFile {
  std::string name;
  std::string sha256;                  ///< 64 hex digits, of the file as handed over
  std::size_t source = 0;              ///< position in NetworkReport::sources
  std::optional<std::uint64_t> bytes;  ///< empty, here and below: import not known
  std::optional<std::uint64_t> rows;   ///< read from it in all
  std::uint64_t n_records = 0;         ///< of this network
  std::optional<std::int64_t> imported_at_utc_s;
  std::string merkle_root;  ///< over the kept original; empty: not stated
};

/// A find as it stands in a field of its record.
struct ReportMark {
  Span span;  ///< bytes of the field's value
  FindKind kind = FindKind::phone;
  WrittenAs written_as = WrittenAs::plain;
  std::string canonical;
};

struct ReportField {
  std::string column;  ///< as the file calls it
  Field field = Field::other;
  std::string value;              ///< raw, UTF-8
  std::vector<ReportMark> marks;  ///< any order; may overlap
};

/// One record: an exhibit. Shown as R1, R2, ...
struct ReportRecord {
  std::string id;  ///< 32 hex digits
  RecordKind kind = RecordKind::advert;
  std::string time;                     ///< as format_time; empty: not stated
  std::optional<std::int64_t> local_s;  ///< of its beginning: local wall clock since 1970
  std::size_t file = 0;                 ///< position in NetworkReport::files
  std::string member;                   ///< inside an archive or workbook; may be empty
  std::uint64_t row = 0;
  std::uint64_t byte = 0;
  std::uint64_t length = 0;
  std::vector<ReportField> fields;  ///< in the file's order
};

/// One member. Shown by its number, 1, 2, ..., in chart and tables.
struct ReportMember {
  EntityKind kind = EntityKind::phone;
  std::string value;
  std::vector<std::size_t> records;  ///< positions in NetworkReport::records, ascending
};

struct ReportLink {
  std::size_t a = 0;  ///< position in NetworkReport::members
  std::size_t b = 0;
  LinkKind kind = LinkKind::association;
  std::int32_t weight_quarter_bits = 0;
  std::vector<std::size_t> records;  ///< it rests on; ascending
};

/// A piece of the template of texts by one hand.
struct ReportTextPart {
  std::string text;  ///< fixed words; of a slot its kind: "name", "place", "price", "…"
  bool is_slot = false;
};

/// One record with such a text, and why it is counted among them.
struct ReportTextMember {
  std::size_t record = 0;
  std::optional<std::size_t> joined_with;  ///< the record it was compared with
  std::string joined_with_id;  ///< of a record outside the network. Both empty: the one from which
                               ///< the comparisons start
  bool is_copy = false;
  std::int32_t bits = 0;                          ///< saved by taking the two for one hand's
  std::int32_t bits_asked = 0;                    ///< and how many were asked
  std::vector<std::optional<std::string>> slots;  ///< raw words in each; nullopt: cannot be told
};

/// A text by one hand. Shown as T1, T2, ...
struct ReportText {
  std::string template_text;  ///< as members of kind template_ state it
  std::vector<ReportTextPart> parts;
  std::uint32_t n_fixed_words = 0;
  std::vector<ReportTextMember> members;  ///< by time, undated last
  std::uint64_t n_elsewhere = 0;          ///< records with this text, outside the network
};

/// What so many write that sharing it says little.
struct ReportStock {
  std::string text;  ///< raw words, digits as "#"
  std::uint64_t n_texts = 0;
  std::vector<std::size_t> records;  ///< that hold it; ascending
};

/// Raw words of a record, as evidence of a sign.
struct ReportQuote {
  std::size_t record = 0;
  std::string column;
  std::string raw;  ///< empty: the record as a whole
};

struct ReportSign {
  SignSide side = SignSide::not_known;
  std::string indicator;  ///< id in data/indicators
  std::string name;
  std::string sentence;
  std::vector<ReportQuote> quotes;   ///< the first ones
  std::vector<std::size_t> records;  ///< all it rests on; ascending
  std::string source, evidence, known_bias, reviewed_by, objections;  ///< of the indicator
};

struct NetworkReport {
  std::string network_id;   ///< 32 hex digits
  std::string network_key;  ///< 32 hex digits
  std::int64_t made_at_utc_s = 0;
  std::string build;  ///< "Ovillo 0.1.0"
  std::string model;

  std::string user;
  std::string purpose;
  std::string purpose_sentence;               ///< may be empty
  std::string case_reference;                 ///< empty: none named
  std::vector<std::string> compartments;      ///< the view sees these
  std::vector<std::string> sources_left_out;  ///< on request
  std::uint8_t max_handling = 3;
  std::uint64_t n_waiting = 0;  ///< records brought in since the answer was worked out

  std::vector<ReportSource> sources;
  std::vector<ReportFile> files;
  std::vector<ReportRecord> records;  ///< in the order they are numbered
  std::vector<ReportMember> members;
  std::vector<ReportLink> links;   ///< heaviest first
  std::vector<ReportText> texts;   ///< most members first
  std::vector<ReportStock> stock;  ///< the commonest first
  std::vector<ReportSign> signs;   ///< in the assessment's order
};

/// One self-contained HTML page, UTF-8: no script, no outside request, readable without colour.
/// Pure: the same report gives the same bytes.
/// @return  every value escaped; invisible and control characters of raw words are made visible.
/// @cost    linear in the records, O(n^2) in the at most 60 members drawn.
std::string write_html(const NetworkReport& report);

}  // namespace ovillo::report
