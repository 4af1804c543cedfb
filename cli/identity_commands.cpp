// identities, why-not, judge: who may be the same, in the workspace or in plain files.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/flow/identities.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/flow/ledger_file.hpp"
#include "ovillo/flow/match_words.hpp"
#include "ovillo/flow/resolve_files.hpp"

namespace ovillo::cli {

namespace {

void print_end(std::ostream& out, const flow::IdentityEnd& end) {
  out << fmt::format("  {}{}{}  ({}, {}, row {})\n", end.reference, end.name.empty() ? "" : "  ",
                     end.name, end.citation.source, end.citation.file, end.citation.row);
}

void print_pair(std::ostream& out, const flow::IdentityPair& pair) {
  print_end(out, pair.a);
  print_end(out, pair.b);
  out << fmt::format("    {:+.2f} bits, needed {:+.2f}:", pair.report.quarter_bits / 4.0,
                     pair.report.needed_quarter_bits / 4.0);
  const char* mark = " ";
  for (const resolve::Reason& reason : pair.report.reasons) {
    out << mark << flow::in_words(reason);
    mark = "; ";
  }
  if (pair.report.relatives_quarter_bits != 0)
    out << mark
        << fmt::format("may be relatives under one roof ({:+.2f})",
                       pair.report.relatives_quarter_bits / 4.0);
  out << '\n';
  if (const auto& one = pair.judgement)
    out << fmt::format("    judged {} by {} on {}: {}{}\n", name_of(one->verdict), one->by, one->at,
                       one->reason,
                       one->contradicted ? " (not followed: other judgements rule it out)" : "");
}

}  // namespace

Result<void> do_identities(CommandContext& context) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(auto* file, session->read("identities", ""));
  OVILLO_TRY(const auto pairs, flow::identities(*file));
  std::ostream& out = context.door.out;
  if (context.json()) {
    out << flow::to_json(pairs) << '\n';
    return {};
  }
  bool of_persons = false;
  if (!pairs.empty() && !pairs.front().judgement)
    out << "perhaps the same (machine inference; `ovillo judge A B` decides):\n";
  for (const flow::IdentityPair& pair : pairs) {
    if (pair.judgement && !of_persons) out << "judged:\n";
    of_persons = pair.judgement.has_value();
    print_pair(out, pair);
  }
  if (pairs.empty()) out << "no two persons or companies look the same\n";
  return {};
}

Result<void> do_why_not(CommandContext& context) {
  const Arguments& a = context.arguments;
  if (!a.all("file").empty())
    return flow::why_not_files(resolve_order(a), a.get("a"), a.get("b"), context.json(),
                               vocabulary_folder(a), context.door.out, context.door.err);
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(auto* file, session->read("why-not", a.get("a") + "\n" + a.get("b")));
  OVILLO_TRY(const auto pair, flow::identity_of(*file, a.get("a"), a.get("b")));
  if (context.json()) {
    context.door.out << flow::to_json(pair) << '\n';
    return {};
  }
  const bool stands = pair.report.outcome == resolve::PairOutcome::stands;
  context.door.out << (stands && !pair.judgement
                           ? "the machine proposes that they are the same; nobody has judged it"
                           : flow::in_words(pair.report.outcome))
                   << '\n';
  print_pair(context.door.out, pair);
  return {};
}

Result<void> do_judge(CommandContext& context) {
  const Arguments& a = context.arguments;
  const auto verdict = from_name<resolve::Verdict>(a.get("verdict"));
  if (!verdict)
    return Error(
        ErrorCode::base_bad_argument,
        "--verdict is same, not_same, unsure or taken_back, not \"" + a.get("verdict") + "\"");
  if (a.has("ledger")) {
    OVILLO_CHECK(flow::append_judgement(
        a.get("ledger"), {a.get("a"), a.get("b"), *verdict, a.get("by"), a.get("reason"),
                          format_utc(context.asker().now_utc_s)}));
  } else {
    OVILLO_TRY(auto* session, context.session());
    OVILLO_TRY(const auto id, session->judge({a.get("a"), a.get("b"), *verdict,
                                              a.get("by", context.asker().user), a.get("reason")}));
    if (context.json()) {
      context.door.out << "{\"record\":\"" << id.hex() << "\"}\n";
      return {};
    }
    context.door.err << "`ovillo run` follows it\n";
  }
  context.door.out << "written: " << a.get("a") << " and " << a.get("b") << ": "
                   << name_of(*verdict) << '\n';
  return {};
}

}  // namespace ovillo::cli
