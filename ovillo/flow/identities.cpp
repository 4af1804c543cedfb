#include "ovillo/flow/identities.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "ovillo/base/time.hpp"
#include "ovillo/flow/judgements.hpp"

namespace ovillo::flow {

namespace {

using resolve::Part;

/// A person or company of the view: all records of one reference.
struct Subject {
  EntityKind kind = EntityKind::person;
  std::string_view reference;
  std::vector<std::uint32_t> records;
};

std::optional<EntityKind> comparable_kind(RecordKind kind) {
  if (kind == RecordKind::person) return EntityKind::person;
  if (kind == RecordKind::company) return EntityKind::company;
  return std::nullopt;
}

std::optional<Part> part_of(Field field) {
  switch (field) {
    case Field::name:
      return Part::name;
    case Field::birth_date:
      return Part::birth_date;
    case Field::address:
      return Part::address;
    case Field::place:
      return Part::place;
    case Field::country:
      return Part::region;
    default:
      return std::nullopt;
  }
}

std::optional<Part> part_of(FindKind kind) {
  switch (kind) {
    case FindKind::phone:
      return Part::phone;
    case FindKind::email:
      return Part::email;
    case FindKind::document_number:
      return Part::document;
    case FindKind::iban:
    case FindKind::account:
    case FindKind::card:
    case FindKind::wallet:
      return Part::account;
    case FindKind::plate:
      return Part::plate;
    case FindKind::handle:
      return Part::alias;
    default:
      return std::nullopt;
  }
}

/// Subjects ascending by reference.
std::vector<Subject> subjects_of(const Corpus& corpus) {
  std::map<std::string_view, Subject> by_reference;
  for (Corpus::Index i = 0; i < corpus.size(); ++i) {
    const auto kind = comparable_kind(corpus.kind(i));
    if (!kind) continue;
    const FindBatch& finds = corpus.block(i).finds;
    const Range range = corpus.finds(i);
    for (std::size_t f = range.begin; f < range.end; ++f) {
      if (finds.kind[f] != FindKind::local_ref || finds.role[f] != Role::subject) continue;
      Subject& one = by_reference[finds.canonical[f]];
      one.kind = one.records.empty() ? *kind : std::min(one.kind, *kind);
      one.reference = finds.canonical[f];
      one.records.push_back(i);
      break;
    }
  }
  std::vector<Subject> out;
  for (auto& [reference, one] : by_reference) out.push_back(std::move(one));
  return out;
}

/// What the records of a subject state, each value once.
using Values = std::array<std::vector<std::string>, resolve::kParts>;

bool holds_one_value(Part part) {
  return part == Part::name || part == Part::given_name || part == Part::surname ||
         part == Part::address || part == Part::birth_date;
}

/// Per column of a batch, which part of a name it holds: "first_name" is not a whole name.
std::vector<std::optional<Part>> parts_of_columns(const RecordBatch& batch,
                                                  const PartHeaders& headers) {
  std::vector<std::optional<Part>> out;
  std::vector<std::string> of_names;
  for (const ColumnInfo& column : batch.columns) {
    out.push_back(part_of(column.field));
    if (column.field == Field::name) of_names.push_back(column.name);
  }
  const auto meant = headers.match(of_names);
  std::size_t next = 0;
  for (std::size_t c = 0; c < out.size(); ++c) {
    if (batch.columns[c].field != Field::name) continue;
    const auto& meaning = meant[next++];
    if (!meaning || meaning->use != ColumnUse::part) continue;
    for (const Part part : {Part::given_name, Part::surname, Part::other_names, Part::alias})
      if (meaning->part == part) out[c] = part;
  }
  return out;
}

// "Ana Inventada", of one column or of several.
std::string name_in(const Corpus& corpus, std::uint32_t record) {
  const RecordBatch& batch = corpus.batch(record);
  const Range cells = batch.fields[corpus.row(record)];
  std::string name;
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (batch.columns[batch.cell_column[c]].field == Field::name && !batch.cell_value[c].empty())
      name += fmt::format("{}{}", name.empty() ? "" : " ", batch.cell_value[c]);
  return name;
}

std::vector<StatedValue> stated_in(const Corpus& corpus, std::uint32_t record) {
  const RecordBatch& batch = corpus.batch(record);
  const Range cells = batch.fields[corpus.row(record)];
  std::vector<StatedValue> out;
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    const ColumnInfo& column = batch.columns[batch.cell_column[c]];
    if (column.field != Field::other && column.field != Field::local_id &&
        !batch.cell_value[c].empty())
      out.push_back({column.name, std::string(batch.cell_value[c])});
  }
  return out;
}

void add_values(const Corpus& corpus, std::uint32_t record, const PartHeaders& headers,
                Values& out) {
  Values own;
  const auto add = [](Values& to, Part part, std::string_view value) {
    auto& list = to[resolve::index_of(part)];
    if (value.empty() || std::find(list.begin(), list.end(), value) != list.end()) return;
    if (holds_one_value(part) && !list.empty())
      list[0].append(" ").append(value);
    else
      list.emplace_back(value);
  };
  const RecordBatch& batch = corpus.batch(record);
  const auto parts = parts_of_columns(batch, headers);
  const Range cells = batch.fields[corpus.row(record)];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    if (const auto part = parts[batch.cell_column[c]]) add(own, *part, batch.cell_value[c]);
  const FindBatch& finds = corpus.block(record).finds;
  const Range range = corpus.finds(record);
  for (std::size_t f = range.begin; f < range.end; ++f)
    if (const auto part = part_of(finds.kind[f]); part && finds.role[f] == Role::subject)
      add(own, *part, finds.canonical[f]);
  for (std::size_t p = 0; p < resolve::kParts; ++p) {
    if (holds_one_value(static_cast<Part>(p)) && !out[p].empty()) continue;
    for (const std::string& value : own[p]) add(out, static_cast<Part>(p), value);
  }
}

/// A table of the subjects of one kind; further values of a part stand in columns of their own.
resolve::PartTable table_of(const Corpus& corpus, const PartHeaders& headers,
                            std::span<const Subject> subjects) {
  constexpr std::size_t kMostValues = 8;
  std::vector<Values> rows;
  std::array<std::size_t, resolve::kParts> width{};
  for (const Subject& one : subjects) {
    rows.emplace_back();
    for (const std::uint32_t record : one.records) add_values(corpus, record, headers, rows.back());
    for (std::size_t p = 0; p < resolve::kParts; ++p)
      width[p] = std::max(width[p], std::min(rows.back()[p].size(), kMostValues));
  }
  resolve::PartTable out;
  for (std::size_t p = 0; p < resolve::kParts; ++p)
    for (std::size_t v = 0; v < width[p]; ++v) {
      out.columns.push_back({static_cast<Part>(p), {}});
      for (const Values& row : rows)
        out.columns.back().value.push_back(v < row[p].size() ? std::string_view(row[p][v])
                                                             : std::string_view());
    }
  return out;
}

/// Everything that a question about identities rests on.
class Identities {
 public:
  static Result<Identities> open(CaseFile& file) {
    OVILLO_TRY(const auto* corpus, file.corpus());
    OVILLO_TRY(auto waiting, file.waiting_by_hand());
    return Identities(file, *corpus, std::move(waiting));
  }

