// What the rules of red flags read: each transfer with what it is, by account.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ovillo/money/flags.hpp"
#include "ovillo/money/internal/payment_words.hpp"

namespace ovillo::money {

inline constexpr std::int64_t kDay_s = 86'400;

/// Which way cash went: `paid_in` to the account `to`, `drawn` from the account `from`.
enum class CashKind : std::uint8_t { none, paid_in, drawn };

class FlagFacts {
 public:
  FlagFacts(const FlagInput& input, const PaymentWords& words);

  const FlagInput& input;
  const Transfers& transfers;

  [[nodiscard]] bool is(std::uint32_t row, PaymentClass c) const {
    return (classes_[row] & bit(c)) != 0;
  }
  [[nodiscard]] bool is_any(std::uint32_t row, PaymentClasses set) const {
    return (classes_[row] & set) != 0;
  }
  [[nodiscard]] CashKind cash(std::uint32_t row) const { return cash_[row]; }
  /// Not a cash desk, a machine or an empty side.
  [[nodiscard]] bool is_account(std::uint32_t account) const { return real_[account] != 0; }
  /// 0: not stated; else the same number for the same place.
  [[nodiscard]] std::uint32_t place(std::uint32_t row) const { return place_[row]; }
  [[nodiscard]] std::string place_name(std::uint32_t row) const;
  [[nodiscard]] bool has_places() const { return has_places_; }
  [[nodiscard]] bool has_hours() const { return has_hours_; }
  [[nodiscard]] bool has_words() const { return has_words_; }

  /// Rows that `account` pays (is paid), ascending, so in order of time; cash with one account only
  /// is in the list of that one.
  [[nodiscard]] std::span<const std::uint32_t> paid(std::uint32_t account) const {
    return {out_.data() + out_begin_[account], out_.data() + out_begin_[account + 1]};
  }
  [[nodiscard]] std::span<const std::uint32_t> received(std::uint32_t account) const {
    return {in_.data() + in_begin_[account], in_.data() + in_begin_[account + 1]};
  }

  [[nodiscard]] std::int64_t time_s(std::uint32_t row) const { return transfers.time_s[row]; }
  [[nodiscard]] std::int64_t local_s(std::uint32_t row) const {
    return transfers.time_s[row] + transfers.offset_s[row];
  }
  [[nodiscard]] std::int64_t day(std::uint32_t row) const;    ///< local, since 1970
  [[nodiscard]] std::int64_t week(std::uint32_t row) const;   ///< Monday to Sunday
  [[nodiscard]] std::int64_t month(std::uint32_t row) const;  ///< 12 * year + month - 1
  [[nodiscard]] std::optional<int> minute_of_day(std::uint32_t row) const;
  /// `units` of the currency in the table's scale.
  [[nodiscard]] Int128 units(std::int64_t units) const;

  [[nodiscard]] const Holder* holder_of(std::uint32_t account) const;
  /// Position in input.holders of holder_of().
  [[nodiscard]] std::uint32_t holder_index(std::uint32_t account) const;
  [[nodiscard]] PaymentClasses read(std::string_view words, WordPlace place) const {
    return words_.read(words, place);
  }

 private:
  void index_rows();

  const PaymentWords& words_;
  std::vector<PaymentClasses> classes_;
  std::vector<CashKind> cash_;
  std::vector<char> real_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint64_t> out_begin_, in_begin_;
  std::vector<std::uint32_t> out_, in_;
  std::map<std::string, std::uint32_t, std::less<>> holder_;
  bool has_places_ = false, has_hours_ = false, has_words_ = false;
};

/// Numbers for the sentence of a hit.
using Numbers = std::map<std::string, std::string, std::less<>>;

/// One flag at work: its parameters, the facts, and where hits go.
class FlagRun {
 public:
  FlagRun(const FlagFacts& f, const Flag& flag, std::size_t number, FlagReport& report)
      : facts(f), flag_(flag), number_(number), report_(report) {}

