#include "cli/serving.hpp"

#include <mutex>
#include <ostream>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/password_prompt.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/flow/holdings.hpp"
#include "server/command_socket.hpp"
#include "server/doors.hpp"
#include "server/http_client.hpp"
#include "server/http_server.hpp"
#include "server/metrics.hpp"
#include "server/page_files.hpp"
#include "server/routes.hpp"

namespace ovillo::cli {

namespace {

// Makes the caller's standard input ours for the length of one command; afterwards nothing is.
class CallersInput {
 public:
  explicit CallersInput(int descriptor) {
    if (descriptor >= 0) ::dup2(descriptor, STDIN_FILENO);
  }
  CallersInput(const CallersInput&) = delete;
  CallersInput& operator=(const CallersInput&) = delete;
  ~CallersInput() {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0) return;
    ::dup2(nothing, STDIN_FILENO);
    ::close(nothing);
  }
};

// Commands over the socket run one at a time, in the caller's folder, between HTTP answers.
int run_for_caller(const server::CommandCall& call, const Parsed& parsed, flow::Owner& owner,
                   std::ostream& out, std::ostream& err) {
  const std::filesystem::path own_folder = std::filesystem::current_path();
  std::error_code failed;
  std::filesystem::current_path(call.folder, failed);
  const CallersInput input(call.standard_input);
  const int status = run_parsed(parsed, {out, err, false, now_utc_s(), &owner});
  std::filesystem::current_path(own_folder, failed);
  return status;
}

/// The turn of one request or command: the others wait.
class Turn {
 public:
  Turn(std::mutex& one_at_a_time, server::Metrics& metrics)
      : lock_(one_at_a_time, std::defer_lock) {
    metrics.waits();
    lock_.lock();
    metrics.begins();
  }

 private:
  std::unique_lock<std::mutex> lock_;
};

server::HttpResponse metrics_page(const server::Metrics& metrics, flow::Owner& owner) {
  const auto held = flow::holdings(owner.workspace());
  constexpr int kUnavailable = 503;
  constexpr const char* kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";
  if (!held) return {kUnavailable, kPrometheusText, ""};
  return {200, kPrometheusText, metrics.text(*held)};
}

/// The first line of the file; empty: no file was named. @error base.bad_argument.
Result<std::string> metrics_token(const Arguments& arguments) {
  if (!arguments.has("metrics-token")) return std::string();
  constexpr std::size_t kShortest = 16;
  OVILLO_TRY(auto token, first_line_of(arguments.get("metrics-token")));
  if (token.size() < kShortest)
    return Error(ErrorCode::base_bad_argument,
                 "--metrics-token: a first line of 16 characters or more");
  return token;
}

// What --once shows: that the server answers over the network, not only in memory.
Result<void> ask_itself(std::ostream& out, std::uint16_t port, bool has_pages) {
  std::vector<const char*> paths = {"/api/health", "/api/networks?limit=1"};
  if (has_pages) paths.push_back("/");
  for (const char* path : paths) {
    OVILLO_TRY(const auto response, server::http_get(port, path));
    if (response.status != 200)
      return Error(ErrorCode::base_internal, fmt::format("{} answered {}", path, response.status));
    out << fmt::format("GET {}: {} ({} bytes)\n", path, response.status, response.body.size());
  }
  return {};
}

}  // namespace

Result<void> serve(CommandContext& context, flow::Owner& owner, flow::Session& session,
                   const ServeOptions& options) {
  OVILLO_TRY(const auto pages, server::PageFiles::open(server::web_folder()));
  std::mutex one_at_a_time;
  server::Doors doors(owner, session);
  server::Metrics metrics(options.log ? &context.door.err : nullptr);
  const auto answer = [&](const server::HttpRequest& request) {
    if (!server::is_of_the_api(request.path)) return pages.answer(request);
    const Turn turn(one_at_a_time, metrics);
    if (request.path == "/api/metrics" && server::may_read_metrics(request, options.metrics_token))
      return metrics_page(metrics, owner);
    return doors.answer(request, now_utc_s());
  };
  OVILLO_TRY(auto http,
             server::HttpServer::listen(options.port, [&](const server::HttpRequest& request) {
               const auto started = server::Metrics::Clock::now();
               server::HttpResponse response = answer(request);
               metrics.answered(request, response, server::Metrics::Clock::now() - started);
               return response;
             }));
  OVILLO_TRY(const auto commands,
             server::CommandSocket::listen(
                 owner.workspace().folder() / "ovillo.sock",
                 [&](const server::CommandCall& call, std::ostream& out, std::ostream& err) {
                   const auto started = server::Metrics::Clock::now();
                   const Parsed parsed = parse(call.argv);
                   const Turn turn(one_at_a_time, metrics);
                   const int status = run_for_caller(call, parsed, owner, out, err);
                   metrics.ran(parsed.arguments.verb, status,
                               server::Metrics::Clock::now() - started);
                   return status;
                 }));
  const bool once = options.once;
  context.door.out << fmt::format("\nOpen http://127.0.0.1:{}/ in a browser on this machine.{}\n",
                                  http.port(), once ? "" : " Ctrl-C ends it.")
                   << std::flush;
  metrics.say("started");
  if (!once) {
    http.run();
    metrics.say("stopped");
    return {};
  }
  if (pages.empty()) context.door.out << "The workbench is not built: only the API answers.\n";
  std::thread serving([&http] { http.run(); });
  const Result<void> asked = ask_itself(context.door.out, http.port(), !pages.empty());
  http.stop();
  serving.join();
  return asked;
}

Result<void> do_serve(CommandContext& context) {
  OVILLO_TRY(auto* owner, context.owner());
  owner->stay_warm();
  OVILLO_TRY(auto* session, context.session());
  // A purpose that is refused is refused here, not at the first request; it also reads the
  // vocabulary, so that the first request does not wait for it.
  OVILLO_CHECK(session->read("serve", ""));
  constexpr std::uint64_t kPort = 8437;
  OVILLO_TRY(const auto port, number_option(context.arguments, "port", kPort));
  if (port > 65535) return Error(ErrorCode::base_bad_argument, "--port is at most 65535");
  ServeOptions options;
  options.port = static_cast<std::uint16_t>(port);
  options.log = context.arguments.has("log");
  OVILLO_TRY(options.metrics_token, metrics_token(context.arguments));
  return serve(context, *owner, *session, options);
}

}  // namespace ovillo::cli
