// Who may enter a what-if set.
//
// The one place of the rule. A set is a question about people whom a named officer suspects, on a
// date, or who were convicted, and about accounts and companies. Nobody else enters, however
// central: contacts, witnesses, bystanders, presumed victims and people nobody has classified stay
// in the network as the paths that evidence takes.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/column.hpp"
#include "ovillo/base/result.hpp"

namespace ovillo::network {

enum class Category : std::uint8_t {
  suspect,
  convicted,
  account,
  company,
  contact,
  witness,
  bystander,
  presumed_victim,
  unclassified,
};
std::span<const std::string_view> names(Category);

/// Why a name does not enter, the first that holds.
enum class StaysOut : std::uint8_t {
  is_protected,     ///< somebody recorded it as contact, witness, bystander or presumed victim
  unclassified,     ///< no row says more
  nobody_recorded,  ///< suspect or convicted, without a named officer and a date
};
std::span<const std::string_view> names(StaysOut);

/// The rows of a candidates file. Without categories (a plain list of names) the three other
/// columns are empty: whoever asks chose nodes, and nothing is said about persons.
struct CandidateList {
  StringColumn name;
  StringColumn category;     ///< a word of Category, any case; empty: unclassified
  StringColumn recorded_by;  ///< the officer, by name
  StringColumn date;         ///< of the recording, as base/time reads it
};

struct Entrants {
  std::vector<std::string> may;          ///< ascending by bytes, each once
  std::array<std::uint64_t, 3> n_out{};  ///< names per StaysOut
  bool with_categories = false;
};

/// Where rows about one name differ, the protective one governs.
/// @error network.bad_candidate: no name, or a word that is no category, or a date that is none;
///        with the row.
/// @cost  O(n log n).
/// @misses a person under two names: the file must say it for each name.
Result<Entrants> who_may_enter(const CandidateList& rows);

/// Names recorded as suspect or convicted by a named officer with a date, and by nobody as anything
/// protected; ascending by bytes. Accounts and companies are nobody.
/// @error  as who_may_enter; network.bad_candidate where the list has no categories.
Result<std::vector<std::string>> recorded_suspects(const CandidateList& rows);

}  // namespace ovillo::network
