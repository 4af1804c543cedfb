#include "ovillo/flow/sightings_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/plain_table.hpp"
#include "ovillo/record/kinds.hpp"
#include "ovillo/route/gazetteer.hpp"

namespace ovillo::flow {

namespace {

struct Columns {
  std::uint16_t entity = kNoColumn;
  std::uint16_t place = kNoColumn;
  std::uint16_t from = kNoColumn;
  std::uint16_t kind = kNoColumn;
  std::uint16_t to = kNoColumn;
  std::uint16_t network = kNoColumn;
  std::uint16_t latitude = kNoColumn;
  std::uint16_t longitude = kNoColumn;
  std::uint16_t country = kNoColumn;
  std::uint16_t uncertainty = kNoColumn;
};

std::uint16_t column_if_any(const RecordBatch& batch, std::string_view name) {
  for (std::size_t c = 0; c < batch.columns.size(); ++c)
    if (batch.columns[c].name == name) return static_cast<std::uint16_t>(c);
  return kNoColumn;
}

Result<Columns> columns_of(const RecordBatch& batch) {
  Columns out;
  OVILLO_TRY(out.entity, column_at(batch, "entity"));
  OVILLO_TRY(out.place, column_at(batch, "place"));
  OVILLO_TRY(out.from, column_at(batch, "from"));
  OVILLO_TRY(out.kind, column_at(batch, "kind"));
  out.to = column_if_any(batch, "to");
  out.network = column_if_any(batch, "network");
  out.latitude = column_if_any(batch, "latitude");
  out.longitude = column_if_any(batch, "longitude");
  out.country = column_if_any(batch, "country");
  out.uncertainty = column_if_any(batch, "uncertainty_minutes");
  return out;
}

std::optional<double> degrees(std::string_view text, double most) {
  double out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc() || end != text.data() + text.size() || !(out >= -most && out <= most))
    return std::nullopt;
  return out;
}

/// The row as a sighting, or the column that is to blame.
tl::expected<route::Stay, std::string_view> sighting_of(const RecordBatch& batch, std::size_t row,
                                                        const Columns& at) {
  const auto blame = [](std::string_view column) { return tl::unexpected(column); };
  route::Stay out;
  out.entity = cell(batch, row, at.entity);
  out.place = cell(batch, row, at.place);
  out.network = cell(batch, row, at.network);
  if (out.entity.empty()) return blame("entity");
  if (out.place.empty()) return blame("place");
  const auto kind = from_name<route::SightingKind>(cell(batch, row, at.kind));
  if (!kind) return blame("kind");
  out.kind = *kind;
  const auto from = parse_time(cell(batch, row, at.from), Zone::utc(), DateOrder::day_first);
  if (!from) return blame("from");
  out.begin_utc_s = from->begin_utc_s;
  // "3 March" is some time of that day: seen then, not all day long.
  out.end_utc_s = from->begin_utc_s;
  out.uncertainty_s =
      from->precision == TimePrecision::second ? 0 : from->end_utc_s - from->begin_utc_s;
  if (const auto text = cell(batch, row, at.to); !text.empty()) {
    const auto to = parse_time(text, Zone::utc(), DateOrder::day_first);
    if (!to || to->begin_utc_s < from->begin_utc_s) return blame("to");
    out.end_utc_s = to->begin_utc_s;
  }
  if (const auto text = cell(batch, row, at.uncertainty); !text.empty()) {
    std::uint32_t minutes = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (failed != std::errc() || end != text.data() + text.size())
      return blame("uncertainty_minutes");
    out.uncertainty_s = std::int64_t{60} * minutes;
  }
  const auto latitude = cell(batch, row, at.latitude);
  const auto longitude = cell(batch, row, at.longitude);
  if (!latitude.empty() || !longitude.empty()) {
    const auto north = degrees(latitude, 90);
    if (!north) return blame("latitude");
    const auto east = degrees(longitude, 180);
    if (!east) return blame("longitude");
    out.position = route::Position{*north, *east};
  }
  return out;
}

}  // namespace

Result<std::vector<route::Stay>> read_sightings(const std::string& path,
                                                const std::filesystem::path& vocabulary,
                                                std::ostream& warn) {
  OVILLO_TRY(const std::string rows, read_file(vocabulary / "places" / "places.tsv"));
  OVILLO_TRY(const auto towns, route::Gazetteer::read(rows));
  std::vector<route::Stay> out;
  std::set<std::string> unknown;
  std::uint64_t first_row = 0;
  OVILLO_CHECK(read_plain(path, warn, [&](const RecordBatch& batch) -> Result<void> {
    OVILLO_TRY(const auto at, columns_of(batch));
    for (std::size_t row = 0; row < batch.size(); ++row) {
      auto sighting = sighting_of(batch, row, at);
      if (!sighting) {
        warn << Error(ErrorCode::route_bad_stay, {},
                      Locus{path, {}, first_row + row + 1, std::string(sighting.error()), {}})
                    .message()
             << '\n';
        continue;
      }
      if (!sighting->position) {
        sighting->position = towns.find(sighting->place, cell(batch, row, at.country));
        if (!sighting->position) unknown.insert(sighting->place);
      }
      out.push_back(std::move(*sighting));
    }
    first_row += batch.size();
    return {};
  }));
  if (!unknown.empty())
    warn << fmt::format("{}: {} places without a position, so without distances: {}\n", path,
                        unknown.size(), *unknown.begin());
  return out;
}

}  // namespace ovillo::flow
