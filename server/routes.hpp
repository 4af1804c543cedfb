// Which address gives which answer. Decides nothing: every answer is one call of flow.
#pragma once

#include "ovillo/flow/owner.hpp"
#include "server/http_server.hpp"

namespace ovillo::server {

/// Answers one request to the API for one user. The API is described in server/openapi.json.
HttpResponse answer(flow::Session& session, const HttpRequest& request);

/// Whether an address belongs to the API; the others are the workbench's (page_files.hpp).
bool is_of_the_api(std::string_view path);

}  // namespace ovillo::server
