// Records of one network, indexed for the rules.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/assess/assess.hpp"
#include "ovillo/assess/internal/phrase_matcher.hpp"

namespace ovillo::assess {

/// A find by value: its kind and canonical form.
using Value = std::pair<FindKind, std::string_view>;

/// Where a find lies: record number inside the network, find number inside the record.
struct FindAt {
  std::uint32_t record = 0;
  std::uint32_t find = 0;
};

/// Canonical identifiers of accredited employers.
using Employers = std::set<std::string, std::less<>>;

struct NetworkFacts {
  std::span<const RecordFacts> records;
  const Employers& employers;
  /// Topics matched in each record: matches[r] by topic; column beside it.
  struct TextMatch {
    std::uint32_t topic;
    Evidence evidence;
  };
  std::vector<std::vector<TextMatch>> matches;

  [[nodiscard]] Value value(FindAt at) const {
    const RecordFacts& record = records[at.record];
    return {record.find_kind[at.find], record.find_canonical[at.find]};
  }
  [[nodiscard]] Evidence evidence(FindAt at) const {
    const RecordFacts& record = records[at.record];
    return {record.index, record.find_column[at.find], record.find_span[at.find]};
  }
  [[nodiscard]] Evidence evidence(std::uint32_t r) const { return {records[r].index, 0, {}}; }
};

/// True for kinds that name a payment address: account, IBAN, card, wallet, phone, e-mail, handle.
bool is_identifier(FindKind kind);

}  // namespace ovillo::assess
