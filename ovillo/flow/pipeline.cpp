#include "ovillo/flow/pipeline.hpp"

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "ovillo/base/parallel.hpp"
#include "ovillo/flow/components.hpp"
#include "ovillo/flow/stable_ids.hpp"
#include "ovillo/flow/stage_clock.hpp"
#include "ovillo/storage/codec.hpp"

namespace ovillo::flow {

namespace {

// Step 1: finds of every block that has none of the current rules.
Result<void> extract_what_is_new(std::vector<Block>& blocks, const Vocabulary& vocabulary,
                                 storage::Transaction& transaction, const Progress& progress,
                                 RunReport& report) {
  StageClock clock(report, "extract");
  std::vector<std::size_t> todo;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (blocks[b].finds.records.size() != blocks[b].records.size()) todo.push_back(b);
  }
  constexpr std::size_t kWindow = 256;  // blocks between two looks at the progress bar
  for (std::size_t begin = 0; begin < todo.size(); begin += kWindow) {
    const std::size_t end = std::min(todo.size(), begin + kWindow);
    parallel_for(end - begin, 1, [&](std::size_t first, std::size_t last) {
      for (std::size_t t = begin + first; t < begin + last; ++t) {
        Block& block = blocks[todo[t]];
        const FindBatch found = vocabulary.extractor.find(block.records);
        block.finds = found;  // a copy has no room to spare
      }
    });
    for (std::size_t t = begin; t < end; ++t) {
      const Block& block = blocks[todo[t]];
      report.n_new_records += block.records.size();
      if (block.is_partial) continue;  // kept finds are those of the whole block
      storage::BlockPlace place = block.place;
      place.kind = storage::BlockKind::find;
      place.version = extract::kRulesVersion;
      OVILLO_CHECK(transaction.remove_blocks(place.kind, place.group, place.part));
      OVILLO_CHECK(transaction.put_block(place, storage::encode(block.finds)));
    }
    tell(progress, "extract", end, todo.size());
  }
  clock.count(report.n_new_records);
  return {};
}

template <class Id>
Id key_of(const IdKey& key, std::string_view what, std::string_view model,
          const std::vector<RecordId>& members) {
  KeyedHasher hasher(key);
  hasher.add(what).add(model);
  for (const RecordId& id : members) hasher.add(id.hi).add(id.lo);
  return hasher.finish<typename Id::TagType>();
}

// What of a decision is kept: all but the reasons of texts that stand alone, which have none.
void keep(cluster::Decision decision, TextComponent& out) {
  for (std::size_t m = 0; m < decision.cluster.size(); ++m)
    if (decision.cluster[m] >= 0) out.reasons.push_back(decision.reasons[m]);
  std::size_t n_bytes = 0;
  for (const cluster::Template& one : decision.templates) n_bytes += one.text.size();
  out.templates.reserve(decision.templates.size(), n_bytes);
  for (const cluster::Template& one : decision.templates) {
    out.templates.push_back(one.text);
    out.shapes.push_back({one.n_slots, one.n_fixed_words});
  }
  out.cluster = std::move(decision.cluster);
  out.stock = std::move(decision.stock);
}

// Many texts: by counts made once. An earlier answer about the very same texts is taken over.
std::vector<TextComponent> find_hands_by_counts(const Corpus& corpus, const Vocabulary& vocabulary,
                                                const CountedModel& model, const IdKey& key,
                                                const Answer* previous, HeldView* held) {
  if (held != nullptr) return held->hands.renew(corpus, vocabulary, model, key);
  const auto same = [&,
                     all = key_of_all_texts(corpus, comparable_records(corpus), model.name, key)](
                        const TextComponent& text) { return text.key == all; };
  if (previous == nullptr || std::none_of(previous->texts.begin(), previous->texts.end(), same))
    return all_hands(corpus, vocabulary, model, key);
  const std::vector<std::uint32_t> now =
      places_now(places_in(*previous, corpus), previous->records.size());
  std::vector<TextComponent> out = previous->texts;
  for (TextComponent& text : out)
    for (std::uint32_t& record : text.records) record = now[record];
  return out;
}

// Step 2: texts of one hand. `decide` looks at each finished component of candidates.
std::vector<TextComponent> find_hands(const Corpus& corpus, const Vocabulary& vocabulary,
                                      const CountedModel& model, const IdKey& key,
                                      const Answer* previous, HeldView* held,
                                      const Progress& progress, RunReport& report) {
  StageClock clock(report, "cluster");
  clock.count(corpus.size());
  if (model.counts) {
    auto hands = find_hands_by_counts(corpus, vocabulary, model, key, previous, held);
    std::sort(hands.begin(), hands.end(),
              [](const TextComponent& a, const TextComponent& b) { return a.key < b.key; });
    tell(progress, "cluster", corpus.size(), corpus.size());
    return hands;
  }
  // Records whose texts might be of one hand: those that share a band.
  const std::vector<Corpus::Index> comparable = comparable_records(corpus);
  StringColumn compared;
  for (const Corpus::Index i : comparable)
    compared.push_back(comparable_text(corpus.batch(i), corpus.row(i)));
  auto sets =
      sets_of(cluster::candidate_components(cluster::sketch(compared, vocabulary.background)));
  for (auto& set : sets)
    for (std::uint32_t& member : set) member = comparable[member];
  std::unordered_map<ComponentKey, const TextComponent*, Id128Hash<struct ComponentTag>> known;
  if (previous != nullptr)
    for (const TextComponent& text : previous->texts) known[text.key] = &text;

  std::vector<TextComponent> decided(sets.size());
  constexpr std::size_t kGrain = 64;
  parallel_for(sets.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t s = begin; s < end; ++s) {
      std::vector<RecordId> ids;
      ids.reserve(sets[s].size());
      for (const std::uint32_t r : sets[s]) ids.push_back(corpus.id(r));
      decided[s].key = key_of<ComponentKey>(key, "text", model.name, ids);
      if (const auto same = known.find(decided[s].key); same != known.end()) {
        decided[s] = *same->second;
      } else {
        std::vector<std::string_view> texts;
        texts.reserve(sets[s].size());
        for (const std::uint32_t r : sets[s])
          texts.push_back(comparable_text(corpus.batch(r), corpus.row(r)));
        keep(cluster::decide(texts, vocabulary.background), decided[s]);
      }
      decided[s].records = sets[s];
    }
  });
  std::sort(decided.begin(), decided.end(),
            [](const TextComponent& a, const TextComponent& b) { return a.key < b.key; });
  tell(progress, "cluster", corpus.size(), corpus.size());
  return decided;
}

