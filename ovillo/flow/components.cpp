#include "ovillo/flow/components.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "ovillo/base/hash.hpp"
#include "ovillo/base/parallel.hpp"
#include "ovillo/flow/component.hpp"
#include "ovillo/flow/pipeline.hpp"
#include "ovillo/flow/stage_clock.hpp"
#include "ovillo/graph/union_find.hpp"
#include "ovillo/resolve/identifier.hpp"

namespace ovillo::flow {

namespace {

bool is_same_hand(const TextComponent& a, const TextComponent& b) {
  return a.key == b.key && a.templates == b.templates;
}

// Which components of an earlier answer stand as they were: all their records are here, no other
// record came to them, and nothing that their key is made from is another.
class Untouched {
 public:
  Untouched(const Corpus& corpus, const Answer& answer, const Answer& previous)
      : places_(places_in(previous, corpus)),
        is_changed_(corpus.size(), 0),
        component_of_(previous.records.size(), kNew),
        previous_(previous) {
    for (std::uint32_t c = 0; c < previous.components.size(); ++c)
      for (const std::uint32_t record : previous.components[c].records) component_of_[record] = c;
    for (Corpus::Index i = 0; i < corpus.size(); ++i)
      if (places_[i] == kNew || !corpus.block(i).photos.empty()) is_changed_[i] = 1;
    note_changed_hands(answer.texts);
  }

  // The earlier component of these records, when it stands as it was.
  [[nodiscard]] std::optional<std::uint32_t> of(const std::vector<std::uint32_t>& records) const {
    if (is_changed_[records.front()] != 0) return std::nullopt;
    const std::uint32_t component = component_of_[places_[records.front()]];
    if (component == kNew || previous_.components[component].records.size() != records.size())
      return std::nullopt;
    for (const std::uint32_t record : records)
      if (is_changed_[record] != 0 || component_of_[places_[record]] != component)
        return std::nullopt;
    return component;
  }

 private:
  void note(const TextComponent& text, const std::vector<std::uint32_t>* now) {
    for (std::size_t m = 0; m < text.records.size(); ++m) {
      if (text.cluster[m] < 0) continue;
      const std::uint32_t record = now == nullptr ? text.records[m] : (*now)[text.records[m]];
      if (record != kNew) is_changed_[record] = 1;
    }
  }
  // Both ascend by key.
  void note_changed_hands(const std::vector<TextComponent>& texts) {
    const std::vector<std::uint32_t> now = places_now(places_, previous_.records.size());
    auto old = previous_.texts.begin();
    for (const TextComponent& text : texts) {
      for (; old != previous_.texts.end() && old->key < text.key; ++old) note(*old, &now);
      if (old != previous_.texts.end() && is_same_hand(*old, text)) {
        ++old;
      } else {
        note(text, nullptr);
      }
    }
    for (; old != previous_.texts.end(); ++old) note(*old, &now);
  }

