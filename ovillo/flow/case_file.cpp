#include "ovillo/flow/case_file.hpp"

#include <algorithm>

#include "ovillo/extract/extractor.hpp"
#include "ovillo/resolve/identifier.hpp"

namespace ovillo::flow {

namespace {
constexpr std::uint32_t kNone = ~std::uint32_t{0};

std::string_view raw_words(std::string_view value, Span span) {
  if (span.begin >= span.end || span.end > value.size()) return {};
  return value.substr(span.begin, span.end - span.begin);
}

// From 0; of the place in a text.
std::size_t line_number(std::string_view text, std::uint32_t at) {
  return static_cast<std::size_t>(std::ranges::count(text.substr(0, at), '\n'));
}

// Empty: there is no such line.
std::string_view line_of(std::string_view lines, std::size_t number) {
  for (; number > 0; --number) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return {};
    lines.remove_prefix(end + 1);
  }
  return lines.substr(0, lines.find('\n'));
}

// Records come in by blocks: one that came after the answer waits for the next run.
void keep_those_answered(std::vector<Block>& blocks, const Answer& answer) {
  std::erase_if(blocks, [&](const Block& block) {
    return block.records.size() == 0 ||
           !std::binary_search(answer.records.begin(), answer.records.end(),
                               block.records.id.front());
  });
}

// Whether the answer's positions mean these records, all of them read by the rules of today.
bool is_answered_by(const Answer& answer, const Corpus& corpus) {
  if (corpus.size() != answer.records.size()) return false;
  for (Corpus::Index i = 0; i < corpus.size(); ++i)
    if (corpus.id(i) != answer.records[i]) return false;
  return std::all_of(corpus.blocks().begin(), corpus.blocks().end(), [](const Block& block) {
    return block.finds.records.size() == block.records.size();
  });
}
}  // namespace

CaseFile::CaseFile(const storage::Workspace& workspace, View view, const Vocabulary& vocabulary,
                   Disclosure disclosure)
    : workspace_(workspace),
      view_(std::move(view)),
      vocabulary_(vocabulary),
      disclosure_(std::move(disclosure)) {}

Result<const Answer*> CaseFile::answer() {
  if (!answer_) {
    OVILLO_TRY(answer_, load_answer(workspace_, view_));
  }
  return &*answer_;
}

Result<const Corpus*> CaseFile::corpus() {
  if (!corpus_) {
    OVILLO_TRY(const auto* held, answer());
    OVILLO_TRY(auto closed, load_blocks(workspace_, view_));
    std::vector<Block> blocks = std::move(closed).reveal(disclosure_);
    keep_those_answered(blocks, *held);
    Corpus records(std::move(blocks));
    if (!is_answered_by(*held, records)) return Error(ErrorCode::flow_run_first);
    OVILLO_TRY(sources_, workspace_.sources());
    corpus_ = std::move(records);
  }
  return &*corpus_;
}

Result<std::uint64_t> CaseFile::n_waiting() {
  OVILLO_TRY(const auto places, workspace_.block_places(view_, storage::BlockKind::record));
  OVILLO_TRY(const auto* held, answer());
  std::uint64_t n = 0;
  for (const auto& place : places) n += place.n_rows;
  return n - std::min<std::uint64_t>(n, held->records.size());
}

Result<Corpus> CaseFile::waiting_by_hand() {
  OVILLO_TRY(auto places, workspace_.block_places(view_, storage::BlockKind::record));
  OVILLO_TRY(const auto* answered, corpus());
  std::erase_if(places, [&](const storage::BlockPlace& place) {
    return place.n_rows != 1 || std::ranges::any_of(answered->blocks(), [&](const Block& block) {
             return block.place.group == place.group && block.place.part == place.part;
           });
  });
  OVILLO_TRY(auto closed, load_blocks(workspace_, view_, places));
  return Corpus(std::move(closed).reveal(disclosure_));
}

Result<NetworkAt> CaseFile::find_network(std::string_view id_or_key) {
  constexpr std::size_t kShortest = 6;
  OVILLO_TRY(const auto* held, answer());
  std::optional<NetworkAt> found;
  bool several = false;
  for (std::size_t c = 0; c < held->components.size(); ++c)
    for (std::size_t n = 0; n < held->components[c].networks.size(); ++n) {
      const Network& network = held->components[c].networks[n];
      if (!network.id.hex().starts_with(id_or_key) && !network.key.hex().starts_with(id_or_key))
        continue;
      several = found.has_value();
      found = NetworkAt{c, n};
    }
  if (!found || several || id_or_key.size() < kShortest)
    return Error(ErrorCode::flow_no_such_network,
                 several ? "more than one id begins so: write more of it" : std::string(id_or_key));
  return *found;
}

