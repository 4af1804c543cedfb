#include "server/http_server.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "server/internal/asio.hpp"

namespace ovillo::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint64_t kMaxBody = 1u << 20;
constexpr std::uint32_t kMaxHeader = 16u << 10;
constexpr std::chrono::seconds kIdle{30};
constexpr std::chrono::milliseconds kPauseOfAccept{100};
constexpr int kMaxConnections = 256;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

bool names_this_machine(std::string_view host) {
  if (const std::size_t colon = host.rfind(':');
      colon != std::string_view::npos && host.back() != ']')
    host = host.substr(0, colon);
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

using Response = http::response<http::string_body>;
using Request = http::request<http::string_body>;

HttpRequest plain_request(const Request& request) {
  HttpRequest plain;
  plain.method = std::string(request.method_string());
  split_target({request.target().data(), request.target().size()}, plain);
  plain.body = request.body();
  for (const auto& field : request) {
    std::string name(field.name_string().data(), field.name_string().size());
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    // What comes twice is one list (RFC 9110, 5.3), so that no reader trusts another line than we.
    const auto [known, is_new] = plain.headers.try_emplace(name);
    if (!is_new) known->second += name == "cookie" ? "; " : ", ";
    known->second.append(field.value().data(), field.value().size());
  }
  return plain;
}

Response response_of(HttpResponse answer, unsigned version, bool keep_alive) {
  Response response{static_cast<http::status>(answer.status), version};
  response.set(http::field::content_type, answer.content_type);
  response.set("Content-Security-Policy",
               "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
               "frame-ancestors 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  for (const auto& [name, value] : answer.headers) response.insert(name, value);
  if (response.find(http::field::cache_control) == response.end())
    response.set(http::field::cache_control, "no-store");
  response.keep_alive(keep_alive);
  response.body() = std::move(answer.body);
  response.prepare_payload();
  return response;
}

HttpResponse in_words(ErrorCode code) {
  return {info(code).http_status, "text/plain; charset=utf-8",
          std::string(info(code).sentence) + "\n"};
}

/// The handler's answer. A fault of ours is told to who asked and ends nothing else.
HttpResponse guarded(const HttpHandler& handler, const HttpRequest& request) {
  try {
    return handler(request);
  } catch (const std::exception&) {
    return in_words(ErrorCode::base_internal);
  }
}

HttpResponse answer_of(const Request& request, const HttpHandler& handler) {
  const char* const words = "text/plain; charset=utf-8";
  if (request.count(http::field::host) > 1)  // RFC 9112, 3.2
    return {400, words, "A request names one host.\n"};
  const auto host = request[http::field::host];
  if (!names_this_machine({host.data(), host.size()}))
    return {421, words, "This server answers to this machine only.\n"};
  return guarded(handler, plain_request(request));
}

Response respond(const Request& request, const HttpHandler& handler) {
  return response_of(answer_of(request, handler), request.version(), request.keep_alive());
}

/// The answer to what was not read to its end; empty: the caller went away, took too long or spoke
/// something else than HTTP, and there is nobody to answer.
std::optional<Response> refuse(const beast::error_code& failed) {
  std::optional<ErrorCode> code;
  if (failed == http::error::body_limit) code = ErrorCode::server_body_too_large;
  if (failed == http::error::header_limit) code = ErrorCode::server_head_too_large;
  if (!code) return std::nullopt;
  constexpr unsigned kHttp11 = 11;
  return response_of(in_words(*code), kHttp11, false);
}

using Parser = http::request_parser<http::string_body>;

void limit(Parser& parser) {
  parser.body_limit(kMaxBody);
  parser.header_limit(kMaxHeader);
}

/// Bytes at hand, read as Beast reads a connection.
struct Bytes {
  std::string_view left;

  template <class Buffers>
  std::size_t read_some(const Buffers& to, beast::error_code& failed) {
    const std::size_t n = asio::buffer_copy(to, asio::buffer(left));
    left.remove_prefix(n);
    failed = n == 0 ? asio::error::eof : beast::error_code();
    return n;
  }
  template <class Buffers>
  std::size_t read_some(const Buffers& to) {
    beast::error_code failed;
    const std::size_t n = read_some(to, failed);
    if (failed) throw boost::system::system_error(failed);
    return n;
  }
};

asio::awaitable<void> talk(tcp::socket socket, const HttpHandler& handler,
                           std::atomic<int>& n_open) {
  struct Counted {
    std::atomic<int>& n;
    ~Counted() { --n; }
  } counted{n_open};
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  try {
    while (true) {
      beast::error_code failed;
      stream.expires_after(kIdle);
      Parser parser;
      limit(parser);
      co_await http::async_read(stream, buffer, parser,
                                asio::redirect_error(asio::use_awaitable, failed));
      if (failed) {
        if (const auto refused = refuse(failed))
          co_await http::async_write(stream, *refused, asio::use_awaitable);
        break;
      }
      const Response response = respond(parser.get(), handler);
      if (parser.get().method() ==
          http::verb::head) {  // the head that GET would have, its length too
        const http::response<http::empty_body> head(response.base());
        co_await http::async_write(stream, head, asio::use_awaitable);
      } else {
        co_await http::async_write(stream, response, asio::use_awaitable);
      }
      if (!response.keep_alive()) break;
    }
  } catch (const boost::system::system_error&) {
    // The caller went away, took too long or spoke something else than HTTP: nothing to answer.
  }
  beast::error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

std::string answer_to(std::string_view bytes, const HttpHandler& handler) {
  Bytes connection{bytes};
  beast::flat_buffer buffer;
  std::ostringstream answers;
  while (true) {
    Parser parser;
    limit(parser);
    beast::error_code failed;
    http::read(connection, buffer, parser, failed);
    if (failed) {
      if (const auto refused = refuse(failed)) answers << *refused;
      break;
    }
    const Response response = respond(parser.get(), handler);
    answers << response;
    if (!response.keep_alive()) break;
  }
  return std::move(answers).str();
}

void split_target(std::string_view target, HttpRequest& request) {
  const std::size_t mark = target.find('?');
  request.path = decoded(target.substr(0, mark), false);
  if (mark == std::string_view::npos) return;
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    request.query[decoded(pair.substr(0, equals), true)] =
        equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1), true);
  }
}

