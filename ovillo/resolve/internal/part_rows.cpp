#include "ovillo/resolve/internal/part_rows.hpp"

#include <algorithm>
#include <utility>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/resolve/internal/similarity.hpp"

namespace ovillo::resolve::internal {

namespace {

constexpr std::size_t kPhoneDigits = 9;

std::uint64_t letters_of(std::string_view value) {
  std::uint64_t out = 0;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    // Letters and digits have a bit of their own, the rest share.
    const unsigned bit = c >= 'a' && c <= 'z'   ? static_cast<unsigned>(c - 'a')
                         : c >= '0' && c <= '9' ? 26U + static_cast<unsigned>(c - '0')
                                                : 36U + byte % 28U;
    out |= std::uint64_t{1} << bit;
  }
  return out;
}

/// Folded form of a cell of `part`.
void fold_cell(Part part, std::string_view text, std::string& out) {
  switch (part) {
    case Part::birth_date:
      out = date_digits(text);
      return;
    case Part::phone:
      out = digits_of(text);
      if (out.size() > kPhoneDigits) out.erase(0, out.size() - kPhoneDigits);
      return;
    case Part::email:
      fold_into(text, out);
      return;
    case Part::document:
    case Part::account:
    case Part::plate:
    case Part::postcode:
      fold_into(text, out);
      std::erase(out, ' ');
      return;
    default:
      fold_into(text, out);
  }
}

bool joins_columns(Part part) {
  return part == Part::given_name || part == Part::surname || part == Part::address;
}

/// The values of one row, by part, folded; memory is reused from row to row.
class RowValues {
 public:
  void clear() {
    for (auto& values : of_) values.clear();
    whole_.clear();
  }

  void add(Part part, std::string_view cell, std::string_view raw) {
    if (cell.empty()) return;
    if (part == Part::name) {
      whole_ = cell;
      comma_ = raw.find(',') != std::string_view::npos ? fold(raw.substr(0, raw.find(','))).size()
                                                       : std::string::npos;
      return;
    }
    auto& values = of_[index_of(part)];
    if (joins_columns(part) && !values.empty()) {
      values[0] += ' ';
      values[0] += cell;
    } else if (part == Part::other_names) {
      add_words(cell, values);
    } else if (std::find(values.begin(), values.end(), cell) == values.end()) {
      values.emplace_back(cell);
    }
  }

  /// Gives the words of a whole name to the parts that are not stated by columns of their own.
  void share_out_name() {
    if (whole_.empty()) return;
    auto& given = of_[index_of(Part::given_name)];
    auto& surname = of_[index_of(Part::surname)];
    auto& other = of_[index_of(Part::other_names)];
    std::vector<std::string> words;
    if (given.empty() && surname.empty()) {
      const bool surname_first = comma_ < whole_.size();
      const std::string first(surname_first ? whole_.substr(comma_) : whole_);
      add_words(first, words);
      if (surname_first) {
        surname.push_back(whole_.substr(0, comma_));
      } else if (!words.empty()) {
        surname.push_back(words.back());
        words.pop_back();
      }
      if (!words.empty()) {
        given.push_back(words.front());
        words.erase(words.begin());
      }
    } else {
      add_words(whole_, words);
      std::vector<std::string> known;
      for (const auto* list : {&given, &surname})
        for (const std::string& value : *list) add_words(value, known);
      std::erase_if(words, [&](const std::string& word) {
        return std::find(known.begin(), known.end(), word) != known.end();
      });
    }
    for (std::string& word : words)
      if (std::find(other.begin(), other.end(), word) == other.end())
        other.push_back(std::move(word));
  }

  [[nodiscard]] const std::vector<std::string>& of(std::size_t part) const { return of_[part]; }

 private:
  static void add_words(std::string_view text, std::vector<std::string>& out) {
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find(' ', begin), text.size());
      if (end > begin) out.emplace_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  std::array<std::vector<std::string>, kParts> of_;
  std::string whole_;
  std::size_t comma_ = std::string::npos;
};

/// Reads row `r` of a table into `values`. @param folded  memory to work in.
void read_row(const PartTable& table, std::size_t r, RowValues& values, std::string& folded) {
  values.clear();
  for (const PartColumn& column : table.columns) {
    const std::string_view raw = column.value[r];
    if (raw.empty()) continue;
    fold_cell(column.part, raw, folded);
    values.add(column.part, folded, raw);
  }
  values.share_out_name();
}

}  // namespace