Result<std::optional<std::size_t>> CaseFile::component_of(std::uint32_t record) {
  OVILLO_TRY(const auto* held, answer());
  if (component_of_.empty()) {
    component_of_.assign(held->records.size(), kNone);
    for (std::size_t c = 0; c < held->components.size(); ++c)
      for (const std::uint32_t r : held->components[c].records)
        component_of_[r] = static_cast<std::uint32_t>(c);
  }
  if (record >= component_of_.size() || component_of_[record] == kNone)
    return std::optional<std::size_t>();
  return std::optional<std::size_t>(component_of_[record]);
}

Result<CaseFile::Inside> CaseFile::inside(std::size_t component) {
  OVILLO_TRY(const auto* held, answer());
  OVILLO_TRY(const auto* records, corpus());
  if (!hands_) hands_.emplace(held->texts, held->records.size());
  Inside inside;
  inside.input = component_input(*records, vocabulary_.shared_payers,
                                 held->components[component].records, *hands_);
  inside.body = body_of(inside.input, workspace_.id_key());
  return inside;
}

Result<CaseFile::Identifier> CaseFile::find_identifier(std::string_view written) {
  OVILLO_TRY(const auto* records, corpus());
  std::vector<std::pair<FindKind, std::string>> readings;
  std::vector<std::string> regions = {""};
  for (const Source& source : sources_)
    if (view_.admits(source) && !source.region.empty()) regions.push_back(source.region);
  std::sort(regions.begin(), regions.end());
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
  for (const std::string& region : regions)
    for (const Find& find : vocabulary_.extractor.find(written, region))
      if (resolve::is_identifier(find.kind, find.canonical))
        readings.emplace_back(find.kind, find.canonical);

  Identifier identifier;
  bool have = false;
  for (Corpus::Index i = 0; i < records->size(); ++i) {
    const FindBatch& finds = records->block(i).finds;
    const Range range = records->finds(i);
    for (std::size_t f = range.begin; f < range.end; ++f) {
      const std::string_view canonical = finds.canonical[f];
      const bool same = canonical == written ||
                        (finds.kind[f] == FindKind::local_ref && canonical.ends_with(written) &&
                         canonical.size() > written.size() &&
                         canonical[canonical.size() - written.size() - 1] == '#') ||
                        std::any_of(readings.begin(), readings.end(), [&](const auto& reading) {
                          return reading.first == finds.kind[f] && reading.second == canonical;
                        });
      if (!same) continue;
      if (!have) {
        identifier.kind = finds.kind[f];
        identifier.canonical = canonical;
        have = true;
      }
      if (finds.kind[f] == identifier.kind && canonical == identifier.canonical &&
          (identifier.records.empty() || identifier.records.back() != i))
        identifier.records.push_back(i);
    }
  }
  if (!have) return Error(ErrorCode::flow_no_such_thing, std::string(written));
  return identifier;
}

Result<Citation> CaseFile::cite(std::uint32_t record, std::uint16_t column, Span span) {
  OVILLO_TRY(const auto* records, corpus());
  return cite_of(*records, record, column, span);
}

Citation CaseFile::cite_of(const Corpus& corpus, std::uint32_t record, std::uint16_t column,
                           Span span) {
  const RecordBatch& batch = corpus.batch(record);
  const std::size_t row = corpus.row(record);
  Citation citation;
  citation.record = record;
  citation.id = batch.id[row];
  citation.kind = batch.kind[row];
  citation.source = batch.source_key;
  citation.file = batch.file_name;
  citation.file_sha256 = batch.file_sha256;
  citation.member = batch.member;
  citation.row = batch.row[row];
  citation.byte = batch.byte[row];
  citation.page = batch.value(row, Field::page);
  if (const auto& time = batch.time[row]) citation.time = format_time(*time);
  if (span.begin < span.end && column < batch.columns.size()) {
    citation.column = batch.columns[column].name;
    const std::string_view cell = corpus.cell(record, column);
    citation.raw = raw_words(cell, span);
    if (batch.columns[column].field == Field::text)
      citation.box = line_of(batch.value(row, Field::line_boxes), line_number(cell, span.begin));
  }
  return citation;
}

Result<Citation> CaseFile::cite_text(std::uint32_t record) {
  OVILLO_TRY(const auto* records, corpus());
  const RecordBatch& batch = records->batch(record);
  const Range cells = batch.fields[records->row(record)];
  const std::string_view text = comparable_text(batch, records->row(record));
  for (std::size_t c = cells.begin; c < cells.end && !text.empty(); ++c)
    if (batch.cell_value[c].data() == text.data())
      return cite(record, batch.cell_column[c], {0, static_cast<std::uint32_t>(text.size())});
  return cite(record);
}

}  // namespace ovillo::flow
