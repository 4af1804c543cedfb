#include "ovillo/base/error.hpp"

#include <fmt/format.h>

namespace ovillo {

namespace {

std::string where(const Locus& locus) {
  std::string out = locus.file;
  const auto add = [&out](const std::string& part) {
    if (!out.empty()) out += ", ";
    out += part;
  };
  if (!locus.member.empty()) add(locus.member);
  if (locus.row) add(fmt::format("row {}", *locus.row));
  if (!locus.column.empty()) add(fmt::format("column {}", locus.column));
  if (locus.byte) add(fmt::format("byte {}", *locus.byte));
  return out;
}

}  // namespace

const std::vector<ErrorInfo>& error_catalogue() {
  static const std::vector<ErrorInfo> catalogue = {
#include "ovillo/base/error_catalogue.inc"
  };
  return catalogue;
}

const ErrorInfo& info(ErrorCode code) { return error_catalogue()[static_cast<std::size_t>(code)]; }

std::string Error::message() const {
  const std::string place = where(locus_);
  std::string out = place.empty() ? std::string() : place + ": ";
  out += info(code_).sentence;
  if (!detail_.empty()) out += " (" + detail_ + ")";
  return fmt::format("{} [{}]", out, name());
}

}  // namespace ovillo
