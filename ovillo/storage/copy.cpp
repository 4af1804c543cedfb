#include "ovillo/storage/copy.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace fs = std::filesystem;

namespace {

/// A table as a copy sees it. `kinds`: per column, i a number, t text, b bytes; capital: may be
/// null.
struct TableShape {
  std::string_view name;
  std::string_view columns;
  std::string_view kinds;
  std::string_view order;
};

/// Of the newest schema (schema.cpp). A table or column that is missing here is missed by
/// WorkspaceTest.ACopyKnowsEveryTableOfTheSchema.
constexpr std::array<TableShape, 14> kTables = {{
    {"counter", "name, next", "ti", "name"},
    {"compartment", "id, name", "it", "id"},
    {"users", "name, is_owner, sealed", "tiB", "name"},
    {"grants", "user_name, compartment, until_utc_s", "tiI", "user_name, compartment"},
    {"authorisation", "id, kind, valid_from_utc_s, valid_to_utc_s, sealed", "itiIb", "id"},
    {"source", "id, compartment, authorisation, handling, privileged, review_at_utc_s, sealed",
     "iiiiiib", "id"},
    {"import", "grp, seq, source, compartment, at_utc_s, merkle_root, sealed", "iiiiibb",
     "grp, seq"},
    {"record_ids", "grp, seq, compartment, sealed", "iiib", "grp, seq"},
    {"block",
     "kind, grp, part, compartment, source, bucket, n_rows, version, key_id, sha256, leaf, payload",
     "iiiiiiiiibBb", "kind, grp, part"},
    {"named_value", "name, sealed", "tb", "name"},
    {"event", "position, compartment, bucket, key_id, at_utc_s, sealed", "iiiiib", "position"},
    {"derived_value", "name, scope, key_id, sealed", "ttib", "name"},
    {"tombstone", "hash, at_utc_s", "bi", "hash"},
    {"key_to_destroy", "key_id", "i", "key_id"},
}};

void bind_as(char kind, const Statement& from, int column, Statement& to) {
  if (from.is_null(column)) {
    to.bind_null();
  } else if (kind == 'i' || kind == 'I') {
    to.bind(from.integer(column));
  } else if (kind == 't') {
    to.bind_text(from.bytes(column));
  } else {
    to.bind_blob(from.bytes(column));
  }
}

std::string insert_of(const TableShape& table) {
  std::string marks;
  for (std::size_t i = 0; i < table.kinds.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table.name, table.columns, marks);
}

/// @return  rows copied.
Result<std::uint64_t> copy_table(Database& from, Database& to, const TableShape& table) {
  const std::string select =
      fmt::format("SELECT {} FROM {} ORDER BY {}", table.columns, table.name, table.order);
  const std::string insert = insert_of(table);
  OVILLO_CHECK(to.execute(fmt::format("DELETE FROM {}", table.name)));
  OVILLO_TRY(auto rows, from.prepare(select));
  std::uint64_t n = 0;
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return n;
    OVILLO_TRY(auto row, to.prepare(insert));
    for (std::size_t c = 0; c < table.kinds.size(); ++c)
      bind_as(table.kinds[c], rows, static_cast<int>(c), row);
    OVILLO_CHECK(row.run());
    ++n;
  }
}

/// What stands in a SQLite log goes into its file, so that the file is all there is.
Result<void> settle(const fs::path& file) {
  OVILLO_TRY(auto database, Database::open(file, Database::Mode::write));
  return database.forget_what_was_deleted();
}

Result<void> copy_file_to(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, failed);
  if (failed) return Error(ErrorCode::base_cannot_write, to.string() + ": " + failed.message());
  return {};
}

/// Numbers of the imports whose originals give their Merkle root.
Result<std::set<std::uint64_t>> verified_imports(const fs::path& folder) {
  OVILLO_TRY(const auto workspace, Workspace::open(folder));
  OVILLO_TRY(const auto imports, workspace.imports());
  std::set<std::uint64_t> out;
  for (const ImportRow& row : imports)
    if (workspace.verify_originals(row.group)) out.insert(row.group);
  return out;
}

Result<std::uint64_t> copy_tables(const Store& from, const Store& to) {
  OVILLO_TRY(auto old_tables, from.open(Database::Mode::read));
  OVILLO_TRY(auto new_tables, to.open(Database::Mode::write));
  OVILLO_CHECK(old_tables.begin_to_read());
  OVILLO_CHECK(new_tables.begin_to_write());
  std::uint64_t n_rows = 0;
  for (const TableShape& table : kTables) {
    OVILLO_TRY(const auto n, copy_table(old_tables, new_tables, table));
    n_rows += n;
  }
  OVILLO_CHECK(new_tables.commit());
  return n_rows;
}

Result<CopyReport> copy_all(const fs::path& from, const fs::path& to, const std::string& store) {
  CopyReport report;
  // Opening also brings it to the newest schema, and finishes what a crash left.
  OVILLO_TRY(const auto before, verified_imports(from));
  {
    OVILLO_TRY(const auto made, Workspace::create(to, std::nullopt, store));
  }
  {
    OVILLO_TRY(const auto lock, FolderLock::take(from));
    OVILLO_TRY(const auto old_store, Store::of(from));
    OVILLO_TRY(const auto new_store, Store::of(to));
    OVILLO_TRY(report.n_rows, copy_tables(old_store, new_store));
    for (const char* name : {"keys.db", "audit.db"}) OVILLO_CHECK(settle(from / name));
    for (const char* name : {"keys.db", "audit.db", "master.key"})
      OVILLO_CHECK(copy_file_to(from / name, to / name));
  }
  OVILLO_TRY(const auto after, verified_imports(to));
  if (after != before) return Error(ErrorCode::storage_damaged_block, "originals after the copy");
  OVILLO_TRY(const auto copied, Workspace::open(to));
  OVILLO_TRY(const auto imports, copied.imports());
  report.n_imports = imports.size();
  report.n_verified = after.size();
  return report;
}

}  // namespace

std::string columns_copied() {
  std::vector<std::string> lines;
  for (const TableShape& table : kTables)
    lines.push_back(fmt::format("{} {}\n", table.name, table.kinds.size()));
  std::sort(lines.begin(), lines.end());
  return fmt::format("{}", fmt::join(lines, ""));
}

Result<CopyReport> copy_workspace(const fs::path& from, const fs::path& to,
                                  const std::string& store) {
  if (fs::exists(to)) return Error(ErrorCode::storage_exists, to.string());
  auto report = copy_all(from, to, store);
  std::error_code ignored;
  if (!report) fs::remove_all(to, ignored);
  return report;
}

}  // namespace ovillo::storage
