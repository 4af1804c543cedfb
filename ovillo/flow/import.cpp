#include "ovillo/flow/import.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include <fmt/format.h>

#include "ovillo/base/bytes.hpp"
#include "ovillo/base/file.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/casework/authority.hpp"
#include "ovillo/casework/privileged_parties.hpp"
#include "ovillo/flow/choose_profile.hpp"
#include "ovillo/flow/each_value_a_column.hpp"
#include "ovillo/flow/record_set.hpp"
#include "ovillo/intake/reader.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

namespace {

constexpr std::uint32_t kMaxMembers = 1'000'000;  // a phone extraction holds every file of a phone
constexpr std::size_t kBlockRows = 512;           // about 64 KiB of adverts once compressed

// How often each raw row was seen in this hand-over: the n of a record id.
class RowCounter {
 public:
  /// Position of this row among its equals, from 0.
  std::uint32_t next(std::uint64_t row_hash) { return count_[row_hash]++; }
  [[nodiscard]] std::string serialise() const {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted(count_.begin(), count_.end());
    std::sort(sorted.begin(), sorted.end());
    ByteWriter out;
    for (const auto& [hash, n] : sorted) {
      out.put(hash);
      out.put(n);
    }
    return out.take();
  }
  void restore(std::string_view bytes) {
    ByteReader in(bytes);
    while (!in.at_end() && in.ok()) {
      const auto hash = in.get<std::uint64_t>();
      count_[hash] = in.get<std::uint32_t>();
    }
  }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> count_;
};

// Writes rejects as they come: file, member, row, byte, column, code, sentence.
class RejectFile {
 public:
  explicit RejectFile(std::filesystem::path path) : path_(std::move(path)) {}
  Result<void> add(const Reject& reject) {
    if (!out_.is_open()) {
      std::error_code ignored;
      std::filesystem::create_directories(path_.parent_path(), ignored);
      out_.open(path_, std::ios::binary | std::ios::trunc);
      out_ << "file,member,row,byte,column,code,sentence\n";
    }
    const auto cell = [](std::string_view text) {
      std::string quoted = "\"";
      for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
      return quoted + "\"";
    };
    out_ << cell(reject.file) << ',' << cell(reject.member) << ',' << reject.row << ','
         << reject.byte << ',' << cell(reject.column) << ',' << reject.code << ','
         << cell(reject.sentence) << '\n';
    if (!out_)
      return Error(ErrorCode::base_cannot_write, {}, Locus{path_.string(), {}, {}, {}, {}});
    return {};
  }
  [[nodiscard]] std::string name() const { return out_.is_open() ? path_.string() : std::string(); }

 private:
  std::filesystem::path path_;
  std::ofstream out_;
};

struct ImportContext {
  const Source& source;
  const Authorisation& authorisation;
  std::string compartment;  // name: ids do not depend on the numbers of this installation
  const IdKey& key;
  RecordSet& held;
  RowCounter& counter;
  storage::Transaction& transaction;
  const casework::PrivilegedParties& privileged;
};

// The one rule for record ids: keyed hash of compartment, source, kind, raw row and n, the row's
// position among its equals in this hand-over.
RecordId record_id(const ImportContext& context, RecordKind kind, std::string_view raw_row,
                   std::uint64_t n) {
  return KeyedHasher(context.key)
      .add("record 1")
      .add(context.compartment)
      .add(context.source.name)
      .add(name_of(kind))
      .add(raw_row)
      .add(n)
      .finish<RecordId::TagType>();
}

// Gives a batch its ids; a transfer's own reference replaces n.
void give_ids(RecordBatch& batch, const StringColumn& raw_rows, ImportContext& context) {
  std::vector<std::uint64_t> n(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const bool has_reference =
        batch.kind[i] == RecordKind::transfer && !batch.value(i, Field::reference).empty();
    n[i] =
        has_reference
            ? 0
            : context.counter.next(hash64(raw_rows[i], static_cast<std::uint64_t>(batch.kind[i])));
  }
  batch.id.resize(batch.size());
  parallel_for(batch.size(), 256, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      batch.id[i] = record_id(context, batch.kind[i], raw_rows[i], n[i]);
  });
}

