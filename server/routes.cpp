#include "server/routes.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/export.hpp"
#include "ovillo/flow/identities.hpp"
#include "ovillo/flow/json.hpp"
#include "ovillo/flow/network_map.hpp"
#include "ovillo/flow/network_money.hpp"
#include "ovillo/flow/network_what_if.hpp"
#include "ovillo/flow/source_order.hpp"
#include "ovillo/flow/workbench.hpp"
#include "ovillo/record/kinds.hpp"

namespace ovillo::server {

namespace {

HttpResponse failed(const Error& error) {
  return {info(error.code()).http_status, "application/json; charset=utf-8", flow::to_json(error)};
}

HttpResponse json(std::string body) {
  return {200, "application/json; charset=utf-8", std::move(body)};
}

using Asked = std::map<std::string, std::string>;

// What is asked: of GET the query, of POST the JSON body and nothing else, for what persons have
// (a phone, a name) must not stand in an address, which histories and logs keep.
Result<Asked> parameters(const HttpRequest& request) {
  if (request.method != "POST") return request.query;
  if (!request.query.empty())
    return Error(ErrorCode::base_bad_argument, "send everything in the body, nothing after \"?\"");
  const auto body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return Error(ErrorCode::server_bad_body);
  Asked out;
  for (const auto& [key, value] : body.items())
    out[key] = value.is_string() ? value.get<std::string>() : value.dump();
  return out;
}

Result<std::size_t> limit_of(const Asked& asked, std::size_t otherwise) {
  const auto found = asked.find("limit");
  if (found == asked.end()) return otherwise;
  const std::string& text = found->second;
  std::size_t limit = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (failed != std::errc() || end != text.data() + text.size())
    return Error(ErrorCode::base_bad_argument, "limit takes a whole number, 0 or more");
  return limit;
}

Result<std::string> required(const Asked& asked, const std::string& name) {
  const auto found = asked.find(name);
  if (found == asked.end())
    return Error(ErrorCode::base_bad_argument, "\"" + name + "\" is missing");
  return found->second;
}

Result<std::string> networks(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto limit, limit_of(asked, 0));
  OVILLO_TRY(auto* file, session.read("networks", ""));
  OVILLO_TRY(const auto lines, flow::network_lines(*file, limit));
  OVILLO_TRY(const auto* answer, file->answer());
  return flow::to_json(lines, answer->model);
}

Result<std::string> network(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto page, flow::network_page(*file, id));
  return flow::to_json(page, *file);
}

Result<std::string> record(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto* corpus, file->corpus());
  const auto record_id = RecordId::from_hex(id);
  const auto at = record_id ? corpus->find(*record_id) : std::nullopt;
  if (!at) return Error(ErrorCode::flow_no_such_thing, id);
  OVILLO_TRY(const auto page, flow::record_page(*file, *at));
  return flow::to_json(page);
}

Result<std::string> why(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto a, required(asked, "a"));
  OVILLO_TRY(const auto b, required(asked, "b"));
  const auto network = asked.find("network");
  if (network != asked.end()) {
    OVILLO_TRY(auto* file, session.read("why", network->second + "\n" + a + "\n" + b));
    OVILLO_TRY(const auto chain, flow::why_members(*file, network->second, a, b));
    return flow::to_json(chain);
  }
  OVILLO_TRY(auto* file, session.read("why", a + "\n" + b));
  OVILLO_TRY(const auto chain, flow::why(*file, a, b));
  return flow::to_json(chain);
}

Result<std::string> search(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto q, required(asked, "q"));
  OVILLO_TRY(const auto limit, limit_of(asked, 20));
  OVILLO_TRY(auto* file, session.read("search", q));
  OVILLO_TRY(const auto result, flow::search(*file, q, limit));
  return flow::to_json(result);
}

Result<std::string> urgent(flow::Session& session, const Asked&) {
  OVILLO_TRY(auto* file, session.read("urgent", ""));
  OVILLO_TRY(const auto lines, flow::urgent_lines(*file));
  OVILLO_TRY(const auto unread, flow::urgent_unread(*file));
  return flow::to_json(lines, unread);
}

