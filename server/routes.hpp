// Which address gives which answer. Decides nothing: every answer is one call of flow.
#pragma once

#include <string>
#include <string_view>

#include "ovillo/flow/owner.hpp"
#include "server/http_server.hpp"

namespace ovillo::server {

/// Answers one request to the API for one user. The API is described in server/openapi.json.
HttpResponse answer(flow::Session& session, const HttpRequest& request);

/// 405, with what the address takes, such as "GET, HEAD".
HttpResponse not_allowed(const HttpRequest& request, std::string_view methods);

/// The address as openapi.json names it, such as "/api/networks/{id}": it holds nothing of what was
/// asked. Of the workbench "page"; of what is not there "unknown".
std::string route_of(std::string_view path);

/// Whether an address belongs to the API; the others are the workbench's (page_files.hpp).
bool is_of_the_api(std::string_view path);

}  // namespace ovillo::server
