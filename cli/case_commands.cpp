// case, decide, exhibit, custody, hold, retention.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/flow/source_order.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::cli {

namespace {

using casework::CaseEvent;
using casework::EventKind;

Result<std::optional<std::int64_t>> optional_day(const Arguments& arguments,
                                                 const std::string& name) {
  if (!arguments.has(name)) return std::optional<std::int64_t>();
  OVILLO_TRY(const auto day, day_option(arguments, name, 0));
  return std::optional(day);
}

Result<std::string> required(const Arguments& arguments, const std::string& name) {
  std::string value = arguments.get(name);
  if (value.empty()) return Error(ErrorCode::base_bad_argument, name + " is missing");
  return value;
}

Result<void> say_written(CommandContext& context, const CaseEvent& written) {
  if (context.json())
    context.door.out << flow::to_json(written) << '\n';
  else
    context.door.out << fmt::format("written: {} {}: {}\n", written.id.hex(), written.subject,
                                    written.value.empty() ? name_of(written.kind) : written.value);
  return {};
}

/// What options say of any event.
Result<CaseEvent> event_of(const Arguments& arguments, EventKind kind) {
  CaseEvent event;
  event.kind = kind;
  event.text = arguments.get("text");
  event.reason = arguments.get("reason");
  event.said_by = arguments.get("said-by");
  event.rests_on = arguments.all("rests-on");
  const auto statement = from_name<StatementType>(arguments.get("type", "claim"));
  if (!statement) return Error(ErrorCode::base_bad_argument, "--type is fact, claim or assessment");
  event.statement = *statement;
  OVILLO_TRY(event.grade, flow::parse_grade(arguments.get("grade", "X4")));
  OVILLO_TRY(event.handling, flow::parse_handling(arguments.get("handling", "H0")));
  OVILLO_TRY(event.since_utc_s, optional_day(arguments, "since"));
  OVILLO_TRY(event.until_utc_s, optional_day(arguments, "until"));
  return event;
}

Result<void> write(CommandContext& context, const std::string& reference, CaseEvent event) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto written, session->write_case(reference, std::move(event)));
  if (context.json())
    context.door.out << flow::to_json(written) << '\n';
  else
    context.door.out << fmt::format(
        "written: {} {}\n", written.id.hex(),
        written.kind == EventKind::exhibit ? written.subject : name_of(written.kind));
  return {};
}

Result<void> open_case(CommandContext& context, const std::string& reference) {
  const Arguments& a = context.arguments;
  OVILLO_TRY(auto* session, context.session());
  casework::CaseOrder order;
  order.reference = reference;
  order.title = a.get("text");
  order.network = a.get("network");
  order.reason = a.get("reason");
  OVILLO_TRY(const auto review, optional_day(a, "review"));
  order.review_at_utc_s = review.value_or(0);
  OVILLO_TRY(const auto opened, session->open_case(std::move(order), a.get("compartment")));
  context.door.out << (context.json() ? flow::to_json(opened) + "\n" : flow::to_text(opened));
  return {};
}

/// An action that writes one event: its kind, and what its subject and value are made of.
struct Writing {
  std::string_view action;
  EventKind kind;
  bool takes_subject;
};

constexpr Writing kWritings[] = {
    {"note", EventKind::note, false},          {"task", EventKind::task, false},
    {"done", EventKind::task_done, true},      {"hypothesis", EventKind::hypothesis, false},
    {"argue", EventKind::argument, true},      {"member", EventKind::member_added, true},
    {"leave", EventKind::member_left, true},   {"category", EventKind::category, true},
    {"decide", EventKind::disposition, false}, {"hand-over", EventKind::handed_over, false},
    {"close", EventKind::closed, false},       {"reopen", EventKind::reopened, false},
    {"withdraw", EventKind::withdrawn, true},
};

}  // namespace

Result<void> do_case(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string action = a.get("action");
  OVILLO_TRY(const auto as_of, optional_day(a, "as-of"));
  OVILLO_TRY(auto* session, context.session());
  if (action == "list") {
    OVILLO_TRY(const auto folders, session->cases(as_of));
    context.door.out << (context.json() ? flow::to_json(folders) + "\n" : flow::to_text(folders));
    return {};
  }
  OVILLO_TRY(const auto reference, required(a, "reference"));
  if (action == "open") return open_case(context, reference);
  if (action == "show") {
    OVILLO_TRY(const auto folder, session->case_folder(reference, as_of));
    context.door.out << (context.json() ? flow::to_json(folder) + "\n" : flow::to_text(folder));
    return {};
  }
  for (const Writing& one : kWritings) {
    if (one.action != action) continue;
    OVILLO_TRY(auto event, event_of(a, one.kind));
    event.value = a.get("as");
    event.subject = a.get("who");
    if (one.takes_subject) {
      OVILLO_TRY(event.subject, required(a, "what"));
    }
    return write(context, reference, std::move(event));
  }
  std::string list = "open, list, show";
  for (const Writing& one : kWritings) list += ", " + std::string(one.action);
  return Error(ErrorCode::base_bad_argument, "case takes: " + list);
}

