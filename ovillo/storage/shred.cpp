// What a workspace does when something goes for good: review dates, shredding, tombstones.
#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ovillo/storage/internal/bytes.hpp"
#include "ovillo/storage/internal/workspace_impl.hpp"

namespace ovillo::storage {

namespace {

/// What a shredded file leaves: it says nothing to who does not hold the key and the file.
std::string tombstone_of(const IdKey& key, CompartmentId compartment, std::string_view sha256) {
  return KeyedHasher(key)
      .add("tombstone")
      .add(std::uint64_t{compartment})
      .add(sha256)
      .finish<struct TombstoneTag>()
      .hex();
}

Result<std::set<std::int64_t>> numbers(Database& database, const char* sql, std::int64_t of) {
  std::set<std::int64_t> out;
  OVILLO_TRY(auto rows, database.prepare(sql));
  rows.bind(of);
  while (true) {
    OVILLO_TRY(const bool more, rows.step());
    if (!more) return out;
    out.insert(rows.integer(0));
  }
}

Result<void> run_for(Database& database, const char* sql, std::int64_t of) {
  OVILLO_TRY(auto statement, database.prepare(sql));
  return statement.bind(of).run();
}

}  // namespace

std::string scope_of(const View& view) {
  return fmt::format("{}", fmt::join(view.compartments, ","));
}

bool scope_holds(std::string_view scope, CompartmentId compartment) {
  const std::string one = std::to_string(compartment);
  while (!scope.empty()) {
    const std::string_view part = scope.substr(0, scope.find(','));
    scope.remove_prefix(std::min(scope.size(), part.size() + 1));
    if (part == one) return true;
  }
  return false;
}

std::int64_t bucket_of_scope(std::string_view scope) {
  return static_cast<std::int64_t>(hash64(scope) >> 1);
}

std::string derived_place(std::string_view name, std::string_view scope) {
  return sealed_place(fmt::format("derived_value {} of {}", name, scope), 0);
}

Result<std::optional<std::string>> Workspace::get_derived(std::string_view name) const {
  OVILLO_TRY(auto session, ReadSession::begin(impl_->store, impl_->readers_mutex, impl_->readers));
  OVILLO_TRY(auto row,
             session->prepare("SELECT scope, key_id, sealed FROM derived_value WHERE name = ?"));
  row.bind_text(name);
  OVILLO_TRY(const bool found, row.step());
  if (!found) return std::optional<std::string>();
  OVILLO_TRY(const auto key, impl_->keys->key(row.integer(1)));
  auto bytes = open_sealed(key, derived_place(name, row.bytes(0)), row.bytes(2));
  if (!bytes) return Error(ErrorCode::storage_damaged_block, "a row of derived_value");
  return std::optional(std::move(*bytes));
}

Result<void> Workspace::set_review(SourceId source, std::int64_t review_at_utc_s) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  OVILLO_TRY(const auto held, sources());
  const auto found =
      std::find_if(held.begin(), held.end(), [&](const Source& one) { return one.id == source; });
  if (found == held.end()) return Error(ErrorCode::storage_unknown_source);
  Source moved = *found;
  moved.review_at_utc_s = review_at_utc_s;
  return impl_->in_one_go(
      [&](Database& writer) { return write_review(writer, impl_->rows_key, moved); });
}

Result<bool> Workspace::was_shredded(CompartmentId compartment,
                                     std::string_view file_sha256) const {
  OVILLO_TRY(auto session, ReadSession::begin(impl_->store, impl_->readers_mutex, impl_->readers));
  OVILLO_TRY(auto row, session->prepare("SELECT 1 FROM tombstone WHERE hash = ?"));
  return row.bind_blob(tombstone_of(impl_->id_key, compartment, file_sha256)).step();
}

/// The writes of one shredding, in one transaction.
class Shredding {
 public:
  struct Keys {
    KeyStore& store;
    const Key& rows;
    const IdKey& id;
  };
  Shredding(const Keys& keys, const Source& source, const ShredOrder& order,
            const std::vector<ImportRow>& imports)
      : with_(keys), source_(source), order_(order), imports_(imports) {}

  Result<void> write(Database& writer) {
    OVILLO_CHECK(take_blocks(writer));
    OVILLO_CHECK(take_answers(writer));
    OVILLO_CHECK(keep_the_rest(writer));
    OVILLO_CHECK(bury_files(writer));
    for (const std::int64_t id : keys_) {
      OVILLO_CHECK(run_for(writer, "INSERT INTO key_to_destroy (key_id) VALUES (?)", id));
    }
    return {};
  }
  [[nodiscard]] const ShredReport& report() const { return report_; }