void append_row(RecordBatch& to, const RecordBatch& from, std::size_t i) {
  to.id.push_back(from.id[i]);
  to.kind.push_back(from.kind[i]);
  to.time.push_back(from.time[i]);
  to.row.push_back(from.row[i]);
  to.byte.push_back(from.byte[i]);
  to.length.push_back(from.length[i]);
  const Range cells = from.fields[i];
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    to.cell_column.push_back(from.cell_column[c]);
    to.cell_value.push_back(from.cell_value[c]);
  }
  to.fields.close_row(to.cell_column.size());
}

RecordBatch empty_like(const RecordBatch& batch) {
  RecordBatch out;
  out.source = batch.source;
  out.compartment = batch.compartment;
  out.authorisation = batch.authorisation;
  out.source_key = batch.source_key;
  out.region = batch.region;
  out.file_name = batch.file_name;
  out.member = batch.member;
  out.columns = batch.columns;
  return out;
}

// Takes the rows of one file: what is new becomes blocks, what is held is a repeat, what lies
// outside the authorisation goes to quarantine.
class FileImport {
 public:
  FileImport(ImportContext& context, std::uint64_t group, bool wants_photos)
      : sealed_(context.privileged), photos_(wants_photos), context_(context), group_(group) {}

  /// Sees the file before take() does, where conversations are to be sealed.
  void note(const RecordBatch& batch) { sealed_.note(batch); }

  Result<void> take(RecordBatch&& batch, const StringColumn& raw_rows) {
    give_each_value_a_column(batch);
    batch.source = context_.source.id;
    batch.compartment = context_.source.compartment;
    batch.authorisation = context_.source.authorisation;
    batch.source_key = context_.source.name;
    batch.region = context_.source.region;
    // What is cited is the file as handed over, not where it lay on the machine that read it.
    batch.file_name = std::filesystem::path(batch.file_name).filename().string();
    give_ids(batch, raw_rows, context_);
    RecordBatch fresh = empty_like(batch);
    RecordBatch outside = empty_like(batch);
    sealed_.note(batch);  // what comes from standard input is seen once
    std::vector<std::optional<casework::Outside>> why(batch.size());
    std::vector<bool> in_scope(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      why[i] = outside_reason(batch, i);
      in_scope[i] = !why[i];
    }
    photos_.note(batch, in_scope);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (!context_.held.insert(batch.id[i])) {
        ++row_.repeats;
        continue;
      }
      append_row(in_scope[i] ? fresh : outside, batch, i);
      if (why[i]) ++outside_[{*why[i], batch.kind[i]}];
    }
    row_.records += fresh.size() + outside.size();
    row_.quarantined += outside.size();
    OVILLO_CHECK(put(storage::BlockKind::record, fresh));
    return put(storage::BlockKind::quarantine, outside);
  }

  void take_photo(const intake::PictureFile& picture) { photos_.take(picture); }

  /// Keeps what records see of the pictures, once the whole file was read.
  Result<void> finish_photos() {
    const std::vector<PhotoSight> sights = photos_.finish();
    if (sights.empty()) return {};
    storage::BlockPlace place = place_of(storage::BlockKind::photo);
    place.n_rows = static_cast<std::uint32_t>(sights.size());
    return context_.transaction.put_block(place, storage::encode(sights));
  }
  [[nodiscard]] const PhotoIntake& photos() const { return photos_; }

  /// Why records went to quarantine, and how many for each reason and kind.
  [[nodiscard]] std::vector<OutsideCount> outside() const {
    std::vector<OutsideCount> out;
    out.reserve(outside_.size());
    for (const auto& [what, n] : outside_) out.push_back({what.first, what.second, n});
    return out;
  }

  Result<void> keep_original(std::string_view bytes) {
    storage::BlockPlace place = place_of(storage::BlockKind::original);
    place.part = n_original_parts_++;
    return context_.transaction.put_block(place, std::string(bytes));
  }

  /// What is counted of the file.
  storage::ImportRow& row() { return row_; }

 private:
  [[nodiscard]] std::optional<casework::Outside> outside_reason(const RecordBatch& batch,
                                                                std::size_t i) const {
    if (sealed_.is_sealed(batch, i)) return casework::Outside::privileged;
    return casework::outside_reason(context_.authorisation, batch.kind[i], batch.time[i]);
  }

  [[nodiscard]] storage::BlockPlace place_of(storage::BlockKind kind) const {
    storage::BlockPlace place;
    place.kind = kind;
    place.compartment = context_.source.compartment;
    place.source = context_.source.id;
    place.group = group_;
    return place;
  }

  Result<void> put(storage::BlockKind kind, const RecordBatch& batch) {
    if (batch.size() == 0) return {};
    storage::BlockPlace place = place_of(kind);
    place.part = n_parts_++;
    place.n_rows = static_cast<std::uint32_t>(batch.size());
    OVILLO_CHECK(context_.transaction.put_record_ids(place.compartment, group_, batch.id));
    return context_.transaction.put_block(place, storage::encode(batch));
  }

  storage::ImportRow row_;
  casework::SealedConversations sealed_;
  PhotoIntake photos_;
  ImportContext& context_;
  std::uint64_t group_;
  std::uint32_t n_parts_ = 0;
  std::uint32_t n_original_parts_ = 0;
  std::map<std::pair<casework::Outside, RecordKind>, std::uint64_t> outside_;
};

