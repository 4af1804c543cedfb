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

// A parameter of the query or of the JSON body.
Result<std::map<std::string, std::string>> parameters(const HttpRequest& request) {
  std::map<std::string, std::string> out = request.query;
  if (request.method != "POST") return out;
  const auto body = nlohmann::json::parse(request.body, nullptr, false);
  if (!body.is_object()) return Error(ErrorCode::server_bad_body);
  for (const auto& [key, value] : body.items())
    out[key] = value.is_string() ? value.get<std::string>() : value.dump();
  return out;
}

std::size_t limit_of(const std::map<std::string, std::string>& parameters, std::size_t otherwise) {
  const auto found = parameters.find("limit");
  if (found == parameters.end()) return otherwise;
  std::size_t limit = otherwise;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), limit);
  return limit;
}

Result<std::string> networks(flow::Session& session,
                             const std::map<std::string, std::string>& asked) {
  OVILLO_TRY(auto* file, session.read("networks", ""));
  OVILLO_TRY(const auto lines, flow::network_lines(*file, limit_of(asked, 0)));
  OVILLO_TRY(const auto* answer, file->answer());
  return flow::to_json(lines, answer->model);
}

Result<std::string> network(flow::Session& session, const std::string& id) {
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto page, flow::network_page(*file, id));
  return flow::to_json(page, *file);
}

Result<std::string> record(flow::Session& session, const std::string& id) {
  OVILLO_TRY(auto* file, session.read("show", id));
  OVILLO_TRY(const auto* corpus, file->corpus());
  const auto record_id = RecordId::from_hex(id);
  const auto at = record_id ? corpus->find(*record_id) : std::nullopt;
  if (!at) return Error(ErrorCode::flow_no_such_thing, id);
  OVILLO_TRY(const auto page, flow::record_page(*file, *at));
  return flow::to_json(page);
}

Result<std::string> why(flow::Session& session, std::map<std::string, std::string> asked) {
  OVILLO_TRY(auto* file, session.read("why", asked["a"] + "\n" + asked["b"]));
  OVILLO_TRY(const auto chain, flow::why(*file, asked["a"], asked["b"]));
  return flow::to_json(chain);
}

Result<std::string> search(flow::Session& session, std::map<std::string, std::string> asked) {
  OVILLO_TRY(auto* file, session.read("search", asked["q"]));
  OVILLO_TRY(const auto result, flow::search(*file, asked["q"], limit_of(asked, 20)));
  return flow::to_json(result);
}

Result<std::string> urgent(flow::Session& session) {
  OVILLO_TRY(auto* file, session.read("urgent", ""));
  OVILLO_TRY(const auto lines, flow::urgent_lines(*file));
  return flow::to_json(lines);
}

Result<std::string> dispatch(flow::Session& session, const HttpRequest& request) {
  constexpr std::string_view kNetwork = "/api/networks/";
  constexpr std::string_view kRecord = "/api/records/";
  const std::string& path = request.path;
  OVILLO_TRY(const auto asked, parameters(request));
  if (path == "/api/networks") return networks(session, asked);
  if (path.starts_with(kNetwork)) return network(session, path.substr(kNetwork.size()));
  if (path.starts_with(kRecord)) return record(session, path.substr(kRecord.size()));
  if (path == "/api/why") return why(session, asked);
  if (path == "/api/search") return search(session, asked);
  if (path == "/api/urgent") return urgent(session);
  return Error(ErrorCode::server_no_such_path, path);
}

}  // namespace

HttpResponse answer(flow::Session& session, const HttpRequest& request) {
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST")
    return failed(Error(ErrorCode::server_method_not_allowed, request.method));
  if (request.path == "/api/health")
    return json("{\"status\":\"ok\",\"version\":\"" OVILLO_VERSION "\"}");
  if (!request.path.starts_with("/api/") || request.path == "/api/openapi.json") {
    HttpResponse file = page_file(request.path);
    return file.status == 200 ? file : failed(Error(ErrorCode::server_no_such_path, request.path));
  }
  auto body = dispatch(session, request);
  return body ? json(std::move(*body)) : failed(body.error());
}

}  // namespace ovillo::server
