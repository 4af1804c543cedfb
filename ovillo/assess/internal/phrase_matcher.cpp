#include "ovillo/assess/internal/phrase_matcher.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include "ovillo/base/hash.hpp"

namespace ovillo::assess {

namespace {

constexpr std::string_view kNegationList = "negation";
constexpr std::uint32_t kNoState = 0;

std::uint64_t edge_key(std::uint32_t state, std::uint16_t word_class) {
  return (std::uint64_t{state} << 16) | word_class;
}

/// Length of the run of equal letters that position i stands in.
std::size_t run_length(const Words& words, const Word& word, std::uint32_t i) {
  std::uint32_t begin = i;
  while (begin > word.symbol_begin && words.symbols[begin - 1] == words.symbols[i]) --begin;
  std::uint32_t end = i + 1;
  while (end < word.symbol_end && words.symbols[end] == words.symbols[i]) ++end;
  return end - begin;
}

bool is_drawn_out(const Words& words, const Word& word) {
  if (word.is_number) return false;
  for (std::uint32_t i = word.symbol_begin + 2; i < word.symbol_end; ++i)
    if (words.symbols[i] == words.symbols[i - 1] && words.symbols[i] == words.symbols[i - 2])
      return true;
  return false;
}

}  // namespace

// Matching

// What is open while one text is read.
struct PhraseMatcher::Run {
  struct Open {
    std::uint32_t state;
    std::uint32_t at;     // word it was reached at
    std::uint32_t begin;  // word the phrase begins with
  };
  struct Reached {
    std::uint32_t output;
    std::uint32_t begin;
    std::uint32_t end;  // one past the last word
  };

  // What a run writes on, kept from text to text.
  struct Scratch {
    std::vector<char> negation;  // per word
    std::vector<Open> open;
    std::vector<Reached> reached;
  };

  const PhraseMatcher& matcher;
  const Words& words;
  std::vector<char>& negation;
  std::vector<Open>& open;
  std::vector<Reached>& reached;

  void read() {
    open.clear();
    reached.clear();
    negation.assign(words.words.size(), 0);
    for (std::uint32_t w = 0; w < words.words.size(); ++w) step(w);
  }

  void step(std::uint32_t w) {
    const Word& word = words.words[w];
    if (word.before == Break::hard) open.clear();
    std::uint16_t word_class = matcher.class_of(words, word);
    if (word_class == 0 && is_drawn_out(words, word))
      word_class = matcher.class_of_drawn_out(words, word);
    if (word_class == 0) return;  // what it makes too old is dropped at the next known word
    negation[w] = matcher.is_negation_[word_class];

    const std::size_t n_open = open.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < n_open; ++i) {
      const Open state = open[i];
      const std::uint32_t passed = w - state.at - 1;
      if (passed > matcher.states_[state.state].max_gap) continue;
      open[kept++] = state;
      reach(matcher.next_state(state.state, word_class, passed), w, state.begin);
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(kept),
               open.begin() + static_cast<std::ptrdiff_t>(n_open));
    reach(matcher.start_[word_class], w, w);
  }

  void reach(std::uint32_t number, std::uint32_t w, std::uint32_t begin) {
    if (number == kNoState) return;
    for (auto other = open.rbegin(); other != open.rend() && other->at == w; ++other)
      if (other->state == number) return;
    const State& state = matcher.states_[number];
    const std::uint32_t* outputs = &matcher.output_sets_[state.outputs];
    for (std::uint32_t i = 1; i <= outputs[0]; ++i) reached.push_back({outputs[i], begin, w + 1});
    if (state.classes != 0 && open.size() < kMaxOpen) open.push_back({number, w, begin});
  }

  [[nodiscard]] bool is_undone(const Reached& match) const {
    const Output& output = matcher.outputs_[match.output];
    if (output.own_negation || output.negation_window == 0) return false;
    for (std::uint32_t w = match.begin; w < match.end; ++w)
      if (negation[w]) return true;
    std::uint32_t w = match.begin;
    for (unsigned left = output.negation_window; left > 0 && w > 0; --left) {
      if (words.words[w].before != Break::none) return false;
      if (negation[--w]) return true;
    }
    return false;
  }