// Step 3: what a person must read now, record by record, unscored. A record that was looked at
// before is not looked at again.
std::vector<UrgentText> find_urgent(const Corpus& corpus, const Vocabulary& vocabulary,
                                    const Answer* previous, Readings& readings, RunReport& report) {
  StageClock clock(report, "urgent");
  constexpr std::size_t kGrain = 1024;
  const std::vector<std::uint32_t> earlier = previous == nullptr
                                                 ? std::vector<std::uint32_t>(corpus.size(), kNew)
                                                 : places_in(*previous, corpus);
  std::vector<std::vector<UrgentText>> found((corpus.size() + kGrain - 1) / kGrain);
  parallel_for(corpus.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (earlier[i] != kNew) continue;
      assess::RecordFacts record = facts(corpus, static_cast<Corpus::Index>(i));
      auto& reading = readings[corpus.number(static_cast<Corpus::Index>(i))];
      if (!reading)
        reading = std::make_unique<const assess::Reading>(vocabulary.assessor.read(record));
      record.reading = reading.get();
      for (UrgentText& text : vocabulary.assessor.urgent(record))
        found[begin / kGrain].push_back(std::move(text));
    }
  });
  std::vector<UrgentText> urgent;
  for (auto& chunk : found)
    for (UrgentText& text : chunk) urgent.push_back(std::move(text));
  clock.count(corpus.size());
  if (previous == nullptr) return urgent;

  const std::vector<std::uint32_t> now = places_now(earlier, previous->records.size());
  for (UrgentText text : previous->urgent) {
    text.record = now[text.record];
    if (text.record == kNew) continue;
    for (Evidence& evidence : text.evidence) evidence.record = text.record;
    urgent.push_back(std::move(text));
  }
  std::stable_sort(urgent.begin(), urgent.end(),
                   [](const UrgentText& a, const UrgentText& b) { return a.record < b.record; });
  return urgent;
}

// The view's last answer; for a view that has none yet, the answer of one that leaves nothing out,
// of the same compartments or of all: most of its components are the same. What a component is
// called is a keyed hash of all that it rests on, so taking one over brings nothing else along.
Result<std::optional<Answer>> answer_to_go_on_from(const storage::Workspace& workspace,
                                                   const View& view) {
  std::vector<View> views{view, view, view};
  views[1].excluded_sources.clear();
  views[1].excluded_authorisations.clear();
  views[2] = views[1];
  OVILLO_TRY(const auto compartments, workspace.compartments());
  views[2].compartments.clear();
  for (const storage::Compartment& one : compartments) views[2].compartments.push_back(one.id);
  std::sort(views[2].compartments.begin(), views[2].compartments.end());
  for (const View& wider : views)
    if (auto held = load_answer(workspace, wider)) return std::move(*held);
  return std::nullopt;
}

}  // namespace

