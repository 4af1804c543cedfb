// Reader: bytes in, batches and rejects out.
//
// Reads CSV, TSV, JSON lines, XLSX, Neo4j CSV (node and relation files), FollowTheMoney lines and
// bank statements (camt, MT940, CODA), text documents, PDF, pictures of text, call records, mail,
// chats and captures, plain, gzipped or inside an archive, from a path or standard input. The form
// is recognised by content, not by name. Streaming: memory is bounded by one batch and one row (a
// row over `max_row_bytes` is a reject). Every row becomes exactly one record or one reject; a file
// or member that nothing reads is held, and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ovillo/base/result.hpp"
#include "ovillo/base/time.hpp"
#include "ovillo/intake/profile.hpp"
#include "ovillo/record/batch.hpp"
#include "ovillo/record/provenance.hpp"

namespace ovillo::intake {

/// Which pictures are given to the reader of scans; a page takes about half a second.
enum class PictureReading : std::uint8_t {
  none,   ///< pictures and scanned pages are held
  alone,  ///< those handed over as files of their own, and pages of documents
  all,    ///< those in archives, beside their use as photos, too
};

struct ReadOptions {
  std::size_t batch_rows = 4096;
  std::uint64_t max_row_bytes = 16u << 20;
  std::uint64_t max_member_bytes = 8ull << 30;  ///< decompressed size of one archive member
  std::uint64_t max_ratio = 200;                ///< decompressed to compressed, above 64 MiB
  std::uint32_t max_members = 10000;
  std::uint64_t max_picture_bytes = 64u << 20;  ///< a larger one is hashed, not handed over
  PictureReading read_pictures = PictureReading::alone;
  std::uint64_t max_scanned_pages = 5000;  ///< of one PDF; further ones are held
  /// Of the text on pictures, as tesseract calls them, joined by "+".
  std::string picture_languages = "spa+por+fra+nld+deu+eng";
  /// Folder of the programs that read PDF and pictures; each runs shut in a process of its own.
  std::string programs = "/usr/bin";
};

/// What a read yielded. records + rejects + held = rows, always.
struct ReadCount {
  std::uint64_t rows = 0;
  std::uint64_t records = 0;
  std::uint64_t rejects = 0;
  std::uint64_t held = 0;   ///< files and members kept as exhibits, not read
  std::string file_sha256;  ///< of the file as handed over
  std::uint64_t file_bytes = 0;
};

/// A picture in an archive, beside the tables. It is no row: neither a record nor a reject.
struct PictureFile {
  std::string member;  ///< path in the archive
  std::string sha256;  ///< of the unpacked file
  std::string_view
      bytes;  ///< while the call lasts; empty where there are more than are handed over
  bool too_large = false;
};

/// A file, or a member of an archive or mail, that is kept as an exhibit and was not read.
struct HeldFile {
  std::string file;
  std::string member;       ///< empty: the file as a whole
  std::uint64_t row = 0;    ///< its place among the rows of the member, 1-based
  std::string sha256;       ///< of its bytes; empty where they could not all be had
  std::uint64_t bytes = 0;  ///< those that were seen
  ErrorCode code = ErrorCode::intake_no_reader;
  std::string sentence;  ///< for a person
};

/// Receives what is read, in file order. A returned error stops the read and is passed on.
/// `raw_rows` holds the raw bytes of each row of the batch (decompressed, in the file's encoding,
/// line end excluded; for XLSX the row's own markup, then "\n" and each shared string it points to:
/// the same markup may stand for other text in another workbook): record ids are made from them and
/// the original is kept.
struct ReadSink {
  std::function<Result<void>(RecordBatch&&, const StringColumn& raw_rows)> batch;
  std::function<Result<void>(Reject&&)> reject;
  std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)>
      progress;  ///< may be null
  /// Told the form of each member as recognised ("csv, separator ';', header, UTF-8"); may be null.
  std::function<void(const std::string& member, const std::string& form)> form;
  /// Receives what is held, not read; null: each is a reject, and a file that is wholly unread is
  /// the error intake.unknown_format.
  std::function<Result<void>(HeldFile&&)> held;
  /// Receives the members of an archive that are pictures, by their content or their name (an error
  /// page saved as ".jpg" is no table); null: each is a reject.
  std::function<Result<void>(const PictureFile&)> picture;
};

/// Reads one file.
///
/// @param path     a file, or "-" for standard input.
/// @param profile  which column is what. FollowTheMoney, Neo4j and bank files need none: pass a
/// default.
/// @param zone     assumed where a time states none.
/// Fills of each batch: file_name, member, columns, kind, time, row, byte, length, fields. The ids
/// and source columns are the caller's (flow/import), file_sha256 is known only at the end.
/// A time that cannot be read leaves `time` empty and keeps the row; its cell is there as written.
/// Batches come in file order and rejects come in file order; a reject may come before the batch
/// that holds the rows before it. Names of columns: a second one of the same name gets " (2)", one
/// without a name is "column 3".
/// A damaged archive ends with an error after what could be read was handed over: the caller drops
/// it. A damaged member of a sound archive is one reject.
/// @error intake.unknown_format, intake.bad_archive, intake.archive_bomb, base.cannot_read.
Result<ReadCount> read_file(const std::string& path, const Profile& profile, const Zone& zone,
                            const ReadOptions& options, const ReadSink& sink);

/// Reads bytes that are already in memory, as read_file() reads a file of these bytes.
Result<ReadCount> read_bytes(std::string_view bytes, const std::string& file_name,
                             const Profile& profile, const Zone& zone, const ReadOptions& options,
                             const ReadSink& sink);

}  // namespace ovillo::intake
