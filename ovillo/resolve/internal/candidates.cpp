#include "ovillo/resolve/internal/candidates.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/rng.hpp"
#include "ovillo/resolve/internal/similarity.hpp"

namespace ovillo::resolve::internal {

namespace {

using Kind = Feature::Kind;

constexpr std::size_t kMostKeys = 24;
constexpr std::size_t kMostFeatures = 32;
constexpr double kLeastPairs = 5e6;
constexpr double kWorthOfKnown = 0.01;
constexpr double kNearlyAll = 0.9999;

bool is_name(Part part) {
  return part == Part::given_name || part == Part::surname || part == Part::alias;
}

bool is_left_to_others(Part part) {  // says too little, or is compared by its words only
  return part == Part::gender || part == Part::other_names;
}

std::uint32_t mix(std::uint64_t x) {
  x *= 0x9e3779b97f4a7c15ULL;
  x ^= x >> 29;
  x *= 0xbf58476d1ce4e5b9ULL;
  return static_cast<std::uint32_t>(x >> 32);
}

/// 32 bits of a hash, never kNotStated.
std::uint32_t short_hash(std::string_view text, std::uint64_t seed) {
  return static_cast<std::uint32_t>(hash64(text, seed)) & 0x7fffffff;
}

/// Feature of one value; kNotStated: it has none.
std::uint32_t feature_of(Kind kind, std::string_view value) {
  switch (kind) {
    case Kind::initial:
      return value.empty() ? kNotStated : static_cast<unsigned char>(value[0]);
    case Kind::sound: {
      const std::string code = soundex(value);
      return code.empty() ? kNotStated : short_hash(code, 1);
    }
    case Kind::year:
      return value.size() < 4 ? kNotStated : short_hash(value.substr(0, 4), 2);
    case Kind::day:
      return value.size() < 8 ? kNotStated : short_hash(value.substr(4), 3);
    case Kind::area:
      return value.size() < 5 ? kNotStated : short_hash(value.substr(0, value.size() - 3), 4);
    default:
      return kNotStated;
  }
}

/// Sorts by key with a radix sort; rows stay in order within a key.
void sort_by_key(std::vector<Candidates::Entry>& entries) {
  std::vector<Candidates::Entry> other(entries.size());
  for (unsigned shift = 0; shift < 32; shift += 11) {
    std::array<std::uint32_t, 2049> begin{};
    for (const auto& e : entries) ++begin[(e.key >> shift & 2047U) + 1];
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    for (const auto& e : entries) other[begin[e.key >> shift & 2047U]++] = e;
    entries.swap(other);
  }
}

/// Rows of one person as the model expects them: which features would two of them share?
class ExpectedPairs {
 public:
  ExpectedPairs(const PartRows& rows, const MatchModel& model, std::span<const Feature> features) {
    constexpr int kPairs = 4096;
    Rng rng(20261122);
    const auto parts = rows.parts();
    const auto chance = [&](double p) { return rng.below(1 << 20) < p * (1 << 20); };
    std::array<double, kParts> stated{};
    for (std::size_t c = 0; c < parts.size(); ++c)
      stated[c] = rows.n_stated(c) / std::max(1.0, static_cast<double>(rows.size()));
    for (int i = 0; i < kPairs; ++i) {
      std::array<Agreement, kParts> level{};
      std::array<bool, kParts> both{};
      for (std::size_t c = 0; c < parts.size(); ++c) {
        both[c] = chance(stated[c]) && chance(stated[c]);
        double p = rng.below(1 << 20) / static_cast<double>(1 << 20);
        std::size_t l = 0;
        while (l + 1 < kAgreements && p >= model.of(parts[c]).m[l]) p -= model.of(parts[c]).m[l++];
        level[c] = static_cast<Agreement>(l);
      }
      std::uint32_t shared = 0;
      for (std::size_t f = 0; f < features.size(); ++f)
        if (shares(rows, features[f], level, both, chance)) shared |= 1U << f;
      shared_.push_back(shared);
    }
  }

  /// Pairs that share all of `need` and are not yet `caught`.
  [[nodiscard]] std::size_t gain(std::uint32_t need) const {
    return static_cast<std::size_t>(std::count_if(shared_.begin(), shared_.end(), [&](auto s) {
      return (s & need) == need && (s & kCaught) == 0;
    }));
  }
  [[nodiscard]] double share(std::uint32_t need) const {
    return static_cast<double>(std::count_if(shared_.begin(), shared_.end(),
                                             [&](auto s) { return (s & need) == need; })) /
           static_cast<double>(shared_.size());
  }
  void take(std::uint32_t need) {
    for (std::uint32_t& s : shared_)
      if ((s & need) == need) s |= kCaught;
  }
  [[nodiscard]] std::size_t size() const { return shared_.size(); }

