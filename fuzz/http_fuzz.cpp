// The HTTP door: whatever a connection sends, what reaches a handler is one whole request within
// its limits, for this machine, and every answer is one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http_server.hpp"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::size_t count(std::string_view text, std::string_view words) {
  std::size_t n = 0;
  for (std::size_t at = text.find(words); at != std::string_view::npos;
       at = text.find(words, at + words.size()))
    ++n;
  return n;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ovillo::server;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::size_t n_handled = 0;
  std::size_t n_body_bytes = 0;
  const std::string answers = answer_to(bytes, [&](const HttpRequest& request) {
    ++n_handled;
    n_body_bytes += request.body.size();
    require(!request.method.empty());
    const std::string_view host = request.header("host");
    require(host.starts_with("127.0.0.1") || host.starts_with("localhost") ||
            host.starts_with("[::1]"));
    for (const auto& [name, value] : request.headers) {
      require(value.find('\n') == std::string::npos);
      for (const char c : name) require(c < 'A' || c > 'Z');
    }
    HttpResponse response;
    response.body = "handled";
    return response;
  });
  // No byte is read twice: what was a body is not a request as well.
  require(n_body_bytes <= size);
  require(count(answers, "handled") == n_handled);
  require(answers.empty() || answers.starts_with("HTTP/1."));
  require(count(answers, "X-Content-Type-Options: nosniff\r\n") == count(answers, "HTTP/1."));
  // A target alone, with bytes that no parser would let through.
  HttpRequest target;
  split_target(bytes, target);
  require(target.path.size() <= size);
  return 0;
}
