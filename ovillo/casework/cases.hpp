// Cases: what is known of a case at a moment, worked out from its events, and writing the next one.
//
// Who may write what: the roles of the user (act_of(EventKind)), and being a member of the case;
// who may give access to compartments may also add a member. A closed case takes nothing but its
// reopening, custody and holds. What is wrong is withdrawn, never erased.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/casework/accounts.hpp"
#include "ovillo/casework/case_event.hpp"
#include "ovillo/storage/workspace.hpp"

namespace ovillo::casework {

/// An event as a case shows it.
struct Entry {
  CaseEvent event;
  std::optional<EventId> withdrawn_by;  ///< it no longer counts, and stays readable
};

/// A person's category, as somebody said it.
struct CategoryLine {
  Category category = Category::bystander;
  std::int64_t since_utc_s = 0;
  std::string said_by;
  EventId event;
};

struct Exhibit {
  std::string number;  ///< "GE-12/2026/E3"
  std::string text;
  std::vector<std::string> rests_on;  ///< SHA-256 of files, or ids of records
  std::vector<CaseEvent> custody;     ///< oldest first
  bool held = true;                   ///< until a judicial decision lifts it
};

struct Task {
  EventId id;
  std::string text;
  std::string who;  ///< empty: anybody
  std::optional<std::int64_t> due_utc_s;
  std::optional<std::string> outcome;  ///< done
};

struct Hypothesis {
  EventId id;
  std::string text;
  std::vector<CaseEvent> speaks_for, speaks_against;
};

struct CaseFolder {
  CaseId id;
  CompartmentId compartment = 0;
  std::string reference;  ///< "GE-12/2026": unique in its compartment
  std::string title;
  std::int64_t review_at_utc_s = 0;
  bool closed = false;
  std::vector<std::string> members;                             ///< users, ascending
  std::map<std::string, std::vector<CategoryLine>> categories;  ///< by person, oldest first
  std::vector<Exhibit> exhibits;                                ///< by number given
  std::vector<Task> tasks;
  std::vector<Hypothesis> hypotheses;
  std::vector<Entry> entries;  ///< the case's own timeline, oldest first
};

/// The categories that hold of a person now, the one that governs first. Of suspect or convicted
/// and presumed victim at once the protective one governs, and non-punishment is to be looked at
/// (Directive 2011/36/EU, Article 8).
std::vector<CategoryLine> governing(const std::vector<CategoryLine>& lines);
/// Whether somebody is presumed victim and suspect or convicted at once.
bool look_at_non_punishment(const std::vector<CategoryLine>& lines);

/// Ids of the networks that a case was opened from or decided on, of what still counts; ascending.
std::vector<std::string> networks_of(const CaseFolder& folder);

/// Every case of the view, by reference. Of two views that differ in a hidden compartment the
/// answers about the rest are the same. @param view  imported_before_utc_s: as of then.
Result<std::vector<CaseFolder>> cases(const storage::Workspace& workspace, const View& view);
/// @param reference  of the case, or its id. @error casework.no_such_case: the same words whether
/// it is not granted or not there.
Result<CaseFolder> case_of(const storage::Workspace& workspace, const View& view,
                           std::string_view reference);

/// The last disposition of each network that was decided on in this view, by network id.
Result<std::map<std::string, CaseEvent>> dispositions(const storage::Workspace& workspace,
                                                      const View& view);

struct CaseOrder {
  std::string reference;
  std::string title;
  CompartmentId compartment = 0;
  std::string network;  ///< id of the network it was opened from; may be empty
  std::string reason;
  std::int64_t review_at_utc_s = 0;
};

/// Opens a case; who opens it is its first member.
/// @error casework.case_exists, casework.not_granted, casework.role_may_not, base.bad_argument.
Result<CaseFolder> open_case(storage::Workspace& workspace, const Standing& by,
                             const CaseOrder& order, std::int64_t now_utc_s);

/// Writes an event into a case. `id`, `case_id`, `at_utc_s` and `by` are given here.
/// @error casework.no_such_case, casework.not_member, casework.case_closed, casework.reason_needed,
///        casework.nothing_to_undo, casework.role_may_not, base.bad_argument.
Result<CaseEvent> write_event(storage::Workspace& workspace, const Standing& by,
                              std::string_view reference, CaseEvent event, std::int64_t now_utc_s);

/// Decides about a network outside any case. @param compartment  in which the decision is kept.
/// @error as write_event; casework.unknown_disposition.
Result<CaseEvent> decide(storage::Workspace& workspace, const Standing& by,
                         CompartmentId compartment, CaseEvent event, std::int64_t now_utc_s);

/// Takes back a decision made outside any case: the one before it counts again. Both stay readable.
/// @param decision  its id in hex.
/// @error casework.nothing_to_undo: no such decision in the view, or taken back already;
///        casework.reason_needed, casework.role_may_not.
Result<CaseEvent> withdraw_decision(storage::Workspace& workspace, const Standing& by,
                                    std::string_view decision, std::string reason,
                                    std::int64_t now_utc_s);

}  // namespace ovillo::casework
