#include <algorithm>
#include <bit>
#include <set>

#include <fmt/format.h>

#include "ovillo/assess/internal/phrase_matcher.hpp"
#include "ovillo/base/hash.hpp"

namespace ovillo::assess {

namespace {

using Atoms = std::vector<PhraseAtom>;
using Numbers = std::vector<std::uint32_t>;  // sorted, no repeats

constexpr std::string_view kNegationList = "negation";
const PhraseAtom kNumberAtom = {PhraseAtom::Kind::number, "#"};

void sort_unique(auto& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool shares_any(const Atoms& a, const Atoms& b) {
  return std::any_of(a.begin(), a.end(), [&](const PhraseAtom& x) {
    return std::binary_search(b.begin(), b.end(), x);
  });
}

std::uint8_t symbol_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a');
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0' + folded::kDigit0);
  return folded::kOther;
}

// The byte trie while it is built: sets of atoms for words that end here, and that begin so.
struct GrowingNode {
  std::map<std::uint8_t, std::uint32_t> children;
  Numbers exact, prefix;
};

GrowingNode& grow(std::vector<GrowingNode>& nodes, const std::string& folded) {
  std::uint32_t at = 0;
  for (const char c : folded) {
    const auto next = static_cast<std::uint32_t>(nodes.size());
    const auto [child, fresh] = nodes[at].children.try_emplace(symbol_of(c), next);
    at = child->second;
    if (fresh) nodes.emplace_back();
  }
  return nodes[at];
}

}  // namespace

// Reading phrases

Result<PhraseMatcherBuilder> PhraseMatcherBuilder::create(const WordLists& lists) {
  PhraseMatcherBuilder builder;
  builder.lists_[std::string(kNegationList)];
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
        for (const PhraseAtom& atom : step.atoms)
          if (atom.kind == PhraseAtom::Kind::list)
            return Error(ErrorCode::base_bad_data_file,
                         fmt::format("list {}: \"{}\" names another list", name, entry));
      if (steps.size() > 1) {
        list.sequences.push_back(steps);
      } else {
        list.atoms.insert(list.atoms.end(), steps[0].atoms.begin(), steps[0].atoms.end());
      }
    }
  }
  sort_unique(list.atoms);
  return {};
}

Result<void> PhraseMatcherBuilder::add(std::string_view phrase, std::uint32_t topic, Use use,
                                       std::uint8_t negation_window) {
  OVILLO_TRY(const auto expanded, expand_phrase(phrase));
  for (const PhraseSteps& plain : expanded) {
    OVILLO_TRY(const auto sequences, with_lists(phrase, plain));
    for (const PhraseSteps& steps : sequences) add_sequence(steps, topic, use, negation_window);
  }
  return {};
}

