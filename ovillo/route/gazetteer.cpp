#include "ovillo/route/gazetteer.hpp"

#include <array>
#include <cctype>
#include <charconv>

namespace ovillo::route {

namespace {

std::string lower(std::string_view text) {
  std::string out;
  for (const unsigned char c : text) out += static_cast<char>(std::tolower(c));
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failed == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<Gazetteer> Gazetteer::read(std::string_view rows) {
  Gazetteer out;
  for (std::uint64_t row = 1; !rows.empty(); ++row) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    std::string_view line = rows.substr(0, end);
    rows.remove_prefix(std::min(end + 1, rows.size()));
    if (line.empty() || line.front() == '#') continue;
    std::array<std::string_view, 7> cell;
    std::size_t n = 0;
    for (; n < cell.size(); ++n) {
      const std::size_t tab = line.find('\t');
      cell[n] = line.substr(0, tab);
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    Town town{std::string(cell[0]), 0, {}};
    if (n != 6 || !read_number(cell[4], town.position.latitude_deg) ||
        !read_number(cell[5], town.position.longitude_deg) ||
        !read_number(cell[6], town.population))
      return Error(ErrorCode::base_bad_data_file, "places", Locus{{}, {}, row, {}, {}});
    out.towns_.emplace(lower(cell[1]), town);
    for (std::string_view other = cell[2]; !other.empty();) {
      const std::size_t bar = std::min(other.find('|'), other.size());
      if (bar > 0) out.towns_.emplace(lower(other.substr(0, bar)), town);
      other.remove_prefix(std::min(bar + 1, other.size()));
    }
  }
  return out;
}

std::optional<Position> Gazetteer::find(std::string_view name, std::string_view country) const {
  const Town* town = find_town(name, country);
  return town == nullptr ? std::nullopt : std::optional(town->position);
}

const Gazetteer::Town* Gazetteer::find_town(std::string_view name, std::string_view country) const {
  const Town* out = nullptr;
  const auto [begin, end] = towns_.equal_range(lower(name));
  for (auto at = begin; at != end; ++at) {
    const Town& town = at->second;
    if (!country.empty() && lower(town.country) != lower(country)) continue;
    if (out == nullptr || town.population > out->population) out = &town;
  }
  return out;
}

}  // namespace ovillo::route