  Result<std::vector<IdentityPair>> all() {
    std::vector<IdentityPair> out;
    std::set<std::pair<std::size_t, std::size_t>> seen;
    for (const EntityKind kind : {EntityKind::person, EntityKind::company}) {
      OVILLO_TRY(const auto* held, of_kind(kind));
      for (std::size_t p = 0; p < held->matches.size(); ++p)
        seen.emplace(held->rows[held->matches.a[p]], held->rows[held->matches.b[p]]);
    }
    for (const StandingJudgement& one : judgements_) {
      const auto a = index_of(one.a);
      const auto b = index_of(one.b);
      if (a && b && subjects_[*a].kind == subjects_[*b].kind) seen.emplace(*a, *b);
    }
    for (const auto& [a, b] : seen) {
      OVILLO_TRY(auto pair, pair_of(a, b));
      out.push_back(std::move(pair));
    }
    std::stable_sort(out.begin(), out.end(), [](const IdentityPair& x, const IdentityPair& y) {
      return std::tuple(x.judgement.has_value(), -x.report.quarter_bits) <
             std::tuple(y.judgement.has_value(), -y.report.quarter_bits);
    });
    return out;
  }

  /// A subject by its reference, or by its local id where one source alone has it.
  Result<std::size_t> find(std::string_view written) const {
    std::vector<std::size_t> found;
    for (std::size_t s = 0; s < subjects_.size(); ++s) {
      const std::string_view reference = subjects_[s].reference;
      if (reference == written) return s;
      if (reference.ends_with(written) && reference.size() > written.size() &&
          reference[reference.size() - written.size() - 1] == '#')
        found.push_back(s);
    }
    if (found.size() == 1) return found.front();
    return Error(ErrorCode::flow_no_such_thing,
                 found.empty() ? std::string(written)
                               : std::string(written) + ": several sources have it, write " +
                                     std::string(subjects_[found.front()].reference));
  }

