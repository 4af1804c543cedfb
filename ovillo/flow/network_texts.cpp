#include "ovillo/flow/network_texts.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "ovillo/cluster/fold.hpp"

namespace ovillo::flow {

namespace {

bool contains(const std::vector<std::uint32_t>& ascending, std::uint32_t value) {
  return std::binary_search(ascending.begin(), ascending.end(), value);
}

auto time_order(const Corpus& corpus) {
  return [&corpus](std::uint32_t x, std::uint32_t y) {
    const auto& a = corpus.time(x);
    const auto& b = corpus.time(y);
    return std::tuple(!a, a ? a->begin_utc_s : 0, x) < std::tuple(!b, b ? b->begin_utc_s : 0, y);
  };
}

// Text components that hold a record of the network.
std::vector<const TextComponent*> components_of(const Answer& answer,
                                                const std::vector<std::uint32_t>& records) {
  std::vector<bool> in_network(answer.records.size(), false);
  for (const std::uint32_t record : records) in_network[record] = true;
  std::vector<const TextComponent*> out;
  for (const TextComponent& text : answer.texts)
    if (std::any_of(text.records.begin(), text.records.end(),
                    [&](std::uint32_t record) { return in_network[record]; }))
      out.push_back(&text);
  return out;
}

// Clusters of one component that have members in the network; without slots.
std::vector<TextCluster> clusters_of(const TextComponent& text,
                                     const std::vector<std::uint32_t>& records) {
  std::map<std::int32_t, TextCluster> found;
  std::vector<std::uint64_t> n_members(text.templates.size(), 0);
  std::size_t reason_at = 0;
  for (std::size_t m = 0; m < text.records.size(); ++m) {
    if (text.cluster[m] < 0) continue;
    const cluster::Reason& reason = text.reasons[reason_at++];
    ++n_members[static_cast<std::size_t>(text.cluster[m])];
    if (!contains(records, text.records[m])) continue;
    ClusterMember member{text.records[m], {}, reason.is_copy, reason.bits16, reason.asked16, {}};
    if (reason.with >= 0) member.joined_with = text.records[static_cast<std::size_t>(reason.with)];
    found[text.cluster[m]].members.push_back(std::move(member));
  }
  std::vector<TextCluster> out;
  for (auto& [number, one] : found) {
    const auto c = static_cast<std::size_t>(number);
    one.template_text = text.templates[c];
    one.parts = template_parts(text.templates[c]);
    one.n_slots = text.shapes[c].n_slots;
    one.n_fixed_words = text.shapes[c].n_fixed_words;
    one.n_elsewhere = n_members[c] - one.members.size();
    out.push_back(std::move(one));
  }
  return out;
}

std::string_view text_of(const Corpus& corpus, std::uint32_t record) {
  return comparable_text(corpus.batch(record), corpus.row(record));
}

constexpr std::size_t kMostSlotCells = 300'000'000;  // about a second

void read_slots(const Corpus& corpus, std::vector<TextCluster>& clusters) {
  std::size_t spent = 0;
  for (TextCluster& one : clusters) {
    const SlotReader reader(one.parts);
    for (ClusterMember& member : one.members) {
      const std::string_view text = text_of(corpus, member.record);
      constexpr std::size_t kBytesPerWord = 5;
      spent += (text.size() / kBytesPerWord + 1) * (one.n_fixed_words + 1);
      if (spent > kMostSlotCells)
        member.slots.resize(reader.n_slots());
      else
        member.slots = reader.read(text);
    }
  }
}

// Runs of words that are looked for in texts, by their first word.
class StockFinder {
 public:
  // Equal runs of several components are one: their texts are counted together.
  void add(const cluster::StockText& stock) {
    std::string digits = stock.text;
    std::replace(digits.begin(), digits.end(), '#', '0');
    cluster::fold_words(digits, words_);
    if (words_.empty()) return;
    std::vector<std::uint32_t> run;
    run.reserve(words_.size());
    for (const cluster::Word& word : words_) run.push_back(word.hash);
    const auto [at, is_new] = position_.try_emplace(run, found_.size());
    if (is_new) {
      by_first_word_[run.front()].push_back(&at->first);
      found_.push_back({stock.text, 0, {}});
    }
    found_[at->second].n_texts += stock.n_texts;
  }

  void look_in(std::string_view text, std::uint32_t record) {
    cluster::fold_words(text, words_);
    for (std::size_t w = 0; w < words_.size(); ++w) {
      const auto runs = by_first_word_.find(words_[w].hash);
      if (runs == by_first_word_.end()) continue;
      for (const std::vector<std::uint32_t>* run : runs->second) {
        if (run->size() > words_.size() - w ||
            !std::equal(run->begin(), run->end(), words_.begin() + static_cast<std::ptrdiff_t>(w),
                        [](std::uint32_t hash, const auto& word) { return hash == word.hash; }))
          continue;
        auto& records = found_[position_.at(*run)].records;
        if (records.empty() || records.back() != record) records.push_back(record);
      }
    }
  }

  // Those that were found, the commonest first.
  std::vector<NetworkStock> take() {
    std::erase_if(found_, [](const NetworkStock& stock) { return stock.records.empty(); });
    std::sort(found_.begin(), found_.end(), [](const NetworkStock& x, const NetworkStock& y) {
      return x.n_texts != y.n_texts ? x.n_texts > y.n_texts : x.text < y.text;
    });
    return std::move(found_);
  }

 private:
  std::map<std::vector<std::uint32_t>, std::size_t> position_;  // of a run in found_
  std::unordered_map<std::uint32_t, std::vector<const std::vector<std::uint32_t>*>> by_first_word_;
  std::vector<NetworkStock> found_;
  std::vector<cluster::Word> words_;
};

}  // namespace

void sort_by_time(const Corpus& corpus, std::vector<std::uint32_t>& records) {
  std::sort(records.begin(), records.end(), time_order(corpus));
}

Result<NetworkTexts> network_texts(CaseFile& file, const std::vector<std::uint32_t>& records) {
  OVILLO_TRY(const auto* answer, file.answer());
  OVILLO_TRY(const auto* corpus, file.corpus());
  NetworkTexts out;
  StockFinder stock;
  const auto order = time_order(*corpus);
  for (const TextComponent* text : components_of(*answer, records)) {
    for (TextCluster& one : clusters_of(*text, records)) {
      std::sort(one.members.begin(), one.members.end(),
                [&](const auto& x, const auto& y) { return order(x.record, y.record); });
      out.clusters.push_back(std::move(one));
    }
    for (const cluster::StockText& one : text->stock) stock.add(one);
  }
  std::sort(out.clusters.begin(), out.clusters.end(), [&](const auto& x, const auto& y) {
    if (x.members.size() != y.members.size()) return x.members.size() > y.members.size();
    return order(x.members.front().record, y.members.front().record);
  });
  read_slots(*corpus, out.clusters);
  for (const std::uint32_t record : records) stock.look_in(text_of(*corpus, record), record);
  out.stock = stock.take();
  return out;
}

}  // namespace ovillo::flow
