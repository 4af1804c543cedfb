// Values are folded and numbered per part, so that equality is one comparison and how common a
// value is comes for free; keys propose pairs, parts judge them, the strongest join first.
#include "ovillo/resolve/tables.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/log2.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/resolve/internal/similarity.hpp"

namespace ovillo::resolve {

namespace {

constexpr std::array<std::string_view, 10> kPartNames = {
    "name",  "given_name", "surname", "birth_date", "phone",
    "email", "document",   "address", "postcode",   "place"};
constexpr std::array<std::string_view, 3> kAgreementNames = {"equal", "close", "differs"};
constexpr std::size_t kParts = kPartNames.size();

constexpr std::size_t index_of(Part part) { return static_cast<std::size_t>(part); }

/// What the agreement of a part is worth, in quarter bits. An equal value is worth the log2 of how
/// rare it is, up to `equal_at_most`; the background adds `background_rows` rows in which a value
/// has the frequency 1 / background_values, so that a dozen rows do not make a name look common.
struct PartModel {
  std::int32_t equal_at_most;
  std::int32_t close;
  std::int32_t differs;
  std::uint64_t background_rows;
  std::uint64_t background_values;
};

constexpr std::array<PartModel, kParts> kModel = {{
    {0, 0, 0, 1, 1},                  // name: read as given name and surname
    {36, 14, -10, 1000, 300},         // given_name
    {40, 18, -12, 1000, 2000},        // surname
    {52, 26, -14, 20000, 20000},      // birth_date
    {40, 16, -2, 1000000, 1000000},   // phone: several people answer it
    {48, 20, -2, 1000000, 1000000},   // email
    {72, 34, -14, 1000000, 1000000},  // document
    {40, 20, -4, 10000, 10000},       // address: people move
    {28, 8, -4, 1000, 1000},          // postcode
    {20, 10, -4, 1000, 200},          // place
}};

/// Families that count as one voice.
enum class Family : std::uint8_t { name, birth_date, contact, document, address };
constexpr std::array<Family, kParts> kFamily = {
    Family::name,    Family::name,     Family::name,    Family::birth_date, Family::contact,
    Family::contact, Family::document, Family::address, Family::address,    Family::address};

/// A family speaks for a pair with at least this much.
constexpr std::int32_t kVoiceQuarterBits = 12;

/// Distinct folded values of one part, and which row holds which.
struct PartValues {
  std::vector<std::string> value;
  std::vector<std::uint32_t> count;  ///< rows that hold it
  ListIndex rows;                    ///< row r holds values id[rows[r]]
  std::vector<std::uint32_t> id;

  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const {
    return {id.data() + rows[row].begin, rows[row].size()};
  }
};

std::string folded(Part part, std::string_view text) {
  switch (part) {
    case Part::birth_date:
      return internal::date_digits(text);
    case Part::phone: {
      const std::string digits = internal::digits_of(text);
      return digits.size() > 9 ? digits.substr(digits.size() - 9) : digits;
    }
    case Part::document:
    case Part::postcode: {
      std::string out = internal::fold(text);
      std::erase(out, ' ');
      return out;
    }
    default:
      return internal::fold(text);
  }
}

bool joins_columns(Part part) {
  return part == Part::given_name || part == Part::surname || part == Part::address;
}

/// The values of one row, by part, folded.
using RowValues = std::array<std::vector<std::string>, kParts>;

RowValues read_row(const PartTable& table, std::size_t row) {
  RowValues out;
  const auto add = [&](Part part, std::string value, bool to_last) {
    auto& values = out[index_of(part)];
    if (value.empty()) return;
    if (to_last && !values.empty()) {
      values.back() += ' ' + value;
    } else if (std::find(values.begin(), values.end(), value) == values.end()) {
      values.push_back(std::move(value));
    }
  };
  for (const PartColumn& column : table.columns) {
    const std::string value = folded(column.part, column.value[row]);
    if (column.part != Part::name) {
      add(column.part, value, joins_columns(column.part));
      continue;
    }
    const std::size_t space = value.rfind(' ');
    add(Part::surname, space == std::string::npos ? value : value.substr(space + 1), false);
    if (space != std::string::npos) add(Part::given_name, value.substr(0, space), false);
  }
  return out;
}

Agreement compared(Part part, std::string_view a, std::string_view b) {
  if (a == b) return Agreement::equal;
  bool close = false;
  switch (part) {
    case Part::name:
    case Part::given_name:
    case Part::surname:
    case Part::place:
      close = internal::jaro_winkler_per_mille(a, b) >= 870 ||
              (std::min(a.size(), b.size()) >= 3 && internal::within_one_edit(a, b));
      break;
    case Part::address:
    case Part::email:
      close = internal::bigram_dice_per_mille(a, b) >= 600;
      break;
    case Part::birth_date: {
      const std::string swapped =
          std::string(b.substr(0, 4)) + std::string(b.substr(6)) + std::string(b.substr(4, 2));
      close = internal::within_one_edit(a, b) || a == swapped;
      break;
    }
    case Part::phone:
    case Part::document:
    case Part::postcode:
      close = internal::within_one_edit(a, b);
      break;
  }
  return close ? Agreement::close : Agreement::differs;
}

/// Rows of all tables, numbered through.
class Rows {
 public:
  explicit Rows(std::span<const PartTable> tables) {
    std::array<std::unordered_map<std::string, std::uint32_t>, kParts> number;
    for (std::uint32_t t = 0; t < tables.size(); ++t) {
      for (std::size_t r = 0; r < tables[t].size(); ++r) {
        table_.push_back(t);
        add(read_row(tables[t], r), number);
      }
    }
  }

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(table_.size()); }
  [[nodiscard]] std::uint32_t table(std::uint32_t row) const { return table_[row]; }
  [[nodiscard]] const PartValues& part(Part p) const { return part_[index_of(p)]; }
  /// First value of a part; empty: not stated.
  [[nodiscard]] std::string_view first(Part p, std::uint32_t row) const {
    const auto ids = part(p).of(row);
    return ids.empty() ? std::string_view{} : part(p).value[ids[0]];
  }