 private:
  static constexpr std::uint32_t kCaught = 1U << 31;

  template <class Chance>
  static bool shares(const PartRows& rows, const Feature& feature,
                     const std::array<Agreement, kParts>& level,
                     const std::array<bool, kParts>& both, const Chance& chance) {
    const std::size_t g = rows.column_of(Part::given_name);
    const std::size_t s = rows.column_of(Part::surname);
    const auto like = [&](std::size_t c, double typo, double variant, double similar) {
      switch (level[c]) {
        case Agreement::equal:
          return true;
        case Agreement::typo:
          return chance(typo);
        case Agreement::variant:
          return chance(variant);
        case Agreement::similar:
          return chance(similar);
        default:
          return false;
      }
    };
    switch (feature.kind) {
      case Kind::whole:
        return both[feature.column] && level[feature.column] == Agreement::equal;
      case Kind::initial:
        return both[feature.column] && like(feature.column, 0.85, 0.9, 0.7);
      case Kind::sound:
        return both[feature.column] && like(feature.column, 0.55, 0.2, 0.2);
      case Kind::year:
        return both[feature.column] &&
               (level[feature.column] == Agreement::swapped || like(feature.column, 0.5, 1, 0.5));
      case Kind::day:
        return both[feature.column] && like(feature.column, 0.5, 0, 0.5);
      case Kind::area:
        return both[feature.column] && like(feature.column, 0.6, 0, 1);
      case Kind::names:
        return both[g] && both[s] &&
               (level[s] == Agreement::swapped ||
                (level[g] == Agreement::equal && level[s] == Agreement::equal));
      case Kind::sounds:
        return both[g] && both[s] &&
               (level[s] == Agreement::swapped ||
                (like(g, 0.55, 0.2, 0.2) && like(s, 0.55, 0.2, 0.2)));
    }
    return false;
  }

