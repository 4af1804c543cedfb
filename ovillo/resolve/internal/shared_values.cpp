#include "ovillo/resolve/internal/shared_values.hpp"

#include <algorithm>
#include <string_view>

#include "ovillo/base/hash.hpp"

namespace ovillo::resolve::internal {

namespace {

constexpr std::size_t kMostRowsOfWord = 40;

template <class Take>
void for_each_word(std::string_view text, const Take& take) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) take(hash64(text.substr(begin, end - begin)));
    begin = end + 1;
  }
}

}  // namespace

SharedValues::SharedValues(const PartRows& rows, std::size_t column, bool nothing)
    : rows_(rows), column_(column), nothing_(nothing) {
  if (nothing_) return;
  if (rows_.parts()[column_] == Part::text) read_words();
  for (std::uint32_t r = 0; r < rows_.size(); ++r)
    for (const std::uint32_t id : rows_.more(r, column_)) holders_[id].push_back(r);
  if (holders_.empty()) return;
  for (std::uint32_t r = 0; r < rows_.size(); ++r)
    if (const auto at = holders_.find(rows_.first(r, column_)); at != holders_.end())
      at->second.push_back(r);
  for (auto& [id, holding] : holders_) std::sort(holding.begin(), holding.end());
}

void SharedValues::read_words() {
  for (std::uint32_t r = 0; r < rows_.size(); ++r) {
    if (rows_.first(r, column_) == kNotStated) continue;
    for_each_word(rows_.values(column_)[rows_.first(r, column_)], [&](std::uint64_t word) {
      auto& holding = holders_of_word_[word];
      if (holding.empty() || holding.back() != r) holding.push_back(r);
    });
  }
}

void SharedValues::add_pairs(std::vector<std::pair<std::uint32_t, std::uint32_t>>& out) const {
  const auto add = [&](const Holders& holders, std::size_t most) {
    for (const auto& [what, rows] : holders) {
      if (rows.size() > most) continue;
      for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = i + 1; j < rows.size(); ++j)
          if (rows[i] != rows[j]) out.emplace_back(rows[i], rows[j]);
    }
  };
  add(holders_of_word_, kMostRowsOfWord);
  add(holders_, kMostRows);
}

void SharedValues::add_rows_like(std::uint32_t guest, std::vector<std::uint32_t>& out) const {
  if (nothing_ || rows_.first(guest, column_) == kNotStated) return;
  const auto add = [&](const Holders& holders, std::uint64_t what, std::size_t most) {
    const auto at = holders.find(what);
    if (at == holders.end() || at->second.size() > most) return;
    out.insert(out.end(), at->second.begin(), at->second.end());
  };
  add(holders_, rows_.first(guest, column_), kMostRows);
  for (const std::uint32_t id : rows_.more(guest, column_)) add(holders_, id, kMostRows);
  if (rows_.parts()[column_] == Part::text)
    for_each_word(rows_.values(column_)[rows_.first(guest, column_)],
                  [&](std::uint64_t word) { add(holders_of_word_, word, kMostRowsOfWord); });
}

}  // namespace ovillo::resolve::internal
