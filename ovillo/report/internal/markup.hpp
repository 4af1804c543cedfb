// Markup: how values of the files get into the page without becoming part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/report/network_report.hpp"

namespace ovillo::report {

/// For attribute values and element content. Control characters become their pictures (U+2400 on),
/// ill-formed bytes U+FFFD; tab and line feed stay.
std::string escaped(std::string_view text);

/// Raw words as element content: escaped, and invisible characters (zero-width, direction marks,
/// tags) stand as a boxed "U+202E", because hiding a character is something the reader must see.
/// The joiner and variation selector that emoji need stay.
std::string raw_words(std::string_view text);

/// A field's value with its finds marked. Overlapping marks: the earlier, then the longer one;
/// spans that do not lie in the value on character boundaries are not marked.
std::string marked_words(std::string_view value, const std::vector<ReportMark>& marks);

/// "2026-03-03 14:05 UTC"; empty for 0, which the record uses for "not stated".
std::string readable_utc(std::int64_t utc_s);

/// "1,234,567".
std::string grouped(std::uint64_t n);

/// "1 record", "1,200 records".
std::string counted(std::uint64_t n, std::string_view one, std::string_view many);

/// Links to records: "R1, R4–R9". Positions ascending. Empty: "none".
std::string record_links(const std::vector<std::size_t>& positions);

/// Log2 odds from quarter bits: "6.25", "−0.5".
std::string bits(std::int32_t quarter_bits);

/// Base64 of the SHA-256 of `text`, as a content security policy wants it.
std::string policy_hash(std::string_view text);

}  // namespace ovillo::report
