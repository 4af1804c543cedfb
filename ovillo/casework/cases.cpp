#include "ovillo/casework/cases.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ovillo/base/utf8.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::casework {

namespace {

constexpr std::size_t kLongestReference = 80;
constexpr std::size_t kLongestText = std::size_t{64} << 10;
constexpr std::int64_t kYear = 365LL * 86400;

bool is_line(std::string_view text, std::size_t longest) {
  return !text.empty() && text.size() <= longest && is_valid_utf8(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

CaseId case_id(const IdKey& key, CompartmentId compartment, std::string_view reference) {
  return KeyedHasher(key)
      .add("case")
      .add(std::uint64_t{compartment})
      .add(reference)
      .finish<struct CaseTag>();
}

struct PlacedEvent {
  CompartmentId compartment = 0;
  std::int64_t review_at_utc_s = 0;
  CaseEvent event;
};

Result<std::vector<PlacedEvent>> load(const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(const auto rows, workspace.events(view));
  std::vector<PlacedEvent> out;
  out.reserve(rows.size());
  for (const storage::EventRow& row : rows) {
    OVILLO_TRY(auto event, decode_event(row.bytes));
    out.push_back({row.compartment, row.review_at_utc_s, std::move(event)});
  }
  return out;
}

/// Events that a later one withdrew, each with that one. A withdrawal may itself be withdrawn.
std::map<EventId, EventId> withdrawals(const std::vector<PlacedEvent>& events) {
  std::map<EventId, EventId> out;
  for (auto at = events.rbegin(); at != events.rend(); ++at) {
    const CaseEvent& event = at->event;
    if (event.kind != EventKind::withdrawn || out.contains(event.id)) continue;
    if (const auto withdrawn = EventId::from_hex(event.subject)) out.emplace(*withdrawn, event.id);
  }
  return out;
}

template <class List>
auto find_by_id(List& list, std::string_view id) {
  return std::find_if(list.begin(), list.end(),
                      [&](const auto& one) { return one.id.hex() == id; });
}

auto find_exhibit(std::vector<Exhibit>& exhibits, std::string_view number) {
  return std::find_if(exhibits.begin(), exhibits.end(),
                      [&](const Exhibit& one) { return one.number == number; });
}

/// What one event that counts changes in its case.
void apply(CaseFolder& folder, const CaseEvent& event) {
  auto& members = folder.members;
  const auto member = std::lower_bound(members.begin(), members.end(), event.subject);
  const bool is_member = member != members.end() && *member == event.subject;
  const auto exhibit = find_exhibit(folder.exhibits, event.subject);
  const bool of_exhibit = exhibit != folder.exhibits.end();
  switch (event.kind) {
    case EventKind::opened:
      folder.title = event.text;
      folder.members = {event.by};
      break;
    case EventKind::member_added:
      if (!is_member) members.insert(member, event.subject);
      break;
    case EventKind::member_left:
      if (is_member) members.erase(member);
      break;
    case EventKind::task:
      folder.tasks.push_back({event.id, event.text, event.subject, event.until_utc_s, {}});
      break;
    case EventKind::task_done:
      if (const auto task = find_by_id(folder.tasks, event.subject); task != folder.tasks.end())
        task->outcome = event.text;
      break;
    case EventKind::hypothesis:
      folder.hypotheses.push_back({event.id, event.text, {}, {}});
      break;
    case EventKind::argument:
      if (const auto one = find_by_id(folder.hypotheses, event.subject);
          one != folder.hypotheses.end())
        (event.value == "for" ? one->speaks_for : one->speaks_against).push_back(event);
      break;
    case EventKind::category:
      folder.categories[event.subject].push_back({*from_name<Category>(event.value),
                                                  event.since_utc_s.value_or(event.at_utc_s),
                                                  event.said_by, event.id});
      break;
    case EventKind::exhibit:
      folder.exhibits.push_back({event.subject, event.text, event.rests_on, {event}, true});
      break;
    case EventKind::custody:
      if (of_exhibit) exhibit->custody.push_back(event);
      break;
    case EventKind::hold:
    case EventKind::hold_lifted:
      if (of_exhibit) exhibit->held = event.kind == EventKind::hold;
      break;
    case EventKind::closed:
    case EventKind::reopened:
      folder.closed = event.kind == EventKind::closed;
      break;
    case EventKind::note:
    case EventKind::disposition:
    case EventKind::handed_over:
    case EventKind::withdrawn:
      break;
  }
}

std::vector<CaseFolder> fold(const std::vector<PlacedEvent>& events) {
  const auto withdrawn = withdrawals(events);
  std::map<CaseId, CaseFolder> by_id;
  for (const PlacedEvent& placed : events) {
    const CaseEvent& event = placed.event;
    if (event.case_id == CaseId()) continue;
    CaseFolder& folder = by_id[event.case_id];
    if (event.kind == EventKind::opened) {
      folder.id = event.case_id;
      folder.compartment = placed.compartment;
      folder.reference = event.value;
      folder.review_at_utc_s = placed.review_at_utc_s;
    }
    const auto by = withdrawn.find(event.id);
    const bool counts = by == withdrawn.end();
    folder.entries.push_back({event, counts ? std::nullopt : std::optional(by->second)});
    if (counts) apply(folder, event);
  }
  std::vector<CaseFolder> out;
  out.reserve(by_id.size());
  for (auto& [id, folder] : by_id) out.push_back(std::move(folder));
  std::sort(out.begin(), out.end(), [](const CaseFolder& a, const CaseFolder& b) {
    return std::tie(a.reference, a.id) < std::tie(b.reference, b.id);
  });
  return out;
}

bool needs_reason(EventKind kind) {
  static constexpr std::array kNeed = {
      EventKind::disposition, EventKind::hold,     EventKind::hold_lifted, EventKind::handed_over,
      EventKind::closed,      EventKind::reopened, EventKind::withdrawn,   EventKind::custody};
  return std::find(kNeed.begin(), kNeed.end(), kind) != kNeed.end();
}

bool needs_text(EventKind kind) {
  static constexpr std::array kNeed = {
      EventKind::opened,   EventKind::note,    EventKind::task,    EventKind::hypothesis,
      EventKind::argument, EventKind::exhibit, EventKind::custody, EventKind::handed_over};
  return std::find(kNeed.begin(), kNeed.end(), kind) != kNeed.end();
}

template <class Enum>
Result<void> check_one_of(std::string_view value) {
  if (from_name<Enum>(value)) return {};
  std::string list;
  for (const std::string_view name : names(Enum{}))
    list += (list.empty() ? "" : ", ") + std::string(name);
  return Error(ErrorCode::base_bad_argument, fmt::format("\"{}\" is none of: {}", value, list));
}

/// What the kind of an event asks of its words.
Result<void> check_words(const CaseEvent& event) {
  for (const std::string* text :
       {&event.subject, &event.value, &event.text, &event.reason, &event.said_by})
    if (text->size() > kLongestText || !is_valid_utf8(*text))
      return Error(ErrorCode::base_bad_argument, "too long, or no UTF-8");
  if (needs_reason(event.kind) && event.reason.empty())
    return Error(ErrorCode::casework_reason_needed);
  if (needs_text(event.kind) && event.text.empty())
    return Error(ErrorCode::base_bad_argument, "the text is missing");
  if (event.statement == StatementType::inference)
    return Error(ErrorCode::base_bad_argument,
                 "an inference is a machine's; yours is an assessment");
  if (event.kind == EventKind::category) {
    if (event.said_by.empty()) return Error(ErrorCode::base_bad_argument, "who said so is missing");
    return check_one_of<Category>(event.value);
  }
  if (event.kind == EventKind::disposition) {
    if (!from_name<Disposition>(event.value))
      return Error(ErrorCode::casework_unknown_disposition, event.value);
    if (event.value == name_of(Disposition::put_aside) && !event.until_utc_s)
      return Error(ErrorCode::base_bad_argument, "put aside until when?");
  }
  if (event.kind == EventKind::custody) return check_one_of<CustodyAct>(event.value);
  if (event.kind == EventKind::argument && event.value != "for" && event.value != "against")
    return Error(ErrorCode::base_bad_argument, "an argument speaks for or against");
  if (event.kind == EventKind::hold_lifted && event.said_by.empty())
    return Error(ErrorCode::base_bad_argument, "only a judicial decision lifts a hold: name it");
  return {};
}

/// What it points at is there.
Result<void> check_subject(CaseFolder& folder, const CaseEvent& event) {
  const Error nothing(ErrorCode::casework_nothing_to_undo, event.subject);
  switch (event.kind) {
    case EventKind::custody:
    case EventKind::hold:
    case EventKind::hold_lifted:
      if (find_exhibit(folder.exhibits, event.subject) == folder.exhibits.end()) return nothing;
      return {};
    case EventKind::task_done:
      if (find_by_id(folder.tasks, event.subject) == folder.tasks.end()) return nothing;
      return {};
    case EventKind::argument:
      if (find_by_id(folder.hypotheses, event.subject) == folder.hypotheses.end()) return nothing;
      return {};
    case EventKind::member_added:
    case EventKind::member_left:
    case EventKind::category:
      if (!is_line(event.subject, kLongestReference))
        return Error(ErrorCode::base_bad_argument, "who is missing");
      return {};
    case EventKind::withdrawn: {
      const auto entry =
          std::find_if(folder.entries.begin(), folder.entries.end(),
                       [&](const Entry& e) { return e.event.id.hex() == event.subject; });
      // An opening would take the case with it, custody is a record of what happened, and what is
      // withdrawn already is.
      if (entry == folder.entries.end() || entry->withdrawn_by ||
          entry->event.kind == EventKind::opened || entry->event.kind == EventKind::custody ||
          entry->event.kind == EventKind::exhibit)
        return nothing;
      return {};
    }
    default:
      return {};
  }
}

Result<CaseEvent> append(storage::Workspace& workspace, CompartmentId compartment,
                         std::int64_t review_at_utc_s, CaseEvent event, std::uint64_t n_before) {
  event.id = id_of(event, n_before, workspace.id_key());
  OVILLO_CHECK(
      workspace.append_events({{0, compartment, review_at_utc_s, event.at_utc_s, encode(event)}}));
  return event;
}

}  // namespace

std::vector<CategoryLine> governing(const std::vector<CategoryLine>& lines) {
  std::vector<CategoryLine> out;
  for (const CategoryLine& line : lines) {  // the last word on each category
    std::erase_if(out, [&](const CategoryLine& one) { return one.category == line.category; });
    out.push_back(line);
  }
  std::stable_sort(out.begin(), out.end(), [](const CategoryLine& a, const CategoryLine& b) {
    return a.category < b.category;  // protective ones come first in the list of categories
  });
  return out;
}

bool look_at_non_punishment(const std::vector<CategoryLine>& lines) {
  const auto has = [&](Category category) {
    return std::any_of(lines.begin(), lines.end(),
                       [&](const CategoryLine& line) { return line.category == category; });
  };
  return has(Category::presumed_victim) && (has(Category::suspect) || has(Category::convicted));
}

std::vector<std::string> networks_of(const CaseFolder& folder) {
  std::vector<std::string> out;
  for (const Entry& entry : folder.entries) {
    const bool names_network =
        entry.event.kind == EventKind::opened || entry.event.kind == EventKind::disposition;
    if (names_network && !entry.withdrawn_by && !entry.event.subject.empty())
      out.push_back(entry.event.subject);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<std::vector<CaseFolder>> cases(const storage::Workspace& workspace, const View& view) {
  OVILLO_TRY(const auto events, load(workspace, view));
  return fold(events);
}

Result<CaseFolder> case_of(const storage::Workspace& workspace, const View& view,
                           std::string_view reference) {
  OVILLO_TRY(auto all, cases(workspace, view));
  for (CaseFolder& folder : all)
    if (folder.reference == reference || folder.id.hex() == reference) return std::move(folder);
  return Error(ErrorCode::casework_no_such_case);
}

Result<std::map<std::string, CaseEvent>> dispositions(const storage::Workspace& workspace,
                                                      const View& view) {
  OVILLO_TRY(const auto events, load(workspace, view));
  const auto withdrawn = withdrawals(events);
  std::map<std::string, CaseEvent> out;
  for (const PlacedEvent& placed : events)
    if (placed.event.kind == EventKind::disposition && !placed.event.subject.empty() &&
        !withdrawn.contains(placed.event.id))
      out[placed.event.subject] = placed.event;
  return out;
}

Result<CaseFolder> open_case(storage::Workspace& workspace, const Standing& by,
                             const CaseOrder& order, std::int64_t now_utc_s) {
  OVILLO_CHECK(by.require(Act::keep_case));
  if (!std::binary_search(by.view.compartments.begin(), by.view.compartments.end(),
                          order.compartment))
    return Error(ErrorCode::casework_not_granted);
  if (!is_line(order.reference, kLongestReference))
    return Error(ErrorCode::base_bad_argument, "a reference is one line of at most 80 bytes");
  CaseEvent event;
  event.kind = EventKind::opened;
  event.case_id = case_id(workspace.id_key(), order.compartment, order.reference);
  event.at_utc_s = now_utc_s;
  event.by = by.user;
  event.subject = order.network;
  event.value = order.reference;
  event.text = order.title;
  event.reason = order.reason;
  OVILLO_CHECK(check_words(event));
  OVILLO_TRY(const auto held, cases(workspace, by.view));
  for (const CaseFolder& one : held)
    if (one.id == event.case_id) return Error(ErrorCode::casework_case_exists, order.reference);
  const std::int64_t review =
      order.review_at_utc_s == 0 ? now_utc_s + kYear : order.review_at_utc_s;
  OVILLO_TRY(event, append(workspace, order.compartment, review, std::move(event), 0));
  auto opened = fold({{order.compartment, review, event}});
  return std::move(opened.front());
}

Result<CaseEvent> write_event(storage::Workspace& workspace, const Standing& by,
                              std::string_view reference, CaseEvent event, std::int64_t now_utc_s) {
  OVILLO_TRY(auto folder, case_of(workspace, by.view, reference));
  Act act = act_of(event.kind);
  if (event.kind == EventKind::withdrawn) {  // who may write it may take it back
    for (const Entry& entry : folder.entries)
      if (entry.event.id.hex() == event.subject) act = act_of(entry.event.kind);
  }
  OVILLO_CHECK(by.require(act));
  const bool is_member = std::binary_search(folder.members.begin(), folder.members.end(), by.user);
  const bool lets_in = event.kind == EventKind::member_added && by.rights.may(Act::grant);
  if (!is_member && !lets_in) return Error(ErrorCode::casework_not_member);
  const bool goes_on_when_closed =
      event.kind == EventKind::reopened || event.kind == EventKind::custody ||
      event.kind == EventKind::hold || event.kind == EventKind::hold_lifted;
  if (folder.closed && !goes_on_when_closed) return Error(ErrorCode::casework_case_closed);
  if (event.kind == EventKind::exhibit)
    event.subject = fmt::format("{}/E{}", folder.reference, folder.exhibits.size() + 1);
  OVILLO_CHECK(check_words(event));
  OVILLO_CHECK(check_subject(folder, event));
  if (event.kind == EventKind::member_left && folder.members.size() == 1)
    return Error(ErrorCode::base_bad_argument, "somebody must stay: add another member first");
  event.case_id = folder.id;
  event.at_utc_s = now_utc_s;
  event.by = by.user;
  return append(workspace, folder.compartment, folder.review_at_utc_s, std::move(event),
                folder.entries.size());
}

Result<CaseEvent> decide(storage::Workspace& workspace, const Standing& by,
                         CompartmentId compartment, CaseEvent event, std::int64_t now_utc_s) {
  event.kind = EventKind::disposition;
  OVILLO_CHECK(by.require(act_of(event.kind)));
  if (!std::binary_search(by.view.compartments.begin(), by.view.compartments.end(), compartment))
    return Error(ErrorCode::casework_not_granted);
  OVILLO_CHECK(check_words(event));
  event.case_id = {};
  event.at_utc_s = now_utc_s;
  event.by = by.user;
  View own;
  own.compartments = {compartment};
  OVILLO_TRY(const auto before, load(workspace, own));
  const auto n_before = std::count_if(before.begin(), before.end(), [&](const PlacedEvent& one) {
    return one.event.kind == EventKind::disposition && one.event.subject == event.subject;
  });
  return append(workspace, compartment, now_utc_s + kYear, std::move(event),
                static_cast<std::uint64_t>(n_before));
}

Result<CaseEvent> withdraw_decision(storage::Workspace& workspace, const Standing& by,
                                    std::string_view decision, std::string reason,
                                    std::int64_t now_utc_s) {
  OVILLO_CHECK(by.require(act_of(EventKind::disposition)));
  OVILLO_TRY(const auto events, load(workspace, by.view));
  const auto decided = std::ranges::find_if(events, [&](const PlacedEvent& one) {
    return one.event.kind == EventKind::disposition && one.event.case_id == CaseId() &&
           one.event.id.hex() == decision;
  });
  if (decided == events.end() || withdrawals(events).contains(decided->event.id))
    return Error(ErrorCode::casework_nothing_to_undo, std::string(decision));
  CaseEvent event;
  event.kind = EventKind::withdrawn;
  event.subject = decision;
  event.reason = std::move(reason);
  event.at_utc_s = now_utc_s;
  event.by = by.user;
  OVILLO_CHECK(check_words(event));
  return append(workspace, decided->compartment, decided->review_at_utc_s, std::move(event),
                events.size());
}

}  // namespace ovillo::casework
