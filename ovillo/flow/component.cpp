#include "ovillo/flow/component.hpp"

#include <algorithm>
#include <map>

#include "ovillo/base/hash.hpp"
#include "ovillo/flow/judgements.hpp"
#include "ovillo/flow/pipeline.hpp"
#include "ovillo/network/networks.hpp"

namespace ovillo::flow {

namespace {

constexpr std::uint32_t kNoNetwork = ~std::uint32_t{0};

std::string_view display_name(const Corpus& corpus, Corpus::Index record) {
  switch (corpus.kind(record)) {
    case RecordKind::person:
    case RecordKind::company:
    case RecordKind::thing: {
      const std::string_view name = corpus.value(record, Field::name);
      return name.empty() ? corpus.value(record, Field::title) : name;
    }
    default:
      return {};
  }
}

// What each network is told from others by, whatever the ids of an installation: the least hash of
// what its entities are. By label.
std::vector<std::uint64_t> content_of_network(const ComponentBody& body) {
  std::vector<std::uint64_t> least(body.entities.size(), ~std::uint64_t{0});
  for (std::size_t e = 0; e < body.entities.size(); ++e) {
    std::uint64_t& of_network = least[body.network_of_entity[e]];
    of_network = std::min(of_network, hash64(body.entities.canonical[e],
                                             static_cast<std::uint64_t>(body.entities.kind[e])));
  }
  return least;
}

// The network each record belongs to: the one that holds most of its entities; of several, the one
// that comes first by content. Records without entities belong to none.
std::vector<std::uint32_t> network_of_record(const ComponentBody& body, std::size_t n_records) {
  std::vector<std::vector<std::uint32_t>> votes(n_records);
  for (std::size_t e = 0; e < body.entities.size(); ++e) {
    const Range postings = body.entities.records[e];
    std::uint32_t last = kNoNetwork;
    for (std::size_t p = postings.begin; p < postings.end; ++p) {
      const std::uint32_t record = body.entities.record[p];
      if (record != last) votes[record].push_back(body.network_of_entity[e]);
      last = record;
    }
  }
  const std::vector<std::uint64_t> content = content_of_network(body);
  std::vector<std::uint32_t> network(n_records, kNoNetwork);
  for (std::size_t r = 0; r < n_records; ++r) {
    std::sort(votes[r].begin(), votes[r].end());
    std::size_t best = 0;
    for (std::size_t i = 0; i < votes[r].size();) {
      std::size_t j = i;
      while (j < votes[r].size() && votes[r][j] == votes[r][i]) ++j;
      if (j - i > best || (j - i == best && content[votes[r][i]] < content[network[r]])) {
        best = j - i;
        network[r] = votes[r][i];
      }
      i = j;
    }
  }
  return network;
}

// Wording alone lists nobody: most adverts are by adults who work for themselves.
bool is_worth_listing(const Assessment& assessment) {
  return assess::shows_more_than_one_hand(assessment) ||
         std::any_of(assessment.signs.begin(), assessment.signs.end(),
                     [](const Sign& sign) { return sign.side == SignSide::sign_for; });
}

Network assess_network(const ComponentInput& input, const Vocabulary& vocabulary, const IdKey& key,
                       Network network) {
  KeyedHasher hasher(key);
  hasher.add("network");
  std::vector<assess::RecordFacts> members;
  for (const std::uint32_t local : network.records) {
    const RecordId& id = input.corpus->id(input.records[local]);
    hasher.add(id.hi).add(id.lo);
    members.push_back(facts(*input.corpus, input.records[local]));
    members.back().index = local;
    members.back().cluster = input.cluster[local];
    if (!input.readings.empty())
      members.back().reading = input.readings[input.corpus->number(input.records[local])].get();
  }
  network.key = hasher.finish<NetworkKey::TagType>();
  network.assessment = vocabulary.assessor.assess(members);
  return network;
}

}  // namespace

ComponentKey ComponentInput::key(const IdKey& id_key, std::string_view model) const {
  KeyedHasher hasher(id_key);
  hasher.add("component").add(model);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const RecordId& id = corpus->id(records[i]);
    hasher.add(id.hi).add(id.lo).add(static_cast<std::uint64_t>(std::int64_t{cluster[i]} + 1));
    // Pictures stand beside a record: they may come later, and near-equal ones name each other.
    const FindBatch& finds = corpus->block(records[i]).finds;
    const Range range = corpus->finds(records[i]);
    for (std::size_t f = range.begin; f < range.end; ++f)
      if (finds.kind[f] == FindKind::photo || finds.kind[f] == FindKind::photo_likeness)
        hasher.add(finds.canonical[f]);
  }
  for (std::size_t t = 0; t < templates.size(); ++t) hasher.add(templates[t]);
  return hasher.finish<ComponentKey::TagType>();
}

