#include "ovillo/flow/recommendation_words.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "ovillo/base/file.hpp"
#include "ovillo/flow/part_columns.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::flow {

namespace {

constexpr std::array<std::string_view, kRegisterParts> kParts = {
    "number",      "text",   "recipients",  "year",     "topic",
    "legal_basis", "status", "status_date", "evidence", "answer"};

std::string with_capital(std::string word) {
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z')
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

std::span<const std::string_view> names(RegisterPart) { return kParts; }

Result<RecommendationWords> RecommendationWords::open(const std::filesystem::path& data) {
  const std::filesystem::path path = data / "recommendations" / "words.toml";
  const auto bad = [&](std::string detail) {
    return Error(ErrorCode::base_bad_data_file, std::move(detail),
                 Locus{path.string(), {}, {}, {}, {}});
  };
  OVILLO_TRY(const std::string text, read_file(path));
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {  // the library's only way to say so
    return bad(std::string(error.description()));
  }
  RecommendationWords out;
  // Words of one meaning, by language; the first of each is kept under `key`.
  const auto read = [&](std::string_view group, std::string_view name,
                        const auto& keep) -> Result<void> {
    const auto* lists = table[group][name].as_table();
    if (lists == nullptr) return bad(fmt::format("'{}.{}' is not there", group, name));
    for (const auto& [language, list] : *lists) {
      const auto* words = list.as_array();
      if (words == nullptr || words->empty())
        return bad(fmt::format("'{}.{}' holds no list", group, name));
      const std::string of(language.str());
      if (std::find(out.languages_.begin(), out.languages_.end(), of) == out.languages_.end())
        out.languages_.push_back(of);
      out.first_[fmt::format("{}.{}.{}", group, name, of)] = words->front().value_or(std::string());
      for (const auto& word : *words) keep(words_of_header(word.value_or(std::string())));
    }
    return {};
  };
  for (const std::string_view name : kParts)
    OVILLO_CHECK(read("header", name, [&](std::string word) {
      out.part_.try_emplace(std::move(word), *from_name<RegisterPart>(name));
    }));
  for (const std::string_view name : names(picture::RecommendationStatus::open))
    OVILLO_CHECK(read("status", name, [&](std::string word) {
      out.status_.try_emplace(std::move(word), *from_name<picture::RecommendationStatus>(name));
    }));
  return out;
}

std::optional<RegisterPart> RecommendationWords::part(std::string_view header) const {
  const auto found = part_.find(words_of_header(header));
  return found == part_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<picture::RecommendationStatus> RecommendationWords::status(
    std::string_view words) const {
  const auto found = status_.find(words_of_header(words));
  return found == status_.end() ? std::nullopt : std::optional(found->second);
}

std::string RecommendationWords::heading(RegisterPart part, const std::string& language) const {
  return with_capital(first_.at(fmt::format("header.{}.{}", name_of(part), language)));
}

std::string RecommendationWords::heading(picture::RecommendationStatus status,
                                         const std::string& language) const {
  return first_.at(fmt::format("status.{}.{}", name_of(status), language));
}

}  // namespace ovillo::flow