 private:
  Result<void> take_blocks(Database& writer) {
    OVILLO_TRY(keys_,
               numbers(writer, "SELECT DISTINCT key_id FROM block WHERE source = ?", source_.id));
    OVILLO_CHECK(run_for(writer, "DELETE FROM block WHERE source = ?", source_.id));
    report_.n_blocks = static_cast<std::uint64_t>(writer.changes());
    // Keys of before there was one per source may have sealed what stays.
    for (auto key = keys_.begin(); key != keys_.end();) {
      OVILLO_TRY(const auto others,
                 numbers(writer, "SELECT 1 FROM block WHERE key_id = ? LIMIT 1", *key));
      OVILLO_TRY(const auto events,
                 numbers(writer, "SELECT 1 FROM event WHERE key_id = ? LIMIT 1", *key));
      if (others.empty() && events.empty()) {
        ++key;
        continue;
      }
      ++report_.n_shared_keys;
      key = keys_.erase(key);
    }
    report_.n_keys = keys_.size();
    with_.store.retire(std::vector<std::int64_t>(keys_.begin(), keys_.end()));
    OVILLO_TRY(const auto groups,
               numbers(writer, "SELECT DISTINCT grp FROM import WHERE source = ?", source_.id));
    for (const std::int64_t group : groups)
      OVILLO_CHECK(run_for(writer, "DELETE FROM record_ids WHERE grp = ?", group));
    return {};
  }

  Result<void> take_answers(Database& writer) {
    std::vector<std::string> gone;
    std::set<std::int64_t> keys;
    {
      OVILLO_TRY(auto rows, writer.prepare("SELECT name, scope, key_id FROM derived_value"));
      while (true) {
        OVILLO_TRY(const bool more, rows.step());
        if (!more) break;
        if (!scope_holds(rows.bytes(1), source_.compartment)) continue;
        gone.emplace_back(rows.bytes(0));
        keys.insert(rows.integer(2));
      }
    }
    for (const std::string& name : gone) {
      OVILLO_TRY(auto remove, writer.prepare("DELETE FROM derived_value WHERE name = ?"));
      OVILLO_CHECK(remove.bind_text(name).run());
    }
    report_.n_answers = gone.size();
    with_.store.retire(std::vector<std::int64_t>(keys.begin(), keys.end()));
    keys_.insert(keys.begin(), keys.end());
    return {};
  }

  Result<void> keep_the_rest(Database& writer) {
    if (order_.kept.empty()) return {};
    Source kept = source_;
    kept.review_at_utc_s = order_.kept_until_utc_s;
    OVILLO_CHECK(write_review(writer, with_.rows, kept));
    for (const KeptBlock& block : order_.kept)
      OVILLO_CHECK(
          write_block(writer, with_.store, block.place, kept.review_at_utc_s, block.bytes));
    return write_record_ids(writer, with_.rows, source_.compartment,
                            order_.kept.front().place.group, order_.kept_ids);
  }

  Result<void> bury_files(Database& writer) {
    for (const ImportRow& row : imports_) {
      if (row.source != source_.id || row.file_sha256.empty()) continue;
      OVILLO_TRY(auto insert, writer.prepare("INSERT INTO tombstone (hash, at_utc_s) VALUES (?, ?) "
                                             "ON CONFLICT (hash) DO NOTHING"));
      OVILLO_CHECK(insert.bind_blob(tombstone_of(with_.id, source_.compartment, row.file_sha256))
                       .bind(order_.at_utc_s)
                       .run());
    }
    return {};
  }

  Keys with_;
  const Source& source_;
  const ShredOrder& order_;
  const std::vector<ImportRow>& imports_;
  std::set<std::int64_t> keys_;
  ShredReport report_;
};

Result<ShredReport> Workspace::shred(const ShredOrder& order) {
  if (impl_->transaction_open) return Error(ErrorCode::storage_busy);
  OVILLO_TRY(const auto held, sources());
  const auto found = std::find_if(held.begin(), held.end(),
                                  [&](const Source& one) { return one.id == order.source; });
  if (found == held.end()) return Error(ErrorCode::storage_unknown_source);
  OVILLO_TRY(const auto rows, imports());
  Shredding shredding({*impl_->keys, impl_->rows_key, impl_->id_key}, *found, order, rows);
  OVILLO_CHECK(impl_->in_one_go([&](Database& writer) { return shredding.write(writer); }));
  OVILLO_CHECK(destroy_listed_keys());
  return shredding.report();
}

/// The keys that a shredding left to destroy: after it, or after the crash that cut it short.
Result<void> Workspace::destroy_listed_keys() {
  std::vector<std::int64_t> ids;
  {
    OVILLO_TRY(auto rows, impl_->writer.prepare("SELECT key_id FROM key_to_destroy"));
    while (true) {
      OVILLO_TRY(const bool more, rows.step());
      if (!more) break;
      ids.push_back(rows.integer(0));
    }
  }
  if (ids.empty()) return {};
  OVILLO_CHECK(impl_->keys->destroy(ids));
  OVILLO_CHECK(impl_->writer.execute("DELETE FROM key_to_destroy"));
  return impl_->writer.forget_what_was_deleted();
}

}  // namespace ovillo::storage
