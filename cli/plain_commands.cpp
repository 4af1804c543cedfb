// extract, cluster, resolve, names, flows, flags, trace ... on plain files: no workspace.
#include <ostream>

#include <fmt/format.h>

#include "cli/command_context.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/cluster_file.hpp"
#include "ovillo/flow/employment_file.hpp"
#include "ovillo/flow/flags_file.hpp"
#include "ovillo/flow/flows_file.hpp"
#include "ovillo/flow/held_transfers.hpp"
#include "ovillo/flow/name_file.hpp"
#include "ovillo/flow/plain_files.hpp"
#include "ovillo/flow/request_draft.hpp"
#include "ovillo/flow/resolve_files.hpp"
#include "ovillo/flow/statement_files.hpp"
#include "ovillo/flow/trace_file.hpp"

namespace ovillo::cli {

namespace {

flow::PlainColumns columns_of(const Arguments& arguments) {
  return {arguments.get("text"), arguments.get("id"), arguments.get("region")};
}

Result<void> need_text(const Arguments& arguments) {
  if (arguments.has("text")) return {};
  return Error(ErrorCode::base_bad_argument, "--text COLUMN is needed: the column with the text");
}

}  // namespace

flow::ResolveOrder resolve_order(const Arguments& a) {
  return {a.all("file"),       a.get("id"),      a.get("format", "csv"),
          a.has("explain"),    a.get("columns"), a.get("model"),
          a.get("save-model"), a.get("ledger"),  a.get("look-up")};
}

Result<void> do_extract(CommandContext& context) {
  OVILLO_CHECK(need_text(context.arguments));
  OVILLO_CHECK(check_format(context.arguments, {"jsonl"}));
  return flow::extract_file(context.arguments.get("file"), columns_of(context.arguments),
                            vocabulary_folder(context.arguments), context.door.out,
                            context.door.err);
}

Result<void> do_cluster(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_CHECK(need_text(a));
  OVILLO_CHECK(check_format(a, {"csv", "json", "text"}));
  const std::string format = a.get("format", "csv");
  return flow::cluster_file({a.get("file"), a.get("text"), a.get("id"), a.get("time"),
                             format == "json"   ? flow::ClusterFormat::json
                             : format == "text" ? flow::ClusterFormat::text
                                                : flow::ClusterFormat::csv},
                            vocabulary_folder(a), context.door.out, context.door.err);
}

namespace {

struct HeldTransfers {
  flow::CaseFile* file = nullptr;
  money::Transfers transfers;
};

// Those of the workspace.
Result<HeldTransfers> open_transfers(CommandContext& context, const std::string& action,
                                     const std::string& query) {
  OVILLO_TRY(auto* session, context.session());
  OVILLO_TRY(auto* file, session->read(action, query));
  OVILLO_TRY(const auto* corpus, file->corpus());
  OVILLO_TRY(auto transfers, flow::held_transfers(*corpus, context.door.err));
  return HeldTransfers{file, std::move(transfers)};
}

Result<void> no_column_named(const Arguments& a, std::initializer_list<const char*> columns) {
  for (const char* column : columns)
    if (a.has(column))
      return Error(ErrorCode::base_bad_argument,
                   fmt::format("--{} is for a file of transfers", column));
  return {};
}

}  // namespace

Result<void> do_flows(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "json"}));
  const Arguments& a = context.arguments;
  const flow::TransferColumns columns{.id = a.get("id"),
                                      .from = a.get("from"),
                                      .to = a.get("to"),
                                      .time = a.get("time"),
                                      .amount = a.get("amount"),
                                      .currency = a.get("currency"),
                                      .channel = {},
                                      .text = {},
                                      .place = {}};
  const auto format = context.json() || a.get("format") == "json" ? flow::FlowsFormat::json
                                                                  : flow::FlowsFormat::csv;
  if (a.has("file"))
    return flow::write_flows({a.get("file"), columns, a.get("zone"), format}, context.door.out,
                             context.door.err);
  OVILLO_CHECK(no_column_named(a, {"id", "from", "to", "time", "amount", "currency", "zone"}));
  OVILLO_TRY(const auto held, open_transfers(context, "flows", ""));
  flow::write_flows(held.transfers, format, context.door.out, context.door.err);
  return {};
}

