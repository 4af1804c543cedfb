#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <sodium.h>

#include "ovillo/base/parallel.hpp"
#include "ovillo/storage/internal/bytes.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace {

/// One write on its way: `prepare` (compress, seal, hash) runs in parallel with that of others,
/// `write` after it, in the order in which the writes came.
struct Job {
  std::size_t n_bytes = 0;
  std::function<void()> prepare;
  std::function<Result<void>(Database&)> write;
};

std::string_view view_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// Empty where it is not hex.
std::string bytes_of_hex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  std::size_t n = 0;
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(),
                     hex.size(), nullptr, &n, nullptr) != 0)
    n = 0;
  out.resize(n);
  return out;
}

/// A block between put_block and its row.
struct BlockWrite {
  StoredBlock block;
  Key key;
  std::string bytes;
  std::string sealed;
  Digest sha256{};
  std::optional<Digest> leaf;

  void prepare() {
    const std::string place = sealed_place(block);
    if (block.place.kind == BlockKind::original) leaf = salted_leaf(key, place, bytes);
    sealed = seal(key, place, bytes);
    bytes = {};
    sha256 = storage::sha256(sealed);
  }

  Result<void> write(Database& database) const {
    OVILLO_TRY(auto insert,
               database.prepare("INSERT INTO block (kind, grp, part, compartment, source, bucket, "
                                "n_rows, version, key_id, sha256, leaf, payload) "
                                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                "ON CONFLICT (kind, grp, part) DO NOTHING"));
    insert.bind(static_cast<std::int64_t>(block.place.kind))
        .bind(static_cast<std::int64_t>(block.place.group))
        .bind(block.place.part)
        .bind(block.place.compartment)
        .bind(block.place.source)
        .bind(block.bucket)
        .bind(block.place.n_rows)
        .bind(block.place.version)
        .bind(block.key_id)
        .bind_blob(view_of(sha256));
    if (leaf)
      insert.bind_blob(view_of(*leaf));
    else
      insert.bind_null();
    OVILLO_CHECK(insert.bind_blob(sealed).run());
    if (database.changes() == 0)
      return Error(ErrorCode::storage_block_exists, describe(block.place));
    return {};
  }
};

}  // namespace

Result<void> write_block(Database& database, KeyStore& keys, const BlockPlace& place,
                         std::int64_t review_at_utc_s, std::string bytes) {
  const std::int64_t bucket = retention_bucket(review_at_utc_s);
  OVILLO_TRY(const auto key, keys.key_for(place.compartment, bucket, place.source));
  BlockWrite block{{place, bucket, key.id}, key.key, std::move(bytes), {}, {}, {}};
  block.prepare();
  return block.write(database);
}

Result<void> write_record_ids(Database& database, const Key& rows_key, CompartmentId compartment,
                              std::uint64_t group, std::span<const RecordId> ids) {
  Writer out;
  out.reserve(ids.size() * 16);
  for (const RecordId& id : ids) {
    out.u64(id.hi);
    out.u64(id.lo);
  }
  std::int64_t seq = 0;
  {
    OVILLO_TRY(auto last, database.prepare("SELECT coalesce(max(seq) + 1, 0) FROM record_ids "
                                           "WHERE grp = ?"));
    OVILLO_CHECK(last.bind(static_cast<std::int64_t>(group)).step());
    seq = last.integer(0);
  }
  const std::string sealed = seal(rows_key,
                                  sealed_place(fmt::format("record_ids {}", compartment), group,
                                               static_cast<std::uint64_t>(seq)),
                                  std::move(out).take());
  OVILLO_TRY(auto insert, database.prepare("INSERT INTO record_ids (grp, seq, compartment, "
                                           "sealed) VALUES (?, ?, ?, ?)"));
  return insert.bind(static_cast<std::int64_t>(group))
      .bind(seq)
      .bind(compartment)
      .bind_blob(sealed)
      .run();
}