 private:
  void add(RowValues row,
           std::array<std::unordered_map<std::string, std::uint32_t>, kParts>& number) {
    for (std::size_t p = 0; p < kParts; ++p) {
      PartValues& values = part_[p];
      for (std::string& text : row[p]) {
        const auto next = static_cast<std::uint32_t>(values.value.size());
        const auto [at, is_new] = number[p].emplace(text, next);
        if (is_new) {
          values.value.push_back(std::move(text));
          values.count.push_back(0);
        }
        ++values.count[at->second];
        values.id.push_back(at->second);
      }
      values.rows.close_row(values.id.size());
    }
  }

  std::vector<std::uint32_t> table_;
  std::array<PartValues, kParts> part_;
};

/// Keys under which a row is filed: two rows that share one are compared.
class Keys {
 public:
  Keys(const Rows& rows, std::uint32_t max_block) : rows_(rows), max_block_(max_block) {}

  /// Pairs (a << 32 | b), a < b, ascending, each once.
  [[nodiscard]] std::vector<std::uint64_t> pairs(bool between_tables_only) const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> filed;
    for (std::uint32_t r = 0; r < rows_.size(); ++r) file(r, filed);
    std::sort(filed.begin(), filed.end());
    filed.erase(std::unique(filed.begin(), filed.end()), filed.end());
    std::vector<std::uint64_t> out;
    for (std::size_t begin = 0; begin < filed.size();) {
      std::size_t end = begin + 1;
      while (end < filed.size() && filed[end].first == filed[begin].first) ++end;
      if (end - begin <= max_block_) {
        for (std::size_t i = begin; i < end; ++i)
          for (std::size_t j = i + 1; j < end; ++j)
            if (!between_tables_only ||
                rows_.table(filed[i].second) != rows_.table(filed[j].second))
              out.push_back(std::uint64_t{filed[i].second} << 32 | filed[j].second);
      }
      begin = end;
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

 private:
  void file(std::uint32_t r, std::vector<std::pair<std::uint64_t, std::uint32_t>>& out) const {
    std::uint64_t rule = 0;
    // A key with a part that the row does not state is no key.
    const auto key = [&](std::initializer_list<std::string_view> parts) {
      std::uint64_t hash = ++rule;
      for (const std::string_view part : parts) {
        if (part.empty()) return;
        hash = hash64(part, hash);
      }
      out.emplace_back(hash, r);
    };
    for (const Part part : {Part::document, Part::phone, Part::email, Part::address}) {
      ++rule;
      for (const std::uint32_t id : rows_.part(part).of(r))
        out.emplace_back(hash64(rows_.part(part).value[id], rule), r);
    }
    const std::string_view given = rows_.first(Part::given_name, r);
    const std::string_view surname = rows_.first(Part::surname, r);
    const std::string_view birth = rows_.first(Part::birth_date, r);
    const std::string_view postcode = rows_.first(Part::postcode, r);
    const std::string_view place = rows_.first(Part::place, r);
    const std::string given_sound = internal::soundex(given);
    const std::string surname_sound = internal::soundex(surname);
    key({std::min(given, surname), std::max(given, surname)});  // also the other way round
    key({std::min(given_sound, surname_sound), std::max(given_sound, surname_sound), postcode});
    key({std::min(given_sound, surname_sound), std::max(given_sound, surname_sound), place});
    key({std::min(given_sound, surname_sound), std::max(given_sound, surname_sound),
         birth.substr(0, 4)});
    key({birth, given.substr(0, 1)});
    key({birth, surname.substr(0, 1)});
    key({birth, postcode});
    key({given, postcode});
    key({surname, postcode});
    key({surname, birth.substr(0, 6)});
  }

  const Rows& rows_;
  std::uint32_t max_block_;
};

class Judge {
 public:
  explicit Judge(const Rows& rows) : rows_(rows) {
    for (std::size_t p = 0; p < kParts; ++p) weigh_values(p);
  }

