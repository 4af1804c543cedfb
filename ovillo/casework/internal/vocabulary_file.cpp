#include "ovillo/casework/internal/vocabulary_file.hpp"

#include "ovillo/base/file.hpp"

namespace ovillo::casework {

Result<toml::table> read_vocabulary(const std::filesystem::path& path) {
  OVILLO_TRY(const auto text, read_file(path));
  try {
    return toml::parse(text, path.string());
  } catch (const toml::parse_error& fault) {
    return Error(ErrorCode::base_bad_data_file, std::string(fault.description()),
                 Locus{.file = path.string(),
                       .member = {},
                       .row = fault.source().begin.line,
                       .column = {},
                       .byte = {}});
  }
}

Error bad_entry(const std::filesystem::path& path, std::string_view entry) {
  return Error(ErrorCode::base_bad_data_file, std::string(entry),
               Locus{.file = path.string(), .member = {}, .row = {}, .column = {}, .byte = {}});
}

}  // namespace ovillo::casework
