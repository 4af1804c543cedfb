#include "ovillo/resolve/internal/learn.hpp"

#include <algorithm>
#include <optional>

#include "ovillo/resolve/internal/evidence.hpp"

namespace ovillo::resolve::internal {

namespace {

/// The chances assumed at the start weigh as much as this many pairs seen.
constexpr double kStartPairs = 100;
/// Fewer expected matches than this teach nothing.
constexpr double kLeastMatches = 20;
constexpr std::size_t kMostPairs = 30000;
constexpr int kRounds = 25;

/// Levels of all columns, three bits each.
std::uint64_t packed(const Levels& levels, std::size_t n_columns) {
  std::uint64_t out = 0;
  for (std::size_t c = 0; c < n_columns; ++c) out |= std::uint64_t{levels[c]} << (3 * c);
  return out;
}

struct Counted {
  std::uint64_t levels;
  double pairs;
};

std::vector<Counted> counted(std::vector<std::uint64_t>& all) {
  std::sort(all.begin(), all.end());
  std::vector<Counted> out;
  for (const std::uint64_t v : all) {
    if (out.empty() || out.back().levels != v) out.push_back({v, 0});
    out.back().pairs += 1;
  }
  return out;
}

std::size_t level_in(std::uint64_t levels, std::size_t column) {
  return levels >> (3 * column) & 7U;
}

/// u: equal values from how common each is, the other levels from pairs taken at random.
void learn_u(const PartRows& rows, MatchModel& model) {
  const auto parts = rows.parts();
  const std::uint32_t n = rows.size();
  if (n < 2) return;
  // Pairs far apart in the order of what rows state: as good as drawn by lot, and the same pairs
  // whatever the order of the rows.
  constexpr std::size_t kMostRows = 20000;
  constexpr std::size_t kPartners = 5;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  const std::uint64_t part_of_rows = n / kMostRows + 1;
  for (std::uint32_t r = 0; r < n; ++r)
    if (rows.content(r) % part_of_rows == 0)
      order.emplace_back(rows.content(r) * 0x9e3779b97f4a7c15ULL, r);
  std::sort(order.begin(), order.end(),
            [](const auto& x, const auto& y) { return x.first < y.first; });
  std::vector<std::array<double, kAgreements>> seen(parts.size());
  Levels levels;
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t k = 1; k <= kPartners; ++k) {
      const std::size_t j = (i + k * order.size() / (kPartners + 1)) % order.size();
      if (order[i].first == order[j].first) continue;
      compare(rows, order[i].second, order[j].second, levels);
      for (std::size_t c = 0; c < parts.size(); ++c)
        if (levels[c] != kNoLevel) seen[c][levels[c]] += 1;
    }
  for (std::size_t c = 0; c < parts.size(); ++c) {
    PartModel& part = model.part[index_of(parts[c])];
    double total = kStartPairs;
    for (std::size_t l = 1; l < kAgreements; ++l) total += seen[c][l];
    double equal = 0;
    const double stated = rows.n_stated(c);
    if (stated > 1)
      for (std::uint32_t id = 0; id < rows.values(c).size(); ++id) {
        const double count = rows.count(c, id);
        equal += count * (count - 1) / (stated * (stated - 1));
      }
    const double rest = 1 - part.u[0];
    for (std::size_t l = 1; l < kAgreements; ++l)
      part.u[l] = (1 - equal) * (seen[c][l] + kStartPairs * part.u[l] / rest) / total;
    part.u[0] = equal;
  }
}

/// Relatives are seen where two rows share surname and roof, but neither given name nor birth date.
/// One row in three has one, until so many rows have been seen.
void learn_relatives(const PartRows& rows, const Candidates& candidates, MatchModel& model) {
  constexpr double kStartRows = 50;
  const auto parts = rows.parts();
  const std::size_t g = rows.column_of(Part::given_name);
  const std::size_t s = rows.column_of(Part::surname);
  const std::size_t b = rows.column_of(Part::birth_date);
  std::vector<std::size_t> roofs;
  for (const Part part : {Part::address, Part::postcode, Part::phone})
    if (rows.column_of(part) < parts.size()) roofs.push_back(rows.column_of(part));
  if (g == parts.size() || s == parts.size() || b == parts.size() || roofs.empty()) return;
  constexpr auto kDiffers = static_cast<std::uint8_t>(Agreement::differs);
  const auto one_roof = [&](const Levels& levels) {
    return std::any_of(roofs.begin(), roofs.end(), [&](std::size_t c) { return levels[c] == 0; });
  };
  std::optional<double> most;
  for (std::size_t k = 0; k < candidates.n_keys(); ++k) {
    const std::uint32_t columns = candidates.columns_of(k);
    if ((columns >> g & 1U) != 0 || (columns >> b & 1U) != 0) continue;
    const auto [entries, share] = candidates.sample(k, kMostPairs);
    double seen = 0;
    Levels levels;
    candidates.pairs(
        k, entries, 0, entries.size(), false, [&](std::uint32_t x, std::uint32_t y, std::uint32_t) {
          compare(rows, x, y, levels);
          seen +=
              levels[s] == 0 && levels[g] == kDiffers && levels[b] == kDiffers && one_roof(levels);
        });
    most = std::max(most.value_or(0), 2 * seen / share);
  }
  if (!most) return;
  const double n = rows.size();
  model.relatives_per_row = (kStartRows * model.relatives_per_row + *most) / (kStartRows + n);
}

/// What one key teaches.
struct Lesson {
  std::array<std::array<double, kAgreements>, kParts> m{};  ///< by column
  double n_matches = 0;                                     ///< in the sample
};

Lesson learn_m(const std::vector<Counted>& vectors, const PartRows& rows, const MatchModel& model,
               std::uint32_t key_columns) {
  const auto parts = rows.parts();
  Lesson lesson;
  double n_pairs = 0;
  for (const Counted& v : vectors) n_pairs += v.pairs;
  for (std::size_t c = 0; c < parts.size(); ++c) lesson.m[c] = model.of(parts[c]).m;
  double share = 0.2;
  for (int round = 0; round < kRounds; ++round) {
    std::array<std::array<double, kAgreements>, kParts> seen{};
    double matches = 0;
    for (const Counted& v : vectors) {
      double odds = share / (1 - share);
      for (std::size_t c = 0; c < parts.size(); ++c) {
        const std::size_t l = level_in(v.levels, c);
        if (l == kNoLevel || (key_columns >> c & 1U) != 0) continue;
        odds *= lesson.m[c][l] / std::max(model.of(parts[c]).u[l], 1e-9);
      }
      const double p = odds / (1 + odds) * v.pairs;
      matches += p;
      for (std::size_t c = 0; c < parts.size(); ++c)
        if (const std::size_t l = level_in(v.levels, c); l != kNoLevel) seen[c][l] += p;
    }
    share = std::clamp(matches / n_pairs, 1e-6, 1 - 1e-6);
    for (std::size_t c = 0; c < parts.size(); ++c) {
      double total = kStartPairs;
      for (const double s : seen[c]) total += s;
      for (std::size_t l = 0; l < kAgreements; ++l)
        lesson.m[c][l] = (seen[c][l] + kStartPairs * model.of(parts[c]).m[l]) / total;
    }
    lesson.n_matches = matches;
  }
  return lesson;
}

/// All true pairs: what the keys found, over what such keys should find.
void learn_repeats(const PartRows& rows, const Candidates& candidates,
                   std::span<const std::pair<std::size_t, double>> found, MatchModel& model) {
  const std::vector<double> shares = candidates.expected_shares(model);
  double pairs = 0;
  double covered = 0;
  for (const auto& [key, n_pairs] : found) {
    pairs += n_pairs;
    covered += shares[key];
  }
  if (covered <= 0) return;
  model.repeats_per_row =
      std::clamp(2 * pairs / covered / std::max<double>(rows.size(), 1), 0.01, 100.0);
}

}  // namespace