  std::vector<std::uint32_t> shared_;
};

}  // namespace

Candidates::Candidates(const PartRows& rows, const MatchModel& model, std::uint64_t pairs_per_row)
    : rows_(rows) {
  list_features();
  fill_features();
  choose_keys(model, pairs_per_row);
}

void Candidates::list_features() {
  const auto parts = rows_.parts();
  for (std::size_t c = 0; c < parts.size(); ++c) features_.push_back({Kind::whole, c});
  column_mask_ = parts.size() == 32 ? ~0U : (1U << parts.size()) - 1;
  for (std::size_t c = 0; c < parts.size(); ++c) {
    if (is_name(parts[c])) {
      features_.push_back({Kind::initial, c});
      features_.push_back({Kind::sound, c});
    } else if (parts[c] == Part::birth_date) {
      features_.push_back({Kind::year, c});
      features_.push_back({Kind::day, c});
    } else if (parts[c] == Part::postcode) {
      features_.push_back({Kind::area, c});
    }
  }
  if (rows_.column_of(Part::given_name) < parts.size() &&
      rows_.column_of(Part::surname) < parts.size()) {
    features_.push_back({Kind::names, rows_.column_of(Part::surname)});
    features_.push_back({Kind::sounds, rows_.column_of(Part::surname)});
  }
  features_.resize(std::min(features_.size(), kMostFeatures - 1));
  stride_ = (features_.size() + 3) / 4 * 4;
}

void Candidates::fill_features() {
  const std::size_t n_columns = rows_.parts().size();
  // Of each distinct value once.
  std::vector<std::vector<std::uint32_t>> of_value(features_.size());
  for (std::size_t f = n_columns; f < features_.size(); ++f) {
    if (features_[f].kind == Kind::names || features_[f].kind == Kind::sounds) continue;
    const ValueTable& values = rows_.values(features_[f].column);
    of_value[f].reserve(values.size());
    for (std::uint32_t id = 0; id < values.size(); ++id)
      of_value[f].push_back(feature_of(features_[f].kind, values[id]));
  }
  for (std::size_t f = 0; f < features_.size(); ++f) {
    if (features_[f].kind != Kind::sound) continue;
    if (features_[f].column == rows_.column_of(Part::given_name)) given_sound_ = f;
    if (features_[f].column == rows_.column_of(Part::surname)) surname_sound_ = f;
  }
  feature_.assign(std::size_t{rows_.size()} * stride_, kNotStated);
  stated_.resize(rows_.size());
  left_out_.resize(rows_.size());
  for (std::uint32_t r = 0; r < rows_.size(); ++r)
    fill_row(r, [&](std::size_t f, std::uint32_t id) { return of_value[f][id]; });
}

template <class OfValue>
void Candidates::fill_row(std::uint32_t r, const OfValue& of_value) {
  const auto ids = rows_.row(r);
  const std::size_t g = rows_.column_of(Part::given_name);
  const std::size_t s = rows_.column_of(Part::surname);
  std::uint32_t* out = feature_.data() + std::size_t{r} * stride_;
  for (std::size_t f = 0; f < features_.size(); ++f) {
    const Feature& feature = features_[f];
    if (feature.kind == Kind::whole) {
      out[f] = ids[feature.column];
    } else if (feature.kind == Kind::names || feature.kind == Kind::sounds) {
      const bool names = feature.kind == Kind::names;
      const std::uint32_t x = names ? ids[g] : out[given_sound_];
      const std::uint32_t y = names ? ids[s] : out[surname_sound_];
      if (x != kNotStated && y != kNotStated)
        out[f] = mix(std::uint64_t{std::min(x, y)} << 32 | std::max(x, y)) & 0x7fffffff;
    } else if (ids[feature.column] != kNotStated) {
      out[f] = of_value(f, ids[feature.column]);
    }
    if (out[f] != kNotStated) stated_[r] |= 1U << f;
  }
}

void Candidates::admit(std::uint32_t guest) {
  dismiss();
  feature_.resize((std::size_t{guest} + 1) * stride_, kNotStated);
  stated_.resize(guest + std::size_t{1});
  left_out_.resize(guest + std::size_t{1});
  fill_row(guest, [&](std::size_t f, std::uint32_t id) {
    return feature_of(features_[f].kind, rows_.values(features_[f].column)[id]);
  });
}

void Candidates::dismiss() {
  feature_.resize(std::size_t{rows_.size()} * stride_);
  stated_.resize(rows_.size());
  left_out_.resize(rows_.size());
}

std::uint32_t Candidates::key(std::uint32_t row, std::uint32_t need) const {
  const std::uint32_t* x = feature_.data() + std::size_t{row} * stride_;
  std::uint64_t h = need;
  for (std::uint32_t left = need; left != 0; left &= left - 1)
    h = (h ^ x[std::countr_zero(left)]) * 0x9e3779b97f4a7c15ULL, h ^= h >> 32;
  return mix(h);
}

std::vector<Candidates::Choice> Candidates::choices() const {
  // Counted over a part of the rows, chosen by what they state; rows that share a key are counted
  // in buckets by its hash.
  const std::uint32_t n = rows_.size();
  const std::uint32_t part = n / 65536 + 1;
  std::vector<std::uint32_t> sample;
  for (std::uint32_t r = 0; r < n; ++r)
    if (rows_.content(r) % part == 0) sample.push_back(r);
  std::vector<std::uint32_t> bucket(1U << 17);
  std::vector<Choice> out;
  const auto add = [&](std::uint32_t need) {
    std::fill(bucket.begin(), bucket.end(), 0);
    double stated = 0;
    for (const std::uint32_t r : sample) {
      if ((stated_[r] & need) != need) continue;
      ++bucket[key(r, need) % bucket.size()];
      stated += 1;
    }
    Choice choice{need, 0, 0};
    const std::size_t most = kMostRows / part + 1;
    for (const std::uint32_t count : bucket) {
      if (count > most) continue;
      choice.pairs += count * (count - 1.0) / 2;
      choice.kept += count;
    }
    if (choice.kept == 0) return;
    choice.pairs -= choice.kept * choice.kept / 2 / static_cast<double>(bucket.size());
    choice.pairs = std::max(choice.pairs, 0.0) * part * part;
    choice.kept /= stated;
    out.push_back(choice);
  };
  for (std::size_t f = 0; f < features_.size(); ++f) {
    if (is_left_to_others(rows_.parts()[features_[f].column])) continue;
    if (features_[f].kind != Kind::initial) add(1U << f);
    for (std::size_t e = f + 1; e < features_.size(); ++e) {
      const bool names = features_[e].kind == Kind::names || features_[e].kind == Kind::sounds;
      if (is_left_to_others(rows_.parts()[features_[e].column]) ||
          features_[e].column == features_[f].column ||
          (names && features_[f].column == rows_.column_of(Part::given_name)))
        continue;
      add(1U << f | 1U << e);
    }
  }
  return out;
}

void Candidates::choose_keys(const MatchModel& model, std::uint64_t pairs_per_row) {
  const std::uint32_t n = rows_.size();
  std::vector<Choice> choices = this->choices();
  std::vector<std::uint32_t> whole;  // keys taken that leave nobody out
  ExpectedPairs expected(rows_, model, features_);
  // A small table can afford to be looked at more closely.
  double left = std::max(static_cast<double>(pairs_per_row) * n, kLeastPairs);
  while (need_.size() < kMostKeys) {
    const Choice* best = nullptr;
    double best_score = 0;
    for (const Choice& choice : choices) {
      if (choice.pairs > left) continue;
      // A key that asks for more than one already taken meets nobody new.
      if (std::any_of(whole.begin(), whole.end(),
                      [&](std::uint32_t need) { return (choice.need & need) == need; }))
        continue;
      // What is expected is not all that occurs: a key that catches little new is worth a little.
      const double gain =
          static_cast<double>(expected.gain(choice.need)) +
          kWorthOfKnown * expected.share(choice.need) * static_cast<double>(expected.size());
      if (gain < 1) continue;
      const double score = gain * choice.kept / (choice.pairs + n / 4.0 + 100);
      if (score > best_score) {
        best_score = score;
        best = &choice;
      }
    }
    if (best == nullptr) break;
    const Choice taken = *best;
    left -= taken.pairs;
    if (taken.kept > kNearlyAll) whole.push_back(taken.need);
    std::erase_if(choices, [&](const Choice& choice) { return choice.need == taken.need; });
    need_.push_back(taken.need);
    n_pairs_.push_back(taken.pairs);
    expected.take(taken.need);
    std::uint32_t columns = 0;
    for (std::size_t f = 0; f < features_.size(); ++f) {
      if ((taken.need >> f & 1U) == 0) continue;
      columns |= 1U << features_[f].column;
      if (features_[f].kind == Kind::names || features_[f].kind == Kind::sounds)
        columns |= 1U << rows_.column_of(Part::given_name);
    }
    columns_.push_back(columns);
  }
}

std::vector<double> Candidates::expected_shares(const MatchModel& model) const {
  const ExpectedPairs expected(rows_, model, features_);
  std::vector<double> out;
  for (const std::uint32_t need : need_) out.push_back(expected.share(need));
  return out;
}

std::vector<Candidates::Entry> Candidates::sorted(std::size_t k, std::uint32_t step) const {
  std::vector<Entry> all;
  for (std::uint32_t r = 0; r < rows_.size(); ++r) {
    if ((stated_[r] & need_[k]) != need_[k]) continue;
    const std::uint32_t h = key(r, need_[k]);
    if (h % step == 0) all.push_back({h, r});
  }
  sort_by_key(all);
  return all;
}

std::pair<std::vector<Candidates::Entry>, double> Candidates::sample(std::size_t k,
                                                                     double n_pairs) const {
  const auto step = static_cast<std::uint32_t>(std::max(1.0, n_pairs_[k] / n_pairs));
  auto all = sorted(k, step);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t next = i + 1;
    while (next < all.size() && all[next].key == all[i].key) ++next;
    for (std::size_t e = i; next - i > 1 && next - i <= kMostRows && e < next; ++e)
      all[kept++] = all[e];
    i = next;
  }
  all.resize(kept);
  return {std::move(all), 1.0 / step};
}