  [[nodiscard]] Span span_of(const Reached& match) const {
    return {words.words[match.begin].begin, words.words[match.end - 1].end};
  }

  // An `unless` phrase takes back what lies wholly inside it: "ayuda" in "ayuda a domicilio", but
  // not "necesito ayuda" before "a domicilio". Of overlapping matches the longest stays.
  void finish(std::vector<PhraseMatch>& out) {
    const auto output = [&](const Reached& r) -> const Output& {
      return matcher.outputs_[r.output];
    };
    std::erase_if(reached, [&](const Reached& r) { return is_undone(r); });
    if (reached.empty()) return;
    std::sort(reached.begin(), reached.end(), [&](const Reached& a, const Reached& b) {
      const auto key = [&](const Reached& r) {
        return std::tuple(output(r).topic, !output(r).unless, -std::int64_t{r.end - r.begin},
                          r.begin);
      };
      return key(a) < key(b);
    });
    std::vector<Reached> guards, taken;
    const std::size_t n_before = out.size();
    std::uint32_t topic = output(reached.front()).topic;
    for (const Reached& r : reached) {
      if (output(r).topic != topic) {
        topic = output(r).topic;
        guards.clear();
        taken.clear();
      }
      if (output(r).unless) {
        guards.push_back(r);
        continue;
      }
      const bool guarded = std::any_of(guards.begin(), guards.end(), [&](const Reached& g) {
        return g.begin <= r.begin && r.end <= g.end;
      });
      const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const Reached& t) {
        return r.begin < t.end && t.begin < r.end;
      });
      if (guarded || overlaps) continue;
      taken.push_back(r);
      out.push_back({topic, span_of(r)});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(n_before), out.end(),
              [](const PhraseMatch& a, const PhraseMatch& b) {
                return std::tie(a.topic, a.span.begin) < std::tie(b.topic, b.span.begin);
              });
  }
};

void PhraseMatcher::match(const Words& words, std::vector<PhraseMatch>& out) const {
  if (word_nodes_.empty()) return;
  static thread_local Run::Scratch scratch;
  Run run{*this, words, scratch.negation, scratch.open, scratch.reached};
  run.read();
  run.finish(out);
}

std::uint32_t PhraseMatcher::next_state(std::uint32_t state, std::uint16_t word_class,
                                        std::uint32_t passed) const {
  if ((states_[state].classes >> (word_class % 64) & 1) == 0) return kNoState;
  const std::uint64_t key = edge_key(state, word_class);
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t i = mix64(key) & mask; edges_[i].key != 0; i = (i + 1) & mask)
    if (edges_[i].key == key)
      return passed < edges_[i].n_targets ? targets_[edges_[i].first_target + passed] : kNoState;
  return kNoState;
}

std::uint16_t PhraseMatcher::class_of(const Words& words, const Word& word) const {
  const WordNode* node = word_nodes_.data();
  for (std::uint32_t i = word.symbol_begin; i < word.symbol_end; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << words.symbols[i];
    if ((node->edges & bit) == 0) return word.is_number ? number_class_ : node->prefix;
    node = &word_nodes_[node->first +
                        static_cast<std::uint32_t>(std::popcount(node->edges & (bit - 1)))];
  }
  return word.is_number && node->exact == 0 ? number_class_ : node->exact;
}

// "ayudaaaa": a letter written three times and more is read twice, then once.
std::uint16_t PhraseMatcher::class_of_drawn_out(const Words& words, const Word& word) const {
  for (const std::size_t most : {2U, 1U}) {
    Words shorter;
    auto& symbols = shorter.symbols;
    std::size_t run = 0;
    for (std::uint32_t i = word.symbol_begin; i < word.symbol_end; ++i) {
      run = i > word.symbol_begin && words.symbols[i] == words.symbols[i - 1] ? run + 1 : 1;
      const bool drawn_out = run_length(words, word, i) >= 3;
      if (!drawn_out || run <= most) symbols.push_back(words.symbols[i]);
    }
    Word read = word;
    read.symbol_begin = 0;
    read.symbol_end = static_cast<std::uint32_t>(symbols.size());
    if (const std::uint16_t found = class_of(shorter, read); found != 0) return found;
  }
  return 0;
}

}  // namespace ovillo::assess