  Result<IdentityPair> pair_of(std::size_t a, std::size_t b) {
    if (subjects_[b].reference < subjects_[a].reference) std::swap(a, b);
    if (a == b || subjects_[a].kind != subjects_[b].kind)
      return Error(ErrorCode::flow_not_comparable);
    IdentityPair out;
    OVILLO_TRY(out.a, end_of(a));
    OVILLO_TRY(out.b, end_of(b));
    OVILLO_TRY(out.report, report_of(a, b));
    for (std::size_t j = 0; j < judgements_.size(); ++j)
      if (judgements_[j].a == subjects_[a].reference &&
          judgements_[j].b == subjects_[b].reference) {
        out.judgement = judgement_of(j);
      }
    return out;
  }

  [[nodiscard]] const Subject& subject(std::size_t s) const { return subjects_[s]; }
  [[nodiscard]] const Corpus& corpus() const { return corpus_; }
  [[nodiscard]] const Corpus& waiting() const { return *waiting_; }

 private:
  Identities(CaseFile& file, const Corpus& corpus, Corpus waiting)
      : file_(file),
        corpus_(corpus),
        waiting_(std::make_unique<const Corpus>(std::move(waiting))),
        subjects_(subjects_of(corpus)),
        judgements_(standing_judgements(corpus, *waiting_)) {
    std::vector<JudgedThings> things;
    for (const StandingJudgement& one : judgements_)
      things.push_back({index_of(one.a).value_or(kNoThing), index_of(one.b).value_or(kNoThing)});
    contradicted_ = follow(judgements_, things).contradicted;
  }

  /// The subjects of one kind, compared; worked out once.
  struct OfKind {
    std::vector<std::uint32_t> rows;  ///< subjects, ascending
    resolve::PartTable table;
    resolve::Matches matches;
  };
  Result<const OfKind*> of_kind(EntityKind kind) {
    const auto [at, is_new] = kinds_.try_emplace(kind);
    OfKind& out = at->second;
    if (!is_new) return &out;
    std::vector<Subject> subjects;
    for (std::uint32_t s = 0; s < subjects_.size(); ++s) {
      if (subjects_[s].kind != kind) continue;
      out.rows.push_back(s);
      subjects.push_back(subjects_[s]);
    }
    out.table = table_of(corpus_, file_.vocabulary().part_headers, subjects);
    if (out.table.columns.empty()) return &out;
    OVILLO_TRY(out.matches, resolve::match_rows({&out.table, 1}));
    return &out;
  }

  [[nodiscard]] std::optional<std::uint32_t> index_of(std::string_view reference) const {
    const auto at = std::lower_bound(
        subjects_.begin(), subjects_.end(), reference,
        [](const Subject& one, std::string_view wanted) { return one.reference < wanted; });
    if (at == subjects_.end() || at->reference != reference) return std::nullopt;
    return static_cast<std::uint32_t>(at - subjects_.begin());
  }
  Result<IdentityEnd> end_of(std::size_t s) {
    const Subject& one = subjects_[s];
    IdentityEnd out;
    out.kind = one.kind;
    out.reference = one.reference;
    for (const std::uint32_t record : one.records)
      if (out.name.empty()) out.name = name_in(corpus_, record);
    out.stated = stated_in(corpus_, one.records.front());
    OVILLO_TRY(out.citation, file_.cite(one.records.front()));
    return out;
  }

  Result<resolve::PairReport> report_of(std::size_t a, std::size_t b) {
    OVILLO_TRY(const auto* held, of_kind(subjects_[a].kind));
    const auto row = [&](std::size_t s) {
      return static_cast<std::uint32_t>(std::lower_bound(held->rows.begin(), held->rows.end(), s) -
                                        held->rows.begin());
    };
    const resolve::Matches& matches = held->matches;
    for (auto at = std::lower_bound(matches.a.begin(), matches.a.end(), row(a));
         at != matches.a.end() && *at == row(a); ++at) {
      const auto p = static_cast<std::size_t>(at - matches.a.begin());
      if (matches.b[p] != row(b)) continue;
      const Range reasons = matches.reasons[p];
      return resolve::PairReport{
          resolve::PairOutcome::stands,
          {matches.reason.begin() + static_cast<std::ptrdiff_t>(reasons.begin),
           matches.reason.begin() + static_cast<std::ptrdiff_t>(reasons.end)},
          matches.quarter_bits[p],
          matches.needed_quarter_bits,
          matches.relatives_quarter_bits[p]};
    }
    if (held->table.columns.empty()) return resolve::PairReport{};
    return resolve::explain_pair({&held->table, 1}, row(a), row(b), {.model = &matches.model});
  }