Result<void> do_decide(CommandContext& context) {
  const Arguments& a = context.arguments;
  if (a.has("withdraw")) {
    OVILLO_TRY(auto* session, context.session());
    OVILLO_TRY(const auto written, session->withdraw_decision(a.get("withdraw"), a.get("reason")));
    return say_written(context, written);
  }
  flow::DecisionOrder order;
  OVILLO_TRY(order.network, required(a, "network"));
  order.disposition = a.get("as");
  order.reason = a.get("reason");
  order.of = a.get("of");
  order.compartment = a.get("compartment");
  OVILLO_TRY(order.until_utc_s, optional_day(a, "until"));
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto written, session->decide(order));
  return say_written(context, written);
}

Result<void> do_exhibit(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string action = a.get("action");
  const std::string reference = a.get("reference");
  if (action == "add") {
    OVILLO_TRY(auto event, event_of(a, EventKind::exhibit));
    event.rests_on = a.all("what");
    if (event.rests_on.empty())
      return Error(ErrorCode::base_bad_argument, "name the files or records it rests on");
    return write(context, reference, std::move(event));
  }
  OVILLO_TRY(auto* session, context.session());
  if (action == "verify") {
    OVILLO_TRY(const auto numbers, session->verify_exhibits(reference));
    for (const std::string& number : numbers)
      context.door.out << fmt::format("{}: as it came in\n", number);
    if (numbers.empty()) context.door.out << "no exhibit of this case rests on a kept file\n";
    return {};
  }
  if (action != "list")
    return Error(ErrorCode::base_bad_argument, "exhibit takes: add, list, verify");
  OVILLO_TRY(const auto folder, session->case_folder(reference, std::nullopt));
  for (const auto& one : folder.exhibits)
    context.door.out << fmt::format("{}  {}{}\n", one.number, one.text,
                                    one.held ? "; on hold" : "; hold lifted");
  return {};
}

Result<void> do_custody(CommandContext& context) {
  const Arguments& a = context.arguments;
  if (a.has("act")) {
    OVILLO_TRY(auto event, event_of(a, EventKind::custody));
    event.subject = a.get("exhibit");
    event.value = a.get("act");
    return write(context, a.get("reference"), std::move(event));
  }
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(const auto folder, session->case_folder(a.get("reference"), std::nullopt));
  for (const auto& one : folder.exhibits) {
    if (a.has("exhibit") && one.number != a.get("exhibit")) continue;
    context.door.out << fmt::format("{}  {}\n", one.number, one.text);
    for (const CaseEvent& event : one.custody)
      context.door.out << fmt::format("  {}  {} by {}{}{}\n", format_utc(event.at_utc_s),
                                      event.kind == EventKind::exhibit ? "entered" : event.value,
                                      event.by,
                                      event.kind == EventKind::exhibit ? "" : ": " + event.text,
                                      event.reason.empty() ? "" : "; because " + event.reason);
  }
  return {};
}

Result<void> do_hold(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string action = a.get("action");
  if (action != "place" && action != "lift")
    return Error(ErrorCode::base_bad_argument, "hold takes: place, lift");
  OVILLO_TRY(auto event, event_of(a, action == "place" ? EventKind::hold : EventKind::hold_lifted));
  event.subject = a.get("exhibit");
  return write(context, a.get("reference"), std::move(event));
}

Result<void> do_retention(CommandContext& context) {
  const Arguments& a = context.arguments;
  const std::string action = a.get("action");
  OVILLO_TRY(auto* session, context.session());
  if (action == "list") {
    OVILLO_TRY(const auto lines, session->retention());
    context.door.out << (context.json() ? flow::to_json(lines) + "\n" : flow::to_text(lines));
    return {};
  }
  if (action == "apply") {
    OVILLO_TRY(const auto report, session->apply_retention());
    context.door.out << (context.json() ? flow::to_json(report.lines) + "\n"
                                        : flow::to_text(report.lines));
    if (!context.json())
      context.door.out << fmt::format(
          "{} blocks gone, {} keys destroyed{}\n", report.gone.n_blocks, report.gone.n_keys,
          report.gone.n_answers > 0 ? "; `ovillo run` makes answers anew" : "");
    return {};
  }
  if (action != "extend" || !a.has("source") || !a.has("until"))
    return Error(ErrorCode::base_bad_argument,
                 "retention takes: list, apply, or extend SOURCE --until DAY --reason TEXT");
  OVILLO_TRY(const auto until, day_option(a, "until", 0));
  return session->set_review(a.get("source"), until, a.get("reason"));
}

}  // namespace ovillo::cli
