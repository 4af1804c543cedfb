#include "ovillo/flow/report_page.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "ovillo/flow/show.hpp"
#include "ovillo/report/network_report.hpp"

namespace ovillo::flow {

namespace {

using report::NetworkReport;

// Fills one NetworkReport from an opened network.
class ReportMaker {
 public:
  ReportMaker(CaseFile& file, const NetworkPage& page, const CaseFile::Inside& inside,
              const Corpus& corpus)
      : file_(file), page_(page), inside_(inside), corpus_(corpus) {}

  Result<NetworkReport> make(const Asker& asker) {
    OVILLO_TRY(const auto* answer, file_.answer());
    OVILLO_TRY(out_.n_waiting, file_.n_waiting());
    out_.network_id = page_.id.hex();
    out_.network_key = page_.key.hex();
    out_.made_at_utc_s = asker.now_utc_s;
    out_.build = "Ovillo " OVILLO_VERSION;
    out_.model = answer->model;
    out_.user = asker.user;
    out_.purpose = asker.purpose;
    out_.case_reference = asker.case_reference;
    OVILLO_CHECK(say_view());
    number_records();
    OVILLO_CHECK(say_records());
    OVILLO_CHECK(say_imports());
    say_members();
    say_links();
    say_texts();
    say_signs();
    return std::move(out_);
  }

 private:
  Result<void> say_view() {
    OVILLO_TRY(sources_, file_.workspace().sources());
    OVILLO_TRY(authorisations_, file_.workspace().authorisations());
    OVILLO_TRY(const auto compartments, file_.workspace().compartments());
    const View& view = file_.view();
    out_.max_handling = view.max_handling;
    for (const storage::Compartment& compartment : compartments) {
      compartment_name_[compartment.id] = compartment.name;
      if (std::binary_search(view.compartments.begin(), view.compartments.end(), compartment.id))
        out_.compartments.push_back(compartment.name);
    }
    std::sort(out_.compartments.begin(), out_.compartments.end());
    for (const Source& source : sources_) {
      View with = view;
      with.excluded_sources.clear();
      with.excluded_authorisations.clear();
      if (!view.admits(source) && with.admits(source)) out_.sources_left_out.push_back(source.name);
    }
    std::sort(out_.sources_left_out.begin(), out_.sources_left_out.end());
    return {};
  }

  // By time, then by id; records without a time last.
  void number_records() {
    order_ = page_.records;
    sort_by_time(corpus_, order_);
    for (std::size_t i = 0; i < order_.size(); ++i) number_[order_[i]] = i;
  }

  // Position in out_.sources of a source, which is added when it is new.
  Result<std::size_t> source_position(SourceId id) {
    const auto [at, added] = source_position_.try_emplace(id, out_.sources.size());
    if (!added) return at->second;
    const auto source =
        std::find_if(sources_.begin(), sources_.end(), [&](const Source& s) { return s.id == id; });
    if (source == sources_.end()) return Error(ErrorCode::flow_run_first);
    report::ReportSource entry;
    entry.source = *source;
    entry.compartment = compartment_name_[source->compartment];
    for (const Authorisation& authorisation : authorisations_)
      if (authorisation.id == source->authorisation) entry.authorisation = authorisation;
    out_.sources.push_back(std::move(entry));
    return at->second;
  }

  Result<std::size_t> file_position(const RecordBatch& batch) {
    const auto [at, added] = file_position_.try_emplace(
        std::tuple(batch.source, batch.file_sha256, batch.file_name), out_.files.size());
    if (!added) return at->second;
    report::ReportFile entry;
    entry.name = batch.file_name;
    entry.sha256 = batch.file_sha256;
    OVILLO_TRY(entry.source, source_position(batch.source));
    out_.files.push_back(std::move(entry));
    return at->second;
  }

