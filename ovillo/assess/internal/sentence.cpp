#include "ovillo/assess/internal/sentence.hpp"

#include <optional>

#include <fmt/format.h>

namespace ovillo::assess {

namespace {

std::optional<std::int64_t> count_of(std::string_view name, const Counts& counts) {
  if (name == "records") return counts.records;
  if (name == "of") return counts.of;
  if (name == "values") return counts.values;
  if (name == "over") return counts.over;
  if (name == "days") return counts.days;
  return std::nullopt;
}

// "{records:advert|adverts}" without its braces. Empty: not a placeholder.
std::optional<std::string> fill_placeholder(std::string_view inside, const Counts& counts) {
  const std::size_t colon = inside.find(':');
  const auto count = count_of(inside.substr(0, colon), counts);
  if (!count) return std::nullopt;
  if (colon == std::string_view::npos) return fmt::format("{}", *count);
  const std::string_view words = inside.substr(colon + 1);
  const std::size_t bar = words.find('|');
  if (bar == std::string_view::npos) return std::nullopt;
  return fmt::format("{} {}", *count, *count == 1 ? words.substr(0, bar) : words.substr(bar + 1));
}

std::optional<std::string> fill(std::string_view sentence, const Counts& counts) {
  std::string out;
  while (!sentence.empty()) {
    const std::size_t open = sentence.find('{');
    out += sentence.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = sentence.find('}', open);
    if (close == std::string_view::npos) return std::nullopt;
    const auto filled = fill_placeholder(sentence.substr(open + 1, close - open - 1), counts);
    if (!filled) return std::nullopt;
    out += *filled;
    sentence.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

Result<void> check_sentence(std::string_view sentence) {
  if (!sentence.empty() && fill(sentence, {})) return {};
  return Error(ErrorCode::base_bad_data_file,
               fmt::format("sentence \"{}\": counts are {{records}}, {{of}}, {{values}}, {{over}}, "
                           "{{days}}, with \":one|many\" after them",
                           sentence));
}

std::string fill_sentence(std::string_view sentence, const Counts& counts) {
  return fill(sentence, counts).value_or(std::string(sentence));
}

}  // namespace ovillo::assess
