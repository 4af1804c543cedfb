#include "ovillo/flow/source_order.hpp"

#include <string_view>

namespace ovillo::flow {

Result<Grade> parse_grade(const std::string& text) {
  const bool fits = text.size() == 2 &&
                    std::string_view("ABCX").find(text[0]) != std::string_view::npos &&
                    std::string_view("1234").find(text[1]) != std::string_view::npos;
  if (!fits)
    return Error(
        ErrorCode::base_bad_argument,
        "a grade is a letter of A B C X and a digit of 1 2 3 4, such as B2, not \"" + text + "\"");
  return Grade{text[0], text[1]};
}

Result<std::uint8_t> parse_handling(const std::string& text) {
  if (text.size() != 2 || text[0] != 'H' || text[1] < '0' || text[1] > '3')
    return Error(ErrorCode::base_bad_argument,
                 "a handling code is H0, H1, H2 or H3, not \"" + text + "\"");
  return static_cast<std::uint8_t>(text[1] - '0');
}

Result<SourceOrder> source_order(const SourceWords& words) {
  SourceOrder order;
  OVILLO_TRY(order.source.grade, parse_grade(words.grade));
  OVILLO_TRY(order.source.handling, parse_handling(words.handling));
  if (!words.region.empty() && words.region.size() != 2)
    return Error(ErrorCode::base_bad_argument,
                 "a region is a two-letter country code, not \"" + words.region + "\"");
  OVILLO_TRY(const auto zone, Zone::open(words.zone));
  for (std::size_t i = 0; i < words.scope.size();) {
    const std::size_t end = std::min(words.scope.find(',', i), words.scope.size());
    const auto kind = from_name<RecordKind>(words.scope.substr(i, end - i));
    if (!kind)
      return Error(ErrorCode::base_bad_argument,
                   "\"" + words.scope.substr(i, end - i) +
                       "\" is not a kind of record (advert, transfer, call ...)");
    order.authorisation.scope.push_back(*kind);
    i = end + 1;
  }
  order.compartment = words.compartment;
  order.source.name = words.name;
  order.source.zone = zone.name();
  order.source.region = words.region;
  order.source.procedure = words.procedure;
  order.source.purpose = words.purpose;
  order.source.review_at_utc_s = words.review_at_utc_s;
  order.source.privileged = words.privileged;
  order.authorisation.kind = words.authorisation_kind;
  order.authorisation.authority = words.authority;
  order.authorisation.reference = words.reference;
  order.authorisation.valid_from_utc_s = words.valid_from_utc_s;
  order.authorisation.valid_to_utc_s = words.valid_to_utc_s;
  order.authorisation.scope_from_utc_s = words.scope_from_utc_s;
  order.authorisation.scope_to_utc_s = words.scope_to_utc_s;
  order.authorisation.document_sha256 = words.document_sha256;
  return order;
}

}  // namespace ovillo::flow