/// A list of names in a body: parameters() kept it as JSON text.
Result<std::vector<std::string>> name_list(const Asked& asked, const std::string& name) {
  OVILLO_TRY(const auto text, required(asked, name));
  const auto list = nlohmann::json::parse(text, nullptr, false);
  std::vector<std::string> out;
  if (list.is_array()) {
    for (const auto& one : list)
      if (one.is_string()) out.push_back(one.get<std::string>());
  }
  if (!list.is_array() || out.size() != list.size())
    return Error(ErrorCode::base_bad_argument, "\"" + name + "\" is a list of names");
  return out;
}

Result<std::vector<casework::UserRole>> roles_of(const Asked& asked) {
  OVILLO_TRY(const auto names, name_list(asked, "roles"));
  std::vector<casework::UserRole> out;
  for (const std::string& name : names) {
    const auto role = from_name<casework::UserRole>(name);
    if (!role) return Error(ErrorCode::casework_unknown_role, name);
    out.push_back(*role);
  }
  return out;
}

/// A day in a body; empty: not said. @error base.bad_argument.
Result<std::optional<std::int64_t>> day_of(const Asked& asked, const std::string& name) {
  const auto found = asked.find(name);
  if (found == asked.end()) return std::optional<std::int64_t>();
  const auto day = parse_time(found->second, Zone::utc(), DateOrder::day_first);
  if (!day)
    return Error(ErrorCode::base_bad_argument, "\"" + name + "\" is a day such as 2026-11-22");
  return std::optional(day->begin_utc_s);
}

constexpr const char* kDone = "{\"done\":true}";

Result<std::string> users(flow::Session& session, const Asked&) {
  OVILLO_TRY(const auto lines, session.accounts());
  return flow::to_json(lines);
}

Result<std::string> add_user(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_TRY(auto roles, roles_of(asked));
  OVILLO_CHECK(session.add_account(name, std::move(roles)));
  return kDone;
}

Result<std::string> set_roles(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_TRY(auto roles, roles_of(asked));
  OVILLO_CHECK(session.set_roles(name, std::move(roles)));
  return kDone;
}

Result<std::string> set_password(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_TRY(const auto password, required(asked, "password"));
  OVILLO_CHECK(session.set_password(name, password));
  return kDone;
}

Result<std::string> end_user(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_CHECK(session.end_account(name));
  return kDone;
}

Result<std::string> compartments(flow::Session& session, const Asked&) {
  OVILLO_TRY(const auto names, session.compartments());
  return nlohmann::ordered_json{{"compartments", names}}.dump();
}

Result<std::string> add_compartment(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_CHECK(session.add_compartment(name));
  return kDone;
}

Result<std::string> grant(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto user, required(asked, "user"));
  OVILLO_TRY(const auto compartment, required(asked, "compartment"));
  OVILLO_TRY(const auto until, day_of(asked, "until"));
  OVILLO_CHECK(session.grant(user, compartment, until));
  return kDone;
}

Result<std::string> revoke(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto user, required(asked, "user"));
  OVILLO_TRY(const auto compartment, required(asked, "compartment"));
  OVILLO_CHECK(session.revoke(user, compartment));
  return kDone;
}

std::string text_of(const Asked& asked, const std::string& name, std::string otherwise = {}) {
  const auto found = asked.find(name);
  return found == asked.end() ? std::move(otherwise) : found->second;
}

Result<std::string> identities(flow::Session& session, const Asked&) {
  OVILLO_TRY(auto* file, session.read("identities", ""));
  OVILLO_TRY(const auto pairs, flow::identities(*file));
  return flow::to_json(pairs);
}

