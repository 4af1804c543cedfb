#include "ovillo/extract/internal/toml_file.hpp"

#include "ovillo/base/file.hpp"

namespace ovillo::extract {

Error bad_data(const std::filesystem::path& file, std::string what) {
  return Error(ErrorCode::base_bad_data_file, std::move(what),
               {file.filename().string(), {}, {}, {}, {}});
}

Result<toml::table> read_toml(const std::filesystem::path& file) {
  OVILLO_TRY(const std::string bytes, read_file(file));
  try {
    return toml::parse(bytes, file.string());
  } catch (const toml::parse_error& fault) {
    return Error(ErrorCode::base_bad_data_file, std::string(fault.description()),
                 {file.filename().string(), {}, fault.source().begin.line, {}, {}});
  }
}

}  // namespace ovillo::extract