// The file as handed over, beside what was read from it.
Result<void> keep_original(FileImport& import, const std::string& path) {
  constexpr std::size_t kPart = 256u << 10;
  if (path == "-") return {};
  std::ifstream in(path, std::ios::binary);
  std::string part(kPart, '\0');
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto n = static_cast<std::size_t>(in.gcount());
    if (n > 0) OVILLO_CHECK(import.keep_original(std::string_view(part).substr(0, n)));
  }
  return {};
}

Result<std::string> sha256_of_file(const std::string& path) {
  constexpr std::size_t kPart = 256u << 10;
  std::ifstream in(path, std::ios::binary);
  Sha256 hash;
  std::string part(kPart, '\0');
  while (in) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    hash.update(std::string_view(part).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  if (!in.eof()) return Error(ErrorCode::base_cannot_read, {}, Locus{path, {}, {}, {}, {}});
  return hash.hex();
}

// A first reading of the file, for whose its conversations are: what is said before a lawyer first
// answers is as secret as the answer. Pictures and PDF are no conversations; no program is started.
Result<void> note_conversations(FileImport& import, const std::string& path,
                                const intake::Profile& profile, const Zone& zone,
                                intake::ReadOptions options) {
  if (path == "-") return {};
  options.read_pictures = intake::PictureReading::none;
  options.programs.clear();
  intake::ReadSink sink;
  sink.batch = [&](RecordBatch&& batch, const StringColumn&) -> Result<void> {
    import.note(batch);
    return {};
  };
  sink.reject = [](Reject&&) -> Result<void> { return {}; };
  sink.held = [](intake::HeldFile&&) -> Result<void> { return {}; };
  sink.picture = [](const intake::PictureFile&) -> Result<void> { return {}; };
  OVILLO_CHECK(intake::read_file(path, profile, zone, options, sink));
  return {};
}

// What came in before in this hand-over: in this call, and in earlier ones that gave it its name.
std::vector<storage::ImportRow> parts_so_far(const std::vector<storage::ImportRow>& earlier,
                                             const Source& source, const std::string& handover) {
  std::vector<storage::ImportRow> out;
  if (handover.empty()) return out;
  std::copy_if(earlier.begin(), earlier.end(), std::back_inserter(out),
               [&](const storage::ImportRow& old) {
                 return old.source == source.id && old.handover == handover;
               });
  return out;
}

// The file as it came before in this hand-over: its rows are all held, although their n would go
// on counting. Empty: it did not, or it comes from standard input and cannot be told.
Result<std::optional<storage::ImportRow>> came_before(const std::vector<storage::ImportRow>& parts,
                                                      const std::string& path) {
  if (parts.empty() || path == "-") return std::optional<storage::ImportRow>();
  OVILLO_TRY(const auto sha256, sha256_of_file(path));
  for (const storage::ImportRow& part : parts)
    if (part.file_sha256 == sha256) return std::optional(part);
  return std::optional<storage::ImportRow>();
}

storage::ImportRow only_repeats(storage::ImportRow row, const std::string& path) {
  row.file_name = std::filesystem::path(path).filename().string();
  row.repeats = row.rows - row.rejects - row.held;
  row.records = row.quarantined = 0;
  return row;
}

// Where the rejects go when nobody says. The number counts this source's imports only, and the
// hash keeps sources of one name in two compartments apart: neither tells of what the user may not
// see.
std::filesystem::path rejects_path(const storage::Workspace& workspace, const Source& source,
                                   const std::string& compartment,
                                   const std::vector<storage::ImportRow>& earlier) {
  const auto n = std::count_if(earlier.begin(), earlier.end(), [&](const storage::ImportRow& old) {
    return old.source == source.id;
  });
  struct RejectFileTag {};
  const auto handle = KeyedHasher(workspace.id_key())
                          .add("rejects 1")
                          .add(compartment)
                          .add(source.name)
                          .finish<RejectFileTag>();
  return workspace.folder() / "rejects" /
         fmt::format("{}-{}.csv", handle.hex().substr(0, 12), n + 1);
}

// FollowTheMoney and Neo4j files say what their columns are; no profile names them.
bool may_name_photos(const intake::Profile& profile) {
  return profile.columns.empty() ||
         std::any_of(profile.columns.begin(), profile.columns.end(),
                     [](const auto& column) { return column.second == Field::photo; });
}

// The line of a held file among the rejects: a person looks for both in one place.
Reject line_of(const intake::HeldFile& held) {
  Reject line;
  line.file = held.file;
  line.member = held.member;
  line.row = held.row;
  line.code = info(held.code).name;
  line.sentence = held.sentence;
  return line;
}

// A picture that is held, not read, has a line among the rejects, though it is no row.
Result<void> report_held_photos(const PhotoIntake& photos, const std::string& path,
                                RejectFile& rejects, ImportReport& report) {
  for (const HeldPhoto& held : photos.held()) {
    Reject line;
    line.file = path;
    line.member = held.member;
    line.code = held.reason.name();
    line.sentence = held.reason.message();
    OVILLO_CHECK(rejects.add(line));
    if (report.held_photos.size() < ImportReport::kMaxRejectsHeld)
      report.held_photos.push_back(held);
  }
  return {};
}

// Where the count of a named hand-over's equal rows is kept; keyed, and of one compartment alone.
std::string counter_name(const storage::Workspace& workspace, const std::string& compartment,
                         const Source& source, const std::string& handover) {
  struct HandoverTag {};
  const auto handle = KeyedHasher(workspace.id_key())
                          .add("handover 1")
                          .add(compartment)
                          .add(source.name)
                          .add(handover)
                          .finish<HandoverTag>();
  return "handover/" + handle.hex();
}

Result<std::string> compartment_name(const storage::Workspace& workspace, CompartmentId id) {
  OVILLO_TRY(const auto compartments, workspace.compartments());
  for (const storage::Compartment& compartment : compartments)
    if (compartment.id == id) return compartment.name;
  return Error(ErrorCode::base_internal);
}

// @param compartment  by name; empty: any.
Result<std::pair<Source, Authorisation>> held_source(const storage::Workspace& workspace, View view,
                                                     const std::string& name,
                                                     const std::string& compartment,
                                                     std::int64_t now_utc_s) {
  view.privileged = true;  // what is privileged may be brought in; it is sealed at once
  OVILLO_TRY(const auto sources, workspace.sources());
  std::vector<const Source*> meant;
  std::string among;
  for (const Source& one : sources) {
    if (one.name != name || !view.admits(one)) continue;
    OVILLO_TRY(const auto its_compartment, compartment_name(workspace, one.compartment));
    if (!compartment.empty() && compartment != its_compartment) continue;
    meant.push_back(&one);
    among += (among.empty() ? "" : ", ") + its_compartment;
  }
  if (meant.empty()) return Error(ErrorCode::flow_no_such_source, name);
  if (meant.size() > 1)
    return Error(ErrorCode::base_bad_argument, "sources of the name " + name + " stand in " +
                                                   among + ": --compartment says which is meant");
  const Source* const source = meant.front();
  OVILLO_TRY(const auto authorisations, workspace.authorisations());
  for (const Authorisation& authorisation : authorisations)
    if (authorisation.id == source->authorisation && casework::is_valid(authorisation, now_utc_s))
      return std::pair(*source, authorisation);
  return Error(ErrorCode::flow_no_authorisation, name);
}

}  // namespace