  Result<void> say_records() {
    for (const std::uint32_t record : order_) {
      const RecordBatch& batch = corpus_.batch(record);
      const std::size_t row = corpus_.row(record);
      report::ReportRecord entry;
      entry.id = batch.id[row].hex();
      entry.kind = batch.kind[row];
      if (const auto& time = batch.time[row]) {
        entry.time = format_time(*time);
        entry.local_s = time->begin_utc_s + time->offset_s;
      }
      OVILLO_TRY(entry.file, file_position(batch));
      ++out_.files[entry.file].n_records;
      entry.member = batch.member;
      entry.row = batch.row[row];
      entry.byte = batch.byte[row];
      entry.length = batch.length[row];
      entry.fields = fields_of(record);
      out_.records.push_back(std::move(entry));
    }
    return {};
  }

  std::vector<report::ReportField> fields_of(std::uint32_t record) const {
    const RecordBatch& batch = corpus_.batch(record);
    const FindBatch& finds = corpus_.block(record).finds;
    const Range found = corpus_.finds(record);
    const Range cells = batch.fields[corpus_.row(record)];
    std::vector<report::ReportField> fields;
    for (std::size_t c = cells.begin; c < cells.end; ++c) {
      const std::uint16_t column = batch.cell_column[c];
      report::ReportField field{batch.columns[column].name,
                                batch.columns[column].field,
                                std::string(batch.cell_value[c]),
                                {}};
      for (std::size_t f = found.begin; f < found.end; ++f)
        if (finds.column[f] == column)
          field.marks.push_back(
              {finds.span[f], finds.kind[f], finds.written_as[f], std::string(finds.canonical[f])});
      fields.push_back(std::move(field));
    }
    return fields;
  }

  // When each file came in. A file brought in twice: its first time.
  Result<void> say_imports() {
    OVILLO_TRY(const auto imports, file_.workspace().imports());
    for (const storage::ImportRow& row : imports) {
      for (const auto& [key, position] : file_position_) {
        if (std::get<0>(key) != row.source || std::get<1>(key) != row.file_sha256) continue;
        report::ReportFile& entry = out_.files[position];
        if (entry.imported_at_utc_s) continue;
        entry.bytes = row.file_bytes;
        entry.rows = row.rows;
        entry.imported_at_utc_s = row.at_utc_s;
        entry.merkle_root = row.merkle_root;
      }
    }
    return {};
  }

