#include "ovillo/route/circuit.hpp"

#include <algorithm>
#include <iterator>

namespace ovillo::route {

namespace {

/// A place and when somebody came there; the last also when they were last seen.
struct Stop {
  const std::string* place;
  std::int64_t begin_utc_s;
  std::int64_t end_utc_s;
};

std::vector<Stop> stops_of(std::span<const Stay> stays) {
  std::vector<Stop> out;
  for (const Stay& stay : stays) {
    if (!out.empty() && *out.back().place == stay.place) {
      out.back().end_utc_s = std::max(out.back().end_utc_s, stay.end_utc_s);
    } else {
      out.push_back({&stay.place, stay.begin_utc_s, stay.end_utc_s});
    }
  }
  return out;
}

/// Whether the round of `length` at `from` is itself a shorter round gone through several times.
bool is_repeat_of_shorter(const std::vector<Stop>& stops, std::size_t from, std::size_t length) {
  for (std::size_t part = 1; part <= length / 2; ++part) {
    if (length % part != 0) continue;
    bool same = true;
    for (std::size_t i = from; same && i + part < from + length; ++i)
      same = *stops[i].place == *stops[i + part].place;
    if (same) return true;
  }
  return false;
}

void measure_period(const std::vector<Stop>& stops, std::size_t from, std::size_t run,
                    std::size_t length, Circuit& circuit) {
  std::vector<std::int64_t> times;
  for (std::size_t i = from; i < from + run; ++i)
    times.push_back(stops[i + length].begin_utc_s - stops[i].begin_utc_s);
  std::sort(times.begin(), times.end());
  circuit.period_s = times[(times.size() - 1) / 2];
  circuit.spread_s = std::max(times.back() - circuit.period_s, circuit.period_s - times.front());
}

}  // namespace

Result<std::vector<Circuit>> circuits(const GrantedStays& stays, const CircuitOptions& options) {
  if (options.tolerance_percent > 100)
    return Error(ErrorCode::route_bad_limit, "a tolerance of at most 100 percent");
  std::vector<Circuit> out;
  for (const auto of_entity : stays.by_entity()) {
    const std::vector<Stop> stops = stops_of(of_entity);
    std::vector<Circuit> found;
    for (std::size_t length = 2; 2 * length < stops.size(); ++length) {
      for (std::size_t from = 0; from + length < stops.size();) {
        std::size_t run = 0;
        while (from + run + length < stops.size() &&
               *stops[from + run].place == *stops[from + run + length].place)
          ++run;
        // run + length stops are run / length whole rounds and one to close the last.
        if (run > length && !is_repeat_of_shorter(stops, from, length)) {
          Circuit circuit;
          circuit.entity = of_entity.front().entity;
          for (std::size_t i = from; i < from + length; ++i)
            circuit.places.push_back(*stops[i].place);
          circuit.n_rounds = (run + length - 1) / length;
          circuit.begin_utc_s = stops[from].begin_utc_s;
          circuit.end_utc_s = stops[from + run + length - 1].end_utc_s;
          measure_period(stops, from, run, length, circuit);
          if (circuit.spread_s * 100 <=
              circuit.period_s * static_cast<std::int64_t>(options.tolerance_percent))
            found.push_back(std::move(circuit));
        }
        from += run + 1;
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Circuit& a, const Circuit& b) {
      return a.begin_utc_s < b.begin_utc_s;
    });
    std::move(found.begin(), found.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace ovillo::route
