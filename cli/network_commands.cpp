// network, what-if, routes on plain files: no workspace.
#include "cli/command_context.hpp"
#include "ovillo/flow/check_files.hpp"
#include "ovillo/flow/network_file.hpp"
#include "ovillo/flow/routes_file.hpp"
#include "ovillo/flow/what_if_file.hpp"

namespace ovillo::cli {

namespace {

Result<void> need_one_file(const Arguments& arguments) {
  if (arguments.all("file").size() == 1) return {};
  return Error(ErrorCode::base_bad_argument, "several files are only compared, with --check");
}

}  // namespace

Result<void> do_network(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv"}));
  const Arguments& a = context.arguments;
  if (a.has("check"))
    return flow::check_files(
        {a.all("file"), {a.get("from"), a.get("to"), a.get("weight")}, a.has("directed")},
        context.door.out, context.door.err);
  OVILLO_CHECK(need_one_file(a));
  const flow::NetworkFileOrder file{a.get("file"),
                                    {a.get("from"), a.get("to"), a.get("weight")},
                                    {a.get("start"), a.get("end")},
                                    a.get("at")};
  if (a.has("changes"))
    return flow::changes_file(file, a.all("changes"), context.door.out, context.door.err);
  if (a.has("path"))
    return flow::path_file(file, a.all("path"), context.door.out, context.door.err);
  if (a.has("disruption"))
    return flow::disrupt_file(file, {a.get("disruption"), a.get("block"), a.get("steps")},
                              context.door.out, context.door.err);
  return flow::measure_file(file, {a.get("measures"), a.get("pivots"), a.get("seed")},
                            context.door.out, context.door.err);
}

Result<void> do_what_if(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_CHECK(check_format(a, {"csv", "json"}));
  flow::WhatIfFileOrder order;
  order.path = a.get("file");
  order.columns = {a.get("from"), a.get("to"), {}};
  order.k = a.get("k");
  order.measure = a.get("measure");
  order.substitution = a.get("substitution");
  order.candidates = a.get("candidates");
  order.roles = a.get("roles");
  OVILLO_TRY(order.reach_steps, number_option(a, "steps", 0));
  OVILLO_TRY(order.missing_percent, number_option(a, "missing", 0));
  OVILLO_TRY(order.seed, number_option(a, "seed", 1));
  const bool json = context.json() || a.get("format") == "json";
  order.format = json ? flow::WhatIfFormat::json : flow::WhatIfFormat::csv;
  return flow::what_if_file(order, context.door.out, context.door.err);
}

Result<void> do_routes(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_CHECK(check_format(a, {"csv"}));
  flow::RoutesOrder order;
  order.path = a.get("file");
  order.show = a.get("show");
  order.case_reference = a.get("case");
  order.officer = a.get("officer");
  order.linked = a.get("linked");
  order.suspects = a.get("suspects");
  order.authorisation = a.get("authorisation");
  order.second = a.get("second");
  OVILLO_TRY(order.max_speed_kmh, number_option(a, "speed", order.max_speed_kmh));
  OVILLO_TRY(order.clock_error_min, number_option(a, "clock-error", order.clock_error_min));
  OVILLO_TRY(order.tolerance_percent, number_option(a, "tolerance", order.tolerance_percent));
  OVILLO_TRY(order.seed, number_option(a, "seed", order.seed));
  return flow::routes_file(order, vocabulary_folder(a), context.door.out, context.door.err);
}

}  // namespace ovillo::cli
