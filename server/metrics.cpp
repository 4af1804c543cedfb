#include "server/metrics.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "ovillo/base/file.hpp"
#include "ovillo/base/time.hpp"
#include "server/routes.hpp"

namespace ovillo::server {

namespace {

/// A method as a label: what a caller made up stays out.
std::string method_of(std::string_view method) {
  for (const std::string_view known : {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    if (method == known) return std::string(method);
  return "other";
}

double seconds(Metrics::Clock::duration took) {
  return std::chrono::duration<double>(took).count();
}

std::uint64_t resident_bytes() {
  const auto statm = read_file("/proc/self/statm");
  if (!statm) return 0;
  const std::size_t second = statm->find(' ');
  if (second == std::string::npos) return 0;
  return std::strtoull(statm->c_str() + second, nullptr, 10) *
         static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

void family(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

void gauge(std::string& out, std::string_view name, std::string_view help, auto value) {
  family(out, name, "gauge", help);
  out += fmt::format("{} {}\n", name, value);
}

std::int64_t started_utc_s() {
  static const std::int64_t kStarted = now_utc_s();
  return kStarted;
}

}  // namespace

void Metrics::waits() {
  const std::lock_guard lock(mutex_);
  ++n_waiting_;
}

void Metrics::begins() {
  const std::lock_guard lock(mutex_);
  --n_waiting_;
}

void Metrics::answered(const HttpRequest& request, const HttpResponse& response,
                       Clock::duration took) {
  const std::string route = route_of(request.path);
  const std::string method = method_of(request.method);
  const std::lock_guard lock(mutex_);
  ++requests_[{method, route, response.status}];
  Histogram& histogram = durations_[route];
  ++histogram.n;
  histogram.sum_s += seconds(took);
  for (std::size_t i = 0; i < kBounds_s.size(); ++i)
    if (seconds(took) <= kBounds_s[i]) ++histogram.up_to[i];
  write_line(fmt::format(
      R"("event":"request","method":"{}","route":"{}","status":{},"duration_ms":{:.1f},"bytes":{})",
      method, route, response.status, seconds(took) * 1000, response.body.size()));
}

void Metrics::ran(std::string_view verb, int status, Clock::duration took) {
  const std::lock_guard lock(mutex_);
  ++commands_[{std::string(verb), status}];
  if (verb == "run" && status == 0) last_run_ = Run{now_utc_s(), seconds(took)};
  write_line(fmt::format(R"("event":"command","verb":"{}","status":{},"duration_ms":{:.1f})", verb,
                         status, seconds(took) * 1000));
}

void Metrics::say(std::string_view event) {
  const std::lock_guard lock(mutex_);
  (void)started_utc_s();
  write_line(fmt::format(R"("event":"{}","version":"{}")", event, OVILLO_VERSION));
}

void Metrics::write_line(const std::string& fields) {
  if (log_ == nullptr) return;
  *log_ << fmt::format("{{\"at\":\"{}\",{}}}\n", format_utc(now_utc_s()), fields) << std::flush;
}

std::string Metrics::text(const flow::Holdings& held) const {
  const std::lock_guard lock(mutex_);
  std::string out;
  family(out, "ovillo_requests_total", "counter", "Requests answered.");
  for (const auto& [key, n] : requests_)
    out += fmt::format("ovillo_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n",
                       std::get<0>(key), std::get<1>(key), std::get<2>(key), n);
  family(out, "ovillo_request_duration_seconds", "histogram",
         "From the end of a request to its answer, waiting included.");
  for (const auto& [route, histogram] : durations_) {
    const auto bucket = [&out, &route](std::string_view bound, std::uint64_t n) {
      out += fmt::format("ovillo_request_duration_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                         route, bound, n);
    };
    for (std::size_t i = 0; i < kBounds_s.size(); ++i)
      bucket(fmt::format("{}", kBounds_s[i]), histogram.up_to[i]);
    bucket("+Inf", histogram.n);
    out += fmt::format(
        "ovillo_request_duration_seconds_sum{{route=\"{0}\"}} {1:.6f}\n"
        "ovillo_request_duration_seconds_count{{route=\"{0}\"}} {2}\n",
        route, histogram.sum_s, histogram.n);
  }
  family(out, "ovillo_commands_total", "counter", "Commands run for callers of the command line.");
  for (const auto& [key, n] : commands_)
    out += fmt::format("ovillo_commands_total{{verb=\"{}\",status=\"{}\"}} {}\n", key.first,
                       key.second, n);
  gauge(out, "ovillo_waiting", "Requests and commands that wait for their turn.", n_waiting_);
  if (last_run_) {
    gauge(out, "ovillo_last_run_timestamp_seconds", "When the last run ended, since the start.",
          last_run_->at_utc_s);
    gauge(out, "ovillo_last_run_duration_seconds", "How long it took.", last_run_->took_s);
  }
  gauge(out, "ovillo_records", "Records held, without those in quarantine.", held.n_records);
  gauge(out, "ovillo_imports", "Imports, also those whose records went since.", held.n_imports);
  gauge(out, "ovillo_audit_entries", "Entries of the audit log.", held.audit_size);
  gauge(out, "process_resident_memory_bytes", "Memory in use.", resident_bytes());
  gauge(out, "process_start_time_seconds", "When the server started.", started_utc_s());
  family(out, "ovillo_build_info", "gauge", "The version that runs.");
  out += fmt::format("ovillo_build_info{{version=\"{}\"}} 1\n", OVILLO_VERSION);
  return out;
}

bool may_read_metrics(const HttpRequest& request, std::string_view token) {
  constexpr std::string_view kBearer = "Bearer ";
  if (token.empty() || request.method != "GET") return false;
  for (const char* of_a_proxy :
       {"x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded"})
    if (!request.header(of_a_proxy).empty()) return false;
  const std::string_view sent = request.header("authorization");
  if (!sent.starts_with(kBearer) || sent.size() != kBearer.size() + token.size()) return false;
  return sodium_memcmp(sent.data() + kBearer.size(), token.data(), token.size()) == 0;
}

}  // namespace ovillo::server
