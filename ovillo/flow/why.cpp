#include "ovillo/flow/why.hpp"

#include <algorithm>
#include <optional>

#include "ovillo/graph/csr.hpp"
#include "ovillo/graph/path.hpp"
#include "ovillo/resolve/identifier.hpp"

namespace ovillo::flow {

namespace {

// The entity of this value inside a component.
std::optional<graph::Node> entity_of(const EntityTable& entities, FindKind kind,
                                     std::string_view canonical, const IdKey& key) {
  for (const EntityId& id : resolve::entity_ids(kind, canonical, key)) {
    const auto at = std::lower_bound(entities.id.begin(), entities.id.end(), id);
    if (at != entities.id.end() && *at == id)
      return static_cast<graph::Node>(at - entities.id.begin());
  }
  return std::nullopt;
}

// The same for what somebody wrote; the file of a picture stands by its likeness.
std::optional<graph::Node> entity_of(const EntityTable& entities,
                                     const CaseFile::Identifier& identifier, const Corpus& corpus,
                                     const IdKey& key) {
  if (const auto found = entity_of(entities, identifier.kind, identifier.canonical, key))
    return found;
  if (identifier.kind != FindKind::photo) return std::nullopt;
  const FindBatch& finds = corpus.block(identifier.records.front()).finds;
  const Range range = corpus.finds(identifier.records.front());
  for (std::size_t f = range.begin; f + 1 < range.end; ++f)
    if (finds.kind[f] == FindKind::photo && finds.canonical[f] == identifier.canonical &&
        finds.kind[f + 1] == FindKind::photo_likeness)
      return entity_of(entities, finds.kind[f + 1], finds.canonical[f + 1], key);
  return std::nullopt;
}

// Cites a record for the words by which an entity stands in it; a template stands by the whole
// text.
Result<Citation> cite_entity(CaseFile& file, const CaseFile::Inside& inside, graph::Node entity,
                             std::uint32_t local_record) {
  const std::uint32_t record = inside.input.records[local_record];
  OVILLO_TRY(const auto* corpus, file.corpus());
  const FindBatch& finds = corpus->block(record).finds;
  const Range range = corpus->finds(record);
  const EntityId& want = inside.body.entities.id[entity];
  for (std::size_t f = range.begin; f < range.end; ++f)
    for (const EntityId& id :
         resolve::entity_ids(finds.kind[f], finds.canonical[f], file.workspace().id_key()))
      if (id == want) return file.cite(record, finds.column[f], finds.span[f]);
  return file.cite_text(record);
}

Result<WhyStep> step_of(CaseFile& file, const CaseFile::Inside& inside, graph::Node from,
                        graph::Node to) {
  const LinkTable& links = inside.body.links;
  const EntityTable& entities = inside.body.entities;
  WhyStep step;
  step.from = {entities.kind[from], std::string(entities.canonical[from])};
  step.to = {entities.kind[to], std::string(entities.canonical[to])};
  for (std::size_t l = 0; l < links.size(); ++l) {
    if (links.a[l] != std::min(from, to) || links.b[l] != std::max(from, to)) continue;
    step.link = links.kind[l];
    step.weight_quarter_bits = links.weight_quarter_bits[l];
    const Range postings = links.records[l];
    step.n_records = postings.size();
    for (std::size_t p = postings.begin; p < postings.end && step.records.size() < WhyStep::kCited;
         ++p) {
      OVILLO_TRY(auto cited_from, cite_entity(file, inside, from, links.record[p]));
      OVILLO_TRY(auto cited_to, cite_entity(file, inside, to, links.record[p]));
      step.records.push_back({std::move(cited_from), std::move(cited_to)});
    }
    break;
  }
  return step;
}

// The chain whose weakest link is strongest.
Result<Why> chain(CaseFile& file, const CaseFile::Inside& inside, graph::Node start,
                  graph::Node end) {
  std::vector<graph::Edge> edges;
  const LinkTable& links = inside.body.links;
  for (std::size_t l = 0; l < links.size(); ++l)
    edges.push_back({links.a[l], links.b[l], links.weight_quarter_bits[l]});
  const graph::Csr graph(inside.body.entities.size(), edges);
  const auto path = graph::strongest_path(graph, start, end);
  if (path.size() < 2) return Error(ErrorCode::flow_no_chain);
  Why why;
  for (std::size_t i = 1; i < path.size(); ++i) {
    OVILLO_TRY(auto step, step_of(file, inside, path[i - 1], path[i]));
    why.steps.push_back(std::move(step));
  }
  return why;
}

// Place of an entity in its component, by id.
std::optional<graph::Node> node_of(const EntityTable& entities, std::string_view hex) {
  const auto id = EntityId::from_hex(hex);
  if (!id) return std::nullopt;
  const auto at = std::lower_bound(entities.id.begin(), entities.id.end(), *id);
  if (at == entities.id.end() || *at != *id) return std::nullopt;
  return static_cast<graph::Node>(at - entities.id.begin());
}

}  // namespace

Result<Why> why(CaseFile& file, std::string_view a, std::string_view b) {
  OVILLO_TRY(const auto from, file.find_identifier(a));
  OVILLO_TRY(const auto to, file.find_identifier(b));
  OVILLO_TRY(const auto component, file.component_of(from.records.front()));
  OVILLO_TRY(const auto other, file.component_of(to.records.front()));
  if (!component || component != other) return Error(ErrorCode::flow_no_chain);
  OVILLO_TRY(const auto inside, file.inside(*component));
  OVILLO_TRY(const auto* corpus, file.corpus());
  const auto start = entity_of(inside.body.entities, from, *corpus, file.workspace().id_key());
  const auto end = entity_of(inside.body.entities, to, *corpus, file.workspace().id_key());
  if (!start || !end) return Error(ErrorCode::flow_no_chain);
  return chain(file, inside, *start, *end);
}

Result<Why> why_members(CaseFile& file, std::string_view network, std::string_view a,
                        std::string_view b) {
  OVILLO_TRY(const auto at, file.find_network(network));
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto inside, file.inside(at.component));
  const Network& members = answer->components[at.component].networks[at.network];
  // Only members: what else the component holds is none of this network's business.
  const auto member = [&](std::string_view hex) {
    auto node = node_of(inside.body.entities, hex);
    if (node && std::ranges::find(members.entities, *node) == members.entities.end()) node.reset();
    return node;
  };
  const auto from = member(a);
  const auto to = member(b);
  if (!from || !to) return Error(ErrorCode::flow_no_such_thing, std::string(from ? b : a));
  const LinkTable& links = inside.body.links;
  for (std::size_t l = 0; l < links.size(); ++l)
    if ((links.a[l] == *from && links.b[l] == *to) || (links.a[l] == *to && links.b[l] == *from)) {
      OVILLO_TRY(auto step, step_of(file, inside, *from, *to));
      Why why;
      why.steps.push_back(std::move(step));
      return why;
    }
  return chain(file, inside, *from, *to);
}

}  // namespace ovillo::flow
