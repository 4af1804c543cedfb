// Where things come from: authorisation, source, hand-over, row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ovillo/record/ids.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo {

/// What allows us to hold something. Import refuses without one.
struct Authorisation {
  AuthorisationId id = 0;
  std::string kind;  ///< from data/authorisations.toml: "platform_report", "judicial_order" ...
  std::string authority;  ///< who gave it
  std::string reference;  ///< its number
  std::int64_t valid_from_utc_s = 0;
  std::optional<std::int64_t> valid_to_utc_s;
  std::vector<RecordKind> scope;                 ///< kinds of record it covers; empty: every kind
  std::optional<std::int64_t> scope_from_utc_s;  ///< events before this lie outside
  std::optional<std::int64_t> scope_to_utc_s;    ///< events from this on lie outside
  std::string document_sha256;                   ///< hash of the document itself; empty: not held

  bool operator==(const Authorisation&) const = default;
};

/// Europol 4x4 grade.
struct Grade {
  char source = 'X';       ///< A B C X
  char information = '4';  ///< 1 2 3 4

  bool operator==(const Grade&) const = default;
};

/// Who handed something over, under which authorisation, for what.
struct Source {
  SourceId id = 0;
  std::string name;
  AuthorisationId authorisation = 0;
  CompartmentId compartment = 0;
  std::string purpose;
  Grade grade;
  std::uint8_t handling = 0;  ///< H0 to H3
  std::string zone = "UTC";   ///< IANA zone assumed for times that state none
  std::string region;         ///< ISO 3166-1 alpha-2 assumed for phones and places; may be empty
  std::string procedure;      ///< procedure reference and folio
  std::int64_t review_at_utc_s = 0;  ///< retention: silence deletes then
  bool privileged = false;           ///< lawyer, doctor, reception centre: sealed at import

  bool operator==(const Source&) const = default;
};

/// Where one record lies in what was handed over.
struct Provenance {
  std::string file_name;     ///< as given at import
  std::string file_sha256;   ///< of the file as handed over, before decompression
  std::string member;        ///< path inside an archive or workbook; may be empty
  std::uint64_t row = 0;     ///< 1-based, header not counted
  std::uint64_t byte = 0;    ///< 0-based offset of the row in the decompressed member
  std::uint64_t length = 0;  ///< bytes of the raw row
};

}  // namespace ovillo
