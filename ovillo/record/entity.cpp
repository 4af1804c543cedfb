#include "ovillo/record/entity.hpp"

#include <array>

namespace ovillo {

namespace {
constexpr std::array<std::string_view, 16> kEntityKinds = {
    "phone",  "email",         "handle",          "url",      "iban",   "account", "card",
    "wallet", "plate",         "document_number", "template", "person", "company", "thing",
    "photo",  "photo_likeness"};
constexpr std::array<std::string_view, 2> kLinkKinds = {"identity", "association"};
}  // namespace

std::span<const std::string_view> names(EntityKind) { return kEntityKinds; }
std::span<const std::string_view> names(LinkKind) { return kLinkKinds; }

}  // namespace ovillo
