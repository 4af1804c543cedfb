// Workspace: one folder, one SQLite database of encrypted column blocks and rows, one key store.
//
// Layout: <folder>/ovillo.db (SQLite, WAL) or <folder>/store, which names a schema of a PostgreSQL
// server that holds the same tables; <folder>/keys.db (wrapped keys, one per compartment,
// retention bucket and source), <folder>/master.key (0600), <folder>/audit.db (the audit log: an
// entry must be durable while an import is still being written, and stay when it is rolled back),
// <folder>/lock. Blocks are column data, compressed (zstd) and sealed (XChaCha20-Poly1305, the
// block's place as associated data), each of one compartment and one bucket. Rows hold what people
// decide or join by hand. One process owns a workspace (flock). Everything of one import or run is
// one transaction: after a crash it is either there or not.
//
// Threads: every const function may be called by many threads at once, also while a Transaction is
// open; they read what was committed when they began. Changes come from one thread at a time.
//
// Numbers of compartments, sources and authorisations are keyed hashes of what they number, not a
// sequence: a sequence would tell how many there are that one may not see.
//
// SQL is portable to PostgreSQL: integers, text and bytea/blob only, COLLATE "C" order, no engine
// full text, no triggers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/provenance.hpp"
#include "ovillo/record/view.hpp"
#include "ovillo/storage/audit_store.hpp"

namespace ovillo::storage {

enum class BlockKind : std::uint8_t {
  original,    ///< raw bytes of handed-over files, cut at record boundaries
  record,      ///< encode(RecordBatch)
  find,        ///< encode(FindBatch) of the record block with the same group and part
  sketch,      ///< bytes of a cluster sketch of the record block with the same group and part
  derived,     ///< answers of one component, by key
  quarantine,  ///< encode(RecordBatch) of rows outside their authorisation; no view reads them
  photo,       ///< encode(PhotoSight list): pictures that records of the source name
};

/// Where a block belongs. One block per (kind, group, part). `group` is the import it came with,
/// `part` its number in there: record, find and sketch blocks of the same rows share both.
struct BlockPlace {
  BlockKind kind = BlockKind::record;
  CompartmentId compartment = 0;
  SourceId source = 0;
  std::uint64_t group = 0;
  std::uint32_t part = 0;
  std::uint32_t n_rows = 0;
  std::uint32_t version = 0;  ///< rules version of finds and sketches

  bool operator==(const BlockPlace&) const = default;
};

struct Compartment {
  CompartmentId id = 0;
  std::string name;
};

/// That a user may see a compartment.
struct Grant {
  CompartmentId compartment = 0;
  std::optional<std::int64_t> until_utc_s;  ///< not from then on; empty: until it is taken back

  bool operator==(const Grant&) const = default;
};

/// A person who may sign in, and what they are granted.
struct User {
  std::string name;
  std::vector<Grant> grants;  ///< ascending by compartment; of an owner: what was granted by name
  bool owner = false;         ///< granted every compartment, also later ones
  std::string account;        ///< roles and password, as casework writes them; kept sealed

  bool operator==(const User&) const = default;
};

/// One thing that somebody decided or wrote down, as casework encodes it. Never changed; what
/// takes it back is a later one.
struct EventRow {
  std::uint64_t position = 0;  ///< ascending in the order of writing; not without gaps to a view
  CompartmentId compartment = 0;
  std::int64_t review_at_utc_s = 0;  ///< it shares the key of its month and compartment
  std::int64_t at_utc_s = 0;
  std::string bytes;

  bool operator==(const EventRow&) const = default;
};

/// One finished import. Seen only by those granted its compartment.
struct ImportRow {
  std::uint64_t group = 0;
  SourceId source = 0;
  CompartmentId compartment = 0;
  std::string handover;
  std::string file_name;
  std::string file_sha256;
  std::uint64_t file_bytes = 0;
  std::uint64_t rows = 0, records = 0, repeats = 0, rejects = 0, quarantined = 0;
  std::uint64_t held = 0;  ///< files and members kept, not read; rows count them
  std::int64_t at_utc_s = 0;
  /// Merkle root (RFC 6962, salted leaves) over the original blocks of the group, 64 hex digits;
  /// written by commit(). Empty in a row not yet committed.
  std::string merkle_root;