void Candidates::thin_out(std::size_t k, std::size_t least, std::vector<Entry>& all) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t next = i + 1;
    while (next < all.size() && all[next].key == all[i].key) ++next;
    if (next - i > kMostRows) {
      for (std::size_t e = i; e < next; ++e) left_out_[all[e].row] |= 1U << k;
      n_left_out_ += next - i;
    } else if (next - i >= least) {
      for (std::size_t e = i; e < next; ++e) all[kept++] = all[e];
    }
    i = next;
  }
  all.resize(kept);
}

std::vector<Candidates::Entry> Candidates::entries(std::size_t k) {
  auto all = sorted(k, 1);
  thin_out(k, 2, all);
  return all;
}

void Candidates::index() {
  // Room for a guest, so that none of them pays for a copy of all rows.
  feature_.reserve(feature_.size() + stride_);
  stated_.reserve(stated_.size() + 1);
  left_out_.reserve(left_out_.size() + 1);
  for (std::size_t k = 0; k < need_.size(); ++k) {
    index_.push_back(sorted(k, 1));
    thin_out(k, 1, index_.back());
    index_.back().shrink_to_fit();
  }
  for (std::size_t c = 0; c < rows_.parts().size(); ++c)
    shared_.emplace_back(rows_, c, is_left_to_others(rows_.parts()[c]));
}

std::vector<std::uint32_t> Candidates::rows_of_more_values(std::uint32_t guest) const {
  std::vector<std::uint32_t> out;
  for (const SharedValues& column : shared_) column.add_rows_like(guest, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> Candidates::pairs_of_more_values() const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (std::size_t c = 0; c < rows_.parts().size(); ++c)
    SharedValues(rows_, c, is_left_to_others(rows_.parts()[c])).add_pairs(out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace ovillo::resolve::internal
