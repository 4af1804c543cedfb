#include "ovillo/flow/release_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/hash.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/release/attack.hpp"
#include "ovillo/release/count_table.hpp"
#include "ovillo/release/round_counts.hpp"
#include "ovillo/release/suppress.hpp"

namespace ovillo::flow {

namespace {

using release::CountTable;

constexpr std::string_view kWithheld = "withheld";
constexpr std::string_view kTotal = "Total";

Result<std::uint64_t> count_in(std::string_view text, const RecordBatch& batch, std::size_t row) {
  std::uint64_t count = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), count);
  constexpr std::uint64_t kMost = 1'000'000'000'000;
  if (failed != std::errc{} || end != text.data() + text.size() || count > kMost)
    return Error(ErrorCode::release_bad_table, fmt::format("\"{}\" is no count", text),
                 Locus{batch.file_name, batch.member, batch.row[row], {}, batch.byte[row]});
  return count;
}

/// Rows of the file; `visit` sees each beside the batch it stands in.
Result<std::vector<release::CountRow>> read_rows(
    const ReleaseOrder& order, std::ostream& warn,
    const std::function<Result<void>(const RecordBatch&, std::size_t)>& visit) {
  std::vector<release::CountRow> rows;
  const std::string& path = order.files[0];
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    std::vector<std::uint16_t> at;
    for (const std::string& name : order.by) {
      OVILLO_TRY(const std::uint16_t column, column_at(batch, name));
      at.push_back(column);
    }
    OVILLO_TRY(const std::uint16_t people, column_at(batch, order.people));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      release::CountRow& one = rows.emplace_back();
      one.row = batch.row[row];
      for (const std::uint16_t column : at)
        one.values.emplace_back(without_blanks(cell(batch, row, column)));
      one.people = 1;
      if (visit)
        if (auto visited = visit(batch, row); !visited) return visited;
      if (people == kNoColumn) continue;
      OVILLO_TRY(one.people, count_in(without_blanks(cell(batch, row, people)), batch, row));
    }
    return {};
  }));
  return rows;
}

Result<CountTable> read_counts(const ReleaseOrder& order, std::ostream& warn) {
  OVILLO_TRY(const auto rows, read_rows(order, warn, nullptr));
  return release::make_count_table(order.files[0], order.by, rows);
}

/// The secret behind the keys of records. @error base.bad_argument: fewer than 32 bytes.
Result<IdKey> read_secret(const std::string& path) {
  constexpr std::size_t kFewestBytes = 32;
  if (path.empty())
    return Error(ErrorCode::base_bad_argument,
                 "--key FILE is needed: a secret that stays the same from table to table");
  OVILLO_TRY(const std::string text, read_file(path));
  if (text.size() < kFewestBytes)
    return Error(
        ErrorCode::base_bad_argument,
        fmt::format("--key: {} bytes; a secret has {} and more", text.size(), kFewestBytes));
  Sha256 hash;
  hash.update(text);
  const std::string digits = hash.hex();
  IdKey key;
  for (std::size_t i = 0; i < key.bytes.size(); ++i)
    std::from_chars(digits.data() + 2 * i, digits.data() + 2 * i + 2, key.bytes[i], 16);
  return key;
}

/// A released table: by the values of its dimensions what was published; withheld cells are empty.
struct Released {
  std::vector<std::string> dimensions;
  std::map<std::vector<std::string>, std::optional<std::uint64_t>> cells;
};

Result<Released> read_released(const std::string& path, std::ostream& warn) {
  Released out;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    if (batch.columns.empty() || batch.columns.back().name != "count")
      return Error(ErrorCode::release_bad_table, "a released table ends with the column \"count\"",
                   Locus{batch.file_name, batch.member, {}, {}, {}});
    const std::size_t n = batch.columns.size() - 1;
    out.dimensions.clear();
    for (std::size_t c = 0; c < n; ++c) out.dimensions.push_back(batch.columns[c].name);
    for (std::size_t row = 0; row < batch.size(); ++row) {
      std::vector<std::string> at;
      for (std::size_t c = 0; c < n; ++c)
        at.emplace_back(without_blanks(cell(batch, row, static_cast<std::uint16_t>(c))));
      const std::string_view count =
          without_blanks(cell(batch, row, static_cast<std::uint16_t>(n)));
      if (count == kWithheld) {
        out.cells.try_emplace(std::move(at));
        continue;
      }
      OVILLO_TRY(const std::uint64_t value, count_in(count, batch, row));
      out.cells[std::move(at)] = value;
    }
    return {};
  }));
  return out;
}

