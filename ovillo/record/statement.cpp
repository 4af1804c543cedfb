#include "ovillo/record/statement.hpp"

#include <array>

namespace ovillo {

namespace {
constexpr std::array<std::string_view, 4> kStatementTypes = {"fact", "claim", "assessment",
                                                             "inference"};
}  // namespace

std::span<const std::string_view> names(StatementType) { return kStatementTypes; }

}  // namespace ovillo
