#include "ovillo/assess/internal/phrase_matcher.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

#include <fmt/format.h>

#include "ovillo/base/hash.hpp"

namespace ovillo::assess {

namespace {

constexpr std::uint16_t kNumberSymbol = 1;
constexpr std::uint16_t kNegationSymbol = 2;
constexpr std::uint16_t kFirstFreeSymbol = 3;
constexpr std::string_view kNegationList = "negation";
constexpr std::uint32_t kNoEdge = 0;  // the root is nobody's child

std::uint64_t edge_key(std::uint32_t node, std::uint16_t symbol, unsigned gap) {
  return (std::uint64_t{node} << 20) | (std::uint64_t{symbol} << 3) | gap;
}

std::uint8_t symbol_of_character(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a');
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0' + folded::digit0);
  return folded::other;
}

// The byte trie while it is built: symbols for words that end here, and for words that begin so.
struct GrowingWordNode {
  std::map<std::uint8_t, std::uint32_t> children;
  std::vector<std::uint16_t> exact;
  std::vector<std::uint16_t> prefix;
};

std::uint32_t grow(std::vector<GrowingWordNode>& nodes, const std::string& folded) {
  std::uint32_t at = 0;
  for (const char c : folded) {
    const auto next = static_cast<std::uint32_t>(nodes.size());
    const auto [child, fresh] = nodes[at].children.try_emplace(symbol_of_character(c), next);
    at = child->second;
    if (fresh) nodes.emplace_back();
  }
  return at;
}

}  // namespace

// Matching

// What is open while one text is read.
struct PhraseMatcher::Run {
  struct Open {
    std::uint32_t node;
    std::uint32_t at;     // word it was reached at
    std::uint32_t begin;  // word the phrase begins with
  };
  struct Reached {
    std::uint32_t output;
    std::uint32_t begin;
    std::uint32_t end;  // one past the last word
  };

  const PhraseMatcher& matcher;
  Words words;
  std::vector<char> negation;  // per word
  std::vector<Open> open;
  std::vector<Reached> reached;

  void read(std::string_view text) {
    split_words(text, words);
    negation.assign(words.words.size(), 0);
    for (std::uint32_t w = 0; w < words.words.size(); ++w) step(w);
  }

  void step(std::uint32_t w) {
    const Word& word = words.words[w];
    if (word.before == Break::hard) open.clear();
    const std::uint16_t* set = &matcher.symbol_sets_[matcher.symbols_of(words, word)];
    std::uint16_t symbols[32];
    std::size_t n = std::min<std::size_t>(set[0], 31);
    std::copy_n(set + 1, n, symbols);
    if (word.is_number) symbols[n++] = kNumberSymbol;
    negation[w] = n > 0 && symbols[0] == kNegationSymbol;

    const std::size_t n_open = open.size();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < n_open; ++i) {
      const Open state = open[i];
      const PhraseNode& node = matcher.phrase_nodes_[state.node];
      const std::uint32_t passed = w - state.at - 1;
      if (passed > node.max_gap) continue;
      open[kept++] = state;
      for (std::uint32_t gaps = node.gaps >> passed << passed; gaps != 0; gaps &= gaps - 1) {
        const auto gap = static_cast<unsigned>(std::countr_zero(gaps));
        for (std::size_t s = 0; s < n; ++s)
          reach(matcher.find_edge(edge_key(state.node, symbols[s], gap)), w, state.begin);
      }
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(kept),
               open.begin() + static_cast<std::ptrdiff_t>(n_open));
    for (std::size_t s = 0; s < n; ++s) reach(matcher.find_edge(edge_key(0, symbols[s], 0)), w, w);
  }