Result<std::string> why_not(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto a, required(asked, "a"));
  OVILLO_TRY(const auto b, required(asked, "b"));
  OVILLO_TRY(auto* file, session.read("why-not", a + "\n" + b));
  OVILLO_TRY(const auto pair, flow::identity_of(*file, a, b));
  return flow::to_json(pair);
}

Result<std::string> judge(flow::Session& session, const Asked& asked) {
  flow::JudgementOrder order;
  OVILLO_TRY(order.a, required(asked, "a"));
  OVILLO_TRY(order.b, required(asked, "b"));
  OVILLO_TRY(order.reason, required(asked, "reason"));
  const auto verdict = from_name<resolve::Verdict>(text_of(asked, "verdict"));
  if (!verdict)
    return Error(ErrorCode::base_bad_argument,
                 "\"verdict\" is same, not_same, unsure or taken_back");
  order.verdict = *verdict;
  order.by = session.asker().user;
  OVILLO_TRY(const auto id, session.judge(order));
  return nlohmann::ordered_json{{"record", id.hex()}}.dump();
}

Result<std::string> cases(flow::Session& session, const Asked&) {
  OVILLO_TRY(const auto folders, session.cases(std::nullopt));
  return flow::to_json(folders);
}

Result<std::string> one_case(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(const auto folder, session.case_folder(id, std::nullopt));
  return flow::to_json(folder);
}

Result<std::string> open_case(flow::Session& session, const Asked& asked) {
  casework::CaseOrder order;
  OVILLO_TRY(order.reference, required(asked, "reference"));
  OVILLO_TRY(order.title, required(asked, "title"));
  order.network = text_of(asked, "network");
  order.reason = text_of(asked, "reason");
  OVILLO_TRY(const auto review, day_of(asked, "review"));
  order.review_at_utc_s = review.value_or(0);
  OVILLO_TRY(const auto folder, session.open_case(std::move(order), text_of(asked, "compartment")));
  return flow::to_json(folder);
}

Result<std::string> write_case(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto reference, required(asked, "case"));
  const auto kind = from_name<casework::EventKind>(text_of(asked, "kind"));
  const auto statement = from_name<StatementType>(text_of(asked, "statement", "claim"));
  if (!kind || *kind == casework::EventKind::opened || !statement)
    return Error(ErrorCode::base_bad_argument, "\"kind\" or \"statement\"");
  casework::CaseEvent event;
  event.kind = *kind;
  event.statement = *statement;
  event.subject = text_of(asked, "subject");
  event.value = text_of(asked, "value");
  event.text = text_of(asked, "text");
  event.reason = text_of(asked, "reason");
  event.said_by = text_of(asked, "said_by");
  OVILLO_TRY(event.grade, flow::parse_grade(text_of(asked, "grade", "X4")));
  OVILLO_TRY(event.handling, flow::parse_handling(text_of(asked, "handling", "H0")));
  OVILLO_TRY(event.since_utc_s, day_of(asked, "since"));
  OVILLO_TRY(event.until_utc_s, day_of(asked, "until"));
  if (asked.contains("rests_on")) {
    OVILLO_TRY(event.rests_on, name_list(asked, "rests_on"));
  }
  OVILLO_TRY(const auto written, session.write_case(reference, std::move(event)));
  return flow::to_json(written);
}

Result<std::string> decide(flow::Session& session, const Asked& asked) {
  flow::DecisionOrder order;
  OVILLO_TRY(order.network, required(asked, "network"));
  OVILLO_TRY(order.disposition, required(asked, "disposition"));
  order.reason = text_of(asked, "reason");
  order.of = text_of(asked, "of");
  order.compartment = text_of(asked, "compartment");
  OVILLO_TRY(order.until_utc_s, day_of(asked, "until"));
  OVILLO_TRY(const auto written, session.decide(order));
  return flow::to_json(written);
}

Result<std::string> withdraw_decision(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto decision, required(asked, "decision"));
  OVILLO_TRY(const auto reason, required(asked, "reason"));
  OVILLO_TRY(const auto written, session.withdraw_decision(decision, reason));
  return flow::to_json(written);
}