  const FlagFacts& facts;

  /// Its rule's parameters are there once the book is open; another name is a bug.
  [[nodiscard]] std::int64_t operator[](std::string_view parameter) const {
    return flag_.parameters.at(std::string(parameter));
  }
  [[nodiscard]] std::int64_t window_s() const { return (*this)["window_days"] * kDay_s; }
  [[nodiscard]] Int128 units(std::string_view parameter) const {
    return facts.units((*this)[parameter]);
  }
  /// Adds a hit; rows in any order. Its numbers and the parameters fill the flag's sentence;
  /// n_rows, n_days, n_weeks, n_places of the transfers among the rows are counted unless given.
  void hit(std::uint32_t account, const std::vector<std::uint32_t>& rows, Numbers numbers = {});
  void hit(std::string_view account, std::vector<FlagRow> rows, Numbers numbers);
  void not_looked_for(std::string why);

 private:
  const Flag& flag_;
  std::size_t number_;
  FlagReport& report_;
};

/// What a window of rows holds; keeps counts as rows come and go.
class WindowCounts {
 public:
  explicit WindowCounts(const FlagFacts& facts) : facts_(facts) {}
  void add(std::uint32_t row, int by);
  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
  [[nodiscard]] std::size_t n_days() const { return days_.size(); }
  [[nodiscard]] std::size_t n_weeks() const { return weeks_.size(); }
  [[nodiscard]] std::size_t n_places() const { return places_.size(); }  ///< stated ones
  [[nodiscard]] std::size_t n_payers() const { return payers_.size(); }
  [[nodiscard]] std::size_t n_of(PaymentClass c) const {
    return n_of_[static_cast<std::size_t>(c)];
  }

 private:
  using Counts = std::map<std::int64_t, std::size_t>;
  static void count(Counts& counts, std::int64_t key, int by);
  const FlagFacts& facts_;
  std::size_t n_rows_ = 0;
  std::array<std::size_t, 32> n_of_{};
  Counts days_, weeks_, places_, payers_;
};

/// Those of `rows` (ascending) that lie in some window of at most `window_s` for which `enough`
/// says so. @cost O(n log n) and one call of `enough` a row.
std::vector<std::uint32_t> rows_in_windows(const FlagFacts& facts,
                                           std::span<const std::uint32_t> rows,
                                           std::int64_t window_s,
                                           const std::function<bool(const WindowCounts&)>& enough);

/// Of `rows`, those for which `wanted` says so.
std::vector<std::uint32_t> chosen(std::span<const std::uint32_t> rows,
                                  const std::function<bool(std::uint32_t)>& wanted);

Int128 sum_of(const FlagFacts& facts, std::span<const std::uint32_t> rows);

using FlagRule = void (*)(FlagRun&);
void see_cash_at_night(FlagRun&);
void see_funnel_account(FlagRun&);
void see_cash_outside_hours(FlagRun&);
void see_cash_without_sales(FlagRun&);
void see_below_threshold(FlagRun&);
void see_many_branches_one_day(FlagRun&);
void see_third_party_cash(FlagRun&);
void see_round_cash(FlagRun&);
void see_cash_to_untraceable(FlagRun&);
void see_advert_payments(FlagRun&);
void see_lodging_and_travel(FlagRun&);
void see_living_costs_for_several(FlagRun&);
void see_places_of_use(FlagRun&);
void see_remittances_to_one(FlagRun&);
void see_pass_through(FlagRun&);
void see_wages_to_one_account(FlagRun&);
void see_wages_drawn_together(FlagRun&);
void see_wages_returned_in_cash(FlagRun&);
void see_wages_returned_by_transfer(FlagRun&);
void see_recruitment_fees(FlagRun&);
void see_no_payroll_at_growth(FlagRun&);
void see_pays_for_many_adverts(FlagRun&);
void see_holder_in_adverts(FlagRun&);
void see_shared_details(FlagRun&);

}  // namespace ovillo::money