  void reach(std::uint32_t node, std::uint32_t w, std::uint32_t begin) {
    if (node == kNoEdge) return;
    for (auto state = open.rbegin(); state != open.rend() && state->at == w; ++state)
      if (state->node == node) return;
    const PhraseNode& reached_node = matcher.phrase_nodes_[node];
    const std::uint32_t* outputs = &matcher.output_sets_[reached_node.outputs];
    for (std::uint32_t i = 1; i <= outputs[0]; ++i) reached.push_back({outputs[i], begin, w + 1});
    if (reached_node.gaps != 0 && open.size() < kMaxOpen) open.push_back({node, w, begin});
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

  void finish(std::vector<PhraseMatch>& out) {
    if (reached.empty()) return;
    const auto output = [&](const Reached& r) -> const Output& {
      return matcher.outputs_[r.output];
    };
    std::erase_if(reached, [&](const Reached& r) { return is_undone(r); });
    // `unless` first, then the longest: what overlaps a taken one of its topic is left out.
    std::sort(reached.begin(), reached.end(), [&](const Reached& a, const Reached& b) {
      const auto key = [&](const Reached& r) {
        return std::tuple(output(r).topic, !output(r).unless, r.begin - r.end, r.begin);
      };
      return key(a) < key(b);
    });
    std::vector<Reached> taken;
    const std::size_t n_before = out.size();
    for (const Reached& r : reached) {
      if (!taken.empty() && output(taken.front()).topic != output(r).topic) taken.clear();
      const bool overlaps = std::any_of(taken.begin(), taken.end(), [&](const Reached& t) {
        return r.begin < t.end && t.begin < r.end;
      });
      if (overlaps && !output(r).unless) continue;
      taken.push_back(r);
      if (!output(r).unless) out.push_back({output(r).topic, span_of(r)});
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(n_before), out.end(),
              [](const PhraseMatch& a, const PhraseMatch& b) {
                return std::tie(a.topic, a.span.begin) < std::tie(b.topic, b.span.begin);
              });
  }
};

void PhraseMatcher::match(std::string_view text, std::vector<PhraseMatch>& out) const {
  if (word_nodes_.empty()) return;
  Run run{*this, {}, {}, {}, {}};
  run.read(text);
  run.finish(out);
}

std::uint32_t PhraseMatcher::find_edge(std::uint64_t key) const {
  const std::size_t mask = edges_.size() - 1;
  for (std::size_t i = mix64(key) & mask;; i = (i + 1) & mask) {
    if (edges_[i].key == key) return edges_[i].to;
    if (edges_[i].key == 0) return kNoEdge;
  }
}

// A letter written twice where the vocabulary has it once is skipped: "ayudaaa" is "ayuda".
std::uint32_t PhraseMatcher::symbols_of(const Words& words, const Word& word) const {
  const WordNode* node = &word_nodes_[0];
  std::uint8_t previous = folded::other;
  for (std::uint32_t i = word.symbol_begin; i < word.symbol_end; ++i) {
    const std::uint8_t symbol = words.symbols[i];
    const std::uint64_t bit = std::uint64_t{1} << symbol;
    if ((node->edges & bit) == 0) {
      if (symbol == previous && symbol < folded::digit0) continue;
      return node->prefix;
    }
    node = &word_nodes_[node->first +
                        static_cast<std::uint32_t>(std::popcount(node->edges & (bit - 1)))];
    previous = symbol;
  }
  return node->exact;
}

// Building

Result<PhraseMatcherBuilder> PhraseMatcherBuilder::create(const WordLists& lists) {
  PhraseMatcherBuilder builder;
  builder.lists_[std::string(kNegationList)].symbol = kNegationSymbol;
  builder.symbols_[{PhraseStep::Kind::number, "#"}] = kNumberSymbol;
  std::uint16_t next = kFirstFreeSymbol;
  for (const auto& [name, entries] : lists) {
    if (name != kNegationList) builder.lists_[name].symbol = next++;
  }
  builder.next_symbol_ = next;
  for (const auto& [name, entries] : lists) OVILLO_CHECK(builder.add_list(name, entries));
  return builder;
}

Result<void> PhraseMatcherBuilder::add_list(const std::string& name,
                                            const std::vector<std::string>& entries) {
  List& list = lists_[name];
  for (const std::string& entry : entries) {
    OVILLO_TRY(const auto sequences, expand_phrase(entry));
    for (const PhraseSteps& steps : sequences) {
      for (const PhraseStep& step : steps)
        if (step.kind == PhraseStep::Kind::list)
          return Error(ErrorCode::base_bad_data_file,
                       fmt::format("list {}: \"{}\" names another list", name, entry));
      const PhraseStep& only = steps.front();
      if (steps.size() > 1 || only.kind == PhraseStep::Kind::number) {
        list.sequences.push_back(steps);
      } else {
        list_members_[{only.kind, only.folded}].push_back(list.symbol);
      }
    }
  }
  return {};
}

Result<void> PhraseMatcherBuilder::add(std::string_view phrase, std::uint32_t topic, Use use,
                                       std::uint8_t negation_window) {
  OVILLO_TRY(const auto expanded, expand_phrase(phrase));
  for (const PhraseSteps& plain : expanded) {
    OVILLO_TRY(const auto sequences, with_lists(phrase, plain));
    for (const PhraseSteps& steps : sequences) {
      const bool own_negation = std::any_of(steps.begin(), steps.end(),
                                            [&](const PhraseStep& s) { return is_negation(s); });
      PhraseMatcher::Output output{topic, negation_window, own_negation, use == Use::unless};
      add_sequence(steps, number_of(output));
    }
  }
  return {};
}

// A list stands for its single words by one symbol; each entry of several words is a sequence.
Result<std::vector<PhraseSteps>> PhraseMatcherBuilder::with_lists(std::string_view phrase,
                                                                  const PhraseSteps& steps) const {
  std::vector<PhraseSteps> out(1);
  for (const PhraseStep& step : steps) {
    std::vector<PhraseSteps> tails = {{step}};
    if (step.kind == PhraseStep::Kind::list) {
      const auto list = lists_.find(step.folded);
      if (list == lists_.end())
        return Error(ErrorCode::base_bad_data_file,
                     fmt::format("phrase \"{}\": there is no list {}", phrase, step.folded));
      for (PhraseSteps sequence : list->second.sequences) {
        sequence.front().gap = step.gap;
        tails.push_back(std::move(sequence));
      }
    }
    std::vector<PhraseSteps> joined;
    for (const PhraseSteps& head : out)
      for (const PhraseSteps& tail : tails) {
        joined.push_back(head);
        joined.back().insert(joined.back().end(), tail.begin(), tail.end());
      }
    if (joined.size() > kMaxExpansions)
      return Error(ErrorCode::base_bad_data_file,
                   fmt::format("phrase \"{}\": too many alternatives", phrase));
    out = std::move(joined);
  }
  return out;
}

bool PhraseMatcherBuilder::is_negation(const PhraseStep& step) const {
  if (step.kind == PhraseStep::Kind::list) return step.folded == kNegationList;
  const auto member = list_members_.find({step.kind, step.folded});
  return member != list_members_.end() && std::find(member->second.begin(), member->second.end(),
                                                    kNegationSymbol) != member->second.end();
}

std::uint32_t PhraseMatcherBuilder::number_of(const PhraseMatcher::Output& output) {
  for (std::size_t i = outputs_.size(); i-- > 0;)
    if (outputs_[i] == output) return static_cast<std::uint32_t>(i);
  outputs_.push_back(output);
  return static_cast<std::uint32_t>(outputs_.size() - 1);
}

PhraseMatcherBuilder::Symbol PhraseMatcherBuilder::symbol_of(const PhraseStep& step) {
  if (step.kind == PhraseStep::Kind::list) return lists_.find(step.folded)->second.symbol;
  const auto [at, fresh] = symbols_.try_emplace({step.kind, step.folded}, next_symbol_);
  if (fresh) ++next_symbol_;
  return at->second;
}

void PhraseMatcherBuilder::add_sequence(const PhraseSteps& steps, std::uint32_t output) {
  std::uint32_t at = 0;
  for (const PhraseStep& step : steps) {
    const auto next = static_cast<std::uint32_t>(nodes_.size());
    const auto [child, fresh] = nodes_[at].edges.try_emplace({symbol_of(step), step.gap}, next);
    at = child->second;
    if (fresh) nodes_.emplace_back();
  }
  auto& outputs = nodes_[at].outputs;
  if (std::find(outputs.begin(), outputs.end(), output) == outputs.end()) outputs.push_back(output);
}

PhraseMatcher PhraseMatcherBuilder::build() const {
  PhraseMatcher out;
  out.outputs_ = outputs_;
  build_words(out);
  build_phrases(out);
  return out;
}

// The growing trie, laid out so that the children of a node lie side by side.
void PhraseMatcherBuilder::build_words(PhraseMatcher& out) const {
  std::vector<GrowingWordNode> grown(1);
  const auto place = [&](PhraseStep::Kind kind, const std::string& folded, Symbol symbol) {
    GrowingWordNode& node = grown[grow(grown, folded)];
    (kind == PhraseStep::Kind::prefix ? node.prefix : node.exact).push_back(symbol);
  };
  for (const auto& [key, symbol] : symbols_)
    if (key.first == PhraseStep::Kind::word || key.first == PhraseStep::Kind::prefix)
      place(key.first, key.second, symbol);
  for (const auto& [key, symbols] : list_members_)
    for (const Symbol symbol : symbols) place(key.first, key.second, symbol);

  const auto slice = [&](std::vector<Symbol> symbols) {
    std::sort(symbols.begin(), symbols.end());
    symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
    const auto at = static_cast<std::uint32_t>(out.symbol_sets_.size());
    out.symbol_sets_.push_back(static_cast<Symbol>(symbols.size()));
    out.symbol_sets_.insert(out.symbol_sets_.end(), symbols.begin(), symbols.end());
    return at;
  };
  struct Pending {
    std::uint32_t grown;
    std::vector<Symbol> prefixes;
  };
  const std::uint32_t none = slice({});
  std::vector<Pending> queue = {{0, {}}};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const GrowingWordNode& node = grown[queue[i].grown];
    std::vector<Symbol> prefixes = queue[i].prefixes;
    prefixes.insert(prefixes.end(), node.prefix.begin(), node.prefix.end());
    std::vector<Symbol> exact = prefixes;
    exact.insert(exact.end(), node.exact.begin(), node.exact.end());

    PhraseMatcher::WordNode word;
    word.first = static_cast<std::uint32_t>(queue.size());
    word.prefix = prefixes.empty() ? none : slice(prefixes);
    word.exact = exact.empty() ? none : slice(exact);
    for (const auto& [symbol, child] : node.children) {
      word.edges |= std::uint64_t{1} << symbol;
      queue.push_back({child, prefixes});
    }
    out.word_nodes_.push_back(word);
  }
}

