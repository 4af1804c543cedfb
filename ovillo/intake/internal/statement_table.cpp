#include "ovillo/intake/internal/statement_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "ovillo/base/file.hpp"
#include "ovillo/intake/internal/word_file.hpp"
#include "ovillo/text/fold.hpp"

namespace ovillo::intake {

namespace {

constexpr double kNearColumn = 50;  // points between the edge of a number and that of its header
constexpr double kNearDate = 25;
constexpr std::size_t kMostWords = 20'000;
constexpr std::size_t kMostDescription = 4096;

bool is_number(std::string_view text) {
  return text.find_first_of("0123456789") != text.npos &&
         text.find_first_not_of("0123456789.,'+-()\xe2\x88\x92") == text.npos;
}

Decimal negated(Decimal value) {
  value.unscaled = -value.unscaled;
  return value;
}

}  // namespace

std::string_view name_of(BalanceState state) {
  static constexpr std::array<std::string_view, 4> kNames = {"agrees", "differs", "first",
                                                             "not_stated"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string iban_in(std::string_view text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at + 4 <= text.size(); ++at) {
    if (at > 0 && text[at - 1] != ' ' && text[at - 1] != ':') continue;
    std::string signs;
    for (std::size_t i = at; i < text.size() && signs.size() < 34; ++i) {
      if (text[i] == ' ') continue;
      if (!is_capital(text[i]) && !is_digit(text[i])) break;
      signs += text[i];
    }
    if (signs.size() < 15 || !is_capital(signs[0]) || !is_capital(signs[1]) || !is_digit(signs[2]))
      continue;
    // Words behind the number may be of such signs too: the longest part whose check holds.
    for (std::size_t n = signs.size(); n >= 15; --n) {
      unsigned rest = 0;
      for (std::size_t i = 0; i < n; ++i) {
        const char c = signs[(i + 4) % n];
        rest = is_digit(c) ? (rest * 10 + static_cast<unsigned>(c - '0')) % 97
                           : (rest * 100 + static_cast<unsigned>(c - 'A' + 10)) % 97;
      }
      if (rest == 1) return signs.substr(0, n);
    }
  }
  return {};
}

std::string currency_in(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kCurrencies = {
      {{"EUR", "EUR"},
       {"\xe2\x82\xac", "EUR"},
       {"GBP", "GBP"},
       {"\xc2\xa3", "GBP"},
       {"USD", "USD"},
       {"CHF", "CHF"},
       {"BRL", "BRL"},
       {"R$", "BRL"}}};
  std::size_t first = text.npos;
  std::string out;
  for (const auto& [written, code] : kCurrencies) {
    const std::size_t at = text.find(written);
    if (at >= first) continue;
    first = at;
    out = code;
  }
  return out;
}

struct StatementTable::Row {
  std::vector<PageWord> words;

  [[nodiscard]] PageWord whole() const {
    PageWord out = words.front();
    out.text.clear();
    for (const PageWord& word : words) {
      out.left = std::min(out.left, word.left);
      out.top = std::min(out.top, word.top);
      out.right = std::max(out.right, word.right);
      out.bottom = std::max(out.bottom, word.bottom);
      out.text += (out.text.empty() ? "" : " ") + word.text;
    }
    return out;
  }
};

Result<StatementWords> StatementWords::open() {
  const auto path = data_folder() / "profiles" / "statement_words.toml";
  OVILLO_TRY(const toml::table table, read_toml(path));
  StatementWords out;
  const auto take = [&](std::string_view name, Words& to) -> Result<void> {
    const toml::array* list = table[name].as_array();
    if (list == nullptr) return bad_data_file(path, fmt::format("'{}' is missing", name));
    for (const auto& node : *list) to.insert(node.value_or(std::string()));
    return {};
  };
  OVILLO_CHECK(take("date", out.date));
  OVILLO_CHECK(take("balance", out.balance));
  OVILLO_CHECK(take("amount", out.amount));
  OVILLO_CHECK(take("debit", out.debit));
  OVILLO_CHECK(take("credit", out.credit));
  return out;
}

// Words whose middle lies in the height of the first word of a line stand in that line.
std::vector<StatementTable::Row> StatementTable::rows_of(std::vector<PageWord> words) const {
  std::ranges::stable_sort(words, {}, &PageWord::top);
  std::vector<Row> rows;
  for (PageWord& word : words) {
    const double middle = (word.top + word.bottom) / 2;
    if (rows.empty() || middle > rows.back().words.front().bottom) rows.emplace_back();
    rows.back().words.push_back(std::move(word));
  }
  for (Row& row : rows) std::ranges::stable_sort(row.words, {}, &PageWord::left);
  return rows;
}

bool StatementTable::take_header(const Row& row) {
  std::optional<Column> date, balance, amount, debit, credit;
  for (const PageWord& word : row.words) {
    std::string name = text::folded(word.text);
    while (!name.empty() && (name.back() == ':' || name.back() == '.')) name.pop_back();
    const auto take = [&](const StatementWords::Words& names, std::optional<Column>& to) {
      if (!to && names.contains(name)) to = Column{word.left, word.right};
    };
    take(words_.date, date);
    take(words_.balance, balance);
    take(words_.amount, amount);
    take(words_.debit, debit);
    take(words_.credit, credit);
  }
  if (!date || !balance || !(amount || (debit && credit))) return false;
  date_ = date;
  balance_ = balance;
  amount_ = amount;
  debit_ = debit;
  credit_ = credit;
  return true;
}

std::optional<StatementPage> StatementTable::read(const std::vector<PageWord>& words) {
  if (words.empty() || words.size() > kMostWords) return std::nullopt;
  const std::vector<Row> rows = rows_of(words);
  const auto header = std::ranges::find_if(rows, [&](const Row& row) { return take_header(row); });
  if (!date_) return std::nullopt;
  StatementPage page;
  const std::size_t first =
      header == rows.end() ? 0 : static_cast<std::size_t>(header - rows.begin()) + 1;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (r < first) {
      page.rest.push_back(rows[r].whole());
    } else {
      take_row(rows[r], r + 1, page);
    }
  }
  if (header == rows.end() && page.lines.empty()) return std::nullopt;
  return page;
}

void StatementTable::take_row(const Row& row, std::uint64_t number, StatementPage& page) {
  StatementLine line;
  line.number = number;
  line.place = row.whole();
  const std::array<std::pair<const std::optional<Column>*, std::string>, 4> none = {
      {{&amount_, {}}, {&debit_, {}}, {&credit_, {}}, {&balance_, {}}}};
  auto numbers = none;
  for (const PageWord& word : row.words) {
    const bool at_date = line.date.empty() && std::abs(word.left - date_->left) < kNearDate;
    if (at_date && parse_time(word.text, Zone::utc(), order_)) {
      line.date = word.text;
      continue;
    }
    std::string* best = nullptr;
    double nearest = kNearColumn;
    for (auto& [column, text] : numbers) {
      if (!*column || !is_number(word.text)) continue;
      const double distance =
          std::min(std::abs(word.right - (*column)->right), std::abs(word.left - (*column)->left));
      if (distance < nearest) {
        nearest = distance;
        best = &text;
      }
    }
    if (best != nullptr) {
      *best += word.text;
    } else {
      line.description += (line.description.empty() ? "" : " ") + word.text;
    }
  }
  const auto value = [&](std::size_t i) -> std::optional<Decimal> {
    std::string text = numbers[i].second;
    const bool minus_behind = text.size() > 1 && text.back() == '-';
    if (minus_behind) text.pop_back();
    auto read = text.empty() ? std::nullopt : parse_decimal(text, mark_);
    return read && minus_behind ? negated(*read) : read;
  };
  const auto debit = value(1);
  const auto amount = value(0) ? value(0)
                      : debit  ? std::optional(debit->unscaled > 0 ? negated(*debit) : *debit)
                               : value(2);
  line.balance = value(3);
  if (!line.date.empty() && amount) {
    line.amount = *amount;
    check(line);
    page.lines.push_back(std::move(line));
  } else if (line.balance && !amount) {
    known_ = line.balance;  // an opening balance, or one brought forward
    since_ = {};
    page.rest.push_back(row.whole());
  } else if (!page.lines.empty() && line.date.empty() && !amount &&
             page.lines.back().description.size() < kMostDescription) {
    page.lines.back().description += "\n" + line.description;
  } else {
    page.rest.push_back(row.whole());
  }
}

void StatementTable::check(StatementLine& line) {
  const auto since = add(since_, line.amount);
  if (!since) known_.reset();
  since_ = since.value_or(Decimal{});
  if (!line.balance) return;
  const auto expected = known_ ? add(*known_, since_) : std::nullopt;
  line.state = !expected                    ? BalanceState::first
               : *expected == *line.balance ? BalanceState::agrees
                                            : BalanceState::differs;
  if (line.state == BalanceState::differs)
    line.sum =
        fmt::format("{} and {} make {}, not {}", format_decimal(*known_), format_decimal(since_),
                    format_decimal(*expected), format_decimal(*line.balance));
  known_ = line.balance;
  since_ = {};
}

}  // namespace ovillo::intake
