// What has been decided about two records: the same, not the same, unsure.
//
// A ledger is a list of judgements that only grows. The last judgement of a pair holds; taking one
// back is a judgement too, so that what was believed on any day can be replayed. "Not the same"
// keeps the two apart in every later run, whatever chain leads from one to the other.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ovillo::resolve {

enum class Verdict : std::uint8_t {
  same,
  not_same,
  unsure,      ///< not joined on the strength of this pair
  taken_back,  ///< as if nothing had been said
};
std::span<const std::string_view> names(Verdict);

struct Judgement {
  std::string a;  ///< ids of records, as their file gives them
  std::string b;
  Verdict verdict = Verdict::unsure;
  std::string by;      ///< a named person; a rule of the machine begins with "rule:"
  std::string reason;  ///< in words
  std::string at;      ///< ISO 8601, UTC
};

/// A judgement about rows of the tables at hand.
struct RowJudgement {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  Verdict verdict = Verdict::unsure;
};

/// Judgements that hold: the last of each pair, but for those taken back.
/// @param ids  per row its id; judgements about others are left out.
/// @cost  O(n + m).
std::vector<RowJudgement> judgements_in_force(std::span<const Judgement> ledger,
                                              std::span<const std::string> ids);

}  // namespace ovillo::resolve