Result<void> do_flags(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "json"}));
  const Arguments& a = context.arguments;
  flow::FlagsOrder order;
  order.path = a.get("file");
  order.columns.id = a.get("id");
  order.columns.from = a.get("from");
  order.columns.to = a.get("to");
  order.columns.time = a.get("time");
  order.columns.amount = a.get("amount");
  order.columns.currency = a.get("currency");
  order.columns.channel = a.get("channel");
  order.columns.text = a.get("text");
  order.columns.place = a.get("place");
  order.zone = a.get("zone");
  order.holders = a.get("holders");
  order.adverts = a.get("adverts");
  order.payers = a.get("payers");
  if (context.json() || a.get("format") == "json") order.format = flow::FlagsFormat::json;
  return flow::write_flags(order, vocabulary_folder(a), context.door.out, context.door.err);
}

Result<void> do_employment(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "json"}));
  const Arguments& a = context.arguments;
  return flow::write_employment({a.all("file"), a.get("transfers"), a.get("rate"),
                                 context.json() || a.get("format") == "json"},
                                vocabulary_folder(a), context.door.out, context.door.err);
}

Result<void> do_trace(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "json"}));
  const Arguments& a = context.arguments;
  const auto rule = from_name<money::TraceRule>(a.get("rule", "haircut"));
  if (!rule) return Error(ErrorCode::base_bad_argument, "--rule is haircut, fifo or lifo");
  const auto direction = from_name<money::TraceDirection>(a.get("direction", "forward"));
  if (!direction) return Error(ErrorCode::base_bad_argument, "--direction is forward or backward");
  flow::TraceOrder order;
  const std::vector<std::string>& what = a.all("what");
  if (what.size() > 2)
    return Error(ErrorCode::base_bad_argument, "trace takes an account, or a file and an account");
  order.account = what.back();
  order.columns.id = a.get("id");
  order.columns.from = a.get("payer");
  order.columns.to = a.get("payee");
  order.columns.time = a.get("time");
  order.columns.amount = a.get("amount");
  order.columns.currency = a.get("currency");
  order.zone = a.get("zone");
  order.options.rule = *rule;
  order.options.direction = *direction;
  order.json = context.json() || a.get("format") == "json";
  OVILLO_TRY(order.options.from_s, day_option(a, "from", order.options.from_s));
  if (a.has("to")) {
    constexpr std::int64_t kDay_s = 86'400;
    OVILLO_TRY(const std::int64_t last_day, day_option(a, "to", 0));
    order.options.to_s = last_day + kDay_s - 1;
  }
  if (what.size() == 2) {
    order.path = what.front();
    return flow::write_trace(order, context.door.out, context.door.err);
  }
  OVILLO_CHECK(no_column_named(a, {"id", "payer", "payee", "time", "amount", "currency", "zone"}));
  OVILLO_TRY(const auto held, open_transfers(context, "trace", order.account));
  if (!held.transfers.find_account(order.account))  // written another way, then
    if (const auto account = held.file->find_identifier(order.account))
      order.account = account->canonical;
  return flow::write_trace(order, held.transfers, context.door.out);
}

Result<void> do_request(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_CHECK(check_format(a, {"text", "json", "xml"}));
  const std::string format = a.get("format", context.json() ? "json" : "text");
  return flow::write_draft({a.get("template"), a.get("fields"), a.get("on"),
                            format == "json"  ? flow::DraftForm::json
                            : format == "xml" ? flow::DraftForm::xml
                                              : flow::DraftForm::text},
                           vocabulary_folder(a), context.door.now_utc_s, context.door.out);
}

Result<void> do_statements(CommandContext& context) {
  const Arguments& a = context.arguments;
  OVILLO_CHECK(check_format(a, {"text", "jsonl", "csv", "summary"}));
  const std::string format = a.get("format", "text");
  return flow::write_statements({a.all("file"),
                                 format == "jsonl"     ? flow::StatementOutput::jsonl
                                 : format == "csv"     ? flow::StatementOutput::csv
                                 : format == "summary" ? flow::StatementOutput::summary
                                                       : flow::StatementOutput::text,
                                 a.get("zone")},
                                context.door.out, context.door.err);
}

Result<void> do_resolve(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "jsonl"}));
  const Arguments& a = context.arguments;
  const auto command = a.has("look-up") ? flow::look_up_files : flow::resolve_files;
  return command(resolve_order(a), vocabulary_folder(a), context.door.out, context.door.err);
}

Result<void> do_names(CommandContext& context) {
  OVILLO_CHECK(check_format(context.arguments, {"csv", "jsonl"}));
  const Arguments& a = context.arguments;
  return flow::compare_name_file({a.get("file"), a.get("a", "name1"), a.get("b", "name2"),
                                  a.get("kind"), a.get("format", "csv")},
                                 vocabulary_folder(a), context.door.out, context.door.err);
}

}  // namespace ovillo::cli
