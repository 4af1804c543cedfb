#include "ovillo/intake/internal/word_file.hpp"

#include "ovillo/base/file.hpp"

namespace ovillo::intake {

Error bad_data_file(const std::filesystem::path& path, std::string detail) {
  Locus locus;
  locus.file = path.string();
  return Error(ErrorCode::base_bad_data_file, std::move(detail), std::move(locus));
}

Result<toml::table> read_toml(const std::filesystem::path& path) {
  OVILLO_TRY(const std::string bytes, ovillo::read_file(path));
  try {  // the library has no other way to say what is wrong
    return toml::parse(bytes);
  } catch (const toml::parse_error& error) {
    return bad_data_file(path, std::string(error.description()));
  }
}

}  // namespace ovillo::intake