  bool operator==(const ImportRow&) const = default;
};

/// A block of records that stays of a source that goes, with the rows that are left in it.
struct KeptBlock {
  BlockPlace place;
  std::string bytes;
};

struct ShredOrder {
  SourceId source = 0;
  std::int64_t at_utc_s = 0;
  std::vector<KeptBlock> kept;        ///< record blocks; finds are worked out again by the next run
  std::vector<RecordId> kept_ids;     ///< of the records in them
  std::int64_t kept_until_utc_s = 0;  ///< the source's new review date, when something is kept
};

struct ShredReport {
  std::uint64_t n_blocks = 0;
  std::uint64_t n_keys = 0;
  std::uint64_t n_answers = 0;  ///< parts of answers
  /// Keys made before there was one per source, shared with other sources of the same month: what
  /// was sealed with them is gone from here, but a copy made before can be opened until those go.
  std::uint64_t n_shared_keys = 0;
};

class Transaction;

class Workspace {
 public:
  /// Makes a new workspace in an empty or absent folder, with one compartment "main".
  /// @param id_key  empty: a random one. Two installations answer with the same ids only when they
  ///                were given the same key.
  /// @param store  empty: tables in the folder; else those of a PostgreSQL server, as libpq takes
  ///               it ("postgresql://127.0.0.1/ovillo"). The password is better left to a
  ///               password file (~/.pgpass): what stands here is kept in the folder.
  /// @error storage.exists; storage.database, with the server's words.
  static Result<Workspace> create(const std::filesystem::path& folder,
                                  const std::optional<IdKey>& id_key = std::nullopt,
                                  const std::string& store = "");
  /// Opens an existing one and takes its lock. Runs migrations. @error storage.not_a_workspace,
  /// storage.locked (names the owner's process), storage.wrong_key, storage.newer_schema.
  static Result<Workspace> open(const std::filesystem::path& folder);
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

  [[nodiscard]] const IdKey& id_key() const;
  [[nodiscard]] const std::filesystem::path& folder() const;

  // Rows. Each change is its own durable transaction unless made through a Transaction.
  // @error storage.busy while a Transaction is open.

  /// The compartment called "main", which every workspace has.
  static constexpr CompartmentId kMainCompartment = 1;
  /// @error storage.name_taken, storage.bad_name.
  Result<CompartmentId> add_compartment(std::string_view name);
  Result<std::vector<Compartment>> compartments() const;
  /// Adds or replaces. @error storage.bad_name, storage.unknown_compartment.
  Result<void> put_user(const User& user);
  Result<std::vector<User>> users() const;
  /// The same content again gives the same number. `authorisation.id` is ignored.
  Result<AuthorisationId> add_authorisation(const Authorisation& authorisation);
  Result<std::vector<Authorisation>> authorisations() const;
  /// Names are taken per compartment. @error storage.name_taken, storage.bad_name,
  /// storage.unknown_compartment, storage.unknown_authorisation.
  Result<SourceId> add_source(const Source& source);
  Result<std::vector<Source>> sources() const;  ///< all; callers filter by View::admits
  /// All, ascending by (group, order of put_import); callers filter by View::admits.
  Result<std::vector<ImportRow>> imports() const;

  /// Durable when it returns: all of them, or none. `position` is given here.
  /// @error storage.unknown_compartment.
  Result<void> append_events(std::vector<EventRow> events);
  /// Those of the view's compartments, and as of its time; ascending by position.
  /// @error storage.damaged_block, storage.key_destroyed.
  Result<std::vector<EventRow>> events(const View& view) const;

  /// Begins the one transaction of an import or run. Rolled back when destroyed uncommitted; must
  /// not outlive its workspace. @error storage.busy when one is open already.
  Result<Transaction> begin();

  /// Every record id already held in a compartment, in no order (16 bytes each).
  Result<std::vector<RecordId>> record_ids(CompartmentId compartment) const;

