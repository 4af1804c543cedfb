// What the server did, in numbers: for Prometheus, and as lines of a log. Names routes, verbs and
// statuses, never what was asked, by whom, or of which compartment.
//
// Thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>

#include "ovillo/flow/holdings.hpp"
#include "server/http_server.hpp"

namespace ovillo::server {

class Metrics {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param log  where a JSON line about each request and command goes; null: nowhere.
  explicit Metrics(std::ostream* log) : log_(log) {}

  /// Before a request or command waits for its turn, and when it has it.
  void waits();
  void begins();

  void answered(const HttpRequest& request, const HttpResponse& response, Clock::duration took);
  /// @param verb  one of data/verbs. @param status  exit status.
  void ran(std::string_view verb, int status, Clock::duration took);
  /// A line about the server itself: "started", "stopped".
  void say(std::string_view event);

  /// Prometheus text, version 0.0.4: ovillo_requests_total, ovillo_request_duration_seconds,
  /// ovillo_commands_total, ovillo_waiting, ovillo_last_run_timestamp_seconds,
  /// ovillo_last_run_duration_seconds, ovillo_records, ovillo_imports, ovillo_audit_entries,
  /// process_resident_memory_bytes, process_start_time_seconds, ovillo_build_info.
  [[nodiscard]] std::string text(const flow::Holdings& held) const;

 private:
  static constexpr std::array kBounds_s = {0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0};
  struct Histogram {
    std::array<std::uint64_t, kBounds_s.size()> up_to{};  ///< each holds those before it as well
    std::uint64_t n = 0;
    double sum_s = 0;
  };
  struct Run {
    std::int64_t at_utc_s = 0;
    double took_s = 0;
  };
  void write_line(const std::string& fields);

  mutable std::mutex mutex_;
  std::ostream* log_;
  std::int64_t n_waiting_ = 0;
  std::map<std::tuple<std::string, std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Histogram> durations_;
  std::map<std::pair<std::string, int>, std::uint64_t> commands_;
  std::optional<Run> last_run_;
};

/// Whether a request for /api/metrics is one to answer: it sends the token, and no proxy passed it
/// on. @param token  what "Authorization: Bearer" must say; empty: nobody is answered.
bool may_read_metrics(const HttpRequest& request, std::string_view token);

}  // namespace ovillo::server