// A list stands for its single words in one step; each entry of several words is a sequence.
Result<std::vector<PhraseSteps>> PhraseMatcherBuilder::with_lists(std::string_view phrase,
                                                                  const PhraseSteps& steps) const {
  std::vector<PhraseSteps> out(1);
  for (const PhraseStep& step : steps) {
    PhraseStep single{{}, step.gap};
    std::vector<PhraseSteps> tails;
    for (const PhraseAtom& atom : step.atoms) {
      if (atom.kind != PhraseAtom::Kind::list) {
        single.atoms.push_back(atom);
        continue;
      }
      const auto list = lists_.find(atom.folded);
      if (list == lists_.end())
        return Error(ErrorCode::base_bad_data_file,
                     fmt::format("phrase \"{}\": there is no list {}", phrase, atom.folded));
      const Atoms& atoms = list->second.atoms;
      single.atoms.insert(single.atoms.end(), atoms.begin(), atoms.end());
      for (PhraseSteps sequence : list->second.sequences) {
        sequence.front().gap = step.gap;
        tails.push_back(std::move(sequence));
      }
    }
    sort_unique(single.atoms);
    if (!single.atoms.empty()) tails.push_back({std::move(single)});
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

void PhraseMatcherBuilder::add_sequence(const PhraseSteps& steps, std::uint32_t topic, Use use,
                                        std::uint8_t negation_window) {
  const Atoms& negation = lists_.find(kNegationList)->second.atoms;
  Sequence sequence;
  bool own_negation = false;
  for (const PhraseStep& step : steps) {
    own_negation = own_negation || shares_any(step.atoms, negation);
    const auto number = static_cast<std::uint32_t>(sets_.size());
    sequence.steps.push_back({sets_.try_emplace(step.atoms, number).first->second, step.gap});
  }
  const PhraseMatcher::Output output{topic, negation_window, own_negation, use == Use::unless};
  const auto number = static_cast<std::uint32_t>(outputs_.size());
  sequence.output = outputs_.try_emplace(output, number).first->second;
  sequences_.push_back(std::move(sequence));
}

// Classes of words

// Class 0 is every word that stands in no set.
struct PhraseMatcherBuilder::Classes {
  std::map<Numbers, std::uint16_t> numbered = {{{}, 0}};
  std::vector<Numbers> sets_of = {{}};  // per class: sets of atoms that its words stand in

  std::uint16_t class_of(Numbers sets) {
    sort_unique(sets);
    const auto next = static_cast<std::uint16_t>(sets_of.size());
    const auto [at, fresh] = numbered.try_emplace(std::move(sets), next);
    if (fresh) sets_of.push_back(at->first);
    return at->second;
  }

  // The trie, laid out so that the children of a node lie side by side.
  void lay_out(const std::vector<GrowingNode>& grown, const Numbers& number_sets,
               PhraseMatcher& out) {
    struct Pending {
      std::uint32_t grown;
      Numbers prefixes;
      bool number;
    };
    std::vector<Pending> queue = {{0, {}, false}};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const GrowingNode& node = grown[queue[i].grown];
      Numbers prefixes = queue[i].prefixes;
      prefixes.insert(prefixes.end(), node.prefix.begin(), node.prefix.end());
      Numbers exact = prefixes;
      exact.insert(exact.end(), node.exact.begin(), node.exact.end());
      if (queue[i].number) exact.insert(exact.end(), number_sets.begin(), number_sets.end());

      PhraseMatcher::WordNode word;
      word.first = static_cast<std::uint32_t>(queue.size());
      word.prefix = class_of(prefixes);
      word.exact = class_of(std::move(exact));
      for (const auto& [symbol, child] : node.children) {
        word.edges |= std::uint64_t{1} << symbol;
        queue.push_back({child, prefixes, is_digit(symbol)});
      }
      out.word_nodes_.push_back(word);
    }
  }
};

// The deterministic automaton

// A position is a step of a sequence that was just matched; positions are numbered through.
struct PhraseMatcherBuilder::Automaton {
  const std::vector<Sequence>& sequences;
  const Classes& classes;
  PhraseMatcher& out;
  std::vector<std::uint32_t> first_position;                // per sequence
  std::vector<std::pair<std::uint32_t, std::uint32_t>> at;  // position: sequence, step
  std::vector<std::vector<std::uint16_t>> classes_of_set;
  std::map<Numbers, std::uint32_t> numbered;  // sets of positions
  std::vector<Numbers> pending;
  struct MadeEdge {
    std::uint64_t key;
    std::uint32_t first_target, n_targets;
  };
  std::vector<MadeEdge> made;

  void build(std::size_t n_sets) {
    for (std::uint32_t s = 0; s < sequences.size(); ++s) {
      first_position.push_back(static_cast<std::uint32_t>(at.size()));
      for (std::uint32_t i = 0; i < sequences[s].steps.size(); ++i) at.emplace_back(s, i);
    }
    classes_of_set.resize(n_sets);
    for (std::size_t c = 1; c < classes.sets_of.size(); ++c)
      for (const std::uint32_t set : classes.sets_of[c])
        classes_of_set[set].push_back(static_cast<std::uint16_t>(c));
    state_of({});  // 0: none
    start();
    for (std::uint32_t state = 1; state < pending.size(); ++state) leave(state);
    index();
  }

  std::uint32_t state_of(Numbers positions) {
    sort_unique(positions);
    const auto next = static_cast<std::uint32_t>(pending.size());
    const auto [known, fresh] = numbered.try_emplace(positions, next);
    if (!fresh) return known->second;
    Numbers outputs;
    for (const std::uint32_t p : positions)
      if (at[p].second + 1 == sequences[at[p].first].steps.size())
        outputs.push_back(sequences[at[p].first].output);
    sort_unique(outputs);
    PhraseMatcher::State state;
    state.outputs = static_cast<std::uint32_t>(out.output_sets_.size());
    out.output_sets_.push_back(static_cast<std::uint32_t>(outputs.size()));
    out.output_sets_.insert(out.output_sets_.end(), outputs.begin(), outputs.end());
    out.states_.push_back(state);
    pending.push_back(std::move(positions));
    return next;
  }

  void start() {
    std::vector<Numbers> reached(classes.sets_of.size());
    for (std::size_t s = 0; s < sequences.size(); ++s)
      for (const std::uint16_t c : classes_of_set[sequences[s].steps[0].atoms])
        reached[c].push_back(first_position[s]);
    for (Numbers& positions : reached) out.start_.push_back(state_of(std::move(positions)));
  }

  // The edges of one state: per class, the state reached after passing over 0, 1, ... words.
  void leave(std::uint32_t state) {
    std::map<std::uint16_t, std::vector<std::pair<std::uint8_t, std::uint32_t>>> by_class;
    for (const std::uint32_t p : pending[state]) {
      const auto [s, i] = at[p];
      if (i + 1 == sequences[s].steps.size()) continue;
      const Step& step = sequences[s].steps[i + 1];
      for (const std::uint16_t c : classes_of_set[step.atoms])
        by_class[c].emplace_back(step.gap, p + 1);
      auto& max_gap = out.states_[state].max_gap;
      max_gap = std::max<std::uint32_t>(max_gap, step.gap);
    }
    for (const auto& [c, next] : by_class) {
      std::uint32_t widest = 0;
      for (const auto& [gap, p] : next) widest = std::max<std::uint32_t>(widest, gap);
      const auto first_target = static_cast<std::uint32_t>(out.targets_.size());
      for (std::uint32_t passed = 0; passed <= widest; ++passed) {
        Numbers positions;
        for (const auto& [gap, p] : next)
          if (gap >= passed) positions.push_back(p);
        const std::uint32_t target = state_of(std::move(positions));
        out.targets_.push_back(target);
      }
      out.states_[state].classes |= std::uint64_t{1} << (c % 64);
      made.push_back({(std::uint64_t{state} << 16) | c, first_target, widest + 1});
    }
  }

  void index() {
    out.edges_.resize(std::bit_ceil(2 * made.size() + 2));
    const std::size_t mask = out.edges_.size() - 1;
    for (const MadeEdge& edge : made) {
      std::size_t i = mix64(edge.key) & mask;
      while (out.edges_[i].key != 0) i = (i + 1) & mask;
      out.edges_[i] = {edge.key, edge.first_target, edge.n_targets};
    }
  }
};

PhraseMatcher PhraseMatcherBuilder::build() const {
  PhraseMatcher out;
  out.outputs_.resize(outputs_.size());
  for (const auto& [output, number] : outputs_) out.outputs_[number] = output;

  auto sets = sets_;
  const auto negation_set = static_cast<std::uint32_t>(sets.size());
  const Atoms& negation = lists_.find(kNegationList)->second.atoms;
  const std::uint32_t negation_number = sets.try_emplace(negation, negation_set).first->second;

  std::vector<GrowingNode> grown(1);
  Numbers number_sets;
  for (const auto& [atoms, number] : sets)
    for (const PhraseAtom& atom : atoms) {
      if (atom == kNumberAtom) {
        number_sets.push_back(number);
        continue;
      }
      GrowingNode& node = grow(grown, atom.folded);
      (atom.kind == PhraseAtom::Kind::prefix ? node.prefix : node.exact).push_back(number);
    }
  Classes classes;
  classes.lay_out(grown, number_sets, out);
  out.number_class_ = classes.class_of(number_sets);
  for (const Numbers& of_class : classes.sets_of) {
    const bool negates = std::binary_search(of_class.begin(), of_class.end(), negation_number);
    out.is_negation_.push_back(negates ? 1 : 0);
  }
  Automaton{sequences_, classes, out, {}, {}, {}, {}, {}, {}}.build(sets.size());
  return out;
}

}  // namespace ovillo::assess
