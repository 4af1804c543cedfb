#include "ovillo/release/coded_records.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace ovillo::release {

CodedRecords::CodedRecords(std::vector<std::string> columns) : numbers_(columns.size()) {
  for (std::string& name : columns) columns_.push_back({std::move(name), {}});
}

Result<std::uint16_t> CodedRecords::code(std::size_t column, std::string_view value) {
  const auto found = numbers_[column].find(std::string(value));
  if (found != numbers_[column].end()) return found->second;
  if (++n_values_ > kMostValues)
    return Error(ErrorCode::release_too_large,
                 fmt::format("more than {} values with \"{}\"; names and numbers that are nearly "
                             "all different say who it is",
                             kMostValues, columns_[column].name));
  const auto number = static_cast<std::uint16_t>(columns_[column].values.size());
  columns_[column].values.emplace_back(value);
  numbers_[column].emplace(value, number);
  return number;
}

Result<void> CodedRecords::add(std::span<const std::string_view> values) {
  if (n_records_ == kMostRecords)
    return Error(ErrorCode::release_too_large, fmt::format("more than {} records", kMostRecords));
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::uint16_t number = kNotStated;
    if (!values[c].empty()) {
      OVILLO_TRY(number, code(c, values[c]));
    }
    codes_.push_back(number);
  }
  ++n_records_;
  return {};
}

Result<void> CodedRecords::pool(const std::string& column, std::span<const std::string> values,
                                const std::string& name) {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& one) { return one.name == column; });
  if (found == columns_.end())
    return Error(ErrorCode::base_bad_argument, fmt::format("no column \"{}\" to pool", column));
  const auto c = static_cast<std::size_t>(found - columns_.begin());
  OVILLO_TRY(const std::uint16_t pooled, code(c, name));
  std::vector<std::uint16_t> becomes(columns_[c].values.size());
  for (std::size_t v = 0; v < becomes.size(); ++v)
    becomes[v] = std::find(values.begin(), values.end(), columns_[c].values[v]) != values.end()
                     ? pooled
                     : static_cast<std::uint16_t>(v);
  for (std::size_t i = c; i < codes_.size(); i += columns_.size())
    if (codes_[i] != kNotStated) codes_[i] = becomes[codes_[i]];
  return {};
}

std::vector<std::uint64_t> CodedRecords::counts(std::size_t column) const {
  std::vector<std::uint64_t> out(columns_[column].values.size(), 0);
  for (std::size_t i = column; i < codes_.size(); i += columns_.size())
    if (codes_[i] != kNotStated) ++out[codes_[i]];
  return out;
}

}  // namespace ovillo::release
