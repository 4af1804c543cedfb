// Sensitive<T>: a personal value that cannot be printed, logged or compared by accident.
//
// It has no <<, no fmt formatter, no implicit conversion: a stray print does not compile. The value
// comes out only through reveal(), which asks for a Disclosure: proof that the audit entry for this
// opening is already durable. `flow` reveals one Sensitive<Batch> per run; doors hold Sensitive.
#pragma once

#include <string>
#include <utility>

namespace ovillo {

/// Proof that an opening was written to the audit log before it happens. Only AuditLog makes one
/// (casework/audit.hpp), and tests through `for_test`.
class Disclosure {
 public:
  [[nodiscard]] const std::string& purpose() const { return purpose_; }
  static Disclosure for_test() { return Disclosure("test"); }

 private:
  friend class DisclosureIssuer;
  explicit Disclosure(std::string purpose) : purpose_(std::move(purpose)) {}
  std::string purpose_;
};

/// The one door through which audit code makes a Disclosure.
class DisclosureIssuer {
 protected:
  static Disclosure issue(std::string purpose) { return Disclosure(std::move(purpose)); }
};

template <class T>
class Sensitive {
 public:
  explicit Sensitive(T value) : value_(std::move(value)) {}

  /// The value, to whoever can show that the opening was recorded.
  [[nodiscard]] const T& reveal(const Disclosure&) const& { return value_; }
  [[nodiscard]] T reveal(const Disclosure&) && { return std::move(value_); }

 private:
  T value_;
};

}  // namespace ovillo