Answer analyse(const Corpus& corpus, const Vocabulary& vocabulary, const CountedModel& model,
               const IdKey& key, std::optional<Answer> previous, HeldView* held,
               const Progress& progress, RunReport& report) {
  if (previous && previous->model != model.name) previous.reset();
  Answer* earlier = previous ? &*previous : nullptr;
  Answer answer;
  answer.model = model.name;
  answer.records.assign(corpus.ids().begin(), corpus.ids().end());
  answer.texts = find_hands(corpus, vocabulary, model, key, earlier, held, progress, report);
  const HandIndex hands(answer.texts, corpus.size());
  Readings own;
  Readings& readings = held == nullptr ? own : held->readings(model.name);
  readings.resize(corpus.size());
  answer.urgent = find_urgent(corpus, vocabulary, earlier, readings, report);
  const auto sets = join_records(corpus, vocabulary.shared_payers, hands, report);
  answer.components =
      work_out(corpus, vocabulary, key, answer, hands, sets, readings, earlier, progress, report);
  report.n_records = corpus.size();
  report.n_networks = ranked(answer).size();
  report.n_urgent = answer.urgent.size();
  report.model = answer.model;
  return answer;
}

Result<RunReport> run(storage::Workspace& workspace, const View& view, const Vocabulary& vocabulary,
                      const Disclosure& disclosure, const Progress& progress, HeldView* held) {
  if (held != nullptr && !held->is_for(view, workspace.id_key())) held = nullptr;
  RunReport report;
  std::vector<Block> blocks;
  std::optional<Corpus> standing;
  std::optional<Answer> earlier;
  {
    StageClock clock(report, "load");
    if (held != nullptr) {
      OVILLO_TRY(auto taken, held->take(workspace, view));
      if (taken.corpus) standing = std::move(*taken.corpus).reveal(disclosure);
      earlier = std::move(taken.answer);
      blocks = std::move(taken.added).reveal(disclosure);
    } else {
      OVILLO_TRY(auto loaded, load_blocks(workspace, view));
      blocks = std::move(loaded).reveal(disclosure);
    }
    if (!earlier) {
      OVILLO_TRY(earlier, answer_to_go_on_from(workspace, view));
    }
    clock.count(blocks.size());
  }
  OVILLO_TRY(auto transaction, workspace.begin());
  OVILLO_CHECK(extract_what_is_new(blocks, vocabulary, transaction, progress, report));
  CountedModel model;
  {
    StageClock clock(report, "count");
    if (standing) {
      standing->add(std::move(blocks));
    } else {
      standing.emplace(std::move(blocks));
    }
    OVILLO_TRY(model, counted_model(workspace, transaction, view, vocabulary, *standing));
    clock.count(standing->size());
  }
  Answer answer = analyse(*standing, vocabulary, model, workspace.id_key(), std::move(earlier),
                          held, progress, report);
  {
    StageClock clock(report, "store");
    OVILLO_CHECK(give_stable_ids(workspace, transaction, view, answer));
    OVILLO_CHECK(store_answer(transaction, view, workspace.id_key(), answer));
    OVILLO_CHECK(transaction.commit());
    clock.count(answer.components.size());
  }
  if (held != nullptr) held->keep(std::move(*standing), std::move(answer));
  return report;
}

assess::RecordFacts facts(const Corpus& corpus, Corpus::Index record) {
  const Block& block = corpus.block(record);
  const RecordBatch& records = block.records;
  const std::size_t row = corpus.row(record);
  assess::RecordFacts facts;
  facts.index = record;
  facts.kind = records.kind[row];
  if (const auto& time = records.time[row]) {
    facts.time_utc_s = time->begin_utc_s;
    facts.local_offset_s = time->offset_s;
  }
  const Range cells = records.fields[row];
  for (std::size_t c = cells.begin; c < cells.end; ++c) {
    const Field field = records.columns[records.cell_column[c]].field;
    if (field == Field::text || field == Field::title)
      facts.texts.push_back({records.cell_column[c], records.cell_value[c]});
  }
  const Range range = corpus.finds(record);
  const auto slice = [&](const auto& column) {
    return std::span(column).subspan(range.begin, range.size());
  };
  facts.find_kind = slice(block.finds.kind);
  facts.find_role = slice(block.finds.role);
  facts.find_written_as = slice(block.finds.written_as);
  facts.find_column = slice(block.finds.column);
  facts.find_span = slice(block.finds.span);
  facts.find_canonical.reserve(range.size());
  for (std::size_t f = range.begin; f < range.end; ++f)
    facts.find_canonical.push_back(block.finds.canonical[f]);
  return facts;
}

}  // namespace ovillo::flow
