// Which address gives which answer. Decides nothing: every answer is one call of flow.
#pragma once

#include "ovillo/flow/owner.hpp"
#include "server/http_server.hpp"

namespace ovillo::server {

/// Answers one request for one user. The API is described in server/openapi.json.
HttpResponse answer(flow::Session& session, const HttpRequest& request);

/// A file of the first page (server/page), by path. Empty body and status 404: there is none.
HttpResponse page_file(std::string_view path);

}  // namespace ovillo::server
