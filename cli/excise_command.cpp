// excise.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/base/time.hpp"

namespace ovillo::cli {

namespace {

Result<void> list_excisions(CommandContext& context, flow::Session& session) {
  OVILLO_TRY(const auto list, session.excisions());
  for (std::size_t i = 0; i < list.size(); ++i)
    context.door.out << fmt::format("{}  {}  by {}, {}: {}\n", i + 1, list[i].what, list[i].by,
                                    format_utc(list[i].at_utc_s), list[i].reason);
  if (list.empty()) context.door.out << "nothing is taken out\n";
  return {};
}

}  // namespace

Result<void> do_excise(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_TRY(auto* session, context.session());
  if (a.has("list")) return list_excisions(context, *session);
  if (a.has("take-back")) {
    OVILLO_TRY(const auto number, number_option(a, "take-back", 0));
    return session->take_back_excision(static_cast<std::size_t>(number), a.get("reason"));
  }
  flow::ExciseOrder order;
  order.source = a.get("source");
  order.authorisation = a.get("authorisation");
  order.record = a.get("record");
  order.reason = a.get("reason");
  const bool really = !a.has("dry-run");
  OVILLO_TRY(const auto report, session->excise(order, really));
  context.door.out << (context.json() ? flow::to_json(report) + "\n" : flow::to_text(report));
  if (!context.json() && really) context.door.err << "`ovillo run` makes the answer anew\n";
  return {};
}

}  // namespace ovillo::cli