Result<ImportReport> import(storage::Workspace& workspace, const View& view,
                            const ImportOrder& order) {
  OVILLO_TRY(const auto held,
             held_source(workspace, view, order.source, order.compartment, order.now_utc_s));
  const auto& [source, authorisation] = held;
  OVILLO_TRY(const auto zone, Zone::open(source.zone));
  OVILLO_TRY(const auto compartment, compartment_name(workspace, source.compartment));
  OVILLO_TRY(const auto ids, workspace.record_ids(source.compartment));
  RecordSet held_ids(ids);
  RowCounter counter;
  if (!order.handover.empty()) {
    OVILLO_TRY(const auto state,
               workspace.get(counter_name(workspace, compartment, source, order.handover)));
    if (state) counter.restore(*state);
  }
  OVILLO_TRY(const auto earlier, workspace.imports());
  OVILLO_TRY(const auto privileged,
             casework::PrivilegedParties::open(order.data, workspace.folder()));
  OVILLO_TRY(auto transaction, workspace.begin());
  ImportContext context{source,   authorisation, compartment, workspace.id_key(),
                        held_ids, counter,       transaction, privileged};
  ImportReport report;
  RejectFile rejects(order.rejects_file.empty()
                         ? rejects_path(workspace, source, compartment, earlier)
                         : std::filesystem::path(order.rejects_file));
  std::vector<storage::ImportRow> parts = parts_so_far(earlier, source, order.handover);
  for (const std::string& path : order.files) {
    OVILLO_TRY(const auto before, came_before(parts, path));
    if (before) {
      report.files.push_back({only_repeats(*before, path), {}, {}, {}, {}});
      continue;
    }
    OVILLO_TRY(const auto chosen, choose_profile(order, path));
    const intake::Profile& profile = chosen.profile;
    OVILLO_TRY(const auto group, transaction.new_group());
    FileImport file(context, group, may_name_photos(profile));
    intake::ReadSink sink;
    sink.batch = [&](RecordBatch&& batch, const StringColumn& raw) {
      return file.take(std::move(batch), raw);
    };
    sink.reject = [&](Reject&& reject) -> Result<void> {
      OVILLO_CHECK(rejects.add(reject));
      if (report.rejects.size() < ImportReport::kMaxRejectsHeld)
        report.rejects.push_back(std::move(reject));
      return {};
    };
    sink.held = [&](intake::HeldFile&& unread) -> Result<void> {
      OVILLO_CHECK(rejects.add(line_of(unread)));
      if (report.held.size() < ImportReport::kMaxRejectsHeld)
        report.held.push_back(std::move(unread));
      return {};
    };
    sink.picture = [&](const intake::PictureFile& picture) -> Result<void> {
      file.take_photo(picture);
      return {};
    };
    sink.progress = order.progress;
    intake::ReadOptions options;
    options.batch_rows = kBlockRows;
    options.max_members = kMaxMembers;
    if (!privileged.empty()) OVILLO_CHECK(note_conversations(file, path, profile, zone, options));
    OVILLO_TRY(const auto count, intake::read_file(path, profile, zone, options, sink));
    OVILLO_TRY(const bool shredded, workspace.was_shredded(source.compartment, count.file_sha256));
    if (shredded) return Error(ErrorCode::flow_shredded_file, path);
    OVILLO_CHECK(keep_original(file, path));
    OVILLO_CHECK(file.finish_photos());
    OVILLO_CHECK(report_held_photos(file.photos(), path, rejects, report));
    storage::ImportRow& row = file.row();
    row.group = group;
    row.source = source.id;
    row.compartment = source.compartment;
    row.handover = order.handover;
    row.file_name = path == "-" ? path : std::filesystem::path(path).filename().string();
    row.file_sha256 = count.file_sha256;
    row.file_bytes = count.file_bytes;
    row.rows = count.rows;
    row.rejects = count.rejects;
    row.held = count.held;
    row.at_utc_s = order.now_utc_s;
    OVILLO_CHECK(transaction.put_import(row));
    report.files.push_back({row, profile.name,
                            chosen.proposed ? std::optional(profile.kind) : std::nullopt,
                            file.photos().count(), file.outside()});
    parts.push_back(row);
  }
  report.rejects_file = rejects.name();
  if (!order.handover.empty())
    OVILLO_CHECK(transaction.put(counter_name(workspace, compartment, source, order.handover),
                                 counter.serialise()));
  OVILLO_CHECK(transaction.commit());
  return report;
}