MatchModel learn(const PartRows& rows, const Candidates& candidates, const MatchModel& start) {
  MatchModel model = start;
  learn_u(rows, model);
  const auto parts = rows.parts();
  std::array<std::array<double, kAgreements>, kParts> sum{};
  std::array<double, kParts> weight{};
  std::vector<std::pair<std::size_t, double>> found;  // by key
  for (std::size_t k = 0; k < candidates.n_keys(); ++k) {
    const auto [entries, share] = candidates.sample(k, kMostPairs);
    std::vector<std::uint64_t> vectors;
    Levels levels;
    candidates.pairs(k, entries, 0, entries.size(), false,
                     [&](std::uint32_t a, std::uint32_t b, std::uint32_t) {
                       compare(rows, a, b, levels);
                       vectors.push_back(packed(levels, parts.size()));
                     });
    if (vectors.empty()) continue;
    const Lesson lesson = learn_m(counted(vectors), rows, model, candidates.columns_of(k));
    if (lesson.n_matches < kLeastMatches) continue;
    found.emplace_back(k, lesson.n_matches / share);
    for (std::size_t c = 0; c < parts.size(); ++c) {
      if ((candidates.columns_of(k) >> c & 1U) != 0) continue;
      weight[c] += lesson.n_matches;
      for (std::size_t l = 0; l < kAgreements; ++l) sum[c][l] += lesson.n_matches * lesson.m[c][l];
    }
  }
  for (std::size_t c = 0; c < parts.size(); ++c)
    if (weight[c] > 0)
      for (std::size_t l = 0; l < kAgreements; ++l)
        model.part[index_of(parts[c])].m[l] = sum[c][l] / weight[c];
  learn_relatives(rows, candidates, model);
  learn_repeats(rows, candidates, found, model);
  return model;
}

}  // namespace ovillo::resolve::internal