  /// Calls `visit` for each block of `kind` that the view admits, ascending by (group, part).
  /// Opens and decompresses blocks in parallel, delivers them in order on the calling thread. Holds
  /// at most about 16 MB of them. Blocks of source 0 (`derived`) are admitted by compartment alone.
  /// @error storage.damaged_block with its place, storage.key_destroyed; whatever `visit` returns.
  Result<void> read_blocks(
      const View& view, BlockKind kind,
      const std::function<Result<void>(const BlockPlace&, std::string_view bytes)>& visit) const;

  /// Places only, without opening the blocks.
  Result<std::vector<BlockPlace>> block_places(const View& view, BlockKind kind) const;

  /// One block, by a place that block_places gave. @error storage.no_such_block,
  /// storage.damaged_block (seal does not verify), storage.quarantined.
  Result<std::string> read_block(const BlockPlace& place) const;

  /// Opens every original block of a group and recomputes leaves and Merkle root.
  /// @error storage.damaged_block when one byte differs or a block is missing.
  Result<void> verify_originals(std::uint64_t group) const;

  /// Rows in quarantine of one group, counted, never opened.
  Result<std::uint64_t> n_quarantined(std::uint64_t group) const;

  /// Small named values (model, settings): bytes, sealed with the installation's key.
  Result<std::optional<std::string>> get(std::string_view name) const;
  Result<void> put(std::string_view name, std::string_view bytes);

  /// As put by Transaction::put_derived.
  Result<std::optional<std::string>> get_derived(std::string_view name) const;

  /// Moves the review date of a source: silence takes it then and not before. What it holds keeps
  /// its keys; what comes in later gets those of the new month. @error storage.unknown_source.
  Result<void> set_review(SourceId source, std::int64_t review_at_utc_s);
  /// Takes a source's records, originals, finds and pictures away for good, with the answers of
  /// every view that saw them: rows are overwritten, and their keys destroyed, so that a copy of
  /// the database made before opens no more either. Its files leave a keyed hash each, by which a
  /// later import is refused. Crash-safe: after a crash it is done, or nothing was. Nothing is
  /// asked here of holds: the caller did. @error storage.unknown_source, storage.busy.
  Result<ShredReport> shred(const ShredOrder& order);
  /// Whether a file of that SHA-256 was shredded out of this compartment.
  Result<bool> was_shredded(CompartmentId compartment, std::string_view file_sha256) const;

  /// Counts what changed users, compartments or named values since it was opened: what was read of
  /// them before is still so while this is the same.
  [[nodiscard]] std::uint64_t n_row_changes() const;

  /// The audit log's rows; not part of any Transaction.
  [[nodiscard]] AuditStore& audit() const;

 private:
  friend class Transaction;
  struct Impl;
  Result<void> destroy_listed_keys();
  explicit Workspace(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// All writes of one import or run: there after commit(), or not at all. Workspace's reads do not
/// see them before. Used by one thread; a failed write may be told by a later call, commit() at the
/// latest.
class Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  /// A new import number (ascending, per installation; never shown).
  Result<std::uint64_t> new_group();
  /// Compresses and seals in parallel behind the caller; written in order. At most about 16 MB
  /// wait.
  /// @error storage.unknown_source (also: not of this compartment), storage.block_exists.
  Result<void> put_block(const BlockPlace& place, std::string bytes);
  Result<void> remove_blocks(BlockKind kind, std::uint64_t group, std::uint32_t part);
  Result<void> put_record_ids(CompartmentId compartment, std::uint64_t group,
                              std::span<const RecordId> ids);
  /// A Merkle root given stays as it is: that of an import whose originals lie elsewhere.
  Result<void> put_import(const ImportRow& row);
  Result<void> put(std::string_view name, std::string_view bytes);
  /// What was worked out from the records of a view: goes when a source of it is shredded.
  Result<void> put_derived(const View& view, std::string_view name, std::string_view bytes);
  /// Durable when it returns. Writes the Merkle roots of the imports put. @error whatever failed
  /// behind put_block; nothing was changed then.
  Result<void> commit();

 private:
  friend class Workspace;
  struct Impl;
  explicit Transaction(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ovillo::storage
