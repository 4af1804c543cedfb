#include "ovillo/base/sensitive.hpp"

#include <concepts>
#include <memory>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace ovillo {
namespace {

// Each promise is asked of a plain string too: a question nobody can answer yes to proves nothing.
template <class T>
constexpr bool kCanBeStreamed = requires(std::ostream& out, const T& value) { out << value; };
template <class T>
constexpr bool kCanBeFormatted = fmt::is_formattable<T>::value;
template <class T>
constexpr bool kCanBeCompared = std::equality_comparable<T>;
template <class T>
constexpr bool kTurnsIntoString = std::is_convertible_v<T, std::string>;

using Name = Sensitive<std::string>;

static_assert(kCanBeStreamed<std::string> && !kCanBeStreamed<Name>);
static_assert(kCanBeFormatted<std::string> && !kCanBeFormatted<Name>);
static_assert(kCanBeCompared<std::string> && !kCanBeCompared<Name>);
static_assert(kTurnsIntoString<std::string> && !kTurnsIntoString<Name>);
static_assert(!std::is_convertible_v<std::string, Name>, "becoming Sensitive is said out loud");
static_assert(!kCanBeStreamed<Sensitive<int>> && !kCanBeFormatted<Sensitive<int>>);
static_assert(!std::is_default_constructible_v<Disclosure>);
static_assert(!std::is_constructible_v<Disclosure, std::string>, "only the audit makes one");

TEST(Sensitive, GivesItsValueToWhoeverShowsADisclosure) {
  const Name name(std::string("Camila"));
  EXPECT_EQ(name.reveal(Disclosure::for_test()), "Camila");
}

TEST(Sensitive, CanBeMovedOutOnce) {
  Sensitive<std::unique_ptr<int>> value(std::make_unique<int>(4));
  const std::unique_ptr<int> out = std::move(value).reveal(Disclosure::for_test());
  EXPECT_EQ(*out, 4);
}

TEST(Disclosure, SaysWhatItWasGivenFor) { EXPECT_EQ(Disclosure::for_test().purpose(), "test"); }

}  // namespace
}  // namespace ovillo