  /// Reasons of a pair, in the order of Part.
  void reasons(std::uint32_t a, std::uint32_t b, std::vector<Reason>& out) const {
    out.clear();
    const std::size_t begin = out.size();
    add(Part::given_name, Part::given_name, a, b, out);
    add(Part::surname, Part::surname, a, b, out);
    swap_names_if_better(a, b, begin, out);
    for (std::size_t p = index_of(Part::birth_date); p < kParts; ++p)
      add(static_cast<Part>(p), static_cast<Part>(p), a, b, out);
  }

  [[nodiscard]] bool differ(Part part, std::uint32_t a, std::uint32_t b) const {
    const auto best = best_of(part, part, a, b);
    return best && best->agreement == Agreement::differs;
  }

 private:
  void weigh_values(std::size_t p) {
    const PartValues& values = rows_.part(static_cast<Part>(p));
    const PartModel& model = kModel[p];
    const std::uint64_t n = rows_.size() + model.background_rows;
    const std::uint64_t background =
        std::max<std::uint64_t>(1, model.background_rows / model.background_values);
    equal_bits_[p].reserve(values.value.size());
    for (const std::uint32_t count : values.count) {
      const std::int32_t bits = log2_ratio_q16(n, count + background) >> 14;
      equal_bits_[p].push_back(std::min(bits, model.equal_at_most));
    }
  }

  /// The best agreement between any value of a and any of b; empty: one does not state it.
  [[nodiscard]] std::optional<Reason> best_of(Part of_a, Part of_b, std::uint32_t a,
                                              std::uint32_t b) const {
    const PartValues& x = rows_.part(of_a);
    const PartValues& y = rows_.part(of_b);
    const PartModel& model = kModel[index_of(of_a)];
    std::optional<Reason> best;
    for (const std::uint32_t i : x.of(a)) {
      for (const std::uint32_t j : y.of(b)) {
        Reason reason{of_a, compared(of_a, x.value[i], y.value[j]), model.differs};
        if (reason.agreement == Agreement::equal) {
          reason.quarter_bits = equal_bits_[index_of(of_a)][i];
        } else if (reason.agreement == Agreement::close) {
          // Close to a common value is worth less than that value itself.
          reason.quarter_bits = std::min(model.close, equal_bits_[index_of(of_a)][i] - 4);
        }
        if (!best || reason.quarter_bits > best->quarter_bits) best = reason;
      }
    }
    return best;
  }

  void add(Part of_a, Part of_b, std::uint32_t a, std::uint32_t b, std::vector<Reason>& out) const {
    if (const auto best = best_of(of_a, of_b, a, b)) out.push_back(*best);
  }

  /// Given name and surname written the other way round.
  void swap_names_if_better(std::uint32_t a, std::uint32_t b, std::size_t begin,
                            std::vector<Reason>& out) const {
    const auto given = best_of(Part::given_name, Part::surname, a, b);
    const auto surname = best_of(Part::surname, Part::given_name, a, b);
    if (!given || !surname || given->agreement == Agreement::differs ||
        surname->agreement == Agreement::differs)
      return;
    std::int32_t straight = 0;
    for (std::size_t i = begin; i < out.size(); ++i) straight += out[i].quarter_bits;
    constexpr std::int32_t kSwapCosts = 4;
    if (given->quarter_bits + surname->quarter_bits - kSwapCosts <= straight) return;
    out.resize(begin);
    out.push_back({Part::given_name, given->agreement, given->quarter_bits});
    out.push_back({Part::surname, surname->agreement, surname->quarter_bits - kSwapCosts});
  }