void PhraseMatcherBuilder::build_phrases(PhraseMatcher& out) const {
  std::size_t n_edges = 0;
  for (const Node& node : nodes_) n_edges += node.edges.size();
  out.edges_.resize(std::bit_ceil(2 * n_edges + 2));
  const std::size_t mask = out.edges_.size() - 1;
  for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
    PhraseMatcher::PhraseNode node;
    node.outputs = static_cast<std::uint32_t>(out.output_sets_.size());
    out.output_sets_.push_back(static_cast<std::uint32_t>(nodes_[n].outputs.size()));
    out.output_sets_.insert(out.output_sets_.end(), nodes_[n].outputs.begin(),
                            nodes_[n].outputs.end());
    for (const auto& [step, to] : nodes_[n].edges) {
      const auto [symbol, gap] = step;
      node.gaps = static_cast<std::uint8_t>(node.gaps | (1U << gap));
      node.max_gap = std::max(node.max_gap, gap);
      const std::uint64_t key = edge_key(n, symbol, gap);
      std::size_t i = mix64(key) & mask;
      while (out.edges_[i].key != 0) i = (i + 1) & mask;
      out.edges_[i] = {key, to};
    }
    out.phrase_nodes_.push_back(node);
  }
}

}  // namespace ovillo::assess
