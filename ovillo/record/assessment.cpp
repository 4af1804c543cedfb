#include "ovillo/record/assessment.hpp"

#include <array>

namespace ovillo {

namespace {
constexpr std::array<std::string_view, 5> kSignSides = {"organisation", "for", "against",
                                                        "not_known", "urgent"};
}  // namespace

std::span<const std::string_view> names(SignSide) { return kSignSides; }

}  // namespace ovillo
