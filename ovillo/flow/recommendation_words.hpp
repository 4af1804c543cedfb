// The words of a register of recommendations: headers and statuses, in four languages.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/picture/recommendations.hpp"

namespace ovillo::flow {

enum class RegisterPart : std::uint8_t {
  number,
  text,
  recipients,
  year,
  topic,
  legal_basis,
  status,
  status_date,
  evidence,
  answer
};
std::span<const std::string_view> names(RegisterPart);
inline constexpr std::size_t kRegisterParts = 10;

class RecommendationWords {
 public:
  /// From data/recommendations/words.toml. @error base.cannot_read, base.bad_data_file.
  static Result<RecommendationWords> open(const std::filesystem::path& data);

  [[nodiscard]] std::optional<RegisterPart> part(std::string_view header) const;
  [[nodiscard]] std::optional<picture::RecommendationStatus> status(std::string_view words) const;
  /// The first word of a language. @param language  one of languages().
  [[nodiscard]] std::string heading(RegisterPart part, const std::string& language) const;
  [[nodiscard]] std::string heading(picture::RecommendationStatus status,
                                    const std::string& language) const;
  /// "de", "en", "fr", "nl".
  [[nodiscard]] const std::vector<std::string>& languages() const { return languages_; }

 private:
  std::vector<std::string> languages_;
  std::map<std::string, RegisterPart, std::less<>> part_;
  std::map<std::string, picture::RecommendationStatus, std::less<>> status_;
  std::map<std::string, std::string> first_;  ///< "header.number.en" -> "number"
};

}  // namespace ovillo::flow