/// A bounded queue and the one thread that empties it. The thread owns the connection while it
/// runs; after finish() it has stopped and the connection is the caller's.
struct Transaction::Impl {
  explicit Impl(Workspace::Impl& workspace) : home(&workspace) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (!open) return;
    {
      const std::lock_guard lock(mutex);
      queue.clear();
    }
    (void)finish();
    (void)home->writer.rollback();
    home->transaction_open = false;
  }

  static constexpr std::size_t kMostJobs = 64;
  static constexpr std::size_t kMostBytes = std::size_t{16} << 20;

  Result<void> push(Job job) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] {
      return failed || (queue.size() < 2 * kMostJobs && waiting_bytes < kMostBytes);
    });
    if (failed) return *failed;
    waiting_bytes += job.n_bytes;
    queue.push_back(std::move(job));
    changed.notify_all();
    return {};
  }

  void work() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return stopping || !queue.empty(); });
      if (queue.empty()) return;
      std::vector<Job> jobs;
      while (!queue.empty() && jobs.size() < kMostJobs) {
        jobs.push_back(std::move(queue.front()));
        queue.pop_front();
      }
      lock.unlock();
      auto done = carry_out(jobs);
      lock.lock();
      for (const Job& job : jobs) waiting_bytes -= job.n_bytes;
      if (!done && !failed) failed = done.error();
      if (failed) queue.clear();
      changed.notify_all();
    }
  }

  Result<void> carry_out(const std::vector<Job>& jobs) {
    try {
      parallel_for(jobs.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
          if (jobs[i].prepare) jobs[i].prepare();
      });
      for (const Job& job : jobs) OVILLO_CHECK(job.write(home->writer));
    } catch (const std::exception& fault) {
      return Error(ErrorCode::base_internal, fault.what());
    }
    return {};
  }

  /// Waits until everything pushed is written, and ends the thread.
  Result<void> finish() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
      changed.notify_all();
    }
    if (writer.joinable()) writer.join();
    if (failed) return *failed;
    return {};
  }

  /// The root over each imported group's leaves, and the next number of a group.
  Result<void> write_last_rows() {
    Database& database = home->writer;
    for (const std::uint64_t group : imported) {
      std::vector<Digest> leaves;
      {
        OVILLO_TRY(auto rows, database.prepare("SELECT leaf FROM block WHERE kind = 0 AND grp = ? "
                                               "ORDER BY part"));
        rows.bind(static_cast<std::int64_t>(group));
        while (true) {
          OVILLO_TRY(const bool more, rows.step());
          if (!more) break;
          std::memcpy(leaves.emplace_back().data(), rows.bytes(0).data(),
                      std::min(rows.bytes(0).size(), sizeof(Digest)));
        }
      }
      const Digest root = merkle_root(leaves);
      OVILLO_TRY(auto update, database.prepare("UPDATE import SET merkle_root = ? WHERE grp = ?"));
      OVILLO_CHECK(update.bind_blob(view_of(root)).bind(static_cast<std::int64_t>(group)).run());
    }
    OVILLO_TRY(auto counter,
               database.prepare("INSERT INTO counter (name, next) VALUES ('group', ?) "
                                "ON CONFLICT (name) DO UPDATE SET next = "
                                "excluded.next"));
    return counter.bind(static_cast<std::int64_t>(next_group)).run();
  }

  Workspace::Impl* home;
  bool open = false;
  std::uint64_t next_group = 1;
  std::set<std::uint64_t> imported;
  std::map<SourceId, Source> sources;

  std::mutex mutex;  // guards what follows
  std::condition_variable changed;
  std::deque<Job> queue;
  std::size_t waiting_bytes = 0;
  bool stopping = false;
  std::optional<Error> failed;
  std::thread writer;
};

