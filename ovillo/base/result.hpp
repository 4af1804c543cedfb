// Result<T>: a value, or the Error that explains why there is none.
//
// Anything that depends on data, files, network, permission or people returns one. Exceptions mean
// a bug or no memory and are caught only in the doors. See docs/adr/0001-result-type.md.
//
//   Result<Table> read(std::string_view path);
//
//   OVILLO_TRY(auto table, read(path));   // declares `table`, or returns the error
//   OVILLO_CHECK(write(table));           // for Result<void>
#pragma once

#include <utility>

#include <tl/expected.hpp>

#include "ovillo/base/error.hpp"

namespace ovillo {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
  // An Error converts to a failed Result, so that `return Error(...)` reads as it should.
  Result(Error error) : tl::expected<T, Error>(tl::unexpect, std::move(error)) {}  // NOLINT
};

#define OVILLO_CONCAT_(a, b) a##b
#define OVILLO_CONCAT(a, b) OVILLO_CONCAT_(a, b)

/// Declares `lhs` with the value of `expr`, or returns its error from the enclosing function.
#define OVILLO_TRY(lhs, expr) OVILLO_TRY_(OVILLO_CONCAT(ovillo_try_, __LINE__), lhs, expr)
#define OVILLO_TRY_(tmp, lhs, expr)              \
  auto tmp = (expr);                             \
  if (!tmp) return ::ovillo::Error(tmp.error()); \
  lhs = std::move(*tmp)

/// Evaluates a Result<void>, or returns its error from the enclosing function.
#define OVILLO_CHECK(expr)                                                                       \
  do {                                                                                           \
    if (auto ovillo_check = (expr); !ovillo_check) return ::ovillo::Error(ovillo_check.error()); \
  } while (false)

}  // namespace ovillo