  [[nodiscard]] IdentityJudgement judgement_of(std::size_t j) const {
    const Corpus& corpus = *judgements_[j].corpus;
    const std::uint32_t record = judgements_[j].record;
    IdentityJudgement out;
    out.verdict = judgements_[j].verdict;
    out.waits = &corpus == waiting_.get();
    const RecordBatch& batch = corpus.batch(record);
    const Range cells = batch.fields[corpus.row(record)];
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      const std::string& column = batch.columns[batch.cell_column[c]].name;
      if (column == kJudgedBy) out.by = batch.cell_value[c];
      if (column == kJudgedBecause) out.reason = batch.cell_value[c];
    }
    out.citation = CaseFile::cite_of(corpus, record);
    out.at = out.citation.time;
    out.contradicted =
        std::find(contradicted_.begin(), contradicted_.end(), j) != contradicted_.end();
    return out;
  }

  CaseFile& file_;
  const Corpus& corpus_;
  std::unique_ptr<const Corpus> waiting_;  ///< judgements point into it
  std::vector<Subject> subjects_;          ///< ascending by reference
  std::vector<StandingJudgement> judgements_;
  std::vector<std::size_t> contradicted_;  ///< positions in judgements_
  std::map<EntityKind, OfKind> kinds_;
};

}  // namespace

Result<std::vector<IdentityPair>> identities(CaseFile& file) {
  OVILLO_TRY(auto all, Identities::open(file));
  return all.all();
}

Result<IdentityPair> identity_of(CaseFile& file, std::string_view a, std::string_view b) {
  OVILLO_TRY(auto all, Identities::open(file));
  OVILLO_TRY(const std::size_t x, all.find(a));
  OVILLO_TRY(const std::size_t y, all.find(b));
  return all.pair_of(x, y);
}

Result<HandEntry> judgement_entry(CaseFile& file, const JudgementOrder& order,
                                  std::int64_t now_utc_s) {
  if (order.by.empty() || order.reason.empty())
    return Error(ErrorCode::base_bad_argument, "a judgement names who judges and why");
  OVILLO_TRY(auto all, Identities::open(file));
  OVILLO_TRY(const std::size_t x, all.find(order.a));
  OVILLO_TRY(const std::size_t y, all.find(order.b));
  OVILLO_TRY(const auto pair, all.pair_of(x, y));
  const Corpus& corpus = all.corpus();
  const std::uint64_t n_before = n_judgements(corpus, pair.a.reference, pair.b.reference) +
                                 n_judgements(all.waiting(), pair.a.reference, pair.b.reference);
  const storage::BlockPlace& of_a = corpus.block(all.subject(x).records.front()).place;
  const storage::BlockPlace& of_b = corpus.block(all.subject(y).records.front()).place;
  if (of_a.compartment != of_b.compartment) return Error(ErrorCode::flow_two_compartments);
  HandEntry entry;
  OVILLO_TRY(const auto sources, file.workspace().sources());
  for (const Source& source : sources)
    if (source.id == of_a.source) entry.source = source.name;
  OVILLO_TRY(const auto compartments, file.workspace().compartments());
  for (const storage::Compartment& one : compartments)
    if (one.id == of_a.compartment) entry.compartment = one.name;
  entry.kind = RecordKind::judgement;
  entry.statement_type = StatementType::assessment;
  entry.fields = {{Field::from_ref, pair.a.reference},
                  {Field::to_ref, pair.b.reference},
                  {Field::predicate, std::string(name_of(order.verdict))},
                  {Field::time, format_utc(now_utc_s)},
                  {Field::reference, std::to_string(n_before)}};
  entry.remarks = {{std::string(kJudgedBy), order.by}, {std::string(kJudgedBecause), order.reason}};
  entry.now_utc_s = now_utc_s;
  return entry;
}

}  // namespace ovillo::flow