Result<std::string> chart(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto chart, flow::network_chart(*file, id));
  return flow::to_json(chart);
}

Result<std::string> what_if(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("what-if", id));
  OVILLO_TRY(const auto answer, flow::network_what_if(*file, id));
  return flow::to_json(answer);
}

Result<std::string> map(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto answer, flow::network_map(*file, id));
  return flow::to_json(answer);
}

Result<std::string> money(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto answer, flow::network_money(*file, id));
  return flow::to_json(answer);
}

Result<std::string> export_network(flow::Session& session, const Asked& asked) {
  flow::ExportOrder order;
  OVILLO_TRY(order.network, required(asked, "network"));
  OVILLO_TRY(order.format, required(asked, "format"));
  if (asked.contains("members")) {
    OVILLO_TRY(const auto members, name_list(asked, "members"));
    for (const std::string& member : members) {
      const auto id = EntityId::from_hex(member);
      if (!id) return Error(ErrorCode::flow_no_such_thing, member);
      order.only.push_back(*id);
    }
  }
  OVILLO_TRY(auto* file, session.read("export", order.network));
  order.purpose = session.asker().purpose;
  nlohmann::ordered_json out = {{"by", session.asker().user},
                                {"at", format_utc(session.asker().now_utc_s)},
                                {"purpose", order.purpose},
                                {"case", session.asker().case_reference}};
  // A picture is drawn by the page: here it is allowed and written down.
  if (order.format == "picture") {
    OVILLO_CHECK(file->find_network(order.network));
  } else {
    OVILLO_TRY(out["text"], flow::export_network(*file, order));
  }
  return out.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<std::string> saved_charts(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto id, required(asked, "id"));
  OVILLO_TRY(const auto charts, session.saved_charts(id));
  auto list = nlohmann::ordered_json::array();
  for (const casework::SavedChart& one : charts)
    list.push_back({{"name", one.name},
                    {"case", one.case_reference},
                    {"at", format_utc(one.at_utc_s)},
                    {"content", one.content}});
  return nlohmann::ordered_json{{"charts", std::move(list)}}.dump();
}

Result<std::string> keep_chart(flow::Session& session, const Asked& asked) {
  casework::SavedChart chart;
  OVILLO_TRY(chart.network, required(asked, "network"));
  OVILLO_TRY(chart.name, required(asked, "name"));
  OVILLO_TRY(chart.content, required(asked, "content"));
  chart.case_reference = text_of(asked, "case");
  OVILLO_CHECK(session.keep_chart(std::move(chart)));
  return kDone;
}

Result<std::string> drop_chart(flow::Session& session, const Asked& asked) {
  OVILLO_TRY(const auto network, required(asked, "network"));
  OVILLO_TRY(const auto name, required(asked, "name"));
  OVILLO_CHECK(session.drop_chart(network, name));
  return kDone;
}

Result<std::string> leads(flow::Session& session, const Asked&) {
  OVILLO_TRY(auto* file, session.read("networks", ""));
  OVILLO_TRY(const auto facts, flow::lead_facts(*file));
  return flow::to_json(facts);
}

Result<std::string> imports(flow::Session& session, const Asked&) {
  OVILLO_TRY(auto* file, session.read("show", "imports"));
  OVILLO_TRY(const auto received, flow::received_files(*file));
  return flow::to_json(received);
}

Result<std::string> openapi(flow::Session&, const Asked&) {
  return std::string(
#include "server/openapi_json.inc"
  );
}

Result<std::string> health(flow::Session&, const Asked&) {
  return std::string("{\"status\":\"ok\",\"version\":\"" OVILLO_VERSION "\"}");
}

struct Route {
  std::string_view method;  ///< GET answers HEAD as well
  std::string_view path;    ///< one that ends in "/" is followed by an id
  Result<std::string> (*answer)(flow::Session&, const Asked&);
};

