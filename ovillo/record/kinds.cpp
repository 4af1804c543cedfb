#include "ovillo/record/kinds.hpp"

#include <array>

namespace ovillo {

namespace {
using std::string_view;

constexpr std::array<string_view, 13> kRecordKinds = {
    "advert", "report",  "notice",   "message", "transfer", "call",     "trip",
    "person", "company", "document", "thing",   "relation", "judgement"};

constexpr std::array<string_view, 49> kFields = {"other",
                                                 "text",
                                                 "title",
                                                 "local_id",
                                                 "reference",
                                                 "time",
                                                 "time_end",
                                                 "received",
                                                 "phone",
                                                 "email",
                                                 "handle",
                                                 "url",
                                                 "iban",
                                                 "account",
                                                 "wallet",
                                                 "plate",
                                                 "document_number",
                                                 "name",
                                                 "birth_date",
                                                 "nationality",
                                                 "address",
                                                 "place",
                                                 "country",
                                                 "language",
                                                 "age",
                                                 "author",
                                                 "payer",
                                                 "from_phone",
                                                 "to_phone",
                                                 "from_account",
                                                 "to_account",
                                                 "from_name",
                                                 "to_name",
                                                 "from_ref",
                                                 "to_ref",
                                                 "predicate",
                                                 "amount",
                                                 "currency",
                                                 "price",
                                                 "duration_s",
                                                 "channel",
                                                 "latitude",
                                                 "longitude",
                                                 "region",
                                                 "kind",
                                                 "photo",
                                                 "page",
                                                 "line_boxes",
                                                 "doubtful"};

constexpr std::array<string_view, 23> kFindKinds = {
    "phone",     "email", "handle",        "url",   "iban",
    "account",   "card",  "wallet",        "plate", "document_number",
    "local_ref", "price", "place",         "age",   "name",
    "language",  "time",  "wage",          "hours", "promise",
    "voice",     "photo", "photo_likeness"};

constexpr std::array<string_view, 6> kRoles = {"mentioned", "subject", "author",
                                               "payer",     "from",    "to"};

constexpr std::array<string_view, 11> kWrittenAs = {"field",   "plain",     "separated", "words",
                                                    "mixed",   "lookalike", "emoji",     "split",
                                                    "spelled", "link",      "doubtful"};
}  // namespace

std::span<const string_view> names(RecordKind) { return kRecordKinds; }
std::span<const string_view> names(FindKind) { return kFindKinds; }
std::span<const string_view> names(Role) { return kRoles; }
std::span<const string_view> names(WrittenAs) { return kWrittenAs; }

std::span<const string_view> names(Field) { return kFields; }

}  // namespace ovillo