struct HttpServer::Impl {
  explicit Impl(HttpHandler h) : handler(std::move(h)), acceptor(context), signals(context) {}

  // Everybody who waits is let in at once: one at a time would let all who keep their connection go
  // before each who makes one.
  beast::error_code let_in_who_waits() {
    beast::error_code failed;
    while (true) {
      tcp::socket socket(context);
      acceptor.accept(socket, failed);
      if (failed == asio::error::would_block) return {};
      if (failed) return failed;
      if (n_open >= kMaxConnections) continue;  // closes it
      ++n_open;
      asio::co_spawn(context, talk(std::move(socket), handler, n_open), asio::detached);
    }
  }

  asio::awaitable<void> accept() {
    asio::steady_timer pause(context);
    acceptor.non_blocking(true);
    while (true) {
      co_await acceptor.async_wait(tcp::acceptor::wait_read, asio::use_awaitable);
      if (!let_in_who_waits()) continue;
      // The caller is gone already, or descriptors have run out: some will be given back.
      pause.expires_after(kPauseOfAccept);
      co_await pause.async_wait(asio::use_awaitable);
    }
  }

  HttpHandler handler;
  asio::io_context context{1};
  tcp::acceptor acceptor;
  asio::signal_set signals;
  std::atomic<int> n_open{0};
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;
HttpServer::~HttpServer() = default;

Result<HttpServer> HttpServer::listen(std::uint16_t port, HttpHandler handler) {
  auto impl = std::make_unique<Impl>(std::move(handler));
  beast::error_code failed;
  const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
  impl->acceptor.open(endpoint.protocol(), failed);
  if (!failed) impl->acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) impl->acceptor.bind(endpoint, failed);
  if (!failed) impl->acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed)
    return Error(ErrorCode::server_cannot_listen,
                 fmt::format("127.0.0.1:{}: {}", port, failed.message()));
  return HttpServer(std::move(impl));
}

std::uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

void HttpServer::run() {
  impl_->signals.add(SIGINT);
  impl_->signals.add(SIGTERM);
  impl_->signals.async_wait([this](const beast::error_code& cancelled, int) {
    if (!cancelled) impl_->context.stop();
  });
  asio::co_spawn(impl_->context, impl_->accept(), asio::detached);
  impl_->context.run();
}

void HttpServer::stop() { impl_->context.stop(); }

}  // namespace ovillo::server