constexpr Route kRoutes[] = {
    {"GET", "/api/health", health},
    {"GET", "/api/networks", networks},
    {"GET", "/api/networks/", network},
    {"GET", "/api/records/", record},
    {"POST", "/api/why", why},
    {"POST", "/api/search", search},
    {"GET", "/api/urgent", urgent},
    {"GET", "/api/charts/", chart},
    {"GET", "/api/what-if/", what_if},
    {"GET", "/api/maps/", map},
    {"GET", "/api/money/", money},
    {"POST", "/api/exports", export_network},
    {"GET", "/api/saved-charts/", saved_charts},
    {"POST", "/api/saved-charts", keep_chart},
    {"POST", "/api/saved-charts/drop", drop_chart},
    {"GET", "/api/leads", leads},
    {"GET", "/api/imports", imports},
    {"GET", "/api/openapi.json", openapi},
    {"GET", "/api/users", users},
    {"POST", "/api/users", add_user},
    {"POST", "/api/users/roles", set_roles},
    {"POST", "/api/users/password", set_password},
    {"POST", "/api/users/end", end_user},
    {"GET", "/api/compartments", compartments},
    {"POST", "/api/compartments", add_compartment},
    {"POST", "/api/grants", grant},
    {"POST", "/api/grants/end", revoke},
    {"GET", "/api/identities", identities},
    {"POST", "/api/why-not", why_not},
    {"POST", "/api/judgements", judge},
    {"GET", "/api/cases", cases},
    {"POST", "/api/cases", open_case},
    {"POST", "/api/cases/entries", write_case},
    {"GET", "/api/cases/", one_case},
    {"POST", "/api/decisions", decide},
    {"POST", "/api/decisions/withdraw", withdraw_decision},
};

bool is_at(const Route& route, std::string_view path) {
  return route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path;
}

std::string_view asked_method(const HttpRequest& request) {
  return request.method == "HEAD" ? std::string_view("GET") : std::string_view(request.method);
}

/// Every method that the path takes, as the Allow header says it; empty: no such path.
std::string methods_of(std::string_view path) {
  std::string out;
  for (const Route& route : kRoutes) {
    if (!is_at(route, path)) continue;
    if (!out.empty()) out += ", ";
    out += route.method == "GET" ? "GET, HEAD" : std::string(route.method);
  }
  return out;
}

Result<std::string> follow(const Route& route, flow::Session& session, const HttpRequest& request) {
  OVILLO_TRY(auto asked, parameters(request));
  if (route.path.ends_with('/')) asked["id"] = request.path.substr(route.path.size());
  return route.answer(session, asked);
}

}  // namespace

HttpResponse not_allowed(const HttpRequest& request, std::string_view methods) {
  HttpResponse response = failed(Error(ErrorCode::server_method_not_allowed,
                                       request.method + "; it takes " + std::string(methods)));
  response.headers.emplace_back("Allow", methods);
  return response;
}

HttpResponse answer(flow::Session& session, const HttpRequest& request) {
  for (const Route& route : kRoutes) {
    if (route.method != asked_method(request) || !is_at(route, request.path)) continue;
    auto body = follow(route, session, request);
    return body ? json(std::move(*body)) : failed(body.error());
  }
  if (const std::string methods = methods_of(request.path); !methods.empty())
    return not_allowed(request, methods);
  return failed(Error(ErrorCode::server_no_such_path, request.path));
}

std::string route_of(std::string_view path) {
  if (!is_of_the_api(path)) return "page";
  for (const std::string_view of_the_doors :
       {"/api/session", "/api/sessions", "/api/password", "/api/metrics"})
    if (path == of_the_doors) return std::string(path);
  if (path.starts_with("/api/sessions/")) return "/api/sessions/{number}";
  for (const Route& route : kRoutes)
    if (is_at(route, path))
      return std::string(route.path) + (route.path.ends_with('/') ? "{id}" : "");
  return "unknown";
}

bool is_of_the_api(std::string_view path) { return path.starts_with("/api/"); }

}  // namespace ovillo::server
