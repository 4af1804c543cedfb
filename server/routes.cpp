#include "server/routes.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "ovillo/flow/json.hpp"

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

Result<std::string> health(flow::Session&, const Asked&) {
  return std::string("{\"status\":\"ok\",\"version\":\"" OVILLO_VERSION "\"}");
}

constexpr std::string_view kGet = "GET, HEAD";
constexpr std::string_view kPost = "POST";

struct Route {
  std::string_view path;  ///< one that ends in "/" is followed by an id
  std::string_view methods;
  Result<std::string> (*answer)(flow::Session&, const Asked&);
};

constexpr Route kRoutes[] = {
    {"/api/health", kGet, health},     {"/api/networks", kGet, networks},
    {"/api/networks/", kGet, network}, {"/api/records/", kGet, record},
    {"/api/why", kPost, why},          {"/api/search", kPost, search},
    {"/api/urgent", kGet, urgent},
};

const Route* find_route(std::string_view path) {
  for (const Route& route : kRoutes)
    if (route.path.ends_with('/') ? path.starts_with(route.path) : path == route.path)
      return &route;
  return nullptr;
}

bool takes(std::string_view methods, std::string_view method) {
  return methods == kPost ? method == "POST" : method == "GET" || method == "HEAD";
}

HttpResponse not_allowed(const HttpRequest& request, std::string_view methods) {
  HttpResponse response = failed(Error(ErrorCode::server_method_not_allowed,
                                       request.method + "; it takes " + std::string(methods)));
  response.allow = methods;
  return response;
}

Result<std::string> follow(const Route& route, flow::Session& session, const HttpRequest& request) {
  OVILLO_TRY(auto asked, parameters(request));
  if (route.path.ends_with('/')) asked["id"] = request.path.substr(route.path.size());
  return route.answer(session, asked);
}

}  // namespace

HttpResponse answer(flow::Session& session, const HttpRequest& request) {
  if (const Route* route = find_route(request.path)) {
    if (!takes(route->methods, request.method)) return not_allowed(request, route->methods);
    auto body = follow(*route, session, request);
    return body ? json(std::move(*body)) : failed(body.error());
  }
  HttpResponse file = page_file(request.path);
  if (file.status != 200) return failed(Error(ErrorCode::server_no_such_path, request.path));
  return takes(kGet, request.method) ? file : not_allowed(request, kGet);
}

}  // namespace ovillo::server