std::uint32_t ValueTable::number(std::string_view value) {
  if (slot_.size() < 2 * (std::size_t{size()} + 1)) grow();
  const std::uint64_t whole_hash = hash64(value);
  const auto hash = static_cast<std::uint32_t>(whole_hash);
  const std::size_t mask = slot_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slot_[at];
    if (slot.id_plus_1 == 0) {
      value_.push_back(value);
      letters_.push_back(letters_of(value));
      hash_.push_back(whole_hash);
      slot = {hash, size()};
      return size() - 1;
    }
    if (slot.hash == hash && value_[slot.id_plus_1 - 1] == value) return slot.id_plus_1 - 1;
  }
}

void ValueTable::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, 2 * slot_.size()));
  slot_.swap(old);
  const std::size_t mask = slot_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id_plus_1 == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slot_[at].id_plus_1 != 0) at = (at + 1) & mask;
    slot_[at] = slot;
  }
}

void ValueTable::index() {
  std::size_t n_slots = 64;
  while (n_slots < 2 * (std::size_t{size()} + 1)) n_slots *= 2;
  slot_.assign(n_slots, {});
  for (std::uint32_t id = 0; id < size(); ++id) {
    const auto hash = static_cast<std::uint32_t>(hash64(value_[id]));
    std::size_t at = hash & (n_slots - 1);
    while (slot_[at].id_plus_1 != 0) at = (at + 1) & (n_slots - 1);
    slot_[at] = {hash, id + 1};
  }
}

std::uint32_t ValueTable::find(std::string_view value) const {
  const auto hash = static_cast<std::uint32_t>(hash64(value));
  const std::size_t mask = slot_.size() - 1;
  for (std::size_t at = hash & mask; slot_[at].id_plus_1 != 0; at = (at + 1) & mask)
    if (slot_[at].hash == hash && value_[slot_[at].id_plus_1 - 1] == value)
      return slot_[at].id_plus_1 - 1;
  return kNotStated;
}

std::uint32_t ValueTable::add_guest(std::string_view value) {
  guest_.emplace_back(value);
  letters_.push_back(letters_of(value));
  return static_cast<std::uint32_t>(letters_.size() - 1);
}

void ValueTable::dismiss_guests() {
  guest_.clear();
  letters_.resize(size());
}

std::vector<std::uint32_t> ValueTable::settle() {
  std::vector<std::uint32_t> order(size());
  for (std::uint32_t i = 0; i < size(); ++i) order[i] = i;
  parallel_sort(order, [&](std::uint32_t x, std::uint32_t y) {
    return hash_[x] != hash_[y] ? hash_[x] < hash_[y] : value_[x] < value_[y];
  });
  ValueTable settled;
  settled.value_.reserve(size(), value_.arena().size());
  settled.letters_.reserve(size());
  std::vector<std::uint32_t> number(size());
  for (std::uint32_t i = 0; i < size(); ++i) {
    number[order[i]] = i;
    settled.value_.push_back(value_[order[i]]);
    settled.letters_.push_back(letters_[order[i]]);
  }
  *this = std::move(settled);
  return number;
}

PartRows::PartRows(std::span<const PartTable> tables) {
  for (const PartTable& table : tables) {
    n_ += static_cast<std::uint32_t>(table.size());
    table_end_.push_back(n_);
  }
  std::array<bool, kParts> present{};
  for (const PartTable& table : tables)
    for (const PartColumn& column : table.columns) {
      present[index_of(column.part)] = true;
      if (column.part == Part::name)
        for (const Part p : {Part::given_name, Part::surname, Part::other_names})
          present[index_of(p)] = true;
    }
  present[index_of(Part::name)] = false;
  for (std::size_t p = 0; p < kParts; ++p) {
    column_of_[p] = kParts;
    if (!present[p]) continue;
    column_of_[p] = parts_.size();
    parts_.push_back(static_cast<Part>(p));
    const bool shares = p == index_of(Part::surname) && present[index_of(Part::given_name)];
    if (!shares) table_.emplace_back();
    table_of_.push_back(table_.size() - 1);
  }
  for (std::size_t& column : column_of_)
    if (column == kParts) column = parts_.size();
  count_.resize(parts_.size());
  stated_.resize(parts_.size());
  id_.assign(std::size_t{n_} * parts_.size(), kNotStated);

  RowValues values;
  std::string folded;
  std::vector<std::uint32_t> ids;
  std::uint32_t row = 0;
  for (const PartTable& table : tables) {
    for (std::size_t r = 0; r < table.size(); ++r, ++row) {
      read_row(table, r, values, folded);
      for (std::size_t c = 0; c < parts_.size(); ++c) {
        const auto& stated = values.of(index_of(parts_[c]));
        if (stated.empty()) continue;
        ++stated_[c];
        ids.clear();
        for (const std::string& value : stated) {
          const std::uint32_t id = table_[table_of_[c]].number(value);
          if (id >= count_[c].size()) count_[c].resize(std::size_t{id} + 1 + id / 2);
          ++count_[c][id];
          ids.push_back(id);
        }
        keep_numbers(row, c, ids);
      }
    }
  }
  settle();
}