/// What `released` tells of each cell of `table`; a dimension that it lacks stands at its total.
void take_over(const Released& released, const CountTable& table, release::Published& known) {
  std::vector<std::size_t> column;  // of each dimension in the released table; or none
  for (const release::Dimension& dimension : table.dimensions())
    column.push_back(static_cast<std::size_t>(
        std::find(released.dimensions.begin(), released.dimensions.end(), dimension.name) -
        released.dimensions.begin()));
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::vector<std::size_t> at = table.values_of(c);
    std::vector<std::string> key(released.dimensions.size(), std::string(kTotal));
    bool speaks = true;
    for (std::size_t d = 0; d < at.size(); ++d) {
      if (column[d] < key.size())
        key[column[d]] = table.name(d, at[d]);
      else
        speaks = speaks && at[d] == table.dimensions()[d].values.size();
    }
    const auto found = speaks ? released.cells.find(key) : released.cells.end();
    if (found == released.cells.end() || !found->second) continue;
    known.known[c] = true;
    known.value[c] = *found->second;
  }
}

void write_cell_name(const CountTable& table, std::size_t cell, std::ostream& out) {
  const std::vector<std::size_t> at = table.values_of(cell);
  for (std::size_t d = 0; d < at.size(); ++d)
    out << (d == 0 ? "" : ",") << csv_cell(table.name(d, at[d]));
}

void write_header(const CountTable& table, std::ostream& out) {
  for (const release::Dimension& one : table.dimensions()) out << csv_cell(one.name) << ',';
}

void tell_erased(const CountTable& table, const release::Suppression& suppression,
                 std::ostream& warn) {
  const auto erased = release::erased_groups(table, suppression);
  for (const release::ErasedGroup& one : erased)
    warn << fmt::format("erased: no count of {} = {} is left in the table ({} people)\n",
                        table.dimensions()[one.dimension].name,
                        table.name(one.dimension, one.value), one.people);
  if (!erased.empty())
    warn << "A group that no table shows is not seen by those who decide. Put it together with "
            "another, take several years as one, or leave a dimension out.\n";
}

}  // namespace

Result<void> write_release(const ReleaseOrder& order, std::ostream& out, std::ostream& warn) {
  if (order.files.size() != 1 || order.by.empty())
    return Error(ErrorCode::base_bad_argument, "one file and --by COLUMNS are needed");
  OVILLO_TRY(const CountTable table, read_counts(order, warn));
  release::Published before{std::vector<bool>(table.size(), false),
                            std::vector<std::uint64_t>(table.size(), 0)};
  for (const std::string& path : order.earlier) {
    OVILLO_TRY(const Released released, read_released(path, warn));
    take_over(released, table, before);
  }
  const release::SuppressionRule rule{order.minimum, order.zeros, order.width};
  const release::Suppression suppression = release::suppress(table, rule, before.known);
  // The attack is the proof: the rule above could be wrong, and earlier tables could be others.
  release::Published all = release::published(table, suppression);
  for (std::size_t c = 0; c < table.size(); ++c) {
    if (!before.known[c]) continue;
    all.known[c] = true;
    all.value[c] = before.value[c];
  }
  const release::Attack attack = release::attack(table, all);
  std::set<std::size_t> open(suppression.unprotected.begin(), suppression.unprotected.end());
  for (const release::CellInterval& one : attack.intervals)
    if (suppression.primary[one.cell] && one.high - one.low < static_cast<double>(rule.width))
      open.insert(one.cell);
  if (attack.contradictory || !open.empty()) {
    return Error(ErrorCode::release_unprotected,
                 attack.contradictory
                     ? "the earlier tables are of other counts"
                     : fmt::format("{} small cells follow from what is published", open.size()),
                 Locus{order.files[0], {}, {}, {}, {}});
  }
  write_header(table, out);
  out << "count\n";
  for (std::size_t c = 0; c < table.size(); ++c) {
    write_cell_name(table, c, out);
    out << ','
        << (suppression.withheld(c) ? std::string(kWithheld) : std::to_string(table.count(c)))
        << '\n';
  }
  warn << fmt::format("{} of {} cells are withheld: {} are small, {} protect them\n",
                      suppression.n_primary + suppression.n_secondary, table.size(),
                      suppression.n_primary, suppression.n_secondary);
  tell_erased(table, suppression, warn);
  return {};
}