  std::vector<std::uint32_t> places_;
  std::vector<std::uint8_t> is_changed_;
  std::vector<std::uint32_t> component_of_;
  const Answer& previous_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> sets_of(const std::vector<std::uint32_t>& label) {
  std::vector<std::uint32_t> count(label.size(), 0);
  for (const std::uint32_t l : label) ++count[l];
  std::vector<std::uint32_t> slot(label.size(), 0);
  std::vector<std::vector<std::uint32_t>> sets;
  for (std::uint32_t i = 0; i < label.size(); ++i) {
    const std::uint32_t l = label[i];
    if (count[l] < 2) continue;
    if (i == l) {
      slot[l] = static_cast<std::uint32_t>(sets.size());
      sets.emplace_back().reserve(count[l]);
    }
    sets[slot[l]].push_back(i);
  }
  return sets;
}

std::vector<std::uint32_t> places_in(const Answer& earlier, const Corpus& corpus) {
  std::vector<std::uint32_t> out(corpus.size(), kNew);
  std::uint32_t at = 0;
  for (Corpus::Index i = 0; i < corpus.size(); ++i) {  // both ascend by id
    while (at < earlier.records.size() && earlier.records[at] < corpus.id(i)) ++at;
    if (at < earlier.records.size() && earlier.records[at] == corpus.id(i)) out[i] = at++;
  }
  return out;
}

std::vector<std::uint32_t> places_now(const std::vector<std::uint32_t>& places,
                                      std::size_t n_earlier) {
  std::vector<std::uint32_t> out(n_earlier, kNew);
  for (std::uint32_t i = 0; i < places.size(); ++i)
    if (places[i] != kNew) out[places[i]] = i;
  return out;
}

std::vector<std::vector<std::uint32_t>> join_records(const Corpus& corpus,
                                                     const SharedPayers& shared_payers,
                                                     const HandIndex& hands, RunReport& report) {
  StageClock clock(report, "join");
  struct Posting {
    std::uint64_t value;
    std::uint32_t record;
  };
  std::vector<Posting> postings;
  for (Corpus::Index i = 0; i < corpus.size(); ++i) {
    const FindBatch& finds = corpus.block(i).finds;
    const Range range = corpus.finds(i);
    for (std::size_t f = range.begin; f < range.end; ++f)
      if (resolve::is_identifier(finds.kind[f], finds.canonical[f]) &&
          finds.written_as[f] != WrittenAs::doubtful && !shared_payers.contains(finds.canonical[f]))
        postings.push_back(
            {hash64(finds.canonical[f], static_cast<std::uint64_t>(finds.kind[f])), i});
    if (const std::int32_t hand = hands.of(i); hand >= 0)
      postings.push_back({mix64(static_cast<std::uint64_t>(hand)), i});
  }
  parallel_sort(postings, [](const Posting& a, const Posting& b) {
    return a.value != b.value ? a.value < b.value : a.record < b.record;
  });
  graph::UnionFind sets(corpus.size());
  for (std::size_t p = 1; p < postings.size(); ++p)
    if (postings[p].value == postings[p - 1].value)
      sets.join(postings[p].record, postings[p - 1].record);
  clock.count(postings.size());
  return sets_of(sets.labels());
}

std::vector<Component> work_out(const Corpus& corpus, const Vocabulary& vocabulary,
                                const IdKey& key, const Answer& answer, const HandIndex& hands,
                                const std::vector<std::vector<std::uint32_t>>& sets,
                                Readings& readings, Answer* previous, const Progress& progress,
                                RunReport& report) {
  StageClock clock(report, "network");
  std::vector<Component> components(sets.size());
  std::vector<std::uint8_t> reused(sets.size(), 0);
  std::vector<std::uint32_t> touched;
  std::unordered_map<ComponentKey, const Component*, Id128Hash<struct ComponentTag>> known;
  if (previous == nullptr) {
    touched.resize(sets.size());
    std::iota(touched.begin(), touched.end(), 0);
  } else {
    const Untouched untouched(corpus, answer, *previous);
    for (std::uint32_t s = 0; s < sets.size(); ++s) {
      const auto held = untouched.of(sets[s]);
      if (!held) {
        touched.push_back(s);
        continue;
      }
      components[s] = std::move(previous->components[*held]);
      components[s].records = sets[s];
      reused[s] = 1;
    }
    for (const Component& component : previous->components)
      if (!component.records.empty()) known[component.key] = &component;
  }
  constexpr std::size_t kGrain = 32;
  parallel_for(touched.size(), kGrain, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      const std::uint32_t s = touched[t];
      ComponentInput input = component_input(corpus, vocabulary.shared_payers, sets[s], hands);
      const ComponentKey component_key = input.key(key, answer.model);
      if (const auto held = known.find(component_key); held != known.end()) {
        components[s] = *held->second;
        components[s].records = sets[s];
        reused[s] = 1;
      } else {
        for (const std::uint32_t record : sets[s]) {  // a record is in one component
          auto& reading = readings[corpus.number(record)];
          if (!reading)
            reading = std::make_unique<const assess::Reading>(
                vocabulary.assessor.read(facts(corpus, record)));
        }
        input.readings = readings;
        components[s] = work_out_component(input, vocabulary, key);
        components[s].key = component_key;
      }
    }
    tell(progress, "network", end, touched.size());
  });
  report.n_reused_components = std::accumulate(reused.begin(), reused.end(), std::uint64_t{0});
  report.n_components = components.size();
  std::sort(components.begin(), components.end(),
            [](const Component& a, const Component& b) { return a.key < b.key; });
  clock.count(components.size());
  return components;
}

}  // namespace ovillo::flow