  const Rows& rows_;
  std::array<std::vector<std::int32_t>, kParts> equal_bits_;
};

std::int32_t sum(std::span<const Reason> reasons) {
  std::int32_t total = 0;
  for (const Reason& r : reasons) total += r.quarter_bits;
  return total;
}

/// How many families speak for the pair.
int n_voices(std::span<const Reason> reasons) {
  std::array<std::int32_t, 5> family{};
  for (const Reason& r : reasons)
    family[static_cast<std::size_t>(kFamily[index_of(r.part)])] += r.quarter_bits;
  return static_cast<int>(std::count_if(
      family.begin(), family.end(), [](std::int32_t bits) { return bits >= kVoiceQuarterBits; }));
}

/// Scores all proposed pairs and keeps those that stand.
Matches judged(std::span<const std::uint64_t> pairs, const Judge& judge, std::int32_t threshold) {
  constexpr std::size_t kGrain = 8192;
  std::vector<Matches> part((pairs.size() + kGrain - 1) / kGrain);
  parallel_for(pairs.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    Matches& out = part[begin / kGrain];
    std::vector<Reason> reasons;
    for (std::size_t i = begin; i < end; ++i) {
      const auto a = static_cast<std::uint32_t>(pairs[i] >> 32);
      const auto b = static_cast<std::uint32_t>(pairs[i]);
      judge.reasons(a, b, reasons);
      if (sum(reasons) < threshold || n_voices(reasons) < 2) continue;
      out.a.push_back(a);
      out.b.push_back(b);
      out.quarter_bits.push_back(sum(reasons));
      out.reason.insert(out.reason.end(), reasons.begin(), reasons.end());
      out.reasons.close_row(out.reason.size());
    }
  });
  Matches all;
  for (const Matches& p : part) {
    const std::size_t base = all.reason.size();
    all.a.insert(all.a.end(), p.a.begin(), p.a.end());
    all.b.insert(all.b.end(), p.b.begin(), p.b.end());
    all.quarter_bits.insert(all.quarter_bits.end(), p.quarter_bits.begin(), p.quarter_bits.end());
    all.reason.insert(all.reason.end(), p.reason.begin(), p.reason.end());
    for (std::size_t i = 0; i < p.size(); ++i) all.reasons.close_row(base + p.reasons[i].end);
  }
  return all;
}

/// Joins pairs, strongest first, unless somebody on one side cannot be somebody on the other.
std::vector<std::uint32_t> clusters(const Matches& matches, const Judge& judge, std::uint32_t n) {
  std::vector<std::size_t> order(matches.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return matches.quarter_bits[x] > matches.quarter_bits[y];
  });
  graph::UnionFind sets(n);
  std::vector<std::vector<std::uint32_t>> members(n);
  const auto members_of = [&](std::uint32_t root) {
    if (members[root].empty()) members[root].push_back(root);
    return std::span<const std::uint32_t>(members[root]);
  };
  const auto cannot_be_one = [&](std::uint32_t x, std::uint32_t y) {
    return judge.differ(Part::document, x, y) && judge.differ(Part::birth_date, x, y);
  };
  for (const std::size_t i : order) {
    const std::uint32_t x = sets.find(matches.a[i]);
    const std::uint32_t y = sets.find(matches.b[i]);
    if (x == y) continue;
    const auto left = members_of(x);
    const auto right = members_of(y);
    const bool conflict = std::any_of(left.begin(), left.end(), [&](std::uint32_t l) {
      return std::any_of(right.begin(), right.end(),
                         [&](std::uint32_t r) { return cannot_be_one(l, r); });
    });
    if (conflict) continue;
    sets.join(x, y);
    auto& kept = members[std::min(x, y)];
    auto& gone = members[std::max(x, y)];
    kept.insert(kept.end(), gone.begin(), gone.end());
    gone = {};
  }
  return sets.labels();
}

Result<void> check(std::span<const PartTable> tables) {
  bool any = false;
  for (const PartTable& table : tables) {
    for (const PartColumn& column : table.columns) {
      any = true;
      if (column.value.size() != table.size()) return Error(ErrorCode::resolve_ragged_table);
    }
  }
  if (!any) return Error(ErrorCode::resolve_no_columns);
  return {};
}

}  // namespace

std::span<const std::string_view> names(Part) { return kPartNames; }
std::span<const std::string_view> names(Agreement) { return kAgreementNames; }

Result<Matches> match_rows(std::span<const PartTable> tables, const MatchOptions& options) {
  OVILLO_CHECK(check(tables));
  const Rows rows(tables);
  const auto pairs = Keys(rows, options.max_block).pairs(options.between_tables_only);
  const Judge judge(rows);
  // The odds against two rows taken at random, as if there were at least a thousand rows.
  const std::int32_t against = log2_q16(std::max<std::uint64_t>(rows.size(), 1000)) >> 14;
  Matches out = judged(pairs, judge, against + options.margin_quarter_bits);
  out.cluster = clusters(out, judge, rows.size());
  return out;
}

}  // namespace ovillo::resolve