  // Numbers of those of these local records that belong to the network; ascending.
  template <class Records>
  std::vector<std::size_t> numbers_of(const Records& local) const {
    std::vector<std::size_t> numbers;
    for (const std::uint32_t record : local) {
      const auto at = number_.find(inside_.input.records[record]);
      if (at != number_.end()) numbers.push_back(at->second);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

  [[nodiscard]] std::uint32_t entity_of(const NetworkMember& member) const {
    const auto& ids = inside_.body.entities.id;
    return static_cast<std::uint32_t>(std::lower_bound(ids.begin(), ids.end(), member.id) -
                                      ids.begin());
  }

  void say_members() {
    const EntityTable& entities = inside_.body.entities;
    for (const NetworkMember& member : page_.members) {
      const Range range = entities.records[entity_of(member)];
      out_.members.push_back(
          {member.kind, member.canonical,
           numbers_of(std::span(entities.record).subspan(range.begin, range.size()))});
    }
  }

  void say_links() {
    const LinkTable& links = inside_.body.links;
    std::map<std::tuple<std::uint32_t, std::uint32_t, LinkKind>, std::size_t> at;
    for (std::size_t l = 0; l < links.size(); ++l) at[{links.a[l], links.b[l], links.kind[l]}] = l;
    for (const NetworkLink& link : page_.links) {
      const auto [a, b] =
          std::minmax({entity_of(page_.members[link.a]), entity_of(page_.members[link.b])});
      report::ReportLink entry{link.a, link.b, link.kind, link.weight_quarter_bits, {}};
      if (const auto found = at.find({a, b, link.kind}); found != at.end()) {
        const Range range = links.records[found->second];
        entry.records = numbers_of(std::span(links.record).subspan(range.begin, range.size()));
      }
      out_.links.push_back(std::move(entry));
    }
  }

  void say_texts() {
    constexpr std::int32_t kSixteenth = 16;
    for (const TextCluster& one : page_.texts.clusters) {
      report::ReportText entry;
      entry.template_text = one.template_text;
      for (const TemplatePart& part : one.parts) entry.parts.push_back({part.text, part.is_slot});
      entry.n_fixed_words = one.n_fixed_words;
      entry.n_elsewhere = one.n_elsewhere;
      for (const ClusterMember& member : one.members) {
        report::ReportTextMember shown;
        shown.record = number_.at(member.record);
        if (member.joined_with) {
          const auto with = number_.find(*member.joined_with);
          if (with != number_.end())
            shown.joined_with = with->second;
          else
            shown.joined_with_id = corpus_.id(*member.joined_with).hex();
        }
        shown.is_copy = member.is_copy;
        shown.bits = member.bits16 / kSixteenth;
        shown.bits_asked = member.asked16 / kSixteenth;
        shown.slots = member.slots;
        entry.members.push_back(std::move(shown));
      }
      out_.texts.push_back(std::move(entry));
    }
    for (const NetworkStock& one : page_.texts.stock) {
      report::ReportStock entry{one.text, one.n_texts, {}};
      for (const std::uint32_t record : one.records) entry.records.push_back(number_.at(record));
      std::sort(entry.records.begin(), entry.records.end());
      out_.stock.push_back(std::move(entry));
    }
  }

  void say_signs() {
    std::map<std::string_view, const assess::Assessor::IndicatorInfo*> indicators;
    for (const auto& info : file_.vocabulary().assessor.indicators()) indicators[info.id] = &info;
    for (const ShownSign& shown : page_.signs) {
      report::ReportSign entry;
      entry.side = shown.sign.side;
      entry.indicator = shown.sign.indicator;
      entry.sentence = shown.sign.sentence;
      for (const Citation& citation : shown.citations)
        if (const auto at = number_.find(citation.record); at != number_.end())
          entry.quotes.push_back({at->second, citation.column, citation.raw});
      std::vector<std::uint32_t> local;
      local.reserve(shown.sign.evidence.size());
      for (const Evidence& evidence : shown.sign.evidence) local.push_back(evidence.record);
      entry.records = numbers_of(local);
      if (const auto info = indicators.find(entry.indicator); info != indicators.end()) {
        entry.name = info->second->name;
        entry.source = info->second->source;
        entry.evidence = info->second->evidence;
        entry.known_bias = info->second->known_bias;
        entry.reviewed_by = info->second->reviewed_by;
        entry.objections = info->second->objections;
      }
      out_.signs.push_back(std::move(entry));
    }
  }

  CaseFile& file_;
  const NetworkPage& page_;
  const CaseFile::Inside& inside_;
  const Corpus& corpus_;
  NetworkReport out_;
  std::vector<Source> sources_;
  std::vector<Authorisation> authorisations_;
  std::map<CompartmentId, std::string> compartment_name_;
  std::vector<std::uint32_t> order_;             // records of the view, as numbered
  std::map<std::uint32_t, std::size_t> number_;  // record of the view -> position
  std::map<SourceId, std::size_t> source_position_;
  std::map<std::tuple<SourceId, std::string, std::string>, std::size_t> file_position_;
};

}  // namespace

Result<std::string> report_page(CaseFile& file, std::string_view id_or_key, const Asker& asker) {
  OVILLO_TRY(const auto page, network_page(file, id_or_key));
  OVILLO_TRY(const auto at, file.find_network(id_or_key));
  OVILLO_TRY(const auto inside, file.inside(at.component));
  OVILLO_TRY(const auto* corpus, file.corpus());
  OVILLO_TRY(auto report, ReportMaker(file, page, inside, *corpus).make(asker));
  return report::write_html(report);
}

}  // namespace ovillo::flow
