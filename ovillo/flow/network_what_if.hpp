// What-if sets of a network of the workspace: which few, gone together, would leave the least of it
// connected. A set is a question to think about; it says nothing about guilt.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// The best sets of one size.
struct NetworkSets {
  unsigned k = 0;
  std::uint64_t largest = 0;  ///< members still connected with one another when the set is gone
  std::uint64_t bound = 0;    ///< no set leaves fewer; equal to `largest` when that is proven
  bool exact = false;
  std::optional<std::uint64_t> n_sets;      ///< sets that do as well; empty: not counted
  std::vector<std::vector<EntityId>> sets;  ///< at most kShown of them
  static constexpr std::size_t kShown = 20;
};

struct NetworkWhatIf {
  NetworkId id;
  std::uint64_t n_members = 0;
  std::uint64_t largest = 0;  ///< members connected with one another as the network stands
  std::uint64_t n_may = 0;    ///< may enter: accounts, companies, recorded suspects and convicted
  std::array<std::uint64_t, 3> n_out{};  ///< persons who stay out, per network::StaysOut
  std::vector<NetworkSets> answers;      ///< k ascending, to kMost; empty: nobody may enter
  static constexpr unsigned kMost = 4;
};

/// Who may enter is network::who_may_enter()'s rule. A person is recorded where a case of the view
/// names them in a capacity, by the name that the network has for them or by their id.
/// @error flow.no_such_network.
/// @cost  below a second: beyond 128 members, and where the search would take longer, the answer is
///        a bound and says so.
/// @misses a person written in a case under another name than in the network.
Result<NetworkWhatIf> network_what_if(CaseFile& file, std::string_view id_or_key);

std::string to_json(const NetworkWhatIf& answer);

}  // namespace ovillo::flow
