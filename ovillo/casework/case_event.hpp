// CaseEvent: one thing that somebody wrote down or decided about a case or a network.
//
// Cases are lists of events; what a case is at a moment is what its events up to then say
// (casework/cases.hpp). No event is ever changed or deleted by a person: one that was wrong is
// withdrawn by a later one, with the reason, and both stay readable. Kept sealed in the workspace's
// events; format: docs/formats/cases.md.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/roles.hpp"
#include "ovillo/record/ids.hpp"
#include "ovillo/record/provenance.hpp"
#include "ovillo/record/statement.hpp"

namespace ovillo::casework {

using CaseId = Id128<struct CaseTag>;    ///< keyed hash of compartment and reference
using EventId = Id128<struct EventTag>;  ///< keyed hash of what it says and its place in the case

enum class EventKind : std::uint8_t {
  opened,        ///< text: title
  member_added,  ///< subject: user; until_utc_s: last day, when it has one
  member_left,   ///< subject: user
  note,          ///< text; statement says of which type
  hypothesis,    ///< text
  argument,      ///< subject: the hypothesis; value: for, against; text
  task,          ///< text; subject: user who is to do it, may be empty; until_utc_s: due
  task_done,     ///< subject: the task; text: outcome
  category,      ///< subject: person; value: a Category; said_by: who said so
  disposition,   ///< subject: network (may be empty: the case); value: a Disposition; reason
  exhibit,      ///< subject: its number; text: what it is; rests_on: hashes of its files or records
  custody,      ///< subject: exhibit; value: a CustodyAct; text: from and to; reason
  hold,         ///< subject: exhibit; reason
  hold_lifted,  ///< subject: exhibit; said_by: the judicial decision; reason
  handed_over,  ///< text: to which unit; reason
  closed,       ///< reason
  reopened,     ///< reason
  withdrawn,    ///< subject: the event withdrawn; reason
};
std::span<const std::string_view> names(EventKind);
/// What a user must be allowed to do for an event of this kind.
Act act_of(EventKind kind);

/// In which capacity a person stands in a case (Directive (EU) 2016/680, Article 6). Two may hold
/// at once; the protective one then governs (cases.hpp, governing()).
enum class Category : std::uint8_t {
  presumed_victim,
  witness,
  bystander,
  contact,
  suspect,
  convicted,
};
std::span<const std::string_view> names(Category);

/// What a person decided about a network. None of them says that somebody is guilty.
enum class Disposition : std::uint8_t {
  look_further,         ///< nothing decided yet, somebody works on it
  open_case,            ///< to be investigated
  put_aside,            ///< until a date
  co_working,           ///< persons who work together for safety
  accredited_employer,  ///< lawful and known as such
  no_sign,              ///< organised, without a sign of exploitation
  duplicate,            ///< the same as another network or case
  referred,             ///< to whom it belongs: another unit, inspection, protection
};
std::span<const std::string_view> names(Disposition);

enum class CustodyAct : std::uint8_t {
  received,
  handed_over,
  returned,
  examined,
  verified,
  copied
};
std::span<const std::string_view> names(CustodyAct);

struct CaseEvent {
  EventId id;  ///< given when it is written
  EventKind kind = EventKind::note;
  CaseId case_id;  ///< null: about a network without a case
  std::int64_t at_utc_s = 0;
  std::string by;  ///< user who wrote it
  std::string subject;
  std::string value;
  std::string text;
  std::string reason;
  std::string said_by;  ///< who said so, where that is not the user: a court, a centre, the person
  StatementType statement = StatementType::claim;
  Grade grade;
  std::uint8_t handling = 0;  ///< H0 to H3
  std::optional<std::int64_t> since_utc_s;
  std::optional<std::int64_t> until_utc_s;
  std::vector<std::string> rests_on;  ///< records, exhibits, files by SHA-256
  std::string shown_sha256;           ///< of the answer that the decision was made on, as JSON
  std::string view;                   ///< digest of the view it was made in
  std::string model;                  ///< version of the model that the answer was made with

  bool operator==(const CaseEvent&) const = default;
};

/// As JSON with the same names. Text is any valid UTF-8.
std::string encode(const CaseEvent& event);
/// @error casework.damaged_event.
Result<CaseEvent> decode_event(std::string_view bytes);
/// The id of an event. @param n_before  how many events its case or network had before, so that the
/// same words written twice are two events.
EventId id_of(const CaseEvent& event, std::uint64_t n_before, const IdKey& key);

}  // namespace ovillo::casework
