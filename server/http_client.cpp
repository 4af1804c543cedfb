#include "server/http_client.hpp"

#include <fmt/format.h>

#include "server/internal/asio.hpp"

namespace ovillo::server {

namespace beast = boost::beast;
namespace http = beast::http;

Result<HttpAnswer> http_get(std::uint16_t port, const std::string& target,
                            const std::string& host) {
  beast::error_code failed;
  boost::asio::io_context context;
  beast::tcp_stream stream(context);
  stream.connect({boost::asio::ip::address_v4::loopback(), port}, failed);
  http::request<http::empty_body> request{http::verb::get, target, 11};
  request.set(http::field::host, host);
  request.set(http::field::connection, "close");
  if (!failed) http::write(stream, request, failed);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  constexpr std::uint64_t kMaxBody = 1ull << 30;
  parser.body_limit(kMaxBody);
  if (!failed) http::read(stream, buffer, parser, failed);
  if (failed)
    return Error(ErrorCode::server_cannot_listen,
                 fmt::format("port {}: {}", port, failed.message()));
  const auto& response = parser.get();
  const auto type = response[http::field::content_type];
  return HttpAnswer{static_cast<int>(response.result_int()), std::string(type.data(), type.size()),
                    response.body()};
}

}  // namespace ovillo::server
