// Whether what was paid is less than hours times rate, exactly.
#pragma once

#include <optional>

#include "ovillo/base/decimal.hpp"

namespace ovillo::employment {

struct Judged {
  bool below = false;
  bool by_attendance = false;  ///< hours are those of the attendance list
  Decimal pay, hours, due;
};

/// Gathers pay, hours and rate of one person, employer and period.
class Due {
 public:
  void add_pay(const Decimal& pay) { sum(pay_, pay); }
  void add_stated_hours(const Decimal& hours) { sum(stated_, hours); }
  void add_attended_hours(const Decimal& hours) { sum(attended_, hours); }
  /// The lowest rate stated counts: what is below it is below all of them.
  void rate_at_most(const Decimal& rate);
  [[nodiscard]] const std::optional<Decimal>& rate() const { return rate_; }
  /// With the larger of the two numbers of hours. @return  empty: no hours or no rate, or numbers
  /// too large to be multiplied exactly.
  [[nodiscard]] std::optional<Judged> judge() const;

 private:
  void sum(std::optional<Decimal>& to, const Decimal& more);
  std::optional<Decimal> pay_, stated_, attended_, rate_;
  bool too_large_ = false;
};

}  // namespace ovillo::employment