Result<RecordId> add_by_hand(storage::Workspace& workspace, const View& view,
                             const HandEntry& entry) {
  OVILLO_TRY(const auto held,
             held_source(workspace, view, entry.source, entry.compartment, entry.now_utc_s));
  const auto& [source, authorisation] = held;
  if (entry.exhibit_path.empty() && entry.statement_type != StatementType::assessment)
    return Error(ErrorCode::flow_exhibit_required);
  std::string exhibit;
  if (!entry.exhibit_path.empty()) {
    OVILLO_TRY(exhibit, read_file(entry.exhibit_path));
  }
  OVILLO_TRY(const auto zone, Zone::open(source.zone));
  OVILLO_TRY(const auto compartment, compartment_name(workspace, source.compartment));
  OVILLO_TRY(const auto ids, workspace.record_ids(source.compartment));
  RecordSet held_ids(ids);
  RowCounter counter;
  OVILLO_TRY(const auto privileged,
             casework::PrivilegedParties::open(data_folder(), workspace.folder()));
  OVILLO_TRY(auto transaction, workspace.begin());
  ImportContext context{source,   authorisation, compartment, workspace.id_key(),
                        held_ids, counter,       transaction, privileged};

  RecordBatch batch;
  StringColumn raw;
  batch.file_name = entry.exhibit_path.empty()
                        ? "entered by hand"
                        : std::filesystem::path(entry.exhibit_path).filename().string();
  const Grade grade = entry.grade.value_or(source.grade);
  std::string row =
      std::string(name_of(entry.statement_type)) + ' ' + grade.source + grade.information;
  const auto add = [&](std::string column, Field field, std::string_view value) {
    batch.cell_column.push_back(static_cast<std::uint16_t>(batch.columns.size()));
    batch.columns.push_back({std::move(column), field});
    batch.cell_value.push_back(value);
    row += fmt::format("\n{}={}", batch.columns.back().name, value);
  };
  batch.time.emplace_back();
  for (const auto& [field, value] : entry.fields) {
    add(std::string(name_of(field)), field, value);
    if (field != Field::time) continue;
    batch.time[0] = parse_time(value, zone, DateOrder::day_first);
    if (!batch.time[0])
      return Error(ErrorCode::base_bad_argument,
                   "\"" + value + "\" is not a time: write 2026-11-22 or 2026-11-22T21:40");
  }
  for (const auto& [name, words] : entry.remarks) add(name, Field::other, words);
  add("statement_type", Field::other, name_of(entry.statement_type));
  add("grade", Field::other, std::string{grade.source, grade.information});
  batch.fields.close_row(batch.cell_column.size());
  batch.kind.push_back(entry.kind);
  batch.row.push_back(1);
  batch.byte.push_back(0);
  batch.length.push_back(row.size());
  raw.push_back(row);
  // What a person decides is no material that the authorisation would have to cover.
  const bool is_material = entry.kind != RecordKind::judgement;
  if (const auto reason = casework::outside_reason(authorisation, entry.kind, batch.time[0]);
      is_material && reason)
    return Error(ErrorCode::flow_no_authorisation, std::string(casework::sentence(*reason)));
  if (privileged.is_side(batch, 0))
    return Error(ErrorCode::flow_no_authorisation,
                 std::string(casework::sentence(casework::Outside::privileged)));

  OVILLO_TRY(const auto group, transaction.new_group());
  FileImport file(context, group, false);
  OVILLO_CHECK(file.take(std::move(batch), raw));
  OVILLO_CHECK(file.keep_original(exhibit.empty() ? row : exhibit));
  storage::ImportRow& done = file.row();
  done.group = group;
  done.source = source.id;
  done.compartment = source.compartment;
  done.file_name = entry.exhibit_path.empty()
                       ? "entered by hand"
                       : std::filesystem::path(entry.exhibit_path).filename().string();
  done.file_sha256 = sha256_hex(exhibit.empty() ? row : exhibit);
  done.file_bytes = exhibit.empty() ? row.size() : exhibit.size();
  done.rows = 1;
  done.at_utc_s = entry.now_utc_s;
  OVILLO_CHECK(transaction.put_import(done));
  OVILLO_CHECK(transaction.commit());
  // The id is that of the first record with this content: entering the same fact twice adds
  // nothing.
  return record_id(context, entry.kind, raw[0], 0);
}

}  // namespace ovillo::flow