Transaction::Transaction(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

Result<Transaction> Workspace::begin() {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  auto impl = std::make_unique<Transaction::Impl>(*impl_);
  OVILLO_TRY(auto known, sources());
  for (Source& source : known) impl->sources[source.id] = std::move(source);
  OVILLO_CHECK(impl_->writer.begin_to_write());
  impl_->transaction_open = true;
  impl->open = true;
  {
    OVILLO_TRY(auto counter,
               impl_->writer.prepare("SELECT next FROM counter WHERE name = 'group'"));
    OVILLO_TRY(const bool found, counter.step());
    if (found) impl->next_group = static_cast<std::uint64_t>(counter.integer(0));
  }
  impl->writer = std::thread([raw = impl.get()] { raw->work(); });
  return Transaction(std::move(impl));
}

Result<std::uint64_t> Transaction::new_group() { return impl_->next_group++; }

Result<void> Transaction::put_block(const BlockPlace& place, std::string bytes) {
  std::int64_t review_at_utc_s = 0;
  if (place.source != 0 || place.kind != BlockKind::derived) {
    const auto source = impl_->sources.find(place.source);
    if (source == impl_->sources.end() || source->second.compartment != place.compartment)
      return Error(ErrorCode::storage_unknown_source, describe(place));
    review_at_utc_s = source->second.review_at_utc_s;
  }
  const std::int64_t bucket = retention_bucket(review_at_utc_s);
  OVILLO_TRY(const auto key, impl_->home->keys->key_for(place.compartment, bucket, place.source));
  const std::size_t n_bytes = bytes.size();
  auto block = std::make_shared<BlockWrite>(
      BlockWrite{{place, bucket, key.id}, key.key, std::move(bytes), {}, {}, {}});
  return impl_->push({n_bytes, [block] { block->prepare(); },
                      [block](Database& database) { return block->write(database); }});
}

Result<void> Transaction::remove_blocks(BlockKind kind, std::uint64_t group, std::uint32_t part) {
  return impl_->push({0, {}, [=](Database& database) -> Result<void> {
                        OVILLO_TRY(auto remove,
                                   database.prepare("DELETE FROM block WHERE kind = ? AND grp = ? "
                                                    "AND part = ?"));
                        return remove.bind(static_cast<std::int64_t>(kind))
                            .bind(static_cast<std::int64_t>(group))
                            .bind(part)
                            .run();
                      }});
}

Result<void> Transaction::put_record_ids(CompartmentId compartment, std::uint64_t group,
                                         std::span<const RecordId> ids) {
  const auto write = [home = impl_->home, compartment, group,
                      held = std::vector<RecordId>(ids.begin(), ids.end())](Database& database) {
    return write_record_ids(database, home->rows_key, compartment, group, held);
  };
  return impl_->push({ids.size() * 16, {}, write});
}

Result<void> Transaction::put_import(const ImportRow& row) {
  if (row.merkle_root.empty()) impl_->imported.insert(row.group);
  const auto write = [home = impl_->home, row](Database& database) -> Result<void> {
    std::int64_t seq = 0;
    {
      OVILLO_TRY(auto last,
                 database.prepare("SELECT coalesce(max(seq) + 1, 0) FROM import WHERE grp = ?"));
      OVILLO_CHECK(last.bind(static_cast<std::int64_t>(row.group)).step());
      seq = last.integer(0);
    }
    const std::string sealed =
        seal(home->rows_key, sealed_place("import", row.group, static_cast<std::uint64_t>(seq)),
             encode_row(row));
    OVILLO_TRY(auto insert, database.prepare("INSERT INTO import (grp, seq, source, compartment, "
                                             "at_utc_s, merkle_root, sealed) "
                                             "VALUES (?, ?, ?, ?, ?, ?, ?)"));
    return insert.bind(static_cast<std::int64_t>(row.group))
        .bind(seq)
        .bind(row.source)
        .bind(row.compartment)
        .bind(row.at_utc_s)
        .bind_blob(bytes_of_hex(row.merkle_root))
        .bind_blob(sealed)
        .run();
  };
  return impl_->push({0, {}, write});
}

Result<void> Transaction::put(std::string_view name, std::string_view bytes) {
  struct Value {
    std::string name, bytes, sealed;
  };
  auto value = std::make_shared<Value>(Value{std::string(name), std::string(bytes), {}});
  return impl_->push(
      {bytes.size(),
       [value, home = impl_->home] {
         value->sealed = seal(home->rows_key, sealed_place(value->name, 0), value->bytes);
         value->bytes = {};
       },
       [value](Database& database) -> Result<void> {
         OVILLO_TRY(auto upsert,
                    database.prepare("INSERT INTO named_value (name, sealed) VALUES (?, ?) "
                                     "ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed"));
         return upsert.bind_text(value->name).bind_blob(value->sealed).run();
       }});
}

Result<void> Transaction::put_derived(const View& view, std::string_view name,
                                      std::string_view bytes) {
  struct Value {
    std::string name, scope, bytes, sealed;
    BlockKey key;
  };
  const std::string scope = scope_of(view);
  OVILLO_TRY(const auto key, impl_->home->keys->key_for(0, bucket_of_scope(scope), 0));
  auto value =
      std::make_shared<Value>(Value{std::string(name), scope, std::string(bytes), {}, key});
  return impl_->push(
      {bytes.size(),
       [value] {
         value->sealed =
             seal(value->key.key, derived_place(value->name, value->scope), value->bytes);
         value->bytes = {};
       },
       [value](Database& database) -> Result<void> {
         OVILLO_TRY(auto upsert,
                    database.prepare("INSERT INTO derived_value (name, scope, key_id, sealed) "
                                     "VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
                                     "scope = excluded.scope, key_id = excluded.key_id, "
                                     "sealed = excluded.sealed"));
         return upsert.bind_text(value->name)
             .bind_text(value->scope)
             .bind(value->key.id)
             .bind_blob(value->sealed)
             .run();
       }});
}

Result<void> Transaction::commit() {
  if (!impl_->open) return Error(ErrorCode::base_internal, "this transaction has ended");
  auto done = impl_->finish();
  if (done) done = impl_->write_last_rows();
  if (done) done = impl_->home->writer.commit();
  if (!done) (void)impl_->home->writer.rollback();
  impl_->open = false;
  impl_->home->transaction_open = false;
  ++impl_->home->n_row_changes;
  // Only to give disk space back; a reader that is still looking makes it wait for another time.
  if (done) (void)impl_->home->writer.cut_log_back();
  return done;
}

}  // namespace ovillo::storage
