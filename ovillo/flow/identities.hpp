// Who of the recorded persons and companies may be the same: what the machine proposes and what
// persons have decided. `ovillo identities`, `ovillo why-not A B`, `ovillo judge A B`.
//
// The machine proposes and joins nobody. A judgement "same" joins the two, with everything known of
// either; every judgement can be taken back, and "not_same" is never proposed again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/flow/case_file.hpp"
#include "ovillo/flow/import.hpp"
#include "ovillo/resolve/judgement.hpp"
#include "ovillo/resolve/tables.hpp"

namespace ovillo::flow {

/// A cell as it came in.
struct StatedValue {
  std::string column;
  std::string value;
};

/// One of two that may be the same.
struct IdentityEnd {
  EntityKind kind = EntityKind::person;
  std::string reference;            ///< "police#12": what judge and why-not take
  std::string name;                 ///< as stated first, of all columns of names; may be empty
  std::vector<StatedValue> stated;  ///< what its first record says, in the order of its columns
  Citation citation;                ///< of its first record
};

/// What a person decided about the two.
struct IdentityJudgement {
  resolve::Verdict verdict = resolve::Verdict::unsure;
  std::string by;
  std::string at;
  std::string reason;
  Citation citation;
  bool contradicted = false;  ///< "same", but others rule it out: not followed
  bool waits = false;         ///< came in since the last run, which did not follow it yet
};

struct IdentityPair {
  IdentityEnd a;  ///< ascending by reference
  IdentityEnd b;
  resolve::PairReport report;
  std::optional<IdentityJudgement> judgement;
};

/// Pairs that stand and pairs that were judged: those nobody judged first, the strongest first.
/// Persons are compared with persons, companies with companies, by what their records state; how
/// much each part is worth is learnt from them.
/// @error flow.run_first, storage.*.
Result<std::vector<IdentityPair>> identities(CaseFile& file);

/// One pair, whatever speaks for or against it.
/// @param a, b  references, or the local id alone where only one source has it.
/// @error flow.no_such_thing; flow.not_comparable: not two persons or two companies.
Result<IdentityPair> identity_of(CaseFile& file, std::string_view a, std::string_view b);

/// What is to be written down; made by judgement_entry().
struct JudgementOrder {
  std::string a;
  std::string b;
  resolve::Verdict verdict = resolve::Verdict::unsure;
  std::string by;
  std::string reason;
};

/// The record to add for a judgement: of the source of one of the two.
/// @error base.bad_argument without name or reason; flow.no_such_thing; flow.not_comparable;
///        flow.two_compartments: nobody who sees one of the two may learn of the other through it.
Result<HandEntry> judgement_entry(CaseFile& file, const JudgementOrder& order,
                                  std::int64_t now_utc_s);

}  // namespace ovillo::flow
