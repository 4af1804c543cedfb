// HTTP on loopback: requests in, responses out. Knows nothing of what they mean.
//
// Only 127.0.0.1 is listened on, and only requests whose Host names this machine are answered (a
// page elsewhere cannot reach it by rebinding a name). Bodies are limited, idle connections end.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ovillo/base/result.hpp"

namespace ovillo::server {

struct HttpRequest {
  std::string method;                        ///< "GET", "POST"
  std::string path;                          ///< decoded, without the query
  std::map<std::string, std::string> query;  ///< decoded
  std::string body;
  std::map<std::string, std::string> headers = {};  ///< by name in lower case
  /// Of a header; empty when there is none.
  [[nodiscard]] std::string_view header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  /// Beside those that every answer has: Allow, Set-Cookie ...
  std::vector<std::pair<std::string, std::string>> headers = {};
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

class HttpServer {
 public:
  /// @param port  0: any free one. @error server.cannot_listen.
  static Result<HttpServer> listen(std::uint16_t port, HttpHandler handler);
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;
  ~HttpServer();

  [[nodiscard]] std::uint16_t port() const;
  /// Serves until stop() or SIGINT / SIGTERM.
  void run();
  /// Safe from another thread.
  void stop();

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What a connection that sends these bytes and then ends is answered: the parser, limits and
/// answers of the server, without the network. For tests and fuzzing.
/// @return  the answers to all requests in it, one after the other, as they would stand on the
/// wire;
///          empty when none of it could be read as a request.
std::string answer_to(std::string_view bytes, const HttpHandler& handler);

/// "/api/search?q=a%20b" -> path and query. Public for its tests.
void split_target(std::string_view target, HttpRequest& request);

}  // namespace ovillo::server
