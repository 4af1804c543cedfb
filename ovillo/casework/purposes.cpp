#include "ovillo/casework/purposes.hpp"

#include <algorithm>

#include "ovillo/casework/internal/vocabulary_file.hpp"

namespace ovillo::casework {

Result<Purposes> Purposes::open(const std::filesystem::path& data) {
  const auto path = data / "purposes.toml";
  OVILLO_TRY(const auto file, read_vocabulary(path));
  Purposes out;
  if (const auto* allowed = file["allowed"].as_table()) {
    for (const auto& [id, entry] : *allowed) {
      const auto* table = entry.as_table();
      const auto sentence = table ? (*table)["sentence"].value<std::string>() : std::nullopt;
      const auto needs_case = table ? (*table)["needs_case"].value<bool>() : std::nullopt;
      if (!sentence || !needs_case) return bad_entry(path, id.str());
      out.allowed_.push_back({std::string(id.str()), *sentence, *needs_case});
    }
  }
  if (const auto* refused = file["refused"].as_table()) {
    for (const auto& [id, entry] : *refused) {
      const auto* table = entry.as_table();
      const auto why = table ? (*table)["why"].value<std::string>() : std::nullopt;
      if (!why) return bad_entry(path, id.str());
      out.refused_.push_back({std::string(id.str()), *why});
    }
  }
  // Without its list nothing may be opened: an empty one is damage, not freedom.
  if (out.allowed_.empty() || out.refused_.empty()) return bad_entry(path, "allowed, refused");
  return out;
}

Result<void> Purposes::check(std::string_view purpose, std::string_view case_reference) const {
  for (const RefusedPurpose& one : refused_)
    if (one.id == purpose) return Error(ErrorCode::casework_refused_purpose, one.why);
  const auto found = std::find_if(allowed_.begin(), allowed_.end(),
                                  [&](const Purpose& one) { return one.id == purpose; });
  if (found == allowed_.end())
    return Error(ErrorCode::casework_unknown_purpose, std::string(purpose));
  if (found->needs_case && case_reference.empty())
    return Error(ErrorCode::casework_case_needed, found->id);
  return {};
}

}  // namespace ovillo::casework