Result<void> write_attack(const ReleaseOrder& order, std::ostream& out, std::ostream& warn) {
  if (order.files.empty()) return Error(ErrorCode::base_bad_argument, "a released table is needed");
  std::vector<Released> released;
  for (const std::string& path : order.files) {
    OVILLO_TRY(released.emplace_back(), read_released(path, warn));
  }
  // The shape of the first; totals are margins and no values of their own.
  std::vector<release::CountRow> rows;
  for (const auto& [at, count] : released[0].cells)
    if (std::find(at.begin(), at.end(), kTotal) == at.end()) rows.push_back({0, at, 0});
  OVILLO_TRY(const CountTable table,
             release::make_count_table(order.files[0], released[0].dimensions, rows));
  release::Published known{std::vector<bool>(table.size(), false),
                           std::vector<std::uint64_t>(table.size(), 0)};
  for (const Released& one : released) take_over(one, table, known);
  const release::Attack attack = release::attack(table, known);
  if (attack.contradictory)
    return Error(ErrorCode::release_bad_table,
                 "the counts contradict one another: parts do not add up to their total",
                 Locus{order.files[0], {}, {}, {}, {}});
  write_header(table, out);
  out << "low,high,exact\n";
  std::size_t n_exact = 0;
  for (const release::CellInterval& one : attack.intervals) {
    n_exact += one.low == one.high;
    write_cell_name(table, one.cell, out);
    out << fmt::format(",{:.0f},{},{}\n", one.low,
                       std::isinf(one.high) ? std::string() : fmt::format("{:.0f}", one.high),
                       one.low == one.high ? "yes" : "no");
  }
  warn << fmt::format("{} of {} withheld cells follow exactly from the others\n", n_exact,
                      attack.intervals.size());
  return {};
}

Result<void> write_moved(const ReleaseOrder& order, std::ostream& out, std::ostream& warn) {
  if (order.files.size() != 1 || order.by.empty())
    return Error(ErrorCode::base_bad_argument, "one file and --by COLUMNS are needed");
  if (!order.people.empty())
    return Error(ErrorCode::base_bad_argument,
                 "--count: keys belong to records, so the file must have a row for each");
  OVILLO_TRY(const auto noise, release::noise_table(order.noise));
  OVILLO_TRY(const IdKey secret, read_secret(order.key_file));
  std::vector<std::uint64_t> key;  // of each record, as a share of 2^64
  OVILLO_TRY(const auto rows,
             read_rows(order, warn, [&](const RecordBatch& batch, std::size_t row) -> Result<void> {
               KeyedHasher hasher(secret);
               hasher.add("ovillo record key 1");
               OVILLO_TRY(const std::uint16_t id, column_at(batch, order.id));
               if (id != kNoColumn) {
                 hasher.add(cell(batch, row, id));
               } else {
                 for (std::size_t c = 0; c < batch.columns.size(); ++c)
                   hasher.add(cell(batch, row, static_cast<std::uint16_t>(c)));
               }
               key.push_back(hasher.finish<struct RecordKey>().hi);
               return {};
             }));
  OVILLO_TRY(const CountTable table, release::make_count_table(order.files[0], order.by, rows));
  // Shares of 2^64 add up without the whole part by themselves.
  std::vector<std::uint64_t> cell_key(table.size(), 0);
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (const std::size_t c : table.cells_above(release::place_of(table, rows[r])))
      cell_key[c] += key[r];
  write_header(table, out);
  out << "count\n";
  for (std::size_t c = 0; c < table.size(); ++c) {
    const auto count = static_cast<std::int64_t>(table.count(c));
    const double share = static_cast<double>(cell_key[c] >> 11) * 0x1p-53;
    write_cell_name(table, c, out);
    out << ',' << count + release::move_of(noise, table.count(c), share) << '\n';
  }
  warn << fmt::format(
      "{} cells, each moved by {} at most; totals are moved on their own and need not "
      "be the sum of their parts\n",
      table.size(), order.noise.most);
  return {};
}