void PartRows::keep_numbers(std::uint32_t row, std::size_t column,
                            std::span<const std::uint32_t> ids) {
  id_[std::size_t{row} * parts_.size() + column] = ids[0];
  if (ids.size() == 1) return;
  const auto begin = static_cast<std::uint32_t>(more_id_.size());
  more_id_.insert(more_id_.end(), ids.begin() + 1, ids.end());
  more_row_.resize(std::max<std::size_t>({more_row_.size(), n_, row + std::size_t{1}}));
  more_row_[row] = true;
  more_.push_back({row, static_cast<std::uint32_t>(column), begin,
                   static_cast<std::uint32_t>(more_id_.size())});
}

void PartRows::index() {
  id_.reserve(id_.size() + parts_.size());  // room for a guest
  for (ValueTable& table : table_) table.index();
}

std::uint32_t PartRows::admit(const PartTable& table, std::size_t r) {
  RowValues values;
  std::string folded;
  read_row(table, r, values, folded);
  id_.resize((std::size_t{n_} + 1) * parts_.size(), kNotStated);
  if (!more_row_.empty()) more_row_.resize(std::size_t{n_} + 1);
  std::vector<std::uint32_t> ids;
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    ids.clear();
    ValueTable& known = table_[table_of_[c]];
    for (const std::string& value : values.of(index_of(parts_[c]))) {
      const std::uint32_t id = known.find(value);
      ids.push_back(id != kNotStated ? id : known.add_guest(value));
    }
    if (!ids.empty()) keep_numbers(n_, c, ids);
  }
  return n_;
}

void PartRows::exchange_first(std::size_t column, std::size_t i) {
  const std::span<const std::uint32_t> further = more(n_, column);
  std::swap(id_[std::size_t{n_} * parts_.size() + column],
            more_id_[static_cast<std::size_t>(further.data() - more_id_.data()) + i]);
}

void PartRows::dismiss() {
  id_.resize(std::size_t{n_} * parts_.size());
  while (!more_.empty() && more_.back().row == n_) {
    more_id_.resize(more_.back().begin);
    more_.pop_back();
  }
  if (more_row_.size() > n_) more_row_.resize(n_);
  for (ValueTable& table : table_) table.dismiss_guests();
}

void PartRows::settle() {
  std::vector<std::vector<std::uint32_t>> number;
  for (ValueTable& table : table_) number.push_back(table.settle());
  for (std::size_t c = 0; c < parts_.size(); ++c) {
    const auto& to = number[table_of_[c]];
    std::vector<std::uint32_t> count(to.size());
    for (std::uint32_t id = 0; id < std::min(to.size(), count_[c].size()); ++id)
      count[to[id]] = count_[c][id];
    count_[c] = std::move(count);
    for (std::uint32_t r = 0; r < n_; ++r)
      if (std::uint32_t& id = id_[std::size_t{r} * parts_.size() + c]; id != kNotStated)
        id = to[id];
  }
  for (const More& m : more_)
    for (std::uint32_t i = m.begin; i < m.end; ++i)
      more_id_[i] = number[table_of_[m.column]][more_id_[i]];
  content_.resize(n_);
  for (std::uint32_t r = 0; r < n_; ++r)
    for (const std::uint32_t id : row(r)) {
      content_[r] = (content_[r] ^ id) * 0x9e3779b97f4a7c15ULL;
      content_[r] ^= content_[r] >> 32;
    }
  for (const More& m : more_)
    for (std::uint32_t i = m.begin; i < m.end; ++i)
      content_[m.row] += (more_id_[i] + 1) * 0xbf58476d1ce4e5b9ULL;
}

std::span<const std::uint32_t> PartRows::more(std::uint32_t row, std::size_t column) const {
  if (!has_more(row)) return {};
  const std::pair<std::uint32_t, std::uint32_t> want{row, static_cast<std::uint32_t>(column)};
  const auto at =
      std::lower_bound(more_.begin(), more_.end(), want,
                       [](const More& m, const auto& w) { return std::pair{m.row, m.column} < w; });
  if (at == more_.end() || at->row != row || at->column != column) return {};
  return {more_id_.data() + at->begin, at->end - at->begin};
}

}  // namespace ovillo::resolve::internal
