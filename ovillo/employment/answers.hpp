// Questions that tables of employment answer: who employs whom on a site, who stands behind the
// employer, who was there undeclared, who was declared and not there, whose pay is below the hours.
//
// An answer names the rows it rests on. Where a table that a question needs is not there, the
// question is not known, which is something else than no answer. No answer is a finding about a
// person.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/employment/tables.hpp"

namespace ovillo::employment {

enum class Question : std::uint8_t {
  employs,
  directs,
  stands_behind,
  attended_undeclared,
  declared_unattended,
  paid_below_hours,
  returns_wages,  ///< answered from transfers: flow
};
std::span<const std::string_view> names(Question);

struct Answer {
  Question question = Question::employs;
  std::string site;     ///< empty: not about one
  std::string subject;  ///< the worker or company it is about
  std::string words;
  std::vector<Source> source;  ///< ascending; a chain's in the order of its links
};

struct NotKnown {
  Question question = Question::employs;
  std::string why;
};

struct Answers {
  std::vector<Answer> answer;  ///< by question, site, subject, words
  std::vector<NotKnown> not_known;
};

struct Options {
  std::optional<Decimal> rate;  ///< pay per hour where no row states one
};

/// Companies are the same when their names are but for case, accents, marks and legal form; people
/// when their ids are, or, where a row states none, when the name belongs to one id only or to
/// none, in any order of its words.
/// @cost   O(n log n). @misses  names spelt in two ways: run `ovillo resolve` before; a declaration
///         that covers the day for another site counts as none for this one.
Answers answer(const Tables& tables, const Options& options);

/// The form in which two names of companies are compared.
std::string company_key(std::string_view name);

}  // namespace ovillo::employment