namespace {

Result<release::RoundingWay> way_named(const std::string& how) {
  if (how == "controlled") return release::RoundingWay::controlled;
  if (how == "random") return release::RoundingWay::random;
  if (how == "nearest") return release::RoundingWay::nearest;
  return Error(ErrorCode::base_bad_argument, "--how takes controlled, random or nearest");
}

/// A draw in [0, 1) per cell, the same for the same cell and count in every release.
std::vector<double> draws_of(const CountTable& table, const IdKey& secret) {
  std::vector<double> out;
  for (std::size_t c = 0; c < table.size(); ++c) {
    KeyedHasher hasher(secret);
    hasher.add("ovillo rounding 1");
    const std::vector<std::size_t> at = table.values_of(c);
    for (std::size_t d = 0; d < at.size(); ++d) {
      if (at[d] == table.dimensions()[d].values.size()) continue;
      hasher.add(table.dimensions()[d].name);
      hasher.add(table.name(d, at[d]));
    }
    hasher.add(std::to_string(table.count(c)));
    out.push_back(static_cast<double>(hasher.finish<struct CellDraw>().hi >> 11) * 0x1p-53);
  }
  return out;
}

}  // namespace

Result<void> write_rounded(const ReleaseOrder& order, std::ostream& out, std::ostream& warn) {
  if (order.files.size() != 1 || order.by.empty())
    return Error(ErrorCode::base_bad_argument, "one file and --by COLUMNS are needed");
  OVILLO_TRY(const CountTable table, read_counts(order, warn));
  OVILLO_TRY(const release::RoundingWay way, way_named(order.how));
  const release::RoundingRule rule{order.base, way};
  std::vector<double> draw(table.size(), 0.5);
  if (!order.key_file.empty() || rule.way == release::RoundingWay::random) {
    OVILLO_TRY(const IdKey secret, read_secret(order.key_file));
    draw = draws_of(table, secret);
  }
  const release::Rounding rounded = release::round_counts(table, rule, draw);
  write_header(table, out);
  out << "count\n";
  for (std::size_t c = 0; c < table.size(); ++c) {
    write_cell_name(table, c, out);
    out << ',' << rounded.value[c] << '\n';
  }
  warn << fmt::format("{} cells, multiples of {}; {} of {} totals are not the sum of their parts\n",
                      table.size(), order.base, rounded.n_disagreeing, table.relations().size());
  for (std::size_t c = 0; c < table.size(); ++c) {
    const std::vector<std::size_t> at = table.values_of(c);
    std::size_t n_values = 0;
    for (std::size_t d = 0; d < at.size(); ++d)
      n_values += at[d] != table.dimensions()[d].values.size();
    if (n_values != 1 || table.count(c) == 0 || rounded.value[c] > 0) continue;
    for (std::size_t d = 0; d < at.size(); ++d)
      if (at[d] != table.dimensions()[d].values.size())
        warn << fmt::format("erased: {} = {} ({} people) has become nobody\n",
                            table.dimensions()[d].name, table.name(d, at[d]), table.count(c));
  }
  return {};
}

}  // namespace ovillo::flow
