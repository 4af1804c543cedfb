// PostgreSQL behind Database, by libpq. Rows come one by one, values in their binary form.
#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <libpq-fe.h>

#include "ovillo/base/hash.hpp"
#include "ovillo/storage/internal/database.hpp"

namespace ovillo::storage {

namespace {

struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, FreeResult>;

/// The server's primary message names tables and columns; its detail, which may quote values, is
/// left out.
Error failed(PGconn* server, const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  std::string why = words != nullptr ? words : PQerrorMessage(server);
  while (!why.empty() && why.back() == '\n') why.pop_back();
  std::replace(why.begin(), why.end(), '\n', ' ');
  const std::string_view code = state == nullptr ? "" : state;
  if (code == "53100") return Error(ErrorCode::storage_disk_full, why);
  if (code == "XX001" || code == "XX002") return Error(ErrorCode::storage_damaged_database, why);
  return Error(ErrorCode::storage_database, why);
}

/// `?` as PostgreSQL numbers them. No statement of ours has a question mark in its text.
std::string numbered(std::string_view sql) {
  std::string out;
  int n = 0;
  for (const char c : sql) {
    if (c == '?')
      out += fmt::format("${}", ++n);
    else
      out += c;
  }
  return out;
}

std::int64_t big_endian(const char* bytes, int n) {
  std::uint64_t value = (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
  for (int i = 0; i < n; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<std::int64_t>(value);
}

class PostgresStatement;

/// What statements of one connection share.
struct Session {
  PGconn* server = nullptr;
  std::int64_t changes = 0;              ///< rows that the last statement changed
  PostgresStatement* running = nullptr;  ///< whose rows are still on their way

  /// The connection is free for another statement.
  void make_free();
};

class PostgresStatement : public PreparedStatement {
 public:
  PostgresStatement(Session& session, std::string name)
      : session_(session), name_(std::move(name)) {}
  PostgresStatement(const PostgresStatement&) = delete;
  PostgresStatement& operator=(const PostgresStatement&) = delete;
  ~PostgresStatement() override { finish(); }

  void bind(int at, std::int64_t value) override {
    Parameter& one = parameter(at);
    one.own = std::to_string(value);
    one.is_own = true;
    one.is_binary = false;
  }
  void bind_text(int at, std::string_view value) override {
    Parameter& one = parameter(at);
    one.own = value;
    one.is_own = one.is_binary = true;
  }
  void bind_blob(int at, std::string_view value) override {
    Parameter& one = parameter(at);
    one.given = value;
    one.is_own = false;
    one.is_binary = true;
  }
  void bind_null(int at) override { parameter(at).is_null = true; }

  Result<bool> step() override {
    if (!has_begun_) OVILLO_CHECK(send());
    row_ = next();
    switch (PQresultStatus(row_.get())) {
      case PGRES_SINGLE_TUPLE:
        return true;
      case PGRES_TUPLES_OK:
        finish();
        return false;
      case PGRES_COMMAND_OK: {
        const std::string_view n = PQcmdTuples(row_.get());
        session_.changes = n.empty() ? 0 : std::stoll(std::string(n));
        finish();
        return false;
      }
      default: {
        Error error = failed(session_.server, row_.get());
        finish();
        return error;
      }
    }
  }

  /// Takes in what is still on its way, because another statement begins on the connection.
  void take_in() {
    while (PgResult one{PQgetResult(session_.server)}) waiting_.push_back(std::move(one));
    session_.running = nullptr;
  }

  [[nodiscard]] std::int64_t integer(int column) const override {
    if (is_null(column)) return 0;
    return big_endian(PQgetvalue(row_.get(), 0, column), PQgetlength(row_.get(), 0, column));
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    return {PQgetvalue(row_.get(), 0, column),
            static_cast<std::size_t>(PQgetlength(row_.get(), 0, column))};
  }
  [[nodiscard]] bool is_null(int column) const override {
    return PQgetisnull(row_.get(), 0, column) != 0;
  }
  void reset() override {
    finish();
    row_.reset();
    parameters_.clear();
  }

 private:
  struct Parameter {
    std::string own;
    std::string_view given;
    bool is_own = true;
    bool is_binary = false;
    bool is_null = false;
  };
  Parameter& parameter(int at) {
    const auto i = static_cast<std::size_t>(at - 1);
    if (parameters_.size() <= i) parameters_.resize(i + 1);
    return parameters_[i] = Parameter();
  }

  PgResult next() {
    if (session_.running == this) return PgResult(PQgetResult(session_.server));
    if (waiting_.empty()) return nullptr;
    PgResult one = std::move(waiting_.front());
    waiting_.pop_front();
    return one;
  }

  Result<void> send() {
    session_.make_free();
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const Parameter& one : parameters_) {
      const std::string_view value = one.is_own ? std::string_view(one.own) : one.given;
      const char* data = value.data() != nullptr ? value.data() : "";
      values.push_back(one.is_null ? nullptr : data);
      lengths.push_back(static_cast<int>(value.size()));
      formats.push_back(one.is_binary ? 1 : 0);
    }
    constexpr int kBinary = 1;
    if (PQsendQueryPrepared(session_.server, name_.c_str(), static_cast<int>(values.size()),
                            values.data(), lengths.data(), formats.data(), kBinary) != 1)
      return failed(session_.server, nullptr);
    PQsetSingleRowMode(session_.server);
    session_.running = this;
    has_begun_ = true;
    return {};
  }

  /// What is left of the answer goes unread.
  void finish() {
    if (session_.running == this) {
      while (const PgResult rest{PQgetResult(session_.server)}) {
      }
      session_.running = nullptr;
    }
    waiting_.clear();
    has_begun_ = false;
  }

  Session& session_;
  std::string name_;
  std::vector<Parameter> parameters_;
  PgResult row_;
  std::deque<PgResult> waiting_;
  bool has_begun_ = false;
};

void Session::make_free() {
  if (running != nullptr) running->take_in();
}

/// Tables whose rows belong to one compartment.
constexpr std::array<std::string_view, 5> kFenced = {"source", "import", "record_ids", "block",
                                                     "event"};

/// A policy that compares with an array worked out once per statement.
std::string fence_of(std::string_view table) {
  return fmt::format(
      "ALTER TABLE {0} ENABLE ROW LEVEL SECURITY; ALTER TABLE {0} FORCE ROW LEVEL SECURITY;"
      "CREATE POLICY fence ON {0} USING ((SELECT current_setting('ovillo.compartments', true)) = "
      "'*' OR compartment = ANY ((SELECT CASE WHEN current_setting('ovillo.compartments', true) = "
      "'*' THEN NULL ELSE string_to_array(current_setting('ovillo.compartments', true), "
      "',')::bigint[] END)::bigint[]));",
      table);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

class PostgresConnection : public Connection {
 public:
  explicit PostgresConnection(PGconn* server) : session_{server} {
    PQsetNoticeProcessor(session_.server, [](void*, const char*) {}, nullptr);
  }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  ~PostgresConnection() override { PQfinish(session_.server); }

  Result<void> execute(const std::string& sql) override {
    session_.make_free();
    const PgResult result(PQexec(session_.server, sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
      return failed(session_.server, result.get());
    const std::string_view n = PQcmdTuples(result.get());
    session_.changes = n.empty() ? 0 : std::stoll(std::string(n));
    return {};
  }
  Result<std::unique_ptr<PreparedStatement>> prepare(const std::string& sql) override {
    session_.make_free();
    const std::string name = fmt::format("s{}", ++n_prepared_);
    const PgResult result(
        PQprepare(session_.server, name.c_str(), numbered(sql).c_str(), 0, nullptr));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
      return failed(session_.server, result.get());
    return std::unique_ptr<PreparedStatement>(std::make_unique<PostgresStatement>(session_, name));
  }
  [[nodiscard]] std::int64_t changes() const override { return session_.changes; }

  Result<void> begin_to_write() override { return execute("BEGIN"); }
  Result<void> begin_to_read(std::optional<std::span<const CompartmentId>> only) override {
    return execute(
        fmt::format("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                    "SET LOCAL ovillo.compartments = '{}'",
                    only ? fmt::format("{}", fmt::join(*only, ",")) : "*"));
  }
  /// Frees the rows; what the server wrote ahead of them is sealed, with keys it never had.
  Result<void> forget_what_was_deleted() override {
    return execute("VACUUM source, record_ids, block, event, derived_value, named_value");
  }
  Result<void> cut_log_back() override { return {}; }

  Result<void> migrate(const char* step) override {
    std::string sql = step;
    replace_all(sql, " BLOB", " BYTEA");
    replace_all(sql, " TEXT", " TEXT COLLATE \"C\"");
    for (const std::string_view table : kFenced)
      if (sql.find(fmt::format("CREATE TABLE {} (", table)) != std::string::npos)
        sql += fence_of(table);
    return execute(sql);
  }

  /// A server gives the lock of a process that ended back a moment later, so this waits a little.
  /// @error storage.locked.
  Result<void> take_alone(const std::string& schema) {
    constexpr int kTries = 100;
    constexpr std::chrono::milliseconds kPause(20);
    const std::string sql =
        fmt::format("SELECT pg_try_advisory_lock({})", static_cast<std::int64_t>(hash64(schema)));
    for (int i = 0; i < kTries; ++i) {
      const PgResult result(PQexec(session_.server, sql.c_str()));
      if (PQresultStatus(result.get()) != PGRES_TUPLES_OK)
        return failed(session_.server, result.get());
      if (std::string_view(PQgetvalue(result.get(), 0, 0)) == "t") return {};
      std::this_thread::sleep_for(kPause);
    }
    return Error(ErrorCode::storage_locked, "by another machine or process, on the server");
  }

 private:
  Session session_;
  std::uint64_t n_prepared_ = 0;
};

bool is_schema_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

Result<std::unique_ptr<Connection>> open_postgres(const PostgresPlace& place, Database::Mode mode) {
  if (!is_schema_name(place.schema))
    return Error(ErrorCode::storage_database, "not a schema of ours: " + place.schema);
  PGconn* raw = PQconnectdb(place.url.c_str());
  auto connection = std::make_unique<PostgresConnection>(raw);
  if (PQstatus(raw) != CONNECTION_OK) return failed(raw, nullptr);
  std::string begin = fmt::format(
      "SET search_path TO {}; SET client_encoding TO 'UTF8'; SET ovillo.compartments = '*'",
      place.schema);
  if (mode == Database::Mode::create)
    begin = fmt::format("CREATE SCHEMA {};", place.schema) + begin;
  if (mode == Database::Mode::read) begin += "; SET default_transaction_read_only = on";
  OVILLO_CHECK(connection->execute(begin));
  if (mode != Database::Mode::read) OVILLO_CHECK(connection->take_alone(place.schema));
  return std::unique_ptr<Connection>(std::move(connection));
}

}  // namespace ovillo::storage
