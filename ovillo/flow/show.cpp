#include "ovillo/flow/show.hpp"

#include <algorithm>
#include <map>

namespace ovillo::flow {

namespace {

// The network a record belongs to.
Result<std::optional<NetworkId>> network_of(CaseFile& file, std::uint32_t record) {
  OVILLO_TRY(const auto component, file.component_of(record));
  if (!component) return std::optional<NetworkId>();
  OVILLO_TRY(const auto* answer, file.answer());
  const Component& inside = answer->components[*component];
  const auto at = std::lower_bound(inside.records.begin(), inside.records.end(), record);
  const auto local = static_cast<std::uint32_t>(at - inside.records.begin());
  for (const Network& network : inside.networks)
    if (std::binary_search(network.records.begin(), network.records.end(), local))
      return std::optional<NetworkId>(network.id);
  return std::optional<NetworkId>();
}

std::vector<NetworkMember> members_of(const CaseFile::Inside& inside, const Network& network,
                                      std::map<std::uint32_t, std::size_t>& position) {
  const EntityTable& entities = inside.body.entities;
  std::vector<std::pair<NetworkMember, std::uint32_t>> members;
  for (const std::uint32_t e : network.entities) {
    NetworkMember member{entities.id[e], entities.kind[e], std::string(entities.canonical[e]), 0};
    std::uint32_t last = ~std::uint32_t{0};
    for (std::size_t p = entities.records[e].begin; p < entities.records[e].end; ++p) {
      const std::uint32_t record = entities.record[p];
      if (record != last &&
          std::binary_search(network.records.begin(), network.records.end(), record))
        ++member.n_records;
      last = record;
    }
    members.emplace_back(std::move(member), e);
  }
  std::sort(members.begin(), members.end(), [](const auto& x, const auto& y) {
    return x.first.n_records != y.first.n_records ? x.first.n_records > y.first.n_records
                                                  : x.first.id < y.first.id;
  });
  std::vector<NetworkMember> out;
  for (auto& [member, entity] : members) {
    position[entity] = out.size();
    out.push_back(std::move(member));
  }
  return out;
}

std::vector<NetworkLink> links_of(const CaseFile::Inside& inside,
                                  const std::map<std::uint32_t, std::size_t>& position) {
  const LinkTable& links = inside.body.links;
  std::vector<NetworkLink> out;
  for (std::size_t l = 0; l < links.size(); ++l) {
    const auto a = position.find(links.a[l]);
    const auto b = position.find(links.b[l]);
    if (a == position.end() || b == position.end()) continue;
    out.push_back({std::min(a->second, b->second), std::max(a->second, b->second), links.kind[l],
                   links.weight_quarter_bits[l], links.records[l].size()});
  }
  std::sort(out.begin(), out.end(), [](const NetworkLink& x, const NetworkLink& y) {
    if (x.weight_quarter_bits != y.weight_quarter_bits)
      return x.weight_quarter_bits > y.weight_quarter_bits;
    return std::pair(x.a, x.b) < std::pair(y.a, y.b);
  });
  return out;
}

}  // namespace

Result<NetworkPage> network_page(CaseFile& file, std::string_view id_or_key) {
  OVILLO_TRY(const auto at, file.find_network(id_or_key));
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto inside, file.inside(at.component));
  const Network& network = answer->components[at.component].networks[at.network];
  NetworkPage page;
  page.id = network.id;
  page.key = network.key;
  page.newest_utc_s = network.assessment.newest_utc_s;
  std::map<std::uint32_t, std::size_t> position;
  page.members = members_of(inside, network, position);
  page.links = links_of(inside, position);
  for (const std::uint32_t local : network.records)
    page.records.push_back(inside.input.records[local]);
  OVILLO_TRY(page.texts, network_texts(file, page.records));
  for (const Sign& sign : network.assessment.signs) {
    ShownSign shown{sign, {}};
    for (const Evidence& evidence : sign.evidence) {
      if (shown.citations.size() == ShownSign::kCited) break;
      OVILLO_TRY(auto citation,
                 file.cite(inside.input.records[evidence.record], evidence.column, evidence.span));
      shown.citations.push_back(std::move(citation));
    }
    page.signs.push_back(std::move(shown));
  }
  return page;
}

