#include "ovillo/resolve/internal/evidence.hpp"

#include <algorithm>
#include <bit>

#include "ovillo/base/log2.hpp"
#include "ovillo/resolve/internal/agreement.hpp"

namespace ovillo::resolve::internal {

namespace {

/// log2 of a chance, rounded to 1 / kPerBit bits. @param p  in (0, 1].
std::int32_t log2_of(double p) {
  constexpr double kScale = 1099511627776.0;  // 2^40
  const auto scaled = static_cast<std::uint64_t>(p * kScale);
  constexpr std::int32_t kQ16 = kLog2One / kPerBit;
  const std::int32_t bits = log2_q16(std::max<std::uint64_t>(scaled, 1)) - 40 * kLog2One;
  return (bits - kQ16 / 2) / kQ16;  // bits <= 0
}

/// What is known of values in general: as if `rows` more rows held each of `values` values equally
/// often, so that a dozen rows do not make a name look common; and how many other people of a list
/// share a value with one person without being that person.
struct General {
  double rows;
  double values;
  double sharers;
};
constexpr std::array<General, kParts> kGeneral = {{
    {1, 1, 0},                 // name
    {1000, 300, 0},            // given_name
    {1000, 2000, 0},           // surname: relatives are weighed apart
    {200, 100, 0},             // other_names
    {2000, 20000, 0},          // birth_date
    {100000, 1000000, 0.2},    // phone: several people answer it
    {100000, 1000000, 0.05},   // email
    {100000, 1000000, 0.001},  // document
    {100000, 1000000, 0.2},    // account
    {100000, 1000000, 0.5},    // plate
    {1000, 2000, 0.2},         // alias
    {10000, 10000, 1},         // address: people live together
    {1000, 1000, 0},           // postcode
    {1000, 200, 0},            // place
    {100, 10, 0},              // region
    {100, 2, 0},               // gender
    {100, 50, 0},              // occupation
    {10000, 1000000, 0.01},    // text
}};

/// Two documents and two birth dates rule one person out where both chances of an error together
/// are below this.
constexpr std::int32_t kOftenWrong = -10 * kPerBit;

/// Comparisons by what they cost.
int cost(Part part) {
  switch (part) {
    case Part::given_name:
    case Part::surname:
    case Part::alias:
    case Part::place:
      return 1;
    case Part::address:
    case Part::email:
    case Part::text:
      return 2;
    default:
      return 0;
  }
}

}  // namespace

void compare(const PartRows& rows, std::uint32_t a, std::uint32_t b, Levels& out) {
  const auto parts = rows.parts();
  const auto x = rows.row(a);
  const auto y = rows.row(b);
  const bool many = rows.has_more(a) || rows.has_more(b);
  for (std::size_t c = 0; c < parts.size(); ++c) {
    if (x[c] == kNotStated || y[c] == kNotStated) {
      out[c] = kNoLevel;
      continue;
    }
    if (x[c] == y[c]) {
      out[c] = 0;
      continue;
    }
    const ValueTable& values = rows.values(c);
    const auto level = [&](std::uint32_t i, std::uint32_t j) {
      return i == j ? std::uint8_t{0}
                    : static_cast<std::uint8_t>(agreement(parts[c], values[i], values[j],
                                                          values.letters(i), values.letters(j)));
    };
    std::uint8_t best = level(x[c], y[c]);
    if (many) {
      const auto more_x = rows.more(a, c);
      const auto more_y = rows.more(b, c);
      for (const std::uint32_t j : more_y) best = std::min(best, level(x[c], j));
      for (const std::uint32_t i : more_x) {
        best = std::min(best, level(i, y[c]));
        for (const std::uint32_t j : more_y) best = std::min(best, level(i, j));
      }
    }
    out[c] = best;
  }
  // Given name and surname written the other way round; also where only one of them is stated.
  const std::size_t g = rows.column_of(Part::given_name);
  const std::size_t s = rows.column_of(Part::surname);
  if (g == parts.size() || s == parts.size() || out[g] == 0 || out[s] == 0) return;
  const ValueTable& names = rows.values(g);
  const auto crossed = [&](std::uint32_t i, std::uint32_t j) {
    if (i == kNotStated || j == kNotStated) return kNoLevel;
    if (i == j) return std::uint8_t{0};
    return static_cast<std::uint8_t>(
        agreement(Part::surname, names[i], names[j], names.letters(i), names.letters(j)));
  };
  constexpr auto kSwapped = static_cast<std::uint8_t>(Agreement::swapped);
  constexpr auto kTypo = static_cast<std::uint8_t>(Agreement::typo);
  const std::uint8_t there = crossed(x[g], y[s]);
  const std::uint8_t back = crossed(x[s], y[g]);
  if (there != 0 && back != 0) return;
  const auto agrees = [](std::uint8_t level) { return level <= kTypo || level == kNoLevel; };
  if (agrees(there) && agrees(back)) {
    out[g] = out[s] = kSwapped;
  } else if (out[g] > kTypo && out[s] > kTypo) {
    out[s] = kSwapped;  // one name is in the other's place, the second has changed
  }
}

Judge::Judge(const PartRows& rows, const MatchModel& model, std::uint32_t guests) : rows_(rows) {
  const auto parts = rows.parts();
  const double n = std::max<double>(rows.size(), 1000);
  against_ = -log2_of(model.repeats_per_row / n);
  relatives_ = log2_of(std::min(1.0, model.relatives_per_row / model.repeats_per_row));
  rarity_.resize(parts.size());
  for (std::size_t c = 0; c < parts.size(); ++c) {
    const General& general = kGeneral[index_of(parts[c])];
    const PartModel& part = model.of(parts[c]);
    const double total = rows.n_stated(c) + general.rows;
    const double background = general.rows / general.values;
    rarity_[c].resize(rows.values(c).size());
    const auto rarity_of = [&](double n_others) {
      return -log2_of((std::max(1.0, n_others) + background) / total + general.sharers / n);
    };
    // Of the rows that hold it one is of the pair itself and says nothing of how common it is.
    for (std::uint32_t id = 0; id < rarity_[c].size(); ++id)
      rarity_[c][id] = rarity_of(rows.count(c, id) + guests - 1.0);
    rarest_.push_back(rarity_of(0));
    log_m_.emplace_back();
    log_u_.emplace_back();
    best_unequal_.push_back(INT32_MIN);
    for (std::size_t l = 0; l < kAgreements; ++l) {
      log_m_[c][l] = log2_of(std::max(part.m[l], 1e-6));
      log_u_[c][l] = log2_of(std::max(part.u[l], 1e-9));
    }
    for (const Agreement l : {Agreement::variant, Agreement::similar, Agreement::differs})
      best_unequal_[c] = std::max(best_unequal_[c], weight(c, static_cast<std::uint8_t>(l), 0, 0));
    by_cost_.push_back(c);
  }
  std::stable_sort(by_cost_.begin(), by_cost_.end(),
                   [&](std::size_t x, std::size_t y) { return cost(parts[x]) < cost(parts[y]); });
}

std::int32_t Judge::weight(std::size_t c, std::uint8_t level, std::uint32_t a,
                           std::uint32_t b) const {
  switch (static_cast<Agreement>(level)) {
    case Agreement::equal:
      return log_m_[c][level] + rarity(c, a);
    case Agreement::typo:
    case Agreement::swapped: {
      // A slip of the pen away from a common value is worth what the common value is worth.
      const std::int32_t commoner = std::min(rarity(c, a), rarity(c, b));
      return log_m_[c][level] + std::min(commoner, 3 * kPerBit - log_u_[c][level]);
    }
    default:
      return log_m_[c][level] - log_u_[c][level];
  }
}

Evidence Judge::judge(std::uint32_t a, std::uint32_t b) const {
  Evidence out;
  compare(rows_, a, b, out.level);
  const auto x = rows_.row(a);
  const auto y = rows_.row(b);
  const auto parts = rows_.parts();
  const std::size_t s = rows_.column_of(Part::surname);
  for (std::size_t c = 0; c < parts.size(); ++c) {
    const std::uint8_t level = out.level[c];
    if (level == kNoLevel) continue;
    std::uint32_t i = x[c];
    std::uint32_t j = y[c];
    if (level == static_cast<std::uint8_t>(Agreement::swapped) && parts[c] != Part::birth_date) {
      // Counted once, at the surname, by the value that both hold.
      if (c != s) continue;
      const bool all = out.level[rows_.column_of(Part::given_name)] == level;
      const std::size_t g = rows_.column_of(Part::given_name);
      const bool there = x[g] == y[s] && x[g] != kNotStated;
      i = there ? x[g] : y[g];
      const std::int32_t as_given = rarity(g, i);
      const std::int32_t as_surname = rarity(s, i);
      out.weight[c] = log_m_[c][level] + std::min(as_given, as_surname);
      // The other name, where both state it, agrees too.
      const bool both =
          x[g] != kNotStated && x[s] != kNotStated && y[g] != kNotStated && y[s] != kNotStated;
      if (both && all) {
        const std::uint32_t k = there ? x[s] : y[s];
        out.weight[c] += std::min(rarity(g, k), rarity(s, k));
      }
    } else {
      if (level == 0 && i != j) {
        // Equal among several values: the rarest one that both hold.
        std::int32_t best = INT32_MIN;
        const auto more_x = rows_.more(a, c);
        const auto more_y = rows_.more(b, c);
        const auto held = [&](std::uint32_t v) {
          return v == y[c] || std::find(more_y.begin(), more_y.end(), v) != more_y.end();
        };
        if (held(i)) best = rarity(c, i);
        for (const std::uint32_t v : more_x)
          if (held(v)) best = std::max(best, rarity(c, v));
        out.weight[c] = log_m_[c][0] + best;
      } else {
        out.weight[c] = weight(c, level, i, j);
      }
    }
    out.sum += out.weight[c];
  }
  out.relatives = relatives(out);
  out.sum -= out.relatives;
  return out;
}

std::int32_t Judge::relatives(const Evidence& evidence) const {
  const auto parts = rows_.parts();
  const std::size_t g = rows_.column_of(Part::given_name);
  const std::size_t b = rows_.column_of(Part::birth_date);
  const auto differs = static_cast<std::uint8_t>(Agreement::differs);
  const auto is_other = [&](std::size_t c) {
    return c < parts.size() && evidence.level[c] == differs;
  };
  if (!is_other(g) && !is_other(b)) return 0;
  // Chance that a relative agrees on what the pair agrees on, over the chance that anybody does;
  // with as many relatives as the list has. One pair of relatives in twenty are twins.
  // One relative in thirty bears the same given name.
  static const std::int32_t kTwins = log2_of(0.05);
  static const std::int32_t kSameName = log2_of(0.03);
  std::int32_t bits = relatives_ - against_;
  for (std::size_t c = 0; c < parts.size(); ++c) {
    const std::uint8_t level = evidence.level[c];
    if (level == kNoLevel) continue;
    switch (parts[c]) {
      case Part::given_name:
        bits += level < differs ? evidence.weight[c] + kSameName : 0;
        break;
      case Part::surname:
      case Part::address:
      case Part::postcode:
      case Part::place:
      case Part::region:
      case Part::phone:
        bits += evidence.weight[c];
        break;
      case Part::birth_date:
        bits += level < differs ? evidence.weight[c] + kTwins : 0;
        break;
      default:
        break;
    }
  }
  return std::max(bits, 0);
}

bool Judge::may_reach(std::uint32_t a, std::uint32_t b, std::uint32_t equal, std::uint32_t stated,
                      std::int32_t least) const {
  const auto x = rows_.row(a);
  const auto y = rows_.row(b);
  std::array<std::int32_t, kParts> most;
  std::int32_t bound = 0;
  for (std::uint32_t left = stated; left != 0; left &= left - 1) {
    const auto c = static_cast<std::size_t>(std::countr_zero(left));
    if ((equal >> c & 1U) != 0) {
      bound += log_m_[c][0] + rarity(c, x[c]);
      continue;
    }
    // A slip of the pen, or names the other way round, is worth at most the commoner value.
    const std::int32_t commoner = std::min(rarity(c, x[c]), rarity(c, y[c]));
    most[c] = std::max(best_unequal_[c],
                       std::max(log_m_[c][1] + std::min(commoner, 3 * kPerBit - log_u_[c][1]),
                                log_m_[c][2] + std::min(commoner, 3 * kPerBit - log_u_[c][2])));
    bound += most[c];
  }
  if (bound < least) return false;
  const std::uint32_t unequal = stated & ~equal;
  const auto parts = rows_.parts();
  for (const std::size_t c : by_cost_) {
    if ((unequal >> c & 1U) == 0) continue;
    if (parts[c] == Part::given_name || parts[c] == Part::surname) {
      // May be the other way round: looked at in full.
      const std::size_t g = rows_.column_of(Part::given_name);
      const std::size_t s = rows_.column_of(Part::surname);
      if (g < parts.size() && s < parts.size() && (x[g] == y[s] || x[s] == y[g])) return true;
    }
    const ValueTable& values = rows_.values(c);
    const Agreement level =
        agreement(parts[c], values[x[c]], values[y[c]], values.letters(x[c]), values.letters(y[c]));
    bound += weight(c, static_cast<std::uint8_t>(level), x[c], y[c]) - most[c];
    if (bound < least) return false;
  }
  return true;
}

bool Judge::can_rule_out() const {
  const std::size_t document = rows_.column_of(Part::document);
  const std::size_t birth = rows_.column_of(Part::birth_date);
  constexpr auto kDiffers = static_cast<std::size_t>(Agreement::differs);
  return document < log_m_.size() && birth < log_m_.size() &&
         log_m_[document][kDiffers] + log_m_[birth][kDiffers] <= kOftenWrong;
}

bool Judge::rules_out(std::uint32_t a, std::uint32_t b) const {
  if (!can_rule_out()) return false;
  Levels levels;
  compare(rows_, a, b, levels);
  constexpr auto kDiffers = static_cast<std::uint8_t>(Agreement::differs);
  return levels[rows_.column_of(Part::document)] == kDiffers &&
         levels[rows_.column_of(Part::birth_date)] == kDiffers;
}

}  // namespace ovillo::resolve::internal