std::vector<resolve::Row> ComponentInput::rows() const {
  std::vector<resolve::Row> rows;
  rows.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const FindBatch& finds = corpus->block(records[i]).finds;
    const Range range = corpus->finds(records[i]);
    resolve::Row row;
    row.id = corpus->id(records[i]);
    row.kind = corpus->kind(records[i]);
    row.find_kind = std::span(finds.kind).subspan(range.begin, range.size());
    row.find_role = std::span(finds.role).subspan(range.begin, range.size());
    row.find_canonical.reserve(range.size());
    for (std::size_t f = range.begin; f < range.end; ++f) {
      const std::string_view value = finds.canonical[f];
      // an empty value is no entity
      const bool none =
          shared_payers->contains(value) || finds.written_as[f] == WrittenAs::doubtful;
      row.find_canonical.push_back(none ? std::string_view() : value);
    }
    row.display_name = display_name(*corpus, records[i]);
    if (cluster[i] >= 0) row.template_text = templates[static_cast<std::size_t>(cluster[i])];
    rows.push_back(std::move(row));
  }
  return rows;
}

ComponentInput component_input(const Corpus& corpus, const SharedPayers& shared_payers,
                               std::span<const std::uint32_t> records, const HandIndex& hands) {
  ComponentInput input;
  input.corpus = &corpus;
  input.shared_payers = &shared_payers;
  input.records.assign(records.begin(), records.end());
  std::map<std::int32_t, std::int32_t> local;
  for (const std::uint32_t record : records) {
    const std::int32_t global = hands.of(record);
    if (global < 0) {
      input.cluster.push_back(-1);
      continue;
    }
    const auto [at, is_new] = local.emplace(global, static_cast<std::int32_t>(local.size()));
    if (is_new) input.templates.push_back(hands.template_text(global));
    input.cluster.push_back(at->second);
  }
  return input;
}

ComponentBody body_of(const ComponentInput& input, const IdKey& key) {
  std::vector<resolve::Row> rows = input.rows();
  const auto judgements = standing_judgements(*input.corpus, input.records);
  // Only what makes two things one belongs to their network.
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (rows[r].kind != RecordKind::judgement) continue;
    const bool says_same =
        std::any_of(judgements.begin(), judgements.end(), [&](const StandingJudgement& one) {
          return one.record == input.records[r] && one.verdict == resolve::Verdict::same;
        });
    if (!says_same)
      std::fill(rows[r].find_canonical.begin(), rows[r].find_canonical.end(), std::string_view());
  }
  std::vector<RecordKind> kinds;
  kinds.reserve(rows.size());
  for (const resolve::Row& row : rows) kinds.push_back(row.kind);
  ComponentBody body;
  body.entities = resolve::entities(rows, key);
  body.links = resolve::links(body.entities, kinds);
  if (!judgements.empty())
    body.links = resolve::with_identities(
        body.links, identities_among(body.entities, input.records, judgements, key));
  body.network_of_entity = network::networks(body.entities, body.links, {});
  return body;
}

Component work_out_component(const ComponentInput& input, const Vocabulary& vocabulary,
                             const IdKey& key) {
  const ComponentBody body = body_of(input, key);
  std::map<std::uint32_t, Network> by_label;
  for (std::uint32_t e = 0; e < body.entities.size(); ++e)
    by_label[body.network_of_entity[e]].entities.push_back(e);
  const auto label = network_of_record(body, input.records.size());
  for (std::uint32_t r = 0; r < label.size(); ++r)
    if (label[r] != kNoNetwork) by_label[label[r]].records.push_back(r);

  Component component;
  component.records = input.records;
  for (auto& [ignored, network] : by_label) {
    if (network.records.size() < 2) continue;
    Network assessed = assess_network(input, vocabulary, key, std::move(network));
    if (is_worth_listing(assessed.assessment)) component.networks.push_back(std::move(assessed));
  }
  return component;
}

}  // namespace ovillo::flow