Result<std::vector<NetworkLine>> network_lines(CaseFile& file, std::size_t limit) {
  OVILLO_TRY(const auto* answer, file.answer());
  std::vector<NetworkAt> order = ranked(*answer);
  if (limit > 0 && order.size() > limit) order.resize(limit);
  std::vector<NetworkLine> lines;
  for (const NetworkAt& at : order) {
    const Component& component = answer->components[at.component];
    const Network& network = component.networks[at.network];
    NetworkLine line{network.id,
                     network.key,
                     network.records.size(),
                     network.entities.size(),
                     network.assessment.newest_utc_s,
                     {},
                     &network.assessment};
    for (const std::uint32_t local : network.records)
      line.members.push_back(answer->records[component.records[local]]);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<UrgentLine>> urgent_lines(CaseFile& file) {
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto* corpus, file.corpus());
  std::vector<const UrgentText*> order;
  order.reserve(answer->urgent.size());
  for (const UrgentText& urgent : answer->urgent) order.push_back(&urgent);
  const auto when = [&](const UrgentText* urgent) {
    const auto& time = corpus->time(urgent->record);
    return time ? time->begin_utc_s : std::int64_t{0};
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const UrgentText* x, const UrgentText* y) { return when(x) > when(y); });
  std::vector<UrgentLine> lines;
  for (const UrgentText* urgent : order) {
    UrgentLine line;
    line.indicator = urgent->indicator;
    const Evidence first = urgent->evidence.empty() ? Evidence{} : urgent->evidence.front();
    OVILLO_TRY(line.citation, file.cite(urgent->record, first.column, first.span));
    line.text = corpus->cell(urgent->record, first.column);
    OVILLO_TRY(line.network, network_of(file, urgent->record));
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<std::vector<UnreadLanguage>> urgent_unread(CaseFile& file) {
  OVILLO_TRY(const auto* corpus, file.corpus());
  const assess::Assessor& assessor = file.vocabulary().assessor;
  std::map<std::string, std::uint64_t, std::less<>> n_texts;
  for (std::uint32_t record = 0; record < corpus->size(); ++record) {
    if (!assessor.looks_for_urgency_in(corpus->kind(record))) continue;
    const FindBatch& finds = corpus->block(record).finds;
    const Range range = corpus->finds(record);
    const RecordBatch& batch = corpus->batch(record);
    for (std::size_t f = range.begin; f < range.end; ++f) {
      // A column "language" says what somebody speaks, not what the text is written in.
      if (finds.kind[f] != FindKind::language ||
          batch.columns[finds.column[f]].field != Field::text)
        continue;
      const std::string_view language = finds.canonical[f];
      if (!assessor.reads_urgency_in(language)) ++n_texts[std::string(language)];
    }
  }
  std::vector<UnreadLanguage> out;
  out.reserve(n_texts.size());
  for (const auto& [language, n] : n_texts) out.push_back({language, n});
  std::stable_sort(out.begin(), out.end(), [](const UnreadLanguage& x, const UnreadLanguage& y) {
    return x.n_texts > y.n_texts;
  });
  return out;
}

Result<RecordPage> record_page(CaseFile& file, std::uint32_t record) {
  OVILLO_TRY(const auto* corpus, file.corpus());
  RecordPage page;
  OVILLO_TRY(page.citation, file.cite(record));
  const RecordBatch& batch = corpus->batch(record);
  const Range cells = batch.fields[corpus->row(record)];
  for (std::size_t c = cells.begin; c < cells.end; ++c)
    page.fields.emplace_back(batch.columns[batch.cell_column[c]], std::string(batch.cell_value[c]));
  const FindBatch& finds = corpus->block(record).finds;
  const Range range = corpus->finds(record);
  for (std::size_t f = range.begin; f < range.end; ++f) {
    page.finds.push_back(finds[f]);
    OVILLO_TRY(auto cited, file.cite(record, finds.column[f], finds.span[f]));
    page.words.push_back(std::move(cited.raw));
  }
  OVILLO_TRY(page.network, network_of(file, record));
  return page;
}

}  // namespace ovillo::flow
