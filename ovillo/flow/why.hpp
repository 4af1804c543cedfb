// why: the chain of records that joins two things.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"

namespace ovillo::flow {

/// One end of a step.
struct WhyEnd {
  EntityKind kind = EntityKind::phone;
  std::string canonical;
};

/// A record that joins the two ends of a step: cited twice, once for the words of each end.
struct WhyRecord {
  Citation from;
  Citation to;
};

struct WhyStep {
  WhyEnd from;
  WhyEnd to;
  LinkKind link = LinkKind::association;
  std::int32_t weight_quarter_bits = 0;
  std::uint64_t n_records = 0;
  std::vector<WhyRecord> records;  ///< the first kCited, ascending by record id
  static constexpr std::size_t kCited = 5;
};

struct Why {
  std::vector<WhyStep> steps;  ///< from a to b
};

/// The chain whose weakest link is strongest, the shortest among those.
/// @param a, b  an identifier as people write it.
/// @error flow.no_such_thing, flow.no_chain.
Result<Why> why(CaseFile& file, std::string_view a, std::string_view b);

/// Why two members of a network are joined: their own link where they have one, else the chain as
/// above. Members that nobody writes (a template) can be asked for so.
/// @param a, b  entity ids, as network_page() gives them.
/// @error flow.no_such_network, flow.no_such_thing, flow.no_chain.
Result<Why> why_members(CaseFile& file, std::string_view network, std::string_view a,
                        std::string_view b);

}  // namespace ovillo::flow
