#include "ovillo/assess/internal/employers.hpp"

#include <algorithm>
#include <vector>

#include "ovillo/assess/internal/toml_table.hpp"

namespace ovillo::assess {

namespace {

Result<Employers> read_list(const std::filesystem::path& file) {
  OVILLO_TRY(const auto root, TomlTable::open(file));
  for (const char* key : {"list", "authority", "source", "date"}) {
    OVILLO_TRY(const auto text, root.required_string(key));
    if (text.empty()) return root.bad(key, "a text is needed");
  }
  OVILLO_TRY(const auto example, root.number_or("example", 0));
  OVILLO_TRY(const auto employers, root.tables("employer"));
  OVILLO_CHECK(root.no_other_keys());
  Employers out;
  for (const TomlTable& employer : employers) {
    OVILLO_TRY(const auto name, employer.required_string("name"));
    OVILLO_TRY(const auto identifiers, employer.strings("identifiers"));
    if (identifiers.empty()) return employer.bad("identifiers", "at least one: " + name);
    OVILLO_CHECK(employer.no_other_keys());
    if (example == 0) out.insert(identifiers.begin(), identifiers.end());
  }
  return out;
}

}  // namespace

Result<Employers> read_employers(const std::filesystem::path& folder) {
  Employers out;
  std::error_code failed;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator i(folder, failed), end; !failed && i != end;
       i.increment(failed))
    if (i->path().extension() == ".toml") files.push_back(i->path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    OVILLO_TRY(const auto some, read_list(file));
    out.insert(some.begin(), some.end());
  }
  return out;
}

}  // namespace ovillo::assess
